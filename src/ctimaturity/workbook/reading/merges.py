"""Merged cells over answers: one over a single answer lends it its value, one over several hides them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.workbook.answer import is_blank

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Range, Sheet


class Covering(NamedTuple):
    """A merge that holds something and covers several answer cells."""

    merged: Range
    rows: list[int]
    columns: list[int]


class Merges:
    """The merged ranges of a sheet that touch its answer columns."""

    def __init__(self, sheet: Sheet, columns: Collection[int]) -> None:
        """Look at a sheet.

        Args:
            sheet: The sheet.
            columns: Numbers of the columns that hold answers.
        """
        self._cells = sheet.cells
        self._columns = sorted(columns)
        self._ranges = [
            merged
            for merged in sheet.merged
            if any(merged.first_column <= column <= merged.last_column for column in self._columns)
        ]

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell, or the one whose value shows in it."""
        for merged in self._ranges:
            if merged.holds(row, column):
                return self._cells.get((merged.first_row, merged.first_column))
        return self._cells.get((row, column))

    def covering(self, rows: Iterable[int]) -> list[Covering]:
        """The merges over several answers.

        Args:
            rows: The rows that hold answers.
        """
        found = []
        rows = sorted(rows) if self._ranges else []
        for merged in self._ranges:
            covered = [row for row in rows if merged.first_row <= row <= merged.last_row]
            columns = [
                column for column in self._columns if merged.first_column <= column <= merged.last_column
            ]
            top = self._cells.get((merged.first_row, merged.first_column))
            if len(covered) * len(columns) > 1 and not is_blank(top):
                found.append(Covering(merged, covered, columns))
        return found
