"""Ranks within groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.folding import folded
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import GroupRank, Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.words import Words

BY_TYPE = "entity_type"
"""The grouping that is always there."""
_KNOWN = {
    "categoria": "Category",
    "category": "Category",
    "departamento": "Department",
    "department": "Department",
    "region": "Region",
}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One entity within its group; `place` is such as `2= of 5`."""

    place: str
    name: str
    code: str
    index: str


@dataclass(frozen=True, slots=True)
class RankGroup:
    """A group that is large enough for ranks."""

    title: str
    lines: tuple[GroupLine, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups by one column; `small` are those too small for ranks."""

    title: str
    groups: tuple[RankGroup, ...]
    small: tuple[str, ...]


def groupings(
    questionnaire: Questionnaire, index: Index, column: ScoreColumn, words: Words
) -> tuple[Grouping, ...]:
    """Every grouping that says more than the ranking itself; `column` is that of the index."""
    names = dict.fromkeys((BY_TYPE, *index.groupings))
    made = [_grouping(name, questionnaire, index, column, words) for name in names]
    return tuple(
        grouping for grouping in made if len(grouping.groups) + len(grouping.small) > 1 and grouping.groups
    )


def _grouping(
    name: str, questionnaire: Questionnaire, index: Index, column: ScoreColumn, words: Words
) -> Grouping:
    members: dict[str, list[tuple[GroupRank, IndexRow]]] = {}
    for row in index.rows:
        if row.rank is not None and name in row.groups:
            members.setdefault(row.groups[name].group, []).append((row.groups[name], row))
    labels = (
        {named.id: words.text(named.label) for named in questionnaire.entity_types} if name == BY_TYPE else {}
    )
    groups, small = [], []
    for group, rows in sorted(members.items()):
        named = words.say("other") if name == BY_TYPE and group == "other" else shown(group)
        title = labels.get(group) or named or words.say("without a group")
        if rows[0][0].rank is None:
            small.append(title)
        else:
            groups.append(RankGroup(title, tuple(_line(rank, row, column, words) for rank, row in rows)))
    return Grouping(grouping_title(name, words), tuple(groups), tuple(small))


def grouping_title(name: str, words: Words) -> str:
    """What a column of the entity list is called; a few are known, the others are as they were named."""
    if name == BY_TYPE:
        return words.say("Type of entity")
    known = _KNOWN.get(folded(name))
    title = words.say(known) if known else shown(name)
    return title[:1].upper() + title[1:]


def _line(rank: GroupRank, row: IndexRow, column: ScoreColumn, words: Words) -> GroupLine:
    place = f"{rank.rank}=" if rank.tied else str(rank.rank)
    return GroupLine(
        place=words.say("{place} of {size}", place=place, size=rank.size),
        name=shown(row.entity.name or row.entity.code),
        code=shown(row.entity.code),
        index=words.number(row.index, column.bounds),
    )
