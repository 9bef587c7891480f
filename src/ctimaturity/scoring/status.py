"""Whether an entity has an index and is ranked, and every reason why not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Effect
from ctimaturity.model.score import Reason, Status
from ctimaturity.scoring.shares import COVERAGE, EXCLUDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from ctimaturity.model.response import EntityAnswers, Tallies
    from ctimaturity.model.rule import RespondentThresholds
    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.items import ItemValues
    from ctimaturity.scoring.step import PlannedMeasurement

    _Short = tuple[Effect, str, str, float, Decimal]
    """Effect, rule, what of the survey it is about, what there is, and what is asked for."""

_STATUS = {Effect.INCOMPLETE: Status.INCOMPLETE, Effect.PROVISIONAL: Status.PROVISIONAL}
_ORDER = list(Status)


def reasons_of(
    evaluation: Evaluation, items: Sequence[ItemValues], answers: Sequence[EntityAnswers]
) -> list[tuple[Reason, ...]]:
    """Why each entity is not ranked (method.md section 5); empty for those that are.

    The gravest first, then in the order of the definition. Of a missing measurement nothing else is
    said, and of the coverage of one node only the gravest.
    """
    of_entities: list[list[Reason]] = [[] for _ in answers]
    for number, measurement in enumerate(evaluation.plan.measurements):
        missing = evaluation.missing[number] | np.isnan(evaluation.value[measurement.root, 0])
        for entity in np.flatnonzero(missing).tolist():
            of_entities[entity].append(Reason(Status.INCOMPLETE, "missing", measurement.definition.id))
    _coverage(evaluation, of_entities)
    _excluded(evaluation, of_entities)
    for number, (measurement, values) in enumerate(zip(evaluation.plan.measurements, items, strict=True)):
        for entity, each in enumerate(answers):
            tallies = each.tallies.get(measurement.definition.id)
            if tallies is not None and not evaluation.missing[number, entity]:
                of_entities[entity].extend(_survey_reasons(evaluation, measurement, values, entity, tallies))
    for number, reasons in enumerate(of_entities):
        if answers[number].refused or any(values.forbidden[number] for values in items):
            reasons[:] = [Reason(Status.REFUSED, "refused")]
    return [tuple(sorted(reasons, key=lambda reason: _ORDER.index(reason.status))) for reasons in of_entities]


def status_of(reasons: Sequence[Reason]) -> Status:
    """The worst status that the reasons lead to; ranked without any."""
    return min((reason.status for reason in reasons), key=_ORDER.index, default=Status.RANKED)


def _coverage(evaluation: Evaluation, reasons: list[list[Reason]]) -> None:
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
            reasons[entity].append(
                Reason(
                    _STATUS[threshold.below],
                    "min_coverage",
                    place.measurement,
                    place.node,
                    value,
                    float(threshold.value),
                )
            )


def _excluded(evaluation: Evaluation, reasons: list[list[Reason]]) -> None:
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
            reasons[entity].append(
                Reason(status, "max_excluded", place.measurement, place.node, value, float(limit))
            )


def _survey_reasons(
    evaluation: Evaluation,
    measurement: PlannedMeasurement,
    values: ItemValues,
    entity: int,
    tallies: Tallies,
) -> Iterator[Reason]:
    """What falls short in the survey of one entity: the whole first, then segments, then statements."""
    thresholds = measurement.definition.respondents
    if thresholds is None:
        return
    asked = dict(zip(tallies.segments, tallies.respondents.tolist(), strict=True))
    segments = {segment.id: asked.get(segment.id, 0) for segment in evaluation.plan.questionnaire.segments}
    answers = {
        item.id: int(values.n[number, entity])
        for number, item in enumerate(measurement.definition.items)
        if values.applicable[number, entity]
    }
    short = (*_of_people(thresholds, sum(asked.values()), segments), *_of_statements(thresholds, answers))
    for effect, rule, node, value, threshold in short:
        name = measurement.definition.id
        yield Reason(_STATUS[effect], rule, name, node, float(value), float(threshold))


def _of_people(thresholds: RespondentThresholds, total: int, segments: Mapping[str, int]) -> Iterator[_Short]:
    least = thresholds.min_respondents
    if least is not None and total < least.value:
        yield least.below, "min_respondents", "", total, least.value
    least = thresholds.min_per_segment
    if least is not None:
        for segment, count in segments.items():
            if count < least.value:
                yield least.below, "min_per_segment", segment, count, least.value
    most = thresholds.max_segment_share
    if most is not None and total:
        for segment, count in segments.items():
            if Fraction(count, total) > Fraction(most.value):
                yield most.above, "max_segment_share", segment, count / total, most.value


def _of_statements(thresholds: RespondentThresholds, answers: Mapping[str, int]) -> Iterator[_Short]:
    """Each statement with too few answers; all of them are one reason, with the largest count."""
    least = thresholds.min_answers
    if least is None:
        return
    few = {item: count for item, count in answers.items() if count < least.value}
    if few and len(few) == len(answers):
        few = {"": max(few.values())}
    for item, count in few.items():
        yield least.below, "min_answers", item, count, least.value
