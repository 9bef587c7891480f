"""The parts of one entity beside the medians of those it is compared with and its own next level."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from ctimaturity.model.score import Status
from ctimaturity.reporting.entity import type_label
from ctimaturity.reporting.figure import Figure, node_figure
from ctimaturity.reporting.groups import BY_TYPE, grouping_title
from ctimaturity.reporting.panorama import signed
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn, ScoreColumns
    from ctimaturity.reporting.words import Words


FEWEST = 5
"""Ranked entities that a median is made of; with fewer it is only somebody's score."""


@dataclass(frozen=True, slots=True)
class Peers:
    """A group to be compared with.

    Attributes:
        title: Such as `intermedia (Categoría)`.
        size: How many of them are ranked, the entity itself among them.
        everyone: Whether they are all that are ranked.
        medians: By (measurement, node); of nodes that too few of them have a score of, none.
    """

    title: str
    size: int
    everyone: bool
    medians: Mapping[tuple[str, str], float]

    def median(self, column: ScoreColumn) -> float | None:
        """Their median in a column."""
        return self.medians.get((column.measurement, column.node))


class PeerGroups:
    """The groups of an index; the medians of each are made once.

    An entity is compared within the first grouping that was asked for, else with its type; where that
    group has fewer than `FEWEST` ranked entities, with all ranked ones; where they are too few, with
    nobody.
    """

    def __init__(
        self, questionnaire: Questionnaire, index: Index, columns: ScoreColumns, words: Words
    ) -> None:
        self._questionnaire = questionnaire
        self._index = index
        self._words = words
        self._columns = _compared(columns)
        self._ranked = [row for row in index.rows if row.status is Status.RANKED]
        asked = [name for name in index.groupings if name != BY_TYPE]
        self._grouping = asked[0] if asked else BY_TYPE
        self._made: dict[str | None, Peers | None] = {}

    def of(self, row: IndexRow) -> Peers | None:
        """Whom an entity is compared with; None where there are too few."""
        own = row.groups.get(self._grouping)
        group = own.group if own is not None else ""
        if group not in self._made:
            members = [
                member
                for member in self._ranked
                if group and self._grouping in member.groups and member.groups[self._grouping].group == group
            ]
            self._made[group] = self._peers(members, self._title(group))
        peers = self._made[group]
        if peers is None and None not in self._made:
            self._made[None] = self._peers(self._ranked, self._words.say("all ranked entities"))
        return peers or self._made.get(None)

    def _title(self, group: str) -> str:
        if self._grouping == BY_TYPE:
            return type_label(self._questionnaire, group, self._words)
        return f"{shown(group)} ({grouping_title(self._grouping, self._words)})"

    def _peers(self, members: Sequence[IndexRow], title: str) -> Peers | None:
        if len(members) < FEWEST:
            return None
        medians = {}
        for column in self._columns:
            numbers = (self._index.node(row, column.measurement, column.node).score for row in members)
            scores = [score for score in numbers if score is not None]
            if len(scores) >= FEWEST:
                medians[column.measurement, column.node] = median(scores)
        return Peers(title, len(members), len(members) == len(self._ranked), medians)


def _compared(columns: ScoreColumns) -> list[ScoreColumn]:
    parts = [column for of_measurement in columns.parts.values() for column in of_measurement]
    grids = [column for grid in columns.grids for column in grid.columns]
    compared = [columns.index, *columns.measurements, *grids, *parts]
    return list({(column.measurement, column.node): column for column in compared}.values())


MOST_NAMED = 3
"""Strengths, and weaknesses, that are named."""


@dataclass(frozen=True, slots=True)
class NextLevel:
    """What the next level asks for.

    Attributes:
        level: Its number and name.
        bound: Where it begins.
        text: `more than 4.33`, or `4.20 or more` where a score on the bound is enough.
        missing: How far it is, as shown.
    """

    level: str
    bound: float
    text: str
    missing: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part: `median` is that of the group; `target` is None at the highest level."""

    column: ScoreColumn
    figure: Figure
    median: float | None
    median_text: str
    target: NextLevel | None


@dataclass(frozen=True, slots=True)
class Standout:
    """A part that lies well above or below what it is compared with."""

    title: str
    score: str
    reference: str
    gap: str


def part_line(
    column: ScoreColumn, row: IndexRow, index: Index, peers: Peers | None, words: Words
) -> PartLine:
    """One column of an entity."""
    figure = node_figure(column, row.status, index.node(row, column.measurement, column.node), words)
    median = peers.median(column) if peers else None
    return PartLine(
        column, figure, median, words.number(median, column.bounds), target(column, figure, words)
    )


def target(column: ScoreColumn, figure: Figure, words: Words) -> NextLevel | None:
    """The next level of a score; None without a score, without levels, or at the highest."""
    if figure.score is None or figure.level is None or figure.level >= column.levels:
        return None
    following = figure.level + 1
    # Above level 0 begins level 1, whose bound is the scale's own end.
    bound = float(column.bounds[figure.level])
    template = "more than {bound}" if column.upper else "{bound} or more"
    short = bound - figure.score
    missing = words.number(short) if words.number(short) != words.number(0.0) else ""
    return NextLevel(
        level=f"{following} · {column.level_names[following]}",
        bound=bound,
        text=words.say(template, bound=words.number(bound)),
        missing=missing or words.say("less than {number}", number=words.number(0.01)),
    )


def margin(column: ScoreColumn) -> float:
    """How far apart two scores have to lie to be called different: half a level."""
    width = float(column.scale[1] - column.scale[0])
    return width / (2 * (column.levels or 6))


def standouts(lines: Sequence[PartLine], words: Words) -> tuple[tuple[Standout, ...], tuple[Standout, ...]]:
    """The strengths and the weaknesses among some parts, the furthest first.

    A part counts only when it lies half a level from the median of the group, and would on both bounds
    of what is unanswered. Without a group the mean of the entity's own parts is what it is compared with.
    """
    scores = [line.figure.score for line in lines if line.figure.score is not None]
    own_mean = sum(scores) / len(scores) if scores else None
    compared = any(line.median is not None for line in lines)
    above, below = [], []
    for line in lines:
        figure, reference = line.figure, line.median if compared else own_mean
        if figure.score is None or reference is None or figure.low is None or figure.high is None:
            continue
        gap = figure.score - reference
        standout = Standout(
            line.column.title,
            figure.text,
            words.number(reference, line.column.bounds),
            signed(gap, words),
        )
        share = gap / margin(line.column)
        if share >= 1 and figure.low > reference:
            above.append((-share, standout))
        elif share <= -1 and figure.high < reference:
            below.append((share, standout))
    return _furthest(above), _furthest(below)


def _furthest(standouts: list[tuple[float, Standout]]) -> tuple[Standout, ...]:
    return tuple(standout for _, standout in sorted(standouts, key=lambda pair: pair[0])[:MOST_NAMED])
