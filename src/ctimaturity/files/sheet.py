"""One sheet of a workbook: its cells that hold something, and what hides or merges them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ctimaturity.files.rows import NotPlainError, cut_out, read_rows
from ctimaturity.files.sheet_parser import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.cell import Cell, Range
    from ctimaturity.files.content import Contents
    from ctimaturity.files.limits import Limits
    from ctimaturity.files.sheet_parser import ParsedSheet


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


def read_sheet(data: bytes, part: str, heading: Heading, contents: Contents, limits: Limits) -> Sheet:
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
    around, rows = cut_out(data)
    plain = read_rows(rows, contents, limits)
    parsed = parse_sheet(around, part, name, contents, limits)
    if parsed.tables != 1:
        raise NotPlainError  # the rows stood in a comment, or there are more of them
    parsed.cells = plain.cells
    parsed.hidden_rows = plain.hidden
    return parsed
