"""Official statistics from a long table: a row for each value of an indicator of an entity in a year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import column_letters
from ctimaturity.files.csv import restored
from ctimaturity.indicators.coding import coding
from ctimaturity.indicators.table_file import TableColumns, TableFindings, read_table_file
from ctimaturity.language.folding import folded, listed, offer
from ctimaturity.language.written import NumberDoubt, Spelling, decimal_mark, written_number, written_year

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.indicators.table_file import Row
    from ctimaturity.model.questionnaire import Questionnaire

_SIGNED = re.compile(r"(.+?)\s*\((\S+)\)")
"""A label with a sign in brackets: `Per cent (%)`."""

HEADERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "entity": listed(
            "entity_code, entity, codigo, code, codigo dane, divipola, cod_mpio, codigo_municipio, "
            "codigo entidad, codigo divipola"
        ),
        "item": listed("item, indicator, indicador, id, id_indicador, indicator_id"),
        "year": listed("year, ano, anio, vigencia, periodo"),
        "value": listed("value, valor, dato"),
        "unit": listed("unit, unidad, unidad de medida"),
        "source": listed("source, fuente"),
        "file": listed("file, archivo"),
        "line": listed("line, linea"),
    }
)
"""What a column may be called, by what it means."""
NEEDED = ("entity", "item", "year", "value")
_NOTHING = listed(", -, nd, n/d, n.d., na, n/a, n.a., s/d, sd, null, nan, none")
"""Cells without a value, folded."""
_DOUBTS = {
    NumberDoubt.TWO_READINGS: codes.STATISTICS_NUMBER_UNREADABLE,
    NumberDoubt.PERCENTAGE: codes.STATISTICS_PERCENTAGE,
    NumberDoubt.UNREADABLE: codes.STATISTICS_NO_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Statistic:
    """One value.

    Attributes:
        entity, item, year: What it is of.
        value: As written.
        unit, source: As written; empty without.
        line: Of the table, counted from 1.
        cell: Of the value, such as `D12`.
    """

    entity: str
    item: str
    year: int
    value: Decimal
    unit: str
    source: str
    line: int
    cell: str


@dataclass(frozen=True)
class StatisticsFile:
    """What a table says.

    Attributes:
        file, digest: Its name and the SHA-256 of its bytes.
        values: Of each entity and indicator one, in the order of the table.
        diagnostics: What was passed over and why, in order.
    """

    file: str
    digest: str = ""
    values: tuple[Statistic, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRules:
    """How a table is read.

    Attributes:
        columns: Headers by what they mean, beside the usual ones.
        decimal: `.` or `,`; empty for what the numbers of the column show.
        year: The latest year that counts; None for the latest there is.
        listed: Codes of the list of entities; empty without one, then DIVIPOLA's count.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    decimal: str = ""
    year: int | None = None
    listed: Collection[str] = ()


def read_statistics(path: Path, questionnaire: Questionnaire, rules: TableRules) -> StatisticsFile:
    """Read a table, CSV or xlsx; nothing in it raises."""
    table = read_table_file(path)
    if table.rows is None:
        return StatisticsFile(table.name, table.digest, diagnostics=table.diagnostics)
    reader = _StatisticsReader(table.name, questionnaire, rules)
    values = reader.values(table.rows)
    diagnostics = in_order([*table.diagnostics, *reader.diagnostics])
    return StatisticsFile(table.name, table.digest, tuple(values), diagnostics)


