"""Returned workbooks, each read on its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.batch.pool import available_cores, forks, map_inputs
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.discovery import Discovery, InputFile, discover, read_file
from ctimaturity.files.installation import data_folder
from ctimaturity.workbook.copies import NOBODY
from ctimaturity.workbook.reader import read_returned
from ctimaturity.workflows.definition_search import DefinitionSearch
from ctimaturity.workflows.forwarded import unpacked
from ctimaturity.workflows.identification import Identification, ReadFile
from ctimaturity.workflows.options import ReadingOptions, bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.batch.pool import Progress
    from ctimaturity.indicators.register import EntityRegister
    from ctimaturity.workbook.identity import FoundDefinition, Identity
    from ctimaturity.workbook.returned import ReturnedWorkbook


@dataclass(frozen=True, slots=True)
class _ReadingTask:
    """One file for a worker."""

    file: InputFile
    options: ReadingOptions
    unopened: Diagnostic | None = None


def read_files(
    paths: Sequence[Path],
    options: ReadingOptions,
    register: EntityRegister,
    progress: Progress | None = None,
) -> tuple[tuple[ReadFile, ...], tuple[Diagnostic, ...]]:
    """Read every file on its own, and tell who each is from.

    Returns:
        The files in order of their names, and the findings that belong to none of them.

    Raises:
        JobError: A path is missing, there is no file at all, `keep` names none of them, there is
            no such definition as was asked for, or no such limit; the list of entities has mistakes.
    """
    allowed = bounds(options.limits)
    jobs = options.jobs or available_cores()
    discovery, unopened = unpacked(
        _without_lists(discover(paths), options), jobs, allowed.limits, allowed.allowance
    )
    _require_files(discovery, options)
    _search.cache_clear()  # a definition may have been edited since the last run
    search = definition_search(options)
    tasks = [_ReadingTask(file, options, unopened.get(file.name)) for file in discovery.files]
    # In a worker even if there is one file only, where that costs little: it may be anyone's.
    outcomes = map_inputs(
        _read_task, tasks, jobs=jobs, allowance=allowed.allowance, progress=progress, apart=forks()
    )
    _require_working_tool(outcomes)
    contents = [
        _Content(diagnostics=(outcome.finding(file.name),)) if isinstance(outcome, Failure) else outcome
        for file, outcome in zip(discovery.files, outcomes, strict=True)
    ]
    definitions = [
        search.by_digest(content.definition) if content.definition else None for content in contents
    ]
    usual = search.asked or next(filter(None, definitions), None)
    identification = Identification(register, usual, _kept_name(options.keep or "", discovery))
    files: list[ReadFile] = []
    seen: dict[str, str] = {}
    for file, content, definition in zip(discovery.files, contents, definitions, strict=True):
        read = ReadFile(file.name, discovery.given[file.name], file, content.digest)
        if content.digest in seen:
            other = seen[content.digest]
            note = Diagnostic(codes.IDENTICAL_COPY, Location(file=file.name), {"other": other})
            files.append(replace(read, copy_of=other, diagnostics=(note,)))
            continue
        if content.digest:
            seen[content.digest] = file.name
        read = replace(
            read, returned=content.returned, definition=definition, diagnostics=content.diagnostics
        )
        files.append(identification.of(read))
    return tuple(files), (*discovery.diagnostics, *identification.known(None).listed.diagnostics)


def _require_working_tool(outcomes: Sequence[_Content | Failure]) -> None:
    """Tell a tool that can read no file from files that cannot be read, where no file was.

    Raises:
        JobError: The bundled example, which is known to be good, fails too.
    """
    failed = any(isinstance(outcome, Failure) for outcome in outcomes)
    if not failed or any(isinstance(outcome, _Content) and outcome.returned for outcome in outcomes):
        return
    path = data_folder("examples") / "workbooks" / "EJ-01.xlsx"
    known = _ReadingTask(InputFile(path, path.name), ReadingOptions())
    (outcome,) = map_inputs(_read_task, [known], jobs=1, apart=forks())
    if isinstance(outcome, Failure):
        code = codes.TOOL_BROKEN if outcome.kind is FailureKind.RAISED else codes.NOT_EVEN_THE_EXAMPLE
        raise JobError([Diagnostic(code, parameters={"reason": outcome.detail})])


def _without_lists(discovery: Discovery, options: ReadingOptions) -> Discovery:
    """The list of entities, rulings, ranges and statistics may lie among the workbooks; they are none."""
    others = (options.entities, options.rulings, options.reference, options.statistics)
    beside = {path.resolve() for path in others if path is not None}
    if not beside:
        return discovery
    files = tuple(file for file in discovery.files if file.path.resolve() not in beside)
    return replace(discovery, files=files)


def _require_files(discovery: Discovery, options: ReadingOptions) -> None:
    missing = [
        finding.in_file(discovery.given[finding.location.file])
        for finding in discovery.diagnostics
        if finding.code is codes.PATH_MISSING
    ]
    if missing:
        raise JobError(missing)
    if not discovery.files:
        raise JobError([*discovery.diagnostics, Diagnostic(codes.NO_WORKBOOK)], discovery.given)
    keep = options.keep
    if keep and keep != NOBODY and not (_kept_name(keep, discovery) or _is_survey(keep, options)):
        raise JobError([Diagnostic(codes.KEEP_UNKNOWN, Location(file=keep))])


def _is_survey(keep: str, options: ReadingOptions) -> bool:
    """Whether `--keep` names one of the survey files, or the statistics."""
    given = {options.statistics} if options.statistics else set()
    given |= {Path(text.rpartition("=")[2]) for text in options.surveys} | set(map(Path, options.surveys))
    return any(keep == path.name or Path(keep).resolve() == path.resolve() for path in given)


def _kept_name(keep: str, discovery: Discovery) -> str:
    """The name of the file given with `--keep`, as findings have it; empty when there is none."""
    wanted = Path(keep)
    for file in discovery.files:
        if keep == file.name or wanted.resolve() == Path(discovery.given[file.name]).resolve():
            return file.name
    return ""


def definition_search(options: ReadingOptions) -> DefinitionSearch:
    """The definitions that workbooks may follow, loaded once in each process."""
    asked = options.questionnaire
    named = (Path(asked),) if asked and Path(asked).exists() else ()
    return _search((*named, *options.definitions), asked)


@cache
def _search(given: tuple[Path, ...], asked: str | None) -> DefinitionSearch:
    library = Library(given=given)
    if not asked:
        return DefinitionSearch(library)
    # Outputs name no folder of this machine.
    shown = Path(asked).name if Path(asked).is_absolute() else asked
    return DefinitionSearch(library, library.find(asked), shown)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a worker sends back: small, so the definition goes by its hash."""

    digest: str = ""
    returned: ReturnedWorkbook | None = None
    definition: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def _read_task(task: _ReadingTask) -> _Content:
    """Read one file, in whatever process."""
    options, limits = task.options, bounds(task.options.limits).limits
    data = read_file(task.file, limits)
    if isinstance(data, Diagnostic):
        return _Content(diagnostics=(data,))
    digest = hashlib.sha256(data).hexdigest()
    if task.unopened is not None:
        return _Content(digest, diagnostics=(task.unopened,))
    search = definition_search(options)
    followed = ""

    def find(identity: Identity) -> FoundDefinition:
        nonlocal followed
        found = search.find(identity)
        followed = search.digest(found.questionnaire) if found.questionnaire else ""
        return found

    returned = read_returned(
        task.file.name, data, find, options.round_label, with_marks=options.with_marks, limits=limits
    )
    return _Content(digest, returned, followed, returned.diagnostics)
