"""What everything weighs in the index where nothing is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctimaturity.scoring.step import Plan


def nominal_shares(plan: Plan) -> dict[int, Fraction]:
    """The share of every place in the index of an entity to which all applies and that answered all.

    The product of the rescaled weights on its path, as `ScoreTable.weight_effective` has it for a real
    entity; nodes that `over: items` passes by have none.

    Returns:
        By column of the plan; 1 for the index.
    """
    found = {plan.index.column: Fraction(1)}
    for step in (plan.index, *reversed(plan.trees)):
        total = sum(step.shares)
        if step.column not in found or not total:
            continue
        for part, share in zip(step.parts, step.shares, strict=True):
            found[part] = found[step.column] * share / total
    return found
