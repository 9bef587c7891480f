"""The tables of answers in a workbook: their cells, their lines, and what is merged over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.files.cell import CellKind, reference
from ctimaturity.language.folding import folded
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.marker import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import CellRange, Sheet
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.marker import Marker
    from ctimaturity.workbook.reading.findings import Place


class Word(NamedTuple):
    """A text on a sheet."""

    row: int
    column: int
    text: str


def texts(sheet: Sheet) -> list[Word]:
    """All texts of a sheet, from top to bottom and left to right."""
    return sorted(Word(*at, plain(cell)) for at, cell in sheet.cells.items() if cell.kind is CellKind.TEXT)


@dataclass(frozen=True)
class AnswerTable:
    """A table of answers on a sheet.

    Attributes:
        sheet: The sheet.
        marker: What it holds.
        measurement: What is measured.
        template: The columns that it has in the template.
        header: The row that names the columns.
        item_column: The column of the item ids (of respondents' numbers in a grid); 0 without one.
        columns: Number of each column found, by its id.
        first, last: The rows that belong to it; lines may have been sorted above the header.
    """

    sheet: Sheet
    marker: Marker
    measurement: Measurement
    template: tuple[AnswerColumn, ...]
    header: int
    item_column: int
    columns: Mapping[str, int]
    last: int
    first: int = 1

    def cell(self, row: int, column: str) -> Cell | None:
        """The cell of a column, by its id; None also where the column is missing."""
        number = self.columns.get(column)
        return None if number is None else self.sheet.cells.get((row, number))

    def place(self, row: int, column: str) -> Place:
        """Row and column number, for findings."""
        return (row, self.columns.get(column, self.item_column))

    @cached_property
    def ids(self) -> tuple[tuple[int, str], ...]:
        """Rows of the table with the text in the item column, from top to bottom."""
        return tuple(
            (row, plain(cell))
            for row, column, cell in self.sheet.within(self.first, self.last)
            if column == self.item_column and row != self.header
        )

    @property
    def names_items(self) -> bool:
        """Whether an id of an item is left, where the form has them: as rows, or as columns."""
        known = {folded(item.id) for item in self.measurement.items}
        named = self.columns if self.marker.form is Form.GRID else (text for _, text in self.ids)
        return any(folded(text) in known for text in named)


def is_respondent(column: str) -> bool:
    """Whether a column is that of a respondent of a list: R1, R2, and so on."""
    return column[:1] == "R" and column[1:].isdigit()


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item's line in a table; without an item where its id is none."""

    table: AnswerTable
    row: int
    item: str = ""

    def cell(self, column: str) -> Cell | None:
        """Its cell in a column, by the column's id."""
        return self.table.cell(self.row, column)

    def place(self, column: str) -> Place:
        """Row and column number of such a cell, for findings."""
        return self.table.place(self.row, column)

    @property
    def id_place(self) -> Place:
        """Row and column number of its id."""
        return (self.row, self.table.item_column)

    def __str__(self) -> str:
        """`Sheet!A7`, for findings on another line."""
        return f"{self.table.sheet.name}!{reference(*self.id_place)}"


class Covering(NamedTuple):
    """A merge that holds something and covers several answer cells."""

    merged: CellRange
    rows: list[int]
    columns: list[int]


class Merges:
    """The merged ranges over the answer cells of a sheet.

    One over a single answer lends it its value; one over several hides all of them but one.

    Attributes:
        covering: Those that cover several answers, and those that overlap another, which no
            spreadsheet program writes.
    """

    def __init__(self, sheet: Sheet, rows: Iterable[int], columns: Iterable[int]) -> None:
        """Look at a sheet.

        Args:
            sheet: The sheet.
            rows: The rows that hold answers.
            columns: The columns that hold answers.
        """
        self._cells = sheet.cells
        self._over: dict[Place, CellRange] = {}
        self.covering: list[Covering] = []
        rows, columns = sorted(rows), sorted(columns)
        for merged in sheet.merged:
            covered = _within(rows, merged.first_row, merged.last_row)
            across = _within(columns, merged.first_column, merged.last_column)
            if covered and across:
                self._cover(Covering(merged, covered, across))

    def _cover(self, covering: Covering) -> None:
        """Note the cells of a merge; the first that is covered already ends it, so each is noted once."""
        merged = covering.merged
        overlaps = False
        for place in ((row, column) for row in covering.rows for column in covering.columns):
            if self._over.setdefault(place, merged) is not merged:
                overlaps = True
                break
        several = len(covering.rows) * len(covering.columns) > 1
        if (several or overlaps) and not is_blank(self._top(merged)):
            self.covering.append(covering)

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell, or the one whose value shows in it."""
        merged = self._over.get((row, column))
        return self._cells.get((row, column)) if merged is None else self._top(merged)

    def _top(self, merged: CellRange) -> Cell | None:
        return self._cells.get((merged.first_row, merged.first_column))


def _within(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
