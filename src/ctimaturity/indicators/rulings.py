"""Rulings of reviewers, from the file they filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.indicators.divipola import normalise
from ctimaturity.indicators.table_file import TableColumns, read_table_file
from ctimaturity.language.folding import folded, listed
from ctimaturity.model.ruling import HEADERS, Ruling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ALSO = {
    "entity": listed("entity_code, codigo, code, codigo dane, divipola"),
    "item": listed("pregunta, id"),
    "part": listed("campo, field"),
    "stated": listed("respuesta reportada, reported, answer"),
    "ruling": listed("fallo, decision, resolucion"),
    "reason": listed("razon, justificacion"),
    "by": listed("por, revisor, reviewer"),
    "date": listed("dia"),
}
_NAMES = {meaning: {*map(folded, HEADERS[meaning]), *_ALSO[meaning]} for meaning in HEADERS}
_NEEDED = ("entity", "item", "ruling")


@dataclass(frozen=True)
class RulingFile:
    """What a rulings file says.

    Attributes:
        file: Its name, as outputs have it.
        digest: SHA-256 of its bytes.
        rulings: The lines that decide something, in the order of the file.
        diagnostics: What is doubtful about the file.
    """

    file: str
    digest: str
    rulings: tuple[Ruling, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_rulings(path: Path) -> RulingFile:
    """The rulings of a CSV file, or of the first filled sheet of a workbook.

    Columns are found by their headers, in either language; others are left alone, and so are lines in
    which nothing is decided yet.

    Raises:
        JobError: The file cannot be read, or it lacks a column without which nothing can be applied.
    """
    table = read_table_file(path)
    if table.rows is None or has_errors(table.diagnostics):
        raise JobError(table.diagnostics)
    (first, header), *rows = table.rows or [(1, ())]
    columns = TableColumns.called(header, _NAMES)
    missing = [
        Diagnostic(codes.RULINGS_COLUMN_MISSING, Location(file=table.name, line=first), {"column": name})
        for name in columns.missing(_NEEDED)
    ]
    if missing:
        raise JobError([*table.diagnostics, *missing])
    rulings = tuple(
        Ruling(line=line, **{meaning: columns.cell(cells, meaning) for meaning in HEADERS})
        for line, cells in rows
        if columns.cell(cells, "ruling")
    )
    nothing = () if rulings else (Diagnostic(codes.RULINGS_EMPTY, Location(file=table.name)),)
    return RulingFile(table.name, table.digest, rulings, in_order((*table.diagnostics, *nothing)))


def ruled_entity(written: str, known: Mapping[str, object]) -> str:
    """The known code that a ruling means, as written or as DIVIPOLA has it; empty when there is none."""
    return next((code for code in (written, normalise(written).code) if code in known), "")
