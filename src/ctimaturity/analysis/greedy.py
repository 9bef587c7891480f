"""A set of raised answers that reaches targets, found by a rule of thumb: no promise that none takes less."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.knapsack import Choice


def greedy(
    groups: Sequence[Sequence[Choice]], gains: Sequence[Sequence[tuple[int, ...]]], needs: Sequence[int]
) -> tuple[Choice, ...]:
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
    groups: Sequence[Sequence[Choice]],
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
