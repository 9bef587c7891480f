"""Sums over the respondents of many entities and segments, gathered block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from ctimaturity.scoring.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ctimaturity.scoring.moments import SurveyFrame

Whole = TypeVar("Whole", bound=np.signedinteger)

Group = tuple[int, int]
"""Numbers of an entity and of a segment."""

_HALF_WORD = 2**31
"""Sums of products that stay below it fit into 32 bits, at half the memory."""
_WORTH_KEEPING = 4 << 20
"""Bytes of products that are dearer to send to another process than to write down."""
_ROWS_AT_ONCE = 256
"""Rows of products that are taken from a file at once: they are added without a copy of the whole."""


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

    def room(self, groups: list[Group]) -> PackedSums:
        """Sums of groups that are all 0."""
        frame, rows = self.frame, len(groups)
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


def merged(parts: Sequence[PackedSums]) -> PackedSums:
    """The sums of all parts; exact, so that how a file was divided makes no difference."""
    first, *others = parts
    if not others and first.kept is None:
        return first
    groups = sorted({group for part in parts for group in part.groups})
    row_of = {group: row for row, group in enumerate(groups)}

    def none_of(array: NDArray[Whole]) -> NDArray[Whole]:
        return np.zeros((len(groups), *array.shape[1:]), dtype=array.dtype)

    counts, respondents = none_of(first.counts), none_of(first.respondents)
    whole = PackedSums(groups, counts, respondents, none_of(first.products), none_of(first.touched))
    for part in parts:
        rows = [row_of[group] for group in part.groups]
        whole.counts[rows] += part.counts
        whole.respondents[rows] += part.respondents
        whole.touched[rows] += part.touched
        part.add_products(whole.products, rows)
    return whole


def packed(frame: SurveyFrame, by_group: dict[Group, Moments]) -> PackedSums:
    """The sums of groups that are known already."""
    sums = Packing(frame, _HALF_WORD).room(list(by_group))
    for row, moments in enumerate(by_group.values()):
        sums.counts[row], sums.respondents[row] = moments.counts, moments.respondents
        sums.products[row] = moments.products.take(_upper(2 * frame.size))
        sums.touched[row] = moments.touched.take(_upper(len(frame.below)))
    return sums
