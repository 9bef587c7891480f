"""Whole numbers that texts stand for, each different text looked up once: entities, segments, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.language.closed import ClosedList, Misfit, Possible
from ctimaturity.language.folding import folded
from ctimaturity.scoring.moments import BLANK, DONT_KNOW, SurveyFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import DTypeLike, NDArray

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.scale import Scale

UNSEEN = -128
"""In `Lookup.single`: a character that was not looked up yet."""

UNREADABLE = -3
"""The mark of an answer that is none of the scale's; it is set aside as blank, with a finding."""
NO_SEGMENT, STRANGE_SEGMENT = -1, -2
"""The numbers of a segment that is not said, and of one that is not the questionnaire's."""

_MOST_REMEMBERED = 100_000
"""Different texts; a column of free text must not fill the memory."""
_MOST_NAMES = 5_000
"""Far more than there are entities in a country."""


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
        at, known = self._positions(words)
        if not known.all():
            new = np.unique(words[~known])
            if len(self._words) + len(new) > _MOST_REMEMBERED:
                self._forget_words()
                new = np.unique(words)
            numbers = [self[text(int(word).to_bytes(8, "little").rstrip(b"\0"))] for word in new]
            order = np.argsort(every := np.concatenate([self._words, new]))
            self._words = every[order]
            self._numbers = np.concatenate([self._numbers, np.array(numbers, dtype=self.dtype)])[order]
            at, _ = self._positions(words)
        return self._numbers[at]

    def _positions(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Where words stand among those that were seen, and whether they do."""
        at = np.searchsorted(self._words, words)
        if not len(self._words):
            return at, np.zeros(len(words), dtype=np.bool_)
        at[at == len(self._words)] = 0
        return at, self._words[at] == words

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


def segment_lookup(questionnaire: Questionnaire) -> Lookup:
    """The numbers of segments by id or label."""
    known = {"": NO_SEGMENT}
    for number, segment in enumerate(questionnaire.segments):
        for text in (segment.id, *segment.label.values()):
            known[folded(text)] = number
    return Lookup(lambda text: known.get(folded(text), STRANGE_SEGMENT), np.int32)


def survey_frames(questionnaire: Questionnaire) -> dict[str, SurveyFrame]:
    """What the marks of each survey stand for, by its id."""
    return {
        name: SurveyFrame.of(questionnaire, measurement)
        for name, measurement in questionnaire.surveys.items()
    }


def mark_readers(questionnaire: Questionnaire, frame: SurveyFrame) -> dict[str, MarkReader]:
    """The readers of the scales of a survey, by the id of the scale; marks are places in `frame.options`."""
    scales = dict.fromkeys(item.scale for item in frame.measurement.items)
    others = frozenset(label for scale in questionnaire.scales.values() for label in scale.labels)
    return {scale: MarkReader(questionnaire.scales[scale], frame.options, others) for scale in scales}


class MarkReader:
    """Reads the answers of one scale: `4`, `4.0`, `4 - De acuerdo`, `De acuerdo`, in either language.

    Yes, no and crosses are no answers here: no warning could say one by one what they were taken for.
    """

    def __init__(self, scale: Scale, options: Sequence[str], others: Collection[str] = ()) -> None:
        """Prepare for a scale.

        Args:
            scale: With options.
            options: The codes that marks are places of.
            others: The labels of other scales.
        """
        listed = [
            Possible(options.index(option.code), option.code, option.label.values())
            for option in scale.options
        ]
        if scale.dont_know is not None:
            unknown = scale.dont_know
            listed.append(Possible(DONT_KNOW, unknown.code, unknown.label.values(), dont_know=True))
        if scale.not_applicable is not None:
            listed.append(Possible(BLANK, scale.not_applicable.code, scale.not_applicable.label.values()))
        self._list = ClosedList(listed, others)

    def read(self, text: str) -> int:
        """The place of the option, `BLANK`, `DONT_KNOW` or `UNREADABLE`."""
        plain = folded(text)
        said = self._list.read(plain) if plain else BLANK
        return UNREADABLE if isinstance(said, Misfit) else said if isinstance(said, int) else said.key
