"""A user's list of entities: who takes part, in which groups, and with which populations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.codes import entities as codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.indicators.divipola import ALCALDIA, GOBERNACION, OTHER, divipola, normalise, same_name
from ctimaturity.indicators.table_file import Row
from ctimaturity.language.folding import folded
from ctimaturity.language.written import Doubt, Manner, written_number
from ctimaturity.model.entity import Entity
from ctimaturity.model.number import Expected

_HEADERS = {
    "code": {"code", "codigo", "entity_code", "codigo dane", "divipola", "codigo divipola"},
    "name": {"name", "nombre", "entity_name", "entidad"},
    "type": {"type", "tipo", "entity_type", "tipo de entidad"},
}
_POPULATION = {"population", "poblacion"}
_TYPES = {
    ALCALDIA: {
        "alcaldia",
        "alcaldia municipal",
        "alcaldia distrital",
        "municipio",
        "municipality",
        "mayor's office",
    },
    GOBERNACION: {"gobernacion", "departamento", "department", "governor's office"},
    OTHER: {"other", "otro", "otra"},
}
_PEOPLE = Expected(Decimal(0), Decimal(10**12), whole=True)
"""More than there are on Earth; beyond it a population is a slip."""
_CODE = re.compile(r"[^\W_](?:[\w.-]{0,30}\w)?")


@dataclass(frozen=True)
class EntityList:
    """The entities of a list, by code, in its order.

    Attributes:
        file: The list's name.
        entities: By code.
        lines: The line of each entity, by code.
        segments: Segment ids of the population columns.
        groups: Names of the other columns.
        diagnostics: What is wrong with the list.
        digest: SHA-256 of its file.
        untyped: Codes whose type neither the list nor DIVIPOLA says; their cover may.
    """

    file: str = ""
    entities: Mapping[str, Entity] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    segments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""
    untyped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cell of a row is what."""

    known: Mapping[str, int]
    populations: Mapping[str, int]
    groups: Mapping[str, int]
    named: frozenset[int]


def entity_list(file: str, rows: Sequence[Row]) -> EntityList:
    """Read a list of entities.

    Args:
        file: The list's name, for findings.
        rows: The header first. Columns: the code, the name, the type (in English or Spanish),
            `population:<segment>`, and any others, which become groups.

    Returns:
        The list, with every mistake as a finding at its line.
    """
    filled = [
        (line, [cell.strip() for cell in cells])
        for line, cells in rows
        if any(cell.strip() for cell in cells)
    ]
    reader = _ListReader(file)
    if not filled:
        reader.report(codes.LIST_EMPTY, 1)
        return EntityList(file, diagnostics=tuple(reader.diagnostics))
    columns = reader.columns(*filled[0])
    if columns is None:
        return EntityList(file, diagnostics=in_order(reader.diagnostics))
    for line, cells in filled[1:]:
        reader.add(line, cells, columns)
    if not reader.entities and not reader.diagnostics:
        reader.report(codes.LIST_EMPTY, filled[0][0])
    return EntityList(
        file=file,
        entities=MappingProxyType(reader.entities),
        lines=MappingProxyType(reader.lines),
        segments=tuple(columns.populations),
        groups=tuple(columns.groups),
        diagnostics=in_order(reader.diagnostics),
        untyped=frozenset(reader.untyped),
    )


