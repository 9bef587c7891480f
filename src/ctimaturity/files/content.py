"""What a cell's type, format and characters amount to."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes.packages import TEXT_TOO_LONG, TOO_MANY_CELLS
from ctimaturity.files.cell import Cell, CellKind, moment, unescape
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.styles import NumberFormat

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 64
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
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
    """

    def __init__(
        self, strings: list[str], formats: list[NumberFormat], limits: Limits, *, date1904: bool
    ) -> None:
        super().__init__()
        self._strings = strings
        self._formats = formats
        self._limits = limits
        self._date1904 = date1904

    def __missing__(self, key: CellKey) -> Cell | None:
        if len(self) == self._limits.distinct_cells:
            raise Refusal(TOO_MANY_CELLS, limit=self._limits.distinct_cells)
        kind, style, text, formula = key
        cell = self[key] = self._new(kind or "n", style or "0", text, formula=bool(formula))
        return cell

    def _new(self, kind: str, style: str, text: str, *, formula: bool) -> Cell | None:
        if kind == "s":
            return self._text(self._shared(text), formula=formula)
        if kind in _TEXT_TYPES:
            return self._text(unescape(text), formula=formula)
        text = text.strip()
        if not text:
            return Cell(CellKind.EMPTY, None, "", formula) if formula else None
        if kind == "n":
            return self._number(text, style, formula=formula)
        if kind == "b" and text in _BOOLEANS:
            cell = Cell(CellKind.BOOLEAN, _BOOLEANS[text], text, formula)
        elif kind == "e":
            cell = Cell(CellKind.ERROR, None, text[:_LONGEST_NUMBER], formula)
        elif kind == "d":
            cell = Cell(CellKind.DATE, _iso_moment(text), text, formula)
        else:
            raise UnreadableError(kind)
        return cell

    def _shared(self, text: str) -> str:
        index = text.strip()
        if not index.isascii() or not index.isdigit() or len(index) > len(str(self._limits.strings)):
            raise UnreadableError(text)
        if int(index) >= len(self._strings):
            raise UnreadableError(text)
        return self._strings[int(index)]

    def _text(self, text: str, *, formula: bool) -> Cell | None:
        if len(text) > self._limits.string_length:
            raise Refusal(TEXT_TOO_LONG, limit=self._limits.string_length)
        return Cell(CellKind.TEXT, text, text, formula) if text or formula else None

    def _number(self, text: str, style: str, *, formula: bool) -> Cell:
        if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            raise UnreadableError(text)
        value = float(text)
        if math.isinf(value):
            raise UnreadableError(text)
        form = self._format(style)
        if form is NumberFormat.DATE:
            return Cell(CellKind.DATE, moment(value, date1904=self._date1904), text, formula)
        return Cell(CellKind.NUMBER, value, text, formula, form is NumberFormat.PERCENT)

    def _format(self, style: str) -> NumberFormat:
        if not self._formats:
            return NumberFormat.NUMBER  # a workbook without formats shows every number as it is
        if not style.isascii() or not style.isdigit() or len(style) > len(str(self._limits.styles)):
            raise UnreadableError(style)
        if int(style) >= len(self._formats):
            raise UnreadableError(style)
        return self._formats[int(style)]


def _iso_moment(text: str) -> datetime | None:
    """A date written out (ISO 8601), as strict workbooks may; a time zone is taken off."""
    try:
        found = datetime.fromisoformat(text[:_LONGEST_NUMBER])
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None
