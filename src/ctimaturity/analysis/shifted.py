"""What if inhabitants agreed more, or less: the answers to a statement moved to a mean."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.response import Tallies
    from ctimaturity.model.scale import Scale


def points_of(tallies: Tallies, item: Item, scale: Scale) -> dict[int, Fraction]:
    """The points of the options of a statement by their column, turned round if it is reversed."""
    turned = scale.minimum + scale.maximum
    return {
        tallies.options.index(option.code): turned - Fraction(option.points)
        if item.reverse
        else Fraction(option.points)
        for option in scale.options
        if option.code in tallies.options
    }


def mean_of(tallies: Tallies, item: str, row: int, points: Mapping[int, Fraction]) -> Fraction | None:
    """The mean of the answers of a segment to a statement; None without answers.

    Args:
        tallies: Of the survey.
        item: Id of the statement.
        row: Of the segment.
        points: Of the options.
    """
    place = tallies.items.index(item)
    counts = {at: int(tallies.counts[row, place, at]) for at in points}
    total = sum((count * points[at] for at, count in counts.items()), Fraction(0))
    return total / sum(counts.values()) if any(counts.values()) else None


def shifted(
    tallies: Tallies, item: str, rows: Sequence[int], mean: Fraction, points: Mapping[int, Fraction]
) -> Tallies:
    """The same survey, in which those who answered a statement agree as much as is wanted.

    In every segment as many people answer as did. They choose the two options that lie around the mean, so
    many of each that the mean of all of them comes as near as so many answers can come (of two that are as
    near the lower one) and that no segment is more than one answer off. Blanks and don't-knows stay, and so
    do all other statements. How sure the means are is not known.

    Args:
        tallies: Of the survey.
        item: Id of the statement.
        rows: Of the segments that are moved.
        mean: What is wanted, between the lowest and the highest points.
        points: Of the options.
    """
    counts = tallies.counts.copy()
    place = tallies.items.index(item)
    low, below = max((point, -at) for at, point in points.items() if point <= mean)
    high, above = min((point, at) for at, point in points.items() if point >= mean)
    share = (mean - low) / (high - low) if high > low else Fraction(0)
    asked = placed = 0
    for row in rows:
        answers = sum(int(counts[row, place, at]) for at in points)
        asked += answers
        upper = ceil(share * asked - Fraction(1, 2)) - placed
        placed += upper
        counts[row, place, [*points]] = 0
        counts[row, place, -below] += answers - upper
        counts[row, place, above] += upper
    return replace(tallies, counts=counts, covariances=())
