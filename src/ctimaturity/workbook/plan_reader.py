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
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded
from ctimaturity.model.roadmap import PlanLine, PlanState
from ctimaturity.workbook.answer import plain, read_number
from ctimaturity.workbook.cover import CoverEntries
from ctimaturity.workbook.identity import read_identity
from ctimaturity.workbook.plan_layout import COLUMNS, DUE, ITEMS, KIND, MARKER, OTHER_WORDS, STATE, STATES

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
_LANGUAGES = ("es", "en")


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
    hidden = _pairs(reading.workbook)
    if identity.kind != KIND:
        strange = Diagnostic(codes.NOT_A_PLAN, parameters={"kind": quoted(identity.kind or "–")})
        return ReturnedPlan("", "", (), (*reading.diagnostics, strange))
    found = _Reader(reading.workbook).read()
    there = {line.item for line in found.lines}
    gone = [
        Diagnostic(codes.PLAN_ITEM_GONE, Location(item=item[:64]), {"item": quoted(item)})
        for item in hidden.get(ITEMS, "").split()
        if item not in there and found.lines
    ]
    return ReturnedPlan(
        identity.entity_code,
        hidden.get("entity_name", ""),
        found.lines,
        (*reading.diagnostics, *found.diagnostics, *gone),
    )


def _pairs(workbook: Workbook) -> Mapping[str, str]:
    """What the hidden sheet says."""
    for sheet in workbook.sheets:
        keys = {row: plain(cell) for (row, column), cell in sheet.cells.items() if column == 1}
        if "kind" in keys.values():
            values = {row: sheet.cells.get((row, 2)) for row in keys}
            return {keys[row]: plain(value) for row, value in values.items() if value is not None}
    return {}


@dataclass(frozen=True, slots=True)
class _Found:
    lines: tuple[PlanLine, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Reader:
    """Reads every sheet that has the marker."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._diagnostics: list[Diagnostic] = []
        self._seen: set[str] = set()

    def read(self) -> _Found:
        heads = [
            (sheet, place)
            for sheet in self._workbook.sheets
            for place, cell in sheet.cells.items()
            if cell.kind is CellKind.TEXT and plain(cell) == MARKER
        ]
        if not heads:
            self._diagnostics.append(Diagnostic(codes.PLAN_WITHOUT_ACTIONS))
        lines = [line for sheet, place in heads for line in self._lines(sheet, place)]
        return _Found(tuple(lines), tuple(self._diagnostics))

    def _lines(self, sheet: Sheet, marker: tuple[int, int]) -> Iterator[PlanLine]:
        row_of_ids, id_column = marker
        known = {column.id for column in COLUMNS}
        columns = {
            plain(cell): column
            for (row, column), cell in sheet.cells.items()
            if row == row_of_ids and plain(cell) in known
        }
        last = max((row for row, _ in sheet.cells), default=row_of_ids)
        for row in range(row_of_ids + 2, last + 1):
            cells = {name: sheet.cells.get((row, column)) for name, column in columns.items()}
            item = _text(sheet.cells.get((row, id_column)))
            text = _text(cells.get("text"))
            if item or text:
                yield self._line(sheet, row, columns, cells, item, text)

    def _line(
        self,
        sheet: Sheet,
        row: int,
        columns: Mapping[str, int],
        cells: Mapping[str, Cell | None],
        item: str,
        text: str,
    ) -> PlanLine:
        if item and item in self._seen:
            self._report(codes.PLAN_ITEM_TWICE, sheet, row, 1, item, item)
        self._seen.add(item)
        line = PlanLine(
            item=item,
            text=text,
            node=_text(cells.get("node")),
            to=_text(cells.get("to")),
            effort=_whole(cells.get("effort")),
            phase=_text(cells.get("phase")),
            gain=_number(cells.get("gain")),
            asked=_text(cells.get("asked")),
            owner=_text(cells.get("owner")),
            due=self._date(sheet, row, columns, cells.get(DUE), item),
            state=self._state(sheet, row, columns, cells.get(STATE), item),
            evidence=_text(cells.get("evidence")),
            observation=_text(cells.get("observation")),
        )
        if line.state is PlanState.DONE and not line.evidence:
            self._report(
                codes.DONE_WITHOUT_EVIDENCE, sheet, row, columns.get("evidence", 1), item or text, ""
            )
        return line

    def _date(
        self, sheet: Sheet, row: int, columns: Mapping[str, int], cell: Cell | None, item: str
    ) -> date | None:
        if cell is None or (cell.kind is CellKind.TEXT and not plain(cell)):
            return None
        if cell.kind is CellKind.DATE and isinstance(cell.value, datetime):
            return cell.value.date()
        found = _written_date(plain(cell)) if cell.kind is CellKind.TEXT else None
        if found is None:
            self._report(codes.PLAN_DATE_UNREADABLE, sheet, row, columns[DUE], item, plain(cell))
        return found

    def _state(
        self, sheet: Sheet, row: int, columns: Mapping[str, int], cell: Cell | None, item: str
    ) -> PlanState:
        said = _text(cell)
        if not said:
            return PlanState.PENDING
        for state, name in STATES.items():
            words = (*(translate(name, language) for language in _LANGUAGES), *OTHER_WORDS[state])
            if folded(said) in set(map(folded, words)):
                return state
        self._report(codes.PLAN_STATE_UNKNOWN, sheet, row, columns[STATE], item, said)
        return PlanState.PENDING

    def _report(self, code: Code, sheet: Sheet, row: int, column: int, item: str, value: str) -> None:
        place = Location(sheet=sheet.name, cell=reference(row, column), item=item[:64])
        self._diagnostics.append(Diagnostic(code, place, {"value": quoted(value), "item": quoted(item)}))


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
