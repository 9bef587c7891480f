"""Copies of one workbook, united: answers to different items come together, contradictions do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.response import Response, State
from ctimaturity.model.text import in_language
from ctimaturity.workbook.marker import Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import Source, Tallies
    from ctimaturity.workbook.returned import ReturnedWorkbook

NOBODY = "none"
"""`--keep none`: what is contested becomes blank."""


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
    present = frozenset().union(*(workbook.sheets for workbook in workbooks))
    made = _segment_sheets(questionnaire, present) | {
        marker: name for workbook in workbooks for marker, name in workbook.identity.sheets.items()
    }
    united.lost = {marker: name for marker, name in made.items() if marker not in present}
    for measurement in questionnaire.measurements:
        confirmed = [
            book
            for book in workbooks
            if measurement.id in book.confirmed and any(_answers(book, item.id) for item in measurement.items)
        ]
        for item in measurement.items:
            given = [book.responses[item.id] for book in workbooks if item.id in book.responses]
            if any(response.state is not State.BLANK for response in given):
                given += _confirmed_blanks(measurement, item.id, confirmed)
            if given:
                united.responses[item.id] = _one_response(item.id, given, keep, united)
    sources = [*(tallies for book in workbooks for tallies in book.surveys), *surveys]
    for name in questionnaire.measurement_by_id:
        found = [tallies for tallies in sources if tallies.measurement == name]
        chosen = _one_survey(_segments_together(_different(found)), keep, united)
        if chosen is not None:
            united.tallies[name] = chosen
    return united


def _segment_sheets(questionnaire: Questionnaire, present: Iterable[str]) -> dict[str, str]:
    """The sheets of all segments where one is there: a template has each, whatever still says so."""
    counted = [marker for text in present if (marker := Marker.read(text)) and marker.segment]
    return {
        str(Marker(marker.measurement, marker.form, segment.id)): in_language(segment.label, "es")
        for marker in counted
        for segment in questionnaire.segments
    }


def _confirmed_blanks(
    measurement: Measurement, item: str, workbooks: Sequence[ReturnedWorkbook]
) -> list[Response]:
    """What copies say by leaving an item blank and confirming it."""
    if measurement.confirm_blank is None:
        return []
    said = Response(State.ANSWERED, option=measurement.confirm_blank.option, confirmed=True)
    return [replace(said, source=book.blanks[item]) for book in workbooks if item in book.blanks]


def _answers(workbook: ReturnedWorkbook, item: str) -> bool:
    response = workbook.responses.get(item)
    return response is not None and response.state is not State.BLANK


def content(response: Response) -> tuple[object, ...]:
    """What is answered, without where it stands and what is said beside it."""
    return (
        response.state,
        response.option,
        response.number,
        response.value,
        response.value_before,
        response.criterion,
        response.own_mark,
        response.reason,
        response.year,
    )


def _one_response(item: str, given: list[Response], keep: str, united: United) -> Response:
    answers = [response for response in given if response.state is not State.BLANK]
    different = list({content(response): response for response in reversed(answers)}.values())[::-1]
    if len(different) <= 1:
        return _with_remarks(different[0] if different else given[0], given)
    winner = next((response for response in different if response.source.file == keep), None)
    if winner is None and keep != NOBODY:
        first, *others = different
        _contradict(codes.ANSWERS_CONTRADICT, [first, *others], item, united)
        return first
    if winner is None:
        _contradict(codes.CONTESTED_BLANKED, different, item, united)
        united.open.add(item)
        return _with_remarks(Response(State.BLANK, source=different[0].source), given)
    losers = [response for response in different if response is not winner]
    _contradict(codes.CONTESTED_SETTLED, [winner, losers[0]], item, united, only_first=True)
    return _with_remarks(winner, given)


def _contradict(
    code: Code, different: Sequence[Response], item: str, united: United, *, only_first: bool = False
) -> None:
    """A finding at each of the cells, naming another."""
    for response in different[:1] if only_first else different:
        other = next(one for one in different if one is not response)
        united.diagnostics.append(_at(code, response.source, item, item=item, other=_place(other.source)))


def _with_remarks(response: Response, given: Iterable[Response]) -> Response:
    """The answer with what all copies say beside it."""
    return replace(
        response,
        evidence=_joined(one.evidence for one in given),
        observation=_joined(one.observation for one in given),
        reference=_joined(one.reference for one in given),
    )


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(sorted({text for text in texts if text}))


def _different(found: Iterable[Tallies]) -> list[Tallies]:
    """Surveys that are not the same; a copy that holds the same counts says nothing new."""
    different: list[Tallies] = []
    for tallies in found:
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
    first, *others = different
    asked = {(one.segments, one.items, one.options) for one in different}
    people = sum(
        (one.counts.any(axis=(1, 2)).astype(int) for one in different), np.zeros(len(first.segments))
    )
    counted = all(one.source.sheet and not one.covariances for one in different)
    if len(asked) > 1 or not counted or people.max(initial=0) > 1:
        return different
    counts, respondents = first.counts, first.respondents
    for other in others:
        counts, respondents = counts + other.counts, respondents + other.respondents
    return [replace(first, counts=counts, respondents=respondents)]


def _one_survey(different: list[Tallies], keep: str, united: United) -> Tallies | None:
    if len(different) <= 1:
        return different[0] if different else None
    winners = [tallies for tallies in different if tallies.source.file == keep]
    if len(winners) == 1:
        code, chosen = codes.SURVEY_SETTLED, winners[0]
        different = [chosen, *(tallies for tallies in different if tallies is not chosen)]
    else:
        code = codes.SURVEYS_LEFT_OUT if keep == NOBODY else codes.TWO_SURVEYS
        chosen = None
    for tallies in different[:1] if chosen is not None else different:
        other = next(one for one in different if one is not tallies)
        about = {"measurement": tallies.measurement, "other": _place(other.source)}
        united.diagnostics.append(_at(code, tallies.source, tallies.measurement, **about))
    return chosen


def _place(source: Source) -> str:
    return str(Location(file=source.file, sheet=source.sheet, cell=source.cell))


def _at(code: Code, source: Source, about: str, **parameters: str) -> Diagnostic:
    where = Location(file=source.file, sheet=source.sheet, cell=source.cell, item=about)
    return Diagnostic(code, where, parameters)
