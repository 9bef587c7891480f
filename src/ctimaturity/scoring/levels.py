"""Levels of scores, and the staged levels beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.scoring.items import SCORE
from ctimaturity.scoring.rules import staged_level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.step import Step

NONE = -1


def level_of(evaluation: Evaluation, step: Step, calculation: int = SCORE) -> NDArray[np.int16]:
    """The level of each entity at a node: 1 for the lowest, 0 for below it, -1 for none.

    Level k lies between the edges k - 1 and k; a score on an edge belongs to the band below it
    (`side: upper`) or above it (`side: lower`), decided exactly. The ends of the scale belong to the
    outermost bands, except that with `lowest: open` the minimum itself is level 0. Gates cap it.
    """
    entities = evaluation.present.shape[1]
    found = np.zeros(entities, dtype=np.int16)
    levels = step.levels
    if levels is None:
        return np.full(entities, NONE, dtype=np.int16)
    for edge in step.edges[:-1]:
        side = evaluation.compare(step.column, calculation, edge)
        found += (side > 0) if levels.side == "upper" else (side >= 0)
    if levels.lowest == "closed":
        found = np.maximum(found, 1)
    cap = evaluation.level_cap.get(step.column)
    if cap is not None:
        found = np.minimum(found, cap[calculation]).astype(np.int16)
    return np.where(np.isnan(evaluation.value[step.column, calculation]), NONE, found).astype(np.int16)


def staged_levels(evaluation: Evaluation) -> NDArray[np.int16]:
    """The staged levels beside the scores: shape (columns, entities), -1 for none.

    Of a node with items: the highest level that has items such that all applicable items of it and
    below are met; of a node above such nodes the lowest of theirs. An applicable item without an answer
    is not met, whatever the score does with blanks, and a part whose score is left out for want of
    answers holds back what is above it: leaving out never pays.
    """
    found = np.full(evaluation.present.shape, np.nan)
    for step in evaluation.plan.trees:
        beside = step.beside
        if beside is None:
            continue
        if beside.items:
            columns = [column for column, _ in beside.items]
            stage, levels = beside.stage, [level for _, level in beside.items]
            met, below = (
                [
                    evaluation.answered[column] & (evaluation.compare(column, SCORE, value) >= 0)
                    for column in columns
                ]
                for value in (stage.met_at, stage.met_below)
            )
            found[step.column] = staged_level(
                levels, list(evaluation.asked[columns]), met, below, stage.share
            )
        for column in beside.nodes:
            found[step.column] = np.fmin(found[step.column], found[column])
    found[np.isnan(evaluation.value[:, SCORE])] = np.nan
    return np.where(np.isnan(found), NONE, found).astype(np.int16)
