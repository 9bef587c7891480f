"""A table of words, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells are ready to be shown; the first column heads its rows.

    Attributes:
        caption: What it is.
        headers: One per column.
        rows: As wide as the headers.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of a terminal, their columns two spaces apart; nothing is wrapped."""
    cells = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
