"""What a survey says of a population: means, how sure they are, and how segments differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isnan, nan, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.scoring.moments import total_of
from ctimaturity.scoring.tallies import ALL_SEGMENTS, UNKNOWN_SEGMENT, people_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.moments import Moments, ShareTable, SurveyFrame

REACH = NormalDist().inv_cdf((1 + 0.95) / 2)
"""So many standard errors to each side hold 95 % of what chance brings."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean of a node over the people of a segment, or of `all` segments.

    Attributes:
        segment: Id of the segment; `all` for everyone.
        node: Id of a statement or node.
        kind: `item`, or the node's kind.
        mean: On the node's scale; None without answers.
        n: Who answered the statement, or something below the node; None for a node where only counts
            are known.
        respondents: Who took part.
        nonresponse: Blank answers among all answers that were asked for, in [0, 1].
        dont_know: The same for don't knows.
        standard_error: Of the mean; None where it cannot be given.
        low, high: The 95 % interval: mean -+ 1.96 standard errors; it may reach beyond the scale.
        weighting: `design` with population counts, else `equal`.
    """

    segment: str
    node: str
    kind: str
    mean: float | None
    n: int | None
    respondents: int
    nonresponse: float | None
    dont_know: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    weighting: str


@dataclass(frozen=True, slots=True)
class SegmentContrast:
    """How far the means of two segments lie apart.

    Attributes:
        node: Id of a statement or node.
        segment_a, segment_b: Ids of the segments.
        difference: Mean of a less mean of b.
        standard_error: sqrt(se_a^2 + se_b^2); None where one of them cannot be given.
        low, high: The 95 % interval of the difference.
    """

    node: str
    segment_a: str
    segment_b: str
    difference: float
    standard_error: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Stratum:
    """One segment as the estimator sees it.

    Attributes:
        moments: Its sums.
        population: How many people it has; None where that is not known.
    """

    moments: Moments
    population: int | None = None


def estimates(
    frame: SurveyFrame,
    by_segment: Mapping[str, Moments],
    population: Mapping[str, int] | None = None,
) -> tuple[Estimate, ...]:
    """The estimates of all statements and nodes, for everyone and for each segment.

    With a population for every segment that answered, everyone's mean of a statement is
    sum(N_s m_s) / sum(N_s) over the segments with answers to it, and its variance
    sum((N_s / N)^2 (1 - n_s / N_s) s_s^2 / n_s); otherwise all respondents count equally, as one
    simple random sample without finite population correction. The mean of a node is that of its
    statements with their shares; its variance uses the covariances within respondents, so it cannot be
    given where only counts are known.

    Args:
        frame: What the marks stand for.
        by_segment: The sums of each segment.
        population: People by segment.

    Returns:
        Everyone first, then the segments; in each the statements, then the nodes from below.
    """
    asked = {name: sums for name, sums in by_segment.items() if sums.respondents}
    people = people_of({name: sums.respondents for name, sums in asked.items()}, population or {})
    if not asked:
        return ()
    if people:
        strata = [Stratum(asked[name], count) for name, count in people.items()]
    else:
        strata = [Stratum(total_of(list(asked.values())))]
    made = _estimates(frame, ALL_SEGMENTS, strata)
    for name, sums in asked.items():
        made += _estimates(frame, name, [Stratum(sums, people.get(name))])
    return tuple(made)


def contrasts(estimated: Sequence[Estimate]) -> tuple[SegmentContrast, ...]:
    """The differences between every two segments, node by node; segments are independent samples."""
    by_node: dict[str, list[Estimate]] = {}
    for estimate in estimated:
        if estimate.segment not in {ALL_SEGMENTS, UNKNOWN_SEGMENT} and estimate.mean is not None:
            by_node.setdefault(estimate.node, []).append(estimate)
    return tuple(
        _contrast(first, second)
        for estimates_of_node in by_node.values()
        for first, second in combinations(estimates_of_node, 2)
    )


def _contrast(first: Estimate, second: Estimate) -> SegmentContrast:
    difference = (first.mean or 0.0) - (second.mean or 0.0)
    error = None
    if first.standard_error is not None and second.standard_error is not None:
        error = sqrt(first.standard_error**2 + second.standard_error**2)
    return SegmentContrast(
        first.node, first.segment, second.segment, difference, error, *_interval(difference, error)
    )


def _interval(mean: float | None, error: float | None) -> tuple[float | None, float | None]:
    if mean is None or error is None:
        return None, None
    return mean - REACH * error, mean + REACH * error


def _estimates(frame: SurveyFrame, segment: str, strata: list[Stratum]) -> list[Estimate]:
    weights, means = _means(frame, strata)
    table = frame.share_table(~np.isnan(means))
    values = np.einsum("aj,j->a", table.matrix, np.nan_to_num(means)).tolist()
    variances = _variances(frame, table, weights, strata).tolist()
    people = total_of([stratum.moments for stratum in strata])
    reached = _reached(frame, people)
    weighting = "design" if strata[0].population is not None else "equal"
    made = []
    for (node, kind), (asked, blank, unknown) in zip(_places(frame), _said(frame, people), strict=True):
        at = table.row_of.get(node)
        mean = None if at is None else values[at]
        error = None if at is None or isnan(variances[at]) else sqrt(max(variances[at], 0.0))
        low, high = _interval(mean, error)
        made.append(
            Estimate(
                segment=segment,
                node=node,
                kind=kind,
                mean=mean,
                n=reached.get(node),
                respondents=people.respondents,
                nonresponse=blank / asked if asked else None,
                dont_know=unknown / asked if asked else None,
                standard_error=error,
                low=low,
                high=high,
                weighting=weighting,
            )
        )
    return made


def _places(frame: SurveyFrame) -> list[tuple[str, str]]:
    """Id and kind of statements, then of the nodes, the root last."""
    items = [(item.id, "item") for item in frame.measurement.items]
    return [*items, *((node.id, node.kind) for node in reversed(frame.measurement.nodes))]


def _said(frame: SurveyFrame, people: Moments) -> list[list[int]]:
    """For each place: answers asked for, blank ones, don't knows."""
    each = np.stack([people.counts.sum(axis=1), *people.counts[:, -2:].T], axis=1)
    nodes = [
        each[frame.statements_of[node.id]].sum(axis=0).tolist() for node in reversed(frame.measurement.nodes)
    ]
    return [*each.tolist(), *nodes]


