"""Respondents whose answers repeat: suspicion, never refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.workbook.reading.findings import Findings

_LONG = 10
"""Fewer answers than this may well be the same by chance."""
_ONE_IN = 5
"""Share of respondents without variance from which it is a warning."""
_VERY_LONG = 40
"""Statements from which a single respondent without variance is noted."""
_MIXED = 30
"""Answers from which those that are nearly another's, or repeat a sequence, are no chance."""
_NEARLY = 0.9
"""Share of them: people who answer each for themselves agree on half or so."""
_ONE_ANSWER = 0.8
"""Share of one and the same answer from which a respondent's answers are not mixed."""
_PERIODS = range(2, 8)
"""Lengths of a sequence that is still seen as one: 1 is a straight line, and more may come by chance."""
_MOST_COMPARED = 2_000
"""Respondents; of more, each with each takes too long."""


def note_repetition(marks: NDArray[np.int8], sheet: str, findings: Findings) -> None:
    """Note respondents who answer like another one, and those who give one answer or one sequence throughout.

    Args:
        marks: Shape (respondents, statements); negative where there is no answer.
        sheet: Where they stand.
        findings: Takes them.
    """
    answered = marks >= 0
    long = marks[answered.sum(axis=1) >= _LONG]
    people = len(long)
    if people < 2:  # noqa: PLR2004  (one alone repeats nobody)
        return
    given = long >= 0
    highest = np.where(given, long, -1).max(axis=1)
    lowest = np.where(given, long, np.iinfo(np.int8).max).min(axis=1)
    constant = highest == lowest
    _, inverse, counts = np.unique(long[~constant], axis=0, return_inverse=True, return_counts=True)
    twice = counts[inverse.ravel()] > 1
    repeated = int(twice.sum())
    if repeated:
        findings.add(codes.ROWS_REPEATED, sheet, count=repeated, people=people)
    cyclic = in_sequence(long[~constant])
    if cyclic.any():
        findings.add(codes.ROWS_IN_SEQUENCE, sheet, count=int(cyclic.sum()), people=people)
    nearly = int((nearly_repeated(long[~constant]) & ~twice & ~cyclic).sum())
    if nearly:
        findings.add(codes.ROWS_NEARLY_REPEATED, sheet, count=nearly, people=people)
    straight = int(constant.sum())
    if straight > 1 and straight * _ONE_IN >= people:
        findings.add(codes.ROWS_WITHOUT_VARIANCE, sheet, count=straight, people=people)
    else:
        straight = int((constant & (given.sum(axis=1) >= _VERY_LONG)).sum())
        if straight:
            findings.add(codes.ROW_WITHOUT_VARIANCE, sheet, count=straight, people=people)


def nearly_repeated(marks: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Respondents nine in ten of whose mixed answers are those of another one; shape (respondents,)."""
    people = len(marks)
    if not 1 < people <= _MOST_COMPARED:
        return np.zeros(people, dtype=np.bool_)
    options = range(int(marks.max(initial=0)) + 1)
    chosen = [(marks == option).astype(np.float32) for option in options]
    answered = (marks >= 0).astype(np.float32)
    most = np.max([option.sum(axis=1) for option in chosen], axis=0)
    mixed = most < _ONE_ANSWER * answered.sum(axis=1)
    # Matrix products of small floats: they count exactly up to 2 ** 24, and BLAS is fast with them.
    same = sum((option @ option.T for option in chosen), np.zeros((people, people), np.float32))
    both = answered @ answered.T
    near = (both >= _MIXED) & (same >= _NEARLY * both) & mixed[:, None] & mixed[None, :]
    np.fill_diagonal(near, val=False)
    repeated: NDArray[np.bool_] = near.any(axis=1)
    return repeated


def in_sequence(marks: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Respondents whose answers repeat a short sequence; shape (respondents,)."""
    cyclic = np.zeros(len(marks), dtype=np.bool_)
    answered = marks >= 0
    for period in _PERIODS:
        both = answered[:, period:] & answered[:, :-period]
        again = (marks[:, period:] == marks[:, :-period]) & both
        count = both.sum(axis=1)
        changes = ((marks[:, 1:] != marks[:, :-1]) & answered[:, 1:] & answered[:, :-1]).sum(axis=1)
        # Who nearly always gives one answer repeats it, too; a sequence changes at least in each period.
        cyclic |= (count >= _MIXED) & (again.sum(axis=1) >= _NEARLY * count) & (changes * period >= count)
    return cyclic
