"""What goes out after a validation: annotated copies, letters, the sheet for a reviewer."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import Allowance, available_cores, map_inputs
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.atomic import kept, write_file
from ctimaturity.files.csv import table_bytes
from ctimaturity.files.discovery import read_file
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.language.findings import wording
from ctimaturity.results.folder import new_folder
from ctimaturity.workbook.annotate import AnnotatedFinding, annotated_copy
from ctimaturity.workbook.review import review_bytes, review_header, review_lines
from ctimaturity.workflows.letters import Correspondence, letters_of, write_letters
from ctimaturity.workflows.options import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.files.discovery import InputFile
    from ctimaturity.workflows.identification import ReadFile
    from ctimaturity.workflows.validate import Validation


@dataclass(frozen=True)
class Replies:
    """What is to be written.

    Attributes:
        annotate: Folder of annotated copies; None writes none.
        letters: Folder of letters; new, empty or an earlier one of letters; None writes none.
        review: File of the sheet that a reviewer fills; None writes none.
        about: How letters are written, and the language of all.
        jobs: How many copies are made at once.
        limits: What a workbook may ask for, where not the usual: each `NAME=NUMBER`.
    """

    annotate: Path | None = None
    letters: Path | None = None
    review: Path | None = None
    about: Correspondence = field(default_factory=Correspondence)
    jobs: int | None = None
    limits: tuple[str, ...] = ()


def write_replies(validation: Validation, replies: Replies) -> tuple[Diagnostic, ...]:
    """Write what is asked for.

    Returns:
        A finding for each workbook of which no annotated copy could be made.

    Raises:
        JobError: Something cannot be written, or the theme is broken.
    """
    not_made: tuple[Diagnostic, ...] = ()
    language, files, told = replies.about.language, validation.files, validation.diagnostics
    if replies.annotate is not None:
        limits = bounds(replies.limits).limits
        not_made = annotate(replies.annotate, files, told, language, replies.jobs, limits)
    if replies.letters is not None:
        letters = letters_of(validation.united, files, told, language)
        titles = [definition.title for definition, _ in validation.united]
        with new_folder(replies.letters, "letters", {"language": language}) as folder:
            write_letters(folder, letters, titles[0] if len(titles) == 1 else None, replies.about)
    if replies.review is not None:
        _write_review(replies.review, validation, language)
    return not_made


def _write_review(path: Path, validation: Validation, language: str) -> None:
    """Write the sheet that a reviewer fills: CSV where the name says so, else a workbook.

    Raises:
        JobError: It cannot be written.
    """
    lines = (
        line
        for definition, answers in validation.united
        for line in review_lines(definition, list(answers.values()), language)
    )
    make = table_bytes if path.suffix.lower() == ".csv" else review_bytes
    write_file(path, make(review_header(language), lines))


_ALLOWANCE = Allowance(seconds=30.0)
"""A copy is made in a second; what takes longer was made to take long, and only costs its copy."""
# Office refuses a workbook without macros under the ending of one with them.
_MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xltx"})


@dataclass(frozen=True, slots=True)
class _CopyTask:
    """One workbook for a worker."""

    file: InputFile
    digest: str
    target: Path
    remarks: tuple[AnnotatedFinding, ...]
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
    remarks: dict[str, list[AnnotatedFinding]] = {}
    for finding in diagnostics:
        remarks.setdefault(finding.location.file, []).append(_remark(finding, language))
    tasks = [
        _CopyTask(
            file.source, file.digest, targets[file.name], tuple(remarks.get(file.name, ())), language, limits
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


def _remark(finding: Diagnostic, language: str) -> AnnotatedFinding:
    words, place = wording(finding, language), finding.location
    return AnnotatedFinding(
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
