"""Closed answers as people write them: which one of a list is said, or why that is not certain.

A code counts with the words of its own option behind it: whole, shortened, or with a remark that says
nothing else. `1 - No`, `1-ene` and `5-6 (ver nota)` are nobody's answer.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ctimaturity.language.folding import folded
from ctimaturity.language.lexicon import NO, NUMBERS, YES, breaks_off, carries, changes, denies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

K = TypeVar("K", bound=Hashable)

_LONGEST = 400
"""Characters; longer texts are no answers, only remarks in the wrong place."""
_WORD = re.compile(r"[^\W_]+")
_NUMERAL = re.compile(r"(?P<plus>\+?)(?P<whole>[0-9]{1,40})(?:[.,](?P<decimals>[0-9]{1,40}))?")
_PAIRS = {"(": ")", "[": "]", '"': '"', "'": "'"}
_USUAL = re.compile(r"\s*[-:)]\s*|\.\s+|\s+")
"""What stands between a code and its label in drop-downs and exports."""
_BETWEEN = r"[\s.,;:=/|_)\]\"'-]*"
_PUNCTUATED = re.compile(r"\s*[-:.,;(]")
_LABEL_FIRST = re.compile(r"(?P<words>.*?\S)[\s:=(\[-]+(?P<code>[^\s()\[\]]+)[)\]]?")
_DOUBTFUL = re.compile(r"[?¿~±<>≤≥]")


class Misfit(Enum):
    """Why a text is none of the answers of a list."""

    UNKNOWN = "unknown"
    NOT_WHOLE = "not whole"
    CONTRADICTION = "contradiction"
    UNLIKE = "unlike"


class Possible(NamedTuple, Generic[K]):
    """One answer of a list.

    Attributes:
        key: What stands for it.
        code: Its code.
        labels: Its label in each language.
        points: What it is worth, where it is an option of a scale.
        dont_know: It says that somebody does not know.
        descriptions: What explains it in each language; people copy it from the legend.
    """

    key: K
    code: str
    labels: Collection[str]
    points: Decimal | None = None
    dont_know: bool = False
    descriptions: Collection[str] = ()


class Chosen(NamedTuple, Generic[K]):
    """The answer that a text says.

    Attributes:
        key: Of the answer.
        usual: Written as answers are; else there is only one way to read it all the same.
    """

    key: K
    usual: bool


class ClosedList(Generic[K]):
    """The answers that may be chosen, and the ways in which people write them."""

    def __init__(
        self,
        listed: Iterable[Possible[K]],
        others: Collection[str] = (),
        *,
        signs: bool = True,
        remarks: bool = False,
    ) -> None:
        """Prepare for a list.

        Args:
            listed: Its answers.
            others: Labels of other lists, which contradict an answer that they stand behind.
            signs: Take yes, no, a cross, a tick where of two options one denies the other.
            remarks: Any remark may stand behind an answer, as people explain a reason.
        """
        listed = list(listed)
        self._remarks = remarks
        self._codes = {folded(answer.code): answer.key for answer in listed}
        self._numbers: dict[Decimal, K | None] = {}
        for code, key in self._codes.items():
            if _NUMERAL.fullmatch(code):
                number = Decimal(code)
                self._numbers[number] = None if number in self._numbers else key
        self._labels: dict[str, K] = {}
        self._said: dict[tuple[str, ...], K] = {}
        for answer in listed:
            for label in map(folded, (*answer.labels, *answer.descriptions)):
                self._labels.setdefault(label, answer.key)
                self._said.setdefault(tuple(_WORD.findall(label)), answer.key)
        self._signs = _signs(listed) if signs else {}
        # Of two that have the same words the later one here is meant.
        self._words: dict[str, K] = {**self._signs, **_signs_of_unknowing(listed), **self._labels}
        self._heads: dict[str, K] = {**self._signs, **self._labels, **self._codes}
        self._others = others
        heads = {*self._codes, *self._signs, *(self._labels if remarks else ())}
        names = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True) if head)
        self._head = re.compile(
            rf"[(\[\"']*(?:(?P<name>{names or '(?!)'})(?![^\W_]|[.,][0-9])|(?P<number>{_NUMERAL.pattern}))"
            rf"(?P<mark>{_BETWEEN})(?P<words>\S.*)"
        )

    def read(self, text: str) -> Chosen[K] | Misfit:
        """What a folded text says."""
        for meanings in (self._codes, self._labels):
            if text in meanings:
                return Chosen(meanings[text], usual=True)
        if len(text) > _LONGEST:
            return Misfit.UNKNOWN
        bare = _bare(text)
        numeral = _NUMERAL.fullmatch(bare)
        if numeral is not None:
            return self._numeral(numeral, usual=bare == text)
        for meanings in (self._codes, self._words):
            if bare in meanings:
                return Chosen(meanings[bare], usual=False)
        return self._label_first(bare) or self._code_first(bare, text)

    def _key(self, match: re.Match[str]) -> K | None:
        name = match["name"]
        return self._numbers.get(_number(match)) if name is None else self._heads.get(name)

    def _numeral(self, match: re.Match[str], *, usual: bool) -> Chosen[K] | Misfit:
        key = self._numbers.get(_number(match))
        is_whole = not (match["decimals"] or "").strip("0")
        if key is None:
            return Misfit.UNKNOWN if is_whole else Misfit.NOT_WHOLE
        digits = match["whole"] if is_whole else match[0].replace(",", ".")
        return Chosen(key, usual=usual and not match["plus"] and digits in self._codes)

    def _code_first(self, bare: str, text: str) -> Chosen[K] | Misfit:
        match = self._head.fullmatch(bare)
        key = self._key(match) if match else None
        if match is None or key is None:
            return Misfit.UNKNOWN
        signed = match["name"] in self._signs and match["name"] not in self._codes
        usual = bare == text and match["name"] is not None and not signed
        chosen = self._with_words(key, match, usual=usual)
        return Misfit.UNKNOWN if chosen is Misfit.UNLIKE and signed else chosen

    def _label_first(self, text: str) -> Chosen[K] | Misfit | None:
        """`Cumple (1)`: the label, then its code; None for anything else."""
        match = _LABEL_FIRST.fullmatch(text)
        key = self._labels.get(match["words"]) if match else None
        code = self._codes.get(match["code"]) if match else None
        if key is None or code is None:
            return None
        return Chosen(key, usual=False) if key == code else Misfit.CONTRADICTION

    def _with_words(self, key: K, match: re.Match[str], *, usual: bool) -> Chosen[K] | Misfit:
        """A code with words behind it, which must be those of its own option."""
        words = match["words"]
        bare = _bare(words)
        meant = self._meaning(bare)
        usual = usual and _USUAL.fullmatch(match["mark"]) is not None
        if meant is not None:
            return Chosen(key, usual and words in self._labels) if meant == key else Misfit.CONTRADICTION
        if self._remarks:
            return self._with_remark(key, match)
        said = tuple(_WORD.findall(words))
        if said and said[0] in self._signs:
            signed = self._code_first(bare, text="")
            if not isinstance(signed, Misfit):
                return Chosen(key, usual=False) if signed.key == key else Misfit.CONTRADICTION
        if said and not _DOUBTFUL.search(words) and not breaks_off(words):
            if self._shortens(said, key):
                return Chosen(key, usual)
            if self._extends(said, key):
                return Chosen(key, usual=False)
        return self._why_not(said, key)

    def _meaning(self, words: str) -> K | None:
        """What words mean by themselves, a number written out among them."""
        number = NUMBERS.get(words)
        return self._words.get(words) if number is None else self._numbers.get(Decimal(number))

    def _with_remark(self, key: K, match: re.Match[str]) -> Chosen[K] | Misfit:
        """An answer with a remark behind it: `otro: la oficina cerró`."""
        said = tuple(_WORD.findall(match["words"]))
        if any(_holds(said, words) for words, other in self._said.items() if other != key):
            return Misfit.CONTRADICTION
        apart = _PUNCTUATED.match(match["mark"] + match["words"])
        worded = any(word.isalpha() for word in said) and not _DOUBTFUL.search(match["words"])
        return Chosen(key, usual=False) if apart and worded else Misfit.UNKNOWN

    def _shortens(self, said: tuple[str, ...], key: K) -> bool:
        """Whether words are the beginning of an option's label, and of no other's."""
        begun = {of for label, of in self._said.items() if label[: len(said)] == said}
        return begun == {key} and any(map(carries, said))

    def _extends(self, said: tuple[str, ...], key: K) -> bool:
        """Whether words are an option's label with more behind it that says nothing else."""
        begun = {label: of for label, of in self._said.items() if said[: len(label)] == label}
        longest = max(begun, key=len, default=())
        if begun.get(longest) != key:
            return False
        more = said[len(longest) :]
        if len(more) == 1 and self._codes.get(more[0]) == key:
            return True
        return not any(map(changes, more)) and not any(_holds(more, label) for label in self._everywhere)

    @cached_property
    def _everywhere(self) -> set[tuple[str, ...]]:
        """The words of the labels of this and all other lists."""
        return {*self._said, *(tuple(_WORD.findall(folded(label))) for label in self._others)}

    def _why_not(self, said: tuple[str, ...], key: K) -> Misfit:
        """Whether words that are not those of an option are those of another, or of none."""
        own = max(
            (label for label, of in self._said.items() if of == key and said[: len(label)] == label),
            key=len,
            default=(),
        )
        said = said[len(own) :]  # "cumple" in "no cumple todavía" is no other option's label
        others = {word for word in said if self._codes.get(word, key) != key}
        contradict = others or any(
            of != key and (_holds(said, label) or (said and label[: len(said)] == said))
            for label, of in self._said.items()
        )
        if contradict:
            return Misfit.CONTRADICTION
        return Misfit.UNLIKE if own or any(not word.isdigit() for word in said) else Misfit.UNKNOWN


