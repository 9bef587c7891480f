"""What values and styles of an OpenDocument workbook amount to, and what is shown instead of them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from ctimaturity.files.cell import Cell, CellKind, Shown, moment, serial_number
from ctimaturity.files.content import LONGEST_NUMBER, UnreadableError, iso_moment

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_DISPLAY = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 display"
_LINES_THROUGH = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_TIME = re.compile(r"P(?:(\d{1,6})D)?T(?:(\d{1,6})H)?(?:(\d{1,4})M)?(?:(\d{1,4}(?:[.,]\d{1,9})?)S)?")
_OTHERWISE = re.compile(r"[+-]?\d(?:[.,]\d*)?E[+-]?\d+|[+-]?(?:\d+ )?\d+/\d+", re.IGNORECASE)
"""A number shown with an exponent or as a fraction."""
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_NEGATIVE = re.compile(r"[-(\u2010-\u2014\u2212]")
_MOST_DIGITS = 40
"""Digits of a number that is compared with what is shown of it; a cell shows far fewer."""
_EXACT = Context(prec=128)
"""More digits than any number here has, so that nothing is rounded twice."""


def shown_number(text: str, seen: str) -> Shown | None:
    """What is seen of a number where that is not the number alone, rounded or not, in whatever marks.

    Args:
        text: The digits of the number.
        seen: What the program that saved it has shown, with its words and marks.
    """
    if seen == text or _OTHERWISE.fullmatch(seen.strip()):
        return None
    value = Decimal(text)
    digits = "".join(_DIGIT.findall(seen)).lstrip("0")
    lost = value < 0 and not _NEGATIVE.search(seen)
    if lost or not _DIGIT.search(seen) or not _is_rounded(abs(value), digits):
        return Shown(seen.strip())
    return Shown(seen.strip(), same=True) if _LETTER.search(seen) else None


def _is_rounded(value: Decimal, digits: str) -> bool:
    """Whether these are the digits of a number rounded somewhere, without zeros at the begin."""
    if not digits:
        return value <= Decimal("0.5")
    places = len(digits) - 1 - value.adjusted()
    if len(digits) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS:
        return False
    return any(
        format(value.quantize(Decimal(1).scaleb(-count), rounding, _EXACT), "f").replace(".", "").lstrip("0")
        == digits
        for count in (places, places - 1)  # one fewer where 9.96 is rounded to 10.0
        if count >= 0
        for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def _boolean(text: str, *, formula: bool) -> Cell:
    if text not in {"true", "false"}:
        raise UnreadableError(text)
    return Cell(CellKind.BOOLEAN, text == "true", "1" if text == "true" else "0", formula)


def _date(text: str, *, formula: bool) -> Cell:
    """A date with the serial number that Excel has for it."""
    value = iso_moment(text)
    if value is None:
        return Cell(CellKind.DATE, None, text[:LONGEST_NUMBER], formula)
    return Cell(CellKind.DATE, value, f"{serial_number(value):.15g}", formula)


def _time(text: str, *, formula: bool) -> Cell:
    """A time of day, which Excel keeps as a part of a day."""
    match = _TIME.fullmatch(text)
    if match is None:
        return Cell(CellKind.DATE, None, text[:LONGEST_NUMBER], formula)
    days, hours, minutes, seconds = (float((group or "0").replace(",", ".")) for group in match.groups())
    serial = days + (hours * 3600 + minutes * 60 + seconds) / 86_400
    return Cell(CellKind.DATE, moment(serial, date1904=False), f"{serial:.15g}", formula)


class Value(Protocol):
    """Reads the characters of a value."""

    def __call__(self, text: str, *, formula: bool) -> Cell:
        """The cell of the characters."""


VALUES: dict[str, tuple[str, Value]] = {
    "boolean": (f"{OFFICE}boolean-value", _boolean),
    "date": (f"{OFFICE}date-value", _date),
    "time": (f"{OFFICE}time-value", _time),
}
"""Types of values beside numbers and texts, each with its attribute and what reads it."""


class OpenDocumentStyles:
    """What the styles before the sheets say.

    Attributes:
        unseen: Styles of sheets that are hidden.
        struck: Styles of cells and of runs of text that are crossed out.
    """

    def __init__(self) -> None:
        self.unseen: set[str] = set()
        self.struck: set[str] = set()
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins, of a style or of anything else outside the sheets."""
        if name == f"{_STYLE}style":
            self._name = attributes.get(f"{_STYLE}name", "")
            if attributes.get(f"{_STYLE}parent-style-name") in self.struck:
                self.struck.add(self._name)
        elif name == f"{_STYLE}table-properties" and attributes.get(_DISPLAY) == "false":
            self.unseen.add(self._name)
        elif name == f"{_STYLE}text-properties":
            said = [attributes[line] for line in _LINES_THROUGH if line in attributes]
            if any(line != "none" for line in said):
                self.struck.add(self._name)
            elif said:  # unlike its parent
                self.struck.discard(self._name)
