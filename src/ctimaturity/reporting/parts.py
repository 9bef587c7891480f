"""The parts of one entity's score beside the median of its group and its own next target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.reporting.figure import Figure, node_figure
from ctimaturity.reporting.panorama import signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.peers import Peers
    from ctimaturity.reporting.words import Words

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
        found = Standout(
            line.column.title,
            figure.text,
            words.number(reference, line.column.bounds),
            signed(gap, words),
        )
        share = gap / margin(line.column)
        if share >= 1 and figure.low > reference:
            above.append((-share, found))
        elif share <= -1 and figure.high < reference:
            below.append((share, found))
    return _furthest(above), _furthest(below)


def _furthest(found: list[tuple[float, Standout]]) -> tuple[Standout, ...]:
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0])[:MOST_NAMED])
