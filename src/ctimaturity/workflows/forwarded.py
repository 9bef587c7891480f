"""Workbooks that were forwarded together: archives and mail messages, looked into in the killable workers."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from types import MappingProxyType

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import Allowance, forks, map_inputs
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.files.container import Unpacked
from ctimaturity.files.discovery import Discovery, InputFile, look_inside
from ctimaturity.files.limits import LIMITS, Limits


def unpacked(
    discovery: Discovery, jobs: int, limits: Limits = LIMITS, allowance: Allowance | None = None
) -> tuple[Discovery, dict[str, Diagnostic]]:
    """The files found, with the workbooks that lie in archives and mail messages in the place of these.

    A workbook in `archive.zip` is called `archive.zip/folder/book.xlsx`, as if the archive were a folder.

    Returns:
        What was found, and by name the files that cannot be opened, with the reason.
    """
    tasks = [(file, limits) for file in discovery.files if file.may_contain]
    outcomes = map_inputs(_look_inside, tasks, jobs=jobs, allowance=allowance, apart=forks())
    contents = dict(zip((file.name for file, _ in tasks), outcomes, strict=True))
    refused: dict[str, Diagnostic] = {}
    notes = list(discovery.diagnostics)
    given = dict(discovery.given)
    files: list[InputFile] = []
    for file in discovery.files:
        outcome = contents.get(file.name)
        if isinstance(outcome, Unpacked):
            for member in outcome.names:
                name = f"{file.name}/{member}"
                given[name] = f"{given[file.name]}/{member}"
                files.append(InputFile(file.path, name, member))
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


def _look_inside(task: tuple[InputFile, Limits]) -> Unpacked | Diagnostic | None:
    return look_inside(*task)
