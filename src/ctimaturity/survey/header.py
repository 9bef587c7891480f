"""The header of an export: what each column is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.language.folding import folded
from ctimaturity.survey.columns import COUNTED, NAMES, WORDS, Role
from ctimaturity.survey.form import entity_question, segment_question
from ctimaturity.survey.lookup import UNREADABLE, mark_readers, survey_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.block import Block


class Shape(StrEnum):
    """How a file says its answers."""

    WIDE = "wide"
    """A row per respondent, a column per statement."""
    LONG = "long"
    """A row per answer."""
    COUNTS = "counts"
    """A row per statement and option, with how many chose it."""
    COUNT_TABLE = "count table"
    """A row per statement, a column per option."""
    NONE = "none"


# What KoboToolbox and ODK add for a place, and what they and LimeSurvey add of themselves.
_LOCATED = re.compile(r"_?(?:.*[_/ ])?(?:latitude|longitude|altitude|precision|latitud|longitud)")
_ADDED = re.compile(r"_.*|formhub/uuid|meta/.*|.*(?:generated_|reserved_name_for_).*")
_PARTS = re.compile(r"[/.:_-]+")
"""What stands between the groups and the name of a question: `group/name`, `group:name`, `group.name`."""
_NUMBERING = re.compile(r"[0-9]{1,3}\s?[.)-]\s*")
_BRACKETED = re.compile(r".*\[(.+)\]\s*", re.DOTALL)
"""A statement of a grid, behind the question that all share, as Google Forms and LimeSurvey write it."""
_WORD = re.compile(r"[\w-]+")
_UNIQUE = {Role.SUBMISSION, Role.RESPONDENT}
"""Of two rows with the same, one is left out."""
_PERSONAL = {Role.PERSON, Role.PERSONAL}
_QUESTION = 12
"""Words of a question that tell what it asks; statements are longer or have names of their own."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column.

    Attributes:
        name: As the file has it.
        role: What it holds.
        item: Of a statement, its id; of an option, its code or `blank` or `dont_know`.
    """

    name: str
    role: Role
    item: str = ""


@dataclass(frozen=True)
class Header:
    """The columns of a file."""

    columns: tuple[ExportColumn, ...] = ()

    def first(self, role: Role) -> int | None:
        """Where the first column of a role stands."""
        return next((at for at, column in enumerate(self.columns) if column.role is role), None)

    def all(self, role: Role) -> list[int]:
        """Where all columns of a role stand."""
        return [at for at, column in enumerate(self.columns) if column.role is role]

    def texts(self, block: Block, role: Role) -> list[str]:
        """The fields of the first column of a role; empty ones without it."""
        column = self.first(role)
        return [""] * block.rows if column is None else block.texts(column)

    @cached_property
    def items(self) -> dict[str, int]:
        """Where the column of each statement stands, by its id; of two, the first."""
        at_item: dict[str, int] = {}
        for at, column in enumerate(self.columns):
            if column.role is Role.STATEMENT:
                at_item.setdefault(column.item, at)
        return at_item

    @property
    def shape(self) -> Shape:
        """How the file says its answers."""
        has = {column.role for column in self.columns}
        if Role.STATEMENT in has:
            return Shape.WIDE
        if Role.ITEM not in has:
            return Shape.NONE
        if {Role.ANSWER, Role.COUNT} <= has:
            return Shape.COUNTS
        if Role.ANSWER in has and has & {Role.RESPONDENT, Role.SUBMISSION}:
            return Shape.LONG
        return Shape.COUNT_TABLE if Role.OPTION in has else Shape.NONE

    def twice(self) -> list[tuple[ExportColumn, ExportColumn]]:
        """Columns of the same statement or of the same role where there can be one only."""
        firsts: dict[tuple[Role, str], ExportColumn] = {}
        single = {Role.STATEMENT, Role.SEGMENT, Role.ENTITY, Role.ITEM, Role.ANSWER, Role.COUNT, Role.OPTION}
        pairs = [
            (column, firsts.setdefault((column.role, column.item), column))
            for column in self.columns
            if column.role in single
        ]
        return [(column, first) for column, first in pairs if first is not column]


class HeaderReader:
    """Knows the statements of a questionnaire by id and by text."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        """Prepare for a questionnaire.

        Args:
            questionnaire: With at least one measurement that collects respondents.
        """
        items = [item for measurement in questionnaire.surveys.values() for item in measurement.items]
        self.texts = {text: item.id for item in items for text in item.text.values()}
        self._by_id = _unambiguous((_key(item.id), item.id) for item in items)
        self._by_id |= {folded(item.id): item.id for item in items}
        # two statements with one text are told by their ids only
        self._by_text = _unambiguous((_worded(text), item) for text, item in self.texts.items())
        self._roles = {name: role for role, names in NAMES.items() for name in names}
        for role, question in ((Role.SEGMENT, segment_question()), (Role.ENTITY, entity_question())):
            for text in question.values():
                self._roles[_worded(text)] = role
        self._readers = [
            (frame.options, reader)
            for frame in survey_frames(questionnaire).values()
            for reader in mark_readers(questionnaire, frame).values()
        ]

    def read(self, names: Sequence[str]) -> Header:
        """The columns of a file by their names."""
        columns = [self._column(name) for name in names]
        if any(column.role is Role.ITEM for column in columns):
            # Only in a table with a column of statements can a column be called 1 or n.
            columns = [self._of_counts(column) for column in columns]
        else:
            tabular = {Role.ANSWER, Role.COUNT}
            columns = [
                ExportColumn(column.name, Role.UNKNOWN) if column.role in tabular else column
                for column in columns
            ]
        return Header(tuple(_by_words(columns)))

    def statement(self, name: str) -> str:
        """The id of the statement that a column or cell names, by the id at its end, else by its text."""
        bracketed = _BRACKETED.fullmatch(name)
        inside = bracketed[1] if bracketed else ""
        for tail in (*_tails(name), inside):
            item = self._by_id.get(folded(tail)) or self._by_id.get(_key(tail))
            if item:
                return item
        for text in (name, name.rsplit("/", 1)[-1], inside, *self._after_id(name)):
            if text and self._by_text.get(_worded(text)):
                return self._by_text[_worded(text)]
        return ""

    def _of_counts(self, column: ExportColumn) -> ExportColumn:
        option = self._option(column.name)
        return ExportColumn(column.name, Role.OPTION, option) if option else column

    def _option(self, name: str) -> str:
        """The code of the option that a column counts, `blank` or `dont_know`; empty for none or several."""
        plain = folded(name)
        if not plain or plain in COUNTED:
            return COUNTED.get(plain, "")
        marks = [(options, reader.read(name)) for options, reader in self._readers]
        # The last two options are those of the marks -2 and -1, the other way round.
        named = {options[m if m >= 0 else -3 - m] for options, m in marks if m != UNREADABLE}
        return named.pop() if len(named) == 1 else ""

    def _column(self, name: str) -> ExportColumn:
        item = self.statement(name)
        if item:
            return ExportColumn(name, Role.STATEMENT, item)
        plain = folded(name)
        for candidate in (plain, _worded(name), plain.rsplit("/", 1)[-1]):
            if candidate in self._roles:
                return ExportColumn(name, self._roles[candidate])
        for candidate in () if " " in plain else _tails(plain):
            role = self._roles.get(candidate)
            # `comuna_id` and `sexo_encuestado` tell nobody apart, though `group-id` may.
            if role is not None and not (role in _UNIQUE and plain.endswith(f"_{candidate}")):
                return ExportColumn(name, role)
        if _LOCATED.fullmatch(plain):
            return ExportColumn(name, Role.PERSONAL)
        return ExportColumn(name, Role.TECHNICAL if not plain or _ADDED.fullmatch(plain) else Role.UNKNOWN)

    def _after_id(self, name: str) -> Iterator[str]:
        """The text of `P-PER-01. Text`, where id and text are of one statement."""
        head, _, rest = name.partition(" ")
        item = self._by_id.get(_key(head))
        if item and rest and self._by_text.get(_worded(rest)) in {item, ""}:
            yield rest


def _unambiguous(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The statement that each name means; empty where two have the name."""
    by_name: dict[str, str] = {}
    for name, item in named:
        by_name[name] = item if by_name.get(name, item) == item else ""
    return by_name


