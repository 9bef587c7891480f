"""The set of raised answers that reaches targets with the least effort, exactly.

With one target the integer programme is a knapsack: it is solved over whole numbers in a table, without any
tolerance. With several, SciPy's HiGHS finds the least effort, and the sets of that effort are listed and
proved in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.analysis.greedy import greedy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Wholes = NDArray[np.int64 | np.object_]

MOST_SETS = 5
"""Sets of equal effort that are listed."""
_MOST_STEPS = 200_000
"""Of a search among sets for several targets; beyond it what HiGHS found stands alone."""
_MOST_ROUNDS = 50
_SAFE = 2**62


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to raise an answer.

    Attributes:
        item: Id of the item.
        value: Code of the option, or the number.
        effort: Whole, positive.
        gains: What it adds to each target.
    """

    item: str
    value: str
    effort: int
    gains: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What a target is short of: at least `missing`, or more than it."""

    missing: Fraction
    more: bool = False

    def met(self, gained: Fraction) -> bool:
        """Whether a gain reaches it."""
        return gained > self.missing if self.more else gained >= self.missing


@dataclass(frozen=True, slots=True)
class LeastEffort:
    """Sets that reach all targets.

    Attributes:
        sets: The first is the first in the order of the definition; empty where nothing reaches them.
        effort: Of each of them.
        exact: Whether no set takes less; otherwise a rule of thumb found it.
        more: Whether there are more sets of the same effort; None when that is not known.
    """

    sets: tuple[tuple[Choice, ...], ...]
    effort: int
    exact: bool
    more: bool | None = False

    @property
    def reachable(self) -> bool:
        """Whether there is any set."""
        return bool(self.sets)


class _Whole:
    """The problem in whole numbers: gains and needs over their common denominator."""

    def __init__(self, groups: Sequence[Sequence[Choice]], needs: Sequence[Need]) -> None:
        self.groups = groups
        kept = [number for number, need in enumerate(needs) if not need.met(Fraction(0))]
        self.gains: list[list[tuple[int, ...]]] = [[] for _ in groups]
        self.needs: list[int] = []
        units: list[int] = []
        for number in kept:
            gains = [choice.gains[number] for group in groups for choice in group]
            unit = lcm(needs[number].missing.denominator, *(gain.denominator for gain in gains))
            short = needs[number].missing * unit
            self.needs.append(floor(short) + 1 if needs[number].more else ceil(short))
            units.append(unit)
        for place, group in enumerate(groups):
            for choice in group:
                scaled = zip(kept, units, strict=True)
                self.gains[place].append(tuple(int(choice.gains[at] * unit) for at, unit in scaled))

    def reached(self, gained: Sequence[int]) -> bool:
        return all(have >= need for have, need in zip(gained, self.needs, strict=True))

    @property
    def reachable(self) -> bool:
        most = [
            sum(max((gains[target] for gains in group), default=0) for group in self.gains)
            for target in range(len(self.needs))
        ]
        return self.reached(most)


def least_effort(groups: Sequence[Sequence[Choice]], needs: Sequence[Need]) -> LeastEffort:
    """The sets that reach all targets with the least effort.

    Args:
        groups: The choices of each item, of which one may be taken, the best last; none lowers anything.
        needs: What each target is short of.

    Returns:
        At most `MOST_SETS` sets, in the order of the groups: one that has an earlier action comes first.
    """
    whole = _Whole(groups, needs)
    if not whole.needs:
        return LeastEffort(((),), 0, exact=True)
    if not whole.reachable:
        return LeastEffort((), 0, exact=True)
    if len(whole.needs) == 1:
        (table,) = _tables(whole, _enough(whole))
        effort = int(np.argmax(table[0] >= whole.needs[0]))
        sets, more = _listed(whole, effort, [table])
        return LeastEffort(sets, effort, exact=True, more=more)
    try:
        return _several(whole)
    except ImportError:
        chosen = greedy(groups, whole.gains, whole.needs)
        return LeastEffort((chosen,), sum(choice.effort for choice in chosen), exact=False, more=None)


def _enough(whole: _Whole) -> int:
    """An effort that surely reaches the only need: the best choices, those that pay most first."""
    best = [
        (choices[-1].effort, gains[-1][0])
        for choices, gains in zip(whole.groups, whole.gains, strict=True)
        if gains[-1][0]
    ]
    effort = gained = 0
    for cost, gain in sorted(best, key=lambda one: -one[1] / one[0]):
        effort += cost
        gained += gain
        if gained >= whole.needs[0]:
            break
    return effort


def _several(whole: _Whole) -> LeastEffort:
    """Several targets: HiGHS proposes an effort, and the listing in whole numbers proves that it reaches.

    HiGHS works with a tolerance, so a set that it takes for enough may miss by a hair; then no set of that
    effort is found, and the next effort is tried.
    """
    least = 0
    for _ in range(_MOST_ROUNDS):
        effort, proposed = _highs(whole, least)
        sets, more = _listed(whole, effort, _tables(whole, effort))
        if sets:
            return LeastEffort(sets, effort, exact=True, more=more)
        if more is None and _reaches(whole, proposed):
            return LeastEffort((_choices(whole, proposed),), effort, exact=True, more=None)
        least = effort + 1
    chosen = greedy(whole.groups, whole.gains, whole.needs)
    return LeastEffort((chosen,), sum(choice.effort for choice in chosen), exact=False, more=None)


def _highs(whole: _Whole, least: int) -> tuple[int, list[tuple[int, int]]]:
    """The least effort that reaches all needs, and the places of the choices of one such set."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    places = [(group, at) for group, gains in enumerate(whole.gains) for at in range(len(gains))]
    cost = np.array([whole.groups[group][at].effort for group, at in places], dtype=np.float64)
    reach = np.array(
        [
            [whole.gains[group][at][target] / need for group, at in places]
            for target, need in enumerate(whole.needs)
        ]
    )
    once = np.zeros((len(whole.groups), len(places)))
    for column, (group, _) in enumerate(places):
        once[group, column] = 1
    found = milp(
        cost,
        integrality=np.ones(len(places)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(reach, lb=1.0),
            LinearConstraint(once, ub=1.0),
            LinearConstraint(cost[None, :], lb=float(least)),
        ],
        options={"mip_rel_gap": 0.0},
    )
    taken = [place for place, value in zip(places, found.x, strict=True) if value > 0.5]  # noqa: PLR2004  (0 or 1)
    return round(float(found.fun)), taken


