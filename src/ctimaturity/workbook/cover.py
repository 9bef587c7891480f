"""The keys of the cover: what it says, and what is written on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
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


class Entry(StrEnum):
    """How a cell of the cover is filled."""

    GIVEN = "given"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the cover: key, label, entry.

    Attributes:
        key: In the first column; for what belongs to a measurement, with its id behind the colon.
        label: What people read, by language.
        entry: How it is filled.
        choices: Name of the list of closed answers (`Entry.CHOICE`).
    """

    key: str
    label: Mapping[str, str]
    entry: Entry = Entry.TEXT
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of lines of the cover under one title."""

    title: Mapping[str, str]
    fields: tuple[Field, ...]


def code_label(kind: EntityCodes) -> dict[str, str]:
    """What stands beside the cell of the entity's code."""
    if kind is EntityCodes.DIVIPOLA:
        return words("DANE code (2 digits: department; 5: municipality)")
    if kind is EntityCodes.ISO_ALPHA_2:
        return words("Country code (ISO 3166, 2 letters)")
    if kind is EntityCodes.ISO_ALPHA_3:
        return words("Country code (ISO 3166, 3 letters)")
    return words("Code of the entity")


def entity_section(kind: EntityCodes) -> Section:
    """Who answers, and when."""
    return Section(
        words("The entity"),
        (
            Field(ENTITY_CODE, code_label(kind)),
            Field(ENTITY_NAME, words("Name of the entity")),
            Field(ENTITY_TYPE, words("Type of entity"), Entry.CHOICE, TYPES),
            Field(ROUND, words("Round")),
            Field(DATE, words("Date of completion"), Entry.DATE),
        ),
    )


def confirm_section(questionnaire: Questionnaire, parts: tuple[str, ...]) -> Section:
    """What the entity confirms about answers left blank."""
    asked = [part for part in questionnaire.measurements if part.id in parts and part.confirm_blank]
    fields = [
        Field(f"{CONFIRM_BLANK}{part.id}", part.confirm_blank.statement, Entry.CHOICE, CONFIRM)
        for part in asked
        if part.confirm_blank
    ]
    return Section(words("Confirmation"), tuple(fields))


def sign_section() -> Section:
    """Who approves the answers, and by which act."""
    return Section(
        words("Approval"),
        (
            Field(SIGNED_BY, words("Approved by (name)")),
            Field(SIGNED_POST, words("Post")),
            Field(SIGNED_ACT, words("Act of approval (number and date)")),
        ),
    )


def _about(title: Mapping[str, str]) -> dict[str, str]:
    asked = words("How it is answered: {part}")
    return {
        language: text.format(part=in_language(dict(title), language)) for language, text in asked.items()
    }


def _contact(kind: EntityCodes) -> dict[str, str]:
    """Whom to ask; where the entities are those of Colombia it is the ministry."""
    return words("Contact in the ministry") if kind is EntityCodes.DIVIPOLA else words("Contact")


def identity_section(questionnaire: Questionnaire) -> Section:
    """Which questionnaire this is."""
    sources = [
        Field(
            f"{PERCEPTION_SOURCE}{part.id}",
            _about(part.title),
            Entry.GIVEN,
        )
        for part in questionnaire.measurements
        if part.collects is Collects.RESPONDENTS
    ]
    return Section(
        words("This questionnaire"),
        (
            Field(QUESTIONNAIRE, words("Questionnaire and edition"), Entry.GIVEN),
            Field(VERSION, words("Version"), Entry.GIVEN),
            Field(DEFINITION, words("Definition (first 12 digits)"), Entry.GIVEN),
            Field(PARTS, words("Parts in this workbook"), Entry.GIVEN),
            Field(LANGUAGE, words("Language"), Entry.GIVEN),
            *sources,
            Field(CONTACT, _contact(questionnaire.coding)),
        ),
    )
