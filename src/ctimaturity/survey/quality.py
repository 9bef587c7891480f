"""Respondents that stand out: the same twice, the same answer throughout, too fast to have read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.language.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_NOBODY = {"", "anonymous", "anonimo", "anonima", "n/a", "na", "-"}
_DIGITS = 5
"""Of a document or a telephone, at least: old documents have few."""
# Only the difference of two times of one row counts, so it does no harm that 05/04 may be of May or of April.
_FORMATS = (
    "%m/%d/%y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%y %H:%M:%S",
    "%d/%m/%Y %H:%M",
)


class Suspicion(StrEnum):
    """Why a respondent stands out."""

    SUBMISSION = "same-submission"
    PERSON = "same-person"
    STRAIGHT = "straight-lining"
    FAST = "too-fast"


@dataclass(frozen=True, slots=True)
class QualityRules:
    """What stands out, and what is left out.

    Attributes:
        exclude: Respondents of these kinds are left out; of the same twice, the first one stays.
        seconds: For each answered statement, below which nobody has read them.
        alike: Statements that must be answered before equal answers mean anything.
    """

    exclude: frozenset[Suspicion] = frozenset({Suspicion.SUBMISSION})
    seconds: float = 2.0
    alike: int = 10


def identity_hashes(texts: Iterable[str], beside: Iterable[str], key: bytes) -> NDArray[np.uint64]:
    """Keyed hashes of what tells a submission or a person, 0 for nobody; the key is never kept.

    Args:
        texts: An id or a mail address each.
        beside: What else must be equal, such as the entity.
        key: Of this run; without it nobody can be found again.
    """
    hashes = [_hash(folded(text), other, key) for text, other in zip(texts, beside, strict=True)]
    return np.array(hashes, dtype=np.uint64)


def _hash(plain: str, other: str, key: bytes) -> int:
    if plain in _NOBODY:
        return 0
    digest = blake2b(f"{other}\0{plain}".encode(), key=key, digest_size=8)
    return int.from_bytes(digest.digest(), "little") or 1


def person_hashes(texts: Iterable[str], beside: Iterable[str], key: bytes) -> NDArray[np.uint64]:
    """The same of what tells a person; a text that is no address and no number, such as `yes`, tells nobody.

    Args:
        texts: A mail address, a document or a telephone each.
        beside: What else must be equal.
        key: Of this run.
    """
    told = (text if "@" in text or sum(map(str.isdigit, text)) >= _DIGITS else "" for text in texts)
    return identity_hashes(told, beside, key)


def repeats(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which entries say what an earlier one has said; 0 says nothing."""
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    again = np.zeros(len(hashes), dtype=np.bool_)
    again[order[1:]] = (ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)
    return again


def straight_lines(marks: NDArray[np.int8], rules: QualityRules) -> NDArray[np.bool_]:
    """Which respondents gave one answer throughout; shape of the marks (respondents, statements)."""
    answered = marks >= 0
    highest = marks.max(axis=1, initial=-1)
    lowest = np.where(answered, marks, np.int8(127)).min(axis=1, initial=127)
    alike: NDArray[np.bool_] = (answered.sum(axis=1) >= rules.alike) & (highest == lowest)
    return alike


def too_fast(
    started: Iterable[str], ended: Iterable[str], answered: NDArray[np.int64], rules: QualityRules
) -> NDArray[np.bool_]:
    """Which respondents took less time than reading takes; times that cannot be read say nothing."""
    times = zip(map(moment, started), map(moment, ended), answered.tolist(), strict=True)
    fast = [
        first is not None
        and last is not None
        # of two clocks, one that says its time zone and one that does not, nothing follows
        and (first.tzinfo is None) == (last.tzinfo is None)
        and 0 <= (last - first).total_seconds() < rules.seconds * count
        for first, last, count in times
    ]
    return np.array(fast, dtype=np.bool_)


def moment(text: str) -> datetime | None:
    """A time as the survey programs write it; None for anything else."""
    plain = text.strip()
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(plain, form)  # noqa: DTZ007  (only differences count)
        except ValueError:
            continue
    return None
