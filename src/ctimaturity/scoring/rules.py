"""The rules that make one score from several, for all entities at once."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Rule
from ctimaturity.scoring.step import LINEAR, RescaleKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.step import Rescale, Step

    Floats = NDArray[np.float64]


_ALL = Fraction(1)


def rescaled(rescale: Rescale, value: Floats) -> Floats:
    """A part brought to the common scale by its goalposts."""
    start, end = float(rescale.own[0]), float(rescale.own[1])
    low, high = float(rescale.common[0]), float(rescale.common[1])
    answered = value if rescale.turn is None else float(rescale.turn) - value
    inside = np.clip(answered, start, end)
    if rescale.kind is RescaleKind.LINE:
        return np.asarray(low + (inside - start) * ((high - low) / (end - start)))
    # One after another: an array's logarithms differ in the last bit with its length.
    logarithms = np.array([math.log(x / start) for x in inside.ravel().tolist()]).reshape(inside.shape)
    share = logarithms / math.log(end / start)
    return np.asarray(low + (share if rescale.turn is None else 1 - share) * (high - low))


def combine(step: Step, parts: Sequence[Floats]) -> Floats:
    """Apply the rule of a step; parts that are NaN are left out and the other weights rescaled.

    Args:
        step: With n parts.
        parts: n arrays of one shape, already on the common scale.

    Returns:
        Their shape; NaN where no part is left, or one is missing that the step cannot do without.
    """
    if step.rule in LINEAR:
        score = _linear(step, parts)
    elif step.rule is Rule.STAGED:
        score = _staged(step, parts)
    else:
        score = _RULES[step.rule](step, np.stack(parts))
    if step.complete:
        for part in parts:
            score = np.where(np.isnan(part), np.nan, score)
    return score


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
    """The highest level reached by the parts, or the lowest score of those that have no level."""
    levelled = [(part, level) for part, level in zip(parts, step.levels_of_parts, strict=True) if level]
    nodes = [part for part, level in zip(parts, step.levels_of_parts, strict=True) if not level]
    score = np.full_like(parts[0], np.nan)
    if levelled and step.stage is not None:
        values, levels = [part for part, _ in levelled], [level for _, level in levelled]
        there = [~np.isnan(part) for part in values]
        met = [part >= float(step.stage.met_at) for part in values]
        below = [part >= float(step.stage.met_below) for part in values]
        score = staged_level(levels, there, met, below, step.stage.share)
    for node in nodes:
        score = np.fmin(score, node)
    return score


def staged_level(
    levels: Sequence[int],
    there: Sequence[NDArray[np.bool_]],
    met: Sequence[NDArray[np.bool_]],
    met_below: Sequence[NDArray[np.bool_]] | None = None,
    share: Fraction = _ALL,
) -> Floats:
    """The highest level that has parts such that enough parts of it and of each level below are met.

    A level without parts is passed only on the way to a higher one that is met.

    Args:
        levels: Of each part.
        there: By part, the entities for which it takes part.
        met: By part, the entities that meet it as a part of the level in question.
        met_below: By part, the entities that meet it as a part of a level below that; `met` without.
        share: How many of a level's parts that take part must be met, 1 for all.

    Returns:
        Shape of one part's array: the level, 0 when none is met, NaN without parts.
    """
    reached_level = np.full(there[0].shape, np.nan)
    passed = np.ones(there[0].shape, dtype=np.bool_)
    for level in sorted(set(levels)):
        own = [number for number, each in enumerate(levels) if each == level]
        count = sum(there[number].astype(np.int64) for number in own)
        needed = np.asarray(count * share.numerator)
        reached, below = (
            np.asarray(sum((each[number] & there[number]).astype(np.int64) for number in own))
            * share.denominator
            for each in (met, met if met_below is None else met_below)
        )
        has_parts = needed > 0
        reached_level = np.where(has_parts & np.isnan(reached_level), 0.0, reached_level)
        reached_level = np.where(has_parts & passed & (reached >= needed), float(level), reached_level)
        passed &= below >= needed
    return reached_level


def _product(_: Step, stacked: Floats) -> Floats:
    """One part after another."""
    product: Floats = np.ones_like(stacked[0])
    for part in stacked:
        product = np.asarray(product * part)
    return product


def _minimum(step: Step, stacked: Floats) -> Floats:
    """The lowest part; with a share, the highest score that so many of the parts reach."""
    if step.reach == 1:
        return np.asarray(np.fmin.reduce(stacked, axis=0))
    there = (~np.isnan(stacked)).sum(axis=0)
    passed_over = there - -(-there * step.reach.numerator // step.reach.denominator)
    ordered = np.sort(stacked, axis=0)  # NaN sorts last
    return np.asarray(np.take_along_axis(ordered, passed_over[None], axis=0)[0])


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
    means = []
    for row in flat:
        pairs = [(w, x) for w, x in zip(weights, row, strict=True) if w and not math.isnan(x)]
        if not pairs:
            means.append(math.nan)
        elif zero_wins and any(x == 0 for _, x in pairs):
            means.append(0.0)
        else:
            means.append(mean(pairs))
    return np.array(means).reshape(stacked.shape[1:])


_RULES: dict[Rule, Callable[[Step, Floats], Floats]] = {
    Rule.PRODUCT: _product,
    Rule.MIN: _minimum,
    Rule.MAX: _maximum,
    Rule.MEDIAN: _median,
    Rule.GEOMETRIC: _geometric,
    Rule.HARMONIC: _harmonic,
    Rule.POWER: _power,
}
