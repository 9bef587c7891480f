"""scores.csv: every node and item of every entity, long."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.score import INDEX, PROFILE
from ctimaturity.results.table import ENTITY_CODE, OF_ENTITY, REFERENCE, Column, Table, legible
from ctimaturity.scoring.marks import Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.score import Place, ScoreTable
    from ctimaturity.results.table import Cell, Row

    Cells = Callable[["_Scored"], Sequence[Cell]]


class _Scored(NamedTuple):
    """What the rows of one entity are made of."""

    code: str
    table: ScoreTable
    row: int
    of_places: dict[object, list[Cell]]
    """What is the same for every entity, filled as it is needed."""


def _of_place(get: Callable[[Place], Cell]) -> Cells:
    def cells(scored: _Scored) -> Sequence[Cell]:
        if get not in scored.of_places:
            scored.of_places[get] = [get(place) for place in scored.table.places]
        return scored.of_places[get]

    return cells


def _numbers(name: str) -> Cells:
    def cells(scored: _Scored) -> Sequence[Cell]:
        return [None if isnan(value) else value for value in getattr(scored.table, name)[scored.row].tolist()]

    return cells


def _wholes(name: str) -> Cells:
    def cells(scored: _Scored) -> Sequence[Cell]:
        return [None if value < 0 else value for value in getattr(scored.table, name)[scored.row].tolist()]

    return cells


# 1,100 entities have half a million rows: what gets a column gets its cells for all places of an entity at
# once. Cell by cell their writing would take twice as long.
_COLUMNS: tuple[Column[_Scored], ...] = (
    replace(ENTITY_CODE, get=lambda scored: [scored.code] * len(scored.table.places)),
    Column(
        "measurement",
        "string",
        "Id of the measurement; index or profile for the whole",
        required=True,
        get=_of_place(attrgetter("measurement")),
    ),
    Column("node", "string", "Id of the node or item", required=True, get=_of_place(attrgetter("node"))),
    Column(
        "kind",
        "string",
        "What it is: index, measurement, item or the kind of node",
        required=True,
        get=_of_place(attrgetter("kind")),
    ),
    Column(
        "parent",
        "string",
        "Id of the node above it; empty for the index and combined scores",
        get=_of_place(lambda place: place.parent or None),
    ),
    Column(
        "state",
        "string",
        "State of an item's answer",
        choices=tuple(state.value for state in State),
        get=lambda scored: scored.table.state[scored.row],
    ),
    Column(
        "score", "number", "Score, not rounded; empty where there is none", "points", get=_numbers("score")
    ),
    Column(
        "scale_min",
        "number",
        "Lowest score there can be",
        "points",
        get=_of_place(lambda place: float(place.scale_min)),
    ),
    Column(
        "scale_max",
        "number",
        "Highest score there can be",
        "points",
        get=_of_place(lambda place: float(place.scale_max)),
    ),
    Column("level", "integer", "Maturity level, 1 the lowest, 0 below it", get=_wholes("level")),
    Column(
        "coverage",
        "number",
        "Share that rests on answers; empty when nothing applies",
        "share",
        get=_numbers("coverage"),
    ),
    Column(
        "low", "number", "The score with everything unanswered at its worst", "points", get=_numbers("low")
    ),
    Column(
        "high", "number", "The score with everything unanswered at its best", "points", get=_numbers("high")
    ),
    Column(
        "weight_effective",
        "number",
        "Share in the index of this entity; empty off its path",
        "share",
        get=_numbers("weight_effective"),
    ),
    Column("n", "integer", "Answers; in surveys, respondents", "answers", get=_wholes("n")),
    Column(
        "staged_level", "integer", "Highest level met with all levels below it", get=_wholes("staged_level")
    ),
)
_REPORTED: Column[_Scored] = Column(
    "score_reported", "number", "Score of the answers as reported, before the rulings", "points"
)


def scores_table(assessment: Assessment) -> Table:
    """All numbers of all entities, by entity code, then in the order of the definition.

    With rulings the score of the answers as reported stands beside, in a column of its own; with a
    reference file, last, by which ranges indicators were marked, of them and of all nodes above them.
    """
    columns, verification, reference = _COLUMNS, assessment.verification, assessment.reference
    if verification is not None:
        reported = {row.entity.code: row.row for row in verification.index.rows}
        before = verification.index.table
        scores = _numbers("score")
        columns += (
            replace(_REPORTED, get=lambda one: scores(_Scored(one.code, before, reported[one.code], {}))),
        )
    if reference is not None:
        columns += (replace(REFERENCE, get=lambda scored: _cited(assessment, reference, scored.code)),)

    def rows() -> Iterator[Row]:
        of_places: dict[object, list[Cell]] = {}
        getters = [column.get for column in columns if not isinstance(column.get, str)]
        for row in sorted(assessment.index.rows, key=lambda row: row.entity.code):
            scored = _Scored(row.entity.code, assessment.index.table, row.row, of_places)
            yield from zip(*(cells(scored) for cells in getters), strict=True)

    key = ("entity_code", "measurement", "node")
    return Table("scores", "Every node and item of every entity", columns, key, rows, (OF_ENTITY,))


def _cited(assessment: Assessment, reference: Reference, code: str) -> list[str | None]:
    """The reference ranges, in the row of each indicator of an entity marked by them and of all above it."""
    questionnaire, index = assessment.questionnaire, assessment.index
    answers = assessment.answers[code]
    ranged: set[tuple[str, str]] = set()
    for measurement in questionnaire.measurements:
        scored = measurement.id in index.measurements and not answers.refused
        if measurement.collects is Collects.INDICATORS and scored:
            marks = Marks(questionnaire, measurement, index.results_basis, reference)
            ranged |= {
                (measurement.id, item.id)
                for item in measurement.items
                if questionnaire.applies(item, answers.entity.type, code)
                and marks.of(item, answers.responses.get(item.id), answers.entity).basis is ResultsBasis.RANGE
            }
    places = index.table.places
    for place in reversed(places):
        if (place.measurement, place.node) in ranged and place.parent:
            ranged.add((INDEX if place.parent == INDEX else place.measurement, place.parent))
    ranged |= {(PROFILE, node) for _, node in ranged}
    cited = legible(reference.cited)
    return [cited if (place.measurement, place.node) in ranged else None for place in places]
