"""The columns of index.csv: the fixed ones, and those that follow from the definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.score import PROFILE, Status
from ctimaturity.model.text import in_language
from ctimaturity.results.table import Column
from ctimaturity.scoring.ranks import ENTITY_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire

GROUP = "group:"
RANK = "rank:"
GROUP_SIZE = "group_size:"
POPULATION = "population:"

_HEAD = (
    Column("rank", "integer", "Rank in the common list; equal scores share it; empty unless ranked"),
    Column("entity_code", "string", "Code of the entity, as text", required=True),
    Column("entity_name", "string", "Name of the entity"),
    Column("entity_type", "string", "Type of the entity: alcaldia, gobernacion or other"),
    Column(
        "status",
        "string",
        "Whether the entity has an index, and whether it is ranked",
        choices=tuple(status.value for status in reversed(Status)),
        required=True,
    ),
    Column("index", "number", "The overall index, not rounded; empty when refused or incomplete", "points"),
    Column("level", "integer", "Maturity level of the index, 1 the lowest, 0 below it"),
    Column("level_name", "string", "Name of the level"),
    Column("index_low", "number", "The index with everything unanswered at its worst", "points"),
    Column("index_high", "number", "The index with everything unanswered at its best", "points"),
    Column("coverage", "number", "Share of the index that rests on answers", "share"),
    Column(
        "index_harmonised",
        "number",
        "The index with every measurement first brought to one scale",
        "points",
    ),
)
_TAIL = (
    Column("weakest_dimension", "string", "Id of the part with the lowest score; ties joined by a semicolon"),
    Column("respondents", "integer", "Respondents of the surveys", "people"),
    Column("na_share", "number", "Share of the index's weight that is not applicable", "share"),
    Column("dont_know_share", "number", "Share of the answers of the surveys that are don't know", "share"),
    Column(
        "results_basis",
        "string",
        "Where the marks of the indicators come from; several joined by a semicolon",
    ),
    Column("round", "string", "The round, as the run was told"),
    Column("questionnaire", "string", "Id and edition of the definition", required=True),
)
REFERENCE = Column(
    "reference",
    "string",
    "Reference ranges that marks come from: id, version and the begin of the SHA-256 of reference.json",
)
"""The last column of tables whose marks come from a reference file; without one there is none."""
_REPORTED = (
    Column(
        "status_reported",
        "string",
        "Status with the answers as reported, before the rulings",
        choices=tuple(status.value for status in reversed(Status)),
    ),
    Column("rank_reported", "integer", "Rank with the answers of everybody as reported"),
    Column("index_reported", "number", "The index of the answers as reported, not rounded", "points"),
    Column("level_reported", "integer", "Maturity level of the index of the answers as reported"),
)


@dataclass(frozen=True, slots=True)
class IndexColumns:
    """The columns of index.csv in order, and what the variable ones show.

    Attributes:
        columns: All of them.
        nodes: (measurement, node) of the score in each column that shows one, in order.
        groupings: Names of the groupings with ranks, `entity_type` first.
        referenced: Names of further groupings, which reference ranges depend on.
        segments: Segments whose population was given for some entity.
    """

    columns: tuple[Column, ...]
    nodes: tuple[tuple[str, str], ...]
    groupings: tuple[str, ...]
    referenced: tuple[str, ...]
    segments: tuple[str, ...]


def index_columns(assessment: Assessment) -> IndexColumns:
    """The columns that an assessment's index has."""
    questionnaire = assessment.questionnaire
    groupings = tuple(dict.fromkeys((ENTITY_TYPE, *assessment.index.groupings)))
    entities = [row.entity for row in assessment.index.rows]
    segments = tuple(sorted({segment for entity in entities for segment in entity.population}))
    referenced = tuple(sorted(_referenced(assessment) - {*groupings}))
    ruled = _REPORTED if assessment.verification is not None else ()
    last = (
        *ruled,
        *_rank_columns(groupings),
        *map(_group_column, referenced),
        *map(_population_column, segments),
        *((REFERENCE,) if assessment.reference is not None else ()),
    )
    taken = {column.name for column in (*_HEAD, *_TAIL, *last)}
    scores = _score_columns(questionnaire, taken)
    return IndexColumns(
        columns=(*_HEAD, *scores.values(), *_TAIL, *last),
        nodes=tuple(scores),
        groupings=groupings,
        referenced=referenced,
        segments=segments,
    )


def _score_columns(questionnaire: Questionnaire, taken: set[str]) -> dict[tuple[str, str], Column]:
    columns: dict[tuple[str, str], Column] = {}
    for (measurement, node), kind, name, description, title in _shown(questionnaire):
        if (measurement, node) not in columns:
            # Two trees may use one id, and an id may be that of a fixed column.
            free = name if name not in taken else f"{kind}:{measurement}/{node}"
            taken.add(free)
            columns[measurement, node] = Column(free, "number", description, "points", title)
    return columns


def _shown(
    questionnaire: Questionnaire,
) -> Iterator[tuple[tuple[str, str], str, str, str, Mapping[str, str]]]:
    """What has a column: its place, kind, name, description and title."""
    profile = questionnaire.profile
    shared, kind = ((), "") if profile is None else (profile.measurements, profile.kind)
    combined = [measurement.root for measurement in questionnaire.measurements if measurement.id in shared]
    for measurement in questionnaire.measurements:
        root = measurement.root
        yield (root.id, root.id), root.kind, root.id, "Score of the measurement {title}", root.title
    for measurement in questionnaire.measurements:
        for node in measurement.root.children if measurement.id not in shared else ():
            name = f"{node.kind}:{node.id}"
            yield (measurement.id, node.id), node.kind, name, "Score of {title}", node.title
    for node in (node for root in combined for node in root.children):
        description = "Combined score of {title} over the measurements"
        yield (PROFILE, node.id), kind, f"{kind}:{node.id}", description, node.title


def _referenced(assessment: Assessment) -> set[str]:
    reference = assessment.reference
    return set() if reference is None else {each.grouping for each in reference.ranges if each.grouping}


def _rank_columns(groupings: tuple[str, ...]) -> Iterator[Column]:
    for grouping in groupings:
        name = {"en": grouping}
        yield _group_column(grouping)
        yield Column(
            f"{RANK}{grouping}", "integer", "Rank in the group by {title}, of three or more", title=name
        )
        yield Column(f"{GROUP_SIZE}{grouping}", "integer", "Ranked in the group by {title}", "entities", name)


def _group_column(grouping: str) -> Column:
    return Column(f"{GROUP}{grouping}", "string", "Group of the entity by {title}", title={"en": grouping})


def _population_column(segment: str) -> Column:
    description = "Inhabitants in the segment {title}, for design weights"
    return Column(f"{POPULATION}{segment}", "integer", description, "people", {"en": segment})


def level_names(questionnaire: Questionnaire, language: str) -> tuple[str, ...]:
    """Names of the levels of the overall index, that of level 0 first; empty without levels."""
    levels = questionnaire.index.levels
    if levels is None:
        return ()
    return (
        in_language(levels.below, language),
        *(in_language(level.name, language) for level in levels.names),
    )
