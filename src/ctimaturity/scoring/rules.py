"""The rules that make one score from several, for all entities at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Rule
from ctimaturity.scoring.step import LINEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.step import Step

    Floats = NDArray[np.float64]


def combine(step: Step, parts: Sequence[Floats]) -> Floats:
    """Apply the rule of a step; parts that are NaN are left out and the other weights rescaled.

    Args:
        step: With n parts.
        parts: n arrays of one shape, already on the common scale.

    Returns:
        Their shape; NaN where no part is left, or one is missing that the step cannot do without.
    """
    if step.rule in LINEAR:
        found = _linear(step, parts)
    elif step.rule is Rule.STAGED:
        found = _staged(step, parts)
    else:
        found = _RULES[step.rule](step, np.stack(parts))
    if step.complete:
        for part in parts:
            found = np.where(np.isnan(part), np.nan, found)
    return found


def _linear(step: Step, parts: Sequence[Floats]) -> Floats:
    """sum(w x) / sum(d), part by part in the order of the definition; sum(w x) alone for a sum."""
    total = np.zeros_like(parts[0])
    divisor = np.zeros_like(parts[0])
    for part, weight, share in zip(parts, step.weights, step.divisors, strict=True):
        there = part == part  # noqa: PLR0124  (NaN is the only number unlike itself)
        total += np.where(there, part, 0.0) * float(weight)
        divisor += there * (1.0 if step.rule is Rule.SUM else float(share))
    if step.rule is Rule.SUM:
        return np.where(divisor > 0, total, np.nan)
    return np.divide(total, divisor, out=np.full_like(total, np.nan), where=divisor > 0)


def _staged(step: Step, parts: Sequence[Floats]) -> Floats:
    """The highest level reached by the items, or the lowest score of the nodes among the parts."""
    items = [(part, level) for part, level in zip(parts, step.levels_of_parts, strict=True) if level]
    nodes = [part for part, level in zip(parts, step.levels_of_parts, strict=True) if not level]
    found = np.full_like(parts[0], np.nan)
    if items:
        met_at = float(step.met_at or 0)
        values, levels = [part for part, _ in items], [level for _, level in items]
        there = [~np.isnan(part) for part in values]
        met = [part >= met_at for part in values]
        found = staged_level(levels, there, met)
    for node in nodes:
        found = np.fmin(found, node)
    return found


def staged_level(
    levels: Sequence[int], there: Sequence[NDArray[np.bool_]], met: Sequence[NDArray[np.bool_]]
) -> Floats:
    """The highest level that has items such that all items of it and below are met.

    A level without items is passed only on the way to a higher one that is met.

    Args:
        levels: Of each item.
        there: By item, the entities for which it takes part.
        met: By item, the entities that meet it.

    Returns:
        Shape of one item's array: the level, 0 when none is met, NaN without items.
    """
    found = np.full(there[0].shape, np.nan)
    passed = np.ones(there[0].shape, dtype=np.bool_)
    for level in sorted(set(levels)):
        has_items = np.zeros(passed.shape, dtype=np.bool_)
        for own, takes_part, is_met in zip(levels, there, met, strict=True):
            if own == level:
                has_items |= takes_part
                passed &= is_met | ~takes_part
        found = np.where(has_items & np.isnan(found), 0.0, found)
        found = np.where(has_items & passed, float(level), found)
    return found


def _minimum(_: Step, stacked: Floats) -> Floats:
    return np.asarray(np.fmin.reduce(stacked, axis=0))


def _maximum(_: Step, stacked: Floats) -> Floats:
    return np.asarray(np.fmax.reduce(stacked, axis=0))


def _median(_: Step, stacked: Floats) -> Floats:
    """The mean of the middle two; NaN sorts last."""
    ordered = np.sort(stacked, axis=0)
    there = (~np.isnan(stacked)).sum(axis=0)
    below = np.take_along_axis(ordered, (np.maximum(there - 1, 0) // 2)[None], axis=0)[0]
    above = np.take_along_axis(ordered, np.minimum(there // 2, len(stacked) - 1)[None], axis=0)[0]
    return np.where(there > 0, (below + above) / 2, np.nan)


def _harmonic(step: Step, stacked: Floats) -> Floats:
    """sum(w) / sum(w / x); 0 where a part is 0."""
    return _each(step, stacked, lambda pairs: sum(w for w, _ in pairs) / sum(w / x for w, x in pairs))


def _geometric(step: Step, stacked: Floats) -> Floats:
    """exp(sum(w log x) / sum(w)); 0 where a part is 0."""
    return _each(step, stacked, _geometric_mean)


def _geometric_mean(pairs: list[tuple[float, float]]) -> float:
    return math.exp(sum(w * math.log(x) for w, x in pairs) / sum(w for w, _ in pairs))


def _power(step: Step, stacked: Floats) -> Floats:
    """(sum(w x^p) / sum(w))^(1 / p); the geometric mean for p = 0; 0 for p < 0 where a part is 0."""
    p = float(step.exponent or 0)
    if not p:
        return _geometric(step, stacked)

    def mean(pairs: list[tuple[float, float]]) -> float:
        return math.pow(sum(w * math.pow(x, p) for w, x in pairs) / sum(w for w, _ in pairs), 1 / p)

    return _each(step, stacked, mean, zero_wins=p < 0)


def _each(
    step: Step,
    stacked: Floats,
    mean: Callable[[list[tuple[float, float]]], float],
    *,
    zero_wins: bool = True,
) -> Floats:
    """One entity after another: an array's logarithms differ in the last bit with its length."""
    weights = [float(weight) for weight in step.weights]
    flat = stacked.reshape(len(stacked), -1).T.tolist()
    found = []
    for row in flat:
        pairs = [(w, x) for w, x in zip(weights, row, strict=True) if w and not math.isnan(x)]
        if not pairs:
            found.append(math.nan)
        elif zero_wins and any(x == 0 for _, x in pairs):
            found.append(0.0)
        else:
            found.append(mean(pairs))
    return np.array(found).reshape(stacked.shape[1:])


_RULES: dict[Rule, Callable[[Step, Floats], Floats]] = {
    Rule.MIN: _minimum,
    Rule.MAX: _maximum,
    Rule.MEDIAN: _median,
    Rule.GEOMETRIC: _geometric,
    Rule.HARMONIC: _harmonic,
    Rule.POWER: _power,
}
