"""findings.csv: every finding, one row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from ctimaturity.diagnostics.severity import Severity
from ctimaturity.language.findings import wording
from ctimaturity.results.table import Column, Row, Table, legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.diagnostics.diagnostic import Diagnostic


class Examined(Protocol):
    """What has findings."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them, in order."""


COLUMNS = (
    Column("file", "string", "The file, as the run was given it; empty for the whole run"),
    Column("sheet", "string", "The sheet of a workbook"),
    Column("cell", "string", "The cell or range of cells"),
    Column("line", "integer", "The line of a text file, from 1"),
    Column("item", "string", "Id of the item, node or entity that it is about"),
    Column("code", "string", "Code of the finding", required=True),
    Column("name", "string", "Name of the code", required=True),
    Column(
        "severity",
        "string",
        "How bad it is",
        choices=tuple(severity.value for severity in Severity),
        required=True,
    ),
    Column("message", "string", "What is wrong"),
    Column("hint", "string", "What to do about it"),
    Column("value", "string", "The offending value of an answer cell, cut and made safe"),
    Column("column", "integer", "The column of a text file, from 1"),
    Column("parameters", "string", "What fills the message, as JSON, for programs"),
)


def findings_table(assessment: Examined, language: str) -> Table:
    """All findings, in order; the words in a language."""

    def rows() -> Iterator[Row]:
        for finding in assessment.diagnostics:
            words = wording(finding, language)
            where = finding.location
            yield (
                legible(where.file),
                legible(where.sheet),
                where.cell,
                where.line,
                legible(where.item),
                finding.code.id,
                finding.code.name,
                finding.severity.value,
                legible(words.message),
                legible(words.hint),
                legible(finding.value),
                where.column,
                json.dumps(dict(finding.parameters), ensure_ascii=False, sort_keys=True),
            )

    return Table("findings", "Every finding of the run", COLUMNS, (), rows)
