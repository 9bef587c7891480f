"""What a sheet of the index workbook is: one table, its columns and its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.reporting.columns import Column
    from ctimaturity.reporting.figure import Figure

SHARE = "0%"
Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet.

    Attributes:
        title: Its header.
        width: In characters.
        form: Number format; empty for text.
        scale: The column whose level colours its cells; None without colours.
    """

    title: str
    width: float = 12
    form: str = ""
    scale: Column | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table.

    Attributes:
        title: Of the sheet and above the table.
        name: Of the table, for formulas and pivots.
        fields: The columns.
        rows: As wide as the fields. A figure is written unrounded and shown with its own number of decimals.
        frozen: So many columns stay in sight.
    """

    title: str
    name: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell | Figure]]
    frozen: int = 2
