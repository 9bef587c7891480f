"""A dozen invented entities with the numbers of an index written by hand, without the engine.

Documents are tested against numbers that are known beforehand: a tie, a score on a rounding tie,
one that rounds across a level bound, a provisional, an incomplete, a refused and two awaited
entities, and names that try to break out of every format.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from builders import answers, mini
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.entity import Entity
from ctimaturity.model.node_scale import index_scale, level_bounds, node_scales
from ctimaturity.model.score import (
    INDEX,
    PROFILE,
    GroupRank,
    Index,
    IndexRow,
    Place,
    Reason,
    ScoreTable,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.rule import Levels

HOSTILE = "Puerto | <b>Trampa</b> [x](http://a.b) *y* `z` \u202edcba\n=1+1"
"""A name with the markup of every format, a bidirectional override and a line break."""


@dataclass(frozen=True)
class Invented:
    """One entity: its index, and how far its parts lie from it."""

    code: str
    name: str
    index: float | None
    type: str = "alcaldia"
    status: Status = Status.RANKED
    reasons: tuple[Reason, ...] = ()
    spread: float = 0.3
    region: str = "Sierra"
    files: tuple[str, ...] = field(default=())


PROVISIONAL = (
    Reason(Status.PROVISIONAL, "min_respondents", "perception", "", 10.0, 50.0),
    Reason(Status.PROVISIONAL, "min_per_segment", "perception", "academia", 2.0, 10.0),
    Reason(Status.PROVISIONAL, "min_per_segment", "perception", "sector-publico", 1.0, 10.0),
    Reason(Status.PROVISIONAL, "max_segment_share", "perception", "sociedad-civil", 0.7, 0.6),
    Reason(Status.PROVISIONAL, "min_answers", "perception", "P-1", 4.0, 10.0),
    Reason(Status.PROVISIONAL, "min_answers", "perception", "P-2", 1.0, 10.0),
    Reason(Status.PROVISIONAL, "max_excluded", "results", "personas", 0.5, 0.35),
    Reason(Status.PROVISIONAL, "min_coverage", "results", "", 0.7996, 0.8),
)
INCOMPLETE = (
    Reason(Status.INCOMPLETE, "missing", "perception"),
    Reason(Status.INCOMPLETE, "min_coverage", "capacities", "", 0.4, 0.65),
    Reason(Status.PROVISIONAL, "min_coverage", "capacities", "", 0.4, 0.8),
    Reason(Status.INCOMPLETE, "min_coverage", "results", "personas", 0.25, 0.5),
    Reason(Status.INCOMPLETE, "min_coverage", "results", "habitat", 0.0, 0.5),
)
DOZEN = (
    Invented("90001", "Ciudad Alborada", 4.875),
    Invented("90002", "Villa Cañada de los Vientos y del Santo Sosiego", 4.2),
    Invented("90003", "Puerto Sereno", 4.2, region="Costa"),
    Invented("90004", "San Telmo del Páramo", 3.625),
    Invented("90005", HOSTILE, 3.335, region="Costa"),
    Invented("91", "Gobernación de Altosol", 2.345, "gobernacion", region=""),
    Invented("92", "Gobernación de Rioclaro", 1.75, "gobernacion", region=""),
    Invented("90006", "Vega Honda", 1.0),
    Invented("90007", "Loma Verde", 2.9, status=Status.PROVISIONAL, reasons=PROVISIONAL, spread=0.9),
    Invented("90008", "Santa Brisa", None, status=Status.INCOMPLETE, reasons=INCOMPLETE),
    Invented(
        "90009",
        "Los Almendros",
        None,
        status=Status.REFUSED,
        reasons=(Reason(Status.REFUSED, "refused"),),
        files=("libros/90009.xlsx",),
    ),
)


def places(definition: Questionnaire) -> tuple[Place, ...]:
    """The index, the combined dimensions, then every node of every measurement."""
    everything = tuple(m.id for m in definition.measurements)
    found = [Place(INDEX, INDEX, INDEX, "", *index_scale(definition, everything), definition.index.title)]
    for m in definition.measurements:
        scales = node_scales(m, definition)
        if definition.profile and m.id == definition.profile.measurements[0]:
            found += [
                Place(PROFILE, node.id, node.kind, "", *scales[node.id], node.title)
                for node in m.root.children
            ]
        parents = {child.id: node.id for node in m.nodes for child in node.children}
        found += [
            Place(m.id, node.id, node.kind, parents.get(node.id, INDEX), *scales[node.id], node.title)
            for node in m.nodes
        ]
    return tuple(found)


def band(levels: Levels | None, place: Place, score: float | None) -> int | None:
    """The level of a score, found by walking up the bounds."""
    if levels is None or score is None:
        return None
    edges = level_bounds(levels, (place.scale_min, place.scale_max))
    above = sum(1 for edge in edges[1:-1] if (score > edge if levels.side == "upper" else score >= edge))
    return 0 if levels.lowest == "open" and Fraction(score) == edges[0] else above + 1


def index_of(
    definition: Questionnaire, invented: Sequence[Invented] = DOZEN, groupings: tuple[str, ...] = ("region",)
) -> Index:
    """The index of invented entities, in the order given, which is that of the ranking."""
    where = places(definition)
    shape = (len(invented), len(where))
    score, low, high = (np.full(shape, np.nan) for _ in range(3))
    level = np.full(shape, -1, dtype=np.int16)
    rules = {(m.id, node.id): node.levels for m in definition.measurements for node in m.nodes}
    for r, entity in enumerate(invented):
        for c, place in enumerate(where):
            ends = float(place.scale_min), float(place.scale_max)
            centre = entity.index or 2.0
            shift = 0.0 if place.measurement == INDEX else (c * 7 + r * 3) % 11 / 5 - 1
            value = min(max(centre + shift, ends[0]), ends[1])
            low[r, c], high[r, c] = (
                max(value - entity.spread, ends[0]),
                min(value + entity.spread / 2, ends[1]),
            )
            if entity.status in {Status.RANKED, Status.PROVISIONAL}:
                score[r, c] = value
                levels = (
                    definition.profile.levels if definition.profile and place.measurement == PROFILE else None
                )
                levels = definition.index.levels if place.measurement == INDEX else levels
                found = band(rules.get((place.measurement, place.node), levels), place, value)
                level[r, c] = -1 if found is None else found
    staged = np.where([p.measurement == "capacities" for p in where], np.maximum(level - 2, 0), -1)
    table = ScoreTable(
        places=where,
        score=score,
        low=low,
        high=high,
        coverage=np.full(shape, 0.9),
        excluded=np.zeros(shape),
        weight_effective=np.full(shape, np.nan),
        level=level,
        staged_level=staged.astype(np.int16),
        n=np.full(shape, 60, dtype=np.int64),
        state=tuple(("",) * len(where) for _ in invented),
    )
    rows = tuple(_row(definition, invented, r, table, groupings) for r in range(len(invented)))
    return Index(rows, table, tuple(m.id for m in definition.measurements), "auto", groupings)


def _row(
    definition: Questionnaire,
    invented: Sequence[Invented],
    r: int,
    table: ScoreTable,
    groupings: tuple[str, ...],
) -> IndexRow:
    entity = invented[r]
    ranked = entity.status is Status.RANKED
    scores = [other.index for other in invented if other.status is Status.RANKED and other.index is not None]
    profile = [c for c, place in enumerate(table.places) if place.measurement == PROFILE]
    weakest = min(profile, key=lambda c: table.score[r, c]) if profile else None
    groups = {"entity_type": entity.type, **dict.fromkeys(groupings, entity.region)}
    return IndexRow(
        entity=Entity(entity.code, entity.name, entity.type, dict.fromkeys(groupings, entity.region)),
        row=r,
        status=entity.status,
        reasons=entity.reasons,
        rank=1 + sum(score > (entity.index or 0) for score in scores) if ranked else None,
        tied=ranked and scores.count(entity.index or 0) > 1,
        index=entity.index,
        level=band(definition.index.levels, table.places[0], entity.index),
        index_low=None if entity.status is Status.REFUSED else float(table.low[r, 0]),
        index_high=None if entity.status is Status.REFUSED else float(table.high[r, 0]),
        coverage=None if entity.status is Status.REFUSED else 0.4 if entity.index is None else 0.95,
        index_harmonised=None if entity.index is None else (entity.index - 2 / 3) / (6 - 2 / 3) * 100,
        weakest=(table.places[weakest].node,) if ranked and weakest is not None else (),
        respondents=60,
        na_share=0.05,
        dont_know_share=0.02,
        results_basis="criterion",
        groups={name: _group(invented, r, name, group) for name, group in groups.items()},
    )


def _group(invented: Sequence[Invented], r: int, name: str, group: str) -> GroupRank:
    def of(entity: Invented) -> str:
        return entity.type if name == "entity_type" else entity.region

    scores = [
        e.index for e in invented if e.status is Status.RANKED and e.index is not None and of(e) == group
    ]
    own = invented[r].index
    if invented[r].status is not Status.RANKED or own is None or len(scores) < 3:
        return GroupRank(group, None, tied=False, size=len(scores))
    return GroupRank(group, 1 + sum(score > own for score in scores), scores.count(own) > 1, len(scores))


def assessment(definition: Questionnaire | None = None, invented: Sequence[Invented] = DOZEN) -> Assessment:
    """All of it, with a finding in the refused workbook and one in a file of nobody."""
    definition = definition or mini()
    index = index_of(definition, invented)
    return Assessment(
        questionnaire=definition,
        answers={
            row.entity.code: answers(row.entity, refused=row.status is Status.REFUSED)
            if not entity.files
            else _with_files(row.entity, entity.files)
            for row, entity in zip(index.rows, invented, strict=True)
        },
        index=index,
        diagnostics=(
            Diagnostic(
                codes.ANSWER_OUT_OF_SCALE,
                Location("libros/90009.xlsx", "Capacidades", "D7", item="C-1-a"),
                {"item": "C-1-a", "options": "1, 0"},
                "tal vez",
            ),
            Diagnostic(
                codes.ANSWER_OUT_OF_SCALE, Location("libros/otro.xlsx"), {"item": "x", "options": "1"}
            ),
        ),
        options={},
        inputs={f"libros/{entity.code}.xlsx": "0" * 64 for entity in invented},
        awaited=("90010", "90011"),
        awaited_names={"90010": "Monte <Claro>"},
    )


def _with_files(entity: Entity, files: tuple[str, ...]) -> EntityAnswers:
    return replace(answers(entity, refused=True), files=files)
