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
    from collections.abc import Mapping
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
    if changed:
        return {}, tuple(
            Diagnostic(codes.SURVEY_FOLDER_CHANGED, parameters={"name": name}) for name in changed
        )
    return _read(data.get(COVARIANCES, b"")), ()


def _read(data: bytes) -> Stored:
    rows: Mapping[str, str]
    found: dict[str, dict[str, list[Covariance]]] = {}
    for rows in csv.DictReader(io.StringIO(data.decode(), newline="")):
        if rows["covariance"]:
            covariance = Covariance(
                rows["segment"], rows["node_a"], rows["node_b"], int(rows["n"]), float(rows["covariance"])
            )
            of_entity = found.setdefault(restored(rows["entity_code"]), {})
            of_entity.setdefault(rows["measurement"], []).append(covariance)
    return {code: {name: tuple(all_) for name, all_ in each.items()} for code, each in found.items()}
