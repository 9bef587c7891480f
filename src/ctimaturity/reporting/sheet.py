"""What a sheet of a workbook is: one table, its columns, and how their cells are got from records."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ctimaturity.model.attribute import getter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.document import DocumentTable
    from ctimaturity.reporting.figure import Figure

    SheetCell = str | float | int | Figure | None

Record = TypeVar("Record")
SHARE = "0%"
POINTS = "0.00"


@dataclass(frozen=True, slots=True)
class SheetColumn(Generic[Record]):
    """A column of a sheet.

    Attributes:
        title: Its header.
        width: In characters.
        get: What gets its cell from a record: a path of attributes, in which the first may be None, or a
            function. A figure is written unrounded and shown with its own number of decimals.
        form: Number format; empty for text.
        scale: The column whose level colours its cells; None without colours.
    """

    title: str
    width: float
    get: str | Callable[[Record], SheetCell]
    form: str = ""
    scale: ScoreColumn | None = None


@dataclass(frozen=True, slots=True)
class TableSheet(Generic[Record]):
    """A sheet with one table.

    Attributes:
        title: Of the sheet and above the table.
        name: Of the table, for formulas and pivots.
        columns: From the left.
        records: What the rows are made of.
        frozen: So many columns stay in sight.
    """

    title: str
    name: str
    columns: Sequence[SheetColumn[Record]]
    records: Sequence[Record]
    frozen: int = 2

    def rows(self) -> Iterator[list[SheetCell]]:
        """The cells, a row for each record."""
        getters = [getter(column.get) for column in self.columns]
        return ([get(record) for get in getters] for record in self.records)


def worded(table: DocumentTable, name: str) -> TableSheet[Any]:
    """A table of words as a sheet."""
    columns: list[SheetColumn[Any]] = [
        SheetColumn(header, 24, itemgetter(at)) for at, header in enumerate(table.headers)
    ]
    return TableSheet(table.caption, name, columns, table.rows, frozen=1)