class _StatisticsReader(TableFindings):
    def __init__(self, file: str, questionnaire: Questionnaire, rules: TableRules) -> None:
        super().__init__(file)
        self.questionnaire = questionnaire
        self.rules = rules
        self.columns = TableColumns({})
        self.passed: dict[tuple[Code, str], list[int]] = {}
        self.known: dict[str, str] = {}

    def values(self, rows: Sequence[Row]) -> list[Statistic]:
        header, *lines = rows or [(1, ())]
        if not self.header(*header):
            return []
        mark = self.rules.decimal or decimal_mark(self.cell(cells, "value") for _, cells in lines)
        read = [self.statistic(line, cells, mark) for line, cells in lines]
        chosen = self.latest(self.without_contradictions(filter(None, read)))
        self.say_what_was_passed()
        if not chosen:
            self.report(codes.STATISTICS_EMPTY)
        return chosen

    def header(self, line: int, cells: Sequence[str]) -> bool:
        asked = {meaning: {folded(header)} for meaning, header in self.rules.columns.items() if header}
        self.columns = TableColumns.called(cells, {**HEADERS, **asked})
        missing = self.columns.missing(NEEDED)
        for meaning in missing:
            self.report(codes.STATISTICS_COLUMN_MISSING, line, meaning=meaning)
        return not missing

    def cell(self, cells: Sequence[str], meaning: str) -> str:
        return restored(self.columns.cell(cells, meaning))

    def statistic(self, line: int, cells: Sequence[str], mark: str) -> Statistic | None:
        """The value of a row; None where it is passed over or cannot be read for certain."""
        item, unit = self.cell(cells, "item"), self.cell(cells, "unit")
        if not any(self.cell(cells, meaning) for meaning in NEEDED):
            return None
        if item not in self.questionnaire.indicators:
            self.pass_over(codes.STATISTICS_ITEM_UNKNOWN, line, item)
            return None
        entity = self.entity(line, self.cell(cells, "entity"))
        number = self.number(line, item, self.cell(cells, "value"), mark) if entity else None
        year = None if number is None else self.year(line, item, self.cell(cells, "year"))
        if number is None or year is None or not self.has_unit(line, item, unit):
            return None
        cell = f"{column_letters(self.columns.positions['value'] + 1)}{line}"
        return Statistic(entity, item, year, number, unit, self.source(cells), line, cell)

    def number(self, line: int, item: str, written: str, mark: str) -> Decimal | None:
        if folded(written) in _NOTHING:
            self.pass_over(codes.STATISTICS_BLANK, line)
            return None
        expected = self.questionnaire.expected(self.questionnaire.item_by_id[item])
        number = written_number(written, mark, expected)
        if isinstance(number, NumberDoubt):
            self.report(_DOUBTS[number], line, item, written, item=item)
            return None
        if number.spelling in {Spelling.DRESSED, Spelling.ONE_ON_SCALE}:
            self.pass_over(codes.STATISTICS_NUMBER_DRESSED, line)
        return number.number

    def year(self, line: int, item: str, written: str) -> int | None:
        year = written_year(written)
        if year is None:
            self.report(codes.STATISTICS_YEAR_UNREADABLE, line, item, written, item=item)
            return None
        if year.spelling is not Spelling.PLAIN:
            self.pass_over(codes.STATISTICS_YEAR_IN_DATE, line)
        return int(year.number)

    def has_unit(self, line: int, item: str, written: str) -> bool:
        """Whether the unit is that of the indicator, or is not said.

        It may be the id, a label, or either half of a label with a sign in brackets: `Per cent (%)`.
        """
        unit = self.questionnaire.unit_by_id.get(self.questionnaire.item_by_id[item].unit or "")
        labels = list(unit.label.values()) if unit else []
        halves = [half for label in labels if (found := _SIGNED.fullmatch(label)) for half in found.groups()]
        names = {unit.id, *labels, *halves} if unit else set()
        if not written or folded(written) in {folded(name) for name in names}:
            return True
        asked = unit.id if unit else "–"
        self.report(codes.STATISTICS_UNIT_DIFFERS, line, item, item=item, stated=quoted(written), unit=asked)
        return False

    def source(self, cells: Sequence[str]) -> str:
        """The source, and where the value stood before an import."""
        source, file, line = (self.cell(cells, meaning) for meaning in ("source", "file", "line"))
        place = f"{file}:{line}" if file and line else file
        return f"{source} ({place})" if source and place else source or place

    def entity(self, line: int, written: str) -> str:
        """The code as the list or the questionnaire has it; empty for one that is not known or not listed."""
        if written not in self.known:
            self.known[written] = self.code_of(written)
        code = self.known[written]
        if not code:
            self.pass_over(codes.STATISTICS_ENTITY_UNKNOWN, line, written)
        elif self.rules.listed and code not in self.rules.listed:
            self.pass_over(codes.STATISTICS_NOT_LISTED, line)
            return ""
        elif code != written:
            self.pass_over(codes.STATISTICS_CODES_COMPLETED, line)
        return code

    def code_of(self, written: str) -> str:
        if written in self.rules.listed:
            return written
        known = coding(self.questionnaire.coding, self.questionnaire.languages[0])
        code = known.read(written).code
        is_known = bool(code) and known.entity(code) is not None
        return code if code in self.rules.listed or is_known else ""

    def without_contradictions(self, statistics: Iterable[Statistic]) -> list[Statistic]:
        """One value for each entity, indicator and year; two that differ are both left out."""
        by_key: dict[tuple[str, str, int], Statistic] = {}
        contested: set[tuple[str, str, int]] = set()
        for statistic in statistics:
            entity, item, year = key = (statistic.entity, statistic.item, statistic.year)
            first = by_key.setdefault(key, statistic)
            if first.value != statistic.value:
                contested.add(key)
                other = str(Location(self.file, line=first.line))
                about = {"item": item, "entity": entity, "other": other}
                self.report(codes.STATISTICS_TWICE, statistic.line, item, year=year, **about)
        return [statistic for key, statistic in by_key.items() if key not in contested]

    def latest(self, statistics: Iterable[Statistic]) -> list[Statistic]:
        """Of each entity and indicator the value of the latest year that counts."""
        chosen: dict[tuple[str, str], Statistic] = {}
        for statistic in statistics:
            key = (statistic.entity, statistic.item)
            other = chosen.get(key)
            if self.rules.year is not None and statistic.year > self.rules.year:
                self.pass_over(codes.STATISTICS_OLDER, statistic.line)
                continue
            if other is not None:
                self.pass_over(codes.STATISTICS_OLDER, min(statistic.line, other.line))
            if other is None or statistic.year > other.year:
                chosen[key] = statistic
        return sorted(chosen.values(), key=lambda statistic: statistic.line)

    def pass_over(self, code: Code, line: int, about: str = "") -> None:
        """Count a row of which nothing more is to be said than its kind."""
        self.passed.setdefault((code, about), []).append(line)

    def say_what_was_passed(self) -> None:
        """One finding for each kind, at the first row, with how many rows there are."""
        for (code, about), lines in self.passed.items():
            unknown = code is codes.STATISTICS_ITEM_UNKNOWN and about
            near = offer(about, self.questionnaire.indicators) if unknown else ""
            said = quoted(about)
            self.report(code, lines[0], item=said, entity=said, offer=near, count=len(lines))
