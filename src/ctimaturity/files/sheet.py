"""One sheet of a workbook: its cells that hold something, and what hides or merges them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics.codes.packages import (
    CELL_FAR_OUT,
    CELL_MISPLACED,
    CELL_TWICE,
    CELL_UNREADABLE,
    PART_STRANGE,
    TOO_MANY_ENTRIES,
    XML_DEPTH,
)
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import column_number, reference
from ctimaturity.files.content import UnreadableError
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.xml import new_parser, parse, spreadsheet_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.content import Contents
    from ctimaturity.files.limits import Limits

_NAMES = spreadsheet_names("worksheet", "row", "c", "v", "f", "t", "rPh", "col", "mergeCell")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_TRUE = frozenset({"1", "true", "on"})
_ROW_DEPTH = 3  # worksheet, sheetData, row
_CELL_DEPTH = 3  # what encloses a cell when it ends


class Range(NamedTuple):
    """A rectangle of cells; rows and columns count from 1 and the last ones belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def __str__(self) -> str:
        """`A1:B2`, or `A1` for one cell."""
        first = reference(self.first_row, self.first_column)
        last = reference(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


class SheetState(StrEnum):
    """Whether a sheet is seen."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the workbook's list of sheets says of one.

    Attributes:
        name: As the file has it.
        state: Whether it is seen.
        relation: The id of the relation that leads to its part.
    """

    name: str
    state: SheetState
    relation: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds.

    Attributes:
        name: As the file has it.
        state: Whether it is seen.
        cells: By (row, column), both counted from 1; only cells that hold something, a formula
            without a result among them.
        merged: Merged ranges.
        hidden_rows: Rows that are not shown, by a filter or by hand.
        hidden_columns: The same for columns, inside the limit of columns.
    """

    name: str
    state: SheetState
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class _Columns(dict[str, int]):
    """Column letters to numbers, worked out once each; 0 for what is no column."""

    def __missing__(self, letters: str) -> int:
        try:
            number = column_number(letters)
        except ValueError:
            return 0
        self[letters] = number
        return number


class _SheetParser:
    """The handlers of a sheet. Each cell costs a few calls, so they are flat and keep little."""

    def __init__(self, name: str, part: str, contents: Contents, limits: Limits) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._name = name
        self._part = part
        self._contents = contents
        self._limits = limits
        self._columns = _Columns()
        self._row = 0
        self._row_text = "0"
        self._column = 0
        self._attributes: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._in_value = False
        self._formula = False
        self._phonetic = 0
        self._depth = 0
        self._deepest = limits.depth

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _NAMES.get(name)
        self._depth += 1
        if self._depth > self._deepest:
            raise Refusal(XML_DEPTH, part=self._part, limit=self._deepest)
        if tag == "c":
            if self._attributes is not None:
                raise Refusal(CELL_MISPLACED, sheet=self._name)
            self._attributes = attributes
            self._pieces = []
            self._formula = False
        elif tag in {"v", "t"}:
            self._in_value = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._start_row(attributes)
        else:
            self._start_other(tag, attributes)

    def end(self, name: str) -> None:
        tag = _NAMES.get(name)
        self._depth -= 1
        if tag == "c":
            self._finish_cell()
        elif tag in {"v", "t"}:
            self._in_value = False
        elif tag == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        if self._in_value:
            self._pieces.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r")
        if text is None:
            text = str(self._row + 1)
        elif not _ROW.fullmatch(text):
            raise Refusal(CELL_MISPLACED, sheet=self._name)
        if self._attributes is not None or self._depth > _ROW_DEPTH:
            raise Refusal(CELL_MISPLACED, sheet=self._name)
        self._row, self._row_text, self._column = int(text), text, 0
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def _start_other(self, tag: str | None, attributes: dict[str, str]) -> None:
        if self._depth == 1 and tag != "worksheet":
            raise Refusal(PART_STRANGE, part=self._part)
        if tag == "rPh":
            self._phonetic += 1
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            self._hide_columns(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _finish_cell(self) -> None:
        attributes, self._attributes = self._attributes, None
        if attributes is None or self._depth > _CELL_DEPTH:
            raise Refusal(CELL_MISPLACED, sheet=self._name)
        at = attributes.get("r")
        if at is None:
            column = self._column + 1
        elif at.endswith(self._row_text):
            column = self._columns[at[: -len(self._row_text)]]
        else:
            column = 0
        if not column:
            raise Refusal(CELL_MISPLACED, sheet=self._name, cell=quoted(at))
        self._column = column
        if self._pieces or self._formula:
            self._keep((self._row, column), attributes)

    def _keep(self, place: tuple[int, int], attributes: dict[str, str]) -> None:
        try:
            cell = self._contents.cell(
                attributes.get("t", "n"), attributes.get("s", "0"), "".join(self._pieces), self._formula
            )
        except UnreadableError:
            raise Refusal(CELL_UNREADABLE, sheet=self._name, cell=reference(*place)) from None
        if cell is None:
            return
        if place in self.cells:
            raise Refusal(CELL_TWICE, sheet=self._name, cell=reference(*place))
        limits = self._limits
        if place[0] > limits.rows or place[1] > limits.columns:
            raise Refusal(
                CELL_FAR_OUT,
                sheet=self._name,
                cell=reference(*place),
                rows=limits.rows,
                columns=limits.columns,
            )
        self.cells[place] = cell

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _ROW.fullmatch(first) and _ROW.fullmatch(last):
            self.hidden_columns.update(range(int(first), min(int(last), self._limits.columns) + 1))

    def _merge(self, text: str) -> None:
        if len(self.merged) == self._limits.merges:
            raise Refusal(TOO_MANY_ENTRIES, part=self._part, limit=self._limits.merges)
        match = _RANGE.fullmatch(text)
        if match is None:
            raise Refusal(CELL_MISPLACED, sheet=self._name, cell=quoted(text))
        first, top, last, bottom = match.groups()
        self.merged.append(
            Range(int(top), column_number(first), int(bottom or top), column_number(last or first))
        )


def read_sheet(data: bytes, part: str, heading: Heading, contents: Contents, limits: Limits) -> Sheet:
    """The cells of one sheet, with what hides or merges them.

    Cells and rows without a reference are counted on; the used range it declares is not
    believed.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    handlers = _SheetParser(heading.name, part, contents, limits)
    parser = new_parser(part)
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.characters
    parse(parser, data, part)
    return Sheet(
        name=heading.name,
        state=heading.state,
        cells=handlers.cells,
        merged=tuple(handlers.merged),
        hidden_rows=frozenset(handlers.hidden_rows),
        hidden_columns=frozenset(handlers.hidden_columns),
    )
