"""Who took part in an earlier round, from its folder of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes as finding_codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.csv import DIALECTS
from ctimaturity.files.results import MANIFEST
from ctimaturity.results.manifest import Manifest, read_manifest
from ctimaturity.results.stored_entities import read_entities
from ctimaturity.results.stored_table import StoredTable

if TYPE_CHECKING:
    from pathlib import Path

_INDEX = "index.csv"


def earlier_entities(folder: Path) -> frozenset[str]:
    """The codes of all entities of an earlier index, whatever became of them.

    Args:
        folder: OUT of that round.

    Raises:
        JobError: It is no folder of results, or its index cannot be read.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        raise JobError([Diagnostic(finding_codes.NOT_A_RESULT_FOLDER, Location(folder.as_posix()))]) from None
    manifest = read_manifest(data, (folder / MANIFEST).as_posix())
    if not isinstance(manifest, Manifest):
        raise JobError(manifest)
    file = folder / _INDEX
    try:
        table = StoredTable(file.as_posix(), file.read_bytes(), DIALECTS[manifest.csv_dialect])
    except OSError:
        place = Location(file.as_posix())
        raise JobError([Diagnostic(finding_codes.RESULT_FILE_MISSING, place, {"name": _INDEX})]) from None
    codes = frozenset(read_entities(table))
    if table.problems:
        raise JobError(table.problems)
    return codes
