"""findings.csv: every finding, one row; written and read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.diagnostics.code import Code, Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.csv import restored
from ctimaturity.language.findings import wording
from ctimaturity.results.table import Column, Row, Table, row_maker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.language.findings import Wording
    from ctimaturity.results.stored_table import StoredTable


class Examined(Protocol):
    """What has findings."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them, in order."""


_PLACE: tuple[Column[Location], ...] = (
    Column("file", "string", "The file, as the run was given it; empty for the whole run"),
    Column("sheet", "string", "The sheet of a workbook"),
    Column("cell", "string", "The cell or range of cells"),
    Column("line", "integer", "The line of a text file, from 1"),
    Column("item", "string", "Id of the item, node or entity that it is about"),
)
_CODE: tuple[Column[Diagnostic], ...] = (
    Column("code", "string", "Code of the finding", required=True, get="code.id"),
    Column("name", "string", "Name of the code", required=True, get="code.name"),
    Column(
        "severity",
        "string",
        "How bad it is",
        choices=tuple(severity.value for severity in Severity),
        required=True,
    ),
)
_WORDS: tuple[Column[Wording], ...] = (
    Column("message", "string", "What is wrong"),
    Column("hint", "string", "What to do about it"),
)
_VALUE: tuple[Column[Diagnostic], ...] = (
    Column("value", "string", "The offending value of an answer cell, cut and made safe"),
    Column("column", "integer", "The column of a text file, from 1", get="location.column"),
)
# JSON is not made legible: an escape that is none of its own would spoil it
_PARAMETERS = Column("parameters", "string", "What fills the message, as JSON, for programs")
COLUMNS: tuple[Column, ...] = (*_PLACE, *_CODE, *_WORDS, *_VALUE, _PARAMETERS)


def findings_table(assessment: Examined, language: str) -> Table:
    """All findings, in order; the words in a language."""

    def rows() -> Iterator[Row]:
        place, code = row_maker(_PLACE), row_maker(_CODE)
        words, value = row_maker(_WORDS), row_maker(_VALUE)
        for finding in assessment.diagnostics:
            said = words(wording(finding, language))
            filling = json.dumps(dict(finding.parameters), ensure_ascii=False, sort_keys=True)
            yield (*place(finding.location), *code(finding), *said, *value(finding), filling)

    return Table("findings", "Every finding of the run", COLUMNS, (), rows)


def read_findings(table: StoredTable) -> tuple[Diagnostic, ...]:
    """The findings of a run, in the order of the file.

    A code that this version does not know is taken with the words that the file has.
    """
    codes = all_codes()
    findings = []
    for cells in table.records(COLUMNS):
        row = {name: restored(cell) for name, cell in cells.items()}
        code = codes.get(row["code"])
        if code is None and row["severity"] not in set(Severity):
            table.refuse(row["severity"], "severity")
            continue
        parameters = _parameters(row["parameters"])
        if parameters is None:
            table.refuse(row["parameters"], "parameters")
            continue
        place = Location(
            file=row["file"],
            sheet=row["sheet"],
            cell=row["cell"],
            line=table.whole(row["line"], "line"),
            column=table.whole(row["column"], "column"),
            item=row["item"],
        )
        findings.append(Diagnostic(code or _as_written(row), place, parameters, row["value"]))
    return tuple(findings)


def _as_written(row: Mapping[str, str]) -> Code:
    return Code(
        id=row["code"],
        name=row["name"],
        severity=Severity(row["severity"]),
        stored=(_literal(row["message"]), _literal(row["hint"])),
    )


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _parameters(cell: str) -> dict[str, Parameter] | None:
    try:
        parameters = json.loads(cell or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(parameters, dict):
        return None
    return parameters if all(isinstance(value, str | int | float) for value in parameters.values()) else None
