"""A user's list of entities: who takes part, in which groups, and with which populations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.indicators.coding import OWN_CODE, coding
from ctimaturity.indicators.divipola import divipola, normalise, same_name
from ctimaturity.indicators.table_file import Row, TableFindings, cell_at, read_table_file
from ctimaturity.language.folding import folded, listed
from ctimaturity.language.written import NumberDoubt, Spelling, written_number
from ctimaturity.model.entity import ALCALDIA, GOBERNACION, OTHER, Entity, EntityCodes
from ctimaturity.model.number import Expected

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

_HEADERS = {
    "code": listed("code, codigo, entity_code, codigo dane, divipola, codigo divipola"),
    "name": listed("name, nombre, entity_name, entidad"),
    "type": listed("type, tipo, entity_type, tipo de entidad"),
}
_POPULATION = listed("population, poblacion")
_TYPES = {
    ALCALDIA: listed(
        "alcaldia, alcaldia municipal, alcaldia distrital, municipio, municipality, mayor's office"
    ),
    GOBERNACION: listed("gobernacion, departamento, department, governor's office"),
    OTHER: listed("other, otro, otra"),
}
_PEOPLE = Expected(Decimal(0), Decimal(10**12), whole=True)
"""More than there are on Earth; beyond it a population is a slip."""


@dataclass(frozen=True)
class EntityList:
    """The entities of a list, by code, in its order.

    Attributes:
        file: The list's name.
        entities: By code.
        segments: Segment ids of the population columns.
        diagnostics: What is wrong with the list.
        digest: SHA-256 of its file.
        untyped: Codes whose type neither the list nor DIVIPOLA says; their cover may.
        rows: As they were read: what a code means, only the questionnaire says.
        notes: What was found on the file itself.
    """

    file: str = ""
    entities: Mapping[str, Entity] = field(default_factory=lambda: MappingProxyType({}))
    segments: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""
    untyped: frozenset[str] = frozenset()
    rows: Sequence[Row] = field(default=(), repr=False)
    notes: tuple[Diagnostic, ...] = ()

    def under(self, questionnaire: Questionnaire) -> EntityList:
        """The same list, its codes and types read as those of a questionnaire."""
        if not self.rows:
            return self
        return entity_list(self.file, self.rows, questionnaire).from_file(self.digest, self.notes)

    def as_own(self) -> EntityList:
        """The same list, its codes taken as they are written: what is wrong now is wrong in any case."""
        return entity_list(self.file, self.rows, kind=EntityCodes.OWN) if self.rows else self

    def from_file(self, digest: str, notes: tuple[Diagnostic, ...]) -> EntityList:
        """The same list, with what is known of its file."""
        diagnostics = in_order((*notes, *self.diagnostics))
        return replace(self, digest=digest, notes=notes, diagnostics=diagnostics)


def read_entity_list(path: Path) -> EntityList:
    """A list of entities from a CSV file, or from the first sheet of a workbook that holds something.

    Args:
        path: The file.

    Returns:
        The list; what is wrong with the file or in it are its findings.
    """
    table = read_table_file(path)
    if table.rows is None:
        return EntityList(table.name, diagnostics=table.diagnostics)
    return entity_list(table.name, table.rows).from_file(table.digest, table.diagnostics)


def entity_list(
    file: str,
    rows: Sequence[Row],
    questionnaire: Questionnaire | None = None,
    kind: EntityCodes = EntityCodes.DIVIPOLA,
) -> EntityList:
    """Read a list of entities.

    Args:
        file: The list's name, for findings.
        rows: The header first. Columns: the code, the name, the type (in English or Spanish),
            `population:<segment>`, and any others, which become groups.
        questionnaire: Says what codes and types its entities have.
        kind: What the codes are without one.

    Returns:
        The list, with every mistake as a finding at its line.
    """
    reader = _ListReader(file, questionnaire, kind)
    reader.read(rows)
    return EntityList(
        file=file,
        entities=MappingProxyType(reader.entities),
        segments=tuple(reader.populations),
        diagnostics=in_order(reader.diagnostics),
        untyped=frozenset(reader.untyped),
        rows=rows,
    )


def unknown_segments(entities: EntityList, segments: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Findings on population columns whose segment the questionnaire does not have."""
    place, known = Location(file=entities.file, line=1), ", ".join(segments)
    return tuple(
        Diagnostic(codes.LIST_SEGMENT_UNKNOWN, place, {"column": f"population:{segment}", "segments": known})
        for segment in entities.segments
        if segment not in segments
    )


