"""A change of scores, split exactly into what each item adds to it.

The rule: the items that changed are set to their new answer one after the other, and what the score
moves at each step is that item's part. First go those that come in, then those that stay, last those
that drop out, so that no node is ever left with less than it had. That is done in the order of the
definition and in the reverse order, and the mean of both is what counts. Where nothing is left out and
every rule is a weighted mean, the order makes no difference; where weights are rescaled, or a rule is
not linear, the two orders share the difference evenly. The parts telescope, so they sum to the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.items import HIGH, LOW, SCORE, ItemValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.step import Plan

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]

_FLAT = ("covered", "asked", "unsaid", "told", "dont_know", "applicable", "state")
"""What scores depend on beside the values of the items: arrays of the shape (items, entities)."""


def item_parts(
    plan: Plan, start: Sequence[ItemValues], end: Sequence[ItemValues], entity: int, origin: Floats
) -> tuple[Floats, Floats]:
    """What each item adds to the change of each place, for one entity.

    Args:
        plan: The compiled definition, of both.
        start: The items of each measurement before.
        end: The same after, with the same entities.
        entity: Which.
        origin: Shape (places,): the scores to start from where `start` gives none.

    Returns:
        The parts, of shape (places, columns), where items have columns; and the scores at the end, of
        shape (places,), those at the start where the end gives none.
    """
    width = len(plan.places)
    parts = np.zeros((width, width))
    columns, groups = _changed(plan, start, end, entity)
    if not columns:
        values = _scores(plan, start, start, entity, np.zeros((width, 1), dtype=np.bool_))
        return parts, np.where(np.isnan(values[:, 0]), origin, values[:, 0])
    orders = [_in_order(columns, groups, backwards=backwards) for backwards in (False, True)]
    last = origin
    for order in orders:
        switched = np.zeros((width, len(order) + 1), dtype=np.bool_)
        for step, column in enumerate(order, 1):
            switched[column, step:] = True
        filled = _filled(_scores(plan, start, end, entity, switched), origin)
        parts[:, order] += np.diff(filled, axis=1) / len(orders)
        last = filled[:, -1]
    return parts, last


def _changed(
    plan: Plan, start: Sequence[ItemValues], end: Sequence[ItemValues], entity: int
) -> tuple[list[int], dict[int, int]]:
    """The columns of the items that changed; and whether each comes in (0), stays (1), drops out (2)."""
    columns: list[int] = []
    groups: dict[int, int] = {}
    for measurement, old, new in zip(plan.measurements, start, end, strict=True):
        for number, column in enumerate(measurement.items):
            before, after = (values.exact(number, SCORE, entity) for values in (old, new))
            alike = all(
                getattr(old, name)[number, entity] == getattr(new, name)[number, entity] for name in _FLAT
            )
            if before == after and alike:
                continue
            columns.append(column)
            groups[column] = 0 if before is None else 2 if after is None else 1
    return columns, groups


def _in_order(columns: Sequence[int], groups: dict[int, int], *, backwards: bool) -> list[int]:
    ordered = reversed(columns) if backwards else columns
    return sorted(ordered, key=groups.__getitem__)


def _scores(
    plan: Plan, start: Sequence[ItemValues], end: Sequence[ItemValues], entity: int, switched: Flags
) -> Floats:
    """The score of every place, shape (places, steps), with some items switched to the end at each step."""
    items = [
        _between(old, new, entity, switched[list(measurement.items)])
        for measurement, old, new in zip(plan.measurements, start, end, strict=True)
    ]
    return Evaluation(plan, items, switched.shape[1]).value[: len(plan.places), SCORE]


def _between(start: ItemValues, end: ItemValues, entity: int, switched: Flags) -> ItemValues:
    """The items at each step, as if a step were an entity; the bounds, which nobody asks, are the score."""
    between = ItemValues.empty(*switched.shape)
    for name in _FLAT:
        old, new = (getattr(values, name)[:, entity, None] for values in (start, end))
        setattr(between, name, np.where(switched, new, old))
    for name in ("number", "divisor"):
        old, new = (getattr(values, name)[:, SCORE, entity, None] for values in (start, end))
        setattr(between, name, np.repeat(np.where(switched, new, old)[:, None], 3, axis=1))
    for values, chosen in ((start, ~switched), (end, switched)):
        for (item, calculation, of), value in values.odd.items():
            if (calculation, of) == (SCORE, entity):
                steps = np.flatnonzero(chosen[item]).tolist()
                between.odd |= {(item, each, step): value for each in (SCORE, LOW, HIGH) for step in steps}
    return between


def _filled(scores: Floats, origin: Floats) -> Floats:
    """Scores along the steps; where there is none, the one before stays.

    A place without a score at the end does not move at all.
    """
    filled = scores.copy()
    filled[:, 0] = np.where(np.isnan(filled[:, 0]), origin, filled[:, 0])
    for step in range(1, filled.shape[1]):
        filled[:, step] = np.where(np.isnan(filled[:, step]), filled[:, step - 1], filled[:, step])
    nowhere = np.isnan(scores[:, -1])
    filled[nowhere] = filled[nowhere, :1]
    return filled
