"""From the tallies of all entities to numbers: the mean of every statement, and what it may become."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from operator import mul
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.rule import Blanks
from ctimaturity.scoring.items import BIG, HIGH, LOW, SCORE, ItemValues, applicable_items
from ctimaturity.scoring.moments import option_columns, option_points
from ctimaturity.scoring.tallies import UNKNOWN_SEGMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers, Tallies


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
    for entity, each in enumerate(answers):
        tallies = each.tallies.get(measurement.id)
        if tallies is not None:
            values.respondents[entity] = int(tallies.respondents.sum())
            counts[entity] = arranged(questionnaire, measurement, tallies).sum(axis=0)
    _fill(questionnaire, measurement, values, counts.transpose(1, 0, 2))
    for entity, each in enumerate(answers):
        tallies = each.tallies.get(measurement.id)
        weights = {} if tallies is None else design_weights(each, tallies)
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
    unit = lcm(*(each.denominator for each in [*points, scale.minimum, scale.maximum]))
    return [int(each * unit) for each in points], unit


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
    population = answers.entity.population
    asked = [
        (row, segment)
        for row, segment in enumerate(tallies.segments)
        if tallies.respondents[row] and segment != UNKNOWN_SEGMENT
    ]
    if not all(population.get(segment, 0) > 0 for _, segment in asked):
        return {}
    return {row: population[segment] for row, segment in asked}


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
