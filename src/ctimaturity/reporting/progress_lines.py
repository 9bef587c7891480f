"""Charts of entities, and of parts of one, along the rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.document import Drawing, Table
from ctimaturity.reporting.figure import figure, node_figure
from ctimaturity.reporting.progress_figures import is_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.words import Words


MOST_LINES = 40
"""Entities that a chart shows; the tables have all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entity, or one part of one, along the rounds.

    Attributes:
        name: Of whom.
        scores: One per round; None where no point is shown.
        texts: As they are shown.
    """

    name: str
    scores: tuple[float | None, ...]
    texts: tuple[str, ...]

    @property
    def last(self) -> tuple[str, int]:
        """The last point as it is shown, and the number of its round."""
        number = max(number for number, score in enumerate(self.scores) if score is not None)
        return self.texts[number], number


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines along rounds.

    Attributes:
        title: What it is.
        description: How to read it.
        rounds: Names, the earliest first.
        lines: At least one, each with a score.
        table: The same numbers.
        small: Whether each line has a small chart of its own.
    """

    title: str
    description: str
    rounds: tuple[str, ...]
    lines: tuple[Line, ...]
    table: Table
    small: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Whole points that all scores lie between."""
        scores = [score for line in self.lines for score in line.scores if score is not None]
        low, high = min(scores) // 1, -(-max(scores) // 1)
        return low, max(high, low + 1)


def drawings(name: str, charts: Sequence[Chart]) -> Iterator[Drawing]:
    """Charts as blocks of the section of that name; of two with one table the first has it."""
    for number, chart in enumerate(charts, 1):
        known = any(chart.table is other.table for other in charts[: number - 1])
        macro = "multiples" if chart.small else "slopes"
        yield Drawing(macro, f"{name}-{number}", (chart,), None if known else chart.table)


def entity_line(rounds: Sequence[Round], code: str, name: str, column: ScoreColumn, words: Words) -> Line:
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


def part_line(rounds: Sequence[Round], code: str, name: str, column: ScoreColumn, words: Words) -> Line:
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


def node_in(given: Round, row: IndexRow, column: ScoreColumn) -> NodeScore | None:
    """The numbers of an entity at a place; None where that round's definition does not have it."""
    found = given.index.table.place_index().get((column.measurement, column.node))
    return None if found is None else given.index.table.at(row.row, found)
