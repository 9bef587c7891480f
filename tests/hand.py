"""A hand that picks ranges of a sheet by chance and moves what stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.files.cell import reference

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from mangled_book import Book, Box, Leaf, Place

    Cells = Mapping[Place, Box]

ENTRIES = re.compile(
    r"answer|value|no_data|criterion|own_mark|R[0-9]+|option:.*|dont_know|blank|segment|P-.*"
)
"""Ids of the columns that people fill; half of all ranges begin in one of them."""


class Rect(NamedTuple):
    """A range."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{reference(self.top, self.left)}:{reference(self.bottom, self.right)}"

    def __contains__(self, place: object) -> bool:
        row, column = place  # type: ignore[misc]
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def size(self) -> tuple[int, int]:
        return self.bottom - self.top + 1, self.right - self.left + 1


class Hand:
    """Somebody at work on one sheet.

    Attributes:
        book: The workbook.
        leaf: The sheet.
        donor: Another entity's workbook, to copy from.
        chance: Decides.
    """

    def __init__(self, book: Book, leaf: Leaf, donor: Book, chance: random.Random) -> None:
        self.book, self.leaf, self.donor, self.chance = book, leaf, donor, chance
        self.last = max((row for row, _ in leaf.boxes), default=1)
        seen = {column for _, column in leaf.boxes} - leaf.hidden_columns
        self.wide = max(seen, default=1)
        names = {place: str(box.value) for place, box in leaf.boxes.items() if isinstance(box.value, str)}
        self.head = next((row for (row, _), text in names.items() if text.startswith("cti:")), 1)
        self.entries = sorted(
            {column for (row, column), text in names.items() if row == self.head and ENTRIES.fullmatch(text)}
        )

    # Where

    def rows(self) -> tuple[int, int]:
        """Some rows, mostly below the headers."""
        first = min(self.head + 2, self.last) if self.chance.random() < 0.85 else 1
        top = self.chance.randint(first, self.last)
        match self.chance.randrange(4):
            case 0:
                return first, self.last
            case 1 if runs := self.runs():  # the rows of one group
                return self.chance.choice(runs)
        return top, min(self.last, top + self.chance.choice([0, 0, 1, 1, 2, 3, 5]))

    def runs(self) -> list[tuple[int, int]]:
        """The rows between two headings, where there are several."""
        rows = [
            row
            for row in range(self.head + 2, self.last + 1)
            if (row, 2) in self.leaf.boxes or (row, 3) in self.leaf.boxes
        ]
        starts = [row for row in rows if row - 1 not in rows]
        ends = [row for row in rows if row + 1 not in rows]
        return [(top, bottom) for top, bottom in zip(starts, ends, strict=True) if bottom > top]

    def column(self) -> int:
        if self.entries and self.chance.random() < 0.5:
            return self.chance.choice(self.entries)
        return self.chance.randint(1, self.wide)

    def rect(self) -> Rect:
        top, bottom = self.rows()
        left = self.column()
        match self.chance.randrange(7):
            case 0 | 1:
                right = left
            case 2 | 3:
                right = min(self.wide, left + self.chance.choice([1, 1, 2, 3]))
            case 4 | 5:  # all but the ids
                left, right = 2, self.wide
            case _:
                left, right = 1, self.wide
        return Rect(top, left, bottom, right)

    def elsewhere(self, rect: Rect) -> tuple[int, int]:
        """How far to move: mostly a few rows or columns."""
        while True:
            rows = self.chance.choice([0, 0, 1, 1, -1, -1, 2, -2, 3, 7])
            columns = self.chance.choice([0, 0, 0, 0, 1, -1, 1, 2, -2, 4])
            if (rows or columns) and rect.top + rows >= 1 and rect.left + columns >= 1:
                return rows, columns

    # How

    def taken(self, rect: Rect, leaf: Leaf | None = None) -> dict[Place, Box]:
        """What stands in a range, from its corner."""
        boxes = (leaf or self.leaf).boxes
        return {
            (row - rect.top, column - rect.left): box
            for (row, column), box in boxes.items()
            if (row, column) in rect
        }

    def clear(self, rect: Rect) -> None:
        self.leaf.boxes = {place: box for place, box in self.leaf.boxes.items() if place not in rect}

    def put(self, rect: Rect, cells: Cells) -> None:
        """Write over a range."""
        self.clear(rect)
        self.leaf.boxes |= {(rect.top + row, rect.left + column): box for (row, column), box in cells.items()}

    def shift(self, *, rows: int = 0, columns: int = 0, of: Rect) -> None:
        """Move what stands below a range, or right of it, within its breadth; what is moved over is lost."""

        def to(row: int, column: int) -> Place | None:
            if rows and of.left <= column <= of.right and row >= of.top:
                return (row + rows, column) if row + rows >= of.top else None
            if columns and of.top <= row <= of.bottom and column >= of.left:
                return (row, column + columns) if column + columns >= of.left else None
            return row, column

        self.leaf.move(to)
        if columns and of.bottom - of.top > self.last:
            self.leaf.hidden_columns = {
                at if at < of.left else at + columns
                for at in self.leaf.hidden_columns
                if at < of.left or at + columns >= of.left
            }


def moved(by: Rect, rows: int, columns: int) -> Rect:
    return Rect(by.top + rows, by.left + columns, by.bottom + rows, by.right + columns)


def whole_rows(top: int, bottom: int) -> Rect:
    return Rect(top, 1, bottom, 9999)


def whole_columns(left: int, right: int) -> Rect:
    return Rect(1, left, 99999, right)
