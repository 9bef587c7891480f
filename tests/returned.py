"""Returned workbooks for tests: written by the template's writer, then changed as people change them."""

from __future__ import annotations

import functools
import io
import pickle
from types import MappingProxyType
from typing import TYPE_CHECKING

import openpyxl

from builders import mini
from ctimaturity.indicators.divipola import divipola
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import Entity
from ctimaturity.workbook.identity import FoundDefinition
from ctimaturity.workbook.reader import read_returned
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.workbook.returned import ReturnedWorkbook

ANSWERS = "cti:capacities:answers"
INDICATORS = "cti:results:indicators"
LIST = "cti:perception:list"
GRID = "cti:perception:grid"
# Most tests change one of a few workbooks: each is written once.
_WRITTEN: dict[bytes, bytes] = {}


def book(
    answers: EntityAnswers | None = None,
    *,
    questionnaire: Questionnaire | None = None,
    perception: str = "list",
    people: Sequence[tuple[str, Mapping[str, str]]] = (),
    cover: Mapping[str, str] | None = None,
    entity: Entity | None = None,
    parts: tuple[str, ...] = (),
    language: str = "es",
    made_for_round: str = "",
) -> bytes:
    """A workbook as it comes back: of `mini()`, for anyone, with a list of respondents."""
    marks = {"perception": [RespondentMarks(segment, given) for segment, given in people]}
    options = TemplateOptions(
        language=language,
        parts=parts,
        perception=Perception(perception),
        respondents=6,
        entity=entity,
        round=made_for_round,
    )
    content = Content(answers, marks if people else {}, dict(cover or {}))
    definition = questionnaire or mini()
    identity = definition_hash(definition)
    key = _key(identity, options, content)
    if key not in _WRITTEN:
        _WRITTEN[key] = workbook_bytes(definition, options, identity, content)
    return _WRITTEN[key]


def _key(*parts: object) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.dispatch_table = {MappingProxyType: lambda proxy: (dict, (dict(proxy),))}
    pickler.dump(parts)
    return stream.getvalue()


def who(code: str, name: str = "") -> Entity:
    """The entity of a code, with its right name."""
    place = divipola().find(code)
    return place.as_entity() if place else Entity(code, name, "alcaldia" if code else "other")


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook after somebody has changed it."""
    workbook = pickle.loads(_opened(data))  # noqa: S301  (our own)
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@functools.lru_cache(maxsize=64)
def _opened(data: bytes) -> bytes:
    """The workbook as openpyxl reads it: taken from memory it is there in half the time."""
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(data)))


def sheet_of(workbook: Workbook, marker: str) -> Worksheet:
    return next(
        sheet for sheet in workbook.worksheets if any(cell.value == marker for row in sheet for cell in row)
    )


def marker_cell(sheet: Worksheet) -> tuple[int, int]:
    return next(
        (cell.row, cell.column)
        for row in sheet
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("cti:")
    )


def at(sheet: Worksheet, item: str, column: str) -> str:
    """The coordinate of an item's cell, by the ids in the sheet."""
    header, item_column = marker_cell(sheet)
    number = next(cell.column for cell in sheet[header] if cell.value == column)
    row = next(
        row
        for row in range(1, sheet.max_row + 1)
        if row != header and sheet.cell(row, item_column).value == item
    )
    return str(sheet.cell(row, number).coordinate)


def on_cover(key: str, value: str, sheet_name: str = "") -> Callable[[Workbook], None]:
    """Somebody writes a value over an entry of the cover."""

    def change(workbook: Workbook) -> None:
        sheet = workbook[sheet_name] if sheet_name else sheet_of(workbook, "cti:cover")
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
        sheet.cell(row, 3).value = value

    return change


def put(
    marker: str, item: str, column: str, value: object, number_format: str = ""
) -> Callable[[Workbook], None]:
    """Somebody writes a value over an item's cell."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, marker)
        cell = sheet[at(sheet, item, column)]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def read(data: bytes, questionnaire: Questionnaire | None = None) -> ReturnedWorkbook:
    definition = questionnaire or mini()
    return read_returned("a.xlsx", data, lambda _identity: FoundDefinition(definition))


def names_of(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [finding.code.name for finding in diagnostics]


def names(returned: ReturnedWorkbook) -> list[str]:
    return names_of(returned.diagnostics)
