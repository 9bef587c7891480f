"""What a number format shows of a value, as far as that can be another thing than the value.

Rounded digits, thousands marks, currencies, signs and leading zeros are how numbers are written. Words,
other digits, a scale in thousands and nothing at all are not.
"""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ctimaturity.files.cell import Shown

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<space>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)', re.DOTALL
)
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<number>-?[0-9]+(?:\.[0-9]+)?)")
_SIGNS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_GENERAL = "general"
_PLACES = "0#?"
_DIGIT_AT_END = re.compile(r"[1-9][0-9]*[\s.,]*$")
_DIGIT_AT_BEGIN = re.compile(r"^[\s.,]*[0-9]")
_WORD = re.compile(r"[^\W_]")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_COLOURS = ("red", "color")
_NEGATIVE, _ZERO, _TEXT = 1, 2, 3
_LONGEST = 255
"""Characters of a format that Excel takes."""


class FormatSection(NamedTuple):
    """One of up to four parts of a format: for positive numbers, negative ones, zero, texts.

    Attributes:
        before, after: What stands around the number or text.
        number: It shows the number.
        text: It shows a text (`@`).
        scaled: How often it is divided by a thousand.
        decimals: Digits behind the point.
        red: It says by colour that a number is negative.
        optional: Only digits that zero has none of (`#`).
        condition: For which numbers it is.
    """

    before: str
    after: str
    number: bool
    text: bool
    scaled: int
    decimals: int
    red: bool
    optional: bool
    condition: str


def shown_number(code: str, value: float) -> Shown | None:
    """What a format, but one of a date or percentage, shows of a number; None for the number alone."""
    if len(code) > _LONGEST:
        return Shown("")  # no program shows anything by it
    digits = format(Decimal(repr(value)).normalize() + 0, "f")
    sections = _sections(code)
    section = _for_number(sections, value)
    if section is None:
        return Shown("####")
    if section.text:
        return None
    if not section.number:
        text = f"{section.before}{section.after}".strip()
        is_zero = value == 0 and text != "" and not text.strip(_DASHES)
        return None if is_zero or text == digits else Shown(text)
    lost = value < 0 and len(sections) > _NEGATIVE and section is sections[_NEGATIVE]
    lost = lost and not section.red and not set(section.before + section.after) & {*_DASHES, "("}
    return _around(section, value, digits.removeprefix("-") if lost else digits, lost=lost)


def _around(section: FormatSection, value: float, digits: str, *, lost: bool) -> Shown | None:
    """What a section with places for digits shows; `lost` where it leaves out the sign."""
    if section.optional and value == 0:
        return Shown(f"{section.before}{section.after}".strip())
    if section.scaled and value != 0:
        rest = round(Decimal(repr(value)) / 1000**section.scaled, section.decimals)
        return Shown(f"{section.before}{rest:f}{section.after}".strip())
    text = f"{section.before}{digits}{section.after}".strip()
    other = _DIGIT_AT_END.search(section.before) or _DIGIT_AT_BEGIN.search(section.after)
    sign = section.before.strip()
    gained = value > 0 and sign != "" and not sign.strip(_DASHES)
    if lost or other or gained:
        return Shown(text)
    return Shown(text, same=True) if _WORD.search(section.before + section.after) else None


def shown_text(code: str, text: str) -> Shown | None:
    """What a format shows of a text; None for the text itself."""
    sections = _sections(code)
    section = sections[_TEXT] if len(sections) > _TEXT else sections[-1]
    if len(sections) <= _TEXT and not section.text:
        return None
    shown = f"{section.before}{text}{section.after}" if section.text else f"{section.before}{section.after}"
    return None if shown.strip() == text.strip() else Shown(shown.strip())


def _for_number(sections: tuple[FormatSection, ...], value: float) -> FormatSection | None:
    """The section that a number is shown by; None where no condition holds."""
    numeric = sections[:_TEXT]
    if any(section.condition for section in numeric):
        fitting = (section for section in numeric if _holds(section.condition, value))
        return next(fitting, None)
    if value < 0 and len(numeric) > _NEGATIVE:
        return numeric[_NEGATIVE]
    return numeric[_ZERO] if value == 0 and len(numeric) > _ZERO else numeric[0]


def _holds(condition: str, value: float) -> bool:
    match = _CONDITION.fullmatch(condition)
    return match is None or bool(_SIGNS[match["sign"]](value, float(match["number"])))


@lru_cache(maxsize=1_024)
def _sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format."""
    found: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code[:_LONGEST]):
        if token["plain"] == ";":
            found.append([])
        else:
            found[-1].append(token)
    return tuple(map(_section, found))


def _section(tokens: list[re.Match[str]]) -> FormatSection:
    around = ["", ""]
    condition, places, pending = "", "", ""
    text = red = False
    plain = "".join(token["plain"] or "" for token in tokens)
    general = _GENERAL in plain.lower()
    for token in tokens:
        character = token["plain"] or ""
        literal = token["quoted"] or token["escaped"] or ""
        bracket = token["bracket"] or ""
        if bracket.startswith("$"):
            literal = bracket[1:].partition("-")[0]
        elif _CONDITION.fullmatch(bracket):
            condition = bracket
        elif bracket.lower().startswith(_COLOURS):
            red = True
        if general and character.lower() in set(_GENERAL):
            places += "?"
        elif character and character in _PLACES:
            places += pending + character
            pending = ""
        elif character and character in ",.E+/" and places:
            pending += character
        elif character == "@":
            text = True
        elif character:
            literal = character
        around[bool(places or text)] += literal or " " * bool(token["space"])
    scaled = pending.count(",") if places else 0
    return FormatSection(
        before=around[0],
        after=around[1],
        number=bool(places),
        text=text,
        scaled=scaled,
        decimals=len(places.partition(".")[2].rstrip(",")),
        red=red,
        optional=bool(places) and "0" not in places and "?" not in places,
        condition=condition,
    )
