"""The main entrance: from the answers of all entities to the ranked index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.score import Index, IndexRow, Status
from ctimaturity.scoring.answers import read_answers
from ctimaturity.scoring.evaluation import NEAR, Evaluation
from ctimaturity.scoring.items import HIGH, LOW, SCORE
from ctimaturity.scoring.plan import compile_plan
from ctimaturity.scoring.ranks import ENTITY_TYPE, Rank, competition_ranks, group_ranks
from ctimaturity.scoring.shares import COVERAGE
from ctimaturity.scoring.status import reasons_of, status_of
from ctimaturity.scoring.table import score_table
from ctimaturity.scoring.tallies import read_tallies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import GroupRank, Reason, ScoreTable
    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import Plan

_ORDER = (Status.RANKED, Status.PROVISIONAL, Status.INCOMPLETE, Status.REFUSED)


def score(
    questionnaire: Questionnaire,
    answers: Sequence[EntityAnswers],
    *,
    measurements: Sequence[str] | None = None,
    results_basis: ResultsBasis | str | None = None,
    groupings: Sequence[str] = (),
    reference: Reference | None = None,
) -> Index:
    """Score and rank entities (method.md sections 3 to 7).

    The order of the entities changes nothing, nor does who else is scored change anybody's numbers.

    Args:
        questionnaire: The definition, checked.
        answers: One of each entity, refused ones too.
        measurements: Ids of those to score, the same for everybody; None for all.
        results_basis: Which mark of an indicator counts; None for the definition's own.
        groupings: Columns of the entity list to rank within, beside the type of entity.
        reference: Reference ranges that mark indicators by their value.

    Returns:
        The index, one row for each entity.

    Raises:
        ValueError: A measurement is not in the definition, or an entity is given twice.
        JobError: The measurements to score have no weight in the index.
    """
    ordered = sorted(answers, key=lambda answered: answered.entity.code)
    codes = [answered.entity.code for answered in ordered]
    if len(set(codes)) < len(codes):
        raise ValueError("an entity is given twice")
    basis = None if results_basis is None else ResultsBasis(results_basis)
    plan = compile_plan(questionnaire, measurements)
    items = read_items(plan, ordered, basis=basis, reference=reference)
    evaluation = Evaluation(plan, items, len(ordered))
    reasons = reasons_of(evaluation, items, ordered)
    return _Assembly(plan, ordered, items, evaluation, reasons).index(
        basis, (ENTITY_TYPE, *(name for name in dict.fromkeys(groupings) if name != ENTITY_TYPE))
    )


def read_items(
    plan: Plan,
    answers: Sequence[EntityAnswers],
    *,
    basis: str | None = None,
    reference: Reference | None = None,
) -> list[ItemValues]:
    """The items of each measurement of a plan, for all entities."""
    items = []
    for measurement in plan.measurements:
        definition = measurement.definition
        if definition.collects is Collects.RESPONDENTS:
            items.append(read_tallies(plan.questionnaire, definition, answers))
        else:
            items.append(
                read_answers(plan.questionnaire, definition, answers, basis=basis, reference=reference)
            )
    return items


@dataclass(frozen=True)
class _Assembly:
    """Everything computed, put together into the index."""

    plan: Plan
    answers: Sequence[EntityAnswers]
    items: Sequence[ItemValues]
    evaluation: Evaluation
    reasons: Sequence[tuple[Reason, ...]]

    @cached_property
    def not_applicable(self) -> NDArray[np.float64]:
        return self.evaluation.shares.not_applicable()

    @cached_property
    def dont_know(self) -> NDArray[np.float64]:
        return self.evaluation.shares.dont_know()

    def index(self, basis: ResultsBasis | None, groupings: tuple[str, ...]) -> Index:
        statuses = [status_of(reasons) for reasons in self.reasons]
        ranked = [number for number, status in enumerate(statuses) if status is Status.RANKED]
        in_order = self.evaluation.in_order(self.plan.index.column, ranked)
        entities = [answered.entity for answered in self.answers]
        groups = group_ranks(entities, in_order, groupings)
        ranks = competition_ranks(in_order)
        withheld = np.array(
            [status in {Status.REFUSED, Status.INCOMPLETE} for status in statuses], dtype=np.bool_
        )
        refused = np.array([status is Status.REFUSED for status in statuses], dtype=np.bool_)
        table = score_table(self.evaluation, self.items, withheld, refused)
        rows = [
            self._row(number, status, table, ranks.get(number), groups[number])
            for number, status in enumerate(statuses)
        ]
        rows.sort(key=lambda row: (_ORDER.index(row.status), row.rank or 0, row.entity.code))
        return Index(
            rows=tuple(rows),
            table=table,
            measurements=tuple(answered.definition.id for answered in self.plan.measurements),
            results_basis=self._asked_basis(basis),
            groupings=groupings,
        )

    def _asked_basis(self, basis: ResultsBasis | None) -> str:
        for measurement in self.plan.measurements:
            if measurement.definition.collects is Collects.INDICATORS:
                return str(basis or measurement.definition.results_basis or ResultsBasis.AUTO)
        return ""

    def _row(
        self,
        number: int,
        status: Status,
        table: ScoreTable,
        rank: Rank | None,
        groups: Mapping[str, GroupRank],
    ) -> IndexRow:
        entity = self.answers[number].entity
        if status is Status.REFUSED:
            return IndexRow(entity, number, status, self.reasons[number], groups=groups)
        value, share = self.evaluation.value, self.evaluation.shares.share
        index, harmonised = self.plan.index.column, self.plan.harmonised.column
        has_index = status is not Status.INCOMPLETE
        return IndexRow(
            entity=entity,
            row=number,
            status=status,
            reasons=self.reasons[number],
            rank=rank.number if rank else None,
            tied=bool(rank and rank.tied),
            index=_number(value[index, SCORE, number]) if has_index else None,
            level=table.at(number, index).level,
            index_low=_number(value[index, LOW, number]),
            index_high=_number(value[index, HIGH, number]),
            coverage=_number(share[index, COVERAGE, number]),
            index_harmonised=_number(value[harmonised, SCORE, number]) if has_index else None,
            weakest=self._weakest(number),
            respondents=sum(int(values.respondents[number]) for values in self.items),
            na_share=_number(self.not_applicable[number]),
            dont_know_share=_number(self.dont_know[number]),
            results_basis=self._bases(number),
            groups=groups,
        )

    def _weakest(self, number: int) -> tuple[str, ...]:
        """The combined nodes with the lowest score, with exact ties, in the order of the definition."""
        columns = [step.column for step in self.plan.profile]
        scores = self.evaluation.value[columns, SCORE, number]
        if not columns or np.isnan(scores).all():
            return ()
        lowest = np.nanmin(scores)
        near = [column for column, score in zip(columns, scores, strict=True) if score - lowest <= NEAR]
        exact = {column: self.evaluation.exact_score(column, number) for column in near}
        least = min(value for value in exact.values() if value is not None)
        return tuple(self.plan.places[column].node for column in near if exact[column] == least)

    def _bases(self, number: int) -> str:
        used = {basis for values in self.items for basis in values.bases[number]}
        return ";".join(basis for basis in ResultsBasis if basis in used)


def _number(value: float) -> float | None:
    number = float(value)
    return None if number != number else number  # noqa: PLR0124  (NaN is the only number unlike itself)
