"""From respondents' marks to tallies: counts that forget who answered, and how sure their means are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.response import Covariance, Source, Tallies
from ctimaturity.model.rule import Rule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire

BLANK = -1
DONT_KNOW = -2
UNKNOWN_SEGMENT = "unknown"
ALL_SEGMENTS = "all"


def option_columns(questionnaire: Questionnaire, measurement: Measurement) -> tuple[str, ...]:
    """The last axis of the counts: the option codes of the scale, then `blank` and `dont_know`."""
    scale = questionnaire.scales[measurement.items[0].scale]
    return (*(option.code for option in scale.options), "blank", "dont_know")


def tally(
    questionnaire: Questionnaire,
    measurement_id: str,
    segment_of: NDArray[np.int64],
    marks: NDArray[np.int8],
    source: Source | None = None,
) -> Tallies:
    """Count the marks of a survey, statement by statement, and the covariances of their means.

    A respondent counts from one answer; the others are left out. All statements of a measurement
    are answered with the same options. The order of the respondents changes nothing.

    Args:
        questionnaire: The definition.
        measurement_id: A measurement that collects respondents.
        segment_of: Shape (respondents,): index of the segment in the definition, -1 for not known,
            which adds a last segment `unknown`.
        marks: Shape (respondents, statements), in the order of the definition: index of the option
            in the scale, -1 blank, -2 don't know.
        source: Where they come from.

    Returns:
        The tallies, with covariances (method.md section 4).
    """
    measurement = questionnaire.measurement_by_id[measurement_id]
    counted = (marks >= 0).any(axis=1)
    marks = marks[counted]
    segment = np.asarray(segment_of)[counted].astype(np.int64)
    segments = [named.id for named in questionnaire.segments]
    if (segment < 0).any():
        segment = np.where(segment < 0, len(segments), segment)
        segments.append(UNKNOWN_SEGMENT)
    options = option_columns(questionnaire, measurement)
    shape = (len(segments), len(measurement.items), len(options))
    option = np.where(marks >= 0, marks, len(options) - 3 - marks.astype(np.int64))
    place = (segment[:, None] * shape[1] + np.arange(shape[1])) * shape[2] + option
    counts = np.bincount(place.ravel(), minlength=shape[0] * shape[1] * shape[2]).reshape(shape)
    return Tallies(
        measurement=measurement_id,
        segments=tuple(segments),
        items=tuple(item.id for item in measurement.items),
        options=options,
        counts=counts.astype(np.int64),
        respondents=np.bincount(segment, minlength=len(segments)).astype(np.int64),
        covariances=_covariances(questionnaire, measurement, segments, segment, marks),
        source=source or Source(),
    )


def _covariances(
    questionnaire: Questionnaire,
    measurement: Measurement,
    segments: list[str],
    segment: NDArray[np.int64],
    marks: NDArray[np.int8],
) -> tuple[Covariance, ...]:
    points, unit = _oriented_points(questionnaire, measurement)
    answered = marks >= 0
    columns = np.arange(marks.shape[1])
    values = np.where(answered, points[columns, np.where(answered, marks, 0)], 0.0)
    pairs = _pairs(measurement)
    found: list[Covariance] = []
    for number, name in [*enumerate(segments), (-1, ALL_SEGMENTS)]:
        rows = slice(None) if name == ALL_SEGMENTS else segment == number
        moments = _Moments.of(values[rows], answered[rows])
        found.extend(_of_segment(measurement, name, moments, pairs, unit))
    return tuple(found)


def _oriented_points(
    questionnaire: Questionnaire, measurement: Measurement
) -> tuple[NDArray[np.float64], int]:
    """Points by (statement, option) as whole numbers, reversed ones turned; and how many make one point."""
    exact: list[list[Fraction]] = []
    for item in measurement.items:
        scale = questionnaire.scales[item.scale]
        row = [Fraction(option.points) for option in scale.options]
        exact.append([scale.minimum + scale.maximum - x for x in row] if item.reverse else row)
    unit = lcm(*(x.denominator for row in exact for x in row))
    return np.array([[float(x * unit) for x in row] for row in exact]), unit


@dataclass(frozen=True)
class _Moments:
    """Sums over respondents, exact because all are sums of whole numbers (in any order).

    Attributes:
        answered: Shape (respondents, statements): 1 where answered.
        n: Shape (statements,): answers.
        influence: Shape (statements, statements): the sum over respondents of
            (x_j - mean_j) / n_j * (x_l - mean_l) / n_l, over those who answered both.
    """

    answered: NDArray[np.float64]
    n: NDArray[np.float64]
    influence: NDArray[np.float64]

    @classmethod
    def of(cls, values: NDArray[np.float64], answered: NDArray[np.bool_]) -> _Moments:
        mask = answered.astype(np.float64)
        n, total = mask.sum(axis=0), values.sum(axis=0)
        products, joint, both = values.T @ values, values.T @ mask, mask.T @ mask
        size = np.outer(n, n)
        scaled = size * products - np.outer(n, total) * joint - np.outer(total, n) * joint.T
        scaled += np.outer(total, total) * both
        influence = np.divide(scaled, size * size, out=np.zeros_like(scaled), where=size > 0)
        return cls(mask, n, influence)


def _pairs(measurement: Measurement) -> list[tuple[str, str]]:
    """Each statement and each node below the root with itself; the root's children pairwise."""
    top = [child.id for child in measurement.root.children]
    below = [node.id for node in measurement.nodes[1:] if node.id not in top]
    crossed = [(a, b) for position, a in enumerate(top) for b in top[position:]]
    alone = [*below, *(item.id for item in measurement.items)]
    return [*crossed, *((name, name) for name in alone)]


