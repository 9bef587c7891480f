"""One round as it was scored: its definition compiled, its answers read, all of it evaluated."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.analysis.gradient import Gradients
from ctimaturity.model.response import State
from ctimaturity.scoring.evaluation import Evaluation, level_of
from ctimaturity.scoring.index import read_items
from ctimaturity.scoring.items import HIGH, LOW, NUMBER_OF, SCORE, ItemValues
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Node, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.scoring.step import Plan, Step

Brought = tuple[Fraction, Fraction, Fraction, Fraction | None]
"""What a step adds to its node, its top node, its measurement and the index."""


@dataclass(frozen=True)
class Round:
    """What comparisons and roadmaps are worked out from.

    Attributes:
        label: What it is called; empty where there is no other.
        questionnaire: The definition everybody was scored with.
        answers: By entity code, refused ones too.
        index: The ranked index of the same answers.
        reference: The reference ranges that marked indicators.
    """

    label: str
    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]
    index: Index
    reference: Reference | None = None

    @classmethod
    def of(cls, assessment: Assessment, label: str = "") -> Round:
        """An assessment as a round."""
        return cls(
            label, assessment.questionnaire, assessment.answers, assessment.index, assessment.reference
        )

    @cached_property
    def rows(self) -> Mapping[str, IndexRow]:
        """The rows of the index by entity code."""
        return {row.entity.code: row for row in self.index.rows}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the entities in the order of what is evaluated."""
        return tuple(sorted(self.answers))

    @cached_property
    def entities(self) -> Mapping[str, int]:
        """The number of each entity in what is evaluated, by code."""
        return {code: number for number, code in enumerate(self.codes)}

    def has_index(self, entity: int) -> bool:
        """Whether an entity, by its number, is given an index."""
        return self.rows[self.codes[entity]].index is not None

    @cached_property
    def plan(self) -> Plan:
        """The compiled definition, of the measurements that were scored."""
        return compile_plan(self.questionnaire, self.index.measurements)

    @cached_property
    def columns(self) -> Mapping[tuple[str, str], int]:
        """The column of every place, by measurement and node."""
        return {(place.measurement, place.node): column for column, place in enumerate(self.plan.places)}

    def read(self, answers: Sequence[EntityAnswers], ranges: Round | None = None) -> list[ItemValues]:
        """Answers read with this round's definition.

        Args:
            answers: In the order wanted.
            ranges: The round whose reference ranges and basis mark the indicators; this one without it.
        """
        given = ranges or self
        return read_items(
            self.plan, answers, basis=given.index.results_basis or None, reference=given.reference
        )

    @cached_property
    def items(self) -> list[ItemValues]:
        """What was answered."""
        return self.read([self.answers[code] for code in self.codes])

    @cached_property
    def evaluation(self) -> Evaluation:
        """All scores."""
        return Evaluation(self.plan, self.items, len(self.codes))

    def exact_index(self, code: str) -> Fraction:
        """The exact index of an entity that has one.

        Raises:
            ValueError: It has none.
        """
        index = self.evaluation.exact_score(self.plan.index.column, self.entities[code])
        if index is None:
            raise ValueError(f"{code} has no index")
        return index

    def variants(self, entity: int, changes: Sequence[Mapping[int, Fraction]]) -> Evaluation:
        """One entity with some of its answers otherwise, many times over, scored in one pass.

        Args:
            entity: Number of the one that is varied.
            changes: Of each variant, the scores that items are answered with, by column.

        Returns:
            The evaluation; variant n is its entity n.
        """
        varied = [_repeated(values, entity, len(changes)) for values in self.items]
        where = {
            column: (values, number)
            for planned, values in zip(self.plan.measurements, varied, strict=True)
            for number, column in enumerate(planned.items)
        }
        for variant, scores in enumerate(changes):
            for column, score in scores.items():
                values, item = where[column]
                _answer(values, item, variant, score)
        return Evaluation(self.plan, varied, len(changes))

    @cached_property
    def gradients(self) -> Gradients:
        """What items add to nodes."""
        return Gradients(self.evaluation)

    @cached_property
    def brought(self) -> dict[tuple[bytes, int, Fraction, bool], Brought]:
        """What steps add, by what takes part, the item and its score; filled as it is worked out."""
        return {}

    @cached_property
    def _levels(self) -> dict[int, NDArray[np.int16]]:
        return {}

    def level(self, step: Step, entity: int) -> int:
        """The level of a node, 0 for below the lowest, -1 for none; withheld ones too."""
        if step.column not in self._levels:
            self._levels[step.column] = level_of(self.evaluation, step)
        return int(self._levels[step.column][entity])

    def staged(self, node: Node, entity: int, missing: set[str]) -> int:
        """The staged level of a node whose missing items are those: of those that can exist for the entity.

        It is the highest level that has items such that all items of it and below are met; 0 for none.
        """
        there = self.evaluation.asked[:, entity]
        items = [
            (item.level, item.id in missing)
            for item in node.items
            if item.level and there[self.columns[self._measurement[node.id], item.id]]
        ]
        barrier = min((level for level, is_missing in items if is_missing), default=None)
        return max((level for level, _ in items if barrier is None or level < barrier), default=0)

    @cached_property
    def _measurement(self) -> Mapping[str, str]:
        return {
            node.id: measurement.id
            for measurement in self.questionnaire.measurements
            for node in measurement.nodes
            if node.items
        }


def _repeated(values: ItemValues, entity: int, times: int) -> ItemValues:
    """The same entity so many times."""
    arrays = {
        each.name: np.repeat(array[..., [entity]], times, axis=-1)
        for each in fields(values)
        if isinstance(array := getattr(values, each.name), np.ndarray)
    }
    odd = {
        (item, calculation, number): value
        for (item, calculation, of), value in values.odd.items()
        if of == entity
        for number in range(times)
    }
    return ItemValues(**arrays, bases=[values.bases[entity]] * times, odd=odd)


def _answer(values: ItemValues, item: int, number: int, score: Fraction) -> None:
    for calculation in (SCORE, LOW, HIGH):
        values.odd.pop((item, calculation, number), None)
        values.put(item, calculation, number, score)
    for counted in (values.covered, values.asked, values.told, values.n):
        counted[item, number] = 1
    for counted in (values.unsaid, values.dont_know):
        counted[item, number] = 0
    values.state[item, number] = NUMBER_OF[State.ANSWERED]
