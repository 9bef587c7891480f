"""index.csv, read back: who there is."""

from __future__ import annotations

from dataclasses import dataclass

from ctimaturity.model.entity import Entity
from ctimaturity.model.score import Status
from ctimaturity.results.index_columns import GROUP, POPULATION
from ctimaturity.results.stored_table import StoredTable, restored
from ctimaturity.scoring.ranks import ENTITY_TYPE

_FIXED = ("entity_code", "entity_name", "entity_type", "status", "rank")


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """An entity of an index, whether its answers were refused, and the rank that it was given."""

    entity: Entity
    refused: bool
    rank: int | None = None


def read_entities(table: StoredTable) -> dict[str, StoredEntity]:
    """The entities of an index, by code, in the order of the file.

    The scores in it are not read: they follow from the answers.
    """
    named = [name.removeprefix(GROUP) for name in table.header if name.startswith(GROUP)]
    groups = [group for group in named if group != ENTITY_TYPE]
    segments = [name.removeprefix(POPULATION) for name in table.header if name.startswith(POPULATION)]
    names = (*_FIXED, *(GROUP + group for group in groups), *(POPULATION + segment for segment in segments))
    entities: dict[str, StoredEntity] = {}
    for code, name, type_, status, rank, *others in table.rows(names):
        if status not in set(Status):
            table.refuse(status, "status")
        if not table.is_new(code):
            continue
        of_groups, of_segments = others[: len(groups)], others[len(groups) :]
        people = {
            segment: table.whole(cell, POPULATION + segment)
            for segment, cell in zip(segments, of_segments, strict=True)
        }
        entity = Entity(
            code=restored(code),
            name=restored(name),
            type=restored(type_),
            groups={group: restored(cell) for group, cell in zip(groups, of_groups, strict=True)},
            population={segment: number for segment, number in people.items() if number is not None},
        )
        entities[entity.code] = StoredEntity(entity, status == Status.REFUSED, table.whole(rank, "rank"))
    return entities
