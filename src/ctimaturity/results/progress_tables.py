"""The CSV files of a comparison: entities, changes, contributions, trajectories."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.analysis.change import ChangeSource, Presence
from ctimaturity.model.score import Status
from ctimaturity.results.table import NO, YES, Column, Row, Table, legible, row_maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow

STATUSES = tuple(status.value for status in Status)
FROM: Column = Column("from_round", "string", "Name of the earlier round", required=True)
TO: Column = Column("to_round", "string", "Name of the later round", required=True)
_CODE: Column = Column("entity_code", "string", "Code of the entity, as text", required=True)
_NAME: Column = Column("entity_name", "string", "Name of the entity")
_MEASUREMENT: Column = Column(
    "measurement", "string", "Id; index for the index, profile for a combined part", required=True
)
_NODE: Column = Column("node", "string", "Id of the node or item", required=True)
INDICATIVE: Column = Column(
    "indicative",
    "boolean",
    "Always true: matched items only, no scores of the model",
    required=True,
    get=lambda _: True,
)


def _less(name: str) -> Callable[[EntityChange], float | None]:
    def less(change: EntityChange) -> float | None:
        before, after = (None if row is None else getattr(row, name) for row in (change.before, change.after))
        return None if before is None or after is None else after - before

    return less


ENTITY: tuple[Column[EntityChange], ...] = (
    replace(_CODE, get="entity.code"),
    replace(_NAME, get="entity.name"),
    Column("presence", "string", "returning, new or gone", choices=tuple(Presence), required=True),
    Column("status_before", "string", "Status in the earlier round", choices=STATUSES, get="before.status"),
    Column("status_after", "string", "Status in the later round", choices=STATUSES, get="after.status"),
    Column("index_before", "number", "Index in the earlier round", "points", get="before.index"),
    Column("index_after", "number", "Index in the later round", "points", get="after.index"),
    Column("change", "number", "Later less earlier", "points", get=_less("index")),
    Column(
        "level_before", "integer", "Level in the earlier round; 0 is below the lowest", get="before.level"
    ),
    Column("level_after", "integer", "Level in the later round; 0 is below the lowest", get="after.level"),
    Column("level_change", "integer", "Levels moved", get=_less("level")),
    Column("rank_before", "integer", "Published rank in the earlier round", get="before.rank"),
    Column("rank_after", "integer", "Published rank in the later round", get="after.rank"),
    Column("rank_change", "integer", "Places gained; the sum of the three that follow", get="rank.total"),
    Column(
        "rank_own",
        "integer",
        "Places gained by its own change, among the others as they were",
        get="rank.own",
    ),
    Column("rank_others", "integer", "Places gained by the changes of the others", get="rank.others"),
    Column(
        "rank_membership",
        "integer",
        "Places gained by who entered or left the ranking",
        get="rank.membership",
    ),
    Column(
        "progress_rank",
        "integer",
        "Rank by change of index, of those ranked in both rounds",
        get="progress.rank",
    ),
    Column("progress_size", "integer", "How many are ranked in both rounds", "entities", get="progress.size"),
)
# The two longest tables are written by order: got cell by cell, their writing took 39 and 53 % longer.
CHANGE_COLUMNS: tuple[Column, ...] = (
    FROM,
    TO,
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
CONTRIBUTION_COLUMNS: tuple[Column, ...] = (
    FROM,
    TO,
    _CODE,
    _MEASUREMENT,
    _NODE,
    Column(
        "source",
        "string",
        "What changed: the definition, the reference ranges, the answers, or the survey",
        choices=tuple(ChangeSource),
        required=True,
    ),
    Column("item_measurement", "string", "Id of the measurement of the item; empty for the definition"),
    Column("item", "string", "Id of the item; empty for the definition"),
    Column("contribution", "number", "What it adds to the change of the node", "points", required=True),
)
_ROUND: tuple[Column, ...] = (
    Column("order", "integer", "Position of the round, the earliest first", required=True),
    Column("round", "string", "Name of the round", required=True),
)
_STANDING: tuple[Column[IndexRow], ...] = (
    replace(_CODE, get="entity.code"),
    replace(_NAME, get="entity.name"),
    Column("status", "string", "Status in the round", choices=STATUSES, required=True),
    Column("rank", "integer", "Published rank"),
    Column("index", "number", "Index", "points"),
    Column("level", "integer", "Level; 0 is below the lowest"),
)
_INDICATIVE: tuple[Column[IndicativeChange], ...] = (
    replace(_CODE, get="code"),
    replace(_NAME, get="name"),
    _MEASUREMENT,
    _NODE,
    Column("kind", "string", "index, measurement or what the node is called", required=True),
    INDICATIVE,
    Column("items", "integer", "Matched items with a score in both rounds", required=True),
    Column("before", "number", "Their mean in the earlier round, from 0 to 100", required=True),
    Column("after", "number", "Their mean in the later round, from 0 to 100", required=True),
    Column("change", "number", "Later less earlier", required=True),
)
_INDICATIVE_ITEM: tuple[Column[IndicativeItem], ...] = (
    replace(_CODE, get="code"),
    replace(_NAME, get="name"),
    _MEASUREMENT,
    Column("item", "string", "Id of the item in the later edition", required=True),
    Column(
        "item_before", "string", "Id of the same item in the earlier edition", required=True, get="old_item"
    ),
    INDICATIVE,
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
    entity = row_maker(ENTITY)
    return (
        Table(
            "entities",
            "What changed for each entity",
            (FROM, TO, *ENTITY),
            pair,
            lambda: (
                (*_labels(comparison), *entity(change))
                for comparison in comparisons
                for change in comparison.entities
            ),
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
            (*_ROUND, *_STANDING, *(_of_measurement(name) for name in _measurements(rounds))),
            ("order", "entity_code"),
            lambda: _trajectories(rounds),
        ),
    )


def indicative_table(before: str, after: str, changes: Sequence[IndicativeChange]) -> Table:
    """The table of a comparison across editions."""

    def rows() -> Iterator[Row]:
        cells = row_maker(_INDICATIVE)
        return ((legible(before), legible(after), *cells(change)) for change in changes)

    key = ("from_round", "to_round", "entity_code", "measurement", "node")
    return Table(
        "indicative", "Matched items only: an indication, not scores", (FROM, TO, *_INDICATIVE), key, rows
    )


def indicative_items_table(before: str, after: str, items: Sequence[IndicativeItem]) -> Table:
    """The table of the items that a comparison across editions rests on."""

    def rows() -> Iterator[Row]:
        cells = row_maker(_INDICATIVE_ITEM)
        return ((legible(before), legible(after), *cells(item)) for item in items)

    key = ("from_round", "to_round", "entity_code", "measurement", "item")
    title = "The matched items of each entity: an indication, not scores"
    return Table("indicative_items", title, (FROM, TO, *_INDICATIVE_ITEM), key, rows)


def _labels(comparison: Comparison) -> tuple[str, str]:
    return legible(comparison.before.label), legible(comparison.after.label)


def _changes(comparisons: Sequence[Comparison]) -> Iterator[Row]:
    for comparison in comparisons:
        for change in comparison.entities:
            for node in change.nodes:
                yield (
                    *_labels(comparison),
                    change.entity.code,
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
        *(None if side is None else side.score for side in pair),
        node.change,
        *(None if side is None else side.level for side in pair),
        node.level_change,
        *(None if side is None else side.coverage for side in pair),
        *(end for side in pair for end in ((None, None) if side is None else (side.low, side.high))),
        node.standard_error,
        told,
    )


def _contributions(comparisons: Sequence[Comparison]) -> Iterator[Row]:
    for comparison in comparisons:
        for change in comparison.entities:
            for node in change.nodes:
                for part in node.contributions:
                    yield (
                        *_labels(comparison),
                        change.entity.code,
                        node.place.measurement,
                        node.place.node,
                        part.source.value,
                        part.measurement,
                        part.item,
                        part.value,
                    )


def _trajectories(rounds: Sequence[Round]) -> Iterator[Row]:
    cells = row_maker(_STANDING)
    for order, round_ in enumerate(rounds, 1):
        for _, row in sorted(round_.rows.items()):
            scores = (_measured(round_, row, name) for name in _measurements(rounds))
            yield (order, legible(round_.label), *cells(row), *scores)


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
