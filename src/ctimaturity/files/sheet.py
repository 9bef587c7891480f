"""One sheet of a workbook: its cells that hold something, and what hides or merges them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.files.cell import reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.files.cell import Cell


class CellRange(NamedTuple):
    """A rectangle of cells; rows and columns count from 1 and the last ones belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def __str__(self) -> str:
        """`A1:B2`, or `A1` for one cell."""
        first = reference(self.first_row, self.first_column)
        last = reference(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


class SheetState(StrEnum):
    """Whether a sheet is seen."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True)
class Sheet:
    """What a sheet holds.

    Attributes:
        name: As the file has it.
        state: Whether it is seen.
        cells: By (row, column), both counted from 1; only cells that hold something, a formula
            without a result among them.
        merged: Merged ranges.
        hidden_rows: Rows that are not shown, by a filter or by hand.
        hidden_columns: The same for columns, inside the limit of columns.
    """

    name: str
    state: SheetState
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def within(self, first: int, last: int) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and content of the cells between two rows, both of them with it."""
        for row in self._rows[bisect_left(self._rows, first) : bisect_right(self._rows, last)]:
            for column, cell in self._by_row[row].items():
                yield row, column, cell

    @cached_property
    def _by_row(self) -> dict[int, dict[int, Cell]]:
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in self.cells.items():
            rows.setdefault(row, {})[column] = cell
        return rows

    @cached_property
    def _rows(self) -> list[int]:
        return sorted(self._by_row)