def _of_segment(
    measurement: Measurement, segment: str, moments: _Moments, pairs: list[tuple[str, str]], unit: int
) -> list[Covariance]:
    """The covariances of one segment's means: n / (n - 1) times the sum of products of influences.

    The influence of respondent i on the mean of node a is u_ia = sum_j c_aj r_ij (x_ij - mean_j) / n_j,
    with c_aj the share of statement j in the node (1 / k for a plain mean of k statements that have
    answers) and r_ij 1 where answered; n counts the respondents with an answer in a or b. Of one
    statement this is exactly s^2 / n. Nodes that are no weighted means are left out.
    """
    shares = _shares(measurement, moments.n > 0)
    names = list(shares)
    matrix = np.array([shares[name] for name in names]).reshape(len(names), len(measurement.items))
    # einsum and not a matrix product: its order of summation does not depend on the machine's BLAS.
    spread = np.einsum("aj,jl->al", matrix, moments.influence)
    covariance = np.einsum("al,bl->ab", spread, matrix) / unit**2
    touched = ((moments.answered @ (matrix > 0).T.astype(np.float64)) > 0).astype(np.float64)
    size, joint = touched.sum(axis=0), touched.T @ touched
    position = {name: index for index, name in enumerate(names)}
    found = []
    for a, b in pairs:
        if a not in position or b not in position:
            continue
        i, j = position[a], position[b]
        n = int(size[i] + size[j] - joint[i, j])
        if n > 1:
            found.append(Covariance(segment, a, b, n, float(covariance[i, j]) * n / (n - 1)))
    return found


def _shares(measurement: Measurement, has_answers: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """The share of each statement in itself and in each weighted mean above it; none without answers."""
    column = {item.id: index for index, item in enumerate(measurement.items)}
    shares: dict[str, NDArray[np.float64]] = {}
    for item_id, index in column.items():
        if has_answers[index]:
            shares[item_id] = np.zeros(len(column))
            shares[item_id][index] = 1.0
    for node in reversed(measurement.nodes):
        combined = _combined(node, shares)
        if combined is not None:
            shares[node.id] = combined
    return shares


def _combined(node: Node, shares: dict[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
    if node.rule is not Rule.MEAN or (node.normalise is not None and node.normalise.method != "none"):
        return None
    parts: list[Node | Item] = [part for part in parts_of(node) if part.id in shares]
    total = float(sum(part.weight for part in parts))
    if not total:
        return None
    combined = np.zeros_like(shares[parts[0].id])
    for part in parts:
        combined += float(part.weight) / total * shares[part.id]
    return combined
