"""The keys of the cover: what it says, and what is written on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import words
from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.choice import CONFIRM, TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.questionnaire import Questionnaire

ENTITY_CODE = "entity_code"
ENTITY_NAME = "entity_name"
ENTITY_TYPE = "entity_type"
ROUND = "round"
DATE = "date"
QUESTIONNAIRE = "questionnaire"
VERSION = "version"
DEFINITION = "definition"
PARTS = "parts"
LANGUAGE = "language"
CONFIRM_BLANK = "confirm_blank:"
PERCEPTION_SOURCE = "perception_source:"
PROGRESS = "progress:"
SIGNED_BY = "signed_by"
SIGNED_POST = "signed_post"
SIGNED_ACT = "signed_act"
CONTACT = "contact"


class EntryKind(StrEnum):
    """How a cell of the cover is filled."""

    GIVEN = "given"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class CoverField:
    """A line of the cover: key, label, entry.

    Attributes:
        key: In the first column; for what belongs to a measurement, with its id behind the colon.
        label: What people read, by language.
        entry: How it is filled.
        choices: Name of the list of closed answers (`EntryKind.CHOICE`).
    """

    key: str
    label: Mapping[str, str]
    entry: EntryKind = EntryKind.TEXT
    choices: str = ""


@dataclass(frozen=True, slots=True)
class CoverSection:
    """A group of lines of the cover under one title."""

    title: Mapping[str, str]
    fields: tuple[CoverField, ...]


@dataclass(frozen=True, slots=True)
class CoverEntry:
    """A line of the cover, as written."""

    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class CoverEntries:
    """What is written on the cover; names, posts and telephones never leave it.

    Attributes:
        sheet: The cover's name; empty without a cover.
        entries: By key; only what is filled.
    """

    sheet: str = ""
    entries: Mapping[str, CoverEntry] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, key: str) -> str:
        """The text of an entry; empty without one."""
        entry = self.entries.get(key)
        return entry.text if entry else ""

    def cell(self, key: str) -> str:
        """The cell of an entry; empty without one."""
        entry = self.entries.get(key)
        return entry.cell if entry else ""


_CODE_LABELS = {
    EntityCodes.DIVIPOLA: "DANE code (2 digits: department; 5: municipality)",
    EntityCodes.ISO_ALPHA_2: "Country code (ISO 3166, 2 letters)",
    EntityCodes.ISO_ALPHA_3: "Country code (ISO 3166, 3 letters)",
}


def entity_section(kind: EntityCodes) -> CoverSection:
    """Who answers, and when."""
    return CoverSection(
        words("The entity"),
        (
            CoverField(ENTITY_CODE, words(_CODE_LABELS.get(kind, "Code of the entity"))),
            CoverField(ENTITY_NAME, words("Name of the entity")),
            CoverField(ENTITY_TYPE, words("Type of entity"), EntryKind.CHOICE, TYPES),
            CoverField(ROUND, words("Round")),
            CoverField(DATE, words("Date of completion"), EntryKind.DATE),
        ),
    )


def confirm_section(questionnaire: Questionnaire, parts: tuple[str, ...]) -> CoverSection:
    """What the entity confirms about answers left blank."""
    asked = [part for part in questionnaire.measurements if part.id in parts and part.confirm_blank]
    fields = [
        CoverField(f"{CONFIRM_BLANK}{part.id}", part.confirm_blank.statement, EntryKind.CHOICE, CONFIRM)
        for part in asked
        if part.confirm_blank
    ]
    return CoverSection(words("Confirmation"), tuple(fields))


def sign_section() -> CoverSection:
    """Who approves the answers, and by which act."""
    return CoverSection(
        words("Approval"),
        (
            CoverField(SIGNED_BY, words("Approved by (name)")),
            CoverField(SIGNED_POST, words("Post")),
            CoverField(SIGNED_ACT, words("Act of approval (number and date)")),
        ),
    )


def identity_section(questionnaire: Questionnaire) -> CoverSection:
    """Which questionnaire this is, and whom to ask; of entities of Colombia that is the ministry."""
    given = {
        QUESTIONNAIRE: words("Questionnaire and edition"),
        VERSION: words("Version"),
        DEFINITION: words("Definition (first 12 digits)"),
        PARTS: words("Parts in this workbook"),
        LANGUAGE: words("Language"),
    }
    asked = words("How it is answered: {part}")
    for part in questionnaire.measurements:
        if part.collects is Collects.RESPONDENTS:
            given[f"{PERCEPTION_SOURCE}{part.id}"] = {
                language: text.format(part=in_language(part.title, language))
                for language, text in asked.items()
            }
    of_colombia = questionnaire.coding is EntityCodes.DIVIPOLA
    contact = words("Contact in the ministry") if of_colombia else words("Contact")
    fields = [CoverField(key, label, EntryKind.GIVEN) for key, label in given.items()]
    return CoverSection(words("This questionnaire"), (*fields, CoverField(CONTACT, contact)))
