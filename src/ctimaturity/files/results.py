"""Folders of results, told from folders of input by their manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ctimaturity.files.limits import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
_TOOL = "ctimaturity"


def is_result_folder(folder: Path) -> bool:
    """Whether a folder carries a manifest of ours."""
    return _manifest(folder) is not None


def written_files(folder: Path) -> frozenset[str]:
    """The files that the manifest of a result folder lists, by their paths in it.

    Nothing for any other folder. The manifest itself is not in its list.
    """
    manifest = _manifest(folder) or {}
    outputs = manifest.get("outputs")
    return frozenset(outputs) if isinstance(outputs, dict) else frozenset()


def is_manifest(data: bytes) -> bool:
    """Whether a file called as a manifest is one of ours."""
    return _parsed(data) is not None


def _manifest(folder: Path) -> dict[str, object] | None:
    try:
        with (folder / MANIFEST).open("rb") as stream:
            return _parsed(stream.read(LIMITS.file_size))
    except OSError:
        return None


def _parsed(data: bytes) -> dict[str, object] | None:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("tool") == _TOOL else None
