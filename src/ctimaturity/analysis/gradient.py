"""What one point more of an item adds to the nodes above it, exactly, where rules are quotients of sums."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Effect
from ctimaturity.scoring.items import SCORE
from ctimaturity.scoring.step import LINEAR

if TYPE_CHECKING:
    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.step import Step

Gradient = dict[int, Fraction]
"""By column of an item: what one point more of it adds to a node."""


class Gradients:
    """The gradients of the nodes of an evaluation; entities with the same parts share them.

    A node has one where it and everything below it is a mean, a sum or a share of points, without gates
    and without thresholds that make a score absent: then a set of raised answers adds the sum of what
    each adds, whatever the others do. That holds only among items that take part already.

    Args:
        evaluation: What was scored.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._steps = evaluation.plan.step_at
        self._known: dict[tuple[int, bytes], Gradient | None] = {}
        self._patterns: dict[int, bytes] = {}

    def of(self, column: int, entity: int) -> Gradient | None:
        """The gradient of a node for one entity; None where it has none or the node has no score."""
        if not self._evaluation.present[column, entity]:
            return None
        return self._gradient(column, entity)

    def _gradient(self, column: int, entity: int) -> Gradient | None:
        step = self._steps.get(column)
        if step is None:
            return {column: Fraction(1)}
        key = (column, self.pattern(entity))
        if key not in self._known:
            self._known[key] = self._of_step(step, entity) if self._is_linear(step) else None
        return self._known[key]

    def pattern(self, entity: int) -> bytes:
        """What takes part in the scores of an entity: those with the same have the same gradients."""
        if entity not in self._patterns:
            self._patterns[entity] = self._evaluation.present[:, entity].tobytes()
        return self._patterns[entity]

    def _is_linear(self, step: Step) -> bool:
        if step.rule not in LINEAR or step.gates:
            return False
        if any(threshold.below is Effect.ABSENT for threshold in step.min_coverage):
            return False
        places = self._evaluation.plan.places
        for column, rescale in zip(step.parts, step.rescale, strict=True):
            place = places[column]
            if rescale and not (rescale.own[0] <= place.scale_min and place.scale_max <= rescale.own[1]):
                return False
        return True

    def _of_step(self, step: Step, entity: int) -> Gradient | None:
        present = self._evaluation.present[:, entity]
        divisor = sum(
            (step.divisors[at] for at, column in enumerate(step.parts) if present[column]), Fraction(0)
        )
        gradient: Gradient = {}
        for at, column in enumerate(step.parts):
            if not present[column]:
                continue
            below = self._gradient(column, entity)
            if below is None:
                return None
            factor = step.weights[at] / divisor if divisor else step.weights[at]
            rescale = step.rescale[at]
            if rescale:
                (start, end), (low, high) = rescale.own, rescale.common
                factor *= (high - low) / (end - start)
            for item, slope in below.items():
                gradient[item] = gradient.get(item, Fraction(0)) + factor * slope
        return gradient

    def score(self, column: int, entity: int) -> Fraction | None:
        """The exact score of a node; None without one."""
        if not self._evaluation.present[column, entity]:
            return None
        return self._evaluation.exact.value(column, SCORE, entity)
