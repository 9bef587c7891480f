"""Workbooks (.xlsx, .xlsm, .ods), read with care: only the parts that hold answers, and nothing run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import unescape
from ctimaturity.files.content import Contents
from ctimaturity.files.guard import let_in
from ctimaturity.files.limits import LIMITS, Limits, Refusal
from ctimaturity.files.opendocument import read_opendocument
from ctimaturity.files.rows import NotPlainError, cut_out, read_rows
from ctimaturity.files.sheet import Sheet, SheetState
from ctimaturity.files.sheet_parser import parse_sheet
from ctimaturity.files.strings import read_strings
from ctimaturity.files.styles import read_styles
from ctimaturity.files.xml import RELATIONSHIP, SPREADSHEET, TRUE, Element, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files.package import Package, Relation
    from ctimaturity.files.sheet_parser import ParsedSheet

_Entry = TypeVar("_Entry")
_ROOMS = {"core-properties": "core", "extended-properties": "app", "custom-properties": "custom"}


class _SheetHeading(NamedTuple):
    """What the workbook's list of sheets says of one: its name, whether it is seen, and where it lies."""

    name: str
    state: SheetState
    relation: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook holds.

    Attributes:
        sheets: The worksheets in their order, hidden ones too.
        properties: The document's properties: `core:keywords`, `core:title`, ... as the file
            calls them; `app:Application`; `custom:<name>` for those of the file's own.
        date1904: Whether its dates count from 1904, as old Macintosh workbooks do.
    """

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str]
    date1904: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """What came of reading a file.

    Attributes:
        workbook: None where the file was refused.
        diagnostics: Why it was refused, or notes on what was not opened; the caller names
            the file (`Diagnostic.in_file`).
    """

    workbook: Workbook | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_workbook(data: bytes, limits: Limits = LIMITS) -> WorkbookReading:
    """Read a workbook from the bytes of its file; never raises for what is in them.

    A workbook is read whole or not at all: where one part cannot be read, the answers in the
    others could be taken for all there are.
    """
    try:
        package = let_in(data, limits)
        return WorkbookReading(_workbook(package, limits), package.notes())
    except Refusal as refusal:
        return WorkbookReading(None, (refusal.diagnostic,))


def _workbook(package: Package, limits: Limits) -> Workbook:
    if package.is_opendocument():
        return Workbook(*read_opendocument(package, limits))
    main = package.main_part()
    relations = package.relations(main)
    top = tree(package.part(main), main, limits)
    if top.name not in {f"{namespace} workbook" for namespace in SPREADSHEET}:
        raise Refusal(codes.PART_STRANGE, part=quoted(main))
    date1904 = any(
        element.attribute("date1904") in TRUE for element in top.walk() if element.local == "workbookPr"
    )
    strings = _shared(package, relations, "sharedStrings", read_strings, limits)
    formats = _shared(package, relations, "styles", read_styles, limits)
    contents = Contents(strings, formats, limits, date1904=date1904)
    parts = {relation.id: relation for relation in relations}
    sheets = []
    left = limits.cells
    for heading in _headings(top, limits):
        relation = parts.get(heading.relation)
        if relation is None:
            raise Refusal(codes.PART_MISSING, Location(sheet=heading.name), part=quoted(heading.relation))
        if relation.kind == "worksheet":  # a sheet of its own for a chart or a dialogue holds no cells
            data = package.part(relation.target)
            sheet = _read_sheet(data, relation.target, heading, contents, replace(limits, cells=left))
            left -= len(sheet.cells)
            sheets.append(sheet)
    return Workbook(tuple(sheets), read_properties(package, limits), date1904)


def _headings(top: Element, limits: Limits) -> list[_SheetHeading]:
    headings = []
    states = {state.value: state for state in SheetState}
    for group in top.children:
        for element in group.children if group.local == "sheets" else ():
            state = states.get(element.attribute("state"), SheetState.VISIBLE)
            name = unescape(element.attribute("name"))
            headings.append(_SheetHeading(name, state, element.attribute("id", RELATIONSHIP)))
    if len(headings) > limits.sheets:
        raise Refusal(codes.TOO_MANY_SHEETS, limit=limits.sheets)
    return headings


def _shared(
    package: Package,
    relations: tuple[Relation, ...],
    kind: str,
    read: Callable[[bytes, str, Limits], list[_Entry]],
    limits: Limits,
) -> list[_Entry]:
    """What all sheets share of a kind; nothing where the workbook has no such part."""
    part = next((relation.target for relation in relations if relation.kind == kind), None)
    return [] if part is None else read(package.part(part), part, limits)


def read_properties(package: Package, limits: Limits) -> dict[str, str]:
    """The properties as text, by `core:`, `app:` or `custom:` and their name.

    Raises:
        Refusal: A part of them cannot be read or breaks a limit.
    """
    properties: dict[str, str] = {}
    for relation in package.relations():
        room = _ROOMS.get(relation.kind)
        if room is None or not package.has(relation.target):
            continue
        for element in tree(package.part(relation.target), relation.target, limits).children:
            name = element.attribute("name") if room == "custom" else element.local
            value = _text(element)
            if name and value:
                properties[f"{room}:{name}"] = value
    return properties


def _text(element: Element) -> str:
    return "".join(part.text for part in element.walk()).strip()


def _read_sheet(data: bytes, part: str, heading: _SheetHeading, contents: Contents, limits: Limits) -> Sheet:
    """The cells of one sheet, with what hides or merges them.

    Cells and rows without a reference are counted on; the used range it declares is not
    believed.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    try:
        parsed = _with_plain_rows(data, part, heading.name, contents, limits)
    except NotPlainError:
        parsed = parse_sheet(data, part, heading.name, contents, limits)
    return Sheet(
        name=heading.name,
        state=heading.state,
        cells=parsed.cells,
        merged=tuple(parsed.merged),
        hidden_rows=frozenset(parsed.hidden_rows),
        hidden_columns=frozenset(parsed.hidden_columns),
    )


def _with_plain_rows(data: bytes, part: str, name: str, contents: Contents, limits: Limits) -> ParsedSheet:
    """Read the rows by the grammar of plain rows and what stands around them by the parser.

    Raises:
        NotPlainError: The parser must read it all.
        Refusal: The part cannot be read or breaks a limit.
    """
    around, rows, start = cut_out(data)
    plain = read_rows(rows, contents, limits)
    parsed = parse_sheet(around, part, name, contents, limits)
    if parsed.tables != [start]:
        raise NotPlainError  # they stood in a comment, or there are more of them
    parsed.cells = plain.cells
    parsed.hidden_rows = plain.hidden
    return parsed
