"""One term spelled in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.format import texts
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.language.folding import folded

if TYPE_CHECKING:
    from ctimaturity.definitions.review import Review
    from ctimaturity.definitions.source import YamlSource
    from ctimaturity.files.yaml import Path

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAMES = frozenset({"title", "label", "name"})
_SHORTEST = 4
"""Letters of the words that are compared: an accent tells many of the shorter ones apart."""
_SHORTEST_HALF = 5
"""Letters of both halves of a term written as one word or as two."""
_ENDINGS = (
    (re.compile(r"(?<=\w{4})iz(?=(e|es|ed|er|ers|ing|ation|ations)$)"), "is"),
    (re.compile(r"(?<=\w{2})our"), "or"),
)
_STRESSED_END = re.compile(r"[áéíóú]s?$")
_TOLD_APART_BY_ACCENTS = re.compile(
    "(?:como|donde|cuando|quien|cual)(?:es)?|cuant[ao]s?|aquel|media|medio|ejercito|"
    "(?:public|practic|critic|medic|continu|deposit|transit)[ao]s?|(?:numero|termino|titulo|capitulo|limite|"
    "tramite|fabrica)s?"
)
"""Spanish words that are other words with an accent: the one is no misspelling of the other."""


def check_spelling(review: Review) -> None:
    """Report words, and whole titles and labels, that are the same but for how they are spelled."""
    source = review.source
    for language in review.questionnaire.languages:
        terms = _Terms(language)
        for path, text in texts(source.value, QuestionnaireDocument):
            words = text.get(language)
            if path[0] != "accepted" and isinstance(words, str):
                terms.take((*path, language), words, whole=path[-1] in _NAMES)
        terms.report(source)


@dataclass
class _Terms:
    """What one language spells, by what a reader would call the same term.

    Attributes:
        forms: For each term its spellings, each with where it stands first.
        halves: Two words in a row, with where they stand first.
        names: Whole titles and labels, as `forms`.
    """

    language: str
    forms: defaultdict[str, dict[str, Path]] = field(default_factory=lambda: defaultdict(dict))
    halves: dict[tuple[str, str], Path] = field(default_factory=dict)
    names: defaultdict[str, dict[str, Path]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, path: Path, text: str, *, whole: bool) -> None:
        """Note the words of a text, and a title or label as a whole."""
        words = [word.lower() for word in _WORD.findall(text) if not word.isupper()]
        for word in words:
            if len(word) >= _SHORTEST:
                self.forms[_term(word)].setdefault(word, path)
        for one, other in pairwise(words):
            if min(len(one), len(other)) >= _SHORTEST_HALF:
                self.halves.setdefault((one, other), path)
        if whole:
            self.names[folded(text).replace(" ", "").replace("-", "")].setdefault(
                " ".join(text.split()), path
            )

    def report(self, source: YamlSource) -> None:
        """Report each term with more than one spelling, at the spelling that stands last."""
        said = set[str]()
        for term, spellings in self.forms.items():
            if len(spellings) > 1 and not _different_words(term, spellings):
                self._differ(source, *spellings.items(), said=said)
        for (one, other), path in self.halves.items():
            joined = self.forms.get(_term(one + other), {})
            for word, place in joined.items():
                if "-" not in word:
                    self._differ(source, (f"{one} {other}", path), (word, place), said=said)
        for spellings in self.names.values():
            if len(spellings) > 1 and said.isdisjoint(_WORD.findall(" ".join(spellings).lower())):
                self._differ(source, *spellings.items(), said=said)

    def _differ(self, source: YamlSource, *spellings: tuple[str, Path], said: set[str]) -> None:
        (one, _), *_, (other, path) = spellings
        said.update({one, other})
        about = {"one": quoted(one), "other": quoted(other), "language": self.language}
        source.report(codes.SPELLING_VARIES, path, about, source.owner(path))


def _term(word: str) -> str:
    term = folded(word).replace("-", "")
    for pattern, ending in _ENDINGS:
        term = pattern.sub(ending, term)
    return term


def _different_words(term: str, spellings: dict[str, Path]) -> bool:
    """Whether accents make two words of them, as in diseño and diseñó, pública and publica."""
    if len({word.replace("-", "") for word in spellings}) == 1:
        return False
    return bool(_TOLD_APART_BY_ACCENTS.fullmatch(term)) or any(
        _STRESSED_END.search(word) for word in spellings
    )
