"""Items that take part in nothing yet: answering them may lower what they come into."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.analysis.variants import evaluate_variants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.actions import Opening
    from ctimaturity.analysis.standpoint import Standpoint


def without_harm(standpoint: Standpoint, entity: int, found: list[Opening]) -> list[Opening]:
    """Without the items that would lower some score even at their best, because they come into it anew.

    That is so where an item, or a node above it, has no score yet and so takes part in nothing: an item on a
    shorter scale, say, that comes into a mean which left it out. Of such items only the best answer counts.
    """
    doubtful = _newcomers(standpoint, entity, found)
    if not doubtful:
        return found
    items = standpoint.questionnaire.item_by_id
    columns = [column for (_, node), column in standpoint.columns.items() if node not in items]
    kept = [
        replace(opening, steps=opening.steps[-1:]) if opening.column in doubtful else opening
        for opening in found
    ]
    tried = [opening for opening in kept if opening.column in doubtful]
    best = [{opening.column: opening.steps[-1].points} for opening in tried]
    scored = evaluate_variants(standpoint.plan, standpoint.items, entity, [{}, *best])
    harmful = set()
    for column in columns:
        now = scored.exact_score(column, 0)
        for number, opening in enumerate(tried, 1):
            after = scored.exact_score(column, number)
            if now is not None and after is not None and after < now:
                harmful.add(opening.column)
    return [opening for opening in kept if opening.column not in harmful]


def _newcomers(standpoint: Standpoint, entity: int, found: Sequence[Opening]) -> set[int]:
    """The columns of items that have no score, or stand below a node that has none."""
    present = standpoint.evaluation.present[:, entity]
    without: dict[str, set[str]] = {}
    for measurement in dict.fromkeys(opening.measurement.id for opening in found):
        nodes = standpoint.questionnaire.measurement_by_id[measurement].nodes
        absent = [node for node in nodes if not present[standpoint.columns[measurement, node.id]]]
        without[measurement] = {item.id for node in absent for item in node.all_items()}
    return {
        opening.column
        for opening in found
        if not present[opening.column] or opening.item.id in without[opening.measurement.id]
    }
