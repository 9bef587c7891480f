"""The names of rounds, as people write them."""

from __future__ import annotations

import re

from ctimaturity.language.folding import folded

_WORD = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])


def told_apart(name: str, other: str) -> bool:
    """Whether two names are those of different rounds for certain.

    Numbers, Roman numerals and single letters are what tells rounds apart: 2026-1 is not 2026-2. A name
    that says fewer of them than the other may mean the same, 2026 as "Primer semestre de 2026", and so
    may any name without one.
    """
    first, second = map(_marks, (name, other))
    return not (first <= second or second <= first)


def _marks(name: str) -> set[str]:
    words = (word.lstrip("0") or "0" for word in _WORD.findall(folded(name)))
    return {word for word in words if word.isdigit() or word in _ROMAN or len(word) == 1}
