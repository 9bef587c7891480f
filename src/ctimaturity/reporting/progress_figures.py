"""Changes of one entity as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.analysis.change import Source
from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import Status
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.figure import figure, level_name
from ctimaturity.reporting.panorama import signed

if TYPE_CHECKING:
    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.words import Words

SOURCES = {
    Source.DEFINITION: "the definition",
    Source.REFERENCE: "the reference ranges",
    Source.ANSWERS: "the answers",
    Source.SURVEY: "the survey",
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

    def levels(self, one: EntityChange) -> str:
        """The level before and after; one of them where it is the same."""
        pair = self.level(one.before), self.level(one.after)
        return pair[0] if pair[0] == pair[1] else f" {ARROW} ".join(pair)

    def rank(self, row: IndexRow | None) -> str:
        """The published rank, or why there is none."""
        if row is None:
            return MISSING
        if row.rank is None:
            return self.words.say(row.status.value)
        return f"{row.rank}{'=' if row.tied else ''}"

    def change(self, one: EntityChange) -> str:
        """The change of the index of an entity ranked in both rounds; a dash for others."""
        if one.progress is None or one.before is None or one.after is None:
            return MISSING
        return self.signed((one.after.index or 0.0) - (one.before.index or 0.0))

    def place(self, one: EntityChange) -> str:
        """The place in the ranking of progress."""
        return f"{one.progress.rank}{'=' if one.progress.tied else ''}" if one.progress else MISSING

    def split(self, one: EntityChange) -> tuple[str, str, str]:
        """The three terms of the change of rank."""
        if one.rank is None:
            return (MISSING,) * 3
        return (places(one.rank.own), places(one.rank.others), places(one.rank.membership))

    def score(self, column: ScoreColumn, numbers: NodeScore | None, row: IndexRow | None) -> str:
        """A score with its level, the interval where only that is shown."""
        if numbers is None or row is None:
            return MISSING
        found = figure(
            column, row.status, numbers.score, numbers.level, (numbers.low, numbers.high), self.words
        )
        level = level_text(column, found.level) if found.level is not None else ""
        return f"{found.text} ({level})" if level else found.text

    def node_change(self, one: EntityChange, node: NodeChange) -> str:
        """The change of a node; a dash where no point is shown in one of the rounds."""
        told = self.told(one, node)
        return self.signed(node.change) if told and node.change is not None else MISSING

    def told(self, one: EntityChange, node: NodeChange) -> bool:
        """Whether the change of a node is shown: there is a point in both rounds."""
        pairs = ((one.before, node.before), (one.after, node.after))
        return node.change is not None and all(is_told(row, each) for row, each in pairs)

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
