"""answers.csv, read back."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects
from ctimaturity.model.ruling import Decision, Ruled
from ctimaturity.results.answers_table import BLANK, COLUMNS
from ctimaturity.results.stored_table import StoredTable, restored
from ctimaturity.results.table import YES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from ctimaturity.model.questionnaire import Item, Questionnaire
    from ctimaturity.model.scale import Scale

_NAMES = tuple(column.name for column in COLUMNS)
_STATES = frozenset(state.value for state in State)


def read_answers(
    questionnaire: Questionnaire, entities: Collection[str], table: StoredTable
) -> dict[str, dict[str, Response]]:
    """The responses of every entity, by its code and the item.

    Rows that say nothing but blank, from nowhere, are those of items that nobody was asked or answered;
    they are left out, as they were before they were written.
    """
    answers: dict[str, dict[str, Response]] = {code: {} for code in entities}
    for cells in table.rows(_NAMES):
        row = dict(zip(_NAMES, cells, strict=True))
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
            if response != BLANK:
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
            reported.setdefault(code, {})[item] = read[code].get(item, BLANK)
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
