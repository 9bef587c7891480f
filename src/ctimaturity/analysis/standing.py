"""Why ranks changed, and who advanced most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.change import Progress, RankChange
from ctimaturity.model.score import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from ctimaturity.analysis.round import Round


def ranked_in_both(before: Round, after: Round) -> list[str]:
    """Codes of the entities that are ranked in both rounds."""
    ranked = [
        {code for code, row in each.rows.items() if row.status is Status.RANKED} for each in (before, after)
    ]
    return sorted(ranked[0] & ranked[1])


def rank_among(score: Fraction, others: Iterable[Fraction]) -> int:
    """The competition rank of a score among those of others."""
    return 1 + sum(other > score for other in others)


def rank_changes(before: Round, after: Round) -> dict[str, RankChange]:
    """The change of each rank, split (method.md section 10).

    Among the entities ranked in both rounds: own is the old rank less the rank that the new own score
    would have had among the others' old scores; others is the rest, up to the new rank among them. What
    is left up to the published ranks comes from those who entered or left.
    """
    common = ranked_in_both(before, after)
    old = {code: before.exact_index(code) for code in common}
    new = {code: after.exact_index(code) for code in common}
    found = {}
    for code in common:
        first, last = before.rows[code].rank or 0, after.rows[code].rank or 0
        start = rank_among(old[code], old.values())
        between = rank_among(new[code], (score for other, score in old.items() if other != code))
        end = rank_among(new[code], new.values())
        found[code] = RankChange(
            before=first,
            after=last,
            own=start - between,
            others=between - end,
            membership=(first - last) - (start - end),
        )
    return found


def progress_ranking(before: Round, after: Round) -> Mapping[str, Progress]:
    """Who advanced most, of the entities ranked in both rounds; equal advances share a rank."""
    advance = {
        code: after.exact_index(code) - before.exact_index(code) for code in ranked_in_both(before, after)
    }
    return {
        code: Progress(
            rank=rank_among(own, advance.values()),
            tied=sum(other == own for other in advance.values()) > 1,
            size=len(advance),
        )
        for code, own in advance.items()
    }
