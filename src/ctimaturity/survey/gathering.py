"""Respondents of many entities and segments gathered into sums, block by block.

Sums of many groups are far larger than the answers they are made of: a worker that kept them for every
entity would need hundreds of megabytes, and all of them would have to be added up again at the end. So
respondents of many groups are put aside in files, sorted by group, and each group is summed up once and
alone when all have come.
"""

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
    from ctimaturity.survey.sums import Group, PackedSums

_AT_ONCE = 1 << 19
"""Respondents that wait before they are summed up: the more, the fewer sums of few of them."""
_COUNTED_AT_ONCE = 1 << 16
_WRITTEN_AT_ONCE = 1 << 16
"""Respondents: what is made of them on the way is several times as large as their marks."""
_MANY_GROUPS = 256
"""Sums of more groups are larger than the answers of the respondents that wait."""
_TASKS_A_JOB = 4
"""So that no worker waits long for the last one."""


Stretch = tuple[Path, int, int]
"""A file of marks, a byte each, a row after the other; the first row, and how many."""
Aside = list[tuple["Group", Stretch]]
"""Respondents that were put aside: those of a group stand in one or several stretches."""


def _bounds(ordered: NDArray[np.signedinteger]) -> list[int]:
    """Where each stretch of equal numbers begins, and the end of the last one."""
    return [0, *(np.flatnonzero(np.diff(ordered)) + 1).tolist(), len(ordered)]


