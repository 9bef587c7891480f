"""Changes of entities as people read them: texts of figures, lines and charts along the rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.analysis.change import ChangeSource
from ctimaturity.language.numbers import MISSING, rank_text
from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.document import DocumentTable, Drawing
from ctimaturity.reporting.figure import figure, level_name, node_figure
from ctimaturity.reporting.panorama import signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.words import Words


SOURCES = {
    ChangeSource.DEFINITION: "the definition",
    ChangeSource.REFERENCE: "the reference ranges",
    ChangeSource.ANSWERS: "the answers",
    ChangeSource.SURVEY: "the survey",
}
"""What a contribution comes from, for people."""
ARROW = "→"


@dataclass(frozen=True)
class ProgressFigures:
    """Shows the numbers of one comparison in one language.

    Attributes:
        comparison: Two rounds.
        words: The language.
        columns: Those of the later round.
    """

    comparison: Comparison
    words: Words
    columns: ScoreColumns

    @classmethod
    def of(cls, comparison: Comparison, words: Words) -> ProgressFigures:
        """Those of a comparison."""
        after = comparison.after
        return cls(comparison, words, ScoreColumns(after.questionnaire, after.index, words))

    def index_text(self, row: IndexRow | None) -> str:
        """The index of a ranked entity, the interval of a provisional one, else a dash."""
        if row is None:
            return MISSING
        column = self.columns.index
        bounds = (row.index_low, row.index_high)
        if row.status is Status.REFUSED:
            return MISSING
        return figure(column, row.status, row.index, row.level, bounds, self.words).text

    def level(self, row: IndexRow | None) -> str:
        """The level of a ranked entity."""
        if row is None or row.status is not Status.RANKED or row.level is None:
            return MISSING
        return level_text(self.columns.index, row.level)

    def levels(self, change: EntityChange) -> str:
        """The level before and after; one of them where it is the same."""
        pair = self.level(change.before), self.level(change.after)
        return pair[0] if pair[0] == pair[1] else f" {ARROW} ".join(pair)

    def rank(self, row: IndexRow | None) -> str:
        """The published rank, or why there is none."""
        if row is None:
            return MISSING
        return rank_text(row.rank, tied=row.tied) or self.words.say(row.status.value)

    def change(self, change: EntityChange) -> str:
        """The change of the index of an entity ranked in both rounds; a dash for others."""
        if change.progress is None or change.before is None or change.after is None:
            return MISSING
        return self.signed((change.after.index or 0.0) - (change.before.index or 0.0))

    def place(self, change: EntityChange) -> str:
        """The place in the ranking of progress."""
        return rank_text(change.progress.rank, tied=change.progress.tied) if change.progress else MISSING

    def split(self, change: EntityChange) -> tuple[str, str, str]:
        """The three terms of the change of rank."""
        if change.rank is None:
            return (MISSING,) * 3
        return (places(change.rank.own), places(change.rank.others), places(change.rank.membership))

    def score(self, column: ScoreColumn, numbers: NodeScore | None, row: IndexRow | None) -> str:
        """A score with its level, the interval where only that is shown."""
        if numbers is None or row is None:
            return MISSING
        shown_figure = figure(
            column, row.status, numbers.score, numbers.level, (numbers.low, numbers.high), self.words
        )
        level = level_text(column, shown_figure.level) if shown_figure.level is not None else ""
        return f"{shown_figure.text} ({level})" if level else shown_figure.text

    def node_change(self, change: EntityChange, node: NodeChange) -> str:
        """The change of a node; a dash where no point is shown in one of the rounds."""
        told = self.told(change, node)
        return self.signed(node.change) if told and node.change is not None else MISSING

    def told(self, change: EntityChange, node: NodeChange) -> bool:
        """Whether the change of a node is shown: there is a point in both rounds."""
        pairs = ((change.before, node.before), (change.after, node.after))
        return node.change is not None and all(is_told(row, numbers) for row, numbers in pairs)

    def signed(self, change: float) -> str:
        """A change with its sign."""
        return signed(change, self.words)


def is_told(row: IndexRow | None, numbers: NodeScore | None) -> bool:
    """Whether a score is shown as a point: of an entity that is ranked, or where its bounds meet."""
    if row is None or numbers is None or numbers.score is None:
        return False
    return row.status is Status.RANKED or numbers.low == numbers.high


def level_text(column: ScoreColumn, level: int) -> str:
    """A level by number and name."""
    name = level_name(column, level)
    return f"{level} · {name}" if name else str(level)


def places(gained: int) -> str:
    """Places with a sign."""
    return f"{gained:+d}".replace("-", "−") if gained else "0"


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
    table: DocumentTable
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
    rows = [round_.rows.get(code) for round_ in rounds]
    figures = [
        None
        if row is None or row.status is Status.REFUSED
        else figure(column, row.status, row.index, row.level, (row.index_low, row.index_high), words)
        for row in rows
    ]
    return Line(
        name,
        tuple(None if point is None else point.score for point in figures),
        tuple(MISSING if point is None else point.text for point in figures),
    )


def part_line(rounds: Sequence[Round], code: str, name: str, column: ScoreColumn, words: Words) -> Line:
    """A part of one entity along the rounds; a point only where one is shown."""
    if column.measurement == INDEX:
        return entity_line(rounds, code, name, column, words)
    scores: list[float | None] = []
    texts: list[str] = []
    for round_ in rounds:
        row = round_.rows.get(code)
        numbers = None if row is None else node_in(round_, row, column)
        if row is None or numbers is None or row.status is Status.REFUSED:
            scores.append(None)
            texts.append(MISSING)
            continue
        scores.append(numbers.score if is_told(row, numbers) else None)
        texts.append(node_figure(column, row.status, numbers, words).text)
    return Line(name, tuple(scores), tuple(texts))


def node_in(given: Round, row: IndexRow, column: ScoreColumn) -> NodeScore | None:
    """The numbers of an entity at a place; None where that round's definition does not have it."""
    at = given.index.table.place_index().get((column.measurement, column.node))
    return None if at is None else given.index.table.at(row.row, at)
