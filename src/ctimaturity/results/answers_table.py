"""answers.csv: every answer of capacities and results, as read; written and read back."""

from __future__ import annotations

from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.files.csv import restored
from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.ruling import Decision, Ruled
from ctimaturity.results.table import ENTITY_CODE, OF_ENTITY, REFERENCE, YES, Column, Table, row_maker
from ctimaturity.scoring.marks import Mark, Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from decimal import Decimal

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.scale import Scale
    from ctimaturity.results.stored_table import StoredTable

_STATES = tuple(state.value for state in State)
_BLANK = Response(State.BLANK)
"""An answer that is not there: nothing was written anywhere."""


class _Counted(NamedTuple):
    """What an answer counts as."""

    state: str
    mark: str | Decimal
    basis: str | None = None


class _Given(NamedTuple):
    """What a row is made of."""

    code: str
    measurement: Measurement
    item: Item
    response: Response
    counted: _Counted


# Got cell by cell, 300,000 answers of 1,100 entities take 1.5 s more than by order: 1 % of reading them.
_COLUMNS: tuple[Column[_Given], ...] = (
    replace(ENTITY_CODE, get="code"),
    Column("measurement", "string", "Id of the measurement", required=True, get="measurement.id"),
    Column("item", "string", "Id of the item", required=True, get="item.id"),
    Column("state", "string", "State of the answer", choices=_STATES, required=True, get="counted.state"),
    Column("reason", "string", "Id of the reason for no data or not applicable", get="response.reason"),
    Column(
        "value",
        "number",
        "Value of the indicator, or that of the later year; its unit stands in unit",
        get="response.value",
    ),
    Column(
        "value_before",
        "number",
        "Value of the base year, of indicators of growth",
        get="response.value_before",
    ),
    Column(
        "mark",
        "string",
        "The mark that counts: the option chosen, or the mark of the indicator",
        get="counted.mark",
    ),
    Column("criterion", "string", "Criterion mark that the entity gave itself", get="response.criterion"),
    Column("own_mark", "string", "Range mark that the entity gave itself", get="response.own_mark"),
    Column(
        "basis",
        "string",
        "Where the mark of the indicator comes from",
        choices=("range", "criterion", "self"),
        get="counted.basis",
    ),
    Column("unit", "string", "Id of the unit of the value", get="item.unit"),
    Column("year", "integer", "Year of the value", "year", get="response.year"),
    Column("source", "string", "Source of the value, as the entity wrote it", get="response.reference"),
    Column("evidence", "string", "Evidence, as the entity wrote it", get="response.evidence"),
    Column("observation", "string", "Observation, as the entity wrote it", get="response.observation"),
    Column(
        "origin",
        "string",
        "What the answer was taken from",
        choices=("workbook", "statistics", "ruling"),
        get=lambda given: None if given.response == _BLANK else given.response.source.origin,
    ),
    Column("file", "string", "File that the answer stands in", get="response.source.file"),
    Column("sheet", "string", "Sheet that the answer stands in", get="response.source.sheet"),
    Column("cell", "string", "Cell that the answer stands in", get="response.source.cell"),
    Column(
        "confirmed",
        "boolean",
        "Not marked, and the cover says that this is an answer",
        required=True,
        get="response.confirmed",
    ),
)
_KEY = ("entity_code", "measurement", "item")


def answers_table(assessment: Assessment) -> Table:
    """Answers by entity code, then in the order of the definition.

    Every item that applies to the entity has a row, unless the entity was refused: then only what could
    be read.
    """
    title = "Every answer of capacities and results, as read"
    return _table("answers", title, assessment, lambda: _all_given(assessment, assessment.answers))


def reported_table(assessment: Assessment) -> Table:
    """The answers that rulings have changed, as the entities reported them."""
    changed = assessment.verification.reported if assessment.verification else {}
    reported = {code: replace(assessment.answers[code], responses=own) for code, own in changed.items()}

    def given() -> Iterator[_Given]:
        return (one for one in _all_given(assessment, reported) if one.item.id in changed[one.code])

    return _table("reported", "The answers that rulings have changed, as reported", assessment, given)


def _table(name: str, title: str, assessment: Assessment, given: Callable[[], Iterator[_Given]]) -> Table:
    columns, reference = _COLUMNS, assessment.reference
    if reference is not None:
        columns = (*columns, replace(REFERENCE, get=lambda one: _cited(one, reference)))
    cells = row_maker(columns)
    return Table(name, title, columns, _KEY, lambda: map(cells, given()), (OF_ENTITY,))


def _cited(given: _Given, reference: Reference) -> str | None:
    return reference.cited if given.counted.basis == ResultsBasis.RANGE else None


