"""Returned workbooks, each read on its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.batch.pool import available_cores, forks, map_inputs
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.discovery import Discovery, InputFile, discover, read_file
from ctimaturity.files.installation import data_folder
from ctimaturity.files.limits import Limits
from ctimaturity.survey.quality import QualityRules
from ctimaturity.workbook.copies import NOBODY
from ctimaturity.workbook.reader import read_returned
from ctimaturity.workflows.bounds import bounds
from ctimaturity.workflows.definition_search import DefinitionSearch
from ctimaturity.workflows.forwarded import unpacked
from ctimaturity.workflows.identification import Identification

if TYPE_CHECKING:
    from ctimaturity.indicators.register import EntityRegister
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.identity import FoundDefinition, Identity
    from ctimaturity.workbook.returned import ReturnedWorkbook

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What may be said about how workbooks are read.

    Attributes:
        questionnaire: `id@edition` or a path; None takes what the workbooks say.
        entities: A list of entities, or None.
        keep: The file whose values win, `none`, or None.
        round_label: Name of the round.
        jobs: Files read at once; as many as there are cores.
        language: Of names of measurements in findings.
        definitions: Folders or files of definitions that workbooks may be made from, beside the bundled ones.
        with_marks: Keep what each respondent answered, to make a workbook of it again.
        previous: Result folder of the round before, to compare answers with.
        rulings: File with a reviewer's rulings.
        surveys: Survey files, each `FILE` or `CODE=FILE`.
        survey_rules: Who of them stands out, and who is left out.
        reference: File with the reference ranges of indicators, which is no workbook.
        statistics: Table of official statistics that fill what was left blank.
        limits: What a workbook may ask for, where not the usual: each `NAME=NUMBER` (`bounds`).
    """

    questionnaire: str | None = None
    entities: Path | None = None
    keep: str | None = None
    round_label: str = ""
    jobs: int | None = None
    language: str = "es"
    definitions: tuple[Path, ...] = ()
    with_marks: bool = False
    previous: Path | None = None
    rulings: Path | None = None
    surveys: tuple[str, ...] = ()
    survey_rules: QualityRules = field(default_factory=QualityRules)
    reference: Path | None = None
    statistics: Path | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """A file that was read.

    Attributes:
        name: What outputs call it.
        given: Its path as the user gave it.
        source: Where its bytes are.
        digest: SHA-256 of its bytes; empty when they could not be read.
        returned: What it says; None when it is no workbook that can be read.
        definition: Its definition; None when it has none that is known.
        entity: Who it is from; None when nobody can tell, or it is held apart.
        likely: Whom to ask where there is no entity.
        held: It says that it is from two, or is of another round: it counts for nobody.
        copy_of: The name of the file that it is the same as, byte for byte.
        diagnostics: Every finding on it, in order.
    """

    name: str
    given: str = ""
    source: InputFile | None = None
    digest: str = ""
    returned: ReturnedWorkbook | None = None
    definition: Questionnaire | None = None
    entity: Entity | None = None
    likely: Entity | None = None
    held: bool = False
    copy_of: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something in it cannot be read for certain."""
        return not self.copy_of and (self.definition is None or has_errors(self.diagnostics))


@dataclass(frozen=True, slots=True)
class _Task:
    """One file for a worker."""

    file: InputFile
    given: tuple[Path, ...]
    asked: str | None
    round_label: str
    with_marks: bool
    limits: Limits
    unopened: Diagnostic | None


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
    definition_search.cache_clear()  # a definition may have been edited since the last run
    given = given_definitions(options)
    search = definition_search(given, options.questionnaire)
    tasks = [
        _Task(
            file,
            given,
            options.questionnaire,
            options.round_label,
            options.with_marks,
            allowed.limits,
            unopened.get(file.name),
        )
        for file in discovery.files
    ]
    # In a worker even if there is one file only, where that costs little: it may be anyone's.
    outcomes = map_inputs(
        _read_task, tasks, jobs=jobs, allowance=allowed.allowance, progress=progress, apart=forks()
    )
    _require_working_tool(tasks, outcomes)
    read_ones = [
        _Outcome(diagnostics=(outcome.finding(task.file.name),)) if isinstance(outcome, Failure) else outcome
        for task, outcome in zip(tasks, outcomes, strict=True)
    ]
    known = (search.by_digest(read.definition) for read in read_ones if read.definition)
    usual = search.asked or next(known, None)
    identification = Identification(register, usual, _kept_name(options.keep or "", discovery))
    files: list[ReadFile] = []
    seen: dict[str, str] = {}
    for task, read in zip(tasks, read_ones, strict=True):
        name, given_as = task.file.name, discovery.given[task.file.name]
        if read.digest in seen:
            about = {"other": seen[read.digest]}
            note = Diagnostic(codes.IDENTICAL_COPY, Location(file=name), about)
            copy = ReadFile(
                name, given_as, task.file, read.digest, copy_of=seen[read.digest], diagnostics=(note,)
            )
            files.append(copy)
            continue
        if read.digest:
            seen[read.digest] = name
        definition = search.by_digest(read.definition) if read.definition else None
        file = ReadFile(
            name, given_as, task.file, read.digest, read.returned, definition, diagnostics=read.diagnostics
        )
        files.append(identification.of(file))
    return tuple(files), (*discovery.diagnostics, *identification.known(None).listed.diagnostics)


def _require_working_tool(tasks: Sequence[_Task], outcomes: Sequence[_Outcome | Failure]) -> None:
    """Tell a tool that can read no file from files that cannot be read, where no file was.

    Raises:
        JobError: The bundled example, which is known to be good, fails too.
    """
    failed = any(isinstance(outcome, Failure) for outcome in outcomes)
    if not failed or any(isinstance(outcome, _Outcome) and outcome.returned for outcome in outcomes):
        return
    path = data_folder("examples") / "workbooks" / "EJ-01.xlsx"
    known = replace(tasks[0], file=InputFile(path, path.name), given=(), asked=None, limits=Limits())
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


def given_definitions(options: ReadingOptions) -> tuple[Path, ...]:
    """The definitions that the user gives as paths."""
    asked = options.questionnaire
    named = (Path(asked),) if asked and Path(asked).exists() else ()
    return (*named, *options.definitions)


@cache
def definition_search(given: tuple[Path, ...], asked: str | None) -> DefinitionSearch:
    """The definitions, loaded once in each process."""
    library = Library(given=given)
    if not asked:
        return DefinitionSearch(library)
    # Outputs name no folder of this machine.
    shown = Path(asked).name if Path(asked).is_absolute() else asked
    return DefinitionSearch(library, library.find(asked), shown)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a worker sends back: small, so the definition goes by its hash."""

    digest: str = ""
    returned: ReturnedWorkbook | None = None
    definition: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def _read_task(task: _Task) -> _Outcome:
    """Read one file, in whatever process."""
    data = read_file(task.file, task.limits)
    if isinstance(data, Diagnostic):
        return _Outcome(diagnostics=(data,))
    if task.unopened is not None:
        return _Outcome(hashlib.sha256(data).hexdigest(), diagnostics=(task.unopened,))
    search = definition_search(task.given, task.asked)
    followed = ""

    def find(identity: Identity) -> FoundDefinition:
        nonlocal followed
        found = search.find(identity)
        followed = search.digest(found.questionnaire) if found.questionnaire else ""
        return found

    returned = read_returned(
        task.file.name, data, find, task.round_label, with_marks=task.with_marks, limits=task.limits
    )
    digest = hashlib.sha256(data).hexdigest()
    return _Outcome(digest, returned, followed, returned.diagnostics)