def _reaches(whole: _Whole, taken: Sequence[tuple[int, int]]) -> bool:
    gained = [
        sum(whole.gains[group][at][target] for group, at in taken) for target in range(len(whole.needs))
    ]
    return whole.reached(gained)


def _choices(whole: _Whole, taken: Sequence[tuple[int, int]]) -> tuple[Choice, ...]:
    return tuple(whole.groups[group][at] for group, at in sorted(taken))


def _tables(whole: _Whole, effort: int) -> list[Wholes]:
    """For each target, shape (groups + 1, effort + 1): the most groups from one on gain with an effort."""
    tables: list[Wholes] = []
    for target in range(len(whole.needs)):
        most = sum(max((gains[target] for gains in group), default=0) for group in whole.gains)
        kind = np.int64 if most < _SAFE else np.object_
        table: Wholes = np.zeros((len(whole.groups) + 1, effort + 1), dtype=kind)
        for place in range(len(whole.groups) - 1, -1, -1):
            row = table[place + 1].copy()
            for choice, gains in zip(whole.groups[place], whole.gains[place], strict=True):
                if choice.effort <= effort:
                    left = table[place + 1, : effort + 1 - choice.effort] + gains[target]
                    row[choice.effort :] = np.maximum(row[choice.effort :], left)
            table[place] = row
        tables.append(table)
    return tables


def _listed(
    whole: _Whole, effort: int, tables: Sequence[Wholes]
) -> tuple[tuple[tuple[Choice, ...], ...], bool | None]:
    """The first sets that reach all needs with an effort, and whether there are more; None for not known."""
    found: list[tuple[Choice, ...]] = []
    steps = 0
    for taken in _search(whole, effort, tables):
        steps += 1
        if steps > _MOST_STEPS:
            return tuple(found), None
        if taken is None:
            continue
        if len(found) == MOST_SETS:
            return tuple(found), True
        found.append(_choices(whole, taken))
    return tuple(found), False


def _search(whole: _Whole, effort: int, tables: Sequence[Wholes]) -> Iterator[list[tuple[int, int]] | None]:
    """Sets in the order of the groups, the earliest actions first; None for every step on the way.

    A branch that could not reach some need with the effort left is cut off.
    """
    start = tuple(0 for _ in whole.needs)
    waiting: list[tuple[int, int, tuple[int, ...], tuple[tuple[int, int], ...]]] = [(0, effort, start, ())]
    while waiting:
        place, left, gained, taken = waiting.pop()
        if any(
            have + table[place, left] < need
            for have, table, need in zip(gained, tables, whole.needs, strict=True)
        ):
            continue
        if whole.reached(gained):
            yield list(taken)
            continue
        yield None
        waiting.append((place + 1, left, gained, taken))
        for at in range(len(whole.gains[place]) - 1, -1, -1):
            cost = whole.groups[place][at].effort
            if cost <= left:
                more = tuple(have + add for have, add in zip(gained, whole.gains[place][at], strict=True))
                waiting.append((place + 1, left - cost, more, (*taken, (place, at))))
