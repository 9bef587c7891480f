"""findings.csv, read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.severity import Severity
from ctimaturity.results.findings_table import COLUMNS
from ctimaturity.results.stored_table import StoredTable, restored

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = tuple(column.name for column in COLUMNS)


def read_findings(table: StoredTable) -> tuple[Diagnostic, ...]:
    """The findings of a run, in the order of the file.

    A code that this version does not know is taken with the words that the file has.
    """
    codes = all_codes()
    findings = []
    for cells in table.rows(_NAMES):
        row = dict(zip(_NAMES, map(restored, cells), strict=True))
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
        found = json.loads(cell or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return found if all(isinstance(value, str | int | float) for value in found.values()) else None
