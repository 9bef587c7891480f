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
from ctimaturity.workbook.layout import asked_items
from ctimaturity.workbook.marker import Marker
from ctimaturity.workbook.returned import is_answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.diagnostics.code import Code
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
    done = {}
    by_measurement = {tallies.measurement: tallies for tallies in surveys}
    for measurement in questionnaire.measurements:
        asked = asked_items(questionnaire, measurement, entity)
        if measurement.collects is Collects.RESPONDENTS:
            tallies = by_measurement.get(measurement.id)
            answered = 0 if tallies is None else int(tallies.counts[:, :, :-2].any(axis=(0, 2)).sum())
            people = 0 if tallies is None else int(tallies.respondents.sum())
            done[measurement.id] = Completeness(answered, len(asked), people)
        else:
            answered = sum(item.id in confirmed or is_answered(responses.get(item.id)) for item in asked)
            done[measurement.id] = Completeness(answered, len(asked))
    return done


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
    diagnostics: list[Diagnostic] = []

    def note(code: Code, place: str, /, **about: Parameter) -> None:
        diagnostics.append(Diagnostic(code, Location(file=files[0], item=place), about))

    for measurement in questionnaire.measurements:
        title = in_language(measurement.title, language)
        lines = united.lines.get(measurement.id, frozenset())
        if not lines:
            if measurement.id in united.issued:
                note(codes.SHEET_MISSING, measurement.id, measurement=title)
            continue
        for text, name in united.lost.items():
            marker = Marker.read(text)
            if marker and marker.segment and marker.measurement == measurement.id:
                note(codes.SEGMENT_SHEET_MISSING, measurement.id, sheet=visible(name[:_LONGEST_NAME]))
        asked = asked_items(questionnaire, measurement, entity)
        for item in asked:
            if item.id not in lines:
                note(codes.ITEM_MISSING, item.id, item=item.id)
        blank = _blanks(united, measurement, asked, files[0])
        if blank:
            confirmed = measurement.id in united.confirmed
            code = codes.BLANKS_CONFIRMED if confirmed else codes.BLANKS_UNCONFIRMED
            note(code, measurement.id, count=blank, asked=len(asked), measurement=title)
    return diagnostics


def _blanks(united: United, measurement: Measurement, asked: tuple[Item, ...], file: str) -> int:
    """How many items are blank where the cover could confirm them; confirmed ones become answers.

    What was contested and left blank stays so, and what cannot be read is not blank.
    """
    if measurement.confirm_blank is None:
        return 0
    blank = [
        item.id
        for item in asked
        if not is_answered(united.responses.get(item.id)) and item.id not in united.open
    ]
    if measurement.id not in united.confirmed:
        return len(blank)
    standing = [item for item in blank if item in united.lines[measurement.id]]
    for item in standing:
        left = united.responses.get(item) or Response(State.BLANK, source=Source(file=file))
        option = measurement.confirm_blank.option
        united.responses[item] = replace(left, state=State.ANSWERED, option=option, confirmed=True)
    return len(standing)
