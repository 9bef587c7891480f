"""A table of words, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass


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
