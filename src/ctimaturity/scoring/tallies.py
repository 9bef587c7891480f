"""From respondents' marks to tallies: counts that forget who answered, and how sure their means are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.response import Covariance, Source, Tallies
from ctimaturity.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    values = np.where(answered, points[columns, np.where(answered, marks, 0)], 0)
    own = [_Moments.of(values[segment == row], answered[segment == row]) for row in range(len(segments))]
    found: list[Covariance] = []
    for name, moments in zip([*segments, ALL_SEGMENTS], [*own, _Moments.together(own)], strict=True):
        found.extend(_of_segment(measurement, name, moments, unit))
    return tuple(found)


def _oriented_points(questionnaire: Questionnaire, measurement: Measurement) -> tuple[NDArray[np.int64], int]:
    """Points by (statement, option) as whole numbers, reversed ones turned; and how many make one point."""
    exact: list[list[Fraction]] = []
    for item in measurement.items:
        scale = questionnaire.scales[item.scale]
        row = [Fraction(option.points) for option in scale.options]
        exact.append([scale.minimum + scale.maximum - x for x in row] if item.reverse else row)
    unit = lcm(*(x.denominator for row in exact for x in row))
    return np.array([[int(x * unit) for x in row] for row in exact], dtype=np.int64), unit


@dataclass(frozen=True)
class _Moments:
    """Sums over respondents, whole numbers all: exact, in any order, and those of segments add up.

    Attributes:
        answered: Shape (respondents, statements).
        n, total: Shape (statements,): answers, and the sum of their points.
        products: Shape (statements, statements): sum of x_j x_l over those who answered both.
        joint: The same of x_j alone.
        both: How many answered both.
    """

    answered: NDArray[np.bool_]
    n: NDArray[np.int64]
    total: NDArray[np.int64]
    products: NDArray[np.int64]
    joint: NDArray[np.int64]
    both: NDArray[np.int64]

    @classmethod
    def of(cls, values: NDArray[np.int64], answered: NDArray[np.bool_]) -> _Moments:
        mask = answered.astype(np.int64)
        return cls(
            answered, mask.sum(axis=0), values.sum(axis=0), values.T @ values, values.T @ mask, mask.T @ mask
        )

    @classmethod
    def together(cls, segments: list[_Moments]) -> _Moments:
        return cls(
            np.concatenate([each.answered for each in segments]),
            *(
                np.sum([getattr(each, name) for each in segments], axis=0)
                for name in ("n", "total", "products", "joint", "both")
            ),
        )

    @cached_property
    def influence(self) -> NDArray[np.float64]:
        """Sum of (x_j - mean_j) / n_j * (x_l - mean_l) / n_l over the respondents who answered both."""
        n, total = self.n.astype(np.float64), self.total.astype(np.float64)
        size = np.outer(n, n)
        crossed = np.outer(n, total) * self.joint
        scaled = size * self.products - crossed - crossed.T + np.outer(total, total) * self.both
        return np.divide(scaled, size * size, out=np.zeros_like(scaled), where=size > 0)


def _of_segment(measurement: Measurement, segment: str, moments: _Moments, unit: int) -> Iterator[Covariance]:
    """The covariances of one segment's means: n / (n - 1) times the sum of products of influences.

    The root's children pairwise, each other node and each statement with itself. The influence of
    respondent i on the mean of node a is u_ia = sum_j c_aj r_ij (x_ij - mean_j) / n_j, with c_aj the
    share of statement j in the node (1 / k for a plain mean of k statements that have answers) and
    r_ij 1 where answered; n counts the respondents with an answer in a or b. Of one statement this
    is exactly s^2 / n. Nodes that are no weighted means are left out.
    """
    shares = _shares(measurement, moments.n > 0)
    support = {name: np.flatnonzero(share) for name, share in shares.items()}
    touched = {name: moments.answered[:, columns].any(axis=1) for name, columns in support.items()}
    top = [child.id for child in measurement.root.children if child.id in shares]
    pairs = [(a, b) for position, a in enumerate(top) for b in top[position:]]
    pairs += [
        (node.id, node.id) for node in measurement.nodes[1:] if node.id in shares and node.id not in top
    ]
    for a, b in pairs:
        n = int((touched[a] | touched[b]).sum())
        if n > 1:
            within = moments.influence[np.ix_(support[a], support[b])]
            # einsum and no matrix product: its order of summation is the same on every machine.
            weighted = np.einsum("j,jl,l->", shares[a][support[a]], within, shares[b][support[b]])
            yield Covariance(segment, a, b, n, float(weighted) / unit**2 * n / (n - 1))
    for column, item in enumerate(measurement.items):
        n = int(moments.n[column])
        if n > 1:
            value = float(moments.influence[column, column]) / unit**2 * n / (n - 1)
            yield Covariance(segment, item.id, item.id, n, value)


def _shares(measurement: Measurement, has_answers: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """The shares of the statements in each node that is a weighted mean of such; none without answers."""
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
    return {node.id: shares[node.id] for node in measurement.nodes if node.id in shares}


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
