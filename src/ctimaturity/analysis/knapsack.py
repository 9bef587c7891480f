"""Answers to raise as a knapsack in whole numbers: which of them reach all needs with a given effort."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Wholes = NDArray[np.int64 | np.object_]

Place = tuple[int, int]
"""A choice: the number of its group, and its own number in it."""
Sets = tuple[tuple["RaisedAnswer", ...], ...]
_SAFE = 2**62
"""Sums of two numbers below it fit 64 bits; for larger ones there are Python's own, which are slow."""


@dataclass(frozen=True, slots=True)
class RaisedAnswer:
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


class Knapsack:
    """Gains and needs over their common denominator.

    Args:
        groups: The choices of each item, of which one may be taken, the best last.
        needs: What each target is short of.

    Attributes:
        groups: The same.
        gains: Of each group and choice, what it adds to each need.
        needs: Those that are not met yet, positive.
    """

    def __init__(self, groups: Sequence[Sequence[RaisedAnswer]], needs: Sequence[Need]) -> None:
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

    def with_sum(self, weights: Sequence[int]) -> Knapsack:
        """The same with one more need: the weighted sum of all needs, which whoever meets them meets too.

        It lets nothing in or out, but a search sees by it what several needs take together.

        Args:
            weights: Of each need, each as a share of itself.
        """
        if not any(weights):
            return self
        unit = lcm(*self.needs)
        factors = [weight * (unit // need) for weight, need in zip(weights, self.needs, strict=True)]
        widened = Knapsack(self.groups, ())
        widened.needs = [*self.needs, sum(weights) * unit]
        widened.gains = [
            [
                (*each, sum(factor * gain for factor, gain in zip(factors, each, strict=True)))
                for each in group
            ]
            for group in self.gains
        ]
        return widened

    def reached(self, gained: Sequence[int]) -> bool:
        """Whether gains meet all needs."""
        return all(have >= need for have, need in zip(gained, self.needs, strict=True))

    @property
    def reachable(self) -> bool:
        """Whether all choices together meet all needs."""
        return self.reached([self.most(need) for need in range(len(self.needs))])

    def most(self, need: int) -> int:
        """What all choices together add to a need."""
        return sum(max((gains[need] for gains in group), default=0) for group in self.gains)

    @property
    def enough(self) -> int:
        """An effort that surely meets the first need: the best choices, those that pay most first."""
        best = [
            (choices[-1].effort, gains[-1][0])
            for choices, gains in zip(self.groups, self.gains, strict=True)
            if gains[-1][0]
        ]
        effort = gained = 0
        for cost, gain in sorted(best, key=lambda one: -Fraction(one[1], one[0])):
            effort += cost
            gained += gain
            if gained >= self.needs[0]:
                break
        return effort

    def choices(self, taken: Sequence[Place]) -> tuple[RaisedAnswer, ...]:
        """Choices by their places, in the order of the groups."""
        return tuple(self.groups[group][at] for group, at in sorted(taken))

    def touched(self, need: int) -> frozenset[int]:
        """The groups that add to a need."""
        return frozenset(
            group for group, choices in enumerate(self.gains) if any(each[need] for each in choices)
        )


class Search:
    """Looks for sets that meet all needs.

    Args:
        problem: Whose sets.
        most: The most effort that is asked about.
        steps: How many are taken, all questions together; None for as many as it takes.
    """

    def __init__(self, problem: Knapsack, most: int, steps: int | None) -> None:
        self._problem, self._left = problem, steps
        self._tables = [_table(problem, need, most) for need in range(len(problem.needs))]

    def least_of(self, need: int) -> int:
        """The least effort that meets one need, whatever becomes of the others."""
        return int(np.argmax(self._tables[need][0] >= self._problem.needs[need]))

    @property
    def bound(self) -> int:
        """An effort below which nothing meets all needs."""
        return max(sum(self.least_of(need) for need in family) for family in self._families)

    @cached_property
    def _families(self) -> list[tuple[int, ...]]:
        """Needs that no group serves together, so that their efforts add up; every need is in one."""
        touched = [self._problem.touched(need) for need in range(len(self._problem.needs))]
        families: list[tuple[int, ...]] = []
        for sign in (1, -1):
            used: set[int] = set()
            family = []
            for need in sorted(range(len(touched)), key=lambda need: (sign * len(touched[need]), need)):
                if not touched[need] & used:
                    family.append(need)
                    used |= touched[need]
            families.append(tuple(sorted(family)))
        served = {need for family in families for need in family}
        families += [(need,) for need in range(len(touched)) if need not in served]
        return list(dict.fromkeys(families))

    def first(self, count: int, effort: int) -> tuple[Sets, bool | None]:
        """The first sets that meet all needs with an effort, in the order of the groups.

        Returns:
            At most so many, and whether there are more; None when the steps ran out before that was known.
        """
        if effort < 0:
            return (), False
        sets: list[tuple[RaisedAnswer, ...]] = []
        for taken in self._walk(effort):
            if self._left is not None:
                self._left -= 1
                if self._left < 0:
                    return tuple(sets), None
            if taken is None:
                continue
            if len(sets) == count:
                return tuple(sets), True
            sets.append(self._problem.choices(taken))
        return tuple(sets), False

    def _walk(self, effort: int) -> Iterator[tuple[Place, ...] | None]:
        """Sets in the order of the groups, the earliest actions first; None for every step on the way.

        A branch that could not meet its needs with the effort left is cut off.
        """
        problem = self._problem
        start = tuple(0 for _ in problem.needs)
        waiting: list[tuple[int, int, tuple[int, ...], tuple[Place, ...]]] = [(0, effort, start, ())]
        while waiting:
            place, left, gained, taken = waiting.pop()
            if self._too_little(place, left, gained):
                continue
            if problem.reached(gained):
                yield taken
                continue
            yield None
            waiting.append((place + 1, left, gained, taken))
            for at in range(len(problem.gains[place]) - 1, -1, -1):
                cost = problem.groups[place][at].effort
                if cost <= left:
                    added = zip(gained, problem.gains[place][at], strict=True)
                    more = tuple(have + add for have, add in added)
                    waiting.append((place + 1, left - cost, more, (*taken, (place, at))))

    def _too_little(self, place: int, left: int, gained: Sequence[int]) -> bool:
        """Whether what is left cannot meet some need, or the needs of a family together."""
        least: dict[int, int] = {}
        for need, (have, wanted) in enumerate(zip(gained, self._problem.needs, strict=True)):
            if have < wanted:
                row = self._tables[need][place, : left + 1]
                if row[-1] < wanted - have:
                    return True
                least[need] = int(np.searchsorted(row, wanted - have))
        return any(sum(least.get(need, 0) for need in family) > left for family in self._families)


def _table(problem: Knapsack, need: int, most: int) -> Wholes:
    """Shape (groups + 1, most + 1): what groups from one on add to a need at most, by the effort."""
    kind = np.int64 if problem.most(need) < _SAFE and problem.needs[need] < _SAFE else np.object_
    table: Wholes = np.zeros((len(problem.groups) + 1, most + 1), dtype=kind)
    for place in range(len(problem.groups) - 1, -1, -1):
        row = table[place + 1].copy()
        for choice, gains in zip(problem.groups[place], problem.gains[place], strict=True):
            if choice.effort <= most:
                added = table[place + 1, : most + 1 - choice.effort] + gains[need]
                row[choice.effort :] = np.maximum(row[choice.effort :], added)
        table[place] = row
    return table
