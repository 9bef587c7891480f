"""One pass over the plan that scores every node of every entity, and its bounds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Effect, Rule
from ctimaturity.scoring.exact import ExactScores
from ctimaturity.scoring.items import HIGH, LOW, SCORE
from ctimaturity.scoring.rules import combine, rescaled, staged_level
from ctimaturity.scoring.shares import COVERAGE, Shares
from ctimaturity.scoring.step import RescaleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.rule import CoverageThreshold
    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import Plan, PlannedGate, Step

NONE = -1
"""The level of who has none."""
NEAR = 1e-9
"""Of the width of a scale: nearer than this to a bound, gate or tie a score is recomputed exactly."""
_TIE = 100
"""Scores are displayed with two decimals, so ties of rounding are at odd multiples of 1/200."""


class Evaluation:
    """The scores and bounds of all columns of a plan for all entities (method.md sections 4 to 7).

    Children come before parents; every node is one weighted pass over its parts for all entities
    and all three calculations together, part by part in the order of the definition, so that one
    entity alone gets the same bits as in a thousand.

    Args:
        plan: The compiled questionnaire.
        items: The items of each measurement.
        entities: How many there are.

    Attributes:
        value: Shape (columns, 3, entities): score, low, high; NaN for none.
        present: Shape (columns, entities): whether a score takes part in what is above it.
        shares: Coverage and the like.
        missing: Shape (measurements, entities): nothing was answered in the measurement.
        fallen: The coverage thresholds that decide a status, with those who fall short of them.
        settled: Shape (columns, entities): nothing below is open, so that score and bounds are one.
        withheld: Shape (columns, entities): the score is not shown on its own.
        asked: Shape (columns, entities), of items: it is one of those that a level asks for, answered or not.
        answered: Shape (columns, entities), of items: an answer, or a credit, stands behind its score.
        level_cap: By column of a gated node, the highest level each entity may have there in each
            calculation: shape (3, entities).
    """

    def __init__(self, plan: Plan, items: Sequence[ItemValues], entities: int) -> None:
        self.plan = plan
        self.shares = Shares(plan, items, entities)
        self.value = np.full((len(plan.places) + 1, 3, entities), np.nan)
        self.present = np.zeros((len(plan.places) + 1, entities), dtype=np.bool_)
        self.withheld = np.zeros_like(self.present)
        self.asked = np.zeros_like(self.present)
        self.answered = np.zeros_like(self.present)
        covered = [values.covered.sum(axis=0) for values in items]
        self.missing = np.array(covered).reshape(len(items), entities) == 0
        self.fallen: list[tuple[Step, CoverageThreshold, NDArray[np.bool_]]] = []
        self.level_cap: dict[int, NDArray[np.int64]] = {}
        self._items = {
            column: (values, number)
            for measurement, values in zip(plan.measurements, items, strict=True)
            for number, column in enumerate(measurement.items)
        }
        self.settled = np.zeros_like(self.present)
        self.exact = ExactScores(plan, self._exact_item, self.present, self.settled)
        for measurement, values in zip(plan.measurements, items, strict=True):
            columns = list(measurement.items)
            self.value[columns] = values.values()
            self.present[columns] = ~np.isnan(self.value[columns, SCORE])
            self.settled[columns] = values.settled
            self.asked[columns] = ~values.left_out | self.present[columns]
            self.answered[columns] = self.present[columns] & (values.left_out | (values.covered > 0))
        self._run()

    def _exact_item(self, column: int, calculation: int, entity: int) -> Fraction | None:
        values, number = self._items[column]
        return values.exact(number, calculation, entity)

    def _run(self) -> None:
        for step in self.plan.trees:
            self._evaluate(step)
            self._apply_thresholds(step)
        for number, measurement in enumerate(self.plan.measurements):
            missing = self.missing[number]
            columns = slice(measurement.columns.start, measurement.columns.stop)
            self.value[columns, SCORE, missing] = np.nan
            self.settled[columns, missing] = False
            self.present[measurement.root] &= ~missing
        for step in self.plan.combined:
            self._evaluate(step)

    def _evaluate(self, step: Step) -> None:
        """The score and bounds of one node."""
        parts = [self.part(step, position) for position in range(len(step.parts))]
        self.value[step.column] = combine(step, parts)
        self.settled[step.column] = np.logical_and.reduce(
            self.settled[[*step.parts, *(gate.column for gate in step.gates)]]
        )
        exactly = self._unsure(step, parts) | self._hardly_met(step, parts)
        for gate in step.gates:
            self._apply_gate(step, gate)
        if not step.told_apart:
            exactly |= self._near(step, self.value[step.column])
        exactly &= ~np.isnan(self.value[step.column])
        exactly[LOW:] &= ~(self.settled[step.column] & exactly[SCORE])
        for calculation, entity in np.argwhere(exactly).tolist():
            exact = self.exact.value(step.column, calculation, entity)
            self.value[step.column, calculation, entity] = np.nan if exact is None else float(exact)
        score, low, high = self.value[step.column]
        low[self.settled[step.column]] = high[self.settled[step.column]] = score[self.settled[step.column]]
        self.present[step.column] = ~np.isnan(score)
        # Sums over other parts may differ in the last bit: a score never leaves its bounds.
        np.fmin(low, score, out=low, where=self.present[step.column])
        np.fmax(high, score, out=high, where=self.present[step.column])

    def part(self, step: Step, position: int) -> NDArray[np.float64]:
        """A part on the common scale: shape (3, entities)."""
        column = step.parts[position]
        value: NDArray[np.float64] = self.value[column]
        rescale = step.rescale[position]
        if rescale is None:
            return value
        if rescale.kind is RescaleKind.LEVEL:
            part = self.plan.step_at[column]
            levels = [level_of(self, part, calculation) for calculation in (SCORE, LOW, HIGH)]
            counts = np.array([float(each) for each in rescale.values])
            return np.where(np.isnan(value), np.nan, counts[np.maximum(np.stack(levels), 0)])
        return rescaled(rescale, value)

    def _unsure(self, step: Step, parts: Sequence[NDArray[np.float64]]) -> NDArray[np.bool_]:
        """Where a bound depends on whether a part takes part that has no score now: shape (3, entities).

        A part at the worst end of the common scale can only lower any mean: it is simply included.
        """
        unsure = np.zeros(self.value.shape[1:], dtype=np.bool_)
        if step.complete:
            return unsure
        strict = step.rule in {Rule.SUM, Rule.STAGED}
        for column, rescale, part in zip(step.parts, step.rescale, parts, strict=True):
            place = self.plan.places[column]
            ends = rescale.common if rescale else (place.scale_min, place.scale_max)
            open_ = ~self.present[column] & ~np.isnan(part[LOW])
            if not open_.any():
                continue
            unsure[LOW] |= open_ & (strict | (part[LOW] != float(ends[0])))
            unsure[HIGH] |= open_ & (strict | (part[HIGH] != float(ends[1])))
        return unsure

    def _hardly_met(self, step: Step, parts: Sequence[NDArray[np.float64]]) -> NDArray[np.bool_]:
        """Where a double may mistake whether a part counts as met, or is 0: shape (3, entities).

        The root of a number that should be 0 is a million times further from 0 than the number.
        """
        unsure = np.zeros(self.value.shape[1:], dtype=np.bool_)
        if step.rule in {Rule.GEOMETRIC, Rule.POWER}:
            for part in parts:
                unsure |= (part != 0) & (np.abs(part) <= NEAR)
        if step.rule is Rule.STAGED and step.stage is not None:
            for column, part in zip(step.parts, parts, strict=True):
                if not self.plan.told_apart[column]:
                    for value in {step.stage.met_at, step.stage.met_below}:
                        unsure |= np.abs(part - float(value)) <= NEAR * (1 + abs(float(value)))
        return unsure

    def _near(self, step: Step, value: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where a value is so near a bound, a gate or a tie of rounding that a double may mistake it."""
        tolerance = NEAR * step.width
        scaled = value * _TIE
        near = np.abs(scaled - np.floor(scaled) - 0.5) <= tolerance * _TIE
        for critical in step.critical:
            near |= np.abs(value - float(critical)) <= tolerance
        return np.asarray(near)

    # Gates

    def _apply_gate(self, step: Step, gate: PlannedGate) -> None:
        shut = self._shut(gate)
        value = self.value[step.column]
        if gate.cap_score is not None:
            self.value[step.column] = value = np.where(
                shut & ~np.isnan(value), np.fmin(value, float(gate.cap_score)), value
            )
        if gate.set_zero:
            self.value[step.column] = np.where(shut & ~np.isnan(value), 0.0, value)
        if gate.cap_level is not None:
            unlimited = np.full(shut.shape, np.iinfo(np.int16).max, dtype=np.int64)
            cap = self.level_cap.setdefault(step.column, unlimited)
            cap[shut] = np.minimum(cap[shut], gate.cap_level)

    def _shut(self, gate: PlannedGate) -> NDArray[np.bool_]:
        """Where a gate applies, in each calculation; at the best, never on a part without a score."""
        shut = np.zeros(self.value.shape[1:], dtype=np.bool_)
        for calculation in (SCORE, LOW, HIGH):
            if gate.below is not None:
                shut[calculation] |= self.compare(gate.column, calculation, gate.below) < 0
            if gate.equals is not None:
                shut[calculation] |= self.compare(gate.column, calculation, gate.equals) == 0
            shut[calculation] &= ~np.isnan(self.value[gate.column, calculation])
        shut[[SCORE, HIGH]] &= self.present[gate.column]
        return shut

    def compare(self, column: int, calculation: int, threshold: Fraction) -> NDArray[np.int8]:
        """-1 below, 0 on, 1 above a threshold, decided exactly; 0 where there is no value."""
        value = self.value[column, calculation]
        side: NDArray[np.int8] = np.sign(np.nan_to_num(value - float(threshold))).astype(np.int8)
        if self.plan.told_apart[column]:
            return side
        place = self.plan.places[column]
        tolerance = NEAR * (float(place.scale_max - place.scale_min) or 1.0)
        for entity in np.flatnonzero(np.abs(value - float(threshold)) <= tolerance).tolist():
            exact = self.exact.value(column, calculation, entity)
            if exact is not None:
                side[entity] = (exact > threshold) - (exact < threshold)
        return side

    # Thresholds of coverage

    def _apply_thresholds(self, step: Step) -> None:
        for threshold in step.min_coverage:
            short = self._short(step, threshold)
            if threshold.below is Effect.ABSENT:
                self.value[step.column, SCORE, short] = np.nan
                self.present[step.column] &= ~short
                self.settled[step.column] &= ~short
            elif threshold.below is Effect.DISPLAY:
                self.withheld[step.column] |= short
            else:
                self.fallen.append((step, threshold, short))

    def _short(self, step: Step, threshold: CoverageThreshold) -> NDArray[np.bool_]:
        value = Fraction(threshold.value)
        if threshold.of == "weight":
            return np.asarray(self.shares.compare(step.column, COVERAGE, value) < 0)
        present, applicable = self.counted(step)
        return np.asarray(present * value.denominator < applicable * value.numerator)

    def counted(self, step: Step) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many parts of a node are there, and how many could be: shape (entities,) each.

        A part is there when it has a score and something of it was answered.
        """
        coverage = self.shares.share[list(step.parts), COVERAGE]
        there = self.present[list(step.parts)] & (coverage > 0)
        return there.sum(axis=0), (~np.isnan(coverage)).sum(axis=0)

    # Reading

    def exact_score(self, column: int, entity: int) -> Fraction | None:
        """The exact score of a column."""
        return self.exact.value(column, SCORE, entity)

    def in_order(self, column: int, entities: Iterable[int]) -> list[list[int]]:
        """Entities by their score, the highest first; those with exactly the same score together."""
        score = self.value[column, SCORE]
        descending = sorted(entities, key=lambda entity: -score[entity])
        groups: list[list[int]] = []
        for entity in descending:
            if groups and score[groups[-1][-1]] - score[entity] <= NEAR:
                groups[-1].append(entity)
            else:
                groups.append([entity])
        ordered: list[list[int]] = []
        for near in groups:
            if len(near) == 1:
                ordered.append(near)
                continue
            exact = {entity: self.exact_score(column, entity) for entity in near}
            values = sorted({value for value in exact.values() if value is not None}, reverse=True)
            ordered.extend([entity for entity in near if exact[entity] == value] for value in values)
        return ordered


def level_of(evaluation: Evaluation, step: Step, calculation: int = SCORE) -> NDArray[np.int16]:
    """The level of each entity at a node: 1 for the lowest, 0 for below it, -1 for none.

    Level k lies between the edges k - 1 and k; a score on an edge belongs to the band below it
    (`side: upper`) or above it (`side: lower`), decided exactly. The ends of the scale belong to the
    outermost bands, except that with `lowest: open` the minimum itself is level 0. Gates cap it.
    """
    entities = evaluation.present.shape[1]
    level = np.zeros(entities, dtype=np.int16)
    levels = step.levels
    if levels is None:
        return np.full(entities, NONE, dtype=np.int16)
    for edge in step.edges[:-1]:
        side = evaluation.compare(step.column, calculation, edge)
        level += (side > 0) if levels.side == "upper" else (side >= 0)
    if levels.lowest == "closed":
        level = np.maximum(level, 1)
    cap = evaluation.level_cap.get(step.column)
    if cap is not None:
        level = np.minimum(level, cap[calculation]).astype(np.int16)
    return np.where(np.isnan(evaluation.value[step.column, calculation]), NONE, level).astype(np.int16)


def staged_levels(evaluation: Evaluation) -> NDArray[np.int16]:
    """The staged levels beside the scores: shape (columns, entities), -1 for none.

    Of a node with items: the highest level that has items such that all applicable items of it and
    below are met; of a node above such nodes the lowest of theirs. An applicable item without an answer
    is not met, whatever the score does with blanks, and a part whose score is left out for want of
    answers holds back what is above it: leaving out never pays.
    """
    staged = np.full(evaluation.present.shape, np.nan)
    for step in evaluation.plan.trees:
        beside = step.beside
        if beside is None:
            continue
        if beside.items:
            columns = [column for column, _ in beside.items]
            stage, levels = beside.stage, [level for _, level in beside.items]
            met, below = (
                [
                    evaluation.answered[column] & (evaluation.compare(column, SCORE, value) >= 0)
                    for column in columns
                ]
                for value in (stage.met_at, stage.met_below)
            )
            staged[step.column] = staged_level(
                levels, list(evaluation.asked[columns]), met, below, stage.share
            )
        for column in beside.nodes:
            staged[step.column] = np.fmin(staged[step.column], staged[column])
    staged[np.isnan(evaluation.value[:, SCORE])] = np.nan
    return np.where(np.isnan(staged), NONE, staged).astype(np.int16)
