"""Sums over the respondents of many entities and segments, gathered block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.scoring.moments import Moments
from ctimaturity.survey.runs import put_aside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ctimaturity.scoring.moments import SurveyFrame
    from ctimaturity.survey.runs import Group, Run

_AT_ONCE = 1 << 19
"""Respondents that wait before they are summed up: the more, the fewer sums of few of them."""
_COUNTED_AT_ONCE = 1 << 16
_MANY_GROUPS = 256
"""Sums of more groups are larger than the answers of the respondents that wait."""
_HALF_WORD = 2**31
_WORTH_KEEPING = 4 << 20
_ROWS_AT_ONCE = 256


@dataclass
class PackedSums:
    """The sums of each group, a row each.

    Attributes:
        groups: The groups, in the order of the rows.
        counts: Shape (groups, statements, options).
        respondents: Shape (groups,).
        products: Shape (groups, pairs): the upper triangles of `Moments.products`, row by row.
        touched: Shape (groups, pairs): the same of `Moments.touched`.
        kept: The file that holds the products, where they are too many to be sent to another process.
    """

    groups: list[Group]
    counts: NDArray[np.int64]
    respondents: NDArray[np.int64]
    products: NDArray[np.signedinteger]
    touched: NDArray[np.signedinteger]
    kept: Path | None = None

    def keep(self, file: Path) -> None:
        """Put the products into a file, if they are many."""
        if self.products.nbytes >= _WORTH_KEEPING:
            np.save(file, self.products)
            # A copy: a view of no rows would hold all of them in memory.
            self.products, self.kept = self.products[:0].copy(), file

    def add_products(self, whole: NDArray[np.signedinteger], rows: Sequence[int]) -> None:
        """Add the products to rows of others, some at a time, wherever they are."""
        mine = self.products if self.kept is None else np.load(self.kept, mmap_mode="r")
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            whole[rows[start : start + _ROWS_AT_ONCE]] += mine[start : start + _ROWS_AT_ONCE]

    def moments(self, frame: SurveyFrame, rows: Sequence[int], *, joint: bool = True) -> Moments:
        """The sums of some rows together.

        Args:
            frame: What the marks stand for.
            rows: Which.
            joint: Whether respondents are known, and not only counts.
        """
        chosen = list(rows)
        return Moments(
            self.counts[chosen].sum(axis=0),
            int(self.respondents[chosen].sum()),
            _unpacked(self.products[chosen].sum(axis=0, dtype=np.int64), 2 * frame.size),
            _unpacked(self.touched[chosen].sum(axis=0, dtype=np.int64), len(frame.below)),
            joint=joint,
        )


class SegmentSums(Mapping[str, Moments]):
    """The sums of an entity's segments, made when they are asked for and not kept.

    Unpacked, the sums of a thousand entities would not fit into a gigabyte.
    """

    def __init__(self, made: Mapping[str, Callable[[], Moments]]) -> None:
        """Say how.

        Args:
            made: What makes the sums of each segment.
        """
        self._made = made

    def __getitem__(self, segment: str) -> Moments:
        """The sums of a segment."""
        return self._made[segment]()

    def __iter__(self) -> Iterator[str]:
        """The segments."""
        return iter(self._made)

    def __len__(self) -> int:
        """How many segments there are."""
        return len(self._made)


@cache
def _upper(size: int) -> NDArray[np.intp]:
    """Places of the upper triangle of a square matrix, row by row."""
    return np.flatnonzero(np.triu(np.ones((size, size), dtype=np.bool_)))


def _unpacked(triangle: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    whole = np.zeros((size, size), dtype=np.int64)
    whole.ravel()[_upper(size)] = triangle
    return whole + whole.T - np.diag(np.diagonal(whole))


class Packing:
    """Makes room for sums, and adds respondents to them."""

    def __init__(self, frame: SurveyFrame, most: int) -> None:
        """Say how wide the sums are.

        Args:
            frame: What the marks stand for.
            most: How many respondents a group can have at most.
        """
        self.frame = frame
        largest = int(np.abs(frame.points).max()) ** 2 or 1
        self._dtype: type[np.int32 | np.int64] = np.int32 if most * largest < _HALF_WORD else np.int64
        self._upper = _upper(2 * frame.size)
        self._upper_touched = _upper(len(frame.below))

    def room(self, groups: list[Group], rows: int) -> PackedSums:
        """Sums that are all 0.

        Args:
            groups: Whose they are, or will be.
            rows: For how many groups.
        """
        frame = self.frame
        return PackedSums(
            groups,
            np.zeros((rows, frame.size, len(frame.options)), dtype=np.int64),
            np.zeros(rows, dtype=np.int64),
            np.zeros((rows, len(self._upper)), dtype=self._dtype),
            np.zeros((rows, len(self._upper_touched)), dtype=self._dtype),
        )

    def add_products(self, sums: PackedSums, row: int, marks: NDArray[np.int8]) -> None:
        """Add the sums of products of respondents to those of a group."""
        for start in range(0, len(marks), self.frame.most_at_once):
            products, touched = self.frame.products(marks[start : start + self.frame.most_at_once])
            # Whole numbers, all exact.
            sums.products[row] += products.take(self._upper).astype(self._dtype)
            sums.touched[row] += touched.take(self._upper_touched).astype(self._dtype)

    def add(self, sums: PackedSums, row: int, marks: NDArray[np.int8]) -> None:
        """Add respondents to a group."""
        sums.counts[row] += self.frame.counts(np.zeros(len(marks), dtype=np.int64), marks, 1)[0]
        sums.respondents[row] += len(marks)
        self.add_products(sums, row, marks)


class Gathering:
    """Sums that grow with every block of respondents; single respondents are not kept.

    With a file for them, respondents of many groups are put aside in it, sorted by group.
    """

    def __init__(self, frame: SurveyFrame, most: int, aside: Path | None = None) -> None:
        """Begin with nothing.

        Args:
            frame: What the marks stand for.
            most: How many respondents there can be; it decides how wide the sums are.
            aside: A file for respondents of many groups; None to sum them up at once.
        """
        self._frame = frame
        self._packing = Packing(frame, most)
        self._aside = aside
        self._row_of = np.empty((0, 0), dtype=np.int32)
        self._groups: list[Group] = []
        self._rows = np.empty(0, dtype=np.int32)
        self._marks = np.empty((0, frame.size), dtype=np.int8)
        self._count = 0
        self._sums = self._packing.room([], 0)
        self.runs: list[Run] = []

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
        if self._aside is not None and len(self._groups) > _MANY_GROUPS:
            first = self.runs[-1].behind if self.runs else 0
            self.runs.append(put_aside(self._aside, first, self._groups, rows, marks))
            return
        self._grow(len(self._groups))
        for start in range(0, len(rows), _COUNTED_AT_ONCE):
            some = slice(start, start + _COUNTED_AT_ONCE)
            self._sums.counts += self._frame.counts(rows[some], marks[some], len(self._groups))
        self._sums.respondents += np.bincount(rows, minlength=len(self._groups))
        order = np.argsort(rows, kind="stable")
        ordered = rows[order]
        starts = [0, *(np.flatnonzero(np.diff(ordered)) + 1).tolist(), len(rows)]
        for start, end in pairwise(starts):
            self._packing.add_products(self._sums, int(ordered[start]), marks.take(order[start:end], axis=0))

    def _grow(self, rows: int) -> None:
        """Make room for so many groups."""
        have = len(self._sums.respondents)
        if rows == have:
            return
        larger = self._packing.room(self._groups[:rows], rows)
        for name in ("counts", "respondents", "products", "touched"):
            getattr(larger, name)[:have] = getattr(self._sums, name)
        self._sums = larger


def merged(parts: Sequence[PackedSums]) -> PackedSums:
    """The sums of all parts; exact, so that how a file was divided makes no difference."""
    first, *others = parts
    if not others and first.kept is None:
        return first
    groups = sorted({group for part in parts for group in part.groups})
    row_of = {group: row for row, group in enumerate(groups)}

    def nothing(array: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
        return np.zeros((len(groups), *array.shape[1:]), dtype=array.dtype)

    whole = PackedSums(
        groups,
        np.zeros((len(groups), *first.counts.shape[1:]), dtype=np.int64),
        np.zeros(len(groups), dtype=np.int64),
        nothing(first.products),
        nothing(first.touched),
    )
    for part in parts:
        rows = [row_of[group] for group in part.groups]
        whole.counts[rows] += part.counts
        whole.respondents[rows] += part.respondents
        whole.touched[rows] += part.touched
        part.add_products(whole.products, rows)
    return whole


def packed(frame: SurveyFrame, by_group: dict[Group, Moments]) -> PackedSums:
    """The sums of groups that are known already."""
    upper, upper_touched = _upper(2 * frame.size), _upper(len(frame.below))
    each = list(by_group.values())
    return PackedSums(
        list(by_group),
        np.array([sums.counts for sums in each], dtype=np.int64).reshape(-1, frame.size, len(frame.options)),
        np.array([sums.respondents for sums in each], dtype=np.int64),
        np.array([sums.products.take(upper) for sums in each], dtype=np.int64).reshape(-1, len(upper)),
        np.array([sums.touched.take(upper_touched) for sums in each], dtype=np.int64).reshape(
            -1, len(upper_touched)
        ),
    )
