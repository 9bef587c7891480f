"""Invented entities that answer everything, the same on every machine."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.rule import Collects
from ctimaturity.scoring.tallies import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import Tallies
    from ctimaturity.model.scale import Scale

    Floats = NDArray[np.float64]

_SPREAD = 0.7
"""How far an answer may lie from the entity's own standing, as a share of the scale."""
_OTHER = "other"
"""A type that no definition restricts: everything applies."""
_FINEST = Decimal("0.01")


def synthetic_entities(questionnaire: Questionnaire, count: int) -> list[EntityAnswers]:
    """Entities from weak to strong, each item answered around the entity's standing.

    The draw for an item depends on its id alone, so that two definitions get the same answers to
    the items they share, and the same standing on the others.

    Args:
        questionnaire: What they answer.
        count: How many.
    """
    standing = (np.arange(count) + 0.5) / count
    responses: list[dict[str, Response]] = [{} for _ in range(count)]
    surveys: list[dict[str, Tallies]] = [{} for _ in range(count)]
    for measurement in questionnaire.measurements:
        if measurement.collects is Collects.RESPONDENTS:
            for number, survey in enumerate(_surveys(questionnaire, measurement, standing)):
                surveys[number][measurement.id] = survey
            continue
        for item in measurement.items:
            answers = _answers(questionnaire, measurement, item, _around(item.id, standing))
            for number, response in enumerate(answers):
                responses[number][item.id] = response
    return [
        EntityAnswers(Entity(f"S{number + 1:03d}", f"S{number + 1:03d}", _OTHER), own, of_people)
        for number, (own, of_people) in enumerate(zip(responses, surveys, strict=True))
    ]


def _around(name: str, standing: Floats, people: int = 1) -> Floats:
    """Places on a scale in [0, 1): shape (entities, people), around each entity's standing."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    raw = np.random.Philox(key=key).random_raw(len(standing) * people)
    draws = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    around = standing[:, None] + (draws.reshape(len(standing), people) - 0.5) * _SPREAD
    return np.clip(around, 0.0, np.nextafter(1.0, 0.0))


def _options(scale: Scale) -> list[str]:
    """Codes from the lowest points to the highest."""
    return [option.code for option in sorted(scale.options, key=lambda option: option.points)]


def _answers(
    questionnaire: Questionnaire, measurement: Measurement, item: Item, places: Floats
) -> list[Response]:
    scale = questionnaire.scales[item.scale]
    standing = places[:, 0]
    if scale.range is not None:
        low, width = scale.range.minimum, scale.range.maximum - scale.range.minimum
        step = Decimal(1) if scale.range.whole else _FINEST
        numbers = ((low + width * Decimal(str(round(float(each), 6)))).quantize(step) for each in standing)
        return [Response(State.ANSWERED, number=number) for number in numbers]
    chosen = _chosen(scale, standing, reverse=item.reverse)
    if measurement.collects is not Collects.INDICATORS:
        return [Response(State.ANSWERED, option=code) for code in chosen]
    if measurement.criterion_scale is None:
        return [Response(State.ANSWERED, own_mark=code) for code in chosen]
    criteria = _chosen(questionnaire.scales[measurement.criterion_scale], standing, reverse=item.reverse)
    return [
        Response(State.ANSWERED, own_mark=code, criterion=criterion)
        for code, criterion in zip(chosen, criteria, strict=True)
    ]


def _chosen(scale: Scale, places: Floats, *, reverse: bool) -> list[str]:
    codes = _options(scale)
    return [codes[at] for at in _steps(places, len(codes), reverse=reverse).tolist()]


def _steps(places: Floats, count: int, *, reverse: bool) -> NDArray[np.int64]:
    steps = (places * count).astype(np.int64)
    return count - 1 - steps if reverse else steps


def _surveys(questionnaire: Questionnaire, measurement: Measurement, standing: Floats) -> list[Tallies]:
    """A survey of each entity, large and balanced enough for the definition's own thresholds."""
    segments = max(len(questionnaire.segments), 1)
    people = segments * _per_segment(measurement, segments)
    marks = np.empty((len(standing), people, len(measurement.items)), dtype=np.int8)
    for column, item in enumerate(measurement.items):
        scale = questionnaire.scales[item.scale]
        order = [list(scale.by_code).index(code) for code in _options(scale)]
        steps = _steps(_around(item.id, standing, people), len(order), reverse=item.reverse)
        marks[:, :, column] = np.array(order)[steps]
    segment_of = np.arange(people) % segments if questionnaire.segments else np.full(people, -1)
    return [tally(questionnaire, measurement.id, segment_of, own) for own in marks]


def _per_segment(measurement: Measurement, segments: int) -> int:
    wanted = measurement.respondents
    least: Sequence[Decimal] = ()
    if wanted is not None:
        of_all = (wanted.min_respondents, wanted.min_answers)
        least = [threshold.value / segments for threshold in of_all if threshold is not None]
        if wanted.min_per_segment is not None:
            least = [*least, wanted.min_per_segment.value]
    return max(1, *(int(value.to_integral_value(rounding="ROUND_CEILING")) for value in least), 1)
