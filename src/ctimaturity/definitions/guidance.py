"""Whether whoever answers is told enough: evidence, help, direction, and what not applicable means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.model.rule import Collects, Direction

if TYPE_CHECKING:
    from ctimaturity.definitions.review import Review
    from ctimaturity.model.questionnaire import Item, Measurement


def check_guidance(review: Review) -> None:
    """Report items without guidance, ambiguous directions and not applicable without a policy."""
    for measurement in review.questionnaire.measurements:
        for item in measurement.items:
            if not _is_guided(measurement, item):
                review.item(measurement, item, codes.NO_GUIDANCE, "id")
            if item.direction is Direction.AMBIGUOUS:
                review.item(measurement, item, codes.AMBIGUOUS_DIRECTION, "direction")
        _check_not_applicable(review, measurement)


def _is_guided(measurement: Measurement, item: Item) -> bool:
    if measurement.collects is Collects.RESPONDENTS:
        return True
    if measurement.collects is Collects.INDICATORS and item.definition is not None:
        return True
    return item.evidence is not None or item.help is not None


def _check_not_applicable(review: Review, measurement: Measurement) -> None:
    scales = review.questionnaire.scales
    offering = [
        item
        for item in measurement.items
        if item.scale in scales and scales[item.scale].not_applicable is not None
    ]
    if not offering:
        return
    written = review.source.has((*review.resolution.measurements[measurement.id], "not_applicable"))
    about = {"id": measurement.id, "scale": offering[0].scale}
    if not written:
        review.measurement(measurement, codes.NOT_APPLICABLE_WITHOUT_POLICY, "id", **about)
    elif measurement.not_applicable.policy == "forbid":
        review.measurement(measurement, codes.NOT_APPLICABLE_OFFERED_BUT_FORBIDDEN, "not_applicable", **about)
