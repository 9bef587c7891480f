"""A plan that comes back: its lines, found by the ids of columns and items, wherever they stand now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import Cell, CellKind, reference
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.language.catalogue import LANGUAGES, translate
from ctimaturity.language.folding import folded
from ctimaturity.model.roadmap import PlanLine, PlanState
from ctimaturity.workbook.answer import is_blank, plain, read_number
from ctimaturity.workbook.cover import CoverEntries
from ctimaturity.workbook.identity import hidden_sheets, read_identity
from ctimaturity.workbook.plan_layout import (
    COLUMNS,
    DUE,
    EVIDENCE,
    ITEMS,
    KIND,
    MARKER,
    OBSERVATION,
    OTHER_WORDS,
    OWNER,
    STATE,
    STATES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?: 00:00(?::00)?)?"
    r"|(?P<day2>\d{1,2})(?P<mark2>[-/.])(?P<month2>\d{1,2})(?P=mark2)(?P<year2>\d{4})"
    r"|(?P<day3>\d{1,2}) (?:de )?(?P<name>[a-z]+) (?:del? )?(?P<year3>\d{4})"
)
_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_TEXTS = ("node", "to", "phase", "asked", OWNER, EVIDENCE, OBSERVATION)
"""Columns that hold nothing but a text."""
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class ReturnedPlan:
    """What a plan says.

    Attributes:
        entity: Code of the entity.
        name: Its name, as the plan was made.
        lines: In the order of the sheet.
        diagnostics: Every finding on it, without the file.
    """

    entity: str
    name: str
    lines: tuple[PlanLine, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_plan(data: bytes) -> ReturnedPlan:
    """Read a plan from the bytes of its file; never raises for what is in them."""
    reading = read_workbook(data)
    if reading.workbook is None:
        return ReturnedPlan("", "", (), reading.diagnostics)
    identity = read_identity(reading.workbook, CoverEntries())
    if identity.kind != KIND:
        strange = Diagnostic(codes.NOT_A_PLAN, parameters={"kind": quoted(identity.kind or "–")})
        return ReturnedPlan("", "", (), (*reading.diagnostics, strange))
    diagnostics: list[Diagnostic] = []
    seen: set[str] = set()
    lines = tuple(_lines(reading.workbook, diagnostics, seen))
    hidden = next((pairs for _, pairs in hidden_sheets(reading.workbook)), {})
    diagnostics += [
        Diagnostic(codes.PLAN_ITEM_GONE, Location(item=item[:_LONGEST_ID]), {"item": quoted(item)})
        for item in hidden.get(ITEMS, "").split()
        if item not in seen and lines
    ]
    name = hidden.get("entity_name", "")
    return ReturnedPlan(identity.entity_code, name, lines, (*reading.diagnostics, *diagnostics))


def _lines(workbook: Workbook, diagnostics: list[Diagnostic], seen: set[str]) -> Iterator[PlanLine]:
    """The lines of every sheet that has the marker."""
    heads = [
        (sheet, place)
        for sheet in workbook.sheets
        for place, cell in sheet.cells.items()
        if cell.kind is CellKind.TEXT and plain(cell) == MARKER
    ]
    if not heads:
        diagnostics.append(Diagnostic(codes.PLAN_WITHOUT_ACTIONS))
    known = {column.id for column in COLUMNS}
    for sheet, (header, id_column) in heads:
        columns = {
            plain(cell): column
            for (row, column), cell in sheet.cells.items()
            if row == header and plain(cell) in known
        }
        last = max(row for row, _ in sheet.cells)
        for row in range(header + 2, last + 1):
            item = _text(sheet.cells.get((row, id_column)))
            line = _PlanRow(sheet, row, columns, item, diagnostics).line(seen)
            if line is not None:
                yield line


@dataclass(frozen=True, slots=True)
class _PlanRow:
    """One row being read."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    item: str
    diagnostics: list[Diagnostic]

    def line(self, seen: set[str]) -> PlanLine | None:
        """What it says; nothing without an id or a text."""
        text = _text(self._cell("text"))
        if not self.item and not text:
            return None
        if self.item and self.item in seen:
            self._report(codes.PLAN_ITEM_TWICE, 1, self.item, self.item)
        seen.add(self.item)
        line = PlanLine(
            item=self.item,
            text=text,
            effort=_whole(self._cell("effort")),
            gain=_number(self._cell("gain")),
            due=self._date(self._cell(DUE)),
            state=self._state(_text(self._cell(STATE))),
            **{name: _text(self._cell(name)) for name in _TEXTS},
        )
        if line.state is PlanState.DONE and not line.evidence:
            self._report(codes.DONE_WITHOUT_EVIDENCE, self.columns.get(EVIDENCE, 1), self.item or text, "")
        return line

    def _cell(self, column: str) -> Cell | None:
        number = self.columns.get(column)
        return None if number is None else self.sheet.cells.get((self.row, number))

    def _date(self, cell: Cell | None) -> date | None:
        if cell is None or is_blank(cell):
            return None
        if cell.kind is CellKind.DATE and isinstance(cell.value, datetime):
            return cell.value.date()
        due = _written_date(plain(cell)) if cell.kind is CellKind.TEXT else None
        if due is None:
            self._report(codes.PLAN_DATE_UNREADABLE, self.columns[DUE], self.item, plain(cell))
        return due

    def _state(self, said: str) -> PlanState:
        for state, name in STATES.items() if said else ():
            names = (*(translate(name, language) for language in LANGUAGES), *OTHER_WORDS[state])
            if folded(said) in set(map(folded, names)):
                return state
        if said:
            self._report(codes.PLAN_STATE_UNKNOWN, self.columns[STATE], self.item, said)
        return PlanState.PENDING

    def _report(self, code: Code, column: int, item: str, value: str) -> None:
        cell = reference(self.row, column)
        where = Location(sheet=self.sheet.name, cell=cell, item=item[:_LONGEST_ID])
        self.diagnostics.append(Diagnostic(code, where, {"value": quoted(value), "item": quoted(item)}))


def _text(cell: Cell | None) -> str:
    return "" if cell is None or cell.kind is CellKind.ERROR else plain(cell)


def _number(cell: Cell | None) -> float | None:
    number = read_number(cell).value
    return None if number is None else float(number)


def _whole(cell: Cell | None) -> int | None:
    number = _number(cell)
    return None if number is None or number != int(number) else int(number)


def _written_date(text: str) -> date | None:
    """A date that was written as text: year first, or day first as in Colombia, or with the month's name."""
    match = _WRITTEN.fullmatch(folded(text))
    if match is None:
        return None
    name = (match["name"] or "").replace("setiembre", "septiembre")
    if name and name not in _MONTHS:
        return None
    month = match["month"] or match["month2"] or _MONTHS.index(name) + 1
    year, day = (match[key] or match[f"{key}2"] or match[f"{key}3"] for key in ("year", "day"))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
