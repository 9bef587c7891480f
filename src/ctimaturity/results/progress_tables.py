"""The CSV files of a comparison: entities, changes, contributions, trajectories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.change import Presence, Source
from ctimaturity.model.score import Status
from ctimaturity.results.table import NO, YES, Column, Row, Table, legible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow

STATUSES = tuple(status.value for status in Status)
_FROM = Column("from_round", "string", "Name of the earlier round", required=True)
_TO = Column("to_round", "string", "Name of the later round", required=True)
_CODE = Column("entity_code", "string", "Code of the entity, as text", required=True)
_NAME = Column("entity_name", "string", "Name of the entity")
_MEASUREMENT = Column(
    "measurement", "string", "Id; index for the index, profile for a combined part", required=True
)
_NODE = Column("node", "string", "Id of the node or item", required=True)

ENTITY_COLUMNS = (
    _FROM,
    _TO,
    _CODE,
    _NAME,
    Column("presence", "string", "returning, new or gone", choices=tuple(Presence), required=True),
    Column("status_before", "string", "Status in the earlier round", choices=STATUSES),
    Column("status_after", "string", "Status in the later round", choices=STATUSES),
    Column("index_before", "number", "Index in the earlier round", "points"),
    Column("index_after", "number", "Index in the later round", "points"),
    Column("change", "number", "Later less earlier", "points"),
    Column("level_before", "integer", "Level in the earlier round; 0 is below the lowest"),
    Column("level_after", "integer", "Level in the later round; 0 is below the lowest"),
    Column("level_change", "integer", "Levels moved"),
    Column("rank_before", "integer", "Published rank in the earlier round"),
    Column("rank_after", "integer", "Published rank in the later round"),
    Column("rank_change", "integer", "Places gained; the sum of the three that follow"),
    Column("rank_own", "integer", "Places gained by its own change, among the others as they were"),
    Column("rank_others", "integer", "Places gained by the changes of the others"),
    Column("rank_membership", "integer", "Places gained by who entered or left the ranking"),
    Column("progress_rank", "integer", "Rank by change of index, of those ranked in both rounds"),
    Column("progress_size", "integer", "How many are ranked in both rounds", "entities"),
)
CHANGE_COLUMNS = (
    _FROM,
    _TO,
    _CODE,
    _MEASUREMENT,
    _NODE,
    Column("kind", "string", "index, measurement, what the node is called, or item", required=True),
    Column("before", "number", "Score in the earlier round", "points"),
    Column("after", "number", "Score in the later round", "points"),
    Column("change", "number", "Later less earlier", "points"),
    Column("level_before", "integer", "Level in the earlier round; 0 is below the lowest"),
    Column("level_after", "integer", "Level in the later round; 0 is below the lowest"),
    Column("level_change", "integer", "Levels moved"),
    Column("coverage_before", "number", "Coverage in the earlier round", "share"),
    Column("coverage_after", "number", "Coverage in the later round", "share"),
    Column("low_before", "number", "Lower bound in the earlier round", "points"),
    Column("high_before", "number", "Upper bound in the earlier round", "points"),
    Column("low_after", "number", "Lower bound in the later round", "points"),
    Column("high_after", "number", "Upper bound in the later round", "points"),
    Column("standard_error", "number", "Sampling error of the change; surveys only", "points"),
    Column(
        "distinguishable",
        "boolean",
        "Whether the change is more than 1.96 standard errors; else it is not distinguishable from no change",
    ),
)
CONTRIBUTION_COLUMNS = (
    _FROM,
    _TO,
    _CODE,
    _MEASUREMENT,
    _NODE,
    Column(
        "source",
        "string",
        "What changed: the definition, the reference ranges, the answers, or the survey",
        choices=tuple(Source),
        required=True,
    ),
    Column("item_measurement", "string", "Id of the measurement of the item; empty for the definition"),
    Column("item", "string", "Id of the item; empty for the definition"),
    Column("contribution", "number", "What it adds to the change of the node", "points", required=True),
)
TRAJECTORY_COLUMNS = (
    Column("order", "integer", "Position of the round, the earliest first", required=True),
    Column("round", "string", "Name of the round", required=True),
    _CODE,
    _NAME,
    Column("status", "string", "Status in the round", choices=STATUSES, required=True),
    Column("rank", "integer", "Published rank"),
    Column("index", "number", "Index", "points"),
    Column("level", "integer", "Level; 0 is below the lowest"),
)
INDICATIVE_COLUMNS = (
    _FROM,
    _TO,
    _CODE,
    _NAME,
    _MEASUREMENT,
    _NODE,
    Column("kind", "string", "index, measurement or what the node is called", required=True),
    Column("indicative", "boolean", "Always true: matched items only, no scores of the model", required=True),
    Column("items", "integer", "Matched items with a score in both rounds", required=True),
    Column("before", "number", "Their mean in the earlier round, from 0 to 100", required=True),
    Column("after", "number", "Their mean in the later round, from 0 to 100", required=True),
    Column("change", "number", "Later less earlier", required=True),
)


INDICATIVE_ITEM_COLUMNS = (
    _FROM,
    _TO,
    _CODE,
    _NAME,
    _MEASUREMENT,
    Column("item", "string", "Id of the item in the later edition", required=True),
    Column("item_before", "string", "Id of the same item in the earlier edition", required=True),
    Column("indicative", "boolean", "Always true: matched items only, no scores of the model", required=True),
    Column("before", "number", "Score in the earlier round, from 0 to 100", required=True),
    Column("after", "number", "Score in the later round, from 0 to 100", required=True),
    Column("change", "number", "Later less earlier", required=True),
    Column(
        "contribution", "number", "What it adds to the change of all matched items together", required=True
    ),
)


def comparison_tables(comparisons: Sequence[Comparison], rounds: Sequence[Round]) -> tuple[Table, ...]:
    """The tables of comparisons of successive rounds."""
    pair = ("from_round", "to_round", "entity_code")
    place = (*pair, "measurement", "node")
    return (
        Table(
            "entities",
            "What changed for each entity",
            ENTITY_COLUMNS,
            pair,
            lambda: (_entity(each, one) for each in comparisons for one in each.entities),
        ),
        Table("changes", "What changed at each node", CHANGE_COLUMNS, place, lambda: _changes(comparisons)),
        Table(
            "contributions",
            "What each item adds to each change",
            CONTRIBUTION_COLUMNS,
            (),
            lambda: _contributions(comparisons),
        ),
        Table(
            "trajectories",
            "Every entity in every round",
            (*TRAJECTORY_COLUMNS, *(_of_measurement(name) for name in _measurements(rounds))),
            ("order", "entity_code"),
            lambda: _trajectories(rounds),
        ),
    )


def indicative_table(before: str, after: str, changes: Sequence[IndicativeChange]) -> Table:
    """The table of a comparison across editions."""

    def rows() -> Iterator[Row]:
        for each in changes:
            yield (
                legible(before),
                legible(after),
                each.code,
                legible(each.name),
                each.measurement,
                each.node,
                each.kind,
                YES,
                each.items,
                each.before,
                each.after,
                each.change,
            )

    key = ("from_round", "to_round", "entity_code", "measurement", "node")
    return Table("indicative", "Matched items only: an indication, not scores", INDICATIVE_COLUMNS, key, rows)


def indicative_items_table(before: str, after: str, items: Sequence[IndicativeItem]) -> Table:
    """The table of the items that a comparison across editions rests on."""

    def rows() -> Iterator[Row]:
        for each in items:
            yield (
                legible(before),
                legible(after),
                each.code,
                legible(each.name),
                each.measurement,
                each.item,
                each.old_item,
                YES,
                each.before,
                each.after,
                each.change,
                each.contribution,
            )

    key = ("from_round", "to_round", "entity_code", "measurement", "item")
    title = "The matched items of each entity: an indication, not scores"
    return Table("indicative_items", title, INDICATIVE_ITEM_COLUMNS, key, rows)


def _labels(comparison: Comparison) -> tuple[str, str]:
    return legible(comparison.before.label), legible(comparison.after.label)


def _entity(comparison: Comparison, one: EntityChange) -> Row:
    before, after, rank = one.before, one.after, one.rank
    old, new = (None if row is None else row.index for row in (before, after))
    levels = [None if row is None else row.level for row in (before, after)]
    return (
        *_labels(comparison),
        one.entity.code,
        legible(one.entity.name),
        one.presence.value,
        *(None if row is None else row.status.value for row in (before, after)),
        old,
        new,
        None if old is None or new is None else new - old,
        *levels,
        None if levels[0] is None or levels[1] is None else levels[1] - levels[0],
        *(None if row is None else row.rank for row in (before, after)),
        *((None,) * 4 if rank is None else (rank.total, rank.own, rank.others, rank.membership)),
        *((None, None) if one.progress is None else (one.progress.rank, one.progress.size)),
    )


def _changes(comparisons: Sequence[Comparison]) -> Iterator[Row]:
    for comparison in comparisons:
        for one in comparison.entities:
            for node in one.nodes:
                yield (
                    *_labels(comparison),
                    one.entity.code,
                    node.place.measurement,
                    node.place.node,
                    node.place.kind,
                    *node_numbers(node),
                )


def node_numbers(node: NodeChange) -> Row:
    """Scores, levels, coverage, bounds and sampling error of both rounds."""
    pair = (node.before, node.after)
    told = None if node.distinguishable is None else (YES if node.distinguishable else NO)
    return (
        *(None if each is None else each.score for each in pair),
        node.change,
        *(None if each is None else each.level for each in pair),
        node.level_change,
        *(None if each is None else each.coverage for each in pair),
        *(end for each in pair for end in ((None, None) if each is None else (each.low, each.high))),
        node.standard_error,
        told,
    )


def _contributions(comparisons: Sequence[Comparison]) -> Iterator[Row]:
    for comparison in comparisons:
        for one in comparison.entities:
            for node in one.nodes:
                for part in node.contributions:
                    yield (
                        *_labels(comparison),
                        one.entity.code,
                        node.place.measurement,
                        node.place.node,
                        part.source.value,
                        part.measurement,
                        part.item,
                        part.value,
                    )


def _trajectories(rounds: Sequence[Round]) -> Iterator[Row]:
    for order, each in enumerate(rounds, 1):
        for code, row in sorted(each.rows.items()):
            scores = (_measured(each, row, name) for name in _measurements(rounds))
            yield (order, legible(each.label), code, legible(row.entity.name), *_standing(row), *scores)


def _measurements(rounds: Sequence[Round]) -> tuple[str, ...]:
    """What was measured, in the order of the last round's definition."""
    return rounds[-1].index.measurements


def _of_measurement(name: str) -> Column:
    return Column(name, "number", "Score of the measurement of that name", "points")


def _measured(given: Round, row: IndexRow, name: str) -> float | None:
    if row.status is Status.REFUSED:
        return None
    root = given.questionnaire.measurement_by_id[name].root
    return given.index.node(row, name, root.id).score


def _standing(row: IndexRow) -> Row:
    return (row.status.value, row.rank, row.index, row.level)
