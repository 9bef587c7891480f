"""The inputs that results were made from, found again by their names and sums."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.discovery import InputFile, read_file
from ctimaturity.files.kind import CONTAINERS, is_result_folder
from ctimaturity.results.manifest import Manifest, sha256, sha256_of
from ctimaturity.survey.folder import TALLIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DEEPEST = 4
"""Folders below the one with the inputs that are searched."""


@dataclass(frozen=True)
class FoundInputs:
    """The inputs that were found.

    Attributes:
        places: By the recorded name, where the very file is: on its own, or in an archive or message.
        problems: Those that are missing or are another file.
    """

    places: dict[str, InputFile] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def find_inputs(manifest: Manifest, base: Path) -> FoundInputs:
    """Each input by its name, wherever below a folder; of several the one with the right bytes."""
    inputs = FoundInputs()
    wanted = {part for name in manifest.inputs for part in _kept_in(name)}
    by_name: dict[str, list[Path]] = {}
    for path in _files_below(base, 0):
        # A survey that was imported is a folder, called by its own name, of which the counts were read.
        names = {visible(path.name), visible(path.parent.name) if path.name == TALLIES else ""}
        for name in names & wanted:
            by_name.setdefault(name, []).append(path)
    for name, digest in manifest.inputs.items():
        candidates = list(_candidates(name, by_name))
        same = next((file for file in candidates if digest_of(file) == digest), None)
        if same is not None:
            inputs.places[name] = same
        else:
            code = codes.INPUT_CHANGED if candidates else codes.INPUT_MISSING
            place = visible(candidates[0].path.as_posix()) if candidates else name
            inputs.problems.append(Diagnostic(code, Location(place), {"name": name}))
    return inputs


def _kept_in(name: str) -> Iterator[str]:
    """The names under which an input may be found: its own, and that of an archive or message it lay in."""
    *above, own = name.split("/")
    yield own
    yield from (part for part in above if PurePosixPath(part).suffix.lower() in CONTAINERS)


def _candidates(name: str, by_name: Mapping[str, Sequence[Path]]) -> Iterator[InputFile]:
    parts = name.split("/")
    for path in by_name.get(parts[-1], ()):
        yield InputFile(path, name)
    for count, part in enumerate(parts[:-1], 1):
        for path in by_name.get(part, ()):
            yield InputFile(path, name, "/".join(parts[count:]))


def _files_below(folder: Path, depth: int) -> Iterator[Path]:
    """Files of a folder; links, hidden folders and results of ours are not searched."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            yield folder / entry.name
        elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".") and depth < _DEEPEST:
            below = folder / entry.name
            if not is_result_folder(below):
                yield from _files_below(below, depth + 1)


def digest_of(file: InputFile) -> str:
    """SHA-256 of a file; empty where it cannot be read."""
    if file.member:
        data = read_file(file)
        return sha256(data) if isinstance(data, bytes) else ""
    try:
        return sha256_of(file.path)
    except OSError:
        return ""


def copy_input(file: InputFile, target: Path) -> None:
    """Copy a file, or the folder of an import of which it is the table of counts."""
    place = file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    if file.member:
        data = read_file(file)
        target.write_bytes(data if isinstance(data, bytes) else b"")
    elif place.name == TALLIES and visible(target.name) == visible(place.parent.name):
        shutil.copytree(place.parent, target)
    else:
        shutil.copyfile(place, target)
