"""A table of words, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Record = TypeVar("Record")


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


def table_of(
    caption: str, columns: Mapping[str, Callable[[Record], str]], records: Iterable[Record]
) -> Table:
    """A table whose columns say by their headers how their cells are got from a record."""
    rows = (tuple(get(record) for get in columns.values()) for record in records)
    return Table(caption, tuple(columns), tuple(rows))


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of a terminal, their columns two spaces apart; nothing is wrapped."""
    cells = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
