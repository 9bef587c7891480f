"""What the answers in an export stand for: by their code, else by their exact words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.language.folding import folded
from ctimaturity.scoring.moments import BLANK, DONT_KNOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.scale import Scale
    from ctimaturity.scoring.moments import SurveyFrame

UNREADABLE = -3
"""The mark of an answer that is none of the scale's; it is set aside as blank, with a finding."""

_WHOLE = re.compile(r"([0-9]+)[.,]0+")
_BOTH = re.compile(r"(?P<code>\S+?)(?P<between>\s*[-:)]\s*|\.\s+|\s+)(?P<words>\S.*)")


def _parts(label: str) -> set[str]:
    """How people shorten `no sabe / no responde`: one of its parts, no spaces, the first letters `ns/nr`."""
    parts = [part.strip() for part in label.split("/")]
    if len(parts) == 1 or not all(parts):
        return set()
    letters = ["".join(word[0] for word in part.split()) for part in parts]
    return {*parts, "/".join(parts), *(mark.join(letters) for mark in ("/", " / ", "-", ""))}


def mark_readers(questionnaire: Questionnaire, frame: SurveyFrame) -> dict[str, MarkReader]:
    """The readers of the scales of a survey, by the id of the scale; marks are places in `frame.options`."""
    scales = dict.fromkeys(item.scale for item in frame.measurement.items)
    return {scale: MarkReader(questionnaire.scales[scale], frame.options) for scale in scales}


class MarkReader:
    """Reads the answers of one scale: `4`, `4.0`, `4 - De acuerdo`, `De acuerdo`, in either language."""

    def __init__(self, scale: Scale, options: Sequence[str]) -> None:
        """Prepare for a scale.

        Args:
            scale: With options.
            options: The codes that marks are places of.
        """
        self._by_code: dict[str, int] = {"": BLANK}
        self._by_words: dict[str, int] = {}
        choices = [(option.code, option.label, options.index(option.code)) for option in scale.options]
        if scale.dont_know is not None:
            choices.append((scale.dont_know.code, scale.dont_know.label, DONT_KNOW))
        if scale.not_applicable is not None:
            choices.append((scale.not_applicable.code, scale.not_applicable.label, BLANK))
        for code, label, mark in choices:
            self._by_code[folded(code)] = mark
            for text in label.values():
                self._by_words.setdefault(folded(text), mark)
        for text in scale.dont_know.label.values() if scale.dont_know is not None else ():
            for other in _parts(folded(text)):
                self._by_words.setdefault(other, DONT_KNOW)

    def read(self, text: str) -> int:
        """The place of the option, `BLANK`, `DONT_KNOW` or `UNREADABLE`."""
        plain = folded(text)
        whole = _WHOLE.fullmatch(plain)
        if whole is not None:
            plain = whole[1]
        mark = self._by_code.get(plain, self._by_words.get(plain))
        return self._read_both(plain) if mark is None else mark

    def _read_both(self, plain: str) -> int:
        """A code with words behind it; the words must not be those of another option."""
        match = _BOTH.fullmatch(plain)
        mark = self._by_code.get(match["code"]) if match else None
        if match is None or mark is None:
            return UNREADABLE
        said = self._by_words.get(match["words"])
        if said is not None:
            return mark if said == mark else UNREADABLE
        worded = any(character.isalpha() for character in match["words"])
        return mark if worded and match["between"].strip() else UNREADABLE
