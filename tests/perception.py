"""The perception part of a small questionnaire as a workbook, blank or filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders
import sheets
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MINI = builders.mini()
PEOPLE = (
    RespondentMarks("academia", {"P-1": "4", "P-2": "NS", "P-3": "6"}),
    RespondentMarks("", {"P-1": "1"}),
)


def written(
    perception: Perception, content: Content | None = None, *, respondents: int = 5, values: bool = False
) -> Workbook:
    options = TemplateOptions(parts=("perception",), perception=perception, respondents=respondents)
    return sheets.opened(workbook_bytes(MINI, options, "ab" * 32, content), values=values)