class _ListReader(TableFindings):
    def __init__(self, file: str, questionnaire: Questionnaire | None, kind: EntityCodes) -> None:
        super().__init__(file)
        self.kind = questionnaire.coding if questionnaire else kind
        self.coding = coding(self.kind, questionnaire.languages[0] if questionnaire else "es")
        self.types = type_words(questionnaire)
        self.entities: dict[str, Entity] = {}
        self.lines: dict[str, int] = {}
        self.untyped: set[str] = set()
        self.columns: dict[str, int] = {}
        self.populations: dict[str, int] = {}
        self.groups: dict[str, int] = {}

    def read(self, rows: Sequence[Row]) -> None:
        stripped = [(line, [cell.strip() for cell in cells]) for line, cells in rows]
        filled = [(line, cells) for line, cells in stripped if any(cells)]
        (first, header), *others = filled or [(1, [])]
        if filled:
            self._find_columns(first, header)
        if "code" in self.columns:
            for line, cells in others:
                self._add(line, cells, header)
        elif filled:
            self.report(codes.LIST_WITHOUT_CODES, first)
        if not self.entities and not self.diagnostics:
            self.report(codes.LIST_EMPTY, first)

    def _find_columns(self, line: int, header: Sequence[str]) -> None:
        for position, cell in enumerate(header):
            if not cell:
                continue
            meaning = next((name for name, headers in _HEADERS.items() if folded(cell) in headers), None)
            prefix, colon, segment = cell.partition(":")
            if meaning is not None:
                target, name = self.columns, meaning
            elif colon and folded(prefix) in _POPULATION:
                target, name = self.populations, segment.strip()
            else:
                target, name = self.groups, visible(cell)  # becomes the name of a column
            if name in target:
                self.report(codes.LIST_COLUMN_TWICE, line, column=name)
            target.setdefault(name, position)

    def _add(self, line: int, cells: Sequence[str], header: Sequence[str]) -> None:
        if any(text and not cell_at(header, position) for position, text in enumerate(cells)):
            self.report(codes.LIST_ROW_TOO_LONG, line)
        written, name, written_type = (
            cell_at(cells, self.columns.get(meaning)) for meaning in ("code", "name", "type")
        )
        code = self._code(line, written, name)
        if code is None:
            return
        if code in self.entities:
            self.report(codes.LIST_CODE_TWICE, line, code, entity=code, first=self.lines[code])
            return
        known = self.coding.entity(code) or Entity(code, code, OTHER)
        if not written_type and known.type == OTHER:
            self.untyped.add(code)
        self.lines[code] = line
        self.entities[code] = Entity(
            code=code,
            name=name or known.name,
            type=self._type(line, code, written_type) or known.type,
            groups=MappingProxyType({group: cell_at(cells, at) for group, at in self.groups.items()}),
            listed=True,
            population=MappingProxyType(self._population(line, code, cells)),
        )

    def _code(self, line: int, written: str, name: str) -> str | None:
        """The code as DIVIPOLA writes it where it is one of DIVIPOLA's, else as written.

        A code that only becomes one of DIVIPOLA's by putting zeros in front is taken so unless the
        name speaks against it: a list of invented places may well count them 1, 2, 3.
        """
        if not written:
            self.report(codes.LIST_CODE_MISSING, line)
            return None
        if self.kind is not EntityCodes.DIVIPOLA:
            return self._code_of_another_kind(line, written)
        normalised = normalise(written)
        territory = divipola().find(normalised.code)
        if territory is not None and (not normalised.changed or not name or same_name(name, territory.name)):
            code = territory.code
            if not territory.governed:
                about = {"entity": code, "name": territory.name, "department": code[:2]}
                self.report(codes.ENTITY_NOT_GOVERNED, line, code, **about)
                return None
            if normalised.changed:
                self.report(codes.ENTITY_CODE_COMPLETED, line, code, entity=code)
            elif name and not same_name(name, territory.name):
                about = {"entity": code, "name": territory.as_entity().name, "offer": ""}
                self.report(codes.ENTITY_NAME_DIFFERS, line, code, **about)
            return code
        if OWN_CODE.fullmatch(written) is None:
            self.report(codes.LIST_CODE_UNUSABLE, line)
            return None
        return written

    def _code_of_another_kind(self, line: int, written: str) -> str | None:
        read = self.coding.read(written)
        if read.problem is not None:
            own = self.kind is EntityCodes.OWN
            self.report(codes.LIST_CODE_UNUSABLE if own else codes.LIST_CODE_NOT_ISO, line)
        return read.code or None

    def _type(self, line: int, code: str, written: str) -> str:
        if not written:
            return ""
        kind = entity_type(written, self.types)
        if not kind:
            known = ", ".join(dict.fromkeys(self.types.values()))
            self.report(codes.LIST_TYPE_UNKNOWN, line, code, entity=code, types=known)
        return kind

    def _population(self, line: int, code: str, cells: Sequence[str]) -> dict[str, int]:
        population: dict[str, int] = {}
        for segment, position in self.populations.items():
            written = cell_at(cells, position)
            if not written:
                continue
            people, column = written_number(written, expected=_PEOPLE), f"population:{segment}"
            if isinstance(people, NumberDoubt) or not _PEOPLE.admits(people.number):
                self.report(codes.LIST_POPULATION_UNREADABLE, line, code, entity=code, column=column)
                continue
            population[segment] = int(people.number)
            if people.spelling is not Spelling.PLAIN:
                about = {"entity": code, "column": column, "number": str(population[segment])}
                self.report(codes.LIST_POPULATION_DRESSED, line, code, **about)
        return population


def type_words(questionnaire: Questionnaire | None) -> Mapping[str, str]:
    """The ids of types of entity, by what people write: those of the questionnaire, and the usual ones."""
    usual = {word: kind for kind, words in _TYPES.items() for word in words}
    named = questionnaire.entity_types if questionnaire else ()
    own = {folded(word): kind.id for kind in named for word in (kind.id, *kind.label.values())}
    return {**usual, **own}


def entity_type(written: str, words: Mapping[str, str]) -> str:
    """The id of a type as people write it (`Alcaldía`); empty when it is none.

    Args:
        written: On the cover or in a list.
        words: From `type_words`.
    """
    return words.get(folded(written), "")
