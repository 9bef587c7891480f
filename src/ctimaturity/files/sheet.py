"""One sheet of a workbook: its cells that hold something, and what hides or merges them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.files.cell import reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.cell import Cell


class Range(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Heading:
    """What the workbook's list of sheets says of one.

    Attributes:
        name: As the file has it.
        state: Whether it is seen.
        relation: The id of the relation that leads to its part.
    """

    name: str
    state: SheetState
    relation: str


@dataclass(frozen=True, slots=True)
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
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
