"""Values of indicators that can be read and are still doubtful: nothing is refused for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics import codes
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire

_HUNDRED = 100
"""The most of a percentage: below 1 it may be meant as a share."""
_TINY = 1
"""A base value nearer to 0 than this is tiny."""
_TIMES = 10
"""So is one that the later value is at least so many times."""


class DoubtfulValue(NamedTuple):
    """What is to be said of a value; the caller names the item and the place."""

    code: Code
    parameters: Mapping[str, str | int | float]


def doubt_of_value(
    questionnaire: Questionnaire, item: Item, value: Decimal | Fraction, language: str
) -> DoubtfulValue | None:
    """Whether a value is outside what is plausible for its indicator or its unit, or may be a share."""
    bounds = questionnaire.plausible(item)
    unit = questionnaire.unit_by_id.get(item.unit or "")
    about = {"unit": in_language(unit.label, language) if unit else ""}
    neither = item.unit == YES_NO and value not in {0, 1}
    if neither or not (bounds is None or bounds.admits(value)):
        return DoubtfulValue(codes.VALUE_IMPLAUSIBLE, about)
    percentage = bounds is not None and bounds.maximum == _HUNDRED
    return DoubtfulValue(codes.VALUE_LIKE_A_SHARE, about) if percentage and 0 < value < 1 else None


def doubt_of_year(measurement: Measurement, year: int | None, now: int | None) -> DoubtfulValue | None:
    """Whether the year of a value is missing, later than the answers, or longer ago than is allowed.

    Args:
        measurement: Says what is allowed; where it says nothing, years do not matter.
        year: Of the value.
        now: The year the answers are from; None when nobody says it.
    """
    age = measurement.max_age
    if age is None:
        return None
    if year is None:
        return DoubtfulValue(codes.YEAR_MISSING, {})
    if now is None or now - age <= year <= now:
        return None
    if year > now:
        return DoubtfulValue(codes.YEAR_AHEAD, {"year": year, "reference": now})
    return DoubtfulValue(codes.VALUE_OLD, {"year": year, "age": age, "reference": now})


def doubt_of_base(after: Decimal, before: Decimal, change: Fraction) -> DoubtfulValue | None:
    """Whether a base value is so small that the change which it gives says little."""
    tiny = abs(before) < _TINY or abs(after) >= _TIMES * abs(before)
    return DoubtfulValue(codes.BASE_TINY, {"change": round(change)}) if tiny else None
