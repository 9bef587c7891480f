from __future__ import annotations

import pytest

import perception
from ctimaturity.workbook.template import Perception


@pytest.mark.parametrize("form", [Perception.LIST, Perception.GRID, Perception.COUNTS])
def test_nothing_is_merged_and_nothing_stands_below(form: Perception) -> None:
    book = perception.written(form, respondents=20)
    marked = [sheet for sheet in book.worksheets if str(sheet["A4"].value).startswith("cti:")]
    assert marked
    for sheet in marked:
        assert not sheet.merged_cells.ranges
        assert sheet.cell(sheet.max_row, 1).value is not None
        assert sheet.freeze_panes is not None
