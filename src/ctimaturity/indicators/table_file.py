"""A table from a file that a person made: a CSV file, or the first filled sheet of a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.cell import CellKind
from ctimaturity.files.discovery import InputFile, read_file
from ctimaturity.files.kind import ZIP
from ctimaturity.files.table import read_table
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.language.folding import folded
from ctimaturity.language.written import CellNumber

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet

Row = tuple[int, Sequence[str]]
"""The line of a row, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """What came of reading the file.

    Attributes:
        name: What outputs call it.
        rows: The header first; None where the file cannot be read.
        digest: SHA-256 of its bytes; empty when they could not be read.
        diagnostics: What was found on the way, with the file's name.
    """

    name: str
    rows: Sequence[Row] | None = None
    digest: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Where the columns of a table stand, by what they mean."""

    positions: Mapping[str, int]

    @classmethod
    def called(cls, header: Sequence[str], names: Mapping[str, Collection[str]]) -> TableColumns:
        """The columns of a header; of two with one meaning, the first.

        Args:
            header: The cells of its row.
            names: What columns may be called, folded, by what they mean.
        """
        plain = [folded(cell) for cell in header]
        found = {
            meaning: [at for at, name in enumerate(plain) if name in names[meaning]] for meaning in names
        }
        return cls({meaning: positions[0] for meaning, positions in found.items() if positions})

    def missing(self, needed: Iterable[str]) -> list[str]:
        """What is needed and has no column."""
        return [meaning for meaning in needed if meaning not in self.positions]

    def cell(self, cells: Sequence[str], meaning: str) -> str:
        """What a row says; empty without the column."""
        return cell_at(cells, self.positions.get(meaning))


def cell_at(cells: Sequence[str], position: int | None) -> str:
    """A cell of a row without the space around it; empty where the row has none."""
    return cells[position].strip() if position is not None and position < len(cells) else ""


class TableFindings:
    """What is found in the rows of a table.

    Attributes:
        file: What findings call it.
        diagnostics: The findings.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []

    def report(
        self, code: Code, line: int | None = None, item: str = "", value: str = "", /, **parameters: Parameter
    ) -> None:
        """Keep a finding on a row."""
        place = Location(self.file, line=line, item=item)
        self.diagnostics.append(Diagnostic(code, place, parameters, quoted(value)))


def read_table_file(path: Path) -> TableFile:
    """The rows of a table; nothing in the file raises."""
    name = visible(path.name)
    data = read_file(InputFile(path, name))
    if not isinstance(data, bytes):
        return TableFile(name, diagnostics=(data,))
    rows, diagnostics = _sheet_rows(data) if data.startswith(ZIP) else _text_rows(data)
    digest = hashlib.sha256(data).hexdigest()
    return TableFile(name, rows, digest, tuple(diagnostic.in_file(name) for diagnostic in diagnostics))


def _text_rows(data: bytes) -> tuple[list[Row] | None, tuple[Diagnostic, ...]]:
    reading = read_table(data)
    if reading.table is None:
        return None, reading.diagnostics
    return [(1, reading.table.header), *reading.table.rows], reading.diagnostics


def _sheet_rows(data: bytes) -> tuple[list[Row] | None, tuple[Diagnostic, ...]]:
    reading = read_workbook(data)
    if reading.workbook is None:
        return None, reading.diagnostics
    sheet = next((sheet for sheet in reading.workbook.sheets if sheet.cells), None)
    return (_rows(sheet) if sheet else []), reading.diagnostics


def _rows(sheet: Sheet) -> list[Row]:
    last = max(column for _, column in sheet.cells)
    return [
        (row, [_text(sheet.cells.get((row, column))) for column in range(1, last + 1)])
        for row in sorted({row for row, _ in sheet.cells})
    ]


def _text(cell: Cell | None) -> str:
    """What a cell says; a number as a person would write it, a date without its time.

    A number that is shown as a percentage says what a text table saved from the sheet would say.
    """
    if cell is None:
        return ""
    if cell.kind is CellKind.NUMBER:
        number = Decimal(repr(float(cell.text))) * (100 if cell.percent else 1)
        return CellNumber(format(number.normalize() + 0, "f") + "%" * cell.percent)
    if cell.kind is CellKind.DATE and cell.value is not None:
        return str(cell.value).removesuffix(" 00:00:00")
    return cell.text
