"""Lines of one entity along the rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.figure import figure, node_figure
from ctimaturity.reporting.progress_figures import is_told
from ctimaturity.reporting.progress_page import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.columns import Column
    from ctimaturity.reporting.words import Words


def entity_line(rounds: Sequence[Round], code: str, name: str, column: Column, words: Words) -> Line:
    """The index of one entity along the rounds; a point only where it is ranked."""
    rows = [each.rows.get(code) for each in rounds]
    figures = [
        None
        if row is None or row.status is Status.REFUSED
        else figure(column, row.status, row.index, row.level, (row.index_low, row.index_high), words)
        for row in rows
    ]
    return Line(
        name,
        tuple(None if each is None else each.score for each in figures),
        tuple(MISSING if each is None else each.text for each in figures),
    )


def part_line(rounds: Sequence[Round], code: str, name: str, column: Column, words: Words) -> Line:
    """A part of one entity along the rounds; a point only where one is shown."""
    if column.measurement == INDEX:
        return entity_line(rounds, code, name, column, words)
    scores: list[float | None] = []
    texts: list[str] = []
    for each in rounds:
        row = each.rows.get(code)
        numbers = None if row is None else node_in(each, row, column)
        if row is None or numbers is None or row.status is Status.REFUSED:
            scores.append(None)
            texts.append(MISSING)
            continue
        scores.append(numbers.score if is_told(row, numbers) else None)
        texts.append(node_figure(column, row.status, numbers, words).text)
    return Line(name, tuple(scores), tuple(texts))


def node_in(given: Round, row: IndexRow, column: Column) -> NodeScore | None:
    """The numbers of an entity at a place; None where that round's definition does not have it."""
    found = given.index.table.place_index().get((column.measurement, column.node))
    return None if found is None else given.index.table.at(row.row, found)
