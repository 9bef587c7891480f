"""What a what-if changes: the tree as it would be, with what it was beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.model.attribute import attributes
from ctimaturity.model.score import PROFILE, Status
from ctimaturity.reporting.explanation import WhatIfContrast, explanation_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.explanation import Branch, Explanation, Setting


def contrasted(
    before: Assessment,
    after: Assessment,
    code: str,
    settings: Sequence[Setting],
    node: str | None,
    language: str,
) -> Explanation | None:
    """The tree of an entity as it would be, each line that changes with what it was.

    Args:
        before: The assessment as it is.
        after: The same with answers of the entity set otherwise.
        code: Of the entity.
        settings: What was set.
        node: As for `explanation_of`.
        language: Of titles and rules.

    Returns:
        As `explanation_of`.
    """
    was, would = (explanation_of(assessment, code, node, language) for assessment in (before, after))
    if was is None or would is None:
        return None
    branches = tuple(
        replace(new, before=old) if _differ(old, new) else new
        for old, new in zip(was.branches, would.branches, strict=True)
    )
    above = (_above_items(assessment, code, language) for assessment in (before, after))
    contrast = WhatIfContrast(
        settings=tuple(settings),
        row=was.row,
        size=(_ranked(before), _ranked(after)),
        moved=tuple((old, new) for old, new in zip(*above, strict=True) if _differ(old, new)),
    )
    return replace(would, branches=branches, contrast=contrast)


def _ranked(assessment: Assessment) -> int:
    return sum(row.status is Status.RANKED for row in assessment.index.rows)


def _above_items(assessment: Assessment, code: str, language: str) -> Iterator[Branch]:
    combined = [place.node for place in assessment.index.table.places if place.measurement == PROFILE]
    for node in (None, *combined):
        explanation = explanation_of(assessment, code, node, language)
        for branch in explanation.branches if explanation else ():
            place = branch.numbers.place
            if not place.is_item and (node is None or place.measurement == PROFILE):
                yield branch


def _differ(old: Branch, new: Branch) -> bool:
    return old.response != new.response or movable(old) != movable(new)


def movable(branch: Branch) -> dict[str, object]:
    """What a what-if can move of a line of the tree, as a record."""
    numbers = branch.numbers
    return {
        **attributes(numbers, "score", "level"),
        "level_name": branch.level_name,
        **attributes(numbers, "staged_level", "coverage", "low", "high", "state"),
    }