def unknown_segments(entities: EntityList, segments: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Findings on population columns whose segment the questionnaire does not have."""
    return tuple(
        Diagnostic(
            codes.LIST_SEGMENT_UNKNOWN,
            Location(file=entities.file, line=1),
            {"column": f"population:{segment}", "segments": ", ".join(segments)},
        )
        for segment in entities.segments
        if segment not in segments
    )


class _ListReader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.entities: dict[str, Entity] = {}
        self.lines: dict[str, int] = {}
        self.diagnostics: list[Diagnostic] = []
        self.untyped: set[str] = set()

    def report(self, code: Code, line: int, item: str = "", **parameters: Parameter) -> None:
        self.diagnostics.append(Diagnostic(code, Location(file=self.file, line=line, item=item), parameters))

    def columns(self, line: int, cells: Sequence[str]) -> _Columns | None:
        known: dict[str, int] = {}
        populations: dict[str, int] = {}
        groups: dict[str, int] = {}
        for position, cell in enumerate(cells):
            if not cell:
                continue
            meaning = next((name for name, headers in _HEADERS.items() if folded(cell) in headers), None)
            prefix, colon, segment = cell.partition(":")
            if meaning is not None:
                target, name = known, meaning
            elif colon and folded(prefix) in _POPULATION:
                target, name = populations, segment.strip()
            else:
                target, name = groups, cell
            if name in target:
                self.report(codes.LIST_COLUMN_TWICE, line, column=name)
            target.setdefault(name, position)
        if "code" not in known:
            self.report(codes.LIST_WITHOUT_CODES, line)
            return None
        named = frozenset(position for position, cell in enumerate(cells) if cell)
        return _Columns(known, populations, groups, named)

    def add(self, line: int, cells: Sequence[str], columns: _Columns) -> None:
        def cell(position: int | None) -> str:
            return cells[position] if position is not None and position < len(cells) else ""

        if any(text for position, text in enumerate(cells) if position not in columns.named):
            self.report(codes.LIST_ROW_TOO_LONG, line)
        written = cell(columns.known["code"])
        name = cell(columns.known.get("name"))
        code = self._code(line, written, name)
        if code is None:
            return
        if code in self.entities:
            self.report(codes.LIST_CODE_TWICE, line, code, entity=code, first=self.lines[code])
            return
        place = divipola().find(code)
        known = place.as_entity() if place is not None else Entity(code, code, OTHER)
        written_type = cell(columns.known.get("type"))
        if not written_type and place is None:
            self.untyped.add(code)
        self.lines[code] = line
        self.entities[code] = Entity(
            code=code,
            name=name or known.name,
            type=self._type(line, code, written_type) or known.type,
            groups=MappingProxyType({group: cell(position) for group, position in columns.groups.items()}),
            listed=True,
            population=MappingProxyType(self._population(line, code, columns, cell)),
        )

    def _code(self, line: int, written: str, name: str) -> str | None:
        """The code as DIVIPOLA writes it where it is one of DIVIPOLA's, else as written.

        A code that only becomes one of DIVIPOLA's by putting zeros in front is taken so unless the
        name speaks against it: a list of invented places may well count them 1, 2, 3.
        """
        if not written:
            self.report(codes.LIST_CODE_MISSING, line)
            return None
        normalised = normalise(written)
        place = divipola().find(normalised.code)
        if place is not None and (not normalised.changed or not name or same_name(name, place.name)):
            if not place.governed:
                self.report(
                    codes.ENTITY_NOT_GOVERNED,
                    line,
                    place.code,
                    entity=place.code,
                    name=place.name,
                    department=place.code[:2],
                )
                return None
            if normalised.changed:
                self.report(codes.ENTITY_CODE_COMPLETED, line, place.code, entity=place.code)
            elif name and not same_name(name, place.name):
                known = place.as_entity().name
                self.report(
                    codes.ENTITY_NAME_DIFFERS, line, place.code, entity=place.code, name=known, offer=""
                )
            return place.code
        if _CODE.fullmatch(written) is None:
            self.report(codes.LIST_CODE_UNUSABLE, line)
            return None
        return written

    def _type(self, line: int, code: str, written: str) -> str:
        if not written:
            return ""
        kind = entity_type(written)
        if not kind:
            self.report(codes.LIST_TYPE_UNKNOWN, line, code, entity=code)
        return kind

    def _population(
        self, line: int, code: str, columns: _Columns, cell: Callable[[int], str]
    ) -> dict[str, int]:
        population: dict[str, int] = {}
        for segment, position in columns.populations.items():
            written = cell(position)
            if not written:
                continue
            people, column = written_number(written, expected=_PEOPLE), f"population:{segment}"
            if isinstance(people, Doubt) or not _PEOPLE.admits(people.number):
                self.report(codes.LIST_POPULATION_UNREADABLE, line, code, entity=code, column=column)
                continue
            population[segment] = int(people.number)
            if people.manner is not Manner.PLAIN:
                about = {"entity": code, "column": column, "number": str(population[segment])}
                self.report(codes.LIST_POPULATION_DRESSED, line, code, **about)
        return population


def entity_type(written: str) -> str:
    """The id of a type as people write it (`Alcaldía`); empty when it is none."""
    return next((kind for kind, words in _TYPES.items() if folded(written) in words), "")
