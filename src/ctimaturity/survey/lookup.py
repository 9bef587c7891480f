"""Whole numbers that texts stand for, each different text looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import DTypeLike, NDArray

UNSEEN = -128
"""In `Lookup.single`: a character that was not looked up yet."""

_MOST_REMEMBERED = 100_000
_MOST_NAMES = 5_000


class Lookup:
    """A meaning of texts, remembered.

    Attributes:
        single: By the byte of a text of one character: its number, or `UNSEEN`.
    """

    def __init__(self, meaning: Callable[[str], int], dtype: DTypeLike = np.int8) -> None:
        """Prepare for a meaning.

        Args:
            meaning: The number of a text, above `UNSEEN`.
            dtype: Of the numbers.
        """
        self._meaning = meaning
        self._known: dict[str, int] = {}
        self.dtype = np.dtype(dtype)
        self.single = np.full(256, UNSEEN, dtype=self.dtype)
        self._forget_words()

    def _forget_words(self) -> None:
        self._words = np.zeros(0, dtype=np.uint64)
        self._numbers = np.zeros(0, dtype=self.dtype)

    def of_words(self, words: NDArray[np.uint64], text: Callable[[bytes], str]) -> NDArray[np.signedinteger]:
        """The numbers of short texts.

        Args:
            words: The bytes of each text, at most eight, the first one lowest; none is 0.
            text: What bytes say.
        """
        place, known = self._places(words)
        if not known.all():
            new = np.unique(words[~known])
            if len(self._words) + len(new) > _MOST_REMEMBERED:
                self._forget_words()
                new = np.unique(words)
            numbers = [self[text(int(word).to_bytes(8, "little").rstrip(b"\0"))] for word in new]
            order = np.argsort(every := np.concatenate([self._words, new]))
            self._words = every[order]
            self._numbers = np.concatenate([self._numbers, np.array(numbers, dtype=self.dtype)])[order]
            place, _ = self._places(words)
        return self._numbers[place]

    def _places(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Where words stand among those that were seen, and whether they do."""
        place = np.searchsorted(self._words, words)
        if not len(self._words):
            return place, np.zeros(len(words), dtype=np.bool_)
        place[place == len(self._words)] = 0
        return place, self._words[place] == words

    def __getitem__(self, text: str) -> int:
        """The number of a text."""
        number = self._known.get(text)
        if number is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            number = self._known[text] = self._meaning(text)
        return number


class Names:
    """Texts numbered in the order they come: the entities of a file.

    There are far fewer entities than rows; texts beyond some thousands share the number of the empty
    text, so that a file full of nonsense cannot fill the memory.
    """

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        """The number of a text, spaces around it aside."""
        plain = text.strip()
        number = self._numbers.get(plain)
        if number is None:
            if len(self.texts) >= _MOST_NAMES:
                return 0
            number = self._numbers[plain] = len(self.texts)
            self.texts.append(plain)
        return number
