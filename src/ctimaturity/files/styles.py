"""Cell formats: whether a number is a date or a percentage, and what is shown instead or crossed out."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics import codes as finding_codes
from ctimaturity.files.limits import Refusal
from ctimaturity.files.xml import TRUE, Handlers, spreadsheet_names

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits

_NAMES = spreadsheet_names("styleSheet", "numFmt", "fonts", "font", "strike", "cellXfs", "xf")
_TABLES = frozenset({"fonts", "cellXfs"})
_PASSED_OVER = (b"fills", b"borders", b"cellStyleXfs", b"cellStyles", b"dxfs")
_MOST_TAGS = 1_000_000
"""Tags of the tables that are read: those of Excel's 65,490 cell formats are fewer, and take a second."""
_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENTAGES = frozenset({9, 10})
_LONGEST_FORMAT = 1_024
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.DOTALL)
_MOST_CODES = 4_000
"""Number formats of the workbook's own; Excel takes 250, and each one that is used has to be read."""
_HARMLESS = re.compile(r"(?:general|@|[#,]*0(?:\.0+)?)?", re.IGNORECASE)
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


class CellFormat(NamedTuple):
    """How a cell looks, as far as that says anything of what is in it.

    Attributes:
        form: What a number is shown as.
        code: Of its number format; empty for one that every program has.
        struck: Whether it is crossed out.
    """

    form: NumberFormat = NumberFormat.NUMBER
    code: str = ""
    struck: bool = False


class _StylesHandlers(Handlers):
    """Keeps the codes of number formats, the crossed-out fonts, and the ids of both for each cell format."""

    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self.codes: dict[int, str] = {}
        self.formats: list[tuple[int, int]] = []
        self.struck: set[int] = set()
        self._fonts = 0
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _NAMES.get(name)
        self.depth += 1
        if self.depth == 1 and tag != "styleSheet":
            raise Refusal(finding_codes.PART_STRANGE, part=self.part)
        if self.depth > self.limits.depth:
            raise self.too_deep()
        if tag in _TABLES:
            self._inside = tag
        elif tag == "xf" and self._inside == "cellXfs":
            numbers = _number(attributes.get("numFmtId", "0")), _number(attributes.get("fontId", "0"))
            self.formats.append(numbers)
        elif tag == "font" and self._inside == "fonts":
            self._fonts += 1
        elif tag == "strike" and self._inside == "fonts" and attributes.get("val", "1") in TRUE:
            self.struck.add(self._fonts - 1)
        elif tag == "numFmt":
            self.codes[_number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        if len(self.codes) > _MOST_CODES:
            raise Refusal(finding_codes.TOO_MANY_ENTRIES, part=self.part, limit=_MOST_CODES)
        if max(len(self.formats), self._fonts) > self.limits.styles:
            raise Refusal(finding_codes.TOO_MANY_ENTRIES, part=self.part, limit=self.limits.styles)

    def end(self, name: str) -> None:
        self.depth -= 1
        if _NAMES.get(name) in _TABLES:
            self._inside = ""


def read_styles(data: bytes, part: str, limits: Limits) -> list[CellFormat]:
    """How each cell format, by its number, makes cells look.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    data = _needed(data)
    if data.count(b"<") > _MOST_TAGS:
        raise Refusal(finding_codes.TOO_MANY_ENTRIES, part=part, limit=_MOST_TAGS)
    handlers = _StylesHandlers(part, limits)
    handlers.parse(data)
    return [
        CellFormat(_of_id(number, handlers.codes), _code(number, handlers.codes), font in handlers.struck)
        for number, font in handlers.formats
    ]


def _needed(data: bytes) -> bytes:
    """The part without its tables of colours and lines, which can be a hundred times the rest.

    Only where nothing can stand between two tags that looks like one; else the parser reads it all.
    """
    if b"<!" in data or data.count(b"<?") > 1 or b"\0" in data[:4]:
        return data
    for table in _PASSED_OVER:
        data = _without(table, data)
    return data if b"strike" in data else _without(b"fonts", data)


def _without(table: bytes, data: bytes) -> bytes:
    opening, closing = re.compile(rb"<%s[ >]" % table), b"</%s>" % table
    start = opening.search(data)
    if start is None or data.count(closing) != 1 or opening.search(data, start.end()):
        return data
    end = data.find(closing, start.end())
    return data if end < 0 else data[: start.start()] + data[end + len(closing) :]


def _of_id(number: int, codes: dict[int, str]) -> NumberFormat:
    if number in codes:
        return number_format(codes[number])
    if number in _DATES:
        return NumberFormat.DATE
    return NumberFormat.PERCENT if number in _PERCENTAGES else NumberFormat.NUMBER


def _code(number: int, codes: dict[int, str]) -> str:
    """The code of a format of the workbook's own that shows anything but the value."""
    code = codes.get(number, "")[:_LONGEST_FORMAT]
    return "" if _HARMLESS.fullmatch(code) else code


def _number(text: str) -> int:
    """An id; what is none is no format."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004  (ids are 32 bits wide)
