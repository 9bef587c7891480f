"""Who is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

ALCALDIA = "alcaldia"
GOBERNACION = "gobernacion"
OTHER = "other"


class EntityCodes(StrEnum):
    """What the codes of a questionnaire's entities are."""

    DIVIPOLA = "divipola"
    """DANE's: two digits for a department of Colombia, five for a municipality."""
    ISO_ALPHA_2 = "iso-3166-1-alpha-2"
    """Countries by two letters, such as CO."""
    ISO_ALPHA_3 = "iso-3166-1-alpha-3"
    """Countries by three letters, such as COL."""
    OWN = "own"
    """Of its own: taken as they are written."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A territorial entity (the handbook's unit).

    Attributes:
        code: As text: two digits for a department, five for a municipality, or as a user's list has it.
        name: For people; never decides anything.
        type: `alcaldia`, `gobernacion`, the id of another type of the questionnaire, or `other`.
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
