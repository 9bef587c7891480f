"""Where every entity of an assessment stands: its definition compiled, its answers read, all of it scored."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.analysis.gradient import Gradients
from ctimaturity.model.rule import ResultsBasis
from ctimaturity.scoring.evaluation import Evaluation, level_of
from ctimaturity.scoring.index import read_items
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Node, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import Plan, Step

Brought = tuple[Fraction, Fraction, Fraction, Fraction | None]
"""What a step adds to its node, its top node, its measurement and the index."""


@dataclass(frozen=True)
class Standpoint:
    """What roadmaps are worked out from.

    Attributes:
        questionnaire: The definition.
        answers: Of every entity, by code.
        index: The ranked index of the same answers.
        reference: The reference ranges that indicators were marked by.
    """

    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]
    index: Index
    reference: Reference | None = None

    @cached_property
    def plan(self) -> Plan:
        """The compiled definition, of the measurements that were scored."""
        return compile_plan(self.questionnaire, self.index.measurements)

    @cached_property
    def basis(self) -> ResultsBasis | None:
        """Which mark of an indicator counts."""
        return ResultsBasis(self.index.results_basis) if self.index.results_basis else None

    @cached_property
    def entities(self) -> Mapping[str, int]:
        """The number of each entity, by code."""
        return {code: number for number, code in enumerate(sorted(self.answers))}

    @cached_property
    def rows(self) -> Mapping[int, IndexRow]:
        """The row of the index of each entity, by its number."""
        return {self.entities[row.entity.code]: row for row in self.index.rows}

    def has_index(self, entity: int) -> bool:
        """Whether an entity is given an index."""
        return self.rows[entity].index is not None

    @cached_property
    def items(self) -> list[ItemValues]:
        """What was answered."""
        ordered = [self.answers[code] for code in self.entities]
        return read_items(self.plan, ordered, basis=self.basis, reference=self.reference)

    @cached_property
    def evaluation(self) -> Evaluation:
        """All scores."""
        return Evaluation(self.plan, self.items, len(self.entities))

    @cached_property
    def gradients(self) -> Gradients:
        """What items add to nodes."""
        return Gradients(self.evaluation)

    @cached_property
    def brought(self) -> dict[tuple[bytes, int, Fraction, bool], Brought]:
        """What steps add, by what takes part, the item and its score; filled as it is worked out."""
        return {}

    @cached_property
    def columns(self) -> Mapping[tuple[str, str], int]:
        """The column of every place, by measurement and node."""
        return {(place.measurement, place.node): at for at, place in enumerate(self.plan.places)}

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
