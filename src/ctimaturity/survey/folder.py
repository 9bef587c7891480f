"""The folder that an import writes, and what scoring takes back from it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.csv import restored
from ctimaturity.files.kind import MANIFEST
from ctimaturity.model.response import Covariance

if TYPE_CHECKING:
    from pathlib import Path

TALLIES = "tallies.csv"
COVARIANCES = "covariances.csv"
KIND = "survey"

Stored = dict[str, dict[str, tuple[Covariance, ...]]]
"""By entity code, then by measurement."""


def stored_covariances(folder: Path) -> tuple[Stored, tuple[Diagnostic, ...]]:
    """The covariances that an import has written, which counts alone do not give.

    Args:
        folder: Of the import.

    Returns:
        The covariances, and what is wrong with the folder; both empty for a folder without them.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        outputs = manifest["outputs"]
        data = {name: (folder / name).read_bytes() for name in (TALLIES, COVARIANCES) if name in outputs}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}, (Diagnostic(codes.SURVEY_FOLDER_CHANGED, parameters={"name": MANIFEST}),)
    changed = [name for name, content in data.items() if hashlib.sha256(content).hexdigest() != outputs[name]]
    diagnostics = [Diagnostic(codes.SURVEY_FOLDER_CHANGED, parameters={"name": name}) for name in changed]
    return {} if changed else _covariances(data.get(COVARIANCES, b"")), tuple(diagnostics)


def _covariances(data: bytes) -> Stored:
    stored: dict[str, dict[str, list[Covariance]]] = {}
    for row in csv.DictReader(io.StringIO(data.decode(), newline="")):
        if row["covariance"]:
            nodes, value = (row["node_a"], row["node_b"]), float(row["covariance"])
            of_entity = stored.setdefault(restored(row["entity_code"]), {})
            covariances = of_entity.setdefault(row["measurement"], [])
            covariances.append(Covariance(row["segment"], *nodes, int(row["n"]), value))
    return {
        code: {name: tuple(covariances) for name, covariances in of_entity.items()}
        for code, of_entity in stored.items()
    }
