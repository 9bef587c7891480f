"""A set of raised answers found by trying, for targets that are no sum: no promise that none takes less."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.analysis.knapsack import Choice
from ctimaturity.analysis.least_effort import LeastEffort, Proof
from ctimaturity.analysis.variants import evaluate_variants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.analysis.actions import Opening
    from ctimaturity.analysis.standpoint import Standpoint
    from ctimaturity.analysis.targets import Aim


def greedy_trial(
    standpoint: Standpoint, entity: int, found: Sequence[Opening], aims: Sequence[Aim]
) -> LeastEffort:
    """Take items by what each alone brings for its effort, then drop what is not needed.

    Every item is taken to its best answer, which then is lowered as far as the targets allow.

    Args:
        standpoint: Where the entity stands.
        entity: Its number.
        found: What can be better; doing all of it reaches all targets.
        aims: The targets.
    """
    best = [{opening.column: opening.steps[-1].points} for opening in found]
    alone = evaluate_variants(standpoint.plan, standpoint.items, entity, best)

    def worth(number: int) -> Fraction:
        total = Fraction(0)
        for aim in aims:
            after = alone.exact_score(aim.column, number)
            if after is not None and aim.score is not None:
                total += after - aim.score
        return -total / found[number].steps[-1].effort

    order = sorted(range(len(found)), key=lambda number: (worth(number), found[number].position))
    prefixes: list[Mapping[int, Fraction]] = [{}]
    for number in order:
        prefixes.append({**prefixes[-1], **best[number]})
    tried = evaluate_variants(standpoint.plan, standpoint.items, entity, prefixes)
    length = next(size for size in range(len(prefixes)) if all(aim.reached_by(tried, size) for aim in aims))
    chosen = {number: len(found[number].steps) - 1 for number in order[:length]}
    for number in sorted(chosen, key=lambda number: (-found[number].steps[-1].effort, -number)):
        chosen = _lowered(standpoint, entity, found, aims, chosen, number)
    taken = tuple(
        Choice(found[number].item.id, step.value, step.effort, ())
        for number, step in sorted((number, found[number].steps[at]) for number, at in chosen.items())
    )
    return LeastEffort((taken,), sum(choice.effort for choice in taken), Proof.NO_SUM, None)


def _lowered(
    standpoint: Standpoint,
    entity: int,
    found: Sequence[Opening],
    aims: Sequence[Aim],
    chosen: dict[int, int],
    number: int,
) -> dict[int, int]:
    """The same set with one item lowered as far as the targets allow: left out, or at a lower answer."""
    candidates = [{key: at for key, at in chosen.items() if key != number}]
    candidates += [{**chosen, number: at} for at in range(chosen[number] + 1)]
    variants = [
        {found[key].column: found[key].steps[at].points for key, at in candidate.items()}
        for candidate in candidates
    ]
    tried = evaluate_variants(standpoint.plan, standpoint.items, entity, variants)
    return next(
        candidate
        for size, candidate in enumerate(candidates)
        if all(aim.reached_by(tried, size) for aim in aims)
    )
