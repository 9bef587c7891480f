"""Copies of one workbook, united: answers to different items come together, contradictions do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.response import Response, State
from ctimaturity.model.text import in_language
from ctimaturity.workbook.marker import Marker
from ctimaturity.workbook.returned import is_answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import Source, Tallies
    from ctimaturity.workbook.returned import ReturnedWorkbook

NOBODY = "none"
"""`--keep none`: what is contested becomes blank."""
_ANSWERED = attrgetter(
    "state", "option", "number", "value", "value_before", "criterion", "own_mark", "reason", "year"
)


@dataclass
class United:
    """What the copies of one entity's workbook say together.

    Attributes:
        responses: By item id.
        tallies: By measurement id.
        lines: By measurement, the ids of the items that have a line in some copy.
        confirmed: Measurements whose blanks some copy confirms.
        issued: Measurements that some copy was made with a sheet for.
        lost: Names of the sheets that some copy was made with and none has, by their marker.
        open: Ids of the items that are not blank, but not settled either: contested, or unreadable.
        diagnostics: Contradictions, and what came of them.
    """

    responses: dict[str, Response] = field(default_factory=dict)
    tallies: dict[str, Tallies] = field(default_factory=dict)
    lines: dict[str, frozenset[str]] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    issued: frozenset[str] = frozenset()
    lost: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def unite(
    workbooks: Sequence[ReturnedWorkbook],
    questionnaire: Questionnaire,
    keep: str = "",
    surveys: Sequence[Tallies] = (),
) -> United:
    """Unite the copies of one entity's workbook.

    Answers to different items are put together; the same item with two answers is an error at
    both cells, unless `keep` settles it. Neither time nor order decides anything. A blank that the cover
    of a copy confirms is an answer too, where that copy answers something of the same measurement:
    otherwise the confirmation is about what the others answer.

    Args:
        workbooks: The copies.
        questionnaire: Their definition.
        keep: The file whose values win, `none` to leave contested answers blank, or nothing.
        surveys: Sources of respondents beside the workbooks.
    """
    united = United()
    for workbook in workbooks:
        united.confirmed |= workbook.confirmed
        united.issued |= workbook.issued
        for name, items in workbook.lines.items():
            united.lines[name] = united.lines.get(name, frozenset()) | items
        united.open |= {
            finding.location.item
            for finding in workbook.diagnostics
            if finding.code.severity is Severity.ERROR and finding.location.item in questionnaire.item_by_id
        }
    united.lost = _lost_sheets(workbooks, questionnaire)
    for measurement in questionnaire.measurements:
        asked = [item.id for item in measurement.items]
        confirming = [
            book
            for book in workbooks
            if measurement.id in book.confirmed and any(map(is_answered, map(book.responses.get, asked)))
        ]
        for item in asked:
            given = [book.responses[item] for book in workbooks if item in book.responses]
            if any(map(is_answered, given)):
                given += _confirmed_blanks(measurement, item, confirming)
            if given:
                united.responses[item] = _one_response(item, given, keep, united)
    sources = [*(tallies for book in workbooks for tallies in book.surveys), *surveys]
    for name in questionnaire.measurement_by_id:
        of_measurement = [tallies for tallies in sources if tallies.measurement == name]
        chosen = _one_survey(_segments_together(_different(of_measurement)), keep, united)
        if chosen is not None:
            united.tallies[name] = chosen
    return united


def _lost_sheets(workbooks: Sequence[ReturnedWorkbook], questionnaire: Questionnaire) -> dict[str, str]:
    """Names of the sheets that a copy was made with and none has, by their marker.

    A template has the sheets of all segments where it has that of one, whatever still says so.
    """
    present = frozenset().union(*(workbook.sheets for workbook in workbooks))
    made = {
        str(Marker(marker.measurement, marker.form, segment.id)): in_language(segment.label, "es")
        for marker in map(Marker.read, present)
        if marker and marker.segment
        for segment in questionnaire.segments
    }
    for workbook in workbooks:
        made |= workbook.identity.sheets
    return {marker: name for marker, name in made.items() if marker not in present}


def _confirmed_blanks(
    measurement: Measurement, item: str, workbooks: Sequence[ReturnedWorkbook]
) -> list[Response]:
    """What copies say by leaving an item blank and confirming it."""
    if measurement.confirm_blank is None:
        return []
    said = Response(State.ANSWERED, option=measurement.confirm_blank.option, confirmed=True)
    return [replace(said, source=book.blanks[item]) for book in workbooks if item in book.blanks]


def content(response: Response) -> tuple[object, ...]:
    """What is answered, without where it stands and what is said beside it."""
    answered: tuple[object, ...] = _ANSWERED(response)
    return answered


def _one_response(item: str, given: list[Response], keep: str, united: United) -> Response:
    answers = [response for response in given if is_answered(response)]
    different = list({content(response): response for response in reversed(answers)}.values())[::-1]
    if len(different) <= 1:
        return _with_remarks(different[0] if different else given[0], given)
    winner = next((response for response in different if response.source.file == keep), None)
    if winner is not None:
        loser = next(response for response in different if response is not winner)
        _contradict(codes.CONTESTED_SETTLED, winner, loser, item, united)
        return _with_remarks(winner, given)
    first, second, *_ = different
    code = codes.CONTESTED_BLANKED if keep == NOBODY else codes.ANSWERS_CONTRADICT
    for response in different:
        _contradict(code, response, second if response is first else first, item, united)
    if keep != NOBODY:
        return first
    united.open.add(item)
    return _with_remarks(Response(State.BLANK, source=first.source), given)


def _contradict(code: Code, response: Response, other: Response, item: str, united: United) -> None:
    """A finding at one cell, naming another."""
    united.diagnostics.append(_at(code, response.source, item, item=item, other=_place(other.source)))


def _with_remarks(response: Response, given: Iterable[Response]) -> Response:
    """The answer with what all copies say beside it."""
    return replace(
        response,
        evidence=_joined(copy.evidence for copy in given),
        observation=_joined(copy.observation for copy in given),
        reference=_joined(copy.reference for copy in given),
    )


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(sorted({text for text in texts if text}))


def _different(surveys: Iterable[Tallies]) -> list[Tallies]:
    """Surveys that are not the same; a copy that holds the same counts says nothing new."""
    different: list[Tallies] = []
    for tallies in surveys:
        if not any(_same(tallies, other) for other in different):
            different.append(tallies)
    return different


def _same(first: Tallies, second: Tallies) -> bool:
    return first.segments == second.segments and bool((first.counts == second.counts).all())


def _segments_together(different: list[Tallies]) -> list[Tallies]:
    """Sheets of counts of different segments, sent in copies of their own, as one survey.

    Only what workbooks count: a file of a survey, or rows of people, may hold the same people once more.
    """
    if len(different) <= 1:
        return different
    first = different[0]
    asked = {(survey.segments, survey.items, survey.options) for survey in different}
    counted = all(survey.source.sheet and not survey.covariances for survey in different)
    if len(asked) > 1 or not counted:
        return different
    # In how many of them each segment has counts.
    holding = sum(survey.counts.any(axis=(1, 2)).astype(int) for survey in different)
    if np.max(holding, initial=0) > 1:
        return different
    counts = np.sum([survey.counts for survey in different], axis=0)
    respondents = np.sum([survey.respondents for survey in different], axis=0)
    return [replace(first, counts=counts, respondents=respondents)]


def _one_survey(different: list[Tallies], keep: str, united: United) -> Tallies | None:
    if len(different) <= 1:
        return different[0] if different else None
    winners = [tallies for tallies in different if tallies.source.file == keep]
    if len(winners) == 1:
        code, chosen = codes.SURVEY_SETTLED, winners[0]
        different.sort(key=lambda tallies: tallies is not chosen)
    else:
        code = codes.SURVEYS_LEFT_OUT if keep == NOBODY else codes.TWO_SURVEYS
        chosen = None
    for tallies in different[:1] if chosen is not None else different:
        other = next(survey for survey in different if survey is not tallies)
        about = {"measurement": tallies.measurement, "other": _place(other.source)}
        united.diagnostics.append(_at(code, tallies.source, tallies.measurement, **about))
    return chosen


def _place(source: Source) -> str:
    return str(Location(file=source.file, sheet=source.sheet, cell=source.cell))


def _at(code: Code, source: Source, about: str, **parameters: str) -> Diagnostic:
    where = Location(file=source.file, sheet=source.sheet, cell=source.cell, item=about)
    return Diagnostic(code, where, parameters)
