"""An export as a table: its header, then its rows in blocks, so that no file has to fit into memory."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.cell import CellKind
from ctimaturity.files.limits import LIMITS
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.signature import COMPOUND, ZIP, require_archive
from ctimaturity.files.table import no_character, separator
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.survey.block import PlainBlock, RowBlock, decoded, decoded_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.survey.block import Block

WORKBOOK_LIMITS = replace(LIMITS, cells=1_500_000, distinct_cells=600_000)
"""Of exports as workbooks; larger ones come as CSV, which has no limit."""

_BLOCK = 1 << 20
_LONGEST_ROW = 8 << 20
_HEADER = 4 << 20
_WIDEST = 4_096
_UTF8_MARK = b"\xef\xbb\xbf"
_HEADER_ROWS = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file is laid out.

    Attributes:
        names: Of the columns.
        delimiter: Between fields; one byte.
        start: Where the rows begin.
        line: The line they begin in.
    """

    names: tuple[str, ...]
    delimiter: bytes
    start: int
    line: int


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is an archive, which a CSV file is not."""
    return head.startswith((ZIP, COMPOUND))


def text_layout(path: Path) -> Layout:
    """The header of a CSV file.

    Raises:
        Refusal: It has none, or is no text.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEADER)
    if not head.strip():
        raise Refusal(codes.TABLE_EMPTY)
    if b"\0" in head:
        text = decoded(head[: head.index(b"\0") + 1])
        raise no_character(text, len(text) - 1)
    mark = len(_UTF8_MARK) if head.startswith(_UTF8_MARK) else 0
    end = mark
    while True:
        end, first = _line_end(head, end, end), end
        if head[first:end].strip() and not head[first:end].lower().startswith(b"sep="):
            break
        if end >= len(head):
            raise Refusal(codes.TABLE_EMPTY)
    text = decoded(head[mark:end])
    delimiter, skipped = separator(text)
    reader = csv.reader(
        io.StringIO(text[skipped:].lstrip("\r\n"), newline=""), delimiter=delimiter, strict=True
    )
    try:
        names = tuple(name.strip() for name in next(reader))
    except csv.Error:
        raise Refusal(codes.QUOTE_LEFT_OPEN, Location(line=1)) from None
    if len(names) > _WIDEST:
        raise Refusal(codes.TABLE_TOO_LARGE, Location(line=1), rows=_LONGEST_ROW, columns=_WIDEST)
    return Layout(names, delimiter.encode(), end, 1 + head[:end].count(b"\n"))


def _line_end(data: bytes, start: int, searched: int) -> int:
    """Behind the first line break outside quotation marks; the end of the data without one."""
    at = searched
    while True:
        at = data.find(b"\n", at)
        if at < 0:
            return len(data)
        at += 1
        if data.count(b'"', start, at) % 2 == 0:
            return at


