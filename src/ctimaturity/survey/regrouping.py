"""Respondents that were put aside, read back group by group and summed up on the cores at hand."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from ctimaturity.batch.failure import Failure
from ctimaturity.batch.pool import map_inputs
from ctimaturity.survey.sums import Packing, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from io import FileIO

    from numpy.typing import NDArray

    from ctimaturity.batch.pool import Allowance
    from ctimaturity.scoring.moments import SurveyFrame
    from ctimaturity.survey.runs import Group, Run
    from ctimaturity.survey.sums import PackedSums

_TASKS_A_JOB = 4


Stretch = tuple[Path, int, int]
"""A file, the first row and how many."""


@dataclass(frozen=True)
class _SumTask:
    """Groups that a worker sums up.

    Attributes:
        frame: What the marks stand for.
        stretches: Where the respondents of each group stand.
        out: Where the sums of products go, if they are many.
    """

    frame: SurveyFrame
    stretches: Mapping[Group, Sequence[Stretch]]
    out: Path


def summed(
    frame: SurveyFrame, known: PackedSums, runs: Sequence[Run], jobs: int, allowance: Allowance
) -> PackedSums | None:
    """The sums of respondents that were put aside, and of those that were not.

    Args:
        frame: What the marks stand for.
        known: The sums of the others.
        runs: The respondents.
        jobs: Processes.
        allowance: What each may cost.

    Returns:
        The sums; None where a worker came to no end.
    """
    stretches: dict[Group, list[Stretch]] = {}
    for run in runs:
        for group, (start, end) in zip(run.groups, pairwise([0, *run.ends]), strict=True):
            stretches.setdefault(group, []).append((run.file, run.first + start, end - start))
    tasks = [
        _SumTask(
            frame, {group: stretches[group] for group in groups}, runs[0].file.with_suffix(f".{number}.npy")
        )
        for number, groups in enumerate(_shared_out(stretches, jobs * _TASKS_A_JOB))
    ]
    outcomes = map_inputs(_summed, tasks, jobs=jobs, allowance=allowance)
    found = [outcome for outcome in outcomes if not isinstance(outcome, Failure)]
    return merged([known, *found]) if len(found) == len(outcomes) else None


def _shared_out(stretches: Mapping[Group, Iterable[Stretch]], shares: int) -> Iterator[list[Group]]:
    """The groups in about so many shares of about as many respondents."""
    groups = sorted(stretches)
    people = np.cumsum([_people(stretches[group]) for group in groups])
    shared = (people - 1) * shares // people[-1]
    starts = [0, *(np.flatnonzero(np.diff(shared)) + 1).tolist(), len(groups)]
    return (groups[start:end] for start, end in pairwise(starts))


def _summed(task: _SumTask) -> PackedSums:
    """Sum up groups, one after the other."""
    groups = list(task.stretches)
    packing = Packing(task.frame, max(map(_people, task.stretches.values())))
    sums = packing.room(groups, len(groups))
    files: dict[Path, FileIO] = {}
    with ExitStack() as opened, threadpool_limits(limits=1, user_api="blas"):
        for row, stretches in enumerate(task.stretches.values()):
            for file, _, _ in stretches:
                if file not in files:
                    files[file] = opened.enter_context(file.open("rb", buffering=0))
            size = task.frame.size
            marks = np.concatenate(
                [_marks(files[file], first, count, size) for file, first, count in stretches]
            )
            packing.add(sums, row, marks)
    sums.keep(task.out)
    return sums


def _people(stretches: Iterable[Stretch]) -> int:
    return sum(count for _, _, count in stretches)


def _marks(stream: FileIO, first: int, count: int, size: int) -> NDArray[np.int8]:
    """Marks of a stretch of a file; shape (count, size)."""
    stream.seek(first * size)
    return np.frombuffer(stream.read(count * size), dtype=np.int8).reshape(count, size)
