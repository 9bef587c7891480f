"""Merged cells over answers: one over a single answer lends it its value, one over several hides them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.workbook.answer import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Range, Sheet


class Covering(NamedTuple):
    """A merge that holds something and covers several answer cells."""

    merged: Range
    rows: list[int]
    columns: list[int]


class Merges:
    """The merged ranges over the answer cells of a sheet.

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
        self._over: dict[tuple[int, int], Range] = {}
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

    def _top(self, merged: Range) -> Cell | None:
        return self._cells.get((merged.first_row, merged.first_column))


def _within(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
