"""Annotated copies of returned workbooks, each made in a process that may be stopped."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import Allowance, available_cores, map_inputs
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.atomic import kept, write_file
from ctimaturity.files.discovery import read_file
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.language.findings import wording
from ctimaturity.workbook.annotate import Remark, annotated_copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.files.discovery import InputFile
    from ctimaturity.workflows.identification import ReadFile

_ALLOWANCE = Allowance(seconds=30.0)
_MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xltx"})


@dataclass(frozen=True, slots=True)
class _CopyTask:
    """One workbook for a worker."""

    file: InputFile
    digest: str
    target: Path
    remarks: tuple[Remark, ...]
    language: str
    limits: Limits


def annotate(
    folder: Path,
    files: Sequence[ReadFile],
    diagnostics: Sequence[Diagnostic],
    language: str,
    jobs: int | None = None,
    limits: Limits = LIMITS,
) -> tuple[Diagnostic, ...]:
    """Write an annotated copy of every workbook whose answers could be looked at.

    Args:
        folder: Where copies go, under the names of their originals; earlier copies are replaced.
        files: What was read; copies that are the same byte for byte count once.
        diagnostics: All findings.
        language: Of the sheet of findings.
        jobs: How many are made at once.
        limits: The bounds under which the files were read.

    Returns:
        A finding for each workbook of which no copy could be made.

    Raises:
        JobError: A copy would take the place of a workbook, or cannot be written.
    """
    opened = [file for file in files if file.returned is not None and file.definition is not None]
    originals = {Path(file.given).resolve() for file in files}
    targets = {file.name: folder / _copy_name(file.name) for file in opened}
    over = [
        Diagnostic(codes.COPY_OVER_ORIGINAL, Location(file=file.given))
        for file in opened
        if targets[file.name].resolve() in originals
    ]
    if over:
        raise JobError(over)
    by_file: dict[str, list[Remark]] = {}
    for finding in diagnostics:
        by_file.setdefault(finding.location.file, []).append(_remark(finding, language))
    tasks = [
        _CopyTask(
            file.source,
            file.digest,
            targets[file.name],
            tuple(by_file.get(file.name, ())),
            language,
            limits,
        )
        for file in opened
        if file.source is not None
    ]
    begun = time.time_ns()
    try:
        outcomes = map_inputs(
            _write_copy, tasks, jobs=jobs or available_cores(), allowance=_ALLOWANCE, apart=True
        )
    except KeyboardInterrupt:
        kept.extend(target for target in targets.values() if _written_since(target, begun))
        raise
    unwritten = [problem for outcome in outcomes if isinstance(outcome, tuple) for problem in outcome]
    if unwritten:
        raise JobError(unwritten)
    return tuple(
        Diagnostic(codes.COPY_NOT_MADE, Location(file=task.file.name))
        for task, outcome in zip(tasks, outcomes, strict=True)
        if isinstance(outcome, Failure) or outcome is False
    )


def _written_since(path: Path, begun: int) -> bool:
    """Whether one of the other processes has put a file there."""
    try:
        return path.stat().st_mtime_ns >= begun
    except OSError:
        return False


def _copy_name(name: str) -> str:
    """The name of a copy: the original's; macros do not go along, so neither does their ending."""
    path = PurePosixPath(*(part for part in name.split("/") if part not in {"", ".", ".."}))
    return str(path.with_suffix(".xlsx") if path.suffix.lower() in _MACRO_ENDINGS else path)


def _remark(finding: Diagnostic, language: str) -> Remark:
    words, place = wording(finding, language), finding.location
    return Remark(
        finding.severity, finding.code.id, words.message, words.hint, place.sheet, place.cell, finding.value
    )


def _write_copy(task: _CopyTask) -> bool | tuple[Diagnostic, ...]:
    """Make and write one copy; False where there is none, findings where it could not be written."""
    data = read_file(task.file, task.limits)
    if isinstance(data, Diagnostic) or hashlib.sha256(data).hexdigest() != task.digest:
        return False
    copy = annotated_copy(data, task.remarks, task.language, task.limits)
    if copy is None:
        return False
    try:
        write_file(task.target, copy)
    except JobError as error:
        return error.diagnostics
    return True
