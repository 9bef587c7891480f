"""One round as it was scored, with what it takes to score it again with other answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.index import read_items
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import Plan


@dataclass(frozen=True)
class Round:
    """One round.

    Attributes:
        label: What it is called.
        questionnaire: The definition everybody was scored with.
        answers: By entity code, refused ones too.
        index: The ranked index.
        reference: The reference ranges that marked indicators.
    """

    label: str
    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]
    index: Index
    reference: Reference | None = None

    @cached_property
    def rows(self) -> Mapping[str, IndexRow]:
        """The rows of the index by entity code."""
        return {row.entity.code: row for row in self.index.rows}

    @cached_property
    def plan(self) -> Plan:
        """The compiled definition, of the measurements that were scored."""
        return compile_plan(self.questionnaire, self.index.measurements)

    def items(self, answers: Sequence[EntityAnswers], ranges: Round | None = None) -> list[ItemValues]:
        """Answers read with this round's definition.

        Args:
            answers: In the order wanted.
            ranges: The round whose reference ranges and basis mark the indicators; this one without it.
        """
        given = ranges or self
        basis, reference = given.index.results_basis, given.reference
        return read_items(self.plan, answers, basis=basis, reference=reference)

    @cached_property
    def _evaluation(self) -> Evaluation:
        ordered = [self.answers[code] for code in self.places]
        return Evaluation(self.plan, self.items(ordered), len(ordered))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each entity stands in what is evaluated."""
        return {code: place for place, code in enumerate(sorted(self.answers))}

    def exact_index(self, code: str) -> Fraction:
        """The exact index of an entity that has one.

        Raises:
            ValueError: It has none.
        """
        found = self._evaluation.exact_score(self.plan.index.column, self.places[code])
        if found is None:
            raise ValueError(f"{code} has no index")
        return found
