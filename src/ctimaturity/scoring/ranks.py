"""Competition ranks, in all and within groups."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.score import GroupRank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.entity import Entity

ENTITY_TYPE = "entity_type"
SMALLEST_GROUP = 3
"""Ranks are given in groups of at least three ranked entities: of two, one is always last."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A competition rank, and whether others share it."""

    number: int
    tied: bool


def competition_ranks(in_order: Iterable[Sequence[int]]) -> dict[int, Rank]:
    """Ranks 1, 2, 2, 4 from entities in order, the best first; those in one sequence are tied."""
    ranks: dict[int, Rank] = {}
    for tied in in_order:
        number = len(ranks) + 1
        ranks |= {entity: Rank(number, tied=len(tied) > 1) for entity in tied}
    return ranks


def group_of(entity: Entity, grouping: str) -> str:
    """The group of an entity; empty when it belongs to none."""
    return entity.type if grouping == ENTITY_TYPE else entity.groups.get(grouping, "")


def group_ranks(
    entities: Sequence[Entity], in_order: Sequence[Sequence[int]], groupings: Sequence[str]
) -> list[Mapping[str, GroupRank]]:
    """The ranks within groups, for each entity by grouping.

    Args:
        entities: All, ranked or not.
        in_order: The ranked ones by score, those with the same score together.
        groupings: `entity_type` or columns of the entity list, in the order of the output.

    Returns:
        By entity; the size counts the ranked members of its group.
    """
    of_entities: list[dict[str, GroupRank]] = [{} for _ in entities]
    for grouping in groupings:
        groups = [group_of(entity, grouping) for entity in entities]
        ranks: dict[str, dict[int, Rank]] = {}
        for group in set(groups) - {""}:
            members = [[one for one in tied if groups[one] == group] for tied in in_order]
            ranks[group] = competition_ranks(tied for tied in members if tied)
        for number, group in enumerate(groups):
            within = ranks.get(group, {})
            rank = within.get(number) if len(within) >= SMALLEST_GROUP else None
            of_entities[number][grouping] = GroupRank(
                group=group,
                rank=rank.number if rank else None,
                tied=bool(rank and rank.tied),
                size=len(within),
            )
    return [MappingProxyType(each) for each in of_entities]
