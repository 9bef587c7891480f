"""Workbooks opened with openpyxl, their cells found by ids as people's tools would find them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def opened(data: bytes, *, values: bool = False) -> Workbook:
    """A workbook from its bytes; with `values` formulas show what they gave."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


@dataclass
class Table:
    """The cells of an answer sheet by row id and column id."""

    sheet: Worksheet
    ids: int
    columns: dict[str, int]
    rows: dict[str, int]

    def cell(self, row: str, column: str) -> Cell:
        found = self.sheet.cell(self.rows[row], self.columns[column])
        assert isinstance(found, Cell)
        return found

    def value(self, row: str, column: str) -> object:
        return self.cell(row, column).value

    def header(self, column: str) -> object:
        return self.sheet.cell(self.ids + 1, self.columns[column]).value

    def row(self, row: str) -> dict[str, object]:
        return {column: self.value(row, column) for column in self.columns}


def table(book: Workbook, marker: str) -> Table:
    """The sheet that carries a marker, wherever it is."""
    for sheet in book.worksheets:
        for cell in _cells(sheet):
            if cell.value == marker:
                columns = {
                    str(other.value): other.column
                    for other in sheet[cell.row]
                    if other.value not in {None, marker}
                }
                below = sheet.iter_rows(min_row=cell.row + 2, min_col=cell.column, max_col=cell.column)
                rows = {str(found.value): found.row for (found,) in below if _is_id(found.value)}
                return Table(sheet, cell.row, {"item": cell.column, **columns}, rows)
    raise AssertionError(f"no sheet is marked {marker}")


def _is_id(value: object) -> bool:
    """Ids have no spaces; titles of headings in these tests do."""
    return value is not None and " " not in str(value)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def cover(book: Workbook) -> dict[str, Cell]:
    """The entries of the cover by their keys."""
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "cti:cover"
    return {str(row[0].value): row[2] for row in sheet.iter_rows(min_row=2) if row[0].value is not None}


def choices(sheet: Worksheet, cell: Cell) -> list[object]:
    """What the drop-down of a cell offers, read from the range it names."""
    for validation in sheet.data_validations.dataValidation:
        if validation.type == "list" and cell.coordinate in validation.sqref:
            source = validation.formula1.replace("$", "")
            return [one.value for (one,) in sheet[source]]
    return []


def prompt(sheet: Worksheet, cell: Cell) -> tuple[str, str]:
    """Title and text that a cell shows when it is selected."""
    for validation in sheet.data_validations.dataValidation:
        if cell.coordinate in validation.sqref:
            return validation.promptTitle or "", validation.prompt or ""
    return "", ""


def hidden_columns(sheet: Worksheet) -> set[str]:
    """The letters of the columns that are not shown; a file may name them as one run."""
    return {
        get_column_letter(at)
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for at in range(dimension.min, dimension.max + 1)
    }