def _bare(text: str) -> str:
    """A text without the quotes or brackets around it and the mark at its end."""
    while len(text) > 1:
        inside = text[1:-1] if _PAIRS.get(text[0]) == text[-1] else ""
        if inside and text[-1] not in inside:
            text = inside.strip()
        elif text[0] == "'":  # what keeps a spreadsheet from reading a number
            text = text[1:].strip()
        elif text[-1] in ".,;:-" or (text[-1] == ")" and "(" not in text):
            shorter = text[:-1].rstrip()
            if shorter[-1:] in {".", "-"}:
                break
            text = shorter
        else:
            break
    return text


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(f"{match['whole']}.{match['decimals'] or 0}")


def _holds(words: tuple[str, ...], label: tuple[str, ...]) -> bool:
    """Whether a label stands in some words."""
    size = len(label)
    return bool(label) and any(words[at : at + size] == label for at in range(len(words) - size + 1))


def _signs(listed: list[Possible[K]]) -> dict[str, K]:
    """What yes and no mean: of two options, the one whose label denies something is the no.

    It must be the one with fewer points, and the other must deny in no language; else nobody knows
    whether yes is said to the question or to a label.
    """
    two = [option for option in listed if option.points is not None]
    if len(two) != 2:  # noqa: PLR2004  (yes and no)
        return {}
    worse, better = sorted(two, key=lambda option: option.points or 0)
    denying = [
        {denies(_WORD.findall(folded(label))) for label in option.labels} for option in (worse, better)
    ]
    if worse.points == better.points or True not in denying[0] or True in denying[1]:
        return {}
    return {**dict.fromkeys(YES, better.key), **dict.fromkeys(NO, worse.key)}


def _signs_of_unknowing(listed: list[Possible[K]]) -> dict[str, K]:
    """How people shorten `no sabe / no responde`: a part of it, no spaces, the first letters `ns/nr`."""
    meanings: dict[str, K] = {}
    for answer in listed:
        for label in map(folded, answer.labels if answer.dont_know else ()):
            parts = [part.strip() for part in label.split("/")]
            if len(parts) > 1 and all(parts):
                letters = ["".join(word[0] for word in part.split()) for part in parts]
                short = {*parts, "/".join(parts), *(mark.join(letters) for mark in ("/", " / ", "-", ""))}
                for text in short:
                    meanings.setdefault(text, answer.key)
    return meanings
