"""An opened export: its table, from text or from a workbook, and what its columns are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind
from ctimaturity.files.kind import COMPOUND, ZIP, require_archive
from ctimaturity.files.limits import LIMITS, Refusal
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.survey.block import RowBlock
from ctimaturity.survey.columns import Role
from ctimaturity.survey.header import Header, HeaderReader, Shape
from ctimaturity.survey.text_table import TextPart, text_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.block import Block
    from ctimaturity.survey.part import PartTask

WORKBOOK_LIMITS = replace(LIMITS, cells=1_500_000, distinct_cells=600_000)
"""Of exports as workbooks; larger ones come as CSV, which has no limit."""

_HEADER_ROWS = 10
"""A title and a note may stand above the header."""
_SIGNATURE = 16
# By the identity of a definition, which is too large to hash for every part; it is kept beside its reader,
# so that no other can get its identity.
_readers: dict[int, tuple[Questionnaire, HeaderReader]] = {}


def header_reader(questionnaire: Questionnaire) -> HeaderReader:
    """The reader of headers for a definition, made once in each process."""
    known = _readers.get(id(questionnaire))
    if known is None or known[0] is not questionnaire:
        known = _readers[id(questionnaire)] = (questionnaire, HeaderReader(questionnaire))
    return known[1]


class ExportPart:
    """An opened part.

    Attributes:
        table: Its rows.
        header: What its columns are.
    """

    def __init__(self, task: PartTask) -> None:
        """Open it.

        Args:
            task: Which part of which file.

        Raises:
            Refusal: It cannot be read.
        """
        reader = header_reader(task.questionnaire)
        self.table: TextPart | SheetTable
        if is_workbook(task.path):
            data = read_bytes(task.path, WORKBOOK_LIMITS.file_size)
            self.table = sheet_table(data, lambda names: _held(reader.read(names)))
        else:
            layout = text_layout(task.path)
            bounds = task.bounds or (layout.start, task.path.stat().st_size)
            self.table = TextPart(task.path, layout, bounds)
        self.header = reader.read(self.table.names)


def _held(header: Header) -> int:
    """How much a header holds of what is looked for."""
    known = [column for column in header.columns if column.role not in {Role.UNKNOWN, Role.TECHNICAL}]
    return len(header.items) + (0 if header.shape is Shape.NONE else len(known))


def is_workbook(path: Path) -> bool:
    """Whether a file is an archive, which a CSV file is not.

    Raises:
        Refusal: It cannot be read.
    """
    return read_bytes(path, None, _SIGNATURE).startswith((ZIP, COMPOUND))


@dataclass(frozen=True)
class SheetTable:
    """The sheet of a workbook that holds answers.

    Attributes:
        sheet: Its name.
        names: Of the columns.
        block: The rows, each with its row number as its line.
        diagnostics: Notes on the workbook.
        lines: Of a text that were read; none.
    """

    sheet: str
    names: tuple[str, ...]
    block: RowBlock
    diagnostics: Sequence[Diagnostic] = ()
    lines: int = 0

    def __iter__(self) -> Iterator[Block]:
        """The block, if there is anything in it."""
        if self.block.rows:
            yield self.block


def sheet_table(data: bytes, statements: Callable[[tuple[str, ...]], int]) -> SheetTable:
    """The sheet and the header row with the most statements, among the first rows of all sheets.

    Args:
        data: The workbook.
        statements: How much of what is looked for some names hold.

    Raises:
        Refusal: It cannot be read, or is empty.
    """
    require_archive(data)
    reading = read_workbook(data, WORKBOOK_LIMITS)
    if reading.workbook is None:
        first = reading.diagnostics[0]
        raise Refusal(first.code, first.location, **first.parameters)
    best: tuple[int, Sheet, int, tuple[str, ...]] | None = None
    for sheet in reading.workbook.sheets:
        for row in sorted({row for row, _ in sheet.cells})[:_HEADER_ROWS]:
            names = _names(sheet, row)
            held = statements(names)
            if best is None or held > best[0]:
                best = (held, sheet, row, names)
    if best is None:
        raise Refusal(codes.TABLE_EMPTY)
    _, sheet, header, names = best
    by_row: dict[int, list[str]] = {}
    for (row, column), cell in sheet.cells.items():
        if row > header and column <= len(names):
            by_row.setdefault(row, [""] * len(names))[column - 1] = cell_text(cell)
    lines = sorted(row for row, fields in by_row.items() if any(map(str.strip, fields)))
    return SheetTable(sheet.name, names, RowBlock([by_row[row] for row in lines], lines), reading.diagnostics)


def _names(sheet: Sheet, row: int) -> tuple[str, ...]:
    filled = {column: cell for (at, column), cell in sheet.cells.items() if at == row}
    return tuple(
        cell_text(filled[column]).strip() if column in filled else "" for column in range(1, max(filled) + 1)
    )


def cell_text(cell: Cell) -> str:
    """What a cell says, as a CSV export would have it."""
    if cell.kind is CellKind.NUMBER:
        number = float(cell.text)
        return str(int(number)) if number.is_integer() else repr(number)
    if cell.kind is CellKind.DATE and cell.value is not None:
        return str(cell.value)
    return cell.text


def read_bytes(path: Path, limit: int | None, count: int = -1) -> bytes:
    """The bytes of a file.

    Args:
        path: The file.
        limit: The most it may hold; None for any size.
        count: How many are wanted; all when negative.

    Raises:
        Refusal: It is too large, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if limit is not None and size > limit:
            raise Refusal(codes.FILE_TOO_LARGE, size=size, limit=limit)
        with path.open("rb") as stream:
            return stream.read(count)
    except OSError as error:
        raise Refusal(codes.FILE_UNREADABLE, reason=error.strerror or type(error).__name__) from None
