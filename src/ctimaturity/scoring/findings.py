"""What a scoring has to say about the answers it read and about who is not ranked."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.score import Status
from ctimaturity.scoring.marks import Marks
from ctimaturity.scoring.tallies import UNKNOWN_SEGMENT, design_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers, Response
    from ctimaturity.model.score import Index, Reason

_OF_RULE = {
    "missing": codes.MEASUREMENT_MISSING,
    "min_coverage": codes.COVERAGE_TOO_LOW,
    "max_excluded": codes.EXCLUDED_TOO_MUCH,
    "min_respondents": codes.RESPONDENTS_TOO_FEW,
    "min_per_segment": codes.SEGMENT_TOO_SMALL,
    "max_segment_share": codes.SEGMENT_TOO_LARGE,
    "min_answers": codes.ANSWERS_TOO_FEW,
}
_SHARES = frozenset({"min_coverage", "max_excluded", "max_segment_share"})
"""Rules whose values are shares, said in per cent."""

_MOST_DIGITS = 6
"""Of a share in per cent; what differs less from its threshold is a matter of rounding."""
_NAMED = 5
"""Statements that a finding names."""


def findings(
    questionnaire: Questionnaire,
    answers: Mapping[str, EntityAnswers],
    index: Index,
    reference: Reference | None = None,
) -> tuple[Diagnostic, ...]:
    """The findings of a scoring, in order.

    Args:
        questionnaire: The definition.
        answers: By entity code, those that were scored.
        index: What came out.
        reference: The reference ranges that were used.
    """
    diagnostics: list[Diagnostic] = []
    measured = [questionnaire.measurement_by_id[name] for name in index.measurements]
    for row in index.rows:
        mine = answers[row.entity.code]
        if row.status is Status.REFUSED:
            continue
        diagnostics.extend(_reasons(mine, row.reasons))
        for measurement in measured:
            if measurement.collects is Collects.INDICATORS:
                marks = Marks(questionnaire, measurement, ResultsBasis(index.results_basis), reference)
                diagnostics.extend(_indicators(questionnaire, measurement, marks, mine))
            if measurement.collects is Collects.RESPONDENTS:
                diagnostics.extend(findings_of_weights(measurement, mine))
    return in_order(diagnostics)


def _reasons(answers: EntityAnswers, reasons: Sequence[Reason]) -> Iterator[Diagnostic]:
    """A finding each; statements with too few answers are one, which names the one that has the fewest."""
    statements: dict[str, list[Reason]] = {}
    for reason in reasons:
        if reason.rule == "min_answers":
            statements.setdefault(reason.measurement, []).append(reason)
        else:
            yield _reason(answers, reason)
    for few in statements.values():
        yield _reason(answers, min(few, key=lambda reason: reason.value), count=len(few))


def _reason(answers: EntityAnswers, reason: Reason, count: int = 1) -> Diagnostic:
    code = _OF_RULE[reason.rule]
    if code is codes.ANSWERS_TOO_FEW and not reason.node:
        code = codes.ALL_ANSWERS_TOO_FEW
    parameters: dict[str, str | int | float] = {
        "entity": answers.entity.code,
        "measurement": reason.measurement,
        "node": reason.node,
        "count": count,
    }
    if reason.threshold == reason.threshold:
        parameters |= _measured(reason)
    return Diagnostic(code, Location(file=_file(answers), item=reason.node), parameters)


def _measured(reason: Reason) -> dict[str, str | int | float]:
    """What was measured and what was asked for; shares in per cent, rounded as in documents.

    A share that would be shown like its threshold gets the digits that tell the two apart.
    """
    if reason.rule not in _SHARES:
        return {"value": round(reason.value), "threshold": f"{reason.threshold:g}"}
    exact, threshold = (Decimal(repr(share)) * 100 for share in (reason.value, reason.threshold))
    shown = threshold
    digits = 0
    while shown == threshold and digits <= _MOST_DIGITS:
        shown = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        digits += 1
    value = int(shown) if shown == int(shown) else str(shown)
    return {"value": value, "threshold": f"{threshold.normalize():f}"}


def _file(answers: EntityAnswers) -> str:
    return answers.files[0] if len(answers.files) == 1 else ""


def _indicators(
    questionnaire: Questionnaire, measurement: Measurement, marks: Marks, answers: EntityAnswers
) -> Iterator[Diagnostic]:
    entity = answers.entity
    for item in measurement.items:
        if not questionnaire.applies(item, entity.type, entity.code):
            continue
        response = answers.responses.get(item.id)
        if marks.basis is ResultsBasis.RANGE and not marks.covers(item, entity):
            yield Diagnostic(codes.NOT_IN_REFERENCE, Location(item=item.id), {"item": item.id})
        elif response is not None and response.state is not State.NO_DATA:
            yield from _indicator(item, response, marks, answers)


def _indicator(item: Item, response: Response, marks: Marks, answers: EntityAnswers) -> Iterator[Diagnostic]:
    mark = marks.of(item, response, answers.entity)
    source = response.source
    place = Location(file=source.file, sheet=source.sheet, cell=source.cell, item=item.id)

    def finding(code: Code, **parameters: str) -> Diagnostic:
        return Diagnostic(code, place, {"item": item.id, **parameters})

    filled = response.value is not None or response.criterion or response.own_mark
    if mark.state is State.BLANK and filled:
        yield finding(codes.BLANK_BESIDE_ENTRIES, basis=mark.basis)
    if mark.basis is ResultsBasis.RANGE and mark.option and response.own_mark not in {"", mark.option}:
        yield finding(codes.REFERENCE_WINS, mark=mark.option, stated=response.own_mark)
    reads_value = marks.covers(item, answers.entity) and response.value is not None
    if reads_value and not marks.marked_by_value(item, response, answers.entity):
        yield finding(codes.VALUE_NOT_MARKED)


def findings_of_weights(measurement: Measurement, answers: EntityAnswers) -> Iterator[Diagnostic]:
    """Who of a survey has no weight, where segments are weighted by their people."""
    tallies = answers.tallies.get(measurement.id)
    weights = {} if tallies is None else design_weights(answers, tallies)
    if tallies is None or not weights:
        return
    entity = answers.entity.code
    place = Location(file=tallies.source.file, sheet=tallies.source.sheet)
    # A statement that nobody answered has no mean, and no weights.
    answered_by_all = tallies.counts[:, :, :-2].sum(axis=(0, 2)).tolist()
    for row, segment in enumerate(tallies.segments):
        count = int(tallies.respondents[row])
        if segment == UNKNOWN_SEGMENT and count:
            yield Diagnostic(
                codes.UNKNOWN_SEGMENT_UNWEIGHTED,
                place,
                {"count": count, "entity": entity, "measurement": measurement.id},
            )
        if row not in weights:
            continue
        answered = tallies.counts[row, :, :-2].sum(axis=1).tolist()
        unsaid = [
            item
            for item, said, by_all in zip(tallies.items, answered, answered_by_all, strict=True)
            if by_all and not said
        ]
        if unsaid:
            named = ", ".join(unsaid[:_NAMED]) + (" …" if len(unsaid) > _NAMED else "")
            where = Location(file=place.file, sheet=place.sheet, item=unsaid[0] if len(unsaid) == 1 else "")
            about = {"segment": segment, "entity": entity, "item": named}
            yield Diagnostic(codes.SEGMENT_WITHOUT_ANSWERS, where, about)
