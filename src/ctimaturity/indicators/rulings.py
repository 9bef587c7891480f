"""Rulings of reviewers, from the file they filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.severity import Severity
from ctimaturity.indicators.divipola import normalise
from ctimaturity.indicators.table_file import read_table_file
from ctimaturity.language.folding import folded
from ctimaturity.model.ruling import HEADERS, Ruling

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.indicators.table_file import Row

_ALSO = {
    "entity": ("entity_code", "codigo", "code", "codigo dane", "divipola"),
    "item": ("pregunta", "id"),
    "part": ("campo", "field"),
    "stated": ("respuesta reportada", "reported", "answer"),
    "ruling": ("fallo", "decision", "resolucion"),
    "reason": ("razon", "justificacion"),
    "by": ("por", "revisor", "reviewer"),
    "date": ("dia",),
}
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
    if table.rows is None or any(found.severity is Severity.ERROR for found in table.diagnostics):
        raise JobError(table.diagnostics)
    header, *lines = table.rows or [(1, ())]
    columns = _columns(header[1])
    missing = [
        Diagnostic(codes.RULINGS_COLUMN_MISSING, Location(file=table.name, line=header[0]), {"column": name})
        for name in _NEEDED
        if name not in columns
    ]
    if missing:
        raise JobError([*table.diagnostics, *missing])
    rulings = tuple(ruling for line in lines if (ruling := _ruling(line, columns)) is not None)
    nothing = () if rulings else (Diagnostic(codes.RULINGS_EMPTY, Location(file=table.name)),)
    return RulingFile(table.name, table.digest, rulings, in_order((*table.diagnostics, *nothing)))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """The position of each column; of two with the same meaning, the first."""
    meanings = {folded(written): name for name in HEADERS for written in (*HEADERS[name], *_ALSO[name])}
    found: dict[str, int] = {}
    for position, cell in enumerate(header):
        name = meanings.get(folded(cell))
        if name is not None:
            found.setdefault(name, position)
    return found


def _ruling(row: Row, columns: Mapping[str, int]) -> Ruling | None:
    line, cells = row

    def cell(name: str) -> str:
        position = columns.get(name)
        return cells[position].strip() if position is not None and position < len(cells) else ""

    if not cell("ruling"):
        return None
    written = cell("entity")
    return Ruling(
        entity=written,
        item=cell("item"),
        part=cell("part"),
        stated=cell("stated"),
        ruling=cell("ruling"),
        reason=cell("reason"),
        by=cell("by"),
        date=cell("date"),
        line=line,
    )


def ruled_entity(written: str, known: Mapping[str, object]) -> str:
    """The known code that a ruling means, as written or as DIVIPOLA has it; empty when there is none."""
    if written in known:
        return written
    normalised = normalise(written).code
    return normalised if normalised in known else ""
