"""One cell of a sheet, as the file has it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001  (a spreadsheet's dates have no time zone)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001  (the same)
_FALSE_LEAP_DAY = 60
"""The number of the 29 February 1900 that never was, which Excel took over from Lotus 1-2-3."""
_LAST_SERIAL = 2_958_466
"""The day after 31 December 9999, the last that Excel shows."""


class CellKind(StrEnum):
    """What a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"


class Shown(NamedTuple):
    """What the number format of a cell shows instead of the value, or around it.

    Attributes:
        text: As it is seen, roughly: a number in its shortest form, with the words of the format.
        same: The number is still seen; words stand around it.
    """

    text: str
    same: bool = False


class Cell(NamedTuple):
    """A value and how it was written; nothing is interpreted.

    Attributes:
        kind: What it holds. `EMPTY` only for a formula whose result the file does not have;
            cells without anything in them are not kept at all.
        value: The text, number or boolean; for a date the moment it shows, or None where its
            number is outside the calendar; for an error and an empty cell None.
        text: The characters in the file: the text itself, the digits of the number or of the
            date's serial number, `0` or `1`, the error's name.
        formula: Whether the value is the cached result of a formula.
        percent: Whether a number is shown as a percentage (0.45 seen as 45 %).
        struck: Whether it is crossed out, or a part of its text is.
        shown: What its number format shows, where that is not the value alone.
    """

    kind: CellKind
    value: str | float | bool | datetime | None
    text: str
    formula: bool = False
    percent: bool = False
    struck: bool = False
    shown: Shown | None = None


def unescape(text: str) -> str:
    """Decode `_xHHHH_`, the way a workbook writes characters that XML cannot hold."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # two surrogates written one by one are one character; a lone one is nothing anyone typed
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def moment(serial: float, *, date1904: bool) -> datetime | None:
    """The moment a serial number of days shows, to the millisecond; None outside the calendar.

    Numbers below 1 are times of day and fall on day 0. The 1900 system counts a 29 February
    1900 that never was.
    """
    if not 0 <= serial < _LAST_SERIAL:
        return None
    if date1904:
        epoch = _EPOCH_1904
    else:
        epoch = _EPOCH_1900
        if 1 <= serial < _FALSE_LEAP_DAY:
            serial += 1
    try:
        return epoch + timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return None


def serial_number(value: datetime) -> float:
    """The number of days that the 1900 system has for a moment; what `moment` takes."""
    days = (value - _EPOCH_1900) / timedelta(days=1)
    return days - 1 if 1 < days < _FALSE_LEAP_DAY + 1 else days


def column_number(letters: str) -> int:
    """1 for A, 27 for AA.

    Raises:
        ValueError: Not one to three letters A to Z.
    """
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isupper() or not letters.isalpha():  # noqa: PLR2004  (XFD has three letters)
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def reference(row: int, column: int) -> str:
    """`D7` for row 7 and column 4."""
    return f"{column_letters(column)}{row}"


class ColumnNumbers(dict[str, int]):
    """Column letters to numbers, worked out once each; 0 for what is no column."""

    def __missing__(self, letters: str) -> int:
        try:
            number = column_number(letters)
        except ValueError:
            return 0
        self[letters] = number
        return number
