"""Cut points from a baseline sample (method.md section 8), in exact numbers as far as they go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXACT = Context(prec=50)
_DIGITS = Decimal("1e-9")
"""Cuts are written with so many decimals."""
_FENCE = Fraction(3, 2)
"""Values further from the quartiles than so many interquartile ranges are outliers."""
_SKEWED = 3
"""The fewest values that have a skew."""


class CutMethod(StrEnum):
    """How cuts come from a sample, or from goals."""

    SD = "sd"
    QUANTILE = "quantile"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of one indicator.

    Attributes:
        item: Its id.
        values: By code of the entity.
        grouping, group: The column of the list and its value that they are of; empty for everybody.
        years: That the values describe.
    """

    item: str
    values: tuple[tuple[str, Fraction], ...]
    grouping: str = ""
    group: str = ""
    years: tuple[int, ...] = ()

    @property
    def numbers(self) -> list[Fraction]:
        """The values alone, from the smallest to the largest."""
        return sorted(value for _, value in self.values)


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What a sample looks like.

    Attributes:
        n: How many values.
        mean, deviation: The deviation divides by n - 1.
        skew: Adjusted Fisher-Pearson; None with fewer than three values or no spread.
        minimum, quartiles, maximum: The quartiles of type 7: first, median, third.
        outliers: Codes of entities more than 1.5 interquartile ranges outside the quartiles.
    """

    n: int
    mean: Fraction
    deviation: Decimal
    skew: float | None
    minimum: Fraction
    quartiles: tuple[Fraction, Fraction, Fraction]
    maximum: Fraction
    outliers: tuple[str, ...]


def distribution(sample: Sample) -> SampleSummary:
    """Describe a sample of at least one value."""
    numbers = sample.numbers
    n = len(numbers)
    mean = sum(numbers, Fraction(0)) / n
    squares = sum(((value - mean) ** 2 for value in numbers), Fraction(0))
    deviation = _root(squares / (n - 1)) if n > 1 else Decimal(0)
    low, median, high = (quantile(numbers, Fraction(part, 4)) for part in (1, 2, 3))
    fence = _FENCE * (high - low)
    outliers = [code for code, value in sample.values if value < low - fence or value > high + fence]
    return SampleSummary(
        n, mean, deviation, _skew(numbers, mean, deviation), numbers[0], (low, median, high), numbers[-1],
        tuple(sorted(outliers)),
    )  # fmt: skip


def _root(value: Fraction) -> Decimal:
    return _EXACT.sqrt(_decimal(value))


def _decimal(value: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _skew(numbers: Sequence[Fraction], mean: Fraction, deviation: Decimal) -> float | None:
    """G1 = n / ((n - 1) (n - 2)) sum of ((x - mean) / s)^3."""
    n = len(numbers)
    if n < _SKEWED or not deviation:
        return None
    cubes = _decimal(sum(((value - mean) ** 3 for value in numbers), Fraction(0)))
    scaled = _EXACT.divide(cubes, _EXACT.power(deviation, 3))
    return float(_EXACT.multiply(scaled, _decimal(Fraction(n, (n - 1) * (n - 2)))))


def quantile(numbers: Sequence[Fraction], share: Fraction) -> Fraction:
    """The quantile of type 7: linear between the values that lie at (n - 1) times the share.

    Args:
        numbers: From the smallest to the largest, at least one.
        share: In [0, 1].
    """
    place = (len(numbers) - 1) * share
    below = int(place)
    if below == len(numbers) - 1:
        return numbers[below]
    return numbers[below] + (place - below) * (numbers[below + 1] - numbers[below])


def cuts_by_deviation(shape: SampleSummary, marks: int, direction: Direction) -> tuple[Decimal, ...]:
    """Mean plus k deviations: k = -2, -1, 0, 1, 2 for six marks, -1.5 to 1.5 for five."""
    mean = _decimal(shape.mean)
    steps = [_decimal(Fraction(2 * part - marks, 2)) for part in range(1, marks)]
    return tuple(_cut(_EXACT.fma(step, shape.deviation, mean), direction) for step in steps)


def cuts_by_quantile(sample: Sample, marks: int, direction: Direction) -> tuple[Decimal, ...]:
    """The quantiles that divide the sample into as many equal parts as there are marks."""
    numbers = sample.numbers
    shares = [Fraction(part, marks) for part in range(1, marks)]
    return tuple(_cut(_decimal(quantile(numbers, share)), direction) for share in shares)


def cuts_by_goal(floor: Decimal, goal: Decimal, marks: int, direction: Direction) -> tuple[Decimal, ...]:
    """What lies between floor and goal in as many equal parts as there are marks."""
    low, high = sorted((Fraction(floor), Fraction(goal)))
    parts = [low + (high - low) * Fraction(part, marks) for part in range(1, marks)]
    return tuple(_cut(_decimal(part), direction) for part in parts)


def _cut(value: Decimal, direction: Direction) -> Decimal:
    """A cut as it is written, rounded to the worse side, so that a value on it keeps the better mark."""
    side = ROUND_CEILING if direction is Direction.LOWER else ROUND_FLOOR
    return value.quantize(_DIGITS, rounding=side, context=_EXACT)
