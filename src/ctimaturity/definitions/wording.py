"""Texts that are too long for where they are shown, and items that read almost the same."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.format import texts
from ctimaturity.diagnostics import codes
from ctimaturity.language.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.definitions.review import Review
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.questionnaire import Item, Measurement

CELL_LIMIT = 1000
"""Characters of a text in a sheet: at about sixty in a line they fill half of the highest row there is."""
PROMPT_LIMIT = 255
"""Characters of an input prompt, which Excel sets."""
LIST_LIMIT = 80
"""Characters of an answer in a drop-down as wide as the widest column of answers."""

_IN_CELLS = frozenset({"text", "definition", "evidence", "question", "statement"})
_ALIKE = 0.9
_COMPARISONS = 150_000
"""Pairs of texts compared in one language, so that a huge definition is checked in bounded time."""
_WORD = re.compile(r"\w+")


def check_wording(review: Review) -> None:
    """Report long texts, long options and near-duplicates."""
    _check_lengths(review)
    _check_options(review)
    for language in review.questionnaire.languages:
        _check_likeness(review, language)


def _check_lengths(review: Review) -> None:
    source = review.source
    surveys = {review.paths.measurements[name] for name in review.questionnaire.surveys}
    for path, text in texts(source.value, QuestionnaireDocument):
        if path[0] != "measurements" or path[-1] not in _IN_CELLS:
            continue
        limit = PROMPT_LIMIT if path[:2] in surveys and path[-1] == "text" else CELL_LIMIT
        for language, words in text.items():
            if isinstance(words, str) and len(words) > limit:
                owner = source.owner(path)
                about: dict[str, Parameter] = {"id": owner, "key": str(path[-1]), "length": len(words)}
                about |= {"language": language, "limit": limit}
                source.report(codes.TEXT_LONG_FOR_CELL, (*path, language), about, owner)


def _check_options(review: Review) -> None:
    for name, scale in review.questionnaire.scales.items():
        for position, option in enumerate(scale.options):
            for language, label in option.label.items():
                length = len(f"{option.code} - {label}")
                if length > LIST_LIMIT:
                    path = ("scales", name, "options", position, "label", language)
                    about: dict[str, Parameter] = {"id": name, "code": option.code, "length": length}
                    about |= {"language": language, "limit": LIST_LIMIT}
                    review.source.report(codes.OPTION_LONG_FOR_LIST, path, about, name)


@dataclass(frozen=True, slots=True)
class _Worded:
    """An item with the words of its text in one language."""

    measurement: Measurement
    item: Item
    words: Counter[str]
    size: int


def _check_likeness(review: Review, language: str) -> None:
    first = review.questionnaire.languages[0]
    for measurement in review.questionnaire.measurements:
        worded = []
        for item in measurement.items:
            words = Counter(_WORD.findall(folded(item.text.get(language, ""))))
            worded.append(_Worded(measurement, item, words, words.total()))
        for earlier, later in _alike(worded):
            if language != first and _likeness(*(_words(one, first) for one in (earlier, later))) >= _ALIKE:
                continue  # said in the first language already
            about = {"other": earlier.item.id, "language": language}
            review.item(measurement, later.item, codes.SIMILAR_WORDING, "text", **about)


def _alike(worded: list[_Worded]) -> Iterator[tuple[_Worded, _Worded]]:
    """Pairs whose words are almost the same: each text with the nearest one before it."""
    compared = 0
    for position, later in enumerate(worded):
        for earlier in reversed(worded[:position]):
            # Texts of very different length cannot be alike, and are not worth a comparison.
            shorter, longer = sorted((earlier.size, later.size))
            if not shorter or 2 * shorter < _ALIKE * (shorter + longer):
                continue
            compared += 1
            if compared > _COMPARISONS:
                return
            if _likeness(earlier.words, later.words) >= _ALIKE:
                yield earlier, later
                break


def _words(worded: _Worded, language: str) -> Counter[str]:
    return Counter(_WORD.findall(folded(worded.item.text.get(language, ""))))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common, whatever their order; 1 when they are the same."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
