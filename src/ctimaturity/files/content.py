"""What a cell's type, format and characters amount to."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import Cell, CellKind, moment, unescape
from ctimaturity.files.limits import Refusal
from ctimaturity.files.shown import shown_number, shown_text
from ctimaturity.files.strings import StruckText
from ctimaturity.files.styles import CellFormat, NumberFormat

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits

LONGEST_NUMBER = 64
"""Characters of a number, date or error; programs write 24 at most, and a longer one would only cost time."""
_LONGEST_INDEX = 9
"""Digits of the number of a text or format: no table is as long."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_EXPONENT = re.compile("[eE]")
_DIGIT = re.compile("[1-9]")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_NUMBER_TYPES = frozenset({"", "n"})
_TEXT_TYPES = frozenset({"str", "inlineStr"})

CellKey = tuple[str, str, str, str]
"""A cell's type (`s`, `n`, ...; empty for a number), the number of its cell format (empty for the
first), its characters, and something where they are the result of a formula."""


class UnreadableError(ValueError):
    """A cell's content is not what its type says, or points to nothing."""


class Contents(dict[CellKey, Cell | None]):
    """Raw content to cells, each different one made once; None where nothing is in it.

    Thousands of answers are the same few codes, so equal content is one and the same cell. Looking
    up content that is not what its type says raises `UnreadableError`; a text that is too long, or
    too many different contents, a `Refusal`.

    Attributes:
        plain: The same by the text that plain rows have for it (`rows.py`).
    """

    def __init__(
        self, strings: list[str], formats: list[CellFormat], limits: Limits, *, date1904: bool
    ) -> None:
        super().__init__()
        self.plain: dict[str, Cell | None] = {}
        self._strings = strings
        self._formats = formats
        self._limits = limits
        self._date1904 = date1904

    def __missing__(self, key: CellKey) -> Cell | None:
        cell = self[key] = self.new(*key)
        return cell

    def new(self, kind: str, style: str, text: str, formula: str) -> Cell | None:
        """The cell of some raw content (`CellKey`)."""
        if len(self) + len(self.plain) >= self._limits.distinct_cells:
            raise Refusal(codes.TOO_MANY_CELLS, limit=self._limits.distinct_cells)
        if kind == "s":
            return self._text(self._shared(text), style, formula=bool(formula))
        if kind in _TEXT_TYPES:
            return self._text(unescape(text), style, formula=bool(formula))
        return self._typed(kind, style or "0", text.strip(), formula=bool(formula))

    def _typed(self, kind: str, style: str, text: str, *, formula: bool) -> Cell | None:
        if not text:
            return Cell(CellKind.EMPTY, None, "", formula) if formula else None
        if kind in _NUMBER_TYPES:
            return self._number(text, style, formula=formula)
        if kind == "b" and text in _BOOLEANS:
            struck = self._look(style).struck
            cell = Cell(CellKind.BOOLEAN, _BOOLEANS[text], text, formula, struck=struck)
        elif kind == "e":
            cell = Cell(CellKind.ERROR, None, text[:LONGEST_NUMBER], formula)
        elif kind == "d":
            cell = Cell(CellKind.DATE, iso_moment(text), text, formula)
        else:
            raise UnreadableError(kind)
        return cell

    def _shared(self, text: str) -> str:
        index = text.strip()
        if not index.isdigit() or not index.isascii() or len(index) > _LONGEST_INDEX:
            raise UnreadableError(text)
        number = int(index)
        if number >= len(self._strings):
            raise UnreadableError(text)
        return self._strings[number]

    def _text(self, text: str, style: str, *, formula: bool) -> Cell | None:
        if len(text) > self._limits.string_length:
            raise Refusal(codes.TEXT_TOO_LONG, limit=self._limits.string_length)
        if not text and not formula:
            return None
        look = self._look(style)
        shown = shown_text(look.code, text) if look.code else None
        struck = look.struck or isinstance(text, StruckText)
        return Cell(CellKind.TEXT, text, text, formula, struck=struck, shown=shown)

    def _look(self, style: str) -> CellFormat:
        """The format of a cell in which no number is read; one that is not there changes nothing."""
        number = int(style) if style.isdecimal() and style.isascii() and len(style) <= _LONGEST_INDEX else 0
        return self._formats[number] if number < len(self._formats) else CellFormat()

    def _number(self, text: str, style: str, *, formula: bool) -> Cell:
        if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            raise UnreadableError(text)
        value = float(text)
        if math.isinf(value) or (value == 0 and _DIGIT.search(_EXPONENT.split(text)[0])):
            raise UnreadableError(text)
        form, code, struck = self._format(style)
        if form is NumberFormat.DATE:
            return Cell(CellKind.DATE, moment(value, date1904=self._date1904), text, formula, struck=struck)
        percent = form is NumberFormat.PERCENT
        shown = shown_number(code, value) if code and not percent else None
        return Cell(CellKind.NUMBER, value, text, formula, percent, struck, shown)

    def _format(self, style: str) -> CellFormat:
        if not self._formats:
            return CellFormat()  # a workbook without formats shows every number as it is
        if not style.isdigit() or not style.isascii() or len(style) > _LONGEST_INDEX:
            raise UnreadableError(style)
        if int(style) >= len(self._formats):
            raise UnreadableError(style)
        return self._formats[int(style)]


def iso_moment(text: str) -> datetime | None:
    """A date written out (ISO 8601), as strict workbooks may; a time zone is taken off."""
    try:
        found = datetime.fromisoformat(text[:LONGEST_NUMBER])
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None
