"""Texts made comparable: what a person would call the same words."""

from __future__ import annotations

import difflib
import functools
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTES_AND_DASHES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_ALIKE = 0.75
"""The share that two texts have in common where one is offered for the other: two slips in eight letters."""

_COMPARED = 200
"""Characters; comparing takes the square of it."""

_LABEL = 500
"""Labels and ids come again in every sheet and workbook and are remembered; long texts would fill memory."""


def folded(text: str) -> str:
    """A text without what spreadsheets and people change by the way.

    Compatibility forms, case, accents, typographic quotes and dashes, no-break and repeated spaces
    and invisible format characters make no difference; letters and digits do.
    """
    return _remembered(text) if len(text) <= _LABEL else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.replace("`", "'").casefold().split())
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES_AND_DASHES)).casefold()
    kept = (
        character
        for character in unicodedata.normalize("NFKD", plain)
        if unicodedata.category(character) not in {"Mn", "Cf"}
    )
    return " ".join("".join(kept).translate(_QUOTES_AND_DASHES).split())


_remembered = functools.lru_cache(maxsize=16_384)(_fold)


def listed(names: str) -> frozenset[str]:
    """What one thing may be called, from its folded names with commas between them."""
    return frozenset(names.split(", "))


def nearest(text: str, candidates: Iterable[str]) -> str:
    """The candidate that a person most likely meant, or an empty string; an offer, never a decision."""
    by_fold = {folded(candidate): candidate for candidate in candidates}
    close = difflib.get_close_matches(folded(text)[:_COMPARED], by_fold, n=1, cutoff=_ALIKE)
    return by_fold[close[0]] if close else ""


def offer(text: str, candidates: Iterable[str]) -> str:
    """` (item?)` with the candidate that a person most likely meant, for the end of a message; else empty."""
    near = nearest(text, candidates)
    return f" ({near}?)" if near else ""
