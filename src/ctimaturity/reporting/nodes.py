"""The whole tree of one entity above the items, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.reporting.figure import Figure, node_figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.questionnaire import Node, Questionnaire
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import Column, Columns
    from ctimaturity.reporting.words import Words


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node: `depth` is 0 for the measurement."""

    depth: int
    code: str
    title: str
    figure: Figure
    interval: str
    coverage: str
    weight: str


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The nodes of one measurement, parents first; `levels` is how many levels they have."""

    title: str
    levels: int
    lines: tuple[NodeLine, ...]


def node_tables(
    questionnaire: Questionnaire, row: IndexRow, index: Index, columns: Columns, words: Words
) -> tuple[NodeTable, ...]:
    """A table for each measurement that was scored.

    Args:
        questionnaire: The definition.
        row: The entity.
        index: The ranked index.
        columns: The columns of the document.
        words: The language.
    """
    made = []
    for column in columns.measurements:
        root = questionnaire.measurement_by_id[column.measurement].root
        lines = tuple(_lines(root, 0, column.measurement, row, index, columns, words))
        made.append(NodeTable(column.title, column.levels, lines))
    return tuple(made)


def _lines(
    node: Node, depth: int, measurement: str, row: IndexRow, index: Index, columns: Columns, words: Words
) -> Iterable[NodeLine]:
    column: Column = columns.of_node(measurement, node)
    numbers = index.node(row, measurement, node.id)
    yield NodeLine(
        depth=depth,
        code=node.id,
        title=column.title,
        figure=node_figure(column, row.status, numbers, words),
        interval=words.interval(numbers.low, numbers.high, column.bounds),
        coverage=words.percent(numbers.coverage),
        weight=words.percent(numbers.weight_effective, 1),
    )
    for child in node.children:
        yield from _lines(child, depth + 1, measurement, row, index, columns, words)
