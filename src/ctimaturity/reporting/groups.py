"""Ranks within groups, and what the entities of a document can be picked by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.folding import folded
from ctimaturity.language.numbers import rank_text
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import GroupRank, Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.entity import EntityView
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
    return GroupLine(
        place=words.say("{place} of {size}", place=rank_text(rank.rank, tied=rank.tied), size=rank.size),
        name=shown(row.entity.name or row.entity.code),
        code=shown(row.entity.code),
        index=words.number(row.index, column.bounds),
    )


LEVEL = "level"
_MOST = 80
"""Values of a facet that a list can offer; a column with more is no group."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to pick entities.

    Attributes:
        name: As in the list of entities; `level` for the level of the index.
        title: For people.
        values: What there is to pick, in order.
        of: For each entity, the place of its value; -1 without one.
    """

    name: str
    title: str
    values: tuple[str, ...]
    of: tuple[int, ...]


def facets(
    entities: Sequence[EntityView],
    index: Index,
    column: ScoreColumn,
    departments: Mapping[str, str],
    words: Words,
) -> tuple[Facet, ...]:
    """Every facet that tells entities apart.

    Args:
        entities: Of the document, in order.
        index: Its groupings are facets.
        column: Of the index, with its levels.
        departments: Names of departments by entity code; a facet of their own unless empty.
        words: The language.
    """
    made = list(_facets(entities, index, column, departments, words))
    return tuple(facet for facet in made if 1 < len(facet.values) <= _MOST)


def _facets(
    entities: Sequence[EntityView],
    index: Index,
    column: ScoreColumn,
    departments: Mapping[str, str],
    words: Words,
) -> Iterable[Facet]:
    yield _facet(BY_TYPE, words.say("Type of entity"), [entity.type for entity in entities])
    for name in dict.fromkeys(index.groupings):
        if name != BY_TYPE:
            values = [shown(entity.row.entity.groups.get(name, "")) for entity in entities]
            yield _facet(name, grouping_title(name, words), values)
    if departments and "department" not in index.groupings:
        values = [shown(departments.get(entity.row.entity.code, "")) for entity in entities]
        yield _facet("department", words.say("Department"), values)
    names = column.level_names
    levels = [entity.index.level for entity in entities]
    there = sorted({level for level in levels if level is not None})
    yield Facet(
        LEVEL,
        words.say("Level"),
        tuple(f"{level} · {names[level]}" if names else str(level) for level in there),
        tuple(there.index(level) if level is not None else -1 for level in levels),
    )


def _facet(name: str, title: str, of: Sequence[str]) -> Facet:
    values = sorted(set(of) - {""}, key=lambda value: (value.casefold(), value))
    place = {value: number for number, value in enumerate(values)}
    return Facet(name, title, tuple(values), tuple(place.get(value, -1) for value in of))
