"""The sheets of the index workbook: what stands in their cells."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ctimaturity.model.score import PROFILE
from ctimaturity.reporting.entity import EntityView, part_figures
from ctimaturity.reporting.entity_list import level_and_bounds, ranking_columns, sheet_groupings
from ctimaturity.reporting.groups import BY_TYPE, grouping_title
from ctimaturity.reporting.sheet import POINTS, SHARE, SheetColumn, TableSheet, worded
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ctimaturity.model.score import GroupRank, Index
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.figure import Figure
    from ctimaturity.reporting.index_view import IndexView
    from ctimaturity.reporting.panorama import Band, IndexDistribution, Stack

    Say = Callable[[str], str]
    Columns = list[SheetColumn[Any]]


def index_sheets(view: IndexView, index: Index) -> Iterator[TableSheet[Any]]:
    """Every sheet with a table, in order."""
    listed = (*view.ranked, *view.provisional)
    if listed:
        yield _ranking(view, index, listed)
        yield from _grids(view, listed)
    if view.panorama.distribution is not None:
        yield _levels(view)
    if view.panorama.contrasts:
        yield _contrasts(view, index)
    if view.groupings:
        yield _groups(view, index)
    if listed:
        yield _parts(view, index, listed)
    yield _not_ranked(view)
    if view.rulings is not None:
        yield worded(view.rulings.beside, "verified")
        yield worded(view.rulings.listed, "rulings")


def _named(t: Say, path: str = "") -> Columns:
    """Whose row it is; `path` leads from a record to its entity."""
    return [SheetColumn(t("Entity"), 34, f"{path}name"), SheetColumn(t("Code"), 10, f"{path}code")]


def _ranking(view: IndexView, index: Index, listed: Sequence[EntityView]) -> TableSheet[EntityView]:
    columns = ranking_columns(view, sheet_groupings(view, index.groupings))
    sheets = [column.sheet for column in columns if column.sheet is not None]
    return TableSheet(view.words.say("Ranking"), "ranking", sheets, listed)


def _grids(view: IndexView, listed: Sequence[EntityView]) -> Iterator[TableSheet[EntityView]]:
    t = view.words.say
    for number, grid in enumerate(view.columns.grids):
        columns: list[SheetColumn[EntityView]] = [
            SheetColumn(t("Rank"), 8, "row.rank"),
            *_named(t),
            *(
                SheetColumn(column.title, 15, partial(_grid_figure, number, at), POINTS, column)
                for at, column in enumerate(grid.columns)
            ),
        ]
        # The first table bears the name that workbooks had when there was only one.
        yield TableSheet(grid.title, f"grid{number + 1}" if number else "dimensions", columns, listed)


def _grid_figure(number: int, at: int, entity: EntityView) -> Figure:
    return entity.grids[number][at]


class _Band(NamedTuple):
    """A level of a column: how many entities are at it, of how many."""

    title: str
    column: ScoreColumn
    band: Band
    total: int


def _levels(view: IndexView) -> TableSheet[_Band]:
    """How many ranked entities are at each level: of the index, then of every part."""
    t, together = view.words.say, view.panorama
    banded: list[tuple[str, IndexDistribution | Stack]] = []
    if together.distribution is not None:
        banded.append((together.distribution.column.title, together.distribution))
    for grid, stacks in zip(view.columns.grids, together.stacks, strict=True):
        banded += [(grid.title, stack) for stack in stacks]
    records = [
        _Band(title, stack.column, band, sum(band.count for band in stack.bands))
        for title, stack in banded
        for band in stack.bands
    ]
    columns: list[SheetColumn[_Band]] = [
        SheetColumn(t("Measurement"), 30, "title"),
        SheetColumn(t("Part"), 46, "column.title"),
        SheetColumn(t("Level"), 8, "band.level"),
        SheetColumn(t("Level name"), 18, "band.name"),
        SheetColumn(t("Entities"), 11, "band.count"),
        SheetColumn(t("Share"), 11, lambda row: row.band.count / row.total if row.total else None, SHARE),
    ]
    return TableSheet(t("Levels"), "levels", columns, records)


class _Pair(NamedTuple):
    """The two scores of a part that two measurements share."""

    entity: EntityView
    title: str
    first: float
    second: float


def _contrasts(view: IndexView, index: Index) -> TableSheet[_Pair]:
    """Two measurements of the same parts, a row for each ranked entity and part that both have."""
    t = view.words.say
    (first, second), sides = view.panorama.names, view.panorama.contrasts[0].sides
    records = []
    for entity in view.ranked:
        for contrast in view.panorama.contrasts:
            scores = (
                index.node(entity.row, side.column.measurement, side.column.node).score
                for side in contrast.sides
            )
            known = [score for score in scores if score is not None]
            if len(known) == len(contrast.sides):
                records.append(_Pair(entity, contrast.title, *known))
    columns: list[SheetColumn[_Pair]] = [
        *_named(t, "entity."),
        SheetColumn(t("Part"), 34, "title"),
        SheetColumn(first, 15, "first", POINTS, sides[0].column),
        SheetColumn(second, 15, "second", POINTS, sides[1].column),
        SheetColumn(t("Difference"), 13, lambda pair: pair.second - pair.first, "+0.00;-0.00;0.00"),
    ]
    title = view.words.say("{first} against {second}", first=first, second=second)
    return TableSheet(title, "contrast", columns, records)


class _Grouped(NamedTuple):
    """An entity within a group."""

    grouping: str
    group: str
    rank: GroupRank
    entity: EntityView


def _groups(view: IndexView, index: Index) -> TableSheet[_Grouped]:
    """The place of each ranked entity within its groups, those large enough for ranks."""
    t = view.words.say
    records = [
        _Grouped(
            grouping_title(name, view.words),
            entity.type if name == BY_TYPE else shown(group.group),
            group,
            entity,
        )
        for name in dict.fromkeys((BY_TYPE, *index.groupings))
        for entity in view.ranked
        if (group := entity.row.groups.get(name)) is not None and group.rank is not None
    ]
    columns: list[SheetColumn[_Grouped]] = [
        SheetColumn(t("Grouping"), 20, "grouping"),
        SheetColumn(t("Group"), 26, "group"),
        SheetColumn(t("Place"), 9, "rank.rank"),
        SheetColumn(t("Entities"), 11, "rank.size"),
        *_named(t, "entity."),
        SheetColumn(t("Index"), 9, "entity.index", POINTS, view.columns.index),
    ]
    return TableSheet(t("Ranks within groups"), "groups", columns, records)


class _PartRow(NamedTuple):
    """A part of an entity, under the title of what it belongs to."""

    entity: EntityView
    title: str
    column: ScoreColumn
    figure: Figure


def _parts(view: IndexView, index: Index, listed: Sequence[EntityView]) -> TableSheet[_PartRow]:
    """The long table: a row for each entity and part, the combined dimensions last; fit for a pivot."""
    t = view.words.say
    columns: list[SheetColumn[_PartRow]] = [
        *_named(t, "entity."),
        SheetColumn(t("Type"), 14, "entity.type"),
        SheetColumn(t("State"), 13, "entity.status"),
        SheetColumn(t("Measurement"), 16, "title"),
        SheetColumn(t("Kind"), 13, "column.kind"),
        SheetColumn(t("Part"), 46, "column.title"),
        SheetColumn(t("Score"), 9, "figure.score", POINTS),
        *level_and_bounds(t, "figure."),
    ]
    records = [part for entity in listed for part in _parts_of(entity, view, index)]
    return TableSheet(t("Parts"), "parts", columns, records)


def _parts_of(entity: EntityView, view: IndexView, index: Index) -> Iterator[_PartRow]:
    for whole, figure in zip(view.columns.measurements, entity.measurements, strict=True):
        yield _PartRow(entity, whole.title, whole, figure)
        figures = part_figures(entity, whole.measurement, index, view.columns, view.words)
        for column, part in zip(view.columns.parts[whole.measurement], figures, strict=True):
            yield _PartRow(entity, whole.title, column, part)
    for grid, figures in zip(view.columns.grids, entity.grids, strict=True):
        for column, part in zip(grid.columns, figures, strict=True):
            if column.measurement == PROFILE:
                yield _PartRow(entity, grid.title, column, part)


class _Unranked(NamedTuple):
    """An entity without a rank, or one that is awaited."""

    name: str
    code: str
    type: str
    status: str
    coverage: float | None
    why: str


def _not_ranked(view: IndexView) -> TableSheet[_Unranked]:
    t = view.words.say
    columns: list[SheetColumn[_Unranked]] = [
        *_named(t),
        SheetColumn(t("Type"), 14, "type"),
        SheetColumn(t("State"), 16, "status"),
        SheetColumn(t("Coverage"), 11, "coverage", SHARE),
        SheetColumn(t("Why"), 110, "why"),
    ]
    records = [
        _Unranked(
            entity.name,
            entity.code,
            entity.type,
            entity.status,
            entity.row.coverage,
            " ".join([*entity.reasons, *entity.findings]),
        )
        for entity in (*view.provisional, *view.left_out)
    ]
    records += [
        _Unranked(awaited.name, awaited.code, "", view.awaited_label, None, "") for awaited in view.awaited
    ]
    return TableSheet(t("Not ranked"), "not_ranked", columns, records, frozen=1)
