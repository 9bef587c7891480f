"""Coverage and the other shares of what was asked: weighted means over the parts of every node."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import Plan, Step

COVERAGE, EXCLUDED, DONT_KNOW, NOT_APPLICABLE = range(4)
_NEAR = 1e-9


class Shares:
    """Four shares of every column (method.md section 5).

    Coverage, the excluded share, the share of don't-knows, and the share of what is not applicable.
    Of a node each is the weighted mean over the parts for which it is defined, with the weights of
    the score (1 each for rules without weights).

    Attributes:
        share: Shape (columns, 4, entities); NaN where undefined.
    """

    def __init__(self, plan: Plan, items: Sequence[ItemValues], entities: int) -> None:
        self._steps = plan.step_at
        self._terms: dict[int, tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]] = {}
        self._known: dict[tuple[int, int, int], Fraction | None] = {}
        self.share = np.full((len(plan.places) + 1, 4, entities), np.nan)
        for measurement, values in zip(plan.measurements, items, strict=True):
            left_out, everything = values.left_out.astype(np.int64), np.ones_like(values.told)
            for number, column in enumerate(measurement.items):
                self._terms[column] = (
                    (values.covered[number], values.asked[number]),
                    (values.unsaid[number], values.told[number]),
                    (values.dont_know[number], values.told[number]),
                    (left_out[number], everything[number]),
                )
                for share, (top, bottom) in zip(self.share[column], self._terms[column], strict=True):
                    np.divide(top, bottom, out=share, where=bottom > 0)
        for step in (*plan.trees, *plan.combined):
            self.share[step.column] = self._of(step)

    def _of(self, step: Step) -> NDArray[np.float64]:
        total = np.zeros(self.share.shape[1:])
        divisor = np.zeros_like(total)
        for column, weight in zip(step.parts, step.shares, strict=True):
            part = self.share[column]
            there = ~np.isnan(part)
            total += np.where(there, part, 0.0) * float(weight)
            divisor += there * float(weight)
        return np.divide(total, divisor, out=np.full_like(total, np.nan), where=divisor > 0)

    def exact(self, column: int, kind: int, entity: int) -> Fraction | None:
        """One share as a fraction; None where undefined."""
        step = self._steps.get(column)
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
            divisor_ = sum(weight for weight, _ in there)
            self._known[key] = (
                sum((weight * part for weight, part in there), Fraction(0)) / divisor_ if divisor_ else None
            )
        return self._known[key]

    def compare(self, column: int, kind: int, threshold: Fraction) -> NDArray[np.int8]:
        """-1 below the threshold, 0 on it, 1 above it, decided exactly; 0 where undefined.

        Shares near the threshold are replaced by the nearest doubles of their exact values. Where
        scores are told apart by their doubles, shares of whole items are too.
        """
        share = self.share[column, kind]
        found: NDArray[np.int8] = np.sign(np.nan_to_num(share - float(threshold))).astype(np.int8)
        if self._steps[column].told_apart:
            return found
        for entity in np.flatnonzero(np.abs(share - float(threshold)) <= _NEAR).tolist():
            exact = self.exact(column, kind, entity)
            if exact is not None:
                share[entity] = float(exact)
                found[entity] = (exact > threshold) - (exact < threshold)
        return found
