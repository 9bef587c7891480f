"""A list of entities from its file: a CSV file or a workbook."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import in_order
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.cell import CellKind
from ctimaturity.files.discovery import InputFile, read_file
from ctimaturity.files.signature import ZIP
from ctimaturity.files.table import read_table
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.indicators.entity_list import EntityList, Row, entity_list

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet


def read_entity_file(path: Path) -> EntityList:
    """A list of entities from a CSV file, or from the first sheet of a workbook that holds something.

    Args:
        path: The file.

    Returns:
        The list; what is wrong with the file or in it are its findings.
    """
    name = visible(path.name)
    data = read_file(InputFile(path, name))
    if not isinstance(data, bytes):
        return EntityList(name, diagnostics=(data,))
    rows, diagnostics = _sheet_rows(data) if data.startswith(ZIP) else _text_rows(data)
    found = tuple(diagnostic.in_file(name) for diagnostic in diagnostics)
    if rows is None:
        return EntityList(name, diagnostics=found)
    listed = entity_list(name, rows)
    digest = hashlib.sha256(data).hexdigest()
    return replace(listed, diagnostics=in_order((*found, *listed.diagnostics)), digest=digest)


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
    """What a cell says; a number as a whole one where it is, because codes and populations are."""
    if cell is None:
        return ""
    if cell.kind is CellKind.NUMBER and float(cell.text).is_integer():
        return str(int(float(cell.text)))
    return cell.text