class Gathering:
    """Sums that grow with every block of respondents; single respondents are not kept.

    With a file for them, respondents of many groups are put aside in it, sorted by group.
    """

    def __init__(self, frame: SurveyFrame, most: int, file: Path | None = None) -> None:
        """Begin with nothing.

        Args:
            frame: What the marks stand for.
            most: How many respondents there can be; it decides how wide the sums are.
            file: For respondents of many groups; None to sum them up at once.
        """
        self._frame = frame
        self._packing = Packing(frame, most)
        self._file = file
        self._row_of = np.empty((0, 0), dtype=np.int32)
        self._groups: list[Group] = []
        self._rows = np.empty(0, dtype=np.int32)
        self._marks = np.empty((0, frame.size), dtype=np.int8)
        self._count = 0
        self._sums = self._packing.room([])
        self._rows_aside = 0
        self.aside: Aside = []

    def add(self, entity: NDArray[np.int64], segment: NDArray[np.int64], marks: NDArray[np.int8]) -> None:
        """Take respondents, each with at least one answer."""
        if not len(marks):
            return
        rows = self._rows_of(entity, segment)
        if self._count + len(marks) > _AT_ONCE:
            self._flush()
        self._make_room(self._count + len(marks))
        self._rows[self._count : self._count + len(marks)] = rows
        self._marks[self._count : self._count + len(marks)] = marks
        self._count += len(marks)

    def _make_room(self, count: int) -> None:
        """Let so many respondents wait; the room doubles, up to what is summed up at once."""
        if count <= len(self._rows):
            return
        size = max(count, min(2 * len(self._rows), _AT_ONCE))
        rows, marks = np.empty(size, dtype=np.int32), np.empty((size, self._frame.size), dtype=np.int8)
        rows[: self._count], marks[: self._count] = self._rows[: self._count], self._marks[: self._count]
        self._rows, self._marks = rows, marks

    def _rows_of(self, entity: NDArray[np.int64], segment: NDArray[np.int64]) -> NDArray[np.int32]:
        """The row of each respondent's group; groups are numbered in the order they come."""
        shape = (int(entity.max()) + 1, int(segment.max()) + 1)
        if any(have < need for have, need in zip(self._row_of.shape, shape, strict=True)):
            have = self._row_of.shape
            larger = np.full((max(2 * have[0], shape[0]), max(have[1], shape[1])), -1, dtype=np.int32)
            larger[: have[0], : have[1]] = self._row_of
            self._row_of = larger
        rows = self._row_of[entity, segment]
        new = np.flatnonzero(rows < 0)
        if len(new):
            for group in dict.fromkeys(zip(entity[new].tolist(), segment[new].tolist(), strict=True)):
                self._row_of[group] = len(self._groups)
                self._groups.append(group)
            rows = self._row_of[entity, segment]
        return rows

    def sums(self) -> PackedSums:
        """All sums so far, without those of respondents that were put aside."""
        self._flush()
        return self._sums

    def _flush(self) -> None:
        """Sum up what waits, group by group, or put it aside."""
        if not self._count:
            return
        rows, marks = self._rows[: self._count], self._marks[: self._count]
        self._count = 0
        if self._file is not None and len(self._groups) > _MANY_GROUPS:
            self._put_aside(self._file, rows, marks)
            return
        self._grow()
        for start in range(0, len(rows), _COUNTED_AT_ONCE):
            some = slice(start, start + _COUNTED_AT_ONCE)
            self._sums.counts += self._frame.counts(rows[some], marks[some], len(self._groups))
        self._sums.respondents += np.bincount(rows, minlength=len(self._groups))
        order = np.argsort(rows, kind="stable")
        ordered = rows[order]
        for start, end in pairwise(_bounds(ordered)):
            self._packing.add_products(self._sums, int(ordered[start]), marks.take(order[start:end], axis=0))

    def _put_aside(self, file: Path, rows: NDArray[np.int32], marks: NDArray[np.int8]) -> None:
        """Append respondents to a file, sorted by group."""
        order = np.argsort(rows, kind="stable")
        with file.open("ab") as stream:
            for start in range(0, len(order), _WRITTEN_AT_ONCE):
                stream.write(marks.take(order[start : start + _WRITTEN_AT_ONCE], axis=0).tobytes())
        ordered = rows[order]
        for start, end in pairwise(_bounds(ordered)):
            stretch = (file, self._rows_aside + start, end - start)
            self.aside.append((self._groups[ordered[start]], stretch))
        self._rows_aside += len(rows)

    def _grow(self) -> None:
        """Make room for the groups that came since."""
        have = len(self._sums.groups)
        if len(self._groups) == have:
            return
        larger = self._packing.room(list(self._groups))
        for name in ("counts", "respondents", "products", "touched"):
            getattr(larger, name)[:have] = getattr(self._sums, name)
        self._sums = larger


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
    frame: SurveyFrame, known: PackedSums, aside: Aside, jobs: int, allowance: Allowance
) -> PackedSums | None:
    """The sums of respondents that were put aside, and of those that were not.

    Args:
        frame: What the marks stand for.
        known: The sums of the others.
        aside: The respondents; at least one.
        jobs: Processes.
        allowance: What each may cost.

    Returns:
        The sums; None where a worker came to no end.
    """
    stretches: dict[Group, list[Stretch]] = {}
    for group, stretch in aside:
        stretches.setdefault(group, []).append(stretch)
    file = aside[0][1][0]
    tasks = [
        _SumTask(frame, {group: stretches[group] for group in groups}, file.with_suffix(f".{number}.npy"))
        for number, groups in enumerate(_shared_out(stretches, jobs * _TASKS_A_JOB))
    ]
    outcomes = map_inputs(_summed, tasks, jobs=jobs, allowance=allowance)
    sums = [outcome for outcome in outcomes if not isinstance(outcome, Failure)]
    return merged([known, *sums]) if len(sums) == len(outcomes) else None


def _shared_out(stretches: Mapping[Group, Iterable[Stretch]], shares: int) -> Iterator[list[Group]]:
    """The groups in about so many shares of about as many respondents."""
    groups = sorted(stretches)
    people = np.cumsum([_people(stretches[group]) for group in groups])
    shared = (people - 1) * shares // people[-1]
    return (groups[start:end] for start, end in pairwise(_bounds(shared)))


def _summed(task: _SumTask) -> PackedSums:
    """Sum up groups, one after the other."""
    groups = list(task.stretches)
    packing = Packing(task.frame, max(map(_people, task.stretches.values())))
    sums = packing.room(groups)
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
