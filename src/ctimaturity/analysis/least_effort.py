"""The set of raised answers that reaches targets with the least effort.

With one target the integer programme is a knapsack: it is solved over whole numbers in a table, without any
tolerance. With several, SciPy's HiGHS proposes an effort, and a search in whole numbers proves that no set
takes less and lists the sets of that effort. Without SciPy the search starts from what the targets need one
by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.analysis.knapsack import Knapsack, Need, RaisedAnswer, Search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.analysis.actions import OpenItem
    from ctimaturity.analysis.round import Round
    from ctimaturity.analysis.solver import Proposal
    from ctimaturity.analysis.targets import EntityTarget

MOST_SETS = 5
"""Sets of equal effort that are listed."""
_MOST_STEPS = 60_000
"""Of the search for several targets, all efforts together; there may be more than can be taken."""


class EffortProof(StrEnum):
    """Why no set takes less effort, or why that is not known.

    Attributes:
        WHOLE: Worked out over whole numbers.
        SOLVER: HiGHS says so; that the set reaches the targets was checked in whole numbers.
        NO_SUM: A rule of thumb, because some score is no sum of gains.
        NO_SOLVER: A rule of thumb, because there are several targets and no SciPy.
        CUT_SHORT: A rule of thumb, because the search took too long.
    """

    WHOLE = "whole"
    SOLVER = "solver"
    NO_SUM = "no-sum"
    NO_SOLVER = "no-solver"
    CUT_SHORT = "cut-short"


@dataclass(frozen=True, slots=True)
class LeastEffort:
    """Sets that reach all targets.

    Attributes:
        sets: The first is the first in the order of the definition; empty where nothing reaches them.
        effort: Of each of them.
        proof: Why no set takes less.
        more: Whether there are more sets of the same effort; None when that is not known.
    """

    sets: tuple[tuple[RaisedAnswer, ...], ...]
    effort: int
    proof: EffortProof = EffortProof.WHOLE
    more: bool | None = False

    @property
    def reachable(self) -> bool:
        """Whether there is any set."""
        return bool(self.sets)

    @property
    def exact(self) -> bool:
        """Whether no set takes less effort; otherwise a rule of thumb found it."""
        return self.proof in {EffortProof.WHOLE, EffortProof.SOLVER}


def least_effort(groups: Sequence[Sequence[RaisedAnswer]], needs: Sequence[Need]) -> LeastEffort:
    """The sets that reach all targets with the least effort.

    Args:
        groups: The choices of each item, of which one may be taken, the best last; none lowers anything.
        needs: What each target is short of.

    Returns:
        At most `MOST_SETS` sets, in the order of the groups: one that has an earlier action comes first.
    """
    problem = Knapsack(groups, needs)
    if not problem.needs:
        return LeastEffort(((),), 0)
    if not problem.reachable:
        return LeastEffort((), 0)
    if len(problem.needs) == 1:
        search = Search(problem, problem.enough, None)
        effort = search.least_of(0)
        sets, more = search.first(MOST_SETS, effort)
        return LeastEffort(sets, effort, more=more)
    return _Several(groups, problem).found()


class _Several:
    """Several targets at once."""

    def __init__(self, groups: Sequence[Sequence[RaisedAnswer]], problem: Knapsack) -> None:
        self.problem = problem
        self.fallback = greedy(groups, problem.gains, problem.needs)
        self.most = sum(choice.effort for choice in self.fallback)

    def found(self) -> LeastEffort:
        try:
            from ctimaturity.analysis.solver import propose
        except ImportError:
            search = Search(self.problem, self.most, _MOST_STEPS)
            return self._from(search, search.bound, None, EffortProof.NO_SOLVER)
        proposal = propose(self.problem)
        if proposal is None:
            search = Search(self.problem, self.most, _MOST_STEPS)
            return self._from(search, search.bound, None, EffortProof.CUT_SHORT)
        search = Search(self.problem.with_sum(proposal.weights), self.most, _MOST_STEPS)
        return self._proved(search, proposal)

    def _proved(self, search: Search, proposal: Proposal) -> LeastEffort:
        """What HiGHS proposes, held against all sets of less effort as far as the search gets.

        HiGHS works with a tolerance: a set that it takes for enough may miss by a hair, so what it proposes
        may be too little, and what less effort reaches is looked for in whole numbers.
        """
        start = min(proposal.effort, self.most)
        sets, more = search.first(1, start - 1)
        while sets:
            start = _effort(sets[0])
            sets, more = search.first(1, start - 1)
        proved = self._from(search, start, proposal, EffortProof.CUT_SHORT)
        if more is None and proved.proof is EffortProof.WHOLE:
            return LeastEffort(proved.sets, proved.effort, EffortProof.SOLVER, proved.more)
        return proved

    def _from(
        self, search: Search, start: int, proposal: Proposal | None, otherwise: EffortProof
    ) -> LeastEffort:
        """The sets of the first effort that reaches the targets, from one on that nothing less reaches."""
        for effort in range(start, self.most + 1):
            sets, more = search.first(MOST_SETS, effort)
            if sets:
                return LeastEffort(sets, effort, more=more)
            if more is None:
                if proposal is not None and proposal.effort == effort and proposal.reaches(self.problem):
                    return LeastEffort((self.problem.choices(proposal.taken),), effort, more=None)
                break
        return LeastEffort((self.fallback,), self.most, otherwise, None)


def _effort(chosen: Sequence[RaisedAnswer]) -> int:
    return sum(choice.effort for choice in chosen)


def greedy(
    groups: Sequence[Sequence[RaisedAnswer]], gains: Sequence[Sequence[tuple[int, ...]]], needs: Sequence[int]
) -> tuple[RaisedAnswer, ...]:
    """Take what brings most of what is missing for its effort, then drop what is not needed.

    Args:
        groups: The choices of each item, of which one may be taken.
        gains: What each adds to each target, whole.
        needs: What each target is short of, whole and positive; all groups together reach them.

    Returns:
        In the order of the groups; without any one of them some need is missed.
    """
    taken: dict[int, int] = {}
    short = list(needs)
    while any(each > 0 for each in short):
        group, at = max(
            ((group, at) for group, choices in enumerate(gains) for at in range(len(choices))),
            key=lambda place: (_worth(groups, gains, needs, short, taken, place), -place[0], -place[1]),
        )
        before = gains[group][taken[group]] if group in taken else (0,) * len(needs)
        short = [left - new + old for left, new, old in zip(short, gains[group][at], before, strict=True)]
        taken[group] = at
    for group in sorted(taken, key=lambda group: (-groups[group][taken[group]].effort, -group)):
        spare = gains[group][taken[group]]
        if all(left + add <= 0 for left, add in zip(short, spare, strict=True)):
            short = [left + add for left, add in zip(short, spare, strict=True)]
            del taken[group]
    return tuple(groups[group][taken[group]] for group in sorted(taken))


def _worth(
    groups: Sequence[Sequence[RaisedAnswer]],
    gains: Sequence[Sequence[tuple[int, ...]]],
    needs: Sequence[int],
    short: Sequence[int],
    taken: dict[int, int],
    place: tuple[int, int],
) -> float:
    """What a choice brings of what is missing, for each unit of the effort that it takes more."""
    group, at = place
    held = taken.get(group)
    if held is not None and at <= held:
        return -1.0
    before = gains[group][held] if held is not None else (0,) * len(needs)
    effort = groups[group][at].effort - (groups[group][held].effort if held is not None else 0)
    brought = sum(
        max(0, min(new - old, left)) / need
        for new, old, left, need in zip(gains[group][at], before, short, needs, strict=True)
    )
    return brought / max(effort, 1)


def greedy_trial(
    scored: Round, entity: int, improvable: Sequence[OpenItem], aims: Sequence[EntityTarget]
) -> LeastEffort:
    """Take items by what each alone brings for its effort, then drop what is not needed.

    Every item is taken to its best answer, which then is lowered as far as the targets allow.

    Args:
        scored: Where the entity stands.
        entity: Its number.
        improvable: What can be better; doing all of it reaches all targets.
        aims: The targets.
    """
    best = [{opening.column: opening.steps[-1].points} for opening in improvable]
    alone = scored.variants(entity, best)

    def worth(number: int) -> Fraction:
        total = Fraction(0)
        for aim in aims:
            after = alone.exact_score(aim.column, number)
            if after is not None and aim.score is not None:
                total += after - aim.score
        return -total / improvable[number].steps[-1].effort

    order = sorted(range(len(improvable)), key=lambda number: (worth(number), improvable[number].position))
    prefixes: list[Mapping[int, Fraction]] = [{}]
    for number in order:
        prefixes.append({**prefixes[-1], **best[number]})
    tried = scored.variants(entity, prefixes)
    length = next(size for size in range(len(prefixes)) if all(aim.reached_by(tried, size) for aim in aims))
    chosen = {number: len(improvable[number].steps) - 1 for number in order[:length]}
    for number in sorted(chosen, key=lambda number: (-improvable[number].steps[-1].effort, -number)):
        chosen = _lowered(scored, entity, improvable, aims, chosen, number)
    taken = tuple(
        RaisedAnswer(improvable[number].item.id, step.value, step.effort, ())
        for number, step in sorted((number, improvable[number].steps[at]) for number, at in chosen.items())
    )
    return LeastEffort((taken,), sum(choice.effort for choice in taken), EffortProof.NO_SUM, None)


def _lowered(
    scored: Round,
    entity: int,
    improvable: Sequence[OpenItem],
    aims: Sequence[EntityTarget],
    chosen: dict[int, int],
    number: int,
) -> dict[int, int]:
    """The same set with one item lowered as far as the targets allow: left out, or at a lower answer."""
    candidates = [{key: at for key, at in chosen.items() if key != number}]
    candidates += [{**chosen, number: at} for at in range(chosen[number] + 1)]
    variants = [
        {improvable[key].column: improvable[key].steps[at].points for key, at in candidate.items()}
        for candidate in candidates
    ]
    tried = scored.variants(entity, variants)
    return next(
        candidate
        for size, candidate in enumerate(candidates)
        if all(aim.reached_by(tried, size) for aim in aims)
    )
