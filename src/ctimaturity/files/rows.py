"""Rows written the way the usual programs write them, read without a parser's call for each tag.

A filled questionnaire is ten thousand cells of the form `<c r="D7" s="3" t="s"><v>41</v></c>`. A
grammar of exactly that form reads them several times faster than handlers do. It is a strict part
of XML and takes the rows whole or not at all: one character beyond it, and the parser reads the
sheet instead (`sheet.py`). What stands around the rows always goes through the parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.files.cell import ColumnNumbers
from ctimaturity.files.content import UnreadableError
from ctimaturity.files.xml import TRUE

if TYPE_CHECKING:
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.content import Contents
    from ctimaturity.files.limits import Limits

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_UTF8 = re.compile(
    rb"""\s*(?:<\?xml [^>]*encoding=["']utf-8["'][^>]*>|<\?xml (?![^>]*encoding)[^>]*>|<[^?])""",
    re.IGNORECASE,
)
_PLAIN_TEXT = r"[^<>&\x00-\x1f\ufffe\uffff]*+"
_TEXT = rf"{_PLAIN_TEXT}(?:&(?:amp|lt|gt|quot|apos);{_PLAIN_TEXT})*+"
_ATTRIBUTES = r'(?: (?!xmlns)(?:x14ac:)?+[A-Za-z][A-Za-z0-9]*+="[^"<&\x00-\x1f\ufffe\uffff]*+")*+'
_FORMULA = "".join(rf'(?: {name}="[A-Za-z0-9:]++")?+' for name in ("aca", "t", "ref", "ca", "si"))
_ROW = re.compile(rf'<row r="([1-9][0-9]{{0,6}}+)"({_ATTRIBUTES})>')
_EMPTY_ROW = re.compile(rf'<row r="([1-9][0-9]{{0,6}}+)"({_ATTRIBUTES}) ?/>')
_ATTRIBUTE = re.compile(r' ([A-Za-z:0-9]+)="([^"]*)"')
_CELL_BEGINS = '<c r="'
_AFTER_REFERENCE = re.compile(
    r'(?: s="([0-9]++)")?+(?: t="(s|n|b|e|str)")?+(?: ?/>|>'
    rf"(?:(<f){_FORMULA}(?: ?/>|>{_TEXT}</f>))?+(?:<v>({_PLAIN_TEXT})</v>|<v ?/>)?+</c>)"
)
_LONGEST_ROW = 1_000_000
"""Characters of one row; the grammar takes them in one piece, the parser bit by bit."""


class NotPlainError(Exception):
    """The rows are not of the plain form; nothing is wrong with that."""


def cut_out(data: bytes) -> tuple[bytes, str, int]:
    """A sheet with its rows cut out, for the parser; the rows; and where their table begins.

    Raises:
        NotPlainError: Where the rows begin and end is not certain, or not in UTF-8.
    """
    if data.count(_OPEN) != 1 or data.count(_CLOSE) != 1 or not _UTF8.match(data):
        raise NotPlainError
    start, end = data.index(_OPEN) + len(_OPEN), data.index(_CLOSE)
    if b"x14ac:" in data[start:end] and b"xmlns:x14ac=" not in data[:start]:
        raise NotPlainError
    try:
        rows = data[start:end].decode()
    except UnicodeDecodeError:
        raise NotPlainError from None
    return data[:start] + data[end:], rows, start - len(_OPEN)


def read_rows(text: str, contents: Contents, limits: Limits) -> PlainRows:
    """Read rows of the plain form.

    Raises:
        NotPlainError: Something in them is not of that form, or wrong in any way.
        Refusal: There are too many cells, or a text is too long.
    """
    rows = PlainRows(contents, limits)
    if text.count("</row>") > limits.rows:
        raise NotPlainError
    *filled, rest = text.split("</row>")
    for row in filled:
        rows.read(row)
    # fewer cells than were held: some reference came twice
    if rows.pass_over(rest) != len(rest) or rows.held != len(rows.cells) or rows.widest > limits.columns:
        raise NotPlainError
    return rows


class PlainRows:
    """The rows of one sheet, read one after the other.

    Attributes:
        cells: By (row, column).
        hidden: Rows that are not shown.
        held: How many cells were read.
    """

    def __init__(self, contents: Contents, limits: Limits) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.hidden: set[int] = set()
        self.held = 0
        self._contents = contents
        self._limits = limits
        self._columns = ColumnNumbers()
        self._hides: dict[str, bool] = {}

    @property
    def widest(self) -> int:
        """The last column of any cell, empty ones too."""
        return max(self._columns.values(), default=0)

    def read(self, text: str) -> None:
        """One row with its cells, and rows before it that have none."""
        if len(text) > _LONGEST_ROW:
            raise NotPlainError
        opening, *cells = text.split(_CELL_BEGINS)
        match = _ROW.fullmatch(opening) or _ROW.fullmatch(opening, self.pass_over(opening))
        if match is None:
            raise NotPlainError
        number, attributes = match.groups()
        row = int(number)
        if self._hidden(attributes):
            self.hidden.add(row)
        if cells:
            self._read_cells(cells, row, number)

    def pass_over(self, text: str) -> int:
        """Where the rows without any cell, which have no closing tag of their own, end."""
        end = 0
        while match := _EMPTY_ROW.match(text, end):
            if self._hidden(match[2]):
                self.hidden.add(int(match[1]))
            end = match.end()
        return end

    def _read_cells(self, texts: list[str], row: int, number: str) -> None:
        digits = -len(number)
        # local names: this loop runs for every cell of every workbook
        held, known, columns, cells = self.held, self._contents.plain, self._columns, self.cells
        for text in texts:
            reference, _, rest = text.partition('"')
            if reference[digits:] != number:
                raise NotPlainError
            try:
                cell = known[rest]
            except KeyError:
                cell = known[rest] = self._cell(rest)
            column = columns[reference[:digits]]
            if not column:
                raise NotPlainError
            if cell is not None:
                cells[row, column] = cell
                held += 1
        if held > self._limits.cells or (held > self.held and row > self._limits.rows):
            raise NotPlainError
        self.held = held

    def _cell(self, text: str) -> Cell | None:
        """What follows a cell's reference; each text is read once, since few are different."""
        match = _AFTER_REFERENCE.fullmatch(text)
        if match is None:
            raise NotPlainError
        style, kind, formula, value = match.groups("")
        if not value and not formula:
            return None
        try:
            return self._contents.new(kind, style, value, formula)
        except UnreadableError:
            raise NotPlainError from None

    def _hidden(self, attributes: str) -> bool:
        """Whether a row's attributes hide it; rows differ in few of them."""
        if attributes not in self._hides:
            found = _ATTRIBUTE.findall(attributes)
            values: dict[str, str] = dict(found)
            if len(values) != len(found) or "r" in values:
                raise NotPlainError
            self._hides[attributes] = values.get("hidden") in TRUE
        return self._hides[attributes]
