"""What a workbook is filled with; nothing for a blank one."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.response import EntityAnswers


@dataclass(frozen=True, slots=True)
class RespondentMarks:
    """What one respondent answered.

    Attributes:
        segment: Id of the segment; empty when it was not said.
        marks: By item id: code of an option, or of don't know; an item that is missing was left blank.
    """

    segment: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What a workbook is filled with.

    Attributes:
        answers: The entity's answers; tallies fill the `counts` form.
        marks: Respondents by measurement id; they fill the `list` and `grid` forms.
        cover: Entries of the cover by key.
        previous: What was answered the round before, as it is shown: by item id and id of the entry.
    """

    answers: EntityAnswers | None = None
    marks: Mapping[str, Sequence[RespondentMarks]] = field(default_factory=lambda: MappingProxyType({}))
    cover: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    previous: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
