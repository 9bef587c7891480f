"""The score table: what an evaluation shows of every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.model.score import ScoreTable
from ctimaturity.scoring.evaluation import NONE, level_of, staged_levels
from ctimaturity.scoring.items import HIGH, LOW, SCORE, STATES
from ctimaturity.scoring.shares import COVERAGE, EXCLUDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.items import ItemValues

_NO_STATE = ""
_STATE_NAMES = (*(str(state) for state in STATES), _NO_STATE)


def score_table(
    evaluation: Evaluation,
    items: Sequence[ItemValues],
    without_index: NDArray[np.bool_],
    refused: NDArray[np.bool_],
) -> ScoreTable:
    """What is shown: withheld scores are left out, and everything of the refused.

    Args:
        evaluation: The scored entities.
        items: The items of each measurement.
        without_index: Shape (entities,): entities that get no index.
        refused: Shape (entities,).
    """
    plan = evaluation.plan
    width = len(plan.places)
    shown = np.full((width, len(without_index)), NONE, dtype=np.int16)
    for step in (*plan.trees, *plan.profile, plan.index):
        shown[step.column] = level_of(evaluation, step)
    staged = staged_levels(evaluation)[:width]
    score = evaluation.value[:width, SCORE].copy()
    hidden = evaluation.withheld[:width] | refused
    hidden[plan.index.column] |= without_index
    score[hidden] = np.nan
    shown[hidden] = NONE
    staged[hidden] = NONE
    weights = _effective_weights(evaluation)
    weights[:, without_index | refused] = np.nan
    count = _answers(evaluation, items)
    count[:, refused] = 0
    numbers = [
        np.where(refused, np.nan, array).T.copy()
        for array in (
            evaluation.value[:width, LOW],
            evaluation.value[:width, HIGH],
            evaluation.shares.share[:width, COVERAGE],
            evaluation.shares.share[:width, EXCLUDED],
        )
    ]
    low, high, coverage, excluded = numbers
    return ScoreTable(
        places=plan.places,
        score=score.T.copy(),
        low=low,
        high=high,
        coverage=coverage,
        excluded=excluded,
        weight_effective=weights.T.copy(),
        level=shown.T.copy(),
        staged_level=staged.T.copy(),
        n=count.T.copy(),
        state=_states(evaluation, items),
    )


def _effective_weights(evaluation: Evaluation) -> NDArray[np.float64]:
    """The share of every place in its entity's index: the product of the rescaled weights on its path.

    Parts without a score have none, nor have nodes that `over: items` passes by.
    """
    plan = evaluation.plan
    weights = np.full((len(plan.places), evaluation.present.shape[1]), np.nan)
    weights[plan.index.column] = 1.0
    on_path = {plan.index.column}
    for step in (plan.index, *reversed(plan.trees)):
        if step.column not in on_path:
            continue
        on_path.update(step.parts)
        total = np.zeros(weights.shape[1])
        for column, share in zip(step.parts, step.shares, strict=True):
            total += evaluation.present[column] * float(share)
        for column, share in zip(step.parts, step.shares, strict=True):
            there = evaluation.present[column] & (total > 0)
            part = np.divide(float(share), total, out=np.full_like(total, np.nan), where=there)
            weights[column] = weights[step.column] * part
    return weights


def _answers(evaluation: Evaluation, items: Sequence[ItemValues]) -> NDArray[np.int64]:
    """Answered items below every place; of surveys answers to a statement, and respondents above it.

    The index and the combined nodes count the answered items, statements too.
    """
    plan = evaluation.plan
    entities = evaluation.present.shape[1]
    count = np.zeros((len(plan.places), entities), dtype=np.int64)
    answered = np.zeros((len(plan.places) + 1, entities), dtype=np.int64)
    column_of = {(place.measurement, place.node): column for column, place in enumerate(plan.places)}
    for measurement, values in zip(plan.measurements, items, strict=True):
        survey = measurement.definition.collects is Collects.RESPONDENTS
        for number, column in enumerate(measurement.items):
            count[column] = values.n[number]
            answered[column] = values.n[number] > 0
        for column in reversed(measurement.columns):
            place = plan.places[column]
            if not place.is_item:
                count[column] = values.respondents if survey else answered[column]
            if column != measurement.root:
                answered[column_of[place.measurement, place.parent]] += answered[column]
    for step in (*plan.profile, plan.index):
        count[step.column] = answered[list(step.parts)].sum(axis=0)
    return count


def _states(evaluation: Evaluation, items: Sequence[ItemValues]) -> tuple[tuple[str, ...], ...]:
    """The state of every item; nodes and statements have none, except what is not applicable."""
    plan = evaluation.plan
    numbers = np.full((len(plan.places), evaluation.present.shape[1]), len(STATES), dtype=np.int64)
    for measurement, values in zip(plan.measurements, items, strict=True):
        surveyed = measurement.definition.collects is Collects.RESPONDENTS
        left_out = STATES.index(State.NOT_APPLICABLE)
        of_item = np.where(values.left_out, left_out, len(STATES)) if surveyed else values.state
        numbers[list(measurement.items)] = of_item
    return tuple(tuple(map(_STATE_NAMES.__getitem__, row)) for row in numbers.T.tolist())
