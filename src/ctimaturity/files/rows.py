"""Rows written the way the usual programs write them, read without a parser's call for each tag.

A filled questionnaire is ten thousand cells of the form `<c r="D7" s="3" t="s"><v>41</v></c>`. A
grammar of exactly that form reads them several times faster than handlers do. It is a strict part
of XML and takes the rows whole or not at all: one character beyond it, and the parser reads the
sheet instead (`sheet.py`). What stands around the rows always goes through the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_TEXT = r"(?:[^<>&\x00-\x1f\ufffe\uffff]|&(?:amp|lt|gt|quot|apos);)*+"
_ATTRIBUTES = r'(?: (?!xmlns)(?:x14ac:)?+[A-Za-z][A-Za-z0-9]*+="[^"<&\x00-\x1f\ufffe\uffff]*+")*+'
_FORMULA = "".join(rf'(?: {name}="[A-Za-z0-9:]++")?+' for name in ("aca", "t", "ref", "ca", "si"))
_ROW = re.compile(rf"<row({_ATTRIBUTES})>")
_EMPTY_ROW = re.compile(rf"<row({_ATTRIBUTES}) ?/>")
_ATTRIBUTE = re.compile(r' ([A-Za-z:0-9]+)="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"(?: s="([0-9]++)")?+(?: t="(s|n|b|e|str)")?+(?: ?/>|>'
    rf"(?:(<f){_FORMULA}(?: ?/>|>{_TEXT}</f>))?+(?:<v>([^<>&\x00-\x1f\ufffe\uffff]*+)</v>|<v ?/>)?+</c>)"
    r"|(.+)",
    re.DOTALL,
)
_LONGEST_ROW = 1_000_000
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class NotPlainError(Exception):
    """The rows are not of the plain form; nothing is wrong with that."""


@dataclass(frozen=True, slots=True)
class PlainRows:
    """The rows of a sheet.

    Attributes:
        cells: By (row, column).
        hidden: Rows that are not shown.
    """

    cells: dict[tuple[int, int], Cell]
    hidden: set[int]


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
    plain = PlainRows({}, set())
    columns = ColumnNumbers()
    held = 0
    if text.count("</row>") > limits.rows:
        raise NotPlainError
    *rows, rest = text.split("</row>")
    for row_text in rows:
        if len(row_text) > _LONGEST_ROW:
            raise NotPlainError
        opening = _ROW.match(row_text, _empty_rows(row_text, plain.hidden))
        if opening is None:
            raise NotPlainError
        number = _row_number(opening[1], plain.hidden)
        before = held
        try:
            held += _read_cells(row_text, opening.end(), number, plain.cells, columns, contents)
        except UnreadableError:
            raise NotPlainError from None
        if held > before and (held > limits.cells or int(number) > limits.rows):
            raise NotPlainError
    too_wide = max(columns.values(), default=0) > limits.columns
    if too_wide or held != len(plain.cells) or _empty_rows(rest, plain.hidden) != len(rest):
        raise NotPlainError
    return plain


def _read_cells(
    text: str,
    start: int,
    number: str,
    cells: dict[tuple[int, int], Cell],
    columns: ColumnNumbers,
    contents: Contents,
) -> int:
    """Read the cells of one row; how many of them hold something."""
    row = int(number)
    held = 0
    for letters, at, style, kind, formula, value, stray in _CELL.findall(text, start):
        if stray or at != number:
            raise NotPlainError
        if value or formula:
            cell = contents[kind, style, value, formula]
            if cell is not None:
                cells[row, columns[letters]] = cell
                held += 1
    return held


def _empty_rows(text: str, hidden: set[int]) -> int:
    """Where the rows without any cell, which have no closing tag of their own, end."""
    end = 0
    while match := _EMPTY_ROW.match(text, end):
        _row_number(match[1], hidden)
        end = match.end()
    return end


def _row_number(attributes: str, hidden: set[int]) -> str:
    found = _ATTRIBUTE.findall(attributes)
    values: dict[str, str] = dict(found)
    number = values.get("r", "")
    if len(values) != len(found) or not _ROW_NUMBER.fullmatch(number):
        raise NotPlainError
    if values.get("hidden") in TRUE:
        hidden.add(int(number))
    return number
