"""Where definitions are: in a folder of the user's, or among the bundled ones."""

from __future__ import annotations

import re
from pathlib import Path

from ctimaturity.definitions.load import MAIN_FILE
from ctimaturity.files.installation import data_folder
from ctimaturity.files.yaml import bounded_bytes

_REFERENCE = re.compile(r"([A-Za-z][\w-]*)@([\w.-]+)")
_DEFINITION = re.compile(rb"^schema:", re.MULTILINE)
_DEEPEST = 8


def place_of(reference: str) -> Path:
    """The folder or file a reference names: a path, else the folder of the bundled `id@edition`."""
    path = Path(reference)
    bundled = _REFERENCE.fullmatch(reference)
    if bundled is None or path.exists():
        return path
    folder = data_folder("questionnaires") / bundled[1] / bundled[2]
    return folder if folder.is_dir() else path


def definitions_in(folder: Path) -> tuple[Path, ...]:
    """The `questionnaire.yaml` of a folder, else those of all folders below it and single-file definitions.

    Hidden folders and links are passed over.
    """
    if (folder / MAIN_FILE).is_file():
        return (folder / MAIN_FILE,)
    return tuple(_below(folder, 0))


def _below(folder: Path, depth: int) -> list[Path]:
    if (folder / MAIN_FILE).is_file():
        return [folder / MAIN_FILE]
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir() and depth < _DEEPEST:
            found += _below(entry, depth + 1)
        elif entry.suffix in {".yaml", ".yml"} and _is_definition(entry):
            found.append(entry)
    return found


def _is_definition(path: Path) -> bool:
    """Whether a YAML file says of itself that it is a definition: it has a schema and measurements."""
    data = bounded_bytes(path) or b""
    return bool(_DEFINITION.search(data)) and b"\nmeasurements:" in data
