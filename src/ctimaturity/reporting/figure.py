"""One number of one entity, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import NodeScore, Status

if TYPE_CHECKING:
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.words import Words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as every format shows it.

    A point only for entities that are ranked; of a provisional one the interval.

    Attributes:
        score: Unrounded; None where no point is shown.
        low, high: The bounds; None where there are none.
        digits: Decimals that the score is shown with.
        text: The score, or the interval, or a dash.
        level: None where no point is shown.
        level_name: Empty without a level.
    """

    score: float | None
    low: float | None
    high: float | None
    digits: int
    text: str
    level: int | None
    level_name: str


def figure(
    column: ScoreColumn,
    status: Status,
    score: float | None,
    level: int | None,
    bounds: tuple[float | None, float | None],
    words: Words,
) -> Figure:
    """The figure of an entity in a column.

    Args:
        column: Where.
        status: Decides between point and interval.
        score: Unrounded.
        level: As scored.
        bounds: Low and high.
        words: The language.
    """
    low, high = bounds
    if status is not Status.RANKED:
        return Figure(None, low, high, 2, words.interval(low, high, column.bounds), None, "")
    if score is None:
        return Figure(None, low, high, 2, MISSING, None, "")
    text = words.number(score, column.bounds)
    return Figure(
        score=score,
        low=low,
        high=high,
        digits=len(text) - 1 - max(text.rfind(","), text.rfind(".")),
        text=text,
        level=level,
        level_name=level_name(column, level),
    )


def node_figure(column: ScoreColumn, status: Status, numbers: NodeScore, words: Words) -> Figure:
    """The figure of a node."""
    return figure(column, status, numbers.score, numbers.level, (numbers.low, numbers.high), words)


def level_name(column: ScoreColumn, level: int | None) -> str:
    """The name of a level; empty without one."""
    return column.level_names[level] if level is not None and level < len(column.level_names) else ""
