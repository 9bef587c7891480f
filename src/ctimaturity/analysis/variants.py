"""One entity with some of its answers otherwise, many times over, scored in one pass."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import State
from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.items import HIGH, LOW, NUMBER_OF, SCORE, ItemValues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from ctimaturity.scoring.step import Plan


def evaluate_variants(
    plan: Plan, items: Sequence[ItemValues], entity: int, variants: Sequence[Mapping[int, Fraction]]
) -> Evaluation:
    """Score variants of one entity as if each were an entity of its own.

    Args:
        plan: The compiled definition.
        items: What all entities answered, of each measurement of the plan.
        entity: Number of the one that is varied.
        variants: Of each, the scores that items are answered with, by column.

    Returns:
        The evaluation; variant n is its entity n.
    """
    where = {
        column: (measurement, number)
        for measurement, planned in enumerate(plan.measurements)
        for number, column in enumerate(planned.items)
    }
    varied = [_repeated(values, entity, len(variants)) for values in items]
    for number, changes in enumerate(variants):
        for column, score in changes.items():
            measurement, item = where[column]
            _answer(varied[measurement], item, number, score)
    return Evaluation(plan, varied, len(variants))


def _repeated(values: ItemValues, entity: int, times: int) -> ItemValues:
    """The same entity so many times."""
    arrays = {
        each.name: np.repeat(array[..., [entity]], times, axis=-1)
        for each in fields(values)
        if isinstance(array := getattr(values, each.name), np.ndarray)
    }
    odd = {
        (item, calculation, number): value
        for (item, calculation, of), value in values.odd.items()
        if of == entity
        for number in range(times)
    }
    return ItemValues(**arrays, bases=[values.bases[entity]] * times, odd=odd)


def _answer(values: ItemValues, item: int, number: int, score: Fraction) -> None:
    for calculation in (SCORE, LOW, HIGH):
        values.odd.pop((item, calculation, number), None)
        values.put(item, calculation, number, score)
    for counted in (values.covered, values.asked, values.told, values.n):
        counted[item, number] = 1
    for counted in (values.unsaid, values.dont_know):
        counted[item, number] = 0
    values.state[item, number] = NUMBER_OF[State.ANSWERED]
