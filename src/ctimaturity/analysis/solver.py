"""What SciPy's HiGHS says of several targets: within its tolerance, so nothing is believed unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.analysis.knapsack import Knapsack, Place

    Reals = NDArray[np.float64]

_WEIGHT = 1000
"""The weight of the need that costs most: whole numbers, so that the search stays exact."""
_HALF = 0.5
"""Variables are 0 or 1, within the tolerance."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A set that HiGHS takes for the one of least effort.

    Attributes:
        effort: Of it.
        taken: The places of its choices.
        weights: Of each need, whole: what a little more of it would cost, in parts of one another.
    """

    effort: int
    taken: tuple[Place, ...]
    weights: tuple[int, ...]

    def reaches(self, problem: Knapsack) -> bool:
        """Whether the set meets all needs, in whole numbers."""
        return problem.reached(
            [
                sum(problem.gains[group][at][need] for group, at in self.taken)
                for need in range(len(problem.needs))
            ]
        )


def propose(problem: Knapsack) -> Proposal | None:
    """Ask HiGHS; None where it has no answer."""
    places = [(group, at) for group, gains in enumerate(problem.gains) for at in range(len(gains))]
    cost = np.array([problem.groups[group][at].effort for group, at in places], dtype=np.float64)
    reach = np.array(
        [
            [problem.gains[group][at][number] / need for group, at in places]
            for number, need in enumerate(problem.needs)
        ]
    )
    once = np.zeros((len(problem.groups), len(places)))
    for column, (group, _) in enumerate(places):
        once[group, column] = 1
    solution = milp(
        cost,
        integrality=np.ones(len(places)),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(reach, lb=1.0), LinearConstraint(once, ub=1.0)],
        options={"mip_rel_gap": 0.0},
    )
    if solution.x is None:
        return None
    taken = tuple(place for place, value in zip(places, solution.x, strict=True) if value > _HALF)
    effort = sum(problem.groups[group][at].effort for group, at in taken)
    return Proposal(effort, taken, _weights(cost, reach, once))


def _weights(cost: Reals, reach: Reals, once: Reals) -> tuple[int, ...]:
    """What the needs cost at the margin when choices may be taken in parts; 0 where that is not known."""
    solution = linprog(
        cost,
        A_ub=np.vstack([-reach, once]),
        b_ub=np.concatenate([-np.ones(len(reach)), np.ones(len(once))]),
        bounds=(0, None),
    )
    if solution.x is None:
        return (0,) * len(reach)
    prices = -solution.ineqlin.marginals[: len(reach)]
    top = max(float(prices.max()), 1e-9)
    return tuple(max(0, round(float(price) / top * _WEIGHT)) for price in prices)
