"""Whether thresholds can be reached, and have an effect that exists where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ctimaturity.definitions.review import Review
from ctimaturity.diagnostics import codes
from ctimaturity.model.questionnaire import Measurement
from ctimaturity.model.rule import Effect, LowerThreshold, RespondentThresholds, UpperThreshold

_OF_A_SURVEY = frozenset({Effect.INCOMPLETE, Effect.PROVISIONAL})


def check_thresholds(review: Review) -> None:
    """Report shares outside [0, 1], counts that are none, and effects that do not exist."""
    for measurement in review.questionnaire.measurements:
        for node in measurement.nodes:
            for threshold in node.min_coverage:
                if not 0 <= threshold.value <= 1:
                    review.node(measurement, node, codes.SHARE_OUTSIDE, "min_coverage")
            if node.max_excluded is not None and not 0 <= node.max_excluded.value <= 1:
                review.node(measurement, node, codes.SHARE_OUTSIDE, "max_excluded")
        if measurement.respondents is not None:
            _check_respondents(review, measurement, measurement.respondents)
        if measurement.max_age is not None and measurement.max_age < 0:
            review.measurement(measurement, codes.COUNT_OUTSIDE, "max_age", key="max_age")


def _check_respondents(review: Review, measurement: Measurement, respondents: RespondentThresholds) -> None:
    path = (*review.resolution.measurements[measurement.id], "respondents")
    for key, value, effect in _thresholds(respondents):
        if key == "max_segment_share":
            if not 0 <= value <= 1:
                review.at(codes.SHARE_OUTSIDE, (*path, key), id=measurement.id)
        elif value < 0 or value != value.to_integral_value():
            review.at(codes.COUNT_OUTSIDE, (*path, key), key=key)
        if effect not in _OF_A_SURVEY:
            review.at(codes.EFFECT_NOT_HERE, (*path, key), key=key, effect=effect.value)
    by_segment = respondents.min_per_segment is not None or respondents.max_segment_share is not None
    if by_segment and not review.source.has(("segments", 0)):
        review.at(codes.NO_SEGMENTS, path, id=measurement.id)


def _thresholds(respondents: RespondentThresholds) -> Iterator[tuple[str, Decimal, Effect]]:
    for key in RespondentThresholds.model_fields:
        threshold: LowerThreshold | UpperThreshold | None = getattr(respondents, key)
        if isinstance(threshold, LowerThreshold):
            yield key, threshold.value, threshold.below
        elif isinstance(threshold, UpperThreshold):
            yield key, threshold.value, threshold.above
