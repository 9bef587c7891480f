"""Levels that no answers lead to."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes
from ctimaturity.model.entity import Entity
from ctimaturity.model.node_scale import index_scale, level_bounds, node_scales
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.scoring.index import score
from ctimaturity.scoring.tallies import tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.definitions.review import Review
    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import Tallies
    from ctimaturity.model.rule import Levels

_WORST, _BEST = 0, -1
"""Position of an answer among those of its scale, from the worst to the best."""


def check_attainment(review: Review) -> None:
    """Report bands that lie above the best or below the worst possible score.

    Two entities that do not exist give the worst and the best answer to everything, and are scored:
    gates and goalposts included, so no second arithmetic is needed to know what can be reached.
    """
    questionnaire = review.questionnaire
    extremes = [_answers(questionnaire, str(code), end) for code, end in enumerate((_WORST, _BEST))]
    index = score(questionnaire, extremes, results_basis=ResultsBasis.SELF)
    worst, best = sorted(index.rows, key=lambda row: row.entity.code)
    for measurement in questionnaire.measurements:
        scales = node_scales(measurement, questionnaire)
        said: list[tuple[Levels, Ends, Ends]] = []
        for node in measurement.nodes:
            low = index.node(worst, measurement.id, node.id).low
            high = index.node(best, measurement.id, node.id).high
            if node.levels is None or low is None or high is None:
                continue
            case = (node.levels, scales[node.id], (Fraction(low), Fraction(high)))
            if case in said:
                continue  # bands that many nodes inherit are reported where they are first used
            said.append(case)
            for level in _missed(*case):
                review.node(measurement, node, codes.LEVEL_OUT_OF_REACH, "levels", id=node.id, level=level)
    levels, low, high = questionnaire.index.levels, worst.index_low, best.index_high
    if levels is not None and low is not None and high is not None:
        scale = index_scale(questionnaire, [measurement.id for measurement in questionnaire.measurements])
        for level in _missed(levels, scale, (Fraction(low), Fraction(high))):
            review.at(codes.LEVEL_OUT_OF_REACH, ("index", "levels"), id="index", level=level)


def _answers(questionnaire: Questionnaire, code: str, end: int) -> EntityAnswers:
    """The worst or the best answer to everything, from an entity to which every item applies."""
    responses: dict[str, Response] = {}
    tallies: dict[str, Tallies] = {}
    for measurement in questionnaire.measurements:
        if measurement.collects is Collects.RESPONDENTS:
            tallies[measurement.id] = _opinion(questionnaire, measurement, end)
        else:
            responses |= {item.id: _response(questionnaire, item, end) for item in measurement.items}
    return EntityAnswers(Entity(code=code, name="", type=""), responses, tallies)


def _response(questionnaire: Questionnaire, item: Item, end: int) -> Response:
    scale = questionnaire.scales[item.scale]
    if scale.range is not None:
        ends = sorted((scale.range.minimum, scale.range.maximum), reverse=item.reverse)
        return Response(State.ANSWERED, number=ends[end])
    option = scale.options[_ordered(questionnaire, item)[end]].code
    return Response(State.ANSWERED, option=option, own_mark=option)


def _opinion(questionnaire: Questionnaire, measurement: Measurement, end: int) -> Tallies:
    """One respondent of no known segment."""
    marks = [[_ordered(questionnaire, item)[end] for item in measurement.items]]
    return tally(questionnaire, measurement.id, np.array([-1]), np.array(marks, np.int8))


def _ordered(questionnaire: Questionnaire, item: Item) -> list[int]:
    """The positions of the options of an item's scale, from the worst to the best."""
    points = [option.points for option in questionnaire.scales[item.scale].options]
    return sorted(range(len(points)), key=points.__getitem__, reverse=item.reverse)


def _missed(levels: Levels, scale: Ends, reach: Ends) -> Iterator[int]:
    """The levels whose band lies outside the reach."""
    bounds: Sequence[Fraction] = level_bounds(levels, scale)
    near = (scale[1] - scale[0]) / 10**9
    low, high = reach
    for level, (start, end) in enumerate(pairwise(bounds), start=1):
        # The end that belongs to the band itself may be the only score in it.
        above = start >= high - near if levels.side == "upper" and level > 1 else start > high + near
        below = end <= low + near if levels.side == "lower" and level < len(bounds) - 1 else end < low - near
        if above or below:
            yield level