def _reached(frame: SurveyFrame, people: Moments) -> dict[str, int]:
    """How many answered each statement, or something below each node; no nodes of counts alone."""
    answers = people.counts[:, :-2].sum(axis=1).tolist()
    reached = {item.id: n for item, n in zip(frame.measurement.items, answers, strict=True)}
    if not people.joint:
        return reached
    touched = np.diagonal(people.touched).tolist()
    for node, n in zip(frame.measurement.nodes[1:], touched, strict=True):
        reached[node.id] = n
    reached[frame.measurement.id] = people.respondents
    return reached


def _means(frame: SurveyFrame, strata: list[Stratum]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the strata by statement, shape (strata, statements), and the means of the statements.

    A stratum without answers to a statement has no weight in it. A mean is the double nearest to the
    exact one; NaN without any answer.
    """
    said = [stratum.moments.counts[:, :-2] for stratum in strata]
    totals = [(each * frame.points).sum(axis=1).tolist() for each in said]
    answers = [each.sum(axis=1).tolist() for each in said]
    weights = np.zeros((len(strata), frame.size))
    means = np.full(frame.size, nan)
    for item in range(frame.size):
        people = [
            (stratum.population or 1) if n[item] else 0 for stratum, n in zip(strata, answers, strict=True)
        ]
        everyone = sum(people)
        if not everyone:
            continue
        # Whole numbers throughout: their quotient is rounded once.
        above, below = 0, 1
        for number, weight in enumerate(people):
            if weight:
                weights[number, item] = weight / everyone
                n = answers[number][item]
                above = above * n + weight * totals[number][item] * below
                below *= n
        means[item] = above / (below * everyone * frame.unit)
    return weights, means


def _variances(
    frame: SurveyFrame, table: ShareTable, weights: NDArray[np.float64], strata: list[Stratum]
) -> NDArray[np.float64]:
    """Of the means of statements and nodes; NaN where they cannot be given.

    Each stratum adds (1 - n / N) n / (n - 1) times the sum over its respondents of the squared
    influence on the node, n being those who answered something of it.
    """
    variances = np.zeros(len(table.row_of))
    for weight, stratum in zip(weights, strata, strict=True):
        of_stratum = table.matrix * weight
        spread = np.einsum("aj,jl->al", of_stratum, stratum.moments.influence)
        squares = np.einsum("al,al->a", spread, of_stratum) / frame.unit**2
        reached = _reached(frame, stratum.moments)
        n = np.array([reached.get(name, 0) for name in table.row_of], dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            more = squares * n / (n - 1)
        if stratum.population is not None:
            more *= np.maximum(0.0, 1 - n / stratum.population)
        more[n < 2] = nan  # noqa: PLR2004  (one respondent has no spread)
        variances += np.where(of_stratum.any(axis=1), more, 0.0)
    return variances
