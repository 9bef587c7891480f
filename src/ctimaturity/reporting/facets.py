"""What the entities of a document can be picked by: type, groups, level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.reporting.groups import BY_TYPE, grouping_title
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.score import Index
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.entity import EntityView
    from ctimaturity.reporting.words import Words

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
