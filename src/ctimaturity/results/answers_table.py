"""answers.csv: every answer of capacities and results, as read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.results.index_columns import REFERENCE
from ctimaturity.results.table import NO, OF_ENTITY, YES, Column, Row, Table, legible
from ctimaturity.scoring.marks import Mark, Marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from decimal import Decimal

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Item, Measurement

COLUMNS = (
    Column("entity_code", "string", "Code of the entity, as text", required=True),
    Column("measurement", "string", "Id of the measurement", required=True),
    Column("item", "string", "Id of the item", required=True),
    Column(
        "state", "string", "State of the answer", choices=tuple(state.value for state in State), required=True
    ),
    Column("reason", "string", "Id of the reason for no data or not applicable"),
    Column("value", "number", "Value of the indicator, or that of the later year; its unit stands in unit"),
    Column("value_before", "number", "Value of the base year, of indicators of growth"),
    Column("mark", "string", "The mark that counts: the option chosen, or the mark of the indicator"),
    Column("criterion", "string", "Criterion mark that the entity gave itself"),
    Column("own_mark", "string", "Range mark that the entity gave itself"),
    Column(
        "basis",
        "string",
        "Where the mark of the indicator comes from",
        choices=("range", "criterion", "self"),
    ),
    Column("unit", "string", "Id of the unit of the value"),
    Column("year", "integer", "Year of the value", "year"),
    Column("source", "string", "Source of the value, as the entity wrote it"),
    Column("evidence", "string", "Evidence, as the entity wrote it"),
    Column("observation", "string", "Observation, as the entity wrote it"),
    Column(
        "origin", "string", "What the answer was taken from", choices=("workbook", "statistics", "ruling")
    ),
    Column("file", "string", "File that the answer stands in"),
    Column("sheet", "string", "Sheet that the answer stands in"),
    Column("cell", "string", "Cell that the answer stands in"),
    Column("confirmed", "boolean", "Not marked, and the cover says that this is an answer", required=True),
)
KEY = ("entity_code", "measurement", "item")
BLANK = Response(State.BLANK)
"""An answer that is not there: nothing was written anywhere."""


def answers_table(assessment: Assessment) -> Table:
    """Answers by entity code, then in the order of the definition.

    Every item that applies to the entity has a row, unless the entity was refused: then only what could
    be read.
    """

    def rows() -> Iterator[Row]:
        for code in sorted(assessment.answers):
            answers = assessment.answers[code]
            for measurement in assessment.questionnaire.measurements:
                if measurement.collects is not Collects.RESPONDENTS:
                    yield from _of_measurement(assessment, measurement, answers)

    title = "Every answer of capacities and results, as read"
    return Table("answers", title, _columns(assessment), KEY, rows, (OF_ENTITY,))


def reported_table(assessment: Assessment) -> Table:
    """The answers that rulings have changed, as the entities reported them."""

    def rows() -> Iterator[Row]:
        reported = assessment.verification.reported if assessment.verification else {}
        for code in sorted(reported):
            answers = replace(assessment.answers[code], responses=reported[code])
            for measurement in assessment.questionnaire.measurements:
                if measurement.collects is not Collects.RESPONDENTS:
                    yield from _of_measurement(assessment, measurement, answers, reported[code])

    title = "The answers that rulings have changed, as reported"
    return Table("reported", title, _columns(assessment), KEY, rows, (OF_ENTITY,))


def _columns(assessment: Assessment) -> tuple[Column, ...]:
    return COLUMNS if assessment.reference is None else (*COLUMNS, REFERENCE)


def _of_measurement(
    assessment: Assessment,
    measurement: Measurement,
    answers: EntityAnswers,
    only: Collection[str] | None = None,
) -> Iterator[Row]:
    entity = answers.entity
    questionnaire = assessment.questionnaire
    marks = None
    if measurement.collects is Collects.INDICATORS:
        asked_for = assessment.index.results_basis
        basis = ResultsBasis(asked_for) if asked_for else None
        marks = Marks(questionnaire, measurement, basis, assessment.reference)
    cited = None if assessment.reference is None else legible(assessment.reference.cited)
    for item in measurement.items:
        if only is not None and item.id not in only:
            continue
        response = answers.responses.get(item.id)
        if response is None and (
            answers.refused or not questionnaire.applies(item, entity.type, entity.code)
        ):
            continue
        given = response or BLANK
        counted = _counted(marks.of(item, response, entity)) if marks else _Counted(given.state, _mark(given))
        last = () if cited is None else (cited if counted.basis == ResultsBasis.RANGE else None,)
        yield (entity.code, measurement.id, item.id, *_cells(item, given, counted), *last)


class _Counted(NamedTuple):
    """What an answer counts as."""

    state: State
    mark: str | Decimal
    basis: str | None = None


def _counted(mark: Mark) -> _Counted:
    return _Counted(mark.state, mark.option, mark.basis.value)


def _mark(response: Response) -> str | Decimal:
    return response.option if response.number is None else response.number


def _cells(item: Item, response: Response, counted: _Counted) -> Row:
    source = response.source
    return (
        counted.state.value,
        response.reason,
        response.value,
        response.value_before,
        counted.mark,
        response.criterion,
        response.own_mark,
        counted.basis,
        item.unit,
        response.year,
        legible(response.reference),
        legible(response.evidence),
        legible(response.observation),
        source.origin if response != BLANK else None,
        legible(source.file),
        legible(source.sheet),
        source.cell,
        YES if response.confirmed else NO,
    )
