from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import builders
import sheets
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire

MINI = builders.mini()


def said(definition: Questionnaire, options: TemplateOptions) -> list[str]:
    book = sheets.opened(workbook_bytes(definition, options, "ab" * 32))
    return [str(cell.value) for (cell,) in book.worksheets[1].iter_rows(min_col=3, max_col=3) if cell.value]


def test_only_what_the_workbook_asks_is_explained() -> None:
    whole = said(MINI, TemplateOptions("en"))
    capacities = said(MINI, TemplateOptions("en", parts=("capacities",)))
    assert set(capacities) < set(whole)
    assert any("both years" in text for text in whole)
    assert not any("both years" in text or "people" in text for text in capacities)


@pytest.mark.parametrize(
    ("perception", "expected"),
    [
        (Perception.LIST, "ten people at most"),
        (Perception.GRID, "One row per person"),
        (Perception.COUNTS, "One sheet per segment"),
    ],
)
def test_each_form_has_its_own(perception: Perception, expected: str) -> None:
    texts = said(MINI, TemplateOptions("en", parts=("perception",), perception=perception))
    assert len([text for text in texts if expected in text]) >= 1
    others = {"ten people at most", "One row per person", "One sheet per segment"} - {expected}
    assert not [text for text in texts for other in others if other in text]


def test_the_cover_is_mentioned_only_where_it_asks_to_confirm() -> None:
    capacities = MINI.measurement_by_id["capacities"]
    silent = MINI.model_copy(
        update={"measurements": (capacities.model_copy(update={"confirm_blank": None}),)}
    )
    for definition, expected in ((MINI, True), (silent, False)):
        texts = said(definition, TemplateOptions("en", parts=("capacities",)))
        assert any("confirm on the cover" in text for text in texts) is expected


def test_a_list_that_is_long_enough_is_not_called_provisional() -> None:
    perception = MINI.measurement_by_id["perception"]
    enough = perception.model_copy(update={"respondents": builders.respondents(total=8)})
    definition = MINI.model_copy(update={"measurements": (enough,)})
    assert any("provisional" in text for text in said(MINI, TemplateOptions("en")))
    assert not any("provisional" in text for text in said(definition, TemplateOptions("en")))
