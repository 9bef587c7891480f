"""Coverage and the other shares of what was asked: weighted means over the parts of every node."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Collects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import Plan, PlannedMeasurement, Step

    Floats = NDArray[np.float64]

COVERAGE, EXCLUDED = range(2)
_NEAR = 1e-9


class Shares:
    """The coverage and the excluded share of every column (method.md section 5).

    Of a node each is the weighted mean over the parts for which it is defined, with the weights of
    the score (1 each for rules without weights).

    Attributes:
        share: Shape (columns, 2, entities); NaN where undefined.
    """

    def __init__(self, plan: Plan, items: Sequence[ItemValues], entities: int) -> None:
        self._plan = plan
        self._items = items
        self._terms: dict[int, tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]] = {}
        self._known: dict[tuple[int, int, int], Fraction | None] = {}
        self.share = np.full((len(plan.places) + 1, 2, entities), np.nan)
        for measurement, values in zip(plan.measurements, items, strict=True):
            for number, column in enumerate(measurement.items):
                self._terms[column] = (
                    (values.covered[number], values.asked[number]),
                    (values.unsaid[number], values.told[number]),
                )
                for share, (top, bottom) in zip(self.share[column], self._terms[column], strict=True):
                    np.divide(top, bottom, out=share, where=bottom > 0)
        for step in (*plan.trees, *plan.combined):
            self.share[step.column] = _mean(step, [self.share[column] for column in step.parts])

    def exact(self, column: int, kind: int, entity: int) -> Fraction | None:
        """One share as a fraction; None where undefined."""
        step = self._plan.step_at.get(column)
        if step is None:
            top, bottom = self._terms[column][kind]
            divisor = int(bottom[entity])
            return Fraction(int(top[entity]), divisor) if divisor else None
        key = (column, kind, entity)
        if key not in self._known:
            parts = [
                (weight, self.exact(part, kind, entity))
                for part, weight in zip(step.parts, step.shares, strict=True)
            ]
            there = [(weight, part) for weight, part in parts if part is not None]
            total = sum((weight for weight, _ in there), Fraction(0))
            mean = sum((weight * part for weight, part in there), Fraction(0)) / total if total else None
            self._known[key] = mean
        return self._known[key]

    def compare(self, column: int, kind: int, threshold: Fraction) -> NDArray[np.int8]:
        """-1 below the threshold, 0 on it, 1 above it, decided exactly; 0 where undefined.

        Shares near the threshold are replaced by the nearest doubles of their exact values. Where
        scores are told apart by their doubles, shares of whole items are too.
        """
        share = self.share[column, kind]
        side: NDArray[np.int8] = np.sign(np.nan_to_num(share - float(threshold))).astype(np.int8)
        if self._plan.step_at[column].told_apart:
            return side
        for entity in np.flatnonzero(np.abs(share - float(threshold)) <= _NEAR).tolist():
            exact = self.exact(column, kind, entity)
            if exact is not None:
                share[entity] = float(exact)
                side[entity] = (exact > threshold) - (exact < threshold)
        return side

    def not_applicable(self) -> Floats:
        """The share of the index's weight that is not applicable, by definition or chosen: shape (entities,).

        Weights are those of the definition, before anything is left out.
        """
        plan = self._plan
        weight = {plan.index.column: 1.0}
        for step in (plan.index, *reversed(plan.trees)):
            total = float(sum(step.shares))
            if step.column in weight and total:
                for column, share in zip(step.parts, step.shares, strict=True):
                    weight[column] = weight[step.column] * (float(share) / total)
        left_out_share = np.zeros(self.share.shape[-1])
        for measurement, values in zip(plan.measurements, self._items, strict=True):
            for column, left_out in zip(measurement.items, values.left_out, strict=True):
                left_out_share += left_out * weight.get(column, 0.0)
        return left_out_share

    def dont_know(self) -> Floats:
        """The share of don't-knows in the measurements that ask respondents: shape (entities,); NaN without.

        Of several such measurements their weighted mean, as in the index.
        """
        total = np.zeros(self.share.shape[-1])
        divisor = np.zeros_like(total)
        measured = zip(self._plan.measurements, self._items, self._plan.index.shares, strict=True)
        for measurement, values, weight in measured:
            if measurement.definition.collects is Collects.RESPONDENTS:
                share = self._dont_know(measurement, values)
                there = ~np.isnan(share)
                total += np.where(there, share, 0.0) * float(weight)
                divisor += there * float(weight)
        return np.divide(total, divisor, out=np.full_like(total, np.nan), where=divisor > 0)

    def _dont_know(self, measurement: PlannedMeasurement, values: ItemValues) -> Floats:
        known: dict[int, Floats] = {}
        for number, column in enumerate(measurement.items):
            known[column] = np.full(self.share.shape[-1], np.nan)
            np.divide(
                values.dont_know[number],
                values.told[number],
                out=known[column],
                where=values.told[number] > 0,
            )
        for step in self._plan.trees:
            if step.column in measurement.columns:
                known[step.column] = _mean(step, [known[column] for column in step.parts])
        return known[measurement.root]


def _mean(step: Step, parts: Sequence[Floats]) -> Floats:
    """The weighted mean over the parts that are not NaN, part by part; NaN where none is left."""
    total = np.zeros_like(parts[0])
    divisor = np.zeros_like(total)
    for part, weight in zip(parts, step.shares, strict=True):
        there = ~np.isnan(part)
        total += np.where(there, part, 0.0) * float(weight)
        divisor += there * float(weight)
    return np.divide(total, divisor, out=np.full_like(total, np.nan), where=divisor > 0)


def nominal_shares(plan: Plan) -> dict[int, Fraction]:
    """The share of every place in the index of an entity to which all applies and that answered all.

    The product of the rescaled weights on its path, as `ScoreTable.weight_effective` has it for a real
    entity; nodes that `over: items` passes by have none.

    Returns:
        By column of the plan; 1 for the index.
    """
    shares = {plan.index.column: Fraction(1)}
    for step in (plan.index, *reversed(plan.trees)):
        total = sum(step.shares)
        if step.column not in shares or not total:
            continue
        for part, share in zip(step.parts, step.shares, strict=True):
            shares[part] = shares[step.column] * share / total
    return shares
