"""Cell formats: whether a number is a date or a percentage."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes.packages import PART_STRANGE, TOO_MANY_ENTRIES, XML_DEPTH
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.xml import new_parser, parse, spreadsheet_names

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits

_NAMES = spreadsheet_names("styleSheet", "numFmt", "cellXfs", "xf")
_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENTAGES = frozenset({9, 10})
_LONGEST_FORMAT = 1_024
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.DOTALL)
_EXPONENT = re.compile(r"E[+-]", re.IGNORECASE)
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)


class NumberFormat(Enum):
    """What a number is shown as."""

    NUMBER = "number"
    DATE = "date"
    PERCENT = "percent"


@cache
def number_format(code: str) -> NumberFormat:
    """What a format code such as `dd/mm/yyyy` or `0.0%` shows.

    Only its first section counts, without literal text, colours, locales and conditions.
    """
    section = _NOT_CODE.sub("", code[:_LONGEST_FORMAT]).partition(";")[0]
    if section.strip().lower() in {"general", "@"}:
        return NumberFormat.NUMBER
    if _DATE_LETTER.search(_EXPONENT.sub("", section)):
        return NumberFormat.DATE
    return NumberFormat.PERCENT if "%" in section else NumberFormat.NUMBER


class _StylesParser:
    """Keeps the codes of number formats and, for each cell format, the number format's id."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.codes: dict[int, str] = {}
        self.ids: list[int] = []
        self._part = part
        self._limits = limits
        self._in_cell_formats = False
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _NAMES.get(name)
        self._depth += 1
        if self._depth == 1 and tag != "styleSheet":
            raise Refusal(PART_STRANGE, part=self._part)
        if self._depth > self._limits.depth:
            raise Refusal(XML_DEPTH, part=self._part, limit=self._limits.depth)
        if tag == "cellXfs":
            self._in_cell_formats = True
        elif tag == "xf" and self._in_cell_formats:
            self.ids.append(_number(attributes.get("numFmtId", "0")))
        elif tag == "numFmt":
            self.codes[_number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        if max(len(self.ids), len(self.codes)) > self._limits.styles:
            raise Refusal(TOO_MANY_ENTRIES, part=self._part, limit=self._limits.styles)

    def end(self, name: str) -> None:
        self._depth -= 1
        if _NAMES.get(name) == "cellXfs":
            self._in_cell_formats = False


def read_styles(data: bytes, part: str, limits: Limits) -> list[NumberFormat]:
    """What each cell format, by its number, shows a number as.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    handlers = _StylesParser(part, limits)
    parser = new_parser(part)
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parse(parser, data, part)
    return [_of_id(number, handlers.codes) for number in handlers.ids]


def _of_id(number: int, codes: dict[int, str]) -> NumberFormat:
    if number in codes:
        return number_format(codes[number])
    if number in _DATES:
        return NumberFormat.DATE
    return NumberFormat.PERCENT if number in _PERCENTAGES else NumberFormat.NUMBER


def _number(text: str) -> int:
    """An id; what is none is no format."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004  (ids are 32 bits wide)
