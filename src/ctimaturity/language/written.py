"""Numbers and years as people and programs write them in text: taken when they can be read in one way."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.language.folding import folded
from ctimaturity.model.number import ANY_NUMBER, Expected

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 80
"""Characters of a number; a double takes 25, and nobody types more."""
_LARGEST_EXPONENT = 308
"""Of a double."""

_QUOTED = re.compile(r'"([^"]+)"|\'([^\']+)\'|\'([^\']+)')
_SINGLE = re.compile(r"(?P<whole>[0-9]*)(?:(?P<mark>[.,])(?P<decimals>[0-9]*))?")
_EXPONENT = re.compile(r"[0-9]+(?:(?P<mark>[.,])[0-9]+)?e(?P<exponent>[+-]?[0-9]{1,3})")
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<group>[.,' ])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?!(?P=group))(?P<mark>[.,])(?P<decimals>[0-9]+))?"
)
_MILLIONS = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}'[0-9]{3}(?P<group>[.,])[0-9]{3})(?!(?P=group))(?P<mark>[.,])(?P<decimals>[0-9]+)"
)
"""As in Colombia, where `1'234.567,8` has its millions and its thousands marked apart."""

_MONTH = r"(?:ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|set|oct|nov|dic|dec)[a-z]*"
_DATES = (
    re.compile(
        r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})(?:\2(?P<day>[0-9]{1,2})(?:[ t]00:00(?::00)?)?)?"
    ),
    re.compile(r"(?:(?P<day>[0-9]{1,2})(?P<between>[-/.]))?(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
    re.compile(
        rf"(?:(?P<day>[0-9]{{1,2}})(?: de |[ -/]))?{_MONTH}\.?(?: de | del |[ -/])(?P<year>[0-9]{{4}})"
    ),
)
YEARS = Expected(Decimal(1900), Decimal(2099), whole=True)
"""The years that a value may be of."""


class NumberDoubt(Enum):
    """Why a text is not taken for a number."""

    TWO_READINGS = "two-readings"
    """A mark that may divide thousands or decimals (`1.234`), or brackets that may say minus (`(5)`)."""
    PERCENTAGE = "percentage"
    """A percent sign where no percentage is asked for."""
    UNREADABLE = "unreadable"


class Spelling(Enum):
    """How a number that was read is written."""

    PLAIN = "plain"
    """Digits, a minus, a decimal mark."""
    EXPONENT = "exponent"
    """As programs write it: `4.5e-05`."""
    DRESSED = "dressed"
    """With marks for thousands, a plus, zeros in front, quotation marks or a percent sign."""
    ONE_ON_SCALE = "one-on-scale"
    """In two ways, of which one gives a number that it cannot be."""


class Written(NamedTuple):
    """A number that was read."""

    number: Decimal
    spelling: Spelling

    def is_dressed(self) -> bool:
        """Whether it has more about it than digits, a minus and a decimal mark."""
        return self.spelling is Spelling.DRESSED


class CellNumber(str):
    """The digits of a number cell of a workbook: never in doubt, and no hint of how people write."""

    __slots__ = ()

    def strip(self, _chars: str | None = None, /) -> str:
        """Itself: there is nothing around it, and it stays what it is."""
        return self


def written_number(text: str, mark: str = "", expected: Expected = ANY_NUMBER) -> Written | NumberDoubt:
    """The number that a text says.

    Args:
        text: As it is written.
        mark: The decimal mark of the column it stands in, where that is known (`decimal_mark`): then
            `1.234` is one and a bit under `.`, and more than a thousand under `,`.
        expected: What the number may be. Of two readings the only one that it admits is taken.
    """
    plain = folded(text)
    # compatibility folding makes 102 of 10², and 11⁄2 of 1½
    odd = not text.isascii() and any(unicodedata.category(character) == "No" for character in text)
    if odd or len(plain) > _LONGEST:
        return NumberDoubt.UNREADABLE
    bare = plain.removesuffix("%").rstrip()
    readings, spelling = _readings(bare, "." if isinstance(text, CellNumber) else mark)
    if not readings:
        return NumberDoubt.UNREADABLE
    if bare != plain:
        hundredth = expected.of_percent
        if hundredth is None:
            return NumberDoubt.PERCENTAGE
        readings, spelling = [number * hundredth for number in readings], Spelling.DRESSED
    if len(readings) > 1:
        readings, spelling = list(filter(expected.admits, readings)), Spelling.ONE_ON_SCALE
    return Written(readings[0], spelling) if len(readings) == 1 else NumberDoubt.TWO_READINGS


def _readings(text: str, mark: str) -> tuple[list[Decimal], Spelling]:
    """All that a text without a percent sign may say; nothing where it is no number."""
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        text = next(filter(None, quoted.groups())).strip()
    in_brackets = text.startswith("(") and text.endswith(")")
    body = text[1:-1].strip() if in_brackets else text[1:] if text.startswith(("+", "-")) else text
    readings, spelling = _unsigned(body, mark)
    if in_brackets:
        # accountants write minus five as (5)
        return [
            sign for number in readings for sign in ((number, -number) if number else (number,))
        ], Spelling.DRESSED
    if text.startswith("-"):
        readings = [-number for number in readings]
    if quoted is not None or text.startswith("+"):
        spelling = Spelling.DRESSED
    return readings, spelling


def _unsigned(body: str, mark: str) -> tuple[list[Decimal], Spelling]:
    scientific = _EXPONENT.fullmatch(body)
    if scientific is not None:
        fits = abs(int(scientific["exponent"])) <= _LARGEST_EXPONENT
        return [Decimal(body.replace(",", "."))] if fits else [], Spelling.EXPONENT
    single = _SINGLE.fullmatch(body)
    if single is not None:
        return _single(single, mark) if any(map(str.isdigit, body)) else ([], Spelling.PLAIN)
    grouped = _MILLIONS.fullmatch(body) or _GROUPED.fullmatch(body)
    return ([], Spelling.PLAIN) if grouped is None else (_grouped(grouped, mark), Spelling.DRESSED)


def _single(match: re.Match[str], mark: str) -> tuple[list[Decimal], Spelling]:
    """A number with one mark, or none."""
    whole, own, decimals = match["whole"], match["mark"], match["decimals"] or ""
    number = Decimal(f"{whole}.{decimals}")
    odd = whole[:1] in {"", "0"} and whole != "0"
    spelling = Spelling.DRESSED if odd or (own and not decimals) else Spelling.PLAIN
    if not _may_be_thousands(match):
        return [number], spelling
    if not mark:
        return [number, Decimal(whole + decimals)], spelling
    return ([number], spelling) if own == mark else ([Decimal(whole + decimals)], Spelling.DRESSED)


def _may_be_thousands(match: re.Match[str]) -> bool:
    """Whether the only mark may divide thousands: in `1.234` and `012,345`, not in `0,345` or `1234,567`."""
    return len(match["decimals"] or "") == 3 and 1 <= len(match["whole"]) <= 3 and match["whole"] != "0"  # noqa: PLR2004  (digits of a group)


def _grouped(match: re.Match[str], mark: str) -> list[Decimal]:
    """A number with several marks, or with spaces or apostrophes between its digits."""
    whole, decimals = re.sub(r"[^0-9]", "", match["whole"]), match["decimals"] or ""
    number = Decimal(f"{whole}.{decimals}")
    if match["group"] not in {"'", " "} or match["whole"].count(match["group"]) > 1:
        return [number]
    if not decimals:
        # 1'234 may also be 1'234.000 cut short, or 1,234 with the handwritten mark of Spain
        return [number] if match["group"] == " " else [number, number * 1000, number / 1000]
    if len(decimals) != 3 or match["mark"] == mark:  # noqa: PLR2004  (digits of a group)
        return [number]
    # 1'234.567 is a million and more in Colombia, and a thousand and more in Switzerland
    joined = Decimal(whole + decimals)
    return [joined] if mark else [number, joined]


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark of a column: the one that its numbers show for certain.

    Returns:
        `.` or `,`; empty when no number shows it, or when they contradict each other.
    """
    marks = {_mark_shown(text) for text in texts if "." in text or "," in text} - {""}
    return marks.pop() if len(marks) == 1 else ""


