"""From a questionnaire to the plan of its scoring, once for all entities."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.node_scale import counts_levels, level_bounds, parts_of
from ctimaturity.model.rule import Rule
from ctimaturity.scoring.columns import PlaceColumns
from ctimaturity.scoring.step import (
    LINEAR,
    UNWEIGHTED,
    Plan,
    PlannedGate,
    Rescale,
    RescaleKind,
    StagedBeside,
    StagedRule,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import Measurement, Node, Questionnaire
    from ctimaturity.model.rule import Gate, Goalposts, Levels, Normalise

_SMALL = 2**40
"""Quotients of whole numbers below this are told apart by their doubles."""


def compile_plan(questionnaire: Questionnaire, measurements: Sequence[str] | None = None) -> Plan:
    """Compile a definition for scoring (method.md sections 4 to 6).

    Args:
        questionnaire: The definition, checked.
        measurements: Ids of those to score; None for all. Their order does not matter.

    Raises:
        ValueError: A measurement is not in the definition, or none is named.
        JobError: Those named have no weight in the index.
    """
    known = [measurement.id for measurement in questionnaire.measurements]
    wanted = known if measurements is None else [name for name in known if name in set(measurements)]
    if not wanted or not set(measurements or ()) <= set(known):
        raise ValueError(f"the measurements to score must be some of {', '.join(known)}")
    if not any(questionnaire.index.weights[name] for name in wanted):
        raise JobError([Diagnostic(codes.NOTHING_TO_WEIGH, parameters={"names": ", ".join(wanted)})])
    return _Compiler(questionnaire, [questionnaire.measurement_by_id[name] for name in wanted]).plan()


class _Compiler:
    """Gives every column its step."""

    def __init__(self, questionnaire: Questionnaire, measurements: list[Measurement]) -> None:
        self.questionnaire = questionnaire
        self.measurements = measurements
        self.columns = PlaceColumns(questionnaire, measurements)
        self.told_apart = dict(self.columns.told_apart)
        self.watched: dict[int, set[Fraction]] = {}

    def plan(self) -> Plan:
        """The plan."""
        columns = self.columns
        self._watch_gates()
        trees = tuple(
            self._node_step(number, measurement, node)
            for number, measurement in enumerate(self.measurements)
            for node in reversed(measurement.nodes)
        )
        profile = (self._combined_step(column, parts) for column, parts in columns.combined.items())
        roots = [each.root for each in columns.measurements]
        return Plan(
            questionnaire=self.questionnaire,
            measurements=columns.measurements,
            places=tuple(columns.places),
            trees=trees,
            combined=(*profile, self._index_step(roots), self._harmonised_step(roots)),
            told_apart=tuple(self.told_apart.get(column, False) for column in range(len(columns.places) + 1)),
        )

    def _watch_gates(self) -> None:
        """Note at which values of which parts a gate decides: there the part is recomputed exactly."""
        gated: list[tuple[str | None, Iterable[Gate]]] = [(None, self.questionnaire.index.gates)]
        gated += [
            (measurement.id, node.gates) for measurement in self.measurements for node in measurement.nodes
        ]
        for measurement_id, gates in gated:
            for gate in self._gates(gates, measurement_id):
                decisive = {value for value in (gate.below, gate.equals) if value is not None}
                self.watched.setdefault(gate.column, set()).update(decisive)

    def _gates(self, gates: Iterable[Gate], measurement: str | None) -> tuple[PlannedGate, ...]:
        """Gates with columns; one of the index on a measurement that is not scored is left out."""
        return tuple(
            PlannedGate(
                column=self.columns.of[measurement or gate.node, gate.node],
                below=_exact(gate.below),
                equals=_exact(gate.equals),
                cap_level=gate.cap_level,
                cap_score=_exact(gate.cap_score),
                set_zero=gate.set_zero,
            )
            for gate in gates
            if (measurement or gate.node, gate.node) in self.columns.of
        )

    def _node_step(self, number: int, measurement: Measurement, node: Node) -> Step:
        parts = parts_of(node)
        columns = [self.columns.of[measurement.id, part.id] for part in parts]
        given = [Fraction(part.weight) for part in parts]
        weights, divisors = self._linear_form(node, columns, given)
        column = self.columns.of[measurement.id, node.id]
        gates = self._gates(node.gates, measurement.id)
        edges = self._edges(node.levels, column)
        told_apart = node.normalise is None and self._told_apart(
            node.rule, measurement, columns, weights, divisors
        )
        self.told_apart[column] = told_apart
        return Step(
            column=column,
            measurement=number,
            rule=node.rule,
            parts=tuple(columns),
            weights=weights,
            divisors=divisors,
            shares=_shares(node.rule, given),
            rescale=self._rescale(columns, node.normalise),
            complete=self._complete(node.rule, columns, node.normalise),
            ends=self.columns.ends(column),
            exponent=_exact(node.exponent),
            stage=_stage(node),
            reach=_share(node),
            levels_of_parts=tuple(part.level or 0 for part in parts),
            beside=self._beside(measurement, node),
            gates=gates,
            min_coverage=node.min_coverage,
            max_excluded=node.max_excluded,
            levels=node.levels,
            edges=edges,
            told_apart=told_apart,
            critical=self._critical(column, edges, gates),
        )

    def _linear_form(
        self, node: Node, columns: list[int], given: list[Fraction]
    ) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
        """What multiplies the parts, and what they add to the divisor.

        A points share is out_of * sum(points * x / full score) / sum(points).
        """
        if node.rule is not Rule.POINTS_SHARE:
            return _whole(node.rule, given, given)
        full = [self.columns.ends(column)[1] for column in columns]
        earned = [
            weight * Fraction(node.out_of or 0) / most if most else Fraction(0)
            for weight, most in zip(given, full, strict=True)
        ]
        return _whole(node.rule, earned, given)

    def _combined_step(self, column: int, columns: list[int]) -> Step:
        profile = self.questionnaire.profile
        weights = [Fraction(1)] * len(columns)
        levels = profile.levels if profile else None
        return self._whole_step(column, columns, weights, self.columns.profile_rule, levels=levels)

    def _index_step(self, roots: list[int]) -> Step:
        rule = self.questionnaire.index
        return self._whole_step(
            0,
            roots,
            self._index_weights(roots),
            rule.rule,
            levels=rule.levels,
            rescale=self._rescale(roots, rule.normalise),
            gates=self._gates(rule.gates, None),
            exponent=_exact(rule.exponent),
        )

    def _harmonised_step(self, roots: list[int]) -> Step:
        """The weighted mean of the measurements, each rescaled to the common ends."""
        ends = self.questionnaire.index.harmonised
        common = (Fraction(ends.minimum), Fraction(ends.maximum))
        rescale = tuple(Rescale(self.columns.ends(root), common) for root in roots)
        column, weights = len(self.columns.places), self._index_weights(roots)
        return self._whole_step(column, roots, weights, Rule.MEAN, rescale=rescale, ends=common)

    def _index_weights(self, roots: list[int]) -> list[Fraction]:
        weights = self.questionnaire.index.weights
        return [Fraction(weights[self.columns.places[root].node]) for root in roots]

    def _whole_step(
        self,
        column: int,
        columns: list[int],
        weights: list[Fraction],
        rule: Rule,
        *,
        levels: Levels | None = None,
        rescale: tuple[Rescale | None, ...] = (),
        gates: tuple[PlannedGate, ...] = (),
        exponent: Fraction | None = None,
        ends: Ends | None = None,
    ) -> Step:
        """A step over measurements: it has no score unless every part has one."""
        edges = self._edges(levels, column)
        whole, divisors = _whole(rule, weights, weights)
        return Step(
            column=column,
            measurement=-1,
            rule=rule,
            parts=tuple(columns),
            weights=whole,
            divisors=divisors,
            shares=_shares(rule, weights),
            rescale=rescale or (None,) * len(columns),
            complete=True,
            ends=ends or self.columns.ends(column),
            exponent=exponent,
            levels_of_parts=(0,) * len(columns),
            gates=gates,
            levels=levels,
            edges=edges,
            critical=self._critical(column, edges, gates),
        )

    def _rescale(self, columns: list[int], normalise: Normalise | None) -> tuple[Rescale | None, ...]:
        if counts_levels(normalise):
            return tuple(
                Rescale(
                    self.columns.ends(column),
                    self.columns.level_ends[column],
                    RescaleKind.LEVEL,
                    values=self.columns.level_values[column],
                )
                for column in columns
            )
        if normalise is None or normalise.minimum is None or normalise.maximum is None:
            return (None,) * len(columns)
        common = (Fraction(normalise.minimum), Fraction(normalise.maximum))
        return tuple(self._by_goalposts(column, common, normalise.goalposts) for column in columns)

    def _by_goalposts(self, column: int, common: Ends, goalposts: Mapping[str, Goalposts]) -> Rescale:
        """Goalposts of a reversed item are those of its answers, while its score is turned round."""
        given = goalposts.get(self.columns.places[column].node)
        ends = self.columns.ends(column)
        if given is None:
            return Rescale(ends, common)
        low, high = Fraction(given.minimum), Fraction(given.maximum)
        item = self.columns.items.get(column)
        turn = sum(ends, Fraction(0)) if item is not None and item.reverse else None
        if given.logarithm:
            return Rescale((low, high), common, RescaleKind.LOGARITHM, turn)
        return Rescale((low, high) if turn is None else (turn - high, turn - low), common)

    def _complete(self, rule: Rule, columns: list[int], normalise: Normalise | None) -> bool:
        """Whether leaving out a part would change the scale of the whole."""
        if rule is Rule.PRODUCT:
            return True
        if rule in {Rule.SUM, Rule.POINTS_SHARE, Rule.STAGED}:
            return False
        if counts_levels(normalise):
            return len({self.columns.level_ends[column] for column in columns}) > 1
        if normalise is not None and normalise.minimum is not None:
            return False
        return len({self.columns.ends(column) for column in columns}) > 1

    def _beside(self, measurement: Measurement, node: Node) -> StagedBeside | None:
        if not node.staged:
            return None
        return StagedBeside(
            items=tuple(
                (self.columns.of[measurement.id, item.id], item.level)
                for item in node.items
                if item.level is not None
            ),
            nodes=tuple(self.columns.of[measurement.id, child.id] for child in node.children if child.staged),
            stage=_stage(node) or StagedRule(Fraction(0), Fraction(0)),
        )

    def _told_apart(
        self,
        rule: Rule,
        measurement: Measurement,
        columns: list[int],
        weights: Sequence[Fraction],
        divisors: Sequence[Fraction],
    ) -> bool:
        if rule not in LINEAR - {Rule.SUM} or any(n.denominator != 1 for n in (*weights, *divisors)):
            return False
        credit = measurement.not_applicable.credit or Decimal(0)
        if credit % 1 or not all(
            self.told_apart.get(column) and column in self.columns.items for column in columns
        ):
            return False
        scales = [self.questionnaire.scales[self.columns.items[column].scale] for column in columns]
        if any(option.points % 1 for scale in scales for option in scale.options):
            return False
        most = max((abs(end) for column in columns for end in self.columns.ends(column)), default=Fraction(0))
        return max(sum(weights) * most, sum(divisors)) < _SMALL

    def _edges(self, levels: Levels | None, column: int) -> tuple[Fraction, ...]:
        return () if levels is None else level_bounds(levels, self.columns.ends(column))

    def _critical(
        self, column: int, edges: tuple[Fraction, ...], gates: tuple[PlannedGate, ...]
    ) -> tuple[Fraction, ...]:
        caps = {gate.cap_score for gate in gates if gate.cap_score is not None}
        return tuple(sorted({*edges, *caps, *self.watched.get(column, ())}))


def _shares(rule: Rule, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The weights of coverage: the smallest whole numbers, 1 each where the rule has none."""
    return (Fraction(1),) * len(weights) if rule in UNWEIGHTED else _whole(Rule.MEAN, weights, weights)[1]


def _stage(node: Node) -> StagedRule | None:
    if node.met_at is None:
        return None
    below = node.met_at if node.met_below is None else node.met_below
    return StagedRule(Fraction(node.met_at), Fraction(below), _share(node))


def _share(node: Node) -> Fraction:
    return Fraction(1) if node.met_share is None else Fraction(node.met_share)


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _whole(
    rule: Rule, weights: Sequence[Fraction], divisors: Sequence[Fraction]
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Weights of a sum as they are, without divisors; others as the smallest whole numbers.

    Weights are relative: 0.5 and 1 are 1 and 2, so that multiplying all by a number changes no bit.
    """
    if rule is Rule.SUM:
        return tuple(weights), (Fraction(0),) * len(weights)
    every = [*weights, *divisors]
    unit = Fraction(gcd(*(n.numerator for n in every)) or 1, lcm(*(n.denominator for n in every)))
    return tuple(n / unit for n in weights), tuple(n / unit for n in divisors)
