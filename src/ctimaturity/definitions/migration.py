"""Answers taken over from one definition into another: what means the same, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.crosswalk import Fate, Passage, Why
from ctimaturity.model.response import EntityAnswers, Response, State, Tallies
from ctimaturity.model.rule import Collects

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.definitions.route import Route, Routes, ScaleRoute


@dataclass(frozen=True)
class Migrated:
    """Answers under another definition.

    Attributes:
        answers: Those that mean the same.
        passages: What became of each, in the order of the new definition, then what is left out.
    """

    answers: EntityAnswers
    passages: tuple[Passage, ...]


def migrate(answers: EntityAnswers, routes: Routes) -> Migrated:
    """Take answers over.

    A blank that a cover's confirmation had turned into an answer becomes a written answer: a
    confirmation says nothing of what is asked now and was not asked then.
    """
    passages: list[Passage] = []
    responses: dict[str, Response] = {}
    for name, route in routes.by_item.items():
        response = answers.responses.get(route.source.id)
        if response is None:
            continue
        carried, fates = _response(response, route, routes)
        passages += fates
        if carried != Response(State.BLANK, source=response.source):
            responses[name] = carried
    tallies = {}
    for measurement in routes.new.measurements:
        if measurement.collects is Collects.RESPONDENTS:
            for survey in answers.tallies.values():
                taken, fates = _survey(survey, measurement.id, routes)
                passages += fates
                if taken is not None:
                    tallies[measurement.id] = taken
    passages += new_items(routes)
    passages += _gone(answers, routes)
    carried_answers = replace(
        answers, responses=MappingProxyType(responses), tallies=MappingProxyType(tallies)
    )
    return Migrated(carried_answers, tuple(passages))


def new_items(routes: Routes) -> Iterator[Passage]:
    """Items that no answer can come from."""
    for name in routes.new.item_by_id:
        if name not in routes.by_item:
            near = routes.near.get(name, "")
            yield Passage(name, Fate.NEW, near, why=Why.NEAR if near else Why.NONE)


def _gone(answers: EntityAnswers, routes: Routes) -> Iterator[Passage]:
    """Answers to items that are not asked any more."""
    kept = {route.source.id for route in routes.by_item.values()}
    for name in routes.old.item_by_id:
        response = answers.responses.get(name)
        if name not in kept and response is not None and response.state is not State.BLANK:
            yield Passage(name, Fate.LEFT_OUT, name, why=routes.why_not_asked(name))
    for survey in answers.tallies.values():
        for position, name in enumerate(survey.items):
            count = int(survey.counts[:, position, :-2].sum())
            if name not in kept and count:
                yield Passage(name, Fate.LEFT_OUT, name, why=routes.why_not_asked(name), count=count)


def _response(response: Response, route: Route, routes: Routes) -> tuple[Response, list[Passage]]:
    """One answer, with what is said beside it."""
    blank = Response(
        State.BLANK,
        evidence=response.evidence,
        observation=response.observation,
        reference=response.reference,
        source=response.source,
    )
    if response.state is State.BLANK:
        return blank, []
    if response.state is State.NO_DATA:
        known = any(reason.id == response.reason for reason in routes.new.no_data_reasons)
        carried = replace(blank, state=State.NO_DATA, reason=response.reason)
        return (carried, [_passage(route)]) if known else (blank, [_left_out(route, Why.REASON)])
    if response.state is State.NOT_APPLICABLE:
        return _not_applicable(response, blank, route, routes)
    if routes.new.measurement_of_item[route.item.id].collects is Collects.INDICATORS:
        return _indicator(response, blank, route)
    return _answer(response, blank, route)


def _answer(response: Response, blank: Response, route: Route) -> tuple[Response, list[Passage]]:
    if response.number is not None and route.answers.numbers:
        return replace(blank, state=State.ANSWERED, number=response.number), [_passage(route)]
    code = route.answers.codes.get(response.option)
    if response.number is not None or code is None:
        return blank, [_left_out(route, Why.SCALE)]
    return replace(blank, state=State.ANSWERED, option=code), [_passage(route, route.answers)]


def _not_applicable(
    response: Response, blank: Response, route: Route, routes: Routes
) -> tuple[Response, list[Passage]]:
    scale = routes.new.scales[route.item.scale]
    policy = routes.new.measurement_of_item[route.item.id].not_applicable.policy
    if scale.not_applicable is None or policy == "forbid":
        return blank, [_left_out(route, Why.POLICY)]
    if response.reason and all(reason.id != response.reason for reason in routes.new.no_data_reasons):
        return blank, [_left_out(route, Why.REASON)]
    return replace(blank, state=State.NOT_APPLICABLE, reason=response.reason), [_passage(route)]


def _indicator(response: Response, blank: Response, route: Route) -> tuple[Response, list[Passage]]:
    """Value and marks on their own: each is carried if it means the same."""
    carried, fates = replace(blank, year=response.year), []
    if response.value is not None or response.value_before is not None:
        if route.values:
            carried = replace(
                carried,
                state=State.ANSWERED,
                value=response.value,
                value_before=response.value_before,
            )
        fates.append(_passage(route, part="value") if route.values else _left_out(route, Why.UNIT, "value"))
    marks = (
        ("criterion", response.criterion, route.criterion),
        ("own_mark", response.own_mark, route.answers),
    )
    for part, code, scale in marks:
        if not code:
            continue
        meant = scale.codes.get(code)
        if meant is None:
            fates.append(_left_out(route, Why.SCALE, part))
        else:
            carried = replace(carried, state=State.ANSWERED)
            if part == "criterion":
                carried = replace(carried, criterion=meant)
            else:
                carried = replace(carried, own_mark=meant)
            fates.append(_passage(route, scale, part))
    return (carried if carried.state is State.ANSWERED else blank), fates


def _passage(route: Route, scale: ScaleRoute | None = None, part: str = "", count: int = 1) -> Passage:
    fate = Fate.RESCALED if scale is not None and scale.rescaled else Fate.CARRIED
    why = Why.REWORDED if route.reworded else Why.NONE
    return Passage(route.item.id, fate, route.source.id, part, why, count)


def _left_out(route: Route, why: Why, part: str = "", count: int = 1) -> Passage:
    return Passage(route.item.id, Fate.LEFT_OUT, route.source.id, part, why, count)


def _survey(survey: Tallies, measurement: str, routes: Routes) -> tuple[Tallies | None, list[Passage]]:
    """The counts of a survey, statement by statement.

    How sure the means of nodes are is known no more, unless nothing of the survey is another.
    """
    import numpy as np

    from ctimaturity.scoring.moments import option_columns
    from ctimaturity.scoring.tallies import UNKNOWN_SEGMENT

    new = routes.new.measurement_by_id[measurement]
    columns = option_columns(routes.new, new)
    known = {segment.id for segment in routes.new.segments} | {UNKNOWN_SEGMENT}
    rows = [at for at, name in enumerate(survey.segments) if name in known]
    taken: dict[str, NDArray[np.int64]] = {}
    fates: list[Passage] = []
    for item in new.items:
        route = routes.by_item.get(item.id)
        if route is None or route.source.id not in survey.items:
            continue
        source = survey.counts[:, survey.items.index(route.source.id), :]
        counted = _counted(survey.options, source[rows], route.answers, columns)
        fates += _survey_fates(route, source, rows, int(counted[:, :-2].sum()))
        if counted[:, :-2].any():
            taken[item.id] = counted
    if not taken:
        return None, fates
    carried = replace(
        survey,
        measurement=measurement,
        segments=tuple(survey.segments[row] for row in rows),
        items=tuple(taken),
        options=columns,
        counts=np.stack(list(taken.values()), axis=1),
        respondents=survey.respondents[rows],
        covariances=(),
    )
    return (survey if _same_survey(survey, carried) else carried), fates


def _counted(
    options: Sequence[str], source: NDArray[np.int64], scale: ScaleRoute, columns: Sequence[str]
) -> NDArray[np.int64]:
    """Shape (segments, columns): the counts of one statement with the options of the other definition."""
    import numpy as np

    counted = np.zeros((len(source), len(columns)), dtype=np.int64)
    for at, option in enumerate(options):
        meant = option if at >= len(options) - 2 else scale.codes.get(option)
        if meant is not None:
            counted[:, columns.index(meant)] += source[:, at]
    return counted


def _same_survey(survey: Tallies, carried: Tallies) -> bool:
    labels = ("measurement", "segments", "items", "options")
    alike = all(getattr(survey, label) == getattr(carried, label) for label in labels)
    return alike and bool((survey.counts == carried.counts).all())


def _survey_fates(
    route: Route, source: NDArray[np.int64], rows: Sequence[int], carried: int
) -> Iterator[Passage]:
    everybody, kept = int(source[:, :-2].sum()), int(source[rows, :-2].sum())
    if carried:
        yield _passage(route, route.answers, count=carried)
    if kept > carried:
        yield _left_out(route, Why.SCALE, count=kept - carried)
    if everybody > kept:
        yield _left_out(route, Why.SEGMENT, count=everybody - kept)


def lost_answers(passages: Sequence[Passage]) -> dict[str, int]:
    """How many answers say nothing any more, by their old items."""
    lost = Counter[str]()
    for passage in passages:
        if passage.fate is Fate.LEFT_OUT:
            lost[passage.source] += passage.count
    return lost
