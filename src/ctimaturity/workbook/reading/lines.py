"""The lines of tables that have an item each, wherever they were moved, and those that have lost it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.language.folding import folded, nearest
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.layout import SEGMENT_ROW
from ctimaturity.workbook.reading.own_rows import OwnRows
from ctimaturity.workbook.reading.table import ItemLine, Merges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.table import AnswerTable

_ID = re.compile(r"(?=.*[0-9])[A-Za-z][A-Za-z0-9_-]{0,39}")
_MOST_OFFERS = 200
"""Unknown ids for which the nearest is looked for, which takes its time."""


class ItemLines:
    """The lines of one measurement in one form, over all tables that hold it.

    Attributes:
        columns: The columns that are filled in and decide.
        by_item: The line of each item found.
    """

    def __init__(self, context: ReadingContext, tables: Sequence[AnswerTable]) -> None:
        """Find the lines, and say what is wrong with them.

        Args:
            context: What all readers share.
            tables: Tables of one measurement in one form.
        """
        measurement = tables[0].measurement
        self.columns = [column for column in tables[0].template if column.decides]
        self._context, self._findings = context, context.findings
        self._own_rows = OwnRows(context, measurement, self.columns)
        self._headers = {folded(text) for column in self.columns for text in column.header.values()}
        self._known = {folded(item.id): item.id for item in measurement.items}
        self._copies: dict[str, set[str]] = {}
        self._offers = 0
        # While no item misses its line, a row without an id can be none that has lost it.
        self._whole = self._known.keys() <= {folded(text) for table in tables for _, text in table.ids}
        self._of_item = self._all(tables)
        chosen = [self._chosen(lines) for lines in self._of_item.values()]
        self.by_item = {line.item: line for line in chosen}
        self._merges = {id(table): self._merges_of(table) for table in tables}
        for table in tables:
            self._note_lost(table)
        # Sheets that say again, or leave blank, what another says: one finding for all their lines.
        for sheet, others in self._copies.items():
            self._findings.add(codes.SHEET_REPEATED, sheet, other=", ".join(sorted(others)))
        for table in tables:
            self._note_merged(table)
            self._note_hidden(table)

    def cell(self, line: ItemLine, column: str) -> Cell | None:
        """A cell of a line; of merged cells the value of the whole."""
        number = line.table.columns.get(column)
        return None if number is None else self._merges[id(line.table)].cell(line.row, number)

    def rows(self, table: AnswerTable, *, chosen: bool = True) -> dict[int, str]:
        """The items of a table by their row; not only those that are read where an item stands in several."""
        every = (line for lines in self._of_item.values() for line in lines)
        lines = self.by_item.values() if chosen else every
        return {line.row: line.item for line in lines if line.table is table}

    def _all(self, tables: Sequence[AnswerTable]) -> dict[str, list[ItemLine]]:
        lines: dict[str, list[ItemLine]] = {}
        for table in tables:
            last = self._last(table)
            # One row is that of the segments; more of them have lost their id to it.
            segments = next((row for row, text in table.ids if folded(text) == SEGMENT_ROW), 0)
            for row, text in table.ids:
                item = self._known.get(folded(text))
                if item is not None:
                    lines.setdefault(item, []).append(ItemLine(table, row, item))
                elif row > table.header + 1 and row != segments:
                    self._note_unknown(ItemLine(table, row), text, below=row > last)
        return lines

    def _last(self, table: AnswerTable) -> int:
        """The row of the last item of a table; what people add of their own stands below it."""
        return max((row for row, text in table.ids if folded(text) in self._known), default=table.last)

    def _chosen(self, lines: list[ItemLine]) -> ItemLine:
        """The line of an item that stands in several: the one that says something."""
        if len(lines) == 1:
            return lines[0]
        filled = [line for line in lines if any(self._content(line))]
        first, *others = filled or lines
        for other in others or [line for line in lines if line is not first]:
            sheet = other.table.sheet.name
            differs = len(filled) > 1 and self._content(other) != self._content(first)
            if differs or other.table is first.table:
                code = codes.ITEM_TWICE if differs else codes.ITEM_REPEATED
                self._findings.add(code, sheet, other.id_place, other.item, other=str(first))
            else:
                self._copies.setdefault(sheet, set()).add(first.table.sheet.name)
        return first

    def _content(self, line: ItemLine) -> tuple[str, ...]:
        cells = (line.cell(column.id) for column in self.columns)
        return tuple("" if cell is None or is_blank(cell) else folded(cell.text) or "?" for cell in cells)

    def _note_unknown(self, line: ItemLine, text: str, *, below: bool) -> None:
        """A line whose id the definition does not have; headings and headers are passed over."""
        content = [text for text in self._content(line) if text and text not in self._headers]
        if not content or folded(text) in self._headers:
            return
        if _ID.fullmatch(text) is None:  # whatever people write there is theirs, and is not repeated
            self._note_without_item(line.table, line.row, line.table.item_column, below=below)
            return
        self._offers += 1
        near = nearest(text, self._known.values()) if self._offers <= _MOST_OFFERS else ""
        offer = f" ({near}?)" if near else ""
        self._findings.add(codes.ITEM_UNKNOWN, line.table.sheet.name, line.id_place, text, offer=offer)

    def _note_lost(self, table: AnswerTable) -> None:
        """Lines that lost their id: an answer there would be lost in silence.

        Right below the column ids stand the visible headers, which people may word otherwise.
        """
        named = {row for row, _ in table.ids}
        numbers = {table.columns[column.id] for column in self.columns if column.id in table.columns}
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
            self._note_without_item(table, row, column, below=row > last)

    def _note_without_item(self, table: AnswerTable, row: int, column: int, *, below: bool) -> None:
        """A row of no item: below the last one it may be people's own, else it has lost its id."""
        own = below and self._own_rows.holds(table, row, whole=self._whole)
        code = codes.OWN_ROW_BELOW if own else codes.ROW_WITHOUT_ITEM
        self._findings.add(code, table.sheet.name, (row, column))

    def _merges_of(self, table: AnswerTable) -> Merges:
        columns = [table.columns[column.id] for column in self.columns if column.id in table.columns]
        return Merges(table.sheet, self.rows(table), columns)

    def _note_merged(self, table: AnswerTable) -> None:
        items = self.rows(table)
        for merged, rows, _ in self._merges[id(table)].covering:
            covered = ", ".join(items[row] for row in rows)
            self._findings.add(
                codes.MERGED_OVER_ANSWERS, table.sheet.name, str(merged), items[rows[0]], items=covered
            )

    def _note_hidden(self, table: AnswerTable) -> None:
        filled = (
            line.place(column.id)
            for line in self.by_item.values()
            if line.table is table
            for column in self.columns
            if not is_blank(line.cell(column.id))
        )
        self._context.note_hidden(table.sheet, filled)
