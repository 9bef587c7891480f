"""Actions put into phases, with as much in each as an entity can carry, and by the dates of their targets."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_TRIED = 20_000
"""Ways to place actions that have to be done by a date; there may be more than can be tried."""


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

    def last_day(self, start: date) -> date:
        """Its last day, in a plan that begins on a day."""
        return after_months(start, self.end) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Load:
    """An action to be placed.

    Attributes:
        node: What it belongs to: of one node, what stands below comes first.
        effort: What it takes.
        latest: The last phase that it may stand in, counted from 0; None for any, or none at all.
    """

    node: str
    effort: int
    latest: int | None = None


def after_months(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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


def latest_phase(phases: Sequence[Phase], start: date, by: date) -> int:
    """The last phase that ends by a date; the first where none does."""
    return max((number for number, phase in enumerate(phases) if phase.last_day(start) <= by), default=0)


def schedule(loads: Sequence[Load], phases: Sequence[Phase]) -> tuple[int | None, ...]:
    """The phase of each action, counted from 0; None for what no phase has room for.

    What has to be done by an earlier phase comes first, with what stands below it in its node. Without
    limits the effort is spread over time, as evenly as the latest phases permit, and an action stands in the
    phase in which half of it is done: the first ones are not put off for ending a little after the first
    phase. With limits every action takes the earliest phase that still has room for it, never one before an
    action of the same node that comes before it; where some action then stands too late, other ways are
    tried.

    Args:
        loads: In the order in which they are to be done.
        phases: What they are put into.
    """
    order, urgent = _by_urgency(loads)
    if any(phase.limit is None for phase in phases):
        placed = _spread(urgent, phases)
    else:
        placed = _packed(urgent, [phase.limit or 0 for phase in phases])
    phase_of: list[int | None] = [None] * len(loads)
    for at, phase in zip(order, placed, strict=True):
        phase_of[at] = phase
    return tuple(phase_of)


def _by_urgency(loads: Sequence[Load]) -> tuple[list[int], list[Load]]:
    """The places of loads in the order in which they are placed, and the loads with what follows from it."""
    latest: dict[str, int] = {}
    hastened = []
    for load in reversed(loads):
        bounds = [each for each in (load.latest, latest.get(load.node)) if each is not None]
        if bounds:
            latest[load.node] = min(bounds)
        hastened.append(replace(load, latest=min(bounds, default=None)))
    hastened.reverse()
    never = 1 + max((each.latest for each in hastened if each.latest is not None), default=0)
    order = sorted(
        range(len(loads)),
        key=lambda at: never if (bound := hastened[at].latest) is None else bound,
    )
    return order, [hastened[at] for at in order]


def _packed(loads: Sequence[Load], limits: Sequence[int]) -> list[int | None]:
    """The phases of loads in the order of their urgency, under limits."""
    bound = [load for load in loads if load.latest is not None]
    packed = _earliest(loads, limits, [])
    if all(_in_time(load, phase) for load, phase in zip(loads, packed, strict=True)):
        return packed
    fitted = _fitted(bound, limits)
    return packed if fitted is None else _earliest(loads, limits, fitted)


def _in_time(load: Load, phase: int | None) -> bool:
    return load.latest is None or (phase is not None and phase <= load.latest)


def _earliest(loads: Sequence[Load], limits: Sequence[int], fixed: Sequence[int]) -> list[int | None]:
    """The earliest phase with room for each; the first ones stand where they are fixed."""
    left = [*limits]
    earliest: dict[str, int] = {}
    placed: list[int | None] = []
    for number, load in enumerate(loads):
        free = range(earliest.get(load.node, 0), len(limits))
        at = fixed[number] if number < len(fixed) else None
        if at is None:
            at = next((phase for phase in free if left[phase] >= load.effort), None)
        placed.append(at)
        earliest[load.node] = len(limits) if at is None else at
        if at is not None:
            left[at] -= load.effort
    return placed


def _fitted(loads: Sequence[Load], limits: Sequence[int]) -> list[int] | None:
    """Phases of loads, none of them too late; None where no way was found."""
    dead: set[tuple[int, tuple[int, ...], tuple[tuple[str, int], ...]]] = set()
    waiting: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), tuple(limits))]
    while waiting and len(dead) < _MOST_TRIED:
        placed, left = waiting.pop()
        if len(placed) == len(loads):
            return [*placed]
        earliest = {load.node: phase for load, phase in zip(loads, placed, strict=False)}
        state = (len(placed), left, tuple(sorted(earliest.items())))
        if state in dead:
            continue
        dead.add(state)
        load = loads[len(placed)]
        latest = min(load.latest or 0, len(limits) - 1)
        for phase in range(latest, earliest.get(load.node, 0) - 1, -1):
            if left[phase] >= load.effort:
                rest = tuple(room - load.effort * (at == phase) for at, room in enumerate(left))
                waiting.append(((*placed, phase), rest))
    return None


def _spread(loads: Sequence[Load], phases: Sequence[Phase]) -> list[int | None]:
    """The phases of loads in the order of their urgency, without limits."""
    times = _times(loads, phases)
    placed: list[int | None] = []
    before = Fraction(0)
    for at in times:
        half = (before + at) / 2
        before = at
        placed.append(next(number for number, phase in enumerate(phases) if half <= phase.end))
    return placed


def _times(loads: Sequence[Load], phases: Sequence[Phase]) -> list[Fraction]:
    """When each load is done, in months: at the slowest pace that is in time for the rest."""
    ends = [phases[-1 if load.latest is None else load.latest].end for load in loads]
    times: list[Fraction] = []
    now = Fraction(0)
    while (done := len(times)) < len(loads):
        stretches, effort = [], Fraction(0)
        for at in range(done, len(loads)):
            effort += loads[at].effort
            stretches.append((effort / (ends[at] - now), at))
        pace, until = max(stretches)
        for at in range(done, until + 1):
            now += loads[at].effort / pace
            times.append(now)
        now = Fraction(ends[until])
        times[-1] = now
    return times
