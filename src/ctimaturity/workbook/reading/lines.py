"""The lines of tables that have an item each, wherever they were moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import reference
from ctimaturity.files.sheet import SheetState
from ctimaturity.language.folding import folded, nearest
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.layout import SEGMENT_ROW
from ctimaturity.workbook.reading.merges import Merges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.reading.own_rows import OwnRows
    from ctimaturity.workbook.reading.report import Report
    from ctimaturity.workbook.reading.table import Table

_ID = re.compile(r"(?=.*[0-9])[A-Za-z][A-Za-z0-9_-]{0,39}")
_MOST_OFFERS = 200
"""Unknown ids for which the nearest is looked for, which takes its time."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item's line in a table."""

    table: Table
    row: int

    @property
    def place(self) -> str:
        """`Sheet!A7`, for findings on another line."""
        return f"{self.table.sheet.name}!{reference(self.row, self.table.item_column)}"


class Lines:
    """The lines of one measurement in one form, over all tables that hold it.

    Attributes:
        by_item: The line of each item found.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        items: Iterable[str],
        columns: Sequence[Column],
        own_rows: OwnRows,
        report: Report,
    ) -> None:
        """Find the lines.

        Args:
            tables: The tables.
            items: Ids of the items that may stand there.
            columns: The columns that are filled in.
            own_rows: Tells what people add below a table from lines that have lost their id.
            report: Takes the findings.
        """
        self._report = report
        self._own_rows = own_rows
        self._columns = [column.id for column in columns]
        self._headers = {folded(text) for column in columns for text in column.header.values()}
        self._known = {folded(item): item for item in items}
        self.by_item: dict[str, Line] = {}
        self._copies: dict[str, set[str]] = {}
        self._offers = 0
        self._whole = self._known.keys() <= {folded(text) for table in tables for _, text in table.ids}
        self._found = self._all(tables)
        for item, lines in self._found.items():
            line = self._one(item, lines)
            if line is not None:
                self.by_item[item] = line
        self._merges = {id(table): self._merges_of(table) for table in tables}
        for table in tables:
            self._without_id(table)
        self._copied()
        self._merged(tables)
        self._hidden(tables)

    def cell(self, line: Line, column: str) -> Cell | None:
        """A cell of a line; of merged cells the value of the whole."""
        number = line.table.columns.get(column)
        if number is None:
            return None
        return self._merges[id(line.table)].cell(line.row, number)

    def _all(self, tables: Sequence[Table]) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for table in tables:
            last = self._last(table)
            # One row is that of the segments; more of them have lost their id to it.
            segments = next((row for row, text in table.ids if folded(text) == SEGMENT_ROW), 0)
            for row, text in table.ids:
                item = self._known.get(folded(text))
                if item is not None:
                    found.setdefault(item, []).append(Line(table, row))
                elif row > table.header + 1 and row != segments:
                    self._unknown(Line(table, row), text, below=row > last)
        return found

    def _last(self, table: Table) -> int:
        """The row of the last item of a table; what people add of their own stands below it."""
        return max((row for row, text in table.ids if folded(text) in self._known), default=table.last)

    def _one(self, item: str, lines: list[Line]) -> Line | None:
        """The line of an item that stands in several: the one that says something."""
        if len(lines) == 1:
            return lines[0]
        filled = [line for line in lines if any(self._content(line))]
        first, *others = filled or lines
        for other in others or [line for line in lines if line is not first]:
            cell = reference(other.row, other.table.item_column)
            if len(filled) > 1 and self._content(other) != self._content(first):
                self._report.add(codes.ITEM_TWICE, other.table.sheet.name, cell, item, other=first.place)
            elif other.table is first.table:
                self._report.add(codes.ITEM_REPEATED, other.table.sheet.name, cell, item, other=first.place)
            else:
                self._copies.setdefault(other.table.sheet.name, set()).add(first.table.sheet.name)
        return first

    def _copied(self) -> None:
        """Sheets that say again, or leave blank, what another says: one finding for all their lines."""
        for sheet, others in self._copies.items():
            self._report.add(codes.SHEET_REPEATED, sheet, other=", ".join(sorted(others)))

    def _content(self, line: Line) -> tuple[str, ...]:
        cells = (line.table.cell(line.row, column) for column in self._columns)
        return tuple("" if cell is None or is_blank(cell) else folded(cell.text) or "?" for cell in cells)

    def rows(self, table: Table, *, chosen: bool = True) -> dict[int, str]:
        """The items of a table by their row; not only those that are read where an item stands in several."""
        if chosen:
            return {line.row: item for item, line in self.by_item.items() if line.table is table}
        return {
            line.row: item for item, lines in self._found.items() for line in lines if line.table is table
        }

    def _unknown(self, line: Line, text: str, *, below: bool) -> None:
        """A line whose id the definition does not have; headings and headers are passed over."""
        content = [text for text in self._content(line) if text and text not in self._headers]
        if not content or folded(text) in self._headers:
            return
        place = (line.table.sheet.name, reference(line.row, line.table.item_column))
        if _ID.fullmatch(text) is None:  # whatever people write there is theirs, and is not repeated
            self._without_item(line.table, line.row, place[1], below=below)
            return
        self._offers += 1
        near = nearest(text, self._known.values()) if self._offers <= _MOST_OFFERS else ""
        self._report.add(codes.ITEM_UNKNOWN, *place, text, offer=f" ({near}?)" if near else "")

    def _without_id(self, table: Table) -> None:
        """Lines that lost their id: an answer there would be lost in silence.

        Right below the column ids stand the visible headers, which people may word otherwise.
        """
        named = {row for row, _ in table.ids}
        numbers = {table.columns[column]: column for column in self._columns if column in table.columns}
        rows: dict[int, int] = {}
        for row, column, cell in table.sheet.within(table.header + 2, table.last):
            if (
                row not in named
                and column in numbers
                and not is_blank(cell)
                and folded(plain(cell)) not in self._headers
            ):
                rows[row] = min(column, rows.get(row, column))
        last = self._last(table) if rows else 0
        for row, column in rows.items():
            self._without_item(table, row, reference(row, column), below=row > last)

    def _without_item(self, table: Table, row: int, cell: str, *, below: bool) -> None:
        """A row of no item: below the last one it may be people's own, else it has lost its id."""
        own = below and self._own_rows.holds(table, row, whole=self._whole)
        self._report.add(codes.OWN_ROW_BELOW if own else codes.ROW_WITHOUT_ITEM, table.sheet.name, cell)

    def _merges_of(self, table: Table) -> Merges:
        columns = [table.columns[column] for column in self._columns if column in table.columns]
        return Merges(table.sheet, self.rows(table), columns)

    def _merged(self, tables: Sequence[Table]) -> None:
        for table in tables:
            items = self.rows(table)
            for merged, rows, _ in self._merges[id(table)].covering:
                covered = [items[row] for row in rows]
                self._report.add(
                    codes.MERGED_OVER_ANSWERS,
                    table.sheet.name,
                    str(merged),
                    covered[0],
                    items=", ".join(covered),
                )

    def _hidden(self, tables: Sequence[Table]) -> None:
        for table in tables:
            places = [
                (line.row, table.columns[column])
                for line in self.by_item.values()
                if line.table is table
                for column in self._columns
                if column in table.columns and not is_blank(line.table.cell(line.row, column))
            ]
            note_hidden(table.sheet, places, self._report)


def note_hidden(sheet: Sheet, places: Iterable[tuple[int, int]], report: Report) -> None:
    """Note answers that nobody sees."""
    hidden = sheet.state is not SheetState.VISIBLE
    count = sum(
        hidden or row in sheet.hidden_rows or column in sheet.hidden_columns for row, column in places
    )
    if count:
        report.add(codes.HIDDEN_ANSWERS, sheet.name, count=count)
