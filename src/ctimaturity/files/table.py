"""Tables of text from outside: lists of entities and the like, as people's programs save them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.kind import COMPOUND, ZIP
from ctimaturity.files.limits import LIMITS, Limits, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAID = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)
_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text.

    Attributes:
        header: The names of the columns, without space around them; no name twice.
        rows: Each with the line it begins in, counted from 1, and as many fields as the header,
            as they are written. Blank lines are left out.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class TableReading:
    """What came of reading a table.

    Attributes:
        table: None where it was refused.
        diagnostics: Why, or which rows were left out; the caller names the file.
    """

    table: TextTable | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_table(data: bytes, limits: Limits = LIMITS) -> TableReading:
    """Read a table from the bytes of its file; never raises for what is in them.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252 with a note. The
    fields lie between commas, semicolons or tabs: whichever the header has most, or a first line
    such as `sep=;` says.
    """
    notes: list[Diagnostic] = []
    try:
        text = _decoded(data, limits, notes)
        records = _records(text, limits)
        header = _header(records)
        table = TextTable(header, tuple(_rows(records, len(header), notes)))
    except Refusal as refusal:
        return TableReading(None, (*notes, refusal.diagnostic))
    return TableReading(table, tuple(notes))


def _decoded(data: bytes, limits: Limits, notes: list[Diagnostic]) -> str:
    if len(data) > limits.file_size:
        raise Refusal(codes.FILE_TOO_LARGE, size=len(data), limit=limits.file_size)
    if data.startswith((ZIP, COMPOUND)):
        raise Refusal(codes.NOT_A_TEXT_TABLE, found="ZIP" if data.startswith(ZIP) else "OLE")
    encodings = ("utf-16",) if data.startswith(_UTF16_MARKS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == encodings[-1]:
                raise not_decoded(error) from None
            continue
        control = _CONTROL.search(text)
        if control is not None:
            raise no_character(text, control.start())
        if encoding == "cp1252":
            notes.append(Diagnostic(codes.ENCODING_GUESSED))
        return text
    raise Refusal(codes.NOT_A_TEXT_TABLE, found="–")


def no_character(text: str, at: int, before: str = "") -> Refusal:
    """Why a text with a character that no text has is not read.

    Args:
        text: The text.
        at: Where in it the character stands.
        before: What stands before the text in the file.
    """
    return Refusal(codes.NOT_A_TEXT_TABLE, _behind(before + text[:at]), found=f"U+{ord(text[at]):04X}")


def not_decoded(error: UnicodeDecodeError, before: str = "") -> Refusal:
    """Why bytes that are no text are not read.

    Args:
        error: Which bytes.
        before: The text before what was being decoded.
    """
    text = error.object[: error.start].decode(error.encoding, "ignore")
    return Refusal(codes.NOT_A_TEXT_TABLE, _behind(before + text), found=f"0x{error.object[error.start]:02X}")


def _behind(text: str) -> Location:
    """The place of the character behind a text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Location(line=len(lines), column=len(lines[-1].lstrip("\ufeff")) + 1)


def _records(text: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line it begins in."""
    delimiter, start = separator(text)
    skipped = 1 if start else 0
    stream = io.StringIO(text[start:], newline="")
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    count = 0
    while True:
        line = reader.line_num + 1 + skipped
        try:
            fields = next(reader, None)
        except csv.Error:
            raise Refusal(codes.QUOTE_LEFT_OPEN, Location(line=line)) from None
        if fields is None:
            return
        if not any(field.strip() for field in fields):
            continue
        count += 1
        if count > limits.text_rows + 1 or len(fields) > limits.text_columns:
            raise Refusal(
                codes.TABLE_TOO_LARGE, Location(line=line), rows=limits.text_rows, columns=limits.text_columns
            )
        yield line, fields


def separator(text: str) -> tuple[str, int]:
    """What divides the fields of a table, and where the table begins: behind a first line `sep=;`.

    Args:
        text: The table, or its begin with the whole header.
    """
    said = _SAID.match(text)
    return (said[1], said.end()) if said else (_delimiter(text), 0)


def _delimiter(text: str) -> str:
    """What most often divides the first line that is not blank, outside quotation marks."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    unquoted = _QUOTED.sub("", first)
    return max(_DELIMITERS, key=unquoted.count)


def _header(records: Iterator[tuple[int, list[str]]]) -> tuple[str, ...]:
    line, fields = next(records, (1, []))
    names = [field.strip() for field in fields]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise Refusal(codes.TABLE_EMPTY, Location(line=line))
    for name in names:
        if names.count(name) > 1:
            raise Refusal(codes.TABLE_COLUMN_TWICE, Location(line=line), column=quoted(name))
    return tuple(names)


def _rows(
    records: Iterator[tuple[int, list[str]]], width: int, notes: list[Diagnostic]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows as wide as the header; empty fields beyond it do no harm."""
    for line, fields in records:
        if len(fields) < width or any(field.strip() for field in fields[width:]):
            parameters = {"found": len(fields), "expected": width}
            notes.append(Diagnostic(codes.RAGGED_ROW, Location(line=line), parameters))
        else:
            yield line, tuple(fields[:width])
