"""The names of rounds, as people write them."""

from __future__ import annotations

import re

from ctimaturity.language.folding import folded

_WORD = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())
_NO_NAME = frozenset("ronda round de del la the of ano year".split())


def told_apart(one: str, other: str) -> bool:
    """Whether two names are those of different rounds for certain.

    Numbers, Roman numerals and single letters are what tells rounds apart: 2026-1 is not 2026-2. A name
    that says fewer of them than the other may mean the same: 2026 and "Primer semestre de 2026". Names of
    which one has a number and the other only words may mean the same round too.
    """
    words = [{word.lstrip("0") or "0" for word in _WORD.findall(folded(name))} - _NO_NAME for name in (one, other)]
    marks = [{word for word in found if word.isdigit() or word in _ROMAN or len(word) == 1} for found in words]
    if any(marks) and not all(marks):
        return False
    first, second = marks if all(marks) else words
    return not (first <= second or second <= first)
