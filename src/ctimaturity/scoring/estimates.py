"""What a survey says of a population: means, how sure they are, and how segments differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import nan, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.scoring.moments import total_of
from ctimaturity.scoring.tallies import ALL_SEGMENTS, UNKNOWN_SEGMENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.scoring.moments import Moments, SurveyFrame

CONFIDENCE = 0.95
_REACH = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


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
class Contrast:
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
    people = weights_of(asked, population or {})
    if not asked:
        return ()
    if people:
        strata = [Stratum(asked[name], count) for name, count in people.items()]
    else:
        strata = [Stratum(total_of(list(asked.values())))]
    found = _estimates(frame, ALL_SEGMENTS, strata)
    for name, sums in asked.items():
        found += _estimates(frame, name, [Stratum(sums, people.get(name))])
    return tuple(found)


def weights_of(by_segment: Mapping[str, Moments], population: Mapping[str, int]) -> dict[str, int]:
    """The population of each segment that answered; empty unless every one of them has it.

    Respondents of unknown segment have no weight.
    """
    asked = [name for name, sums in by_segment.items() if sums.respondents and name != UNKNOWN_SEGMENT]
    if not asked or not all(population.get(name, 0) > 0 for name in asked):
        return {}
    return {name: population[name] for name in asked}


def contrasts(found: Sequence[Estimate]) -> tuple[Contrast, ...]:
    """The differences between every two segments, node by node; segments are independent samples."""
    by_node: dict[str, list[Estimate]] = {}
    for estimate in found:
        if estimate.segment not in {ALL_SEGMENTS, UNKNOWN_SEGMENT} and estimate.mean is not None:
            by_node.setdefault(estimate.node, []).append(estimate)
    return tuple(
        _contrast(first, second)
        for estimates_of_node in by_node.values()
        for first, second in combinations(estimates_of_node, 2)
    )


def _contrast(first: Estimate, second: Estimate) -> Contrast:
    difference = (first.mean or 0.0) - (second.mean or 0.0)
    error = None
    if first.standard_error is not None and second.standard_error is not None:
        error = sqrt(first.standard_error**2 + second.standard_error**2)
    return Contrast(
        first.node, first.segment, second.segment, difference, error, *_interval(difference, error)
    )


def _interval(mean: float | None, error: float | None) -> tuple[float | None, float | None]:
    if mean is None or error is None:
        return None, None
    return mean - _REACH * error, mean + _REACH * error


def _estimates(frame: SurveyFrame, segment: str, strata: list[Stratum]) -> list[Estimate]:
    weights, means = _means(frame, strata)
    shares = frame.shares(~np.isnan(means))
    names = list(shares)
    matrix = np.array([shares[name] for name in names]).reshape(len(names), frame.size)
    values = np.einsum("aj,j->a", matrix, np.nan_to_num(means))
    variances = _variances(frame, names, matrix, weights, strata)
    people = total_of([stratum.moments for stratum in strata])
    reached = _reached(frame, people)
    weighting = "design" if strata[0].population is not None else "equal"
    found = []
    for node, kind, columns in _places(frame):
        counts = people.counts[columns].sum(axis=0)
        at = names.index(node) if node in shares else None
        mean = None if at is None else float(values[at])
        variance = None if at is None else float(variances[at])
        error = None if variance is None or np.isnan(variance) else sqrt(max(variance, 0.0))
        asked = int(counts.sum())
        found.append(
            Estimate(
                segment=segment,
                node=node,
                kind=kind,
                mean=mean,
                n=reached.get(node),
                respondents=people.respondents,
                nonresponse=int(counts[-2]) / asked if asked else None,
                dont_know=int(counts[-1]) / asked if asked else None,
                standard_error=error,
                low=_interval(mean, error)[0],
                high=_interval(mean, error)[1],
                weighting=weighting,
            )
        )
    return found


def _places(frame: SurveyFrame) -> list[tuple[str, str, list[int]]]:
    """Id, kind and columns of statements, then of the nodes, the root last."""
    column = {item.id: number for number, item in enumerate(frame.measurement.items)}
    items = [(item.id, "item", [column[item.id]]) for item in frame.measurement.items]
    nodes = [
        (node.id, node.kind, [column[item.id] for item in node.all_items()])
        for node in reversed(frame.measurement.nodes)
    ]
    return [*items, *nodes]


def _reached(frame: SurveyFrame, people: Moments) -> dict[str, int]:
    """How many answered each statement, or something below each node; no nodes of counts alone."""
    answers = people.counts[:, :-2].sum(axis=1)
    found = {item.id: int(n) for item, n in zip(frame.measurement.items, answers, strict=True)}
    if not people.joint:
        return found
    for number, node in enumerate(frame.measurement.nodes[1:]):
        found[node.id] = int(people.touched[number, number])
    found[frame.measurement.id] = people.respondents
    return found


def _means(frame: SurveyFrame, strata: list[Stratum]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the strata by statement, shape (strata, statements), and the means of the statements.

    A stratum without answers to a statement has no weight in it. A mean is the double nearest to the
    exact one; NaN without any answer.
    """
    said = [stratum.moments.counts[:, :-2].tolist() for stratum in strata]
    points = frame.points.tolist()
    weights = np.zeros((len(strata), frame.size))
    means = np.full(frame.size, nan)
    for item in range(frame.size):
        people = [
            (stratum.population or 1) if any(marks[item]) else 0
            for stratum, marks in zip(strata, said, strict=True)
        ]
        everyone = sum(people)
        if not everyone:
            continue
        exact = Fraction(0)
        for number, (weight, marks) in enumerate(zip(people, said, strict=True)):
            if weight:
                weights[number, item] = weight / everyone
                total = sum(count * point for count, point in zip(marks[item], points[item], strict=True))
                exact += Fraction(weight * total, everyone * sum(marks[item]) * frame.unit)
        means[item] = float(exact)
    return weights, means


def _variances(
    frame: SurveyFrame,
    names: list[str],
    matrix: NDArray[np.float64],
    weights: NDArray[np.float64],
    strata: list[Stratum],
) -> NDArray[np.float64]:
    """Of the means of statements and nodes; NaN where they cannot be given.

    Each stratum adds (1 - n / N) n / (n - 1) times the sum over its respondents of the squared
    influence on the node, n being those who answered something of it.
    """
    found = np.zeros(len(names))
    for weight, stratum in zip(weights, strata, strict=True):
        of_stratum = matrix * weight
        spread = np.einsum("aj,jl->al", of_stratum, stratum.moments.influence)
        squares = np.einsum("al,al->a", spread, of_stratum) / frame.unit**2
        reached = _reached(frame, stratum.moments)
        for number, name in enumerate(names):
            if not of_stratum[number].any():
                continue
            n = reached.get(name, 0)
            if n < 2:  # noqa: PLR2004  (one respondent has no spread)
                found[number] = nan
                continue
            correction = 1.0 if stratum.population is None else max(0.0, 1 - n / stratum.population)
            found[number] += correction * squares[number] * n / (n - 1)
    return found
