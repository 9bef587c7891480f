"""How far the mean of a survey may be from the one it estimates."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Blanks, Collects, Over
from ctimaturity.scoring.moments import option_points
from ctimaturity.scoring.tallies import ALL_SEGMENTS, arranged, design_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers, Tallies

Pair = tuple[str, str]


def variances(questionnaire: Questionnaire, answers: EntityAnswers) -> dict[Pair, float]:
    """The variance of the means of survey nodes, by (measurement, node); without those that are not known.

    With the population of each segment it is sum((N_s / N)^2 var_s), segments being independent samples;
    else all respondents are one simple random sample. The root, a mean of its parts, has
    sum(w_a w_b cov_ab) over their pairs. Counts alone say s^2 / n of a statement and nothing of a node,
    since they do not tell how the answers of one person go together. Nothing is known where blanks count
    as an answer: what they hide was not sampled.
    """
    by_place: dict[Pair, float] = {}
    for measurement in questionnaire.measurements:
        tallies = answers.tallies.get(measurement.id)
        if tallies is not None and has_error(measurement):
            matrix = _covariances(answers, tallies)
            by_place |= _of_statements(questionnaire, measurement, answers, tallies)
            by_place |= {(measurement.id, a): value for (a, b), value in matrix.items() if a == b}
            root = _root(measurement, matrix)
            if root is not None:
                by_place[measurement.id, measurement.root.id] = root
    return {place: value for place, value in by_place.items() if value == value}  # noqa: PLR0124  (NaN)


def has_error(measurement: Measurement) -> bool:
    """Whether the scores of a measurement are means over a sample of people."""
    return measurement.collects is Collects.RESPONDENTS and measurement.blanks is Blanks.EXCLUDE


def _of_statements(
    questionnaire: Questionnaire, measurement: Measurement, answers: EntityAnswers, tallies: Tallies
) -> dict[Pair, float]:
    """The variance of the mean of each statement, from its counts alone."""
    weights = design_weights(answers, tallies)
    counts = arranged(questionnaire, measurement, tallies)[:, :, :-2].tolist()
    strata = {row: people for row, people in weights.items() if any(map(any, counts[row]))}
    by_place = {}
    for column, item in enumerate(measurement.items):
        points = option_points(questionnaire, measurement, item)
        if strata:
            asked = [
                (people, counts[row][column]) for row, people in strata.items() if any(counts[row][column])
            ]
        else:
            asked = [(1, [sum(marks) for marks in zip(*(row[column] for row in counts), strict=True)])]
        everyone = sum(people for people, _ in asked)
        parts = [(Fraction(people, everyone) ** 2, _variance(marks, points)) for people, marks in asked]
        known = [share * value for share, value in parts if value is not None]
        if known and len(known) == len(parts):
            by_place[measurement.id, item.id] = float(sum(known, Fraction(0)))
    return by_place


def _variance(counts: Sequence[int], points: Sequence[Fraction]) -> Fraction | None:
    """s^2 / n of the mean of so many answers of so many points each; None of fewer than two answers."""
    n = sum(counts)
    if n < 2:  # noqa: PLR2004  (one answer has no spread)
        return None
    total = sum((count * point for count, point in zip(counts, points, strict=True)), Fraction(0))
    squares = sum((count * point**2 for count, point in zip(counts, points, strict=True)), Fraction(0))
    return (squares - total**2 / n) / (n - 1) / n


def _covariances(answers: EntityAnswers, tallies: Tallies) -> dict[Pair, float]:
    """Covariances of the means of everyone, by pair of nodes."""
    people = design_weights(answers, tallies)
    if not people:
        return {
            (covariance.node_a, covariance.node_b): covariance.value
            for covariance in tallies.covariances
            if covariance.segment == ALL_SEGMENTS
        }
    everyone = sum(people.values())
    shares = {tallies.segments[row]: count / everyone for row, count in people.items()}
    sums: dict[Pair, float] = {}
    segments: dict[Pair, int] = {}
    for covariance in tallies.covariances:
        if covariance.segment in shares:
            pair = (covariance.node_a, covariance.node_b)
            sums[pair] = sums.get(pair, 0.0) + shares[covariance.segment] ** 2 * covariance.value
            segments[pair] = segments.get(pair, 0) + 1
    return {pair: value for pair, value in sums.items() if segments[pair] == len(shares)}


def _root(measurement: Measurement, matrix: Mapping[Pair, float]) -> float | None:
    """The variance of the whole measurement, where it is the mean of nodes whose pairs are known."""
    root = measurement.root
    if root.over is not Over.CHILDREN or not root.children or root.rule != "mean":
        return None
    total = sum((Fraction(node.weight) for node in root.children), Fraction(0))
    if not total:
        return None
    shares = {node.id: float(Fraction(node.weight) / total) for node in root.children}
    variance = 0.0
    for a, share_a in shares.items():
        for b, share_b in shares.items():
            value = matrix.get((a, b), matrix.get((b, a)))
            if value is None:
                return None
            variance += share_a * share_b * value
    return variance
