"""What a what-if changes: the tree as it would be, with what it was beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.model.score import PROFILE, Status
from ctimaturity.reporting.explanation import explanation_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.explanation import Branch, Explanation


@dataclass(frozen=True, slots=True)
class Setting:
    """An answer that was set otherwise.

    Attributes:
        item: Id of the item.
        part: `answer`, or the part of an indicator.
        before, after: What it says: an option's code or a number; empty when blank.
        mark: The mark that was asked for, where a value was chosen that is worth it.
        segment: Of a statement, the segment whose mean was set; empty for all of them.
        asked: The mean that was asked for, where so many answers give only one that is near it.
    """

    item: str
    part: str
    before: str
    after: str
    mark: str = ""
    segment: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Contrast:
    """What the settings change.

    Attributes:
        settings: In the order given.
        row: The entity's row before.
        size: How many entities are ranked before, and after.
        moved: What changes above the items, before and after: the index, the measurements and their
            nodes in the order of the tree, then the combined dimensions.
    """

    settings: tuple[Setting, ...]
    row: IndexRow
    size: tuple[int, int]
    moved: tuple[tuple[Branch, Branch], ...]


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
    was, is_ = (explanation_of(assessment, code, node, language) for assessment in (before, after))
    if was is None or is_ is None:
        return None
    branches = tuple(
        replace(new, before=old) if _facts(old) != _facts(new) else new
        for old, new in zip(was.branches, is_.branches, strict=True)
    )
    contrast = Contrast(
        settings=tuple(settings),
        row=was.row,
        size=(_ranked(before), _ranked(after)),
        moved=tuple(_moved(before, after, code, language)),
    )
    return replace(is_, branches=branches, contrast=contrast)


def _ranked(assessment: Assessment) -> int:
    return sum(1 for row in assessment.index.rows if row.status is Status.RANKED)


def _moved(
    before: Assessment, after: Assessment, code: str, language: str
) -> Iterator[tuple[Branch, Branch]]:
    for old, new in zip(
        _above_items(before, code, language), _above_items(after, code, language), strict=True
    ):
        if _facts(old) != _facts(new):
            yield old, new


def _above_items(assessment: Assessment, code: str, language: str) -> Iterator[Branch]:
    combined = [place.node for place in assessment.index.table.places if place.measurement == PROFILE]
    for node in (None, *combined):
        explanation = explanation_of(assessment, code, node, language)
        for branch in explanation.branches if explanation else ():
            place = branch.numbers.place
            if not place.is_item and (node is None or place.measurement == PROFILE):
                yield branch


def _facts(branch: Branch) -> tuple[object, ...]:
    numbers = branch.numbers
    return (
        branch.response,
        numbers.state,
        numbers.score,
        numbers.level,
        numbers.staged_level,
        numbers.coverage,
        numbers.low,
        numbers.high,
    )
