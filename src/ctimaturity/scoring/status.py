"""Whether an entity has an index and is ranked, and every reason why not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Effect
from ctimaturity.model.score import Reason, Status
from ctimaturity.scoring.shares import COVERAGE, EXCLUDED
from ctimaturity.scoring.tallies import UNKNOWN_SEGMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.response import EntityAnswers, Tallies
    from ctimaturity.model.rule import RespondentThresholds
    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import PlannedMeasurement

_STATUS = {Effect.INCOMPLETE: Status.INCOMPLETE, Effect.PROVISIONAL: Status.PROVISIONAL}
_ORDER = list(Status)


def reasons_of(
    evaluation: Evaluation, items: Sequence[ItemValues], answers: Sequence[EntityAnswers]
) -> list[tuple[Reason, ...]]:
    """Why each entity is not ranked (method.md section 5); empty for those that are.

    The gravest first, then in the order of the definition. Of a missing measurement nothing else is
    said, and of the coverage of one node only the gravest.
    """
    found: list[list[Reason]] = [[] for _ in answers]
    for number, measurement in enumerate(evaluation.plan.measurements):
        missing = evaluation.missing[number] | np.isnan(evaluation.value[measurement.root, 0])
        for entity in np.flatnonzero(missing).tolist():
            found[entity].append(Reason(Status.INCOMPLETE, "missing", measurement.definition.id))
    _coverage(evaluation, found)
    _excluded(evaluation, found)
    for number, (measurement, values) in enumerate(zip(evaluation.plan.measurements, items, strict=True)):
        thresholds = measurement.definition.respondents
        if thresholds is None:
            continue
        for entity, each in enumerate(answers):
            tallies = each.tallies.get(measurement.definition.id)
            if tallies is not None and not evaluation.missing[number, entity]:
                survey = _Survey(evaluation, measurement, values, entity, tallies)
                found[entity].extend(survey.reasons(thresholds))
    for number, reasons in enumerate(found):
        if answers[number].refused or any(values.forbidden[number] for values in items):
            reasons[:] = [Reason(Status.REFUSED, "refused")]
    return [tuple(sorted(reasons, key=lambda reason: _ORDER.index(reason.status))) for reasons in found]


def status_of(reasons: Sequence[Reason]) -> Status:
    """The worst status that the reasons lead to; ranked without any."""
    return min((reason.status for reason in reasons), key=_ORDER.index, default=Status.RANKED)


def _coverage(evaluation: Evaluation, found: list[list[Reason]]) -> None:
    said: set[tuple[int, int]] = set()
    gravest_first = sorted(
        evaluation.fallen, key=lambda each: (each[0].column, _ORDER.index(_STATUS[each[1].below]))
    )
    for step, threshold, short in gravest_first:
        place = evaluation.plan.places[step.column]
        open_ = short & ~evaluation.missing[step.measurement]
        for entity in np.flatnonzero(open_).tolist():
            if (step.column, entity) in said:
                continue
            said.add((step.column, entity))
            if threshold.of == "weight":
                value = float(evaluation.shares.share[step.column, COVERAGE, entity])
            else:
                present, applicable = evaluation.counted(step)
                value = float(present[entity] / applicable[entity])
            found[entity].append(
                Reason(
                    _STATUS[threshold.below],
                    "min_coverage",
                    place.measurement,
                    place.node,
                    value,
                    float(threshold.value),
                )
            )


def _excluded(evaluation: Evaluation, found: list[list[Reason]]) -> None:
    for step in sorted(evaluation.plan.trees, key=lambda step: step.column):
        if step.max_excluded is None:
            continue
        place = evaluation.plan.places[step.column]
        limit = step.max_excluded.value
        above = evaluation.shares.compare(step.column, EXCLUDED, Fraction(limit)) > 0
        above &= ~evaluation.missing[step.measurement]
        for entity in np.flatnonzero(above).tolist():
            value = float(evaluation.shares.share[step.column, EXCLUDED, entity])
            status = _STATUS[step.max_excluded.above]
            found[entity].append(
                Reason(status, "max_excluded", place.measurement, place.node, value, float(limit))
            )


class _Survey:
    """The survey of one entity, held against the thresholds of its measurement."""

    def __init__(
        self,
        evaluation: Evaluation,
        measurement: PlannedMeasurement,
        values: ItemValues,
        entity: int,
        tallies: Tallies,
    ) -> None:
        self.id = measurement.definition.id
        segments = [segment.id for segment in evaluation.plan.questionnaire.segments]
        asked = dict(zip(tallies.segments, tallies.respondents.tolist(), strict=True))
        self.segments = {segment: asked.get(segment, 0) for segment in segments}
        self.unknown = asked.get(UNKNOWN_SEGMENT, 0)
        self.total = sum(asked.values())
        self.statements = {
            item.id: int(values.n[number, entity])
            for number, item in enumerate(measurement.definition.items)
            if values.applicable[number, entity]
        }

    def reasons(self, thresholds: RespondentThresholds) -> Iterator[Reason]:
        """What falls short, the whole survey first, then segments, then statements."""
        least = thresholds.min_respondents
        if least is not None and self.total < least.value:
            yield self._reason(least.below, "min_respondents", "", self.total, float(least.value))
        least = thresholds.min_per_segment
        if least is not None:
            for segment, count in self.segments.items():
                if count < least.value:
                    yield self._reason(least.below, "min_per_segment", segment, count, float(least.value))
        most = thresholds.max_segment_share
        if most is not None and self.total:
            for segment, count in self.segments.items():
                if Fraction(count, self.total) > Fraction(most.value):
                    share = count / self.total
                    yield self._reason(most.above, "max_segment_share", segment, share, float(most.value))
        least = thresholds.min_answers
        if least is not None:
            yield from self._statements(least.below, float(least.value))

    def _statements(self, effect: Effect, least: float) -> Iterator[Reason]:
        """Each statement with too few answers; all of them are one reason, with the largest count."""
        few = {item: count for item, count in self.statements.items() if count < least}
        if few and len(few) == len(self.statements):
            yield self._reason(effect, "min_answers", "", max(few.values()), least)
            return
        for item, count in few.items():
            yield self._reason(effect, "min_answers", item, count, least)

    def _reason(self, effect: Effect, rule: str, node: str, value: float, threshold: float) -> Reason:
        return Reason(_STATUS[effect], rule, self.id, node, float(value), threshold)