def _mark_shown(text: str) -> str:
    if isinstance(text, CellNumber) or len(text) > _LONGEST:
        return ""
    body = folded(text).removesuffix("%").rstrip().lstrip("+-")
    match = _EXPONENT.fullmatch(body) or _SINGLE.fullmatch(body)
    if match is not None:
        certain = match.re is _EXPONENT or (match["decimals"] and not _may_be_thousands(match))
        return (match["mark"] or "") if certain else ""
    match = _MILLIONS.fullmatch(body) or _GROUPED.fullmatch(body)
    if match is None or len(_grouped(match, "")) > 1:
        return ""
    return match["mark"] or {".": ",", ",": "."}.get(match["group"], "")


def written_year(text: str) -> Written | None:
    """The year that a text says, alone or in a date; None where that is not certain.

    A month that follows its year by one, as in `2009-10`, is as likely the end of a school year.
    """
    number = written_number(text, expected=YEARS)
    if isinstance(number, Written):
        return number if YEARS.admits(number.number) else None
    plain = folded(text)
    match = next(filter(None, (pattern.fullmatch(plain) for pattern in _DATES)), None)
    if match is None or not YEARS.admits(Decimal(match["year"])):
        return None
    parts = match.groupdict()
    day, month = int(parts["day"] or 1), int(parts.get("month") or 1)
    if not (1 <= day <= 31 and 1 <= month <= 12):  # noqa: PLR2004  (of the calendar)
        return None
    span = match.re is _DATES[0] and not parts["day"] and month == (int(match["year"]) + 1) % 100
    return None if span else Written(Decimal(match["year"]), Spelling.DRESSED)
