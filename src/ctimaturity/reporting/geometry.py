"""Where the marks of charts lie, in pixels."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.figure import Figure

_TITLE_WIDTH = 15


def title_lines(title: str, width: int = _TITLE_WIDTH) -> list[str]:
    """A title in lines that fit above a column of a chart, four at most."""
    lines = textwrap.wrap(title, width, break_long_words=False)
    return lines if len(lines) <= 4 else [*lines[:3], lines[3] + "…"]  # noqa: PLR2004  (four lines)


def along(value: float, column: ScoreColumn, width: float) -> str:
    """Where a score lies on an axis of a given width, in pixels with one decimal."""
    return pixels(share_of(value, column) * width)


def share_of(value: float, column: ScoreColumn) -> float:
    """How far along its scale a score lies, in [0, 1]."""
    low, high = (float(end) for end in column.scale)
    return (float(value) - low) / (high - low) if high > low else 0.0


def ticks(scores: Sequence[float], column: ScoreColumn, left: float, width: float) -> list[int]:
    """Whole pixels at which scores lie, each once: a thousand entities are no thousand strokes."""
    return sorted({round(left + share_of(score, column) * width) for score in scores})


def stretch(figure: Figure, column: ScoreColumn, left: float, width: float, y: float) -> str:
    """The path of an interval; one without width is still seen."""
    start = left + share_of(figure.low or 0.0, column) * width
    end = max(left + share_of(figure.high or 0.0, column) * width, start + 3)
    return f"M{pixels(start)} {pixels(y)}H{pixels(end)}"


def pixels(value: float) -> str:
    """A length with one decimal, none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def polygon(shares: Sequence[float], radius: float) -> str:
    """The corners of a radar chart around the origin, the first at the top, for `points`."""
    corners = (spoke(number, len(shares), share * radius) for number, share in enumerate(shares))
    return " ".join(f"{pixels(x)},{pixels(y)}" for x, y in corners)


def spoke(number: int, count: int, length: float) -> tuple[float, float]:
    """The end of one of `count` spokes, clockwise from the top."""
    angle = 2 * math.pi * number / count
    return length * math.sin(angle), -length * math.cos(angle)


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights of labels moved as little as it takes to keep them `gap` apart, in the same order."""
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    # Labels that touch become one block around the middle of where they belong, which may touch the next.
    blocks: list[list[float]] = []  # middle, count
    for number in order:
        blocks.append([heights[number], 1])
        while len(blocks) > 1 and blocks[-1][0] - blocks[-2][0] < gap * (blocks[-1][1] + blocks[-2][1]) / 2:
            middle, count = blocks.pop()
            before, others = blocks[-1]
            blocks[-1] = [(middle * count + before * others) / (count + others), count + others]
    placed = [
        middle + (step - (count - 1) / 2) * gap for middle, count in blocks for step in range(int(count))
    ]
    moved = [0.0] * len(heights)
    for number, height in zip(order, placed, strict=True):
        moved[number] = height
    return moved
