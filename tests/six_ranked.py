"""Six entities of the instrument in miniature, scored by the engine; two of them are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import entity, mini, mini_answers
from ctimaturity.model.assessment import Assessment
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = ((5, "abc"), (4, "ab"), (4, "ab"), (3, "a"), (2, "b"), (1, ""))
"""The mark of every statement and indicator, and which points of each capacity are met."""


def six_ranked(marks: Sequence[tuple[int, str]] = MARKS) -> Assessment:
    """They are 90000, 90001 and so on, all of one region."""
    given = [
        mini_answers(entity(f"9000{number}", region="Costa"), mark, met=met)
        for number, (mark, met) in enumerate(marks)
    ]
    index = score(mini(), given, groupings=["region"])
    return Assessment(mini(), {each.entity.code: each for each in given}, index, (), {}, {})
