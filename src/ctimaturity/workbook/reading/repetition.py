"""Respondents whose answers repeat: suspicion, never refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics.codes import suspicions as codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.workbook.reading.report import Report

_LONG = 10
"""Fewer answers than this may well be the same by chance."""
_ONE_IN = 5
"""Share of respondents without variance from which it is said."""


def note_repetition(marks: NDArray[np.int8], sheet: str, report: Report) -> None:
    """Note respondents who answer like another one, and those who give one answer throughout.

    Args:
        marks: Shape (respondents, statements); negative where there is no answer.
        sheet: Where they stand.
        report: Takes the findings.
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
    _, counts = np.unique(long[~constant], axis=0, return_counts=True)
    repeated = int(counts[counts > 1].sum())
    if repeated:
        report.add(codes.ROWS_REPEATED, sheet, count=repeated, people=people)
    straight = int(constant.sum())
    if straight > 1 and straight * _ONE_IN >= people:
        report.add(codes.ROWS_WITHOUT_VARIANCE, sheet, count=straight, people=people)
