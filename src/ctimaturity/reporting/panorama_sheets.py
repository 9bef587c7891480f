"""Sheets of what entities show together: entities by level, two measurements, ranks within groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.groups import BY_TYPE, grouping_title
from ctimaturity.reporting.sheet import SHARE, Field, Sheet
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.model.score import Index
    from ctimaturity.reporting.columns import Column
    from ctimaturity.reporting.figure import Figure
    from ctimaturity.reporting.panorama import Band
    from ctimaturity.reporting.sheet import Cell
    from ctimaturity.reporting.view import IndexView


def level_sheet(view: IndexView) -> Sheet:
    """How many ranked entities are at each level: of the index, then of every part."""
    t, together = view.words.say, view.panorama
    fields = [
        Field(t("Measurement"), 30),
        Field(t("Part"), 46),
        Field(t("Level"), 8),
        Field(t("Level name"), 18),
        Field(t("Entities"), 11),
        Field(t("Share"), 11, SHARE),
    ]
    rows: list[Sequence[Cell]] = []
    if together.distribution is not None:
        column = together.distribution.column
        rows += _banded(column.title, column, together.distribution.bands)
    for grid, stacks in zip(view.columns.grids, together.stacks, strict=True):
        for stack in stacks:
            rows += _banded(grid.title, stack.column, stack.bands)
    return Sheet(t("Levels"), "levels", fields, rows)


def _banded(title: str, column: Column, bands: Sequence[Band]) -> Iterable[Sequence[Cell]]:
    total = sum(band.count for band in bands)
    for band in bands:
        share = band.count / total if total else None
        yield title, column.title, band.level, band.name, band.count, share


def contrast_sheet(view: IndexView, index: Index) -> Sheet:
    """Two measurements of the same parts, a row for each ranked entity and part that both have."""
    t = view.words.say
    first, second = view.panorama.names
    sides = view.panorama.contrasts[0].sides
    fields = [
        Field(t("Entity"), 34),
        Field(t("Code"), 10),
        Field(t("Part"), 34),
        Field(first, 15, "0.00", sides[0].column),
        Field(second, 15, "0.00", sides[1].column),
        Field(t("Difference"), 13, "+0.00;-0.00;0.00"),
    ]
    rows: list[Sequence[Cell]] = []
    for entity in view.ranked:
        for contrast in view.panorama.contrasts:
            one, two = (
                index.node(entity.row, side.column.measurement, side.column.node).score
                for side in contrast.sides
            )
            if one is not None and two is not None:
                rows.append([entity.name, entity.code, contrast.title, one, two, two - one])
    return Sheet(t("{first} against {second}", first=first, second=second), "contrast", fields, rows)


def group_sheet(view: IndexView, index: Index) -> Sheet:
    """The place of each ranked entity within its groups, those large enough for ranks."""
    t = view.words.say
    fields = [
        Field(t("Grouping"), 20),
        Field(t("Group"), 26),
        Field(t("Place"), 9),
        Field(t("Entities"), 11),
        Field(t("Entity"), 34),
        Field(t("Code"), 10),
        Field(t("Index"), 9, "0.00", view.columns.index),
    ]
    rows: list[Sequence[Cell | Figure]] = []
    for name in dict.fromkeys((BY_TYPE, *index.groupings)):
        title = grouping_title(name, view.words)
        for entity in view.ranked:
            group = entity.row.groups.get(name)
            if group is None or group.rank is None:
                continue
            label = entity.type if name == BY_TYPE else shown(group.group)
            place = (title, label, group.rank, group.size)
            rows.append([*place, entity.name, entity.code, entity.index])
    return Sheet(t("Ranks within groups"), "groups", fields, rows)
