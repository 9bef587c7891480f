"""Some rows of a table, as columns: what each field of a column stands for.

A plain block, which has no quotation marks, is read with array operations on its bytes, many times
faster than field by field; any other block goes through the parser of the csv module.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ctimaturity.survey.lookup import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.survey.lookup import Lookup

_QUOTE, _RETURN, _NEWLINE = b'"', b"\r", 10
_WORD = 8
_LONGEST = 8 * _WORD
"""Bytes of a field that is compared word by word; longer ones are read one by one."""
_MASKS = np.array([(1 << 8 * kept) - 1 for kept in range(_WORD + 1)], dtype=np.uint64)
_MIXER = np.uint64(0x9E3779B97F4A7C15)
"""2^64 by the golden ratio: multiplied with it, words that differ a little differ much."""


class Block(Protocol):
    """Some rows of a table."""

    @property
    def rows(self) -> int:
        """How many."""

    def line(self, row: int) -> int:
        """The line that a row begins in, counted from 1 at the begin of the part."""

    def numbers(self, columns: Sequence[int], lookup: Lookup) -> NDArray[np.signedinteger]:
        """What the fields of columns stand for; shape (rows, columns)."""

    def texts(self, column: int) -> list[str]:
        """The fields of a column."""


def decoded(data: bytes) -> str:
    """A text of the file: UTF-8, else Windows-1252, in which every byte is some character."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def decoded_lines(data: bytes) -> str:
    """Lines of the file, each decoded for itself: a damaged byte must not spoil what stands around it."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(map(decoded, data.splitlines(keepends=True)))


class RowBlock:
    """Rows that were parsed one by one."""

    def __init__(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        """Keep the rows.

        Args:
            rows: All with as many fields as the header.
            lines: The line each begins in.
        """
        self._rows = rows
        self._lines = lines

    @property
    def rows(self) -> int:
        """How many."""
        return len(self._rows)

    def line(self, row: int) -> int:
        """The line that a row begins in."""
        return self._lines[row]

    def numbers(self, columns: Sequence[int], lookup: Lookup) -> NDArray[np.signedinteger]:
        """What the fields of columns stand for; shape (rows, columns)."""
        numbers = [[lookup[row[column]] for column in columns] for row in self._rows]
        return np.array(numbers, dtype=lookup.dtype).reshape(len(numbers), len(columns))

    def texts(self, column: int) -> list[str]:
        """The fields of a column."""
        return [row[column] for row in self._rows]


class PlainBlock:
    """Rows without quotation marks, all with the same number of fields."""

    def __init__(self, data: bytes, ends: NDArray[np.int32], line: int) -> None:
        """Keep the bytes.

        Args:
            data: Whole lines.
            ends: Shape (rows, fields): where each field ends.
            line: Of the first row.
        """
        self._data = data
        # Words are read eight bytes at a time, the last ones beyond the end.
        self._bytes = np.frombuffer(data + bytes(_LONGEST + _WORD), dtype=np.uint8)
        self._ends = ends
        self._first_line = line

    @classmethod
    def of(cls, data: bytes, delimiter: bytes, width: int, line: int) -> PlainBlock | None:
        """A block from whole lines; None where they are not plain.

        Args:
            data: The lines, the last one with its end.
            delimiter: Between fields; one byte.
            width: Fields of a row.
            line: Of the first row.
        """
        if _QUOTE in data:
            return None
        if _RETURN in data:
            data = data.replace(b"\r\n", b"\n")
            if _RETURN in data:
                return None
        characters = np.frombuffer(data, dtype=np.uint8)
        between = characters == delimiter[0]
        between |= characters == _NEWLINE
        field_ends = np.flatnonzero(between).astype(np.int32)
        rows, rest = divmod(len(field_ends), width)
        if rest or not rows or data.count(b"\n") != rows:
            return None
        ends = field_ends.reshape(rows, width)
        if (characters[ends[:, -1]] != _NEWLINE).any():
            return None
        return cls(data, ends, line)

    @property
    def rows(self) -> int:
        """How many."""
        return len(self._ends)

    def line(self, row: int) -> int:
        """The line that a row stands in."""
        return self._first_line + row

    @cached_property
    def _lengths(self) -> NDArray[np.int32]:
        flat = self._ends.ravel()
        return np.diff(flat, prepend=np.int32(-1)).reshape(self._ends.shape) - 1

    @cached_property
    def _words(self) -> NDArray[np.uint8]:
        """Shape (bytes, 8): the eight bytes from each place on."""
        return np.lib.stride_tricks.sliding_window_view(self._bytes, _WORD)

    def numbers(self, columns: Sequence[int], lookup: Lookup) -> NDArray[np.signedinteger]:
        """What the fields of columns stand for; shape (rows, columns)."""
        ends, lengths = _picked(self._ends, columns), _picked(self._lengths, columns)
        last = self._bytes.take(ends - 1)
        numbers = lookup.single.take(last)
        # The array above is of the last bytes alone: most answers are one digit, the others follow here.
        others = np.divmod(np.flatnonzero(lengths != 1), len(columns))
        numbers[others] = self._of_others(ends[others], lengths[others], lookup)
        if (numbers == UNSEEN).any():
            unseen = np.nonzero(numbers == UNSEEN)
            for byte in np.unique(last[unseen]).tolist():
                lookup.single[byte] = lookup[decoded(bytes([byte]))]
            numbers[unseen] = lookup.single[last[unseen]]
        return numbers

    def _of_others(
        self, ends: NDArray[np.int32], lengths: NDArray[np.int32], lookup: Lookup
    ) -> NDArray[np.signedinteger]:
        """What fields of no or several characters stand for."""
        filled = np.flatnonzero(lengths)
        if len(filled) == len(ends):
            return self._of_several(ends, lengths, lookup)
        numbers = np.full(len(ends), lookup[""], dtype=lookup.dtype)
        numbers[filled] = self._of_several(ends[filled], lengths[filled], lookup)
        return numbers

    def _of_several(
        self, ends: NDArray[np.int32], lengths: NDArray[np.int32], lookup: Lookup
    ) -> NDArray[np.signedinteger]:
        """What fields of several characters stand for, each different one looked up once."""
        if lengths.max(initial=0) <= _WORD:
            words = self._packed(ends - lengths, lengths, np.zeros(1, dtype=np.int64))[:, 0]
            return lookup.of_words(words, decoded)
        first, which = self._same(ends - lengths, lengths) or (range(len(ends)), slice(None))
        known = [lookup[self._text(ends[at] - lengths[at], ends[at])] for at in first]
        return np.array(known, dtype=lookup.dtype)[which]

    def _same(
        self, starts: NDArray[np.int32], lengths: NDArray[np.int32]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
        """Which fields have the same bytes: the first of each kind, and the kind of each; None if unsure."""
        longest = int(lengths.max())
        if longest > _LONGEST:
            return None
        offsets = np.arange(0, longest, _WORD)
        words = self._packed(starts, lengths, offsets)
        mixed = words[:, 0].copy()
        for further in words.T[1:]:
            mixed = (mixed * _MIXER) ^ further
        _, first, which = np.unique(mixed, return_index=True, return_inverse=True)
        # Of one word nothing was mixed; of several, two kinds may have come out the same.
        if len(offsets) > 1 and (words[first][which] != words).any():
            return None
        return first, which

    def _packed(
        self, starts: NDArray[np.int32], lengths: NDArray[np.int32], offsets: NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """The bytes of fields in words of eight, 0 behind their end; shape (fields, offsets)."""
        words = np.ascontiguousarray(self._words[starts[:, None] + offsets]).view("<u8")[..., 0]
        words &= _MASKS[np.clip(lengths[:, None] - offsets, 0, _WORD)]
        return words

    def _text(self, start: int, end: int) -> str:
        return decoded(self._data[start:end])

    def texts(self, column: int) -> list[str]:
        """The fields of a column."""
        ends = self._ends[:, column]
        return [self._text(end - n, end) for end, n in zip(ends, self._lengths[:, column], strict=True)]


def _picked(array: NDArray[np.int32], columns: Sequence[int]) -> NDArray[np.int32]:
    """Columns of an array; neighbours are not copied."""
    first, count = columns[0], len(columns)
    if list(columns) == list(range(first, first + count)):
        return array[:, first : first + count]
    return array[:, list(columns)]
