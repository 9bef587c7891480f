"""An export as text: its header, then its rows in blocks, so that no file has to fit into memory."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.limits import Refusal
from ctimaturity.files.table import no_character, not_decoded, separator
from ctimaturity.survey.block import PlainBlock, RowBlock, decoded, decoded_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from ctimaturity.survey.block import Block

_BLOCK = 1 << 20
"""Bytes that are read at once: enough for array operations, little enough for many workers."""
_LONGEST_ROW = 8 << 20
"""Bytes; in a longer one a quotation mark was never closed."""
_HEADER = 4 << 20
"""Bytes that the header may take: whole statements are the names of columns."""
_WIDEST = 4_096
"""Columns; of a file without line breaks every row would be one."""
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class TextLayout:
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


def text_layout(path: Path) -> TextLayout:
    """The header of a CSV file.

    Raises:
        Refusal: It has none, or is no text.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEADER)
    if not head.strip():
        raise Refusal(codes.TABLE_EMPTY)
    _refuse_nul(head)
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    end = mark
    while True:
        end, first = _row_end(head, end) or len(head), end
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
    return TextLayout(names, delimiter.encode(), end, 1 + head[:end].count(b"\n"))


def _refuse_nul(data: bytes, lines: int = 0) -> None:
    """Refuse what is no text; so many lines stand before the data."""
    if b"\0" in data:
        text = decoded(data[: data.index(b"\0") + 1])
        raise no_character(text, len(text) - 1, "\n" * lines)


def _row_end(data: bytes, start: int = 0, quotes: int = 0) -> int:
    """Behind the first line break outside quotation marks, of which so many stand before; 0 without one."""
    at = start
    while at := data.find(b"\n", at) + 1:
        if (data.count(b'"', start, at) + quotes) % 2 == 0:
            return at
    return 0


def cut(path: Path, layout: TextLayout, pieces: int) -> list[tuple[int, int]]:
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
        end = _row_end(stream.read(_LONGEST_ROW), 0, quotes)
    return at + end if end else sys.maxsize


class TextPart:
    """Some whole rows of a CSV file, read block by block.

    Attributes:
        names: Of the columns.
        sheet: None, so empty.
        lines: How many lines were read so far.
        diagnostics: What is wrong with rows; lines count from the begin of the part.
    """

    def __init__(self, path: Path, layout: TextLayout, bounds: tuple[int, int]) -> None:
        """Prepare to read.

        Args:
            path: The file.
            layout: Its layout.
            bounds: Where the part begins and ends.
        """
        self._path = path
        self._layout = layout
        self._start, self._end = bounds
        self.names, self.sheet = layout.names, ""
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
        _refuse_nul(data, self.lines)
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


def in_plain_text(path: Path, copy: Path) -> Path:
    """The file itself, or a copy in UTF-8 with usual line ends; the lines stay where they are.

    Args:
        path: The file.
        copy: Where the copy is written to.

    Raises:
        Refusal: It is not the text that its mark says, or cannot be copied.
    """
    try:
        with path.open("rb") as source:
            head = source.read(_BLOCK)
            source.seek(0)
            marked = head.startswith(_UTF16_MARKS)
            old = b"\r" in head and b"\n" not in head
            if not marked and not old:
                return path
            pieces = _from_utf16(source) if marked else iter(lambda: source.read(_BLOCK), b"")
            if old:
                pieces = (piece.replace(b"\r", b"\n") for piece in pieces)
            with copy.open("wb") as target:
                target.writelines(pieces)
    except OSError as error:
        raise Refusal(codes.FILE_UNREADABLE, reason=error.strerror or type(error).__name__) from None
    return copy


def _from_utf16(source: BinaryIO) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    lines, last = 0, ""
    data = source.read(_BLOCK)
    while True:
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise not_decoded(error, "\n" * lines + last) from None
        yield text.encode()
        if not data:
            return
        lines += text.count("\n")
        last = text.rpartition("\n")[2] if "\n" in text else last + text
        data = source.read(_BLOCK)
