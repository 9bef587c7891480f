"""index.csv: one row per entity."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ctimaturity.model.rule import ResultsBasis
from ctimaturity.results.index_columns import IndexColumns, index_columns, level_names
from ctimaturity.results.table import Cell, Row, Table, legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import IndexRow

JOINT = ";"


def index_table(assessment: Assessment, language: str) -> Table:
    """The ranked index: ranked by rank, then provisional, incomplete and refused, each by code."""
    columns = index_columns(assessment)

    def rows() -> Iterator[Row]:
        index = assessment.index
        place = index.table.place_index()
        at = [place.get(node) for node in columns.nodes]
        names = level_names(assessment.questionnaire, language)
        for row in index.rows:
            scores = index.table.score[row.row].tolist()
            shown = tuple(_number(scores[column]) if column is not None else None for column in at)
            reported = _reported(row, assessment)
            last = (*reported, *_groups(row, columns), *_cited(row, assessment))
            yield (*_head(row, names), *shown, *_tail(row, assessment), *last)

    return Table("index", "The ranked index, one row per entity", columns.columns, ("entity_code",), rows)


def _head(row: IndexRow, names: tuple[str, ...]) -> Row:
    return (
        row.rank,
        row.entity.code,
        legible(row.entity.name),
        row.entity.type,
        row.status.value,
        row.index,
        row.level,
        names[row.level] if row.level is not None and names else None,
        row.index_low,
        row.index_high,
        row.coverage,
        row.index_harmonised,
    )


def _tail(row: IndexRow, assessment: Assessment) -> Row:
    label = assessment.options.get("round")
    return (
        JOINT.join(row.weakest),
        row.respondents,
        row.na_share,
        row.dont_know_share,
        row.results_basis,
        None if label is None else legible(str(label)),
        assessment.questionnaire.key,
    )


def _reported(row: IndexRow, assessment: Assessment) -> Row:
    """The same entity with its answers as reported; nothing without rulings."""
    if assessment.verification is None:
        return ()
    before = assessment.verification.row(row.entity.code)
    return (None,) * 4 if before is None else (before.status.value, before.rank, before.index, before.level)


def _cited(row: IndexRow, assessment: Assessment) -> Row:
    """The reference ranges, where marks of the entity come from them; no column without any."""
    if assessment.reference is None:
        return ()
    ranged = ResultsBasis.RANGE in row.results_basis.split(JOINT)
    return (legible(assessment.reference.cited) if ranged else None,)


def _groups(row: IndexRow, columns: IndexColumns) -> Iterator[Cell]:
    for grouping in columns.groupings:
        found = row.groups[grouping]
        yield from (legible(found.group), found.rank, found.size)
    for grouping in columns.referenced:
        yield legible(row.entity.groups.get(grouping, ""))
    for segment in columns.segments:
        yield row.entity.population.get(segment)


def _number(value: float) -> float | None:
    return None if isnan(value) else value
