"""Exports of a survey, read side by side and in parts, and put together file by file."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import Allowance, available_cores, map_inputs
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.limits import Refusal
from ctimaturity.survey.answer_rows import CountReading, LongReading
from ctimaturity.survey.columns import Role
from ctimaturity.survey.export import ExportPart, header_reader, is_workbook
from ctimaturity.survey.gathering import summed
from ctimaturity.survey.header import Header, Shape
from ctimaturity.survey.lookup import survey_frames
from ctimaturity.survey.part import Identities, PartResult, PartTask, moved, together
from ctimaturity.survey.quality import QualityRules, Suspicion, identity_hashes, person_hashes, repeats
from ctimaturity.survey.text_table import cut, in_plain_text, text_layout
from ctimaturity.survey.wide import WideReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.questionnaire import Questionnaire

_WORTH_CUTTING = 16 << 20
"""Bytes; smaller files are read before a second worker has started."""
_FEWEST_PARTS = 4
"""Fewer inputs than that are not given to workers."""
_ALLOWANCE = Allowance(seconds=6 * 3600, memory=4 << 30)
"""For a part of millions of respondents on a slow machine."""
_IDENTIFYING = {Role.SUBMISSION, Role.RESPONDENT, Role.PERSON}
_READINGS: dict[Shape, type[WideReading | LongReading | CountReading]] = {
    Shape.WIDE: WideReading,
    Shape.LONG: LongReading,
    Shape.COUNTS: CountReading,
    Shape.COUNT_TABLE: CountReading,
}
_NOBODY = Identities(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


@dataclass(frozen=True)
class SurveyRequest:
    """How exports are read.

    Attributes:
        questionnaire: What they answer.
        rules: What stands out, and what is left out.
        jobs: Processes; None for as many as there are cores.
    """

    questionnaire: Questionnaire
    rules: QualityRules = field(default_factory=QualityRules)
    jobs: int | None = None


@dataclass(frozen=True)
class ReadSurvey:
    """A file that was read.

    Attributes:
        digest: SHA-256 of its bytes; empty when they could not be read.
        header: Its columns.
        result: What it says; None when it cannot be read.
        line: The line before its first row, in a text.
        problem: Why it cannot be read.
    """

    digest: str = ""
    header: Header = field(default_factory=Header)
    result: PartResult | None = None
    line: int = 0
    problem: Diagnostic | None = None


@dataclass(frozen=True)
class _Plan:
    """A file and its parts; `identified` where something may tell who answered."""

    survey: ReadSurvey
    tasks: tuple[PartTask, ...] = ()
    identified: bool = False


def read_surveys(
    paths: Sequence[Path], request: SurveyRequest, progress: Progress | None = None
) -> tuple[ReadSurvey, ...]:
    """Read exports; one bad file never stops the others.

    Args:
        paths: The files; the order decides which of two equal submissions is the first.
        request: How.
        progress: Called with how many parts are read and how many there are.

    Returns:
        One for each file, in the same order.
    """
    jobs = request.jobs or available_cores()
    key = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory() as folder:
        plans = [_plan(path, request, key, jobs, Path(folder) / str(n)) for n, path in enumerate(paths)]
        plans = _with_repeats(plans, jobs)
        tasks = [task for plan in plans for task in plan.tasks]
        outcomes = iter(map_inputs(read_part, tasks, jobs=jobs, allowance=_ALLOWANCE, progress=progress))
        return tuple(
            _read_survey(plan, [next(outcomes) for _ in plan.tasks], request.questionnaire, jobs)
            for plan in plans
        )


def _plan(path: Path, request: SurveyRequest, key: bytes, jobs: int, folder: Path) -> _Plan:
    task = PartTask(path, None, request.questionnaire, request.rules, key)
    try:
        workbook = is_workbook(path)
        digest = _digest(path)
        if workbook:
            return _Plan(ReadSurvey(digest), (task,), identified=True)
        path = in_plain_text(path, folder.with_suffix(".csv"))
        task = replace(task, path=path)
        layout = text_layout(path)
        header = header_reader(request.questionnaire).read(layout.names)
        large = header.shape is Shape.WIDE and path.stat().st_size > _WORTH_CUTTING
        pieces = max(jobs, _FEWEST_PARTS) if large and jobs > 1 else 1
        if large:
            folder.mkdir()
            task = replace(task, folder=folder)
        tasks = tuple(replace(task, bounds=bounds) for bounds in cut(path, layout, pieces))
        identified = any(column.role in _IDENTIFYING for column in header.columns)
        return _Plan(ReadSurvey(digest, line=layout.line - 1), tasks, identified)
    except Refusal as refusal:
        return _Plan(ReadSurvey(problem=refusal.diagnostic))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _with_repeats(plans: list[_Plan], jobs: int) -> list[_Plan]:
    """The plans with the rows that say again what an earlier row of any file said."""
    tasks = [task for plan in plans if plan.identified for task in plan.tasks]
    if not tasks:
        return plans
    outcomes = map_inputs(scan_part, tasks, jobs=jobs, allowance=_ALLOWANCE)
    scans = [_NOBODY if isinstance(outcome, Failure) else outcome for outcome in outcomes]
    submissions = repeats(np.concatenate([scan.submissions for scan in scans]))
    people = repeats(np.concatenate([scan.people for scan in scans])) & ~submissions
    starts = np.cumsum([0, *(len(scan.submissions) for scan in scans)]).tolist()
    repeated = iter(
        {
            Suspicion.SUBMISSION: np.flatnonzero(submissions[start:end]),
            Suspicion.PERSON: np.flatnonzero(people[start:end]),
        }
        for start, end in pairwise(starts)
    )
    return [
        replace(plan, tasks=tuple(replace(task, repeated=next(repeated)) for task in plan.tasks))
        if plan.identified
        else plan
        for plan in plans
    ]


def _read_survey(
    plan: _Plan,
    outcomes: list[PartResult | Diagnostic | Failure],
    questionnaire: Questionnaire,
    jobs: int,
) -> ReadSurvey:
    """The parts of a file together."""
    results: list[PartResult] = []
    survey = plan.survey
    problem, lines = survey.problem, survey.line
    for outcome in outcomes:
        if isinstance(outcome, PartResult):
            results.append(outcome)
            lines += outcome.lines
        elif problem is None:
            failed = Diagnostic(codes.SURVEY_READING_FAILED) if isinstance(outcome, Failure) else outcome
            problem = moved(failed, lines)
    if problem is not None or not results:
        return replace(survey, problem=problem)
    result = together(results)
    if not _all_summed(result, questionnaire, jobs):
        return replace(survey, problem=Diagnostic(codes.SURVEY_READING_FAILED))
    return replace(survey, header=header_reader(questionnaire).read(result.names), result=result)


def _all_summed(result: PartResult, questionnaire: Questionnaire, jobs: int) -> bool:
    """Sum up the respondents that were put aside; False where a worker came to no end."""
    for name, frame in survey_frames(questionnaire).items():
        if result.aside.get(name):
            sums = summed(frame, result.sums[name], result.aside[name], jobs, _ALLOWANCE)
            if sums is None:
                return False
            result.sums[name] = sums
    return True


def read_part(task: PartTask) -> PartResult | Diagnostic:
    """Count what a part says; a finding where it cannot be read."""
    try:
        export = ExportPart(task)
        kind = _READINGS.get(export.header.shape)
        if kind is None:
            return PartResult(export.table.names, export.table.sheet)
        reading = kind(task, export)
        # Several processes share the cores; threads of the matrix library would only get in their way.
        with threadpool_limits(limits=1, user_api="blas"):
            for block in export.table:
                reading.take(block)
            return reading.finished()
    except Refusal as refusal:
        return refusal.diagnostic


def scan_part(task: PartTask) -> Identities:
    """Tell who answered, without telling anybody: only keyed hashes leave the worker.

    What cannot be read is found when the part is counted.
    """
    submissions, people = [_NOBODY.submissions], [_NOBODY.people]
    try:
        export = ExportPart(task)
        header = export.header
        submission, local = header.first(Role.SUBMISSION), header.first(Role.RESPONDENT)
        for block in export.table if header.shape is Shape.WIDE else ():
            entities = header.texts(block, Role.ENTITY)
            hashes = persons = np.zeros(block.rows, dtype=np.uint64)
            if submission is not None:
                hashes = identity_hashes(block.texts(submission), [""] * block.rows, task.key)
            elif local is not None:
                # Programs number respondents from 1 on: such a number tells nobody in another file.
                inside = [f"{task.path}\0{entity}" for entity in entities]
                hashes = identity_hashes(block.texts(local), inside, task.key)
            submissions.append(hashes)
            for column in header.all(Role.PERSON):
                told = person_hashes(block.texts(column), entities, task.key)
                persons = np.where(persons == 0, told, persons)
            people.append(persons)
    except Refusal:
        return _NOBODY
    return Identities(np.concatenate(submissions), np.concatenate(people))
