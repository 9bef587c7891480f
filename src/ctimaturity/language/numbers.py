"""Numbers for people: rounded once, half up, from the shortest decimal of the stored double."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MISSING = "–"


def rounded(value: float, digits: int = 2, bounds: Sequence[Fraction] = ()) -> Decimal:
    """A number as it is displayed.

    Args:
        value: The stored double.
        digits: Decimals wanted.
        bounds: Level bounds of its scale; a display that would fall on one of them, or on its
            other side, gets more digits. A value that lies on a bound, such as 8/3, does not: no
            number of digits would show it there.

    Returns:
        `Decimal(repr(value))` rounded half up: 2.345 gives 2.35, 3.625 gives 3.63.
    """
    exact = Decimal(repr(float(value)))
    shown = _quantised(exact, digits)
    # Rounding moves a value by half a unit of its last digit: bounds further away cannot be crossed.
    reach = 10.0**-digits
    near = [bound for bound in bounds if abs(float(bound) - value) < reach]
    apart = [bound for bound in near if _side(exact, bound)]
    while digits < 15 and any(_side(exact, bound) != _side(shown, bound) for bound in apart):  # noqa: PLR2004
        digits += 1
        shown = _quantised(exact, digits)
    return shown + 0 if shown else abs(shown)


def _quantised(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _side(value: Decimal, bound: Fraction) -> int:
    # A bound such as 8/3 has no double of its own: the stored double nearest to it counts as on it.
    if float(value) == float(bound):
        return 0
    return 1 if Fraction(value) > bound else -1


def number(value: float | None, language: str, digits: int = 2, bounds: Sequence[Fraction] = ()) -> str:
    """A rounded number with the decimal mark of a language (`3,50` in Spanish); a dash for none."""
    if value is None:
        return MISSING
    text = format(rounded(value, digits, bounds), "f")
    return text.replace(".", ",").replace("-", "−") if language == "es" else text.replace("-", "−")


def percent(share: float | None, language: str, digits: int = 0) -> str:
    """A share in [0, 1] as a percentage (`85 %` in Spanish, `85%` in English).

    Never rounded up to 100 or down to 0 when it is not.
    """
    if share is None:
        return MISSING
    exact = Decimal(repr(float(share))) * 100
    shown = _quantised(exact, digits)
    while digits < 6 and shown != exact and shown in {Decimal(0), Decimal(100)}:  # noqa: PLR2004
        digits += 1
        shown = _quantised(exact, digits)
    text = format(shown, "f")
    return f"{text.replace('.', ',')} %" if language == "es" else f"{text}%"


def rank_text(rank: int | None, *, tied: bool) -> str:
    """A rank as it is shown, `2=` where several share it; empty without one."""
    return "" if rank is None else f"{rank}{'=' if tied else ''}"
