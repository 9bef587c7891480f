"""How many answers a survey needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORST_PROPORTION = 0.5


@dataclass(frozen=True, slots=True)
class Precision:
    """What is asked of a sample.

    Attributes:
        margin: Half the width of the interval of a proportion, in (0, 1).
        confidence: Of the interval, in (0, 1).
        proportion: The proportion expected; 0.5 needs the largest sample.
    """

    margin: float
    confidence: float = 0.95
    proportion: float = WORST_PROPORTION

    @property
    def reach(self) -> float:
        """z: 1.96 for a confidence of 95 %."""
        return NormalDist().inv_cdf((1 + self.confidence) / 2)


def sample_size(population: int | None, precision: Precision) -> int:
    """The answers needed for a proportion: n0 = z^2 p (1 - p) / e^2, n = n0 / (1 + (n0 - 1) / N).

    Args:
        population: N; None for one so large that it does not matter.
        precision: z, p and e.

    Returns:
        n rounded up, at most the population.
    """
    p = precision.proportion
    without_end = precision.reach**2 * p * (1 - p) / precision.margin**2
    if population is None:
        return max(1, ceil(without_end))
    return min(population, max(1, ceil(without_end / (1 + (without_end - 1) / population))))


def allocation(total: int, population: Mapping[str, int]) -> dict[str, int]:
    """A sample divided among segments at the same sampling fraction, each rounded up."""
    everyone = sum(population.values())
    return {name: min(count, ceil(Fraction(total * count, everyone))) for name, count in population.items()}


def margin_of(n: int, population: int | None, precision: Precision) -> float:
    """The margin that n answers give a proportion: z sqrt(p (1 - p) / n (N - n) / (N - 1))."""
    p = precision.proportion
    correction = 1.0
    if population is not None:
        correction = max(0, population - n) / (population - 1) if population > 1 else 0.0
    return precision.reach * sqrt(p * (1 - p) / n * correction)
