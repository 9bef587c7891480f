"""Two rounds of different editions: only what is asked in both, and only as an indication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.analysis.round import Round
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.score import IndexRow, NodeScore

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
    found: list[IndicativeChange] = []
    for old, new in _in_both(before, after):
        found += _of_entity(before, after, old, new, same)
    return tuple(found)


def indicative_items(before: Round, after: Round, same: Mapping[str, str]) -> tuple[IndicativeItem, ...]:
    """The items that `indicative` rests on, by entity, then in the order of the later definition.

    Args:
        before: The earlier round.
        after: The later round.
        same: By item of the later definition, the same item of the earlier one.
    """
    found: list[IndicativeItem] = []
    for old, new in _in_both(before, after):
        pairs = _pairs(before, after, old, new, same)
        for item, (first, last) in pairs.items():
            source = same[item]
            found.append(
                IndicativeItem(
                    code=new.entity.code,
                    name=new.entity.name,
                    measurement=after.questionnaire.measurement_of_item[item].id,
                    item=item,
                    old_measurement=before.questionnaire.measurement_of_item[source].id,
                    old_item=source,
                    before=first,
                    after=last,
                    contribution=(last - first) / len(pairs),
                )
            )
    return tuple(found)


def _in_both(before: Round, after: Round) -> Iterator[tuple[IndexRow, IndexRow]]:
    """The rows of the entities that were read in both rounds."""
    for code in sorted(before.rows.keys() & after.rows.keys()):
        old, new = before.rows[code], after.rows[code]
        if Status.REFUSED not in {old.status, new.status}:
            yield old, new


def _pairs(
    before: Round, after: Round, old: IndexRow, new: IndexRow, same: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Both rescaled scores of each matched item that has two, by its id in the later definition."""
    found: dict[str, tuple[float, float]] = {}
    for name in after.index.measurements:
        for item in after.questionnaire.measurement_by_id[name].items:
            pair = _pair(before, after, old, new, name, item.id, same)
            if pair is not None:
                found[item.id] = pair
    return found


def _of_entity(
    before: Round, after: Round, old: IndexRow, new: IndexRow, same: Mapping[str, str]
) -> Iterator[IndicativeChange]:
    pairs = _pairs(before, after, old, new, same)
    measurements = [after.questionnaire.measurement_by_id[name] for name in after.index.measurements]
    nodes = [
        (measurement.id, node.id, node.kind, [item.id for item in node.all_items()])
        for measurement in measurements
        for node in measurement.nodes
    ]
    for where, name, kind, items in [(INDEX, INDEX, INDEX, list(pairs)), *nodes]:
        own = [pairs[item] for item in items if item in pairs]
        if own:
            means = [sum(each) / len(own) for each in zip(*own, strict=True)]
            yield IndicativeChange(
                new.entity.code, new.entity.name, where, name, kind, len(own), means[0], means[1]
            )


def _pair(
    before: Round,
    after: Round,
    old: IndexRow,
    new: IndexRow,
    measurement: str,
    item: str,
    same: Mapping[str, str],
) -> tuple[float, float] | None:
    """Both scores of a matched item, rescaled; None unless there are two."""
    source = before.questionnaire.item_by_id.get(same.get(item, ""))
    if source is None:
        return None
    asked: Measurement = before.questionnaire.measurement_of_item[source.id]
    if asked.id not in before.index.measurements:
        return None
    values = [
        _rescaled(before.index.node(old, asked.id, source.id)),
        _rescaled(after.index.node(new, measurement, item)),
    ]
    first, last = values
    return None if first is None or last is None else (first, last)


def _rescaled(numbers: NodeScore) -> float | None:
    low, high = float(numbers.place.scale_min), float(numbers.place.scale_max)
    if numbers.score is None or high <= low:
        return None
    return COMMON[0] + (numbers.score - low) * (COMMON[1] - COMMON[0]) / (high - low)
