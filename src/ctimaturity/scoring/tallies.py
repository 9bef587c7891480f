"""Surveys as tallies, counts that forget who answered: made from marks, and read for means of statements."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from operator import mul
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import Source, Tallies
from ctimaturity.model.rule import Blanks
from ctimaturity.scoring.items import BIG, HIGH, LOW, SCORE, ItemValues, applicable_items
from ctimaturity.scoring.moments import (
    Moments,
    SurveyFrame,
    covariances,
    option_columns,
    option_points,
    total_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers

UNKNOWN_SEGMENT = "unknown"
ALL_SEGMENTS = "all"


def tally(
    questionnaire: Questionnaire,
    measurement_id: str,
    segment_of: NDArray[np.int64],
    marks: NDArray[np.int8],
    source: Source | None = None,
) -> Tallies:
    """Count the marks of a survey, statement by statement, and the covariances of their means.

    A respondent counts from one answer; the others are left out. The order of the respondents changes
    nothing.

    Args:
        questionnaire: The definition.
        measurement_id: A measurement that collects respondents.
        segment_of: Shape (respondents,): index of the segment in the definition, -1 for not known,
            which adds a last segment `unknown`.
        marks: Shape (respondents, statements), in the order of the definition: index of the option
            in `option_columns`, -1 blank, -2 don't know.
        source: Where they come from.

    Returns:
        The tallies, with covariances (method.md section 4).
    """
    frame = SurveyFrame.of(questionnaire, questionnaire.measurement_by_id[measurement_id])
    counted = (marks >= 0).any(axis=1)
    marks, segment = marks[counted], np.asarray(segment_of)[counted]
    names = [named.id for named in questionnaire.segments]
    by_segment = {name: Moments.of(frame, marks[segment == number]) for number, name in enumerate(names)}
    if (segment < 0).any():
        by_segment[UNKNOWN_SEGMENT] = Moments.of(frame, marks[segment < 0])
    return tallies_of(frame, by_segment, source)


def tallies_of(
    frame: SurveyFrame, by_segment: Mapping[str, Moments], source: Source | None = None
) -> Tallies:
    """The tallies of an entity from the sums over the respondents of each of its segments.

    Args:
        frame: What the marks stand for.
        by_segment: The sums, segments in the order of the definition, `unknown` last.
        source: Where they come from.
    """
    by_segment = dict(by_segment)
    sums = list(by_segment.values())
    everyone = {**by_segment, ALL_SEGMENTS: total_of(sums)}
    return Tallies(
        measurement=frame.measurement.id,
        segments=tuple(by_segment),
        items=tuple(item.id for item in frame.measurement.items),
        options=frame.options,
        counts=np.array([summed.counts for summed in sums], dtype=np.int64),
        respondents=np.array([summed.respondents for summed in sums], dtype=np.int64),
        covariances=tuple(
            pair for segment, summed in everyone.items() for pair in covariances(frame, segment, summed)
        ),
        source=source or Source(),
    )


def read_tallies(
    questionnaire: Questionnaire, measurement: Measurement, answers: Sequence[EntityAnswers]
) -> ItemValues:
    """The statements of a measurement answered by respondents (method.md sections 4 and 5).

    The score of a statement is the mean over the respondents who answered it, all equal; of an
    entity with a population for each segment that was asked, the mean of the segments' means
    weighted by population (a segment without answers to a statement drops out, and respondents of
    unknown segment have no weight). Blanks are left out (`exclude`) or counted as the worst or as 0;
    in the bounds each blank is at its worst or best. Don't-knows are left out of both.
    """
    values = ItemValues.empty(len(measurement.items), len(answers))
    values.applicable = applicable_items(questionnaire, measurement, answers)
    options = option_columns(questionnaire, measurement)
    counts = np.zeros((len(answers), len(measurement.items), len(options)), dtype=np.int64)
    for entity, answered in enumerate(answers):
        tallies = answered.tallies.get(measurement.id)
        if tallies is not None:
            values.respondents[entity] = int(tallies.respondents.sum())
            counts[entity] = arranged(questionnaire, measurement, tallies).sum(axis=0)
    _fill(questionnaire, measurement, values, counts.transpose(1, 0, 2))
    for entity, answered in enumerate(answers):
        tallies = answered.tallies.get(measurement.id)
        weights = {} if tallies is None else design_weights(answered, tallies)
        if tallies is not None and weights:
            _fill_weighted(questionnaire, measurement, values, entity, tallies, weights)
    return values


def arranged(questionnaire: Questionnaire, measurement: Measurement, tallies: Tallies) -> NDArray[np.int64]:
    """The counts with statements and options in the order of the definition; what is missing is 0."""
    items = tuple(item.id for item in measurement.items)
    options = option_columns(questionnaire, measurement)
    if tallies.items == items and tallies.options == options:
        return tallies.counts
    arranged = np.zeros((len(tallies.segments), len(items), len(options)), dtype=np.int64)
    for item in set(items) & set(tallies.items):
        for option in set(options) & set(tallies.options):
            arranged[:, items.index(item), options.index(option)] = tallies.counts[
                :, tallies.items.index(item), tallies.options.index(option)
            ]
    return arranged


def _points(questionnaire: Questionnaire, measurement: Measurement, item: int) -> tuple[list[int], int]:
    """The points of the options as whole numbers, reversed ones turned round, and how many make one point."""
    definition = measurement.items[item]
    scale = questionnaire.scales[definition.scale]
    points = option_points(questionnaire, measurement, definition)
    unit = lcm(*(number.denominator for number in [*points, scale.minimum, scale.maximum]))
    return [int(number * unit) for number in points], unit


def _fill(
    questionnaire: Questionnaire, measurement: Measurement, values: ItemValues, counts: NDArray[np.int64]
) -> None:
    """All statements of all entities; counts have the shape (items, entities, options)."""
    marks, blanks, dont_know = counts[:, :, :-2], counts[:, :, -2], counts[:, :, -1]
    said = marks.sum(axis=2)
    # A statement that nobody was asked is one blank: the survey, or this row of it, is missing.
    blanks = np.where((said == 0) & (blanks == 0) & (dont_know == 0), 1, blanks)
    open_ = values.applicable
    said, blanks, dont_know = said * open_, blanks * open_, dont_know * open_
    values.n = said
    values.covered, values.asked = said, said + blanks
    values.unsaid, values.dont_know = dont_know, dont_know
    values.told = said + blanks + dont_know
    for item, definition in enumerate(measurement.items):
        points, unit = _points(questionnaire, measurement, item)
        scale = questionnaire.scales[definition.scale]
        largest = unit * max(map(abs, points)) * int(values.told[item].max(initial=1))
        # Whole numbers of any size where counts times points would not fit a double exactly.
        kind = np.int64 if largest < BIG else np.object_
        total = (marks[item] * np.array(points, dtype=kind)).sum(axis=1) * open_[item]
        blank_at = {LOW: scale.minimum, HIGH: scale.maximum, SCORE: _blank_score(measurement, scale.minimum)}
        for calculation, at in blank_at.items():
            counted = blanks[item].astype(kind) * (at is not None)
            top = total + counted * int((at or 0) * unit)
            values.put_all(item, calculation, top, (said[item] + counted) * unit)
    values.credit(measurement)


def design_weights(answers: EntityAnswers, tallies: Tallies) -> dict[int, int]:
    """The population of each segment, by its row in the tallies; empty unless every one asked has it."""
    respondents = dict(zip(tallies.segments, tallies.respondents.tolist(), strict=True))
    people = people_of(respondents, answers.entity.population)
    return {row: people[segment] for row, segment in enumerate(tallies.segments) if segment in people}


def people_of(respondents: Mapping[str, int], population: Mapping[str, int]) -> dict[str, int]:
    """The population of each segment with respondents; empty unless every one of them has it.

    Respondents of unknown segment have no weight.
    """
    asked = [segment for segment, count in respondents.items() if count and segment != UNKNOWN_SEGMENT]
    if not all(population.get(segment, 0) > 0 for segment in asked):
        return {}
    return {segment: population[segment] for segment in asked}


def _fill_weighted(
    questionnaire: Questionnaire,
    measurement: Measurement,
    values: ItemValues,
    entity: int,
    tallies: Tallies,
    weights: dict[int, int],
) -> None:
    """The statements of one entity whose segments have a population: sum(N_s * mean_s) / sum(N_s)."""
    counts = arranged(questionnaire, measurement, tallies)
    for item, definition in enumerate(measurement.items):
        if not values.applicable[item, entity]:
            continue
        points, unit = _points(questionnaire, measurement, item)
        scale = questionnaire.scales[definition.scale]
        blank_at = {LOW: scale.minimum, HIGH: scale.maximum, SCORE: _blank_score(measurement, scale.minimum)}
        for calculation, at in blank_at.items():
            above, below = Fraction(0), 0
            for row, population in weights.items():
                marks, blanks = counts[row, item, :-2].tolist(), int(counts[row, item, -2])
                counted = 0 if at is None else blanks
                said = sum(marks) + counted
                if said:
                    total = Fraction(sum(map(mul, marks, points)), unit) + counted * (at or 0)
                    above += population * total / said
                    below += population
            if below:
                values.put(item, calculation, entity, above / below)


def _blank_score(measurement: Measurement, worst: Fraction) -> Fraction | None:
    """What a respondent's blank counts as in the mean; None leaves it out."""
    if measurement.blanks is Blanks.EXCLUDE:
        return None
    return worst if measurement.blanks is Blanks.WORST else Fraction(0)
