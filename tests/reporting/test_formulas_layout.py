"""The workbook of live formulas can be read and printed as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

from ctimaturity.reporting.formulas import HEAD, write_formulas
from ctimaturity.reporting.provenance import Provenance
from rounds import scored_example

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_are_as_high_as_their_texts_and_sheets_fit_on_paper(tmp_path: Path) -> None:
    assessment = scored_example()
    row = assessment.index.rows[0]
    write_formulas(tmp_path / "x.xlsx", assessment, row, Provenance("9.9.9", "a" * 64, "b" * 64), "es")
    book = load_workbook(tmp_path / "x.xlsx")
    page = book["Capacidades"]
    width = page.column_dimensions["B"].width
    for line in range(HEAD + 2, page.max_row + 1):
        lines = len(str(page.cell(line, 2).value)) / width
        # A line of 11 points takes 15; a text of up to twice the column's width needs two of them.
        assert (page.row_dimensions[line].height or 0) >= 15 * min(lines, 4)
    assert page.cell(HEAD + 2, 8).number_format == "0"
    for sheet in book.worksheets[:-1]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
