"""The dimensions of an entity: what inhabitants think of them against what indicators show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

from ctimaturity.analysis.sampling import variances
from ctimaturity.model.rule import Collects, Direction, ResultsBasis
from ctimaturity.model.score import PROFILE
from ctimaturity.scoring.estimates import REACH
from ctimaturity.scoring.items import SCORE
from ctimaturity.scoring.marks import Marks

if TYPE_CHECKING:
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.questionnaire import Item, Measurement
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import NodeScore


class Advice(StrEnum):
    """What perception against results asks for."""

    KEEP = "keep"
    """Both are high."""
    TELL = "tell"
    """Results are high and perception is low: tell people."""
    WARN = "warn"
    """Results are low and perception is high: warn."""
    ACT = "act"
    """Both are low."""


@dataclass(frozen=True, slots=True)
class DimensionContrast:
    """One dimension in perception and in results.

    Attributes:
        node: Its id.
        combined, perception, results: Its scores; those two may be None.
        advice: None unless both are known. High is at or above the middle of the scale.
    """

    node: str
    combined: NodeScore
    perception: NodeScore | None
    results: NodeScore | None
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class Discontent:
    """A statement and how content inhabitants are with it.

    Attributes:
        item: The statement.
        measurement: Where it is.
        top: Id of the top node above it.
        mean: Of those who answered.
        n: How many they are.
        low, high: The 95 % interval, cut at the ends of the scale; None where it is not known.
    """

    item: Item
    measurement: str
    top: str
    mean: float
    n: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Weakness:
    """An indicator that is not at its best mark.

    Attributes:
        item: The indicator.
        measurement: Where it is.
        top: Id of the top node above it.
        mark: What it counts with.
        basis: Where the mark comes from.
        value: Of the indicator; None without one.
        distance: How far the value is from the next better mark, in the unit of the indicator; None
            without a reference range.
        beyond: Whether the value has to go beyond the bound rather than reach it.
        lower: Whether the value has to become less.
        yes: Whether the value has to change from no to yes, or from yes to no.
    """

    item: Item
    measurement: str
    top: str
    mark: float
    basis: str
    value: Fraction | None
    distance: Fraction | None
    beyond: bool = False
    lower: bool = False
    yes: bool = False


def dimension_contrasts(scored: Round, code: str) -> tuple[DimensionContrast, ...]:
    """The combined dimensions of an entity, in the order of the definition."""
    profile = scored.questionnaire.profile
    if profile is None:
        return ()
    row = scored.rows[code]
    kinds: dict[Collects, str] = {}
    for name in profile.measurements:
        if name in scored.index.measurements:
            kinds.setdefault(scored.questionnaire.measurement_by_id[name].collects, name)

    def score(kind: Collects, node: str) -> NodeScore | None:
        name = kinds.get(kind, "")
        if (name, node) not in scored.columns:
            return None
        own = scored.index.node(row, name, node)
        return None if own.score is None else own

    contrasts = []
    for step in scored.plan.profile:
        node = scored.plan.places[step.column].node
        perception, results = score(Collects.RESPONDENTS, node), score(Collects.INDICATORS, node)
        advice = _advice(perception, results) if perception and results else None
        combined = scored.index.node(row, PROFILE, node)
        contrasts.append(DimensionContrast(node, combined, perception, results, advice))
    return tuple(contrasts)


def _advice(perception: NodeScore, results: NodeScore) -> Advice:
    if _is_high(results):
        return Advice.KEEP if _is_high(perception) else Advice.TELL
    return Advice.WARN if _is_high(perception) else Advice.ACT


def _is_high(score: NodeScore) -> bool:
    """Whether a score reaches the middle of its scale."""
    middle = (score.place.scale_min + score.place.scale_max) / 2
    return score.score is not None and score.score >= float(middle)


def discontents(scored: Round, code: str) -> tuple[Discontent, ...]:
    """The statements that inhabitants answered, the least content first."""
    answers = scored.answers[code]
    entity = scored.entities[code]
    known: dict[tuple[str, str], float] | None = None
    statements = []
    for planned, values in zip(scored.plan.measurements, scored.items, strict=True):
        measurement = planned.definition
        if measurement.collects is not Collects.RESPONDENTS or measurement.id not in answers.tallies:
            continue
        known = variances(scored.questionnaire, answers) if known is None else known
        tops = _tops(measurement)
        for number, item in enumerate(measurement.items):
            mean, n = values.exact(number, SCORE, entity), int(values.n[number, entity])
            if mean is None or not n:
                continue
            scale = scored.questionnaire.scales[item.scale]
            variance = known.get((measurement.id, item.id))
            low = high = None
            if variance is not None:
                reach = REACH * sqrt(max(variance, 0.0))
                low = max(float(mean) - reach, float(scale.minimum))
                high = min(float(mean) + reach, float(scale.maximum))
            statements.append(Discontent(item, measurement.id, tops[item.id], float(mean), n, low, high))
    return tuple(sorted(statements, key=lambda each: each.mean))


def weaknesses(scored: Round, code: str) -> tuple[Weakness, ...]:
    """The indicators that are answered and not at their best mark, the lowest first."""
    entity = scored.entities[code]
    indicators: list[Weakness] = []
    for planned, values in zip(scored.plan.measurements, scored.items, strict=True):
        measurement = planned.definition
        if measurement.collects is not Collects.INDICATORS:
            continue
        marks = Marks(scored.questionnaire, measurement, scored.index.results_basis, scored.reference)
        tops = _tops(measurement)
        for number, item in enumerate(measurement.items):
            mark = values.exact(number, SCORE, entity)
            best = scored.questionnaire.scales[item.scale].maximum
            if values.n[number, entity] and mark is not None and mark < best:
                plain = Weakness(item, measurement.id, tops[item.id], float(mark), "", None, None)
                indicators.append(_measured(scored, plain, scored.answers[code], marks))
    return tuple(sorted(indicators, key=lambda each: each.mark))


def _measured(scored: Round, weakness: Weakness, answers: EntityAnswers, marks: Marks) -> Weakness:
    """With its value, and with the distance where a reference range marks it."""
    item = weakness.item
    response = answers.responses[item.id]
    read = marks.of(item, response, answers.entity)
    value = marks.value(item, response)
    known = replace(weakness, basis=str(read.basis), value=value)
    if read.basis is not ResultsBasis.RANGE or scored.reference is None or value is None:
        return known
    covered = scored.reference.range_for(item.id, answers.entity)
    if covered is None:
        return known
    lower = covered.direction is Direction.LOWER
    if covered.yes_no:
        return replace(known, distance=Fraction(1), lower=lower, yes=True)
    return replace(known, distance=next_cut(covered, value), beyond=covered.worse_on_cut, lower=lower)


def next_cut(covered: ReferenceRange, value: Fraction) -> Fraction | None:
    """How far a value is from the cut where the next better mark begins; None at the best mark."""
    cuts = [Fraction(cut) for cut in covered.cuts]
    lower, on = covered.direction is Direction.LOWER, covered.worse_on_cut
    ahead = [
        cut
        for cut in cuts
        if (value > cut or (on and value == cut) if lower else value < cut or (on and value == cut))
    ]
    if not ahead:
        return None
    return value - max(ahead) if lower else min(ahead) - value


def _tops(measurement: Measurement) -> dict[str, str]:
    """The top node above every item; the root for what has no other."""
    tops = (measurement.root, *measurement.root.children)
    return {item.id: top.id for top in tops for item in top.all_items()}
