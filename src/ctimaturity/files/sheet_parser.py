"""A sheet read by the parser, whatever program wrote it and however."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import ColumnNumbers, column_number, reference
from ctimaturity.files.content import UnreadableError
from ctimaturity.files.limits import Refusal
from ctimaturity.files.sheet import CellRange
from ctimaturity.files.xml import TRUE, Handlers, spreadsheet_names

if TYPE_CHECKING:
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.content import Contents
    from ctimaturity.files.limits import Limits

_NAMES = spreadsheet_names(
    "worksheet", "sheetData", "row", "c", "v", "f", "t", "r", "rPh", "strike", "col", "mergeCell"
)
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_ROW_DEPTH = 3  # worksheet, sheetData, row
_INLINE = "inlineStr"


@dataclass(slots=True)
class ParsedSheet:
    """What the parser found in a sheet.

    Attributes:
        cells: By (row, column).
        merged: Merged ranges.
        hidden_rows: Rows that are not shown.
        hidden_columns: Columns that are not shown.
        tables: Where in the part its tables of rows begin, in bytes; one, where nothing is strange.
    """

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[CellRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    tables: list[int] = field(default_factory=list)


def parse_sheet(data: bytes, part: str, name: str, contents: Contents, limits: Limits) -> ParsedSheet:
    """Read a sheet.

    Args:
        data: The part.
        part: Its name in the archive.
        name: The name of the sheet.
        contents: What the raw content of cells amounts to.
        limits: The bounds.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    handlers = _SheetHandlers(part, name, contents, limits)
    handlers.left = limits.elements + len(data) // limits.bytes_per_element
    handlers.parse(data)
    return handlers.found


class _SheetHandlers(Handlers):
    def __init__(self, part: str, name: str, contents: Contents, limits: Limits) -> None:
        super().__init__(part, limits)
        self.found = ParsedSheet()
        self.left = 0
        self._name = name
        self._contents = contents
        self._columns = ColumnNumbers()
        self._row = 0
        self._row_text = ""
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: list[str] = []
        self._inline: list[str] = []
        self._values = 0
        self._formula = ""
        self._pieces: list[str] | None = None
        self._run_struck = False
        self._struck = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _NAMES.get(name)
        self.depth += 1
        self.left -= 1
        if self.depth > self.limits.depth:
            raise self.too_deep()
        if self.left < 0:
            raise Refusal(codes.TOO_MANY_ENTRIES, part=self.part, limit=self.limits.elements)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self._values += 1
            self._pieces = self._value
        elif tag == "t":
            self._pieces = None if self._phonetic else self._inline
        elif tag == "f":
            self._formula = "<f"
        elif tag == "row":
            self._start_row(attributes)
        else:
            self._start_other(tag, attributes)

    def end(self, name: str) -> None:
        tag = _NAMES.get(name)
        self.depth -= 1
        if tag == "c":
            self._finish_cell()
        elif tag in {"v", "t"}:
            self._pieces = None
        elif tag == "row":
            self._row_text = ""
        elif tag == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)
            self._struck = self._struck or (self._run_struck and not text.isspace())

    def _start_other(self, tag: str | None, attributes: dict[str, str]) -> None:
        if self.depth == 1 and tag != "worksheet":
            raise Refusal(codes.PART_STRANGE, part=self.part)
        if tag == "sheetData":
            self.found.tables.append(self.parser.CurrentByteIndex)
        elif tag == "rPh":
            self._phonetic += 1
        elif tag in {"r", "strike"}:
            self._run_struck = tag == "strike" and attributes.get("val", "1") in TRUE
        elif tag == "col" and attributes.get("hidden") in TRUE:
            self._hide_columns(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r")
        if text is None:
            text = str(self._row + 1)
        elif not _NUMBER.fullmatch(text):
            text = ""
        if not text or self.depth != _ROW_DEPTH:
            raise Refusal(codes.CELL_MISPLACED, Location(sheet=self._name))
        self._row, self._row_text, self._column = int(text), text, 0
        if attributes.get("hidden") in TRUE:
            self.found.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if not self._row_text or self.depth != _ROW_DEPTH + 1:
            raise Refusal(codes.CELL_MISPLACED, Location(sheet=self._name))
        self._cell = attributes
        self._value, self._inline = [], []
        self._values, self._formula = 0, ""
        self._run_struck = self._struck = False

    def _finish_cell(self) -> None:
        attributes = self._cell or {}
        at = attributes.get("r")
        if at is None:
            column = self._column + 1
        else:
            column = self._columns[at.removesuffix(self._row_text)] if at.endswith(self._row_text) else 0
            if not column:
                raise Refusal(codes.CELL_MISPLACED, Location(sheet=self._name, cell=quoted(at)))
        self._column = column
        if self._value or self._inline or self._formula:
            self._keep(self._row, column, attributes)

    def _keep(self, row: int, column: int, attributes: dict[str, str]) -> None:
        kind = attributes.get("t", "")
        text = "".join(self._inline if kind == _INLINE else self._value)
        limits = self.limits
        cells = self.found.cells
        place = Location(sheet=self._name, cell=reference(row, column))
        if self._values > 1:
            raise Refusal(codes.CELL_UNREADABLE, place)
        try:
            cell = self._contents[kind, attributes.get("s", ""), text, self._formula]
        except UnreadableError:
            raise Refusal(codes.CELL_UNREADABLE, place) from None
        if cell is None:
            return
        if self._struck:
            cell = cell._replace(struck=True)
        if (row, column) in cells:
            raise Refusal(codes.CELL_TWICE, place)
        if row > limits.rows or column > limits.columns:
            raise Refusal(codes.CELL_FAR_OUT, place, rows=limits.rows, columns=limits.columns)
        if len(cells) == limits.cells:
            raise Refusal(codes.TOO_MANY_CELLS, limit=limits.cells)
        cells[row, column] = cell

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last):
            self.found.hidden_columns.update(range(int(first), min(int(last), self.limits.columns) + 1))

    def _merge(self, text: str) -> None:
        if len(self.found.merged) == self.limits.merges:
            raise Refusal(codes.TOO_MANY_ENTRIES, part=self.part, limit=self.limits.merges)
        match = _RANGE.fullmatch(text)
        if match is None:
            raise Refusal(codes.CELL_MISPLACED, Location(sheet=self._name, cell=quoted(text)))
        first, top, last, bottom = match.groups()
        self.found.merged.append(
            CellRange(int(top), column_number(first), int(bottom or top), column_number(last or first))
        )
