"""index.csv: one row per entity; written, and read back for who there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan, nan
from typing import TYPE_CHECKING

from ctimaturity.files.csv import restored
from ctimaturity.model.entity import Entity
from ctimaturity.model.rule import ResultsBasis
from ctimaturity.model.score import PROFILE, Status
from ctimaturity.results.table import ENTITY_CODE, REFERENCE, Column, Table, row_maker
from ctimaturity.scoring.ranks import ENTITY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.rule import Levels
    from ctimaturity.model.ruling import Verification
    from ctimaturity.model.score import IndexRow, ScoreTable
    from ctimaturity.results.stored_table import StoredTable

JOINT = ";"
_GROUP, _POPULATION = "group:", "population:"
_STATUSES = tuple(status.value for status in reversed(Status))


_HEAD: tuple[Column[IndexRow], ...] = (
    Column("rank", "integer", "Rank in the common list; equal scores share it; empty unless ranked"),
    replace(ENTITY_CODE, get="entity.code"),
    Column("entity_name", "string", "Name of the entity", get="entity.name"),
    Column("entity_type", "string", "Type of the entity: alcaldia, gobernacion or other", get="entity.type"),
    Column(
        "status",
        "string",
        "Whether the entity has an index, and whether it is ranked",
        choices=_STATUSES,
        required=True,
    ),
    Column("index", "number", "The overall index, not rounded; empty when refused or incomplete", "points"),
    Column("level", "integer", "Maturity level of the index, 1 the lowest, 0 below it"),
)
_LEVEL_NAME: Column[IndexRow] = Column("level_name", "string", "Name of the level")
_BOUNDS: tuple[Column[IndexRow], ...] = (
    Column("index_low", "number", "The index with everything unanswered at its worst", "points"),
    Column("index_high", "number", "The index with everything unanswered at its best", "points"),
    Column("coverage", "number", "Share of the index that rests on answers", "share"),
    Column(
        "index_harmonised", "number", "The index with every measurement first brought to one scale", "points"
    ),
)
_TAIL: tuple[Column[IndexRow], ...] = (
    Column(
        "weakest_dimension",
        "string",
        "Id of the part with the lowest score; ties joined by a semicolon",
        get=lambda row: JOINT.join(row.weakest),
    ),
    Column("respondents", "integer", "Respondents of the surveys", "people"),
    Column("na_share", "number", "Share of the index's weight that is not applicable", "share"),
    Column("dont_know_share", "number", "Share of the answers of the surveys that are don't know", "share"),
    Column(
        "results_basis",
        "string",
        "Where the marks of the indicators come from; several joined by a semicolon",
    ),
)
_ROUND: Column[IndexRow] = Column("round", "string", "The round, as the run was told")
_QUESTIONNAIRE: Column[IndexRow] = Column(
    "questionnaire", "string", "Id and edition of the definition", required=True
)
_REPORTED: tuple[Column[IndexRow], ...] = (
    Column(
        "status_reported",
        "string",
        "Status with the answers as reported, before the rulings",
        choices=_STATUSES,
    ),
    Column("rank_reported", "integer", "Rank with the answers of everybody as reported"),
    Column("index_reported", "number", "The index of the answers as reported, not rounded", "points"),
    Column("level_reported", "integer", "Maturity level of the index of the answers as reported"),
)


def index_table(assessment: Assessment, language: str) -> Table:
    """The ranked index: ranked by rank, then provisional, incomplete and refused, each by code."""
    columns = _columns(assessment)
    cells = row_maker(columns, language)
    title = "The ranked index, one row per entity"
    return Table("index", title, columns, ("entity_code",), lambda: map(cells, assessment.index.rows))


def _columns(assessment: Assessment) -> tuple[Column[IndexRow], ...]:
    """The fixed ones, and those that follow from the definition and from who was scored."""
    questionnaire, reference = assessment.questionnaire, assessment.reference
    groupings = tuple(dict.fromkeys((ENTITY_TYPE, *assessment.index.groupings)))
    ranges = reference.ranges if reference is not None else ()
    further = {covered.grouping for covered in ranges if covered.grouping} - {*groupings}
    segments = {segment for row in assessment.index.rows for segment in row.entity.population}
    before = (*_HEAD, replace(_LEVEL_NAME, get=_level_name(questionnaire.index.levels)), *_BOUNDS)
    last = (
        *_TAIL,
        replace(_ROUND, get=lambda _: assessment.options.get("round")),
        replace(_QUESTIONNAIRE, get=lambda _: questionnaire.key),
        *(_reported_columns(assessment.verification) if assessment.verification is not None else ()),
        *(column for grouping in groupings for column in _rank_columns(grouping)),
        *map(_group_column, sorted(further)),
        *map(_population_column, sorted(segments)),
        *((_reference_column(reference),) if reference is not None else ()),
    )
    taken = {column.name for column in (*before, *last)}
    return (*before, *_score_columns(assessment, taken), *last)


def _level_name(levels: Levels | None) -> Callable[[IndexRow], Mapping[str, str] | None]:
    def name(row: IndexRow) -> Mapping[str, str] | None:
        if levels is None or row.level is None:
            return None
        return levels.names[row.level - 1].name if row.level else levels.below

    return name


def _reported_columns(verification: Verification) -> Iterator[Column[IndexRow]]:
    """What the same columns say of the answers as reported, before the rulings."""
    reported = {row.entity.code: row for row in verification.index.rows}

    def of(name: str) -> Callable[[IndexRow], object]:
        return lambda row: getattr(reported.get(row.entity.code), name, None)

    for column in _REPORTED:
        yield replace(column, get=of(column.name.removesuffix("_reported")))


def _reference_column(reference: Reference) -> Column[IndexRow]:
    """Said of the entities of which marks come from reference ranges."""

    def cited(row: IndexRow) -> str | None:
        return reference.cited if ResultsBasis.RANGE in row.results_basis.split(JOINT) else None

    return replace(REFERENCE, get=cited)


def _score_columns(assessment: Assessment, taken: set[str]) -> Iterator[Column[IndexRow]]:
    table = assessment.index.table
    places = table.place_index()
    known: set[tuple[str, str]] = set()
    for (measurement, node), kind, name, description, title in _shown(assessment.questionnaire):
        if (measurement, node) not in known:
            known.add((measurement, node))
            # Two trees may use one id, and an id may be that of a fixed column.
            free = name if name not in taken else f"{kind}:{measurement}/{node}"
            taken.add(free)
            score = _score_at(table, places.get((measurement, node)))
            yield Column(free, "number", description, "points", title, get=score)


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


def _score_at(table: ScoreTable, place: int | None) -> Callable[[IndexRow], float | None]:
    """What gets the score at a place; none of a measurement that was not scored."""

    def score(row: IndexRow) -> float | None:
        value = nan if place is None else float(table.score[row.row, place])
        return None if isnan(value) else value

    return score


def _rank_columns(grouping: str) -> tuple[Column[IndexRow], ...]:
    name = {"en": grouping}
    ranked, size = "Rank in the group by {title}, of three or more", "Ranked in the group by {title}"

    def get(part: str) -> Callable[[IndexRow], object]:
        return lambda row: getattr(row.groups[grouping], part)

    return (
        replace(_group_column(grouping), get=get("group")),
        Column(f"rank:{grouping}", "integer", ranked, title=name, get=get("rank")),
        Column(f"group_size:{grouping}", "integer", size, "entities", name, get=get("size")),
    )


def _group_column(grouping: str) -> Column[IndexRow]:
    return Column(
        _GROUP + grouping,
        "string",
        "Group of the entity by {title}",
        title={"en": grouping},
        get=lambda row: row.entity.groups.get(grouping, ""),
    )


def _population_column(segment: str) -> Column[IndexRow]:
    description = "Inhabitants in the segment {title}, for design weights"
    return Column(
        _POPULATION + segment,
        "integer",
        description,
        "people",
        {"en": segment},
        get=lambda row: row.entity.population.get(segment),
    )


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """An entity of an index, whether its answers were refused, and the rank that it was given."""

    entity: Entity
    refused: bool
    rank: int | None = None


def read_entities(table: StoredTable) -> dict[str, StoredEntity]:
    """The entities of an index, by code, in the order of the file.

    The scores in it are not read: they follow from the answers.
    """
    named = [name.removeprefix(_GROUP) for name in table.header if name.startswith(_GROUP)]
    groups = [group for group in named if group != ENTITY_TYPE]
    segments = [name.removeprefix(_POPULATION) for name in table.header if name.startswith(_POPULATION)]
    fixed = ("entity_code", "entity_name", "entity_type", "status", "rank")
    columns = [column for column in _HEAD if column.name in fixed]
    columns += map(_group_column, groups)
    columns += map(_population_column, segments)
    entities: dict[str, StoredEntity] = {}
    for row in table.records(columns):
        if row["status"] not in _STATUSES:
            table.refuse(row["status"], "status")
        if not table.is_new(row["entity_code"]):
            continue
        people = {name: table.whole(row[_POPULATION + name], _POPULATION + name) for name in segments}
        entity = Entity(
            code=restored(row["entity_code"]),
            name=restored(row["entity_name"]),
            type=restored(row["entity_type"]),
            groups={group: restored(row[_GROUP + group]) for group in groups},
            population={name: number for name, number in people.items() if number is not None},
        )
        refused = row["status"] == Status.REFUSED
        entities[entity.code] = StoredEntity(entity, refused, table.whole(row["rank"], "rank"))
    return entities
