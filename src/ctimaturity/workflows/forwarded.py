"""Workbooks that were forwarded together: archives and mail messages, looked into in the killable workers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import Allowance, forks, map_inputs
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.files.container import Unpacked
from ctimaturity.files.discovery import Discovery, InputFile, look_inside
from ctimaturity.files.limits import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class _Task:
    """One file for a worker."""

    file: InputFile
    limits: Limits


def unpacked(
    discovery: Discovery, jobs: int, limits: Limits = LIMITS, allowance: Allowance | None = None
) -> tuple[Discovery, dict[str, Diagnostic]]:
    """The files found, with the workbooks that lie in archives and mail messages in the place of these.

    A workbook in `archive.zip` is called `archive.zip/folder/book.xlsx`, as if the archive were a folder.

    Returns:
        What was found, and by name the files that cannot be opened, with the reason.
    """
    tasks = [_Task(file, limits) for file in discovery.files if file.may_contain]
    outcomes = map_inputs(_look_inside, tasks, jobs=jobs, allowance=allowance, apart=forks())
    found = dict(zip((task.file.name for task in tasks), outcomes, strict=True))
    refused: dict[str, Diagnostic] = {}
    notes = list(discovery.diagnostics)
    given = dict(discovery.given)
    files: list[InputFile] = []
    for file in discovery.files:
        outcome = found.get(file.name)
        if isinstance(outcome, Unpacked):
            for member in _members(file, outcome):
                given[member.name] = f"{given[file.name]}/{member.member}"
                files.append(member)
            for note in outcome.diagnostics:
                below = note.location.file
                at = "/".join(filter(None, (file.name, below)))
                given[at] = "/".join(filter(None, (given[file.name], below)))
                notes.append(note.in_file(at))
            continue
        if isinstance(outcome, Failure):
            outcome = outcome.finding(file.name)
        if outcome is not None:
            refused[file.name] = outcome
        files.append(file)
    ordered = sorted(files, key=lambda file: unicodedata.normalize("NFC", file.name))
    whole = replace(
        discovery, files=tuple(ordered), diagnostics=in_order(notes), given=MappingProxyType(given)
    )
    return whole, refused


def _members(file: InputFile, inside: Unpacked) -> Iterator[InputFile]:
    for name in inside.names:
        yield InputFile(file.path, f"{file.name}/{name}", name)


def _look_inside(task: _Task) -> Unpacked | Diagnostic | None:
    return look_inside(task.file, task.limits)
