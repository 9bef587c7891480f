"""Two rounds of one edition, compared."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.analysis.change import (
    ChangeSource,
    Comparison,
    Contribution,
    EntityChange,
    NodeChange,
    Presence,
    ProgressRank,
    RankChange,
)
from ctimaturity.analysis.decomposition import item_parts
from ctimaturity.analysis.sampling import variances
from ctimaturity.model.score import Status
from ctimaturity.scoring.estimates import REACH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from numpy.typing import NDArray

    from ctimaturity.analysis.round import Round
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import IndexRow, NodeScore, Place

    Floats = NDArray[np.float64]


def compare(
    before: Round,
    after: Round,
    carried: Mapping[str, EntityAnswers] | None = None,
    progress: Callable[[int, int], None] | None = None,
    only: AbstractSet[str] | None = None,
) -> Comparison:
    """Compare two rounds (method.md section 10).

    A change is split by source in this order: what the definition alone does to the old answers, what
    the reference ranges alone do to them, and what the answers do; so the parts sum to the change.

    Args:
        before: The earlier round.
        after: The later one, of the same edition and scored on the same measurements.
        carried: The answers of before as the definition of after reads them, by code; None where both
            definitions score alike.
        progress: Told how many returning entities of how many are compared.
        only: The entities that are wanted; all without it. Ranks are among all the same.

    Returns:
        Everything that changed, for each entity of either round.
    """
    wanted = before.rows.keys() | after.rows.keys() if only is None else only
    returning = sorted(before.rows.keys() & after.rows.keys() & wanted)
    ranks, advances = rank_changes(before, after), progress_ranking(before, after)
    splitter = _Splitter(before, after, returning, carried)
    changes = []
    for code in sorted(wanted):
        old, new = before.rows.get(code), after.rows.get(code)
        nodes: tuple[NodeChange, ...] = ()
        if old is not None and new is not None and Status.REFUSED not in {old.status, new.status}:
            nodes = splitter.nodes(old, new)
        latest = new or old
        if latest is None:
            continue
        changes.append(
            EntityChange(
                entity=latest.entity,
                presence=_presence(old, new),
                before=old,
                after=new,
                nodes=nodes,
                rank=ranks.get(code),
                progress=advances.get(code),
            )
        )
        if progress is not None and old is not None and new is not None:
            progress(returning.index(code) + 1, len(returning))
    return Comparison(before, after, tuple(changes), redefined=carried is not None)


def _presence(old: IndexRow | None, new: IndexRow | None) -> Presence:
    if new is None:
        return Presence.GONE
    return Presence.NEW if old is None else Presence.RETURNING


class _Splitter:
    """Splits the changes of returning entities."""

    def __init__(
        self,
        before: Round,
        after: Round,
        returning: list[str],
        carried: Mapping[str, EntityAnswers] | None,
    ) -> None:
        self._before, self._after = before, after
        self._row = {code: number for number, code in enumerate(returning)}
        known = before.answers if carried is None else carried
        old = [known[code] for code in returning]
        readings = [
            after.read(old, before),
            after.read(old),
            after.read([after.answers[code] for code in returning]),
        ]
        # From one reading of the items to the next: what moves has this source, or that of its item.
        self._stages = [
            (readings[0], readings[1], ChangeSource.REFERENCE),
            (readings[1], readings[2], None),
        ]
        self._redefined = carried is not None
        self._old_columns = before.index.table.place_index()
        self._surveys = after.questionnaire.surveys

    def nodes(self, old: IndexRow, new: IndexRow) -> tuple[NodeChange, ...]:
        """Every place of one entity."""
        code = new.entity.code
        places = self._after.plan.places
        pairs = [self._scores(place, column, old, new) for column, place in enumerate(places)]
        origin = np.array(
            [np.nan if first is None or first.score is None else first.score for first, _ in pairs]
        )
        parts = self._parts(self._row[code], origin)
        errors = [variances(each.questionnaire, each.answers[code]) for each in (self._before, self._after)]
        return tuple(
            self._node(place, pair, parts[column], errors)
            for column, (place, pair) in enumerate(zip(places, pairs, strict=True))
        )

    def _scores(
        self, place: Place, column: int, old: IndexRow, new: IndexRow
    ) -> tuple[NodeScore | None, NodeScore]:
        was = self._old_columns.get((place.measurement, place.node))
        first = None if was is None else self._before.index.table.at(old.row, was)
        return first, self._after.index.table.at(new.row, column)

    def _parts(self, row: int, origin: Floats) -> list[list[Contribution]]:
        """By place, what adds to its change."""
        places = self._after.plan.places
        added: list[list[Contribution]] = [[] for _ in places]
        reached = origin
        if self._redefined:
            first = self._stages[0][0]
            _, reached = item_parts(self._after.plan, first, first, row, origin)
            for column, moved in enumerate((reached - origin).tolist()):
                if moved and moved == moved:  # noqa: PLR0124  (NaN: a place that is new)
                    added[column].append(Contribution(ChangeSource.DEFINITION, "", "", moved))
        for start, end, source in self._stages:
            parts, reached = item_parts(self._after.plan, start, end, row, reached)
            for column, item in np.argwhere((parts != 0) & ~np.isnan(parts)).tolist():
                measurement, node = places[item].measurement, places[item].node
                by_item = ChangeSource.SURVEY if measurement in self._surveys else ChangeSource.ANSWERS
                value = float(parts[column, item])
                added[column].append(Contribution(source or by_item, measurement, node, value))
        return added

    def _node(
        self,
        place: Place,
        pair: tuple[NodeScore | None, NodeScore],
        parts: list[Contribution],
        errors: list[dict[tuple[str, str], float]],
    ) -> NodeChange:
        first, last = pair
        if first is None or first.score is None or last.score is None:
            return NodeChange(place, first, last, None, None)
        change = last.score - first.score
        spread = [of_round.get((place.measurement, place.node)) for of_round in errors]
        error = None if spread[0] is None or spread[1] is None else sqrt(max(spread[0] + spread[1], 0.0))
        moved = None if first.level is None or last.level is None else last.level - first.level
        return NodeChange(
            place=place,
            before=first,
            after=last,
            change=change,
            level_change=moved,
            standard_error=error,
            distinguishable=None if error is None else _distinguishable(change, error),
            contributions=tuple(parts),
        )


def _distinguishable(change: float, error: float) -> bool | None:
    """Whether chance does not explain a change; not known where everyone answered alike, which hides it."""
    return None if change and not error else abs(change) > REACH * error


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
    changes = {}
    for code in common:
        first, last = before.rows[code].rank or 0, after.rows[code].rank or 0
        start = rank_among(old[code], old.values())
        between = rank_among(new[code], (score for other, score in old.items() if other != code))
        end = rank_among(new[code], new.values())
        changes[code] = RankChange(
            before=first,
            after=last,
            own=start - between,
            others=between - end,
            membership=(first - last) - (start - end),
        )
    return changes


def progress_ranking(before: Round, after: Round) -> Mapping[str, ProgressRank]:
    """Who advanced most, of the entities ranked in both rounds; equal advances share a rank."""
    advance = {
        code: after.exact_index(code) - before.exact_index(code) for code in ranked_in_both(before, after)
    }
    return {
        code: ProgressRank(
            rank=rank_among(own, advance.values()),
            tied=sum(other == own for other in advance.values()) > 1,
            size=len(advance),
        )
        for code, own in advance.items()
    }