def cut(path: Path, layout: Layout, pieces: int) -> list[tuple[int, int]]:
    """Divide the rows of a CSV file into parts of about the same size, each of whole rows.

    Whether a line break ends a row depends on all quotation marks before it, so they are counted.

    Returns:
        Begin and end of each part; one at least.
    """
    size = path.stat().st_size
    wanted = [layout.start + (size - layout.start) * piece // pieces for piece in range(1, pieces)]
    bounds = [layout.start]
    with path.open("rb") as stream:
        stream.seek(layout.start)
        at, quotes = layout.start, 0
        for bound in wanted:
            while at < bound:
                data = stream.read(min(_LONGEST_ROW, bound - at))
                quotes += data.count(b'"')
                at += len(data)
                if not data:
                    break
            row_end = _next_row(path, at, quotes)
            if row_end > bounds[-1]:
                bounds.append(row_end)
    ends = [*(bound for bound in bounds[1:] if bound < size), size]
    starts = [layout.start, *ends[:-1]]
    return list(zip(starts, ends, strict=True))


def _next_row(path: Path, at: int, quotes: int) -> int:
    """Where the first row begins at a place or behind it; the end of the file without one."""
    with path.open("rb") as stream:
        stream.seek(at)
        data = stream.read(_LONGEST_ROW)
    odd = quotes % 2
    found = -1
    while True:
        found = data.find(b"\n", found + 1)
        if found < 0:
            return sys.maxsize
        if (data.count(b'"', 0, found) + odd) % 2 == 0:
            return at + found + 1


class TextPart:
    """Some whole rows of a CSV file, read block by block.

    Attributes:
        lines: How many lines were read so far.
        diagnostics: What is wrong with rows; lines count from the begin of the part.
    """

    def __init__(self, path: Path, layout: Layout, bounds: tuple[int, int]) -> None:
        """Prepare to read.

        Args:
            path: The file.
            layout: Its layout.
            bounds: Where the part begins and ends.
        """
        self._path = path
        self._layout = layout
        self._start, self._end = bounds
        self.lines = 0
        self.diagnostics: list[Diagnostic] = []
        self._guessed = False

    def __iter__(self) -> Iterator[Block]:
        """The blocks.

        Raises:
            Refusal: A quotation mark stays open, or a row has no end.
        """
        with self._path.open("rb") as stream:
            stream.seek(self._start)
            left = self._end - self._start
            kept = b""
            while left or kept:
                data = stream.read(min(_BLOCK, left))
                left = left - len(data) if data else 0
                kept, whole = self._whole_rows(kept + data, last=not left)
                if whole:
                    yield from self._blocks(whole)

    def _whole_rows(self, data: bytes, *, last: bool) -> tuple[bytes, bytes]:
        """What is left over for the next block, and the rows that end in this one."""
        if b"\0" in data:
            text = decoded(data[: data.index(b"\0") + 1])
            raise no_character(text, len(text) - 1, "\n" * self.lines)
        if last:
            if data.count(b'"') % 2:
                raise Refusal(codes.QUOTE_LEFT_OPEN, Location(line=self.lines + 1))
            if not data.strip():
                return b"", b""
            return b"", data if data.endswith(b"\n") else data + b"\n"
        end = len(data)
        while (end := data.rfind(b"\n", 0, end)) >= 0:
            if data.count(b'"', 0, end) % 2 == 0:
                return data[end + 1 :], data[: end + 1]
        if len(data) > _LONGEST_ROW:
            raise Refusal(codes.QUOTE_LEFT_OPEN, Location(line=self.lines + 1))
        return data, b""

    def _blocks(self, data: bytes) -> Iterator[Block]:
        width = len(self._layout.names)
        if not self._guessed and not data.isascii() and not _is_utf8(data):
            self._guessed = True
            self.diagnostics.append(Diagnostic(codes.ENCODING_GUESSED))
        block: Block | None = PlainBlock.of(data, self._layout.delimiter, width, self.lines + 1)
        if block is None:
            block = self._parsed(data, width)
        self.lines += data.count(b"\n")
        if block.rows:
            yield block

    def _parsed(self, data: bytes, width: int) -> RowBlock:
        text = decoded_lines(data)
        stream = io.StringIO(text, newline="")
        reader = csv.reader(stream, delimiter=self._layout.delimiter.decode(), strict=True)
        rows: list[list[str]] = []
        lines: list[int] = []
        while True:
            line = self.lines + reader.line_num + 1
            try:
                fields = next(reader, None)
            except csv.Error:
                raise Refusal(codes.QUOTE_LEFT_OPEN, Location(line=line)) from None
            if fields is None:
                return RowBlock(rows, lines)
            if not any(map(str.strip, fields)):
                continue
            if len(fields) < width or any(field.strip() for field in fields[width:]):
                parameters = {"found": len(fields), "expected": width}
                self.diagnostics.append(Diagnostic(codes.RAGGED_ROW, Location(line=line), parameters))
                continue
            rows.append(fields)
            lines.append(line)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True)
class SheetTable:
    """The sheet of a workbook that holds answers.

    Attributes:
        sheet: Its name.
        names: Of the columns.
        block: The rows, each with its row number as its line.
        diagnostics: Notes on the workbook.
    """

    sheet: str
    names: tuple[str, ...]
    block: RowBlock
    diagnostics: tuple[Diagnostic, ...] = ()


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
            found = statements(names)
            if best is None or found > best[0]:
                best = (found, sheet, row, names)
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
