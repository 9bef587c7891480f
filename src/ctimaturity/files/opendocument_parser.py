"""The tables of an OpenDocument workbook, read cell by cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.cell import Cell, CellKind, Shown, reference
from ctimaturity.files.content import LONGEST_NUMBER, UnreadableError
from ctimaturity.files.limits import Refusal
from ctimaturity.files.opendocument_values import VALUES, OpenDocumentStyles, shown_number
from ctimaturity.files.sheet import CellRange, Sheet, SheetState
from ctimaturity.files.styles import CellFormat, NumberFormat
from ctimaturity.files.xml import Handlers

if TYPE_CHECKING:
    from ctimaturity.files.content import Contents
    from ctimaturity.files.limits import Limits

CONTENT = "content.xml"
FORMATS = (CellFormat(), CellFormat(NumberFormat.PERCENT))
"""What a number may be shown as; dates and times have types of their own here."""

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TABLE, _TEXT = (f"{_URN}:{name}:1.0 " for name in ("office", "table", "text"))
_DRAWN = tuple(f"{_URN}:{name}:1.0 " for name in ("drawing", "dr3d", "chart", "form"))
_SHOWN_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_SKIPPED = frozenset(
    {
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_TABLE}shapes",
        f"{_TEXT}ruby-text",
        f"{_TEXT}note",
    }
)
"""What stands in a table or a cell without being its content: comments, drawings, how to pronounce it."""
_SHEET, _ROW, _COLUMN = f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-column"
_COLUMNS_REPEATED, _ROWS_REPEATED = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_COLUMNS_SPANNED, _ROWS_SPANNED = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_FORMULA, _VISIBILITY = f"{_TABLE}formula", f"{_TABLE}visibility"
_VALUE_TYPE, _VALUE, _STRING_VALUE = f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_OFFICE}string-value"
_SPACES_TAG, _TAB_TAG, _BREAK_TAG = f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"
_SPACES_COUNT = f"{_TEXT}c"
_CELL_STYLE, _TEXT_STYLE = f"{_TABLE}style-name", f"{_TEXT}style-name"
_DEFAULT_STYLE = f"{_TABLE}default-cell-style-name"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_HIDDEN = frozenset({"collapse", "filter"})
_NUMBERS = {"float": "0", "currency": "0", "percentage": "1"}
"""Types of numbers, each with the place of its format in `FORMATS`."""
_TRUTH = {"1": ("true", "verdadero"), "0": ("false", "falso")}
"""How LibreOffice shows a formula's truth value, which it keeps as a number; in .xlsx as what it is."""
_ERRORS = re.compile(r"#(?:N/[AD]|[¡¿]?[A-ZÁÉÍÓÚÑ]+(?:/0)?[!?])|Err:\d{3}")
_COUNT = re.compile(r"[1-9][0-9]{0,6}")
"""How often something repeats: a sheet has 1,048,576 rows, and a larger number would only cost time."""
_WHITE = re.compile(r"[ \t\r\n]+")
_SPACE, _TAB, _BREAK = "\x00", "\x01", "\x02"
"""Where white space was written as an element: characters that XML cannot hold."""
_WRITTEN = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})
_MOST_SPACES = 1_000_000
"""Spaces that a workbook says by their count: a few bytes stand for as many as a cell can hold."""
_SHEET_DEPTH = 4  # document-content, body, spreadsheet, table


