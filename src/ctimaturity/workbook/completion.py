"""What an entity has answered, once it is known who it is: what can exist for it, and what blanks mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.marker import Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import Tallies
    from ctimaturity.workbook.copies import United
    from ctimaturity.workbook.returned import ReturnedWorkbook

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a measurement is answered.

    Attributes:
        answered: Items with an answer (or said to have no data or not to apply); statements that
            somebody has answered.
        asked: Items that can exist for the entity.
        respondents: Of a survey; None elsewhere.
    """

    answered: int
    asked: int
    respondents: int | None = None


def asked_of(
    questionnaire: Questionnaire, measurement: Measurement, entity: Entity | None
) -> tuple[Item, ...]:
    """The items of a measurement that can exist for an entity; all of them for nobody in particular."""
    if entity is None:
        return measurement.items
    return tuple(item for item in measurement.items if questionnaire.applies(item, entity.type, entity.code))


def completeness(
    questionnaire: Questionnaire,
    entity: Entity | None,
    responses: Mapping[str, Response],
    surveys: Iterable[Tallies],
    confirmed: frozenset[str] = frozenset(),
) -> dict[str, Completeness]:
    """How much of each measurement is answered, by its id.

    Args:
        questionnaire: The definition.
        entity: Who answers; None for nobody in particular.
        responses: By item id.
        surveys: The tallies.
        confirmed: Ids of items whose blanks are answers by the cover's confirmation.
    """
    found = {}
    by_measurement = {tallies.measurement: tallies for tallies in surveys}
    for measurement in questionnaire.measurements:
        asked = asked_of(questionnaire, measurement, entity)
        if measurement.collects is Collects.RESPONDENTS:
            tallies = by_measurement.get(measurement.id)
            answered = 0 if tallies is None else int(tallies.counts[:, :, :-2].any(axis=(0, 2)).sum())
            people = 0 if tallies is None else int(tallies.respondents.sum())
            found[measurement.id] = Completeness(answered, len(asked), people)
        else:
            answered = sum(item.id in confirmed or _is_answered(responses.get(item.id)) for item in asked)
            found[measurement.id] = Completeness(answered, len(asked))
    return found


def _is_answered(response: Response | None) -> bool:
    return response is not None and response.state is not State.BLANK


def applicable(workbook: ReturnedWorkbook, questionnaire: Questionnaire, entity: Entity) -> ReturnedWorkbook:
    """The workbook without answers to items that cannot exist for the entity; each is a warning.

    What cannot exist cannot be wrong either, so the findings on such cells give way.
    """
    impossible = {
        item.id
        for item in questionnaire.item_by_id.values()
        if not questionnaire.applies(item, entity.type, entity.code)
    }
    kept = {item: response for item, response in workbook.responses.items() if item not in impossible}
    aside: dict[str, Diagnostic] = {}
    diagnostics = []
    for diagnostic in workbook.diagnostics:
        place = diagnostic.location
        if place.item in impossible and diagnostic.code.id.startswith(("A", "R")):
            warning = Diagnostic(codes.NOT_APPLICABLE_ANSWERED, place, {"item": place.item}, diagnostic.value)
            aside.setdefault(place.item, warning)
        else:
            diagnostics.append(diagnostic)
    for item, response in workbook.responses.items():
        if item in impossible and response.state is not State.BLANK:
            at = response.source
            place = Location(file=at.file, sheet=at.sheet, cell=at.cell, item=item)
            aside.setdefault(item, Diagnostic(codes.NOT_APPLICABLE_ANSWERED, place, {"item": item}))
    return replace(workbook, responses=kept, diagnostics=(*diagnostics, *aside.values()))


def complete(
    united: United, questionnaire: Questionnaire, entity: Entity, files: tuple[str, ...], language: str
) -> list[Diagnostic]:
    """Turn confirmed blanks into answers, and say what is blank and which lines are missing.

    Args:
        united: What the entity's workbooks say; its responses are completed.
        questionnaire: The definition.
        entity: Who answers.
        files: The entity's workbooks; findings on no cell stand at the first.
        language: Of the names of measurements in findings.
    """
    found: list[Diagnostic] = []
    for measurement in questionnaire.measurements:
        where = Location(file=files[0], item=measurement.id)
        title = in_language(measurement.title, language)
        lines = united.lines.get(measurement.id, frozenset())
        if not lines:
            if measurement.id in united.issued:
                found.append(Diagnostic(codes.SHEET_MISSING, where, {"measurement": title}))
            continue
        found += [
            Diagnostic(codes.SEGMENT_SHEET_MISSING, where, {"sheet": visible(name[:_LONGEST_NAME])})
            for text, name in united.lost.items()
            if (marker := Marker.read(text)) and marker.segment and marker.measurement == measurement.id
        ]
        asked = asked_of(questionnaire, measurement, entity)
        found.extend(
            Diagnostic(codes.ITEM_MISSING, replace(where, item=item.id), {"item": item.id})
            for item in asked
            if item.id not in lines
        )
        blank = _blanks(united, measurement, asked, files[0])
        if blank:
            confirmed = measurement.id in united.confirmed
            code = codes.BLANKS_CONFIRMED if confirmed else codes.BLANKS_UNCONFIRMED
            about: dict[str, Parameter] = {"count": blank, "asked": len(asked), "measurement": title}
            found.append(Diagnostic(code, where, about))
    return found


def _blanks(united: United, measurement: Measurement, asked: tuple[Item, ...], file: str) -> int:
    """How many items are blank where the cover could confirm them; confirmed ones become answers.

    What was contested and left blank stays so, and what cannot be read is not blank.
    """
    if measurement.confirm_blank is None:
        return 0
    blank = [
        item.id
        for item in asked
        if not _is_answered(united.responses.get(item.id)) and item.id not in united.open
    ]
    if measurement.id not in united.confirmed:
        return len(blank)
    standing = [item for item in blank if item in united.lines[measurement.id]]
    for item in standing:
        option = measurement.confirm_blank.option
        united.responses[item] = _confirmed(united.responses.get(item), option, file)
    return len(standing)


def _confirmed(blank: Response | None, option: str, file: str) -> Response:
    base = blank or Response(State.BLANK, source=Source(file=file))
    return replace(base, state=State.ANSWERED, option=option, confirmed=True)
