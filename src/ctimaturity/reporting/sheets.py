"""The sheets of the index workbook: what stands in their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.score import PROFILE
from ctimaturity.reporting.entity import EntityView, part_figures
from ctimaturity.reporting.groups import BY_TYPE
from ctimaturity.reporting.panorama_sheets import contrast_sheet, group_sheet, level_sheet
from ctimaturity.reporting.sheet import SHARE, Cell, Field, Sheet
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.model.score import Index
    from ctimaturity.reporting.document import Table
    from ctimaturity.reporting.figure import Figure
    from ctimaturity.reporting.view import IndexView

HARMONISED = "0.0"


def sheets(view: IndexView, index: Index) -> Iterable[Sheet]:
    """Every sheet with a table, in order."""
    t = view.words.say
    listed = (*view.ranked, *view.provisional)
    if listed:
        yield _ranking(view, index, listed)
    names = ["dimensions", *(f"grid{number}" for number in range(2, len(view.columns.grids) + 1))]
    for number, (grid, name) in enumerate(zip(view.columns.grids if listed else (), names, strict=False)):
        fields = [Field(t("Rank"), 8), Field(t("Entity"), 34), Field(t("Code"), 10)]
        fields += [Field(column.title, 15, "0.00", column) for column in grid.columns]
        rows = [[entity.row.rank, entity.name, entity.code, *entity.grids[number]] for entity in listed]
        yield Sheet(grid.title, name, fields, rows)
    if view.panorama.distribution is not None:
        yield level_sheet(view)
    if view.panorama.contrasts:
        yield contrast_sheet(view, index)
    if view.groupings:
        yield group_sheet(view, index)
    if listed:
        yield _parts(view, index, listed)
    left_out = [
        [
            entity.name,
            entity.code,
            entity.type,
            entity.status,
            entity.row.coverage,
            " ".join([*entity.reasons, *entity.findings]),
        ]
        for entity in (*view.provisional, *view.left_out)
    ]
    left_out += [[waiting.name, waiting.code, "", view.awaited_label, None, ""] for waiting in view.awaited]
    fields = [
        Field(t("Entity"), 34),
        Field(t("Code"), 10),
        Field(t("Type"), 14),
        Field(t("State"), 16),
        Field(t("Coverage"), 11, SHARE),
        Field(t("Why"), 110),
    ]
    yield Sheet(t("Not ranked"), "not_ranked", fields, left_out, frozen=1)
    if view.rulings is not None:
        yield _worded(view.rulings.beside, "verified")
        yield _worded(view.rulings.listed, "rulings")


def _worded(table: Table, name: str) -> Sheet:
    """A table of words."""
    rows = [tuple(map(str, row)) for row in table.rows]
    return Sheet(table.caption, name, [Field(header, 24) for header in table.headers], rows, frozen=1)


def _ranking(view: IndexView, index: Index, listed: Sequence[EntityView]) -> Sheet:
    t, columns = view.words.say, view.columns
    staged = [column for column in columns.measurements if column.staged]
    # A list of entities may have any column, a telephone too: only those asked for as groups go public.
    groupings = [name for name in dict.fromkeys(index.groupings) if name != BY_TYPE]
    if not view.public:
        groupings = list(dict.fromkeys(name for entity in listed for name in entity.row.entity.groups))
    fields = [
        Field(t("Rank"), 8),
        Field(t("Entity"), 34),
        Field(t("Code"), 10),
        Field(t("Type"), 14),
        Field(t("State"), 13),
        Field(t("Index"), 9, "0.00", columns.index),
        Field(t("Level"), 8),
        Field(t("Level name"), 16),
        Field(t("Lowest"), 9, "0.00"),
        Field(t("Highest"), 9, "0.00"),
        Field(t("Coverage"), 11, SHARE),
        Field(t("Harmonised index"), 12, HARMONISED),
        *(Field(column.title, 13, "0.00", column) for column in columns.measurements),
        *(Field(f"{t('Staged level')} ({column.title})", 14) for column in staged),
        Field(t("Weakest part"), 24),
        *(
            Field(f"{t('Respondents')} ({column.title})", 14)
            for column in columns.measurements
            if column.survey
        ),
        *(Field(name, 16) for name in map(shown, groupings)),
    ]
    rows = [
        [
            entity.row.rank,
            entity.name,
            entity.code,
            entity.type,
            entity.status,
            entity.index,
            entity.index.level,
            entity.index.level_name,
            entity.index.low,
            entity.index.high,
            entity.row.coverage,
            entity.row.index_harmonised if entity.index.score is not None else None,
            *entity.measurements,
            *(level for level, _ in entity.staged),
            entity.weakest,
            *(asked for asked in entity.respondents if asked is not None),
            *(shown(entity.row.entity.groups.get(name, "")) for name in groupings),
        ]
        for entity in listed
    ]
    return Sheet(t("Ranking"), "ranking", fields, rows)


def _parts(view: IndexView, index: Index, listed: Sequence[EntityView]) -> Sheet:
    """The long table: a row for each entity and part, the combined dimensions last; fit for a pivot."""
    t = view.words.say
    fields = [
        Field(t("Entity"), 34),
        Field(t("Code"), 10),
        Field(t("Type"), 14),
        Field(t("State"), 13),
        Field(t("Measurement"), 16),
        Field(t("Kind"), 13),
        Field(t("Part"), 46),
        Field(t("Score"), 9, "0.00"),
        Field(t("Level"), 8),
        Field(t("Level name"), 16),
        Field(t("Lowest"), 9, "0.00"),
        Field(t("Highest"), 9, "0.00"),
    ]
    rows: list[Sequence[Cell | Figure]] = []
    for entity in listed:
        who = (entity.name, entity.code, entity.type, entity.status)
        for whole, figure in zip(view.columns.measurements, entity.measurements, strict=True):
            parts = view.columns.parts[whole.measurement]
            figures = [figure, *part_figures(entity, whole.measurement, index, view.columns, view.words)]
            rows += [
                [*who, whole.title, column.kind, column.title, *_numbers(shown)]
                for column, shown in zip((whole, *parts), figures, strict=True)
            ]
        for grid, shown_there in zip(view.columns.grids, entity.grids, strict=True):
            rows += [
                [*who, grid.title, column.kind, column.title, *_numbers(shown)]
                for column, shown in zip(grid.columns, shown_there, strict=True)
                if column.measurement == PROFILE
            ]
    return Sheet(t("Parts"), "parts", fields, rows)


def _numbers(figure: Figure) -> tuple[Cell, ...]:
    return (figure.score, figure.level, figure.level_name, figure.low, figure.high)