def _by_words(columns: Sequence[ExportColumn]) -> Iterator[ExportColumn]:
    """The columns, those that nothing else tells by the words of their question."""
    segment = any(column.role is Role.SEGMENT for column in columns)
    for column in columns:
        words = _WORD.findall(folded(column.name)) if column.role is Role.UNKNOWN else []
        joined = {part for word in words for part in word.split("_")}
        telling = {role: joined if role in _PERSONAL else set(words) for role in WORDS}
        role = next((role for role, known in WORDS.items() if known & telling[role]), Role.UNKNOWN)
        if not words or len(words) > _QUESTION or (role is Role.SEGMENT and segment):
            yield column
        else:
            segment = segment or role is Role.SEGMENT
            yield ExportColumn(column.name, role)


def _tails(name: str) -> Iterable[str]:
    """A name, and what is left of it behind each of its separators; ids are short."""
    plain = name.strip()
    yield plain
    for separator in _PARTS.finditer(plain[-64:]):
        yield plain[-64:][separator.end() :]


def _key(text: str) -> str:
    """An id as a program may have changed it: `P_PER_01` for `P-PER-01`."""
    return "".join(character for character in folded(text) if character.isalnum())


def _worded(text: str) -> str:
    """A statement without numbering in front and marks behind."""
    plain = folded(text)
    bare = _NUMBERING.sub("", plain, count=1) if plain[:1].isdigit() else plain
    return bare.rstrip(" .:;*?")
