"""The same arithmetic with fractions, for the few scores that a double could put on the wrong side."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, lcm, prod
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Rule
from ctimaturity.scoring.items import HIGH, LOW, SCORE
from ctimaturity.scoring.step import LINEAR, UNWEIGHTED, RescaleKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.scoring.step import Plan, PlannedGate, Rescale, Step

_CONTEXT = Context(prec=60)
"""Irrational numbers are decimals with so many digits."""
_PRECISION = Fraction(1, 10**45)
"""The last 15 digits may be lost to rounding on the way."""
_DENOMINATOR = 10**12
"""Two fractions with so small a denominator lie 10^-24 apart: none is mistaken for another."""
Part = tuple[int, Fraction]
"""The position of a part among the parts of its step, and its exact score on the common scale."""


class ExactScores:
    """Exact scores and bounds of single entities, each computed once.

    Which parts take part is known (`present`); only their values are computed anew.

    Args:
        plan: The compiled questionnaire.
        item: The exact score of (column, calculation, entity) of an item; None for none.
        present: Shape (columns, entities): whether a column has a score that takes part above it.
        settled: Shape (columns, entities): whether score and bounds are one, so that one is computed.
    """

    def __init__(
        self,
        plan: Plan,
        item: Callable[[int, int, int], Fraction | None],
        present: NDArray[np.bool_],
        settled: NDArray[np.bool_],
    ) -> None:
        self._steps = plan.step_at
        self._item = item
        self._present = present
        self._settled = settled
        self._known: dict[tuple[int, int, int], Fraction | None] = {}

    def value(self, column: int, calculation: int, entity: int) -> Fraction | None:
        """The exact value of a column, gates applied; None where there is none."""
        step = self._steps.get(column)
        if step is None:
            return self._item(column, calculation, entity)
        if calculation != SCORE and self._settled[column, entity]:
            calculation = SCORE
        key = (column, calculation, entity)
        if key not in self._known:
            self._known[key] = self._node(step, calculation, entity)
        return self._known[key]

    def _node(self, step: Step, calculation: int, entity: int) -> Fraction | None:
        sure: list[Part] = []
        unsure: list[Part] = []
        for position, (column, rescale) in enumerate(zip(step.parts, step.rescale, strict=True)):
            takes_part = bool(self._present[column, entity])
            value = self.value(column, calculation, entity) if takes_part or calculation != SCORE else None
            if value is None:
                if step.complete:
                    return None
                continue
            if rescale is not None and rescale.kind is RescaleKind.LEVEL:
                value = rescale.values[self._level(self._steps[column], value, calculation, entity)]
            elif rescale is not None:
                value = _rescaled(rescale, value)
            part = (position, value)
            (sure if takes_part or step.complete else unsure).append(part)
        score = (
            combine_exact(step, sure) if calculation == SCORE else _extreme(step, sure, unsure, calculation)
        )
        return None if score is None else self._gated(step, score, calculation, entity)

    def _gated(self, step: Step, score: Fraction, calculation: int, entity: int) -> Fraction:
        for gate in self._shut(step, calculation, entity):
            if gate.cap_score is not None:
                score = min(score, gate.cap_score)
            if gate.set_zero:
                score = Fraction(0)
        return score

    def _shut(self, step: Step, calculation: int, entity: int) -> Iterator[PlannedGate]:
        """The gates of a step that apply."""
        for gate in step.gates:
            # At the best, a part that has no score may be left without: then its gate stays open.
            if calculation != LOW and not self._present[gate.column, entity]:
                continue
            value = self.value(gate.column, calculation, entity)
            if value is not None and gate.shuts(value):
                yield gate

    def _level(self, step: Step, score: Fraction, calculation: int, entity: int) -> int:
        """The number of the level of a score, gates applied."""
        levels = step.levels
        if levels is None:
            return 0
        above = [score > edge or (score == edge and levels.side == "lower") for edge in step.edges[:-1]]
        level = max(sum(above), 0 if levels.lowest == "open" else 1)
        caps = [gate.cap_level for gate in self._shut(step, calculation, entity)]
        return min([level, *(cap for cap in caps if cap is not None)])


def _extreme(step: Step, sure: list[Part], unsure: list[Part], calculation: int) -> Fraction | None:
    """The least or greatest score over including or leaving out each part that may yet take part.

    For every rule the extreme is reached by including the worst (best) of them, so many as it takes.
    """
    waiting = sorted(unsure, key=lambda part: _gives(step, part), reverse=calculation == HIGH)
    tried = [combine_exact(step, [*sure, *waiting[:count]]) for count in range(len(waiting) + 1)]
    scores = [score for score in tried if score is not None]
    if not scores:
        return None
    return max(scores) if calculation == HIGH else min(scores)


def _gives(step: Step, part: Part) -> tuple[Fraction, ...]:
    """What a part brings to the whole, by which the unsure ones are ordered."""
    position, value = part
    if step.rule is Rule.SUM:
        return (step.weights[position] * value,)
    level = step.levels_of_parts[position]
    if step.rule is Rule.STAGED and step.stage is not None and level:
        # What is met only at its own level holds back the levels above it, the more so the lower it is.
        met = (value >= step.stage.met_at) + (value >= step.stage.met_below)
        return Fraction(met), Fraction(level if met else 0)
    return (value,)


def _rescaled(rescale: Rescale, value: Fraction) -> Fraction:
    """The formula low + (x - own low) (high - low) / (own high - own low), x within its own ends.

    Of logarithms the same with those of x and of its ends, in decimals with 60 digits.
    """
    (start, end), (low, high) = rescale.own, rescale.common
    answered = value if rescale.turn is None else rescale.turn - value
    x = min(max(answered, start), end)
    if rescale.kind is RescaleKind.LOGARITHM and start < x < end:
        share = _logarithm(x / start, end / start)
    else:
        share = (x - start) / (end - start)
    return low + (share if rescale.turn is None else 1 - share) * (high - low)


def combine_exact(step: Step, parts: Sequence[Part]) -> Fraction | None:
    """Apply the rule of a step to the parts that take part; None when there are none."""
    if not parts:
        return None
    if step.rule in LINEAR:
        return _linear(step, parts)
    if step.rule is Rule.STAGED:
        return _staged(step, parts)
    if step.rule in UNWEIGHTED:
        values = sorted(value for _, value in parts)
        middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        passed_over = len(values) - ceil(step.reach * len(values))
        ends = {
            Rule.MIN: values[passed_over],
            Rule.MAX: values[-1],
            Rule.PRODUCT: prod(values, start=Fraction(1)),
        }
        return ends.get(step.rule, middle)
    return _quasi_mean(step, parts)


def _linear(step: Step, parts: Sequence[Part]) -> Fraction | None:
    if step.rule is Rule.SUM:
        return sum((step.weights[position] * value for position, value in parts), Fraction(0))
    # Weights and divisors are whole here: one common denominator is far quicker than adding fractions.
    common = lcm(*(value.denominator for _, value in parts))
    total = divisor = 0
    for position, value in parts:
        total += step.weights[position].numerator * value.numerator * (common // value.denominator)
        divisor += step.divisors[position].numerator
    return Fraction(total, common * divisor) if divisor else None


def _staged(step: Step, parts: Sequence[Part]) -> Fraction | None:
    own = [(step.levels_of_parts[position], value) for position, value in parts]
    reached = [value for level, value in own if not level]
    levelled = [(level, value) for level, value in own if level]
    if levelled and step.stage is not None:
        reached.append(Fraction(step.stage.reached(levelled)))
    return min(reached, default=None)


def _quasi_mean(step: Step, parts: Sequence[Part]) -> Fraction | None:
    """The geometric, harmonic or power mean; irrational ones to 45 decimals and more."""
    weighted = [(step.weights[position], value) for position, value in parts if step.weights[position]]
    if not weighted:
        return None
    total = sum((weight for weight, _ in weighted), Fraction(0))
    p = step.exponent or Fraction(0)
    geometric = step.rule is Rule.GEOMETRIC or (step.rule is Rule.POWER and not p)
    if (step.rule is not Rule.POWER or p <= 0) and any(value == 0 for _, value in weighted):
        return Fraction(0)
    if step.rule is Rule.HARMONIC:
        return total / sum((weight / value for weight, value in weighted), Fraction(0))
    first = weighted[0][1]
    if all(value == first for _, value in weighted):
        return first
    if geometric:
        logarithms = [_times(weight, _CONTEXT.ln(_decimal(value))) for weight, value in weighted]
        return _rational(_CONTEXT.exp(_over(_sum(logarithms), total)))
    powers = [_times(weight, _power(_decimal(value), p)) for weight, value in weighted]
    return _rational(_power(_over(_sum(powers), total), 1 / p))


def _times(weight: Fraction, value: Decimal) -> Decimal:
    return _CONTEXT.multiply(_decimal(weight), value)


def _over(value: Decimal, total: Fraction) -> Decimal:
    return _CONTEXT.divide(value, _decimal(total))


def _sum(values: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _CONTEXT.add(total, value)
    return total


def _power(value: Decimal, exponent: Fraction) -> Decimal:
    return _CONTEXT.power(value, _decimal(exponent)) if value else Decimal(0)


def _logarithm(value: Fraction, base: Fraction) -> Fraction:
    """The logarithm of a positive number to a base above 1."""
    return _rational(_CONTEXT.divide(_CONTEXT.ln(_decimal(value)), _CONTEXT.ln(_decimal(base))))


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _rational(value: Decimal) -> Fraction:
    """The fraction that a decimal with 60 digits stands for, where it is one with a short denominator.

    A root of fractions is such a fraction or irrational; by chance no irrational number is so near one.
    """
    exact = Fraction(value)
    near = exact.limit_denominator(_DENOMINATOR)
    return near if abs(near - exact) < _PRECISION else exact
