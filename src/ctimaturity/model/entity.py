"""Who is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Entity:
    """A territorial entity (the handbook's unit).

    Attributes:
        code: As text: two digits for a department, five for a municipality, or as a user's list has it.
        name: For people; never decides anything.
        type: `alcaldia`, `gobernacion` or `other`.
        groups: The columns of the entity list, by name, for group ranks.
        listed: Whether the entity comes from the user's own list.
        population: Inhabitants by segment, for design weights; empty without.
    """

    code: str
    name: str
    type: str
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    listed: bool = False
    population: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