def _all_given(assessment: Assessment, answers: Mapping[str, EntityAnswers]) -> Iterator[_Given]:
    """What each row is made of, of everything but surveys."""
    questionnaire = assessment.questionnaire
    for code in sorted(answers):
        entity, responses = answers[code].entity, answers[code].responses
        for measurement in questionnaire.measurements:
            if measurement.collects is Collects.RESPONDENTS:
                continue
            marks = None
            if measurement.collects is Collects.INDICATORS:
                basis = assessment.index.results_basis
                marks = Marks(questionnaire, measurement, basis, assessment.reference)
            for item in measurement.items:
                response = responses.get(item.id)
                if response is None and (
                    answers[code].refused or not questionnaire.applies(item, entity.type, entity.code)
                ):
                    continue
                given = response or _BLANK
                counted = _own(given) if marks is None else _counted(marks.of(item, response, entity))
                yield _Given(code, measurement, item, given, counted)


def _counted(mark: Mark) -> _Counted:
    return _Counted(mark.state.value, mark.option, mark.basis.value)


def _own(response: Response) -> _Counted:
    mark = response.option if response.number is None else response.number
    return _Counted(response.state.value, mark)


def read_answers(
    questionnaire: Questionnaire, entities: Collection[str], table: StoredTable
) -> dict[str, dict[str, Response]]:
    """The responses of every entity, by its code and the item.

    Rows that say nothing but blank, from nowhere, are those of items that nobody was asked or answered;
    they are left out, as they were before they were written.
    """
    answers: dict[str, dict[str, Response]] = {code: {} for code in entities}
    for row in table.records(_COLUMNS):
        code = intern(restored(row["entity_code"]))
        item = questionnaire.item_by_id.get(row["item"])
        if code not in answers:
            table.refuse(code, "entity_code")
        elif item is None or questionnaire.measurement_of_item[item.id].id != row["measurement"]:
            table.refuse(row["item"], "item" if item is None else "measurement")
        elif row["state"] not in _STATES:
            table.refuse(row["state"], "state")
        elif table.is_new((code, item.id)):
            response = _response(questionnaire, item, row, table)
            if response != _BLANK:
                answers[code][item.id] = response
    return answers


def read_reported(
    questionnaire: Questionnaire, entities: Collection[str], rulings: Sequence[Ruled], table: StoredTable
) -> dict[str, dict[str, Response]]:
    """The answers that rulings have changed, as reported; those that were not there are blank.

    Only entities with such an answer are in it.
    """
    read = read_answers(questionnaire, entities, table)
    reported: dict[str, dict[str, Response]] = {}
    for ruled in rulings:
        code, item = ruled.ruling.entity, ruled.ruling.item
        if ruled.decision in {Decision.CHANGED, Decision.BLANK} and code in read:
            reported.setdefault(code, {})[item] = read[code].get(item, _BLANK)
    return reported


def _response(questionnaire: Questionnaire, item: Item, row: dict[str, str], table: StoredTable) -> Response:
    measurement = questionnaire.measurement_of_item[item.id]
    indicator = measurement.collects is Collects.INDICATORS
    option, number = "", None
    if not indicator:
        option, number = _mark(questionnaire.scales[item.scale], row["mark"], table)
    value = table.number(row["value"], "value")
    before = table.number(row["value_before"], "value_before")
    criterion = _code(questionnaire, measurement.criterion_scale, row["criterion"], "criterion", table)
    own_mark = _code(questionnaire, measurement.range_scale or item.scale, row["own_mark"], "own_mark", table)
    state = State(row["state"])
    if indicator and state is not State.NOT_APPLICABLE and not row["reason"]:
        # What such an indicator counts as follows from the basis of the scoring, which is chosen anew.
        written = value is not None or before is not None or criterion or own_mark
        state = State.ANSWERED if written else State.BLANK
    return Response(
        state=state,
        option=option,
        number=number,
        value=value,
        value_before=before,
        criterion=criterion,
        own_mark=own_mark,
        reason=row["reason"],
        year=table.whole(row["year"], "year"),
        reference=restored(row["source"]),
        evidence=restored(row["evidence"]),
        observation=restored(row["observation"]),
        confirmed=row["confirmed"] == YES,
        source=_source(row),
    )


def _source(row: dict[str, str]) -> Source:
    # One string for each name, however often a file of hundreds of thousands of rows has it.
    return Source(
        file=intern(restored(row["file"])),
        sheet=intern(restored(row["sheet"])),
        cell=intern(row["cell"]),
        origin=intern(row["origin"] or Source().origin),
    )


def _mark(scale: Scale, cell: str, table: StoredTable) -> tuple[str, Decimal | None]:
    """The option and the number that a mark stands for; only one of them is there."""
    if not cell or cell in scale.by_code or cell in _choices(scale):
        return cell, None
    if scale.range is not None:
        return "", table.number(cell, "mark")
    table.refuse(cell, "mark")
    return "", None


def _code(questionnaire: Questionnaire, scale: str | None, cell: str, column: str, table: StoredTable) -> str:
    if cell and (scale is None or cell not in questionnaire.scales[scale].by_code):
        table.refuse(cell, column)
    return cell


def _choices(scale: Scale) -> set[str]:
    return {choice.code for choice in (scale.dont_know, scale.not_applicable) if choice is not None}