def parse_content(data: bytes, contents: Contents, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets of a workbook, hidden ones too.

    Rows and cells that are said to repeat count as often as they do, so a few bytes that stand for
    millions of filled cells are refused by the same limits as the cells themselves.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    handlers = _ContentHandlers(contents, limits, limits.elements + len(data) // limits.bytes_per_element)
    handlers.parse(data)
    return tuple(handlers.sheets)


class _Outside(dict[str, bool]):
    """Whether an element is no content of a sheet, looked at once for each name."""

    def __missing__(self, name: str) -> bool:
        found = self[name] = name in _SKIPPED or name.startswith(_DRAWN)
        return found


class _Table:
    """What one sheet has so far, and where in it the parser is."""

    def __init__(self, name: str, state: SheetState) -> None:
        self.name = name
        self.state = state
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.struck_columns: set[int] = set()
        self.struck_row: bool | None = None
        self.row = 0
        self.repeated = 0
        self.hidden = False
        self.column = 0
        self.columns = 0
        self.in_row: dict[int, Cell] = {}
        self.spans: list[tuple[int, int, int]] = []

    def sheet(self) -> Sheet:
        return Sheet(
            self.name,
            self.state,
            self.cells,
            tuple(self.merged),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )


class _ContentHandlers(Handlers):
    def __init__(self, contents: Contents, limits: Limits, elements: int) -> None:
        super().__init__(CONTENT, limits)
        self.sheets: list[Sheet] = []
        self._contents = contents
        self._left = elements
        self._cells = limits.cells
        self._spaces = _MOST_SPACES
        self._skipping = 0
        self._styles = OpenDocumentStyles()
        self._struck = self._styles.struck
        self._runs: list[bool] = []
        self._run_struck = False
        self._table: _Table | None = None
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None
        self._texts: dict[tuple[str, bool], Cell] = {}
        self._outside = _Outside()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self._left -= 1
        if self.depth > self.limits.depth:
            raise self.too_deep()
        if self._left < 0:
            raise Refusal(codes.TOO_MANY_ENTRIES, part=CONTENT, limit=self.limits.elements)
        if self.depth == 1 and name != f"{_OFFICE}document-content":
            raise Refusal(codes.PART_STRANGE, part=CONTENT)
        if self._skipping or self._outside[name]:
            self._skipping += 1
        elif self._cell is not None:
            self._start_inside(name, attributes)
        elif self._table is not None:
            self._start_in_table(self._table, name, attributes)
        elif name == _SHEET and self.depth == _SHEET_DEPTH:
            self._start_table(attributes)
        else:
            self._styles.start(name, attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif name in _CELLS and self._table is not None:
            self._finish_cell(self._table)
        elif self._runs:
            self._runs.pop()
        elif name in _PARAGRAPHS and self._pieces is not None:
            text = "".join(self._pieces)
            if not text.isprintable() or "  " in text or text.startswith(" "):
                text = _WHITE.sub(" ", text).removeprefix(" ").translate(_WRITTEN)
            self._paragraphs.append(text)
            self._pieces = None
        elif name == _ROW and self._table is not None:
            self._finish_row(self._table)
        elif name == _SHEET and self.depth == _SHEET_DEPTH - 1:
            self._finish_table()

    def characters(self, text: str) -> None:
        if self._pieces is not None and not self._skipping:
            self._pieces.append(text)
            if self._struck and any(self._runs) and not text.isspace():
                self._run_struck = True

    def _start_table(self, attributes: dict[str, str]) -> None:
        unseen = attributes.get(f"{_TABLE}style-name", "") in self._styles.unseen
        state = SheetState.HIDDEN if unseen else SheetState.VISIBLE
        self._table = _Table(attributes.get(f"{_TABLE}name", ""), state)

    def _finish_table(self) -> None:
        table, self._table = self._table, None
        # what LibreOffice keeps of other workbooks that formulas refer to is no sheet of this one
        if table is None or (table.name.startswith("'") and "'#$" in table.name):
            return
        if len(self.sheets) == self.limits.sheets:
            raise Refusal(codes.TOO_MANY_SHEETS, limit=self.limits.sheets)
        self.sheets.append(table.sheet())

    def _start_in_table(self, table: _Table, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            if not table.repeated:
                raise Refusal(codes.CELL_MISPLACED, Location(sheet=table.name))
            self._cell, self._paragraphs, self._run_struck = attributes, [], False
        elif name == _ROW:
            if table.repeated:
                raise Refusal(codes.CELL_MISPLACED, Location(sheet=table.name))
            self._start_row(table, attributes)
        elif name == _COLUMN:
            count = self._count(table, attributes, _COLUMNS_REPEATED)
            columns = range(table.columns + 1, min(table.columns + count, self.limits.columns) + 1)
            if attributes.get(_VISIBILITY) in _HIDDEN:
                table.hidden_columns.update(columns)
            if attributes.get(_DEFAULT_STYLE) in self._struck:
                table.struck_columns.update(columns)
            table.columns += count
        elif name == _SHEET:
            raise Refusal(codes.CELL_MISPLACED, Location(sheet=table.name))

    def _start_row(self, table: _Table, attributes: dict[str, str]) -> None:
        table.row += 1
        table.repeated = self._count(table, attributes, _ROWS_REPEATED)
        table.column = 0
        style = attributes.get(_DEFAULT_STYLE)
        table.struck_row = None if style is None else style in self._struck
        table.hidden = attributes.get(_VISIBILITY) in _HIDDEN

    def _finish_row(self, table: _Table) -> None:
        first, last = table.row, table.row + table.repeated - 1
        limits = self.limits
        if table.in_row:
            if last > limits.rows:
                place = Location(
                    sheet=table.name, cell=reference(max(first, limits.rows + 1), min(table.in_row))
                )
                raise Refusal(codes.CELL_FAR_OUT, place, rows=limits.rows, columns=limits.columns)
            self._cells -= len(table.in_row) * table.repeated
            if self._cells < 0:
                raise Refusal(codes.TOO_MANY_CELLS, limit=limits.cells)
            for row in range(first, last + 1):
                table.cells.update({(row, column): cell for column, cell in table.in_row.items()})
            if table.hidden:  # of empty rows, which a few bytes make millions of, nobody asks
                table.hidden_rows.update(range(first, last + 1))
        for column, down, across in table.spans:
            if len(table.merged) + table.repeated > limits.merges:
                raise Refusal(codes.TOO_MANY_ENTRIES, part=CONTENT, limit=limits.merges)
            table.merged += [
                CellRange(row, column, row + down - 1, column + across - 1) for row in range(first, last + 1)
            ]
        table.row, table.repeated = last, 0
        table.in_row, table.spans = {}, []

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if self._struck and self._pieces is not None:
            self._runs.append(attributes.get(_TEXT_STYLE) in self._struck)
        if name in _PARAGRAPHS:
            self._pieces = []
            self._runs = []
        elif name in _CELLS or name == _SHEET:  # a table inside a cell is none of a spreadsheet
            raise Refusal(codes.CELL_MISPLACED, Location(sheet=self._table.name if self._table else ""))
        elif self._pieces is not None:
            if name == _SPACES_TAG:
                self._pieces.append(_SPACE * self._spaces_said(attributes.get(_SPACES_COUNT, "1")))
            elif name == _TAB_TAG:
                self._pieces.append(_TAB)
            elif name == _BREAK_TAG:
                self._pieces.append(_BREAK)

    def _spaces_said(self, text: str) -> int:
        count = int(text) if _COUNT.fullmatch(text) else 0
        self._spaces -= count
        if count > self.limits.string_length or self._spaces < 0:
            raise Refusal(codes.TEXT_TOO_LONG, limit=self.limits.string_length)
        return count

    def _finish_cell(self, table: _Table) -> None:
        attributes, self._cell = self._cell or {}, None
        count = self._count(table, attributes, _COLUMNS_REPEATED)
        first, last = table.column + 1, table.column + count
        table.column = last
        limits = self.limits
        try:
            cell = self._content(attributes)
        except UnreadableError:
            raise Refusal(codes.CELL_UNREADABLE, _place(table, first)) from None
        if cell is not None and self._struck and self._is_struck(table, first, attributes):
            cell = cell._replace(struck=True)
        if cell is not None and last > limits.columns:
            raise Refusal(codes.CELL_FAR_OUT, _place(table, first), rows=limits.rows, columns=limits.columns)
        if cell is not None and count == 1:
            table.in_row[first] = cell
        elif cell is not None:
            table.in_row.update(dict.fromkeys(range(first, last + 1), cell))
        if _ROWS_SPANNED in attributes or _COLUMNS_SPANNED in attributes:
            down = self._count(table, attributes, _ROWS_SPANNED)
            across = self._count(table, attributes, _COLUMNS_SPANNED)
            if down > 1 or across > 1:
                table.spans.append((first, down, across))

    def _is_struck(self, table: _Table, column: int, attributes: dict[str, str]) -> bool:
        """By a run of its text, its own style, or else that of its row or column."""
        if self._run_struck or _CELL_STYLE in attributes:
            return self._run_struck or attributes[_CELL_STYLE] in self._struck
        return column in table.struck_columns if table.struck_row is None else table.struck_row

    def _content(self, attributes: dict[str, str]) -> Cell | None:
        """The cell, as its type says and with the digits of the file; None where nothing is in it."""
        kind = attributes.get(_VALUE_TYPE, "")
        formula = _FORMULA in attributes
        if kind in _NUMBERS:
            return self._number(kind, attributes.get(_VALUE, ""), formula=formula)
        if kind == "string":
            return self._text(attributes, formula=formula)
        if kind in {"", "void"}:
            return self._untyped(formula=formula)
        if kind not in VALUES:
            raise UnreadableError(kind)
        attribute, read = VALUES[kind]
        return read(attributes.get(attribute, ""), formula=formula)

    def _number(self, kind: str, text: str, *, formula: bool) -> Cell | None:
        if formula and text in _TRUTH and "".join(self._paragraphs).casefold() in _TRUTH[text]:
            return Cell(CellKind.BOOLEAN, text == "1", text, formula)
        if not text.strip():
            raise UnreadableError(text)
        cell = self._contents["n", _NUMBERS[kind], text, "<f" if formula else ""]
        if cell is None or not self._paragraphs or kind == "percentage":
            return cell
        shown = shown_number(text.strip(), "\n".join(self._paragraphs))
        return cell._replace(shown=shown) if shown else cell

    def _untyped(self, *, formula: bool) -> Cell | None:
        if any(self._paragraphs):  # shown, and of no type: there is no telling what it is
            raise UnreadableError(self._paragraphs[0])
        if formula and self._paragraphs:  # its result is a text without characters
            return Cell(CellKind.TEXT, "", "", formula)
        return Cell(CellKind.EMPTY, None, "", formula) if formula else None

    def _text(self, attributes: dict[str, str], *, formula: bool) -> Cell | None:
        shown = "\n".join(self._paragraphs)
        if attributes.get(_SHOWN_TYPE) == "error" or (formula and _ERRORS.fullmatch(shown)):
            return Cell(CellKind.ERROR, None, shown[:LONGEST_NUMBER], formula)
        text = attributes.get(_STRING_VALUE, shown)
        if len(text) > self.limits.string_length:
            raise Refusal(codes.TEXT_TOO_LONG, limit=self.limits.string_length)
        if not text and not formula:
            return None
        if self._paragraphs and shown.split() != text.split():
            return Cell(CellKind.TEXT, text, text, formula, shown=Shown(shown.strip()))
        known = self._texts.get((text, formula))
        if known is None:
            if len(self._texts) >= self.limits.distinct_cells:
                raise Refusal(codes.TOO_MANY_CELLS, limit=self.limits.distinct_cells)
            known = self._texts[text, formula] = Cell(CellKind.TEXT, text, text, formula)
        return known

    def _count(self, table: _Table, attributes: dict[str, str], name: str) -> int:
        """How often something repeats or how far it spans; once, where nothing is said."""
        text = attributes.get(name)
        if text is None:
            return 1
        if not _COUNT.fullmatch(text):
            raise Refusal(codes.CELL_MISPLACED, Location(sheet=table.name))
        return int(text)


def _place(table: _Table, column: int) -> Location:
    return Location(sheet=table.name, cell=reference(table.row, column))
