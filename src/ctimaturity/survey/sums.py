"""Sums over the respondents of many entities and segments, gathered block by block."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.scoring.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ctimaturity.scoring.moments import SurveyFrame

Group = tuple[int, int]
"""Numbers of an entity and of a segment."""

_AT_ONCE = 1 << 17
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


def _upper(size: int) -> NDArray[np.intp]:
    """Places of the upper triangle of a square matrix, row by row."""
    return np.flatnonzero(np.triu(np.ones((size, size), dtype=np.bool_)))


def _unpacked(triangle: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    whole = np.zeros((size, size), dtype=np.int64)
    whole.ravel()[_upper(size)] = triangle
    return whole + whole.T - np.diag(np.diagonal(whole))


class Gathering:
    """Sums that grow with every block of respondents; single respondents are not kept."""

    def __init__(self, frame: SurveyFrame, most: int) -> None:
        """Begin with nothing.

        Args:
            frame: What the marks stand for.
            most: How many respondents there can be; it decides how wide the sums are.
        """
        self._frame = frame
        self._row_of: dict[Group, int] = {}
        self._groups: list[Group] = []
        largest = int(np.abs(frame.points).max()) ** 2 or 1
        self._dtype: type[np.int32 | np.int64] = np.int32 if most * largest < _HALF_WORD else np.int64
        self._upper = _upper(2 * frame.size)
        self._upper_touched = _upper(len(frame.below))
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.int8]]] = []
        self._count = 0
        self._sums = self._empty(0)

    def _empty(self, rows: int) -> PackedSums:
        frame = self._frame
        return PackedSums(
            self._groups,
            np.zeros((rows, frame.size, len(frame.options)), dtype=np.int64),
            np.zeros(rows, dtype=np.int64),
            np.zeros((rows, len(self._upper)), dtype=self._dtype),
            np.zeros((rows, len(self._upper_touched)), dtype=self._dtype),
        )

    def add(self, entity: NDArray[np.int64], segment: NDArray[np.int64], marks: NDArray[np.int8]) -> None:
        """Take respondents, each with at least one answer."""
        if not len(marks):
            return
        key = entity * (1 << 16) + segment
        distinct, which = np.unique(key, return_inverse=True)
        rows = [self._row((int(each) >> 16, int(each) & 0xFFFF)) for each in distinct]
        self._waiting.append((np.array(rows, dtype=np.int64)[which], marks))
        self._count += len(marks)
        if self._count >= _AT_ONCE:
            self._flush()

    def _row(self, group: Group) -> int:
        row = self._row_of.get(group)
        if row is None:
            row = self._row_of[group] = len(self._groups)
            self._groups.append(group)
        return row

    def sums(self) -> PackedSums:
        """All sums so far."""
        self._flush()
        return self._sums

    def _flush(self) -> None:
        """Sum up what waits, group by group."""
        if not self._waiting:
            return
        rows = np.concatenate([row for row, _ in self._waiting])
        marks = np.concatenate([mark for _, mark in self._waiting])
        self._waiting, self._count = [], 0
        order = np.argsort(rows, kind="stable")
        rows, marks = rows[order], marks[order]
        self._grow(len(self._groups))
        self._sums.counts += self._frame.counts(rows, marks, len(self._groups))
        self._sums.respondents += np.bincount(rows, minlength=len(self._groups))
        starts = [0, *(np.flatnonzero(np.diff(rows)) + 1).tolist(), len(rows)]
        for start, end in pairwise(starts):
            self._add_products(int(rows[start]), marks[start:end])

    def _add_products(self, row: int, marks: NDArray[np.int8]) -> None:
        for start in range(0, len(marks), self._frame.most_at_once):
            products, touched = self._frame.products(marks[start : start + self._frame.most_at_once])
            for sums, more, upper in (
                (self._sums.products[row], products, self._upper),
                (self._sums.touched[row], touched, self._upper_touched),
            ):
                np.add(sums, more.take(upper), out=sums, casting="unsafe")  # whole numbers, all exact

    def _grow(self, rows: int) -> None:
        """Make room for so many groups, with some to spare."""
        have = len(self._sums.respondents)
        if rows == have:
            return
        larger = self._empty(rows)
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
