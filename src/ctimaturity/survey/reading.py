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

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import Allowance, available_cores, map_inputs
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.refusal import Refusal
from ctimaturity.scoring.moments import SurveyFrame
from ctimaturity.survey.columns import Role
from ctimaturity.survey.encoding import in_plain_text
from ctimaturity.survey.header import Header, Shape
from ctimaturity.survey.part import Identities, Noted, PartResult, PartTask
from ctimaturity.survey.quality import QualityRules, Suspicion, repeats
from ctimaturity.survey.regrouping import summed
from ctimaturity.survey.source import header_reader
from ctimaturity.survey.sums import merged
from ctimaturity.survey.table import cut, is_workbook, read_bytes, text_layout
from ctimaturity.survey.worker import read_part, scan_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.questionnaire import Questionnaire

_Noted = dict[tuple[str, str], Noted]

_WORTH_CUTTING = 16 << 20
_FEWEST_PARTS = 4
"""Fewer inputs than that are not given to workers."""
_ALLOWANCE = Allowance(seconds=6 * 3600, memory=4 << 30)
_READ_AT_ONCE = 1 << 20
_IDENTIFYING = {Role.SUBMISSION, Role.RESPONDENT, Role.PERSON}


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

    digest: str
    header: Header
    result: PartResult | None = None
    line: int = 0
    problem: Diagnostic | None = None


@dataclass(frozen=True)
class _Plan:
    """A file and its parts."""

    digest: str = ""
    line: int = 0
    tasks: tuple[PartTask, ...] = ()
    identified: bool = False
    problem: Diagnostic | None = None


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
    with tempfile.TemporaryDirectory() as shelf:
        plans = [_plan(path, request, key, jobs, Path(shelf) / str(n)) for n, path in enumerate(paths)]
        plans = _with_repeats(plans, jobs)
        tasks = [task for plan in plans for task in plan.tasks]
        outcomes = iter(map_inputs(read_part, tasks, jobs=jobs, allowance=_ALLOWANCE, progress=progress))
        return tuple(
            _file(plan, [next(outcomes) for _ in plan.tasks], replace(request, jobs=jobs)) for plan in plans
        )


def _plan(path: Path, request: SurveyRequest, key: bytes, jobs: int, shelf: Path) -> _Plan:
    task = PartTask(path, None, request.questionnaire, request.rules, key)
    try:
        workbook = is_workbook(read_bytes(path, None, 16))
        digest = _digest(path)
        if workbook:
            return _Plan(digest, 0, (task,), identified=True)
        path = in_plain_text(path, shelf.with_suffix(".csv"))
        task = replace(task, path=path)
        layout = text_layout(path)
        header = header_reader(request.questionnaire).read(layout.names)
        large = header.shape is Shape.WIDE and path.stat().st_size > _WORTH_CUTTING
        pieces = max(jobs, _FEWEST_PARTS) if large and jobs > 1 else 1
        if large:
            shelf.mkdir()
            task = replace(task, shelf=shelf)
        tasks = tuple(replace(task, bounds=bounds) for bounds in cut(path, layout, pieces))
        identified = any(column.role in _IDENTIFYING for column in header.columns)
        return _Plan(digest, layout.line - 1, tasks, identified)
    except Refusal as refusal:
        return _Plan(problem=refusal.diagnostic)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while data := stream.read(_READ_AT_ONCE):
            found.update(data)
    return found.hexdigest()


def _with_repeats(plans: list[_Plan], jobs: int) -> list[_Plan]:
    """The plans with the rows that say again what an earlier row of any file said."""
    tasks = [task for plan in plans if plan.identified for task in plan.tasks]
    if not tasks:
        return plans
    outcomes = map_inputs(scan_part, tasks, jobs=jobs, allowance=_ALLOWANCE)
    nobody = Identities(np.zeros(0, np.uint64), np.zeros(0, np.uint64))
    scans = [nobody if isinstance(outcome, Failure) else outcome for outcome in outcomes]
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


def _file(
    plan: _Plan, outcomes: list[PartResult | Diagnostic | Failure], request: SurveyRequest
) -> ReadSurvey:
    """The parts of a file together."""
    results: list[PartResult] = []
    problem = plan.problem
    lines = plan.line
    for outcome in outcomes:
        if isinstance(outcome, PartResult):
            results.append(outcome)
            lines += outcome.lines
        elif problem is None:
            failed = Diagnostic(codes.SURVEY_READING_FAILED) if isinstance(outcome, Failure) else outcome
            problem = _moved(failed, lines)
    if problem is not None or not results:
        return ReadSurvey(plan.digest, Header(()), problem=problem)
    result = together(results)
    if not _all_summed(result, request):
        return ReadSurvey(plan.digest, Header(()), problem=Diagnostic(codes.SURVEY_READING_FAILED))
    header = header_reader(request.questionnaire).read(result.names)
    return ReadSurvey(plan.digest, header, result, plan.line)


def _all_summed(result: PartResult, request: SurveyRequest) -> bool:
    """Sum up the respondents that were put aside; False where a worker came to no end."""
    for name, runs in result.runs.items():
        if not runs:
            continue
        frame = SurveyFrame.of(request.questionnaire, request.questionnaire.measurement_by_id[name])
        sums = summed(frame, result.sums[name], runs, request.jobs or available_cores(), _ALLOWANCE)
        if sums is None:
            return False
        result.sums[name] = sums
    return True


def _moved(finding: Diagnostic, lines: int) -> Diagnostic:
    """A finding whose line counts from the begin of the file."""
    line = finding.location.line
    if line is None or not lines:
        return finding
    return replace(finding, location=replace(finding.location, line=line + lines))


def _noted(whole: PartResult, part: PartResult) -> Iterator[tuple[_Noted, _Noted]]:
    """What both note, kind by kind."""
    yield whole.unreadable, part.unreadable
    yield whole.segments, part.segments
    yield whole.strangers, part.strangers


def together(parts: Sequence[PartResult]) -> PartResult:
    """The parts of one file, which stand one after the other, as one."""
    if len(parts) == 1:
        parts[0].sums = {name: merged([sums]) for name, sums in parts[0].sums.items()}
        return parts[0]
    whole = PartResult(parts[0].names, parts[0].sheet)
    numbers: dict[str, int] = {}
    for part in parts:
        of_part = [numbers.setdefault(text, len(numbers)) for text in part.entities]
        for sums in part.sums.values():
            sums.groups = [(of_part[entity], segment) for entity, segment in sums.groups]
        for name, runs in part.runs.items():
            whole.runs.setdefault(name, []).extend(run.renumbered(of_part) for run in runs)
        for kind, noted in part.suspicious.items():
            known = whole.suspicious.setdefault((kind[0], of_part[kind[1]]), replace(noted, count=0))
            known.add(noted.count, noted.line + whole.lines)
        for ours, theirs in _noted(whole, part):
            for key, noted in theirs.items():
                ours.setdefault(key, replace(noted, count=0)).add(noted.count, noted.line + whole.lines)
        whole.diagnostics += [_moved(finding, whole.lines) for finding in part.diagnostics]
        whole.excluded += part.excluded
        whole.definitions += part.definitions
        whole.silent += part.silent
        whole.rows += part.rows
        whole.lines += part.lines
        whole.joint = whole.joint and part.joint
    whole.entities = list(numbers)
    whole.sums = {name: merged([part.sums[name] for part in parts]) for name in parts[0].sums}
    return whole
