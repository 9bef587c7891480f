"""Two rounds of different editions: only what is asked in both, and only as an indication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.analysis.round import Round
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.score import NodeScore

COMMON = (0.0, 100.0)
"""The ends of the scale to which everything is rescaled."""


@dataclass(frozen=True, slots=True)
class IndicativeChange:
    """What the items that are the same in both editions say of one node of one entity.

    Attributes:
        code, name: The entity.
        measurement, node, kind: A node of the later definition; all items together under `index`.
        items: How many matched items have a score in both rounds.
        before, after: Their plain means, each item rescaled from its own scale to [0, 100].
    """

    code: str
    name: str
    measurement: str
    node: str
    kind: str
    items: int
    before: float
    after: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class IndicativeItem:
    """One item that is the same in both editions, of one entity with a score in both rounds.

    Attributes:
        code, name: The entity.
        measurement, item: Of the later definition.
        old_measurement, old_item: Of the earlier one.
        before, after: Its scores, rescaled from its own scale to [0, 100].
        contribution: What it adds to the change of all matched items; these sum to it.
    """

    code: str
    name: str
    measurement: str
    item: str
    old_measurement: str
    old_item: str
    before: float
    after: float
    contribution: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


def indicative(before: Round, after: Round, same: Mapping[str, str]) -> tuple[IndicativeChange, ...]:
    """Compare two rounds of different editions by the items that are the same construct.

    Every matched item counts equally and by itself: weights, rules, gates and thresholds of the two
    editions differ, so nothing of either index is used, and nothing here is a score of the model.

    Args:
        before: The earlier round.
        after: The later round.
        same: By item of the later definition, the same item of the earlier one.

    Returns:
        By entity in both rounds that was not refused, then by node; nodes without matched items are left out.
    """
    nodes = [
        (measurement.id, node.id, node.kind, [item.id for item in node.all_items()])
        for measurement in _measured(after)
        for node in measurement.nodes
    ]
    changes: list[IndicativeChange] = []
    for entity, scores in _matched(before, after, same):
        for measurement, node, kind, items in [(INDEX, INDEX, INDEX, [*scores]), *nodes]:
            own = [scores[item] for item in items if item in scores]
            if own:
                means = [sum(of_round) / len(own) for of_round in zip(*own, strict=True)]
                changes.append(
                    IndicativeChange(entity.code, entity.name, measurement, node, kind, len(own), *means)
                )
    return tuple(changes)


def indicative_items(before: Round, after: Round, same: Mapping[str, str]) -> tuple[IndicativeItem, ...]:
    """The items that `indicative` rests on, by entity, then in the order of the later definition.

    Args:
        before: The earlier round.
        after: The later round.
        same: By item of the later definition, the same item of the earlier one.
    """
    return tuple(
        IndicativeItem(
            code=entity.code,
            name=entity.name,
            measurement=after.questionnaire.measurement_of_item[item].id,
            item=item,
            old_measurement=before.questionnaire.measurement_of_item[same[item]].id,
            old_item=same[item],
            before=first,
            after=last,
            contribution=(last - first) / len(scores),
        )
        for entity, scores in _matched(before, after, same)
        for item, (first, last) in scores.items()
    )


def _matched(
    before: Round, after: Round, same: Mapping[str, str]
) -> Iterator[tuple[Entity, dict[str, tuple[float, float]]]]:
    """The entities read in both rounds, each with both rescaled scores of every matched item that has two."""
    of_item = before.questionnaire.measurement_of_item
    asked = [
        (measurement.id, item.id, of_item[same[item.id]].id, same[item.id])
        for measurement in _measured(after)
        for item in measurement.items
        if same.get(item.id) in of_item and of_item[same[item.id]].id in before.index.measurements
    ]
    for code in sorted(before.rows.keys() & after.rows.keys()):
        old, new = before.rows[code], after.rows[code]
        if Status.REFUSED in {old.status, new.status}:
            continue
        scores: dict[str, tuple[float, float]] = {}
        for measurement, item, old_measurement, old_item in asked:
            first = _rescaled(before.index.node(old, old_measurement, old_item))
            last = _rescaled(after.index.node(new, measurement, item))
            if first is not None and last is not None:
                scores[item] = (first, last)
        yield new.entity, scores


def _measured(given: Round) -> list[Measurement]:
    return [given.questionnaire.measurement_by_id[name] for name in given.index.measurements]


def _rescaled(numbers: NodeScore) -> float | None:
    low, high = float(numbers.place.scale_min), float(numbers.place.scale_max)
    if numbers.score is None or high <= low:
        return None
    return COMMON[0] + (numbers.score - low) * (COMMON[1] - COMMON[0]) / (high - low)
