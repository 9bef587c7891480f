"""Actions put into phases, with as much in each as an entity can carry."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time.

    Attributes:
        start, end: In months from the beginning of the plan.
        limit: The most effort that it takes; None without a limit.
    """

    start: int
    end: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """An action to be placed.

    Attributes:
        node: What it belongs to: of one node, what stands below comes first.
        effort: What it takes.
    """

    node: str
    effort: int


def phases_of(horizon: Sequence[int], limits: Sequence[int] = ()) -> tuple[Phase, ...]:
    """Phases that follow each other.

    Args:
        horizon: Their ends, in months, increasing.
        limits: One for each, or one for all; none without.
    """
    starts = [0, *horizon][: len(horizon)]
    each = [*limits] * len(horizon) if len(limits) == 1 else [*limits]
    return tuple(
        Phase(start, end, each[number] if each else None)
        for number, (start, end) in enumerate(zip(starts, horizon, strict=True))
    )


def schedule(loads: Sequence[Load], phases: Sequence[Phase]) -> tuple[int | None, ...]:
    """The phase of each action, counted from 0; None for what no phase has room for.

    Without limits the effort is spread evenly over time, and an action stands in the phase in which half
    of it is done: the first ones are not put off for ending a little after the first phase. With limits
    every action takes the earliest phase that still has room for it, never one before an action of the
    same node that comes before it.

    Args:
        loads: In the order in which they are to be done.
        phases: What they are put into.
    """
    if any(phase.limit is None for phase in phases):
        return _spread(loads, phases)
    left = [phase.limit or 0 for phase in phases]
    earliest: dict[str, int] = {}
    found: list[int | None] = []
    for load in loads:
        at = next(
            (
                number
                for number in range(earliest.get(load.node, 0), len(phases))
                if left[number] >= load.effort
            ),
            None,
        )
        found.append(at)
        earliest[load.node] = len(phases) if at is None else at
        if at is not None:
            left[at] -= load.effort
    return tuple(found)


def _spread(loads: Sequence[Load], phases: Sequence[Phase]) -> tuple[int | None, ...]:
    total, done = sum(load.effort for load in loads), 0
    found: list[int | None] = []
    for load in loads:
        half = Fraction(2 * done + load.effort, 2 * total) * phases[-1].end
        done += load.effort
        found.append(next(number for number, phase in enumerate(phases) if half <= phase.end))
    return tuple(found)
