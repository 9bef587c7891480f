"""The tree of one entity's score, every number with its rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate
from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.rule import Collects, ResultsBasis, Rule
from ctimaturity.model.score import INDEX, PROFILE, IndexRow, NodeScore, Status
from ctimaturity.model.text import in_language
from ctimaturity.reporting.calculation import Calculation, calculation_of
from ctimaturity.reporting.origin import Origin, indicator_origin, range_origin, survey_origin
from ctimaturity.reporting.rule_details import with_details
from ctimaturity.reporting.words import Words
from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.index import read_items
from ctimaturity.scoring.marks import Marks
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import IndexRule, Item, Measurement, Node, Profile, Questionnaire
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import Response
    from ctimaturity.model.ruling import Ruled, Verification
    from ctimaturity.reporting.contrast import Contrast
    from ctimaturity.scoring.step import Plan

RULES = {
    Rule.MEAN: "weighted mean",
    Rule.SUM: "weighted sum",
    Rule.PRODUCT: "product",
    Rule.POINTS_SHARE: "points met over points applicable, times {out_of}",
    Rule.STAGED: "highest level met with all below it",
    Rule.MIN: "lowest part",
    Rule.MAX: "highest part",
    Rule.MEDIAN: "median",
    Rule.GEOMETRIC: "weighted geometric mean",
    Rule.HARMONIC: "weighted harmonic mean",
    Rule.POWER: "power mean of exponent {exponent}",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree.

    Attributes:
        depth: 0 for the top of what was asked for.
        title: What people read.
        numbers: Score, level, coverage, bounds.
        level_name: Of its level; empty without.
        rule: How it comes from its parts, in words; empty for items.
        weight: Relative weight among its siblings, as the definition has it; empty for the top.
        made: How the score comes from its parts; None for items and where there is no score.
        response: The answer, for items of capacities and results.
        reported: The score of the answers as reported; None where rulings changed nothing of it.
        rulings: The rulings on an item.
        basis: Where the mark of an indicator comes from; empty for all else.
        range: The reference range that holds for an indicator of this entity.
        before: The same line as it is, in a what-if that changes it; None where nothing of it changes.
        origin: Where the numbers of a survey or of all indicators come from; of statements and measurements.
    """

    depth: int
    title: str
    numbers: NodeScore
    level_name: str
    rule: str
    weight: str
    made: Calculation | None
    response: Response | None
    reported: NodeScore | None = None
    rulings: tuple[Ruled, ...] = ()
    basis: str = ""
    range: ReferenceRange | None = None
    before: Branch | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The tree of one entity, or of one node of it.

    Attributes:
        row: The entity's.
        branches: From the top.
        verified: Whether there were rulings, so that the numbers are the verified ones.
        contrast: What a what-if changes; None of what is.
    """

    row: IndexRow
    branches: tuple[Branch, ...]
    verified: bool = False
    contrast: Contrast | None = None


def explanation_of(assessment: Assessment, code: str, node: str | None, language: str) -> Explanation | None:
    """The tree below a node (the index without one).

    Args:
        assessment: What was scored.
        code: The entity's code.
        node: Id of a node, item, measurement or combined dimension; all places with that id are shown.
        language: Of the titles and rules.

    Returns:
        None when the entity is not there; an explanation without branches when the node is not.
    """
    row = next((row for row in assessment.index.rows if row.entity.code == code), None)
    if row is None:
        return None
    branches = tuple(_Tree(assessment, row, language).below(node))
    if assessment.verification is not None:
        branches = tuple(_beside(assessment.verification, code, branches))
    return Explanation(row, branches, verified=assessment.verification is not None)


def _beside(verification: Verification, code: str, branches: tuple[Branch, ...]) -> Iterator[Branch]:
    """The branches with what was reported beside what was verified."""
    row = verification.row(code)
    ruled = [ruled for ruled in verification.rulings if ruled.ruling.entity == code]
    for branch in branches:
        place = branch.numbers.place
        before = verification.index.node(row, place.measurement, place.node) if row is not None else None
        same = before is None or (before.score, before.low, before.high) == (
            branch.numbers.score,
            branch.numbers.low,
            branch.numbers.high,
        )
        on_it = tuple(one for one in ruled if place.is_item and one.ruling.item == place.node)
        yield replace(branch, reported=None if same else before, rulings=on_it)


class _Tree:
    def __init__(self, assessment: Assessment, row: IndexRow, language: str) -> None:
        self.assessment = assessment
        self.questionnaire: Questionnaire = assessment.questionnaire
        self.row = row
        self.language = language
        self.words = Words(language)
        self.responses = assessment.answers[row.entity.code].responses
        scored = set(assessment.index.measurements)
        self.marks = self._marks()
        self.measurements = [m for m in self.questionnaire.measurements if m.id in scored]

    def below(self, wanted: str | None) -> Iterator[Branch]:
        if wanted in {None, INDEX}:
            yield from self._index()
            return
        profile = self.questionnaire.profile
        if profile is not None:
            yield from self._profile(profile, str(wanted))
        for measurement in self.measurements:
            for node in measurement.nodes:
                if node.id == wanted:
                    yield from self._node(measurement, node, 0, "")
            for item in measurement.items:
                if item.id == wanted:
                    yield self._item(measurement, item, 0)

    def _numbers(self, measurement: str, node: str) -> NodeScore:
        return self.assessment.index.node(self.row, measurement, node)

    def _index(self) -> Iterator[Branch]:
        rule = self.questionnaire.index
        # Whose index is withheld has none, though its measurements may give a number.
        incomplete = self.row.status is Status.INCOMPLETE
        weights = [rule.weights[m.id] for m in self.measurements]
        yield Branch(
            depth=0,
            title=in_language(rule.title, self.language),
            numbers=self._numbers(INDEX, INDEX),
            level_name=self._level_name(self._numbers(INDEX, INDEX), rule),
            rule=with_details(self._rule(rule.rule, None, rule.exponent), rule, self.words),
            weight="",
            made=None if incomplete else self._made(INDEX, INDEX, weights, exponent=rule.exponent),
            response=None,
        )
        for measurement in self.measurements:
            weight = format(rule.weights[measurement.id], "f")
            yield from self._node(measurement, measurement.root, 1, weight)

    def _profile(self, profile: Profile, wanted: str) -> Iterator[Branch]:
        known = {place.node for place in self.assessment.index.table.places if place.measurement == PROFILE}
        if wanted not in known:
            return
        numbers = self._numbers(PROFILE, wanted)
        yield Branch(
            depth=0,
            title=in_language(dict(numbers.place.titles), self.language),
            numbers=numbers,
            level_name=self._level_name(numbers, profile),
            rule=self._rule(profile.rule, None, None),
            weight="",
            made=self._made(PROFILE, wanted),
            response=None,
        )

    def _node(self, measurement: Measurement, node: Node, depth: int, weight: str) -> Iterator[Branch]:
        numbers = self._numbers(measurement.id, node.id)
        yield Branch(
            depth=depth,
            title=in_language(node.title, self.language),
            numbers=numbers,
            level_name=self._level_name(numbers, node),
            rule=with_details(self._rule(node.rule, node.out_of, node.exponent), node, self.words),
            weight=weight,
            made=self._made(
                measurement.id,
                node.id,
                [part.weight for part in parts_of(node)],
                out_of=node.out_of,
                exponent=node.exponent,
            ),
            response=None,
            origin=self._origin(measurement) if node is measurement.root else None,
        )
        for child in node.children:
            yield from self._node(measurement, child, depth + 1, format(child.weight, "f"))
        for item in node.items:
            yield self._item(measurement, item, depth + 1)

    def _made(
        self,
        measurement: str,
        node: str,
        weights: Sequence[Decimal] | None = None,
        *,
        out_of: Decimal | None = None,
        exponent: Decimal | None = None,
    ) -> Calculation | None:
        """How a number is made, from the scores of the engine that are not published on their own, too."""
        if self.row.status is Status.REFUSED:
            return None
        plan, evaluation = self._evaluation
        step = plan.step_at[self._columns[measurement, node]]
        alike = [Decimal(1)] * len(step.parts)
        return calculation_of(evaluation, step, weights or alike, out_of=out_of, exponent=exponent)

    @cached_property
    def _evaluation(self) -> tuple[Plan, Evaluation]:
        """The entity scored once more, alone: the same bits as among all."""
        index = self.assessment.index
        plan = compile_plan(self.questionnaire, index.measurements)
        basis = ResultsBasis(index.results_basis) if index.results_basis else None
        answers = [self.assessment.answers[self.row.entity.code]]
        items = read_items(plan, answers, basis=basis, reference=self.assessment.reference)
        return plan, Evaluation(plan, items, len(answers))

    @cached_property
    def _columns(self) -> Mapping[tuple[str, str], int]:
        return self.assessment.index.table.place_index()

    def _origin(self, measurement: Measurement) -> Origin | None:
        marks = self.marks.get(measurement.id)
        if marks is not None:
            return indicator_origin(self.assessment, measurement, self.row.entity, marks)
        return survey_origin(measurement, self.assessment.answers[self.row.entity.code])

    def _item(self, measurement: Measurement, item: Item, depth: int) -> Branch:
        response, entity = self.responses.get(item.id), self.row.entity
        marks, reference = self.marks.get(measurement.id), self.assessment.reference
        covered = reference.range_for(item.id, entity) if reference and marks else None
        return Branch(
            depth=depth,
            title=in_language(item.text, self.language),
            numbers=self._numbers(measurement.id, item.id),
            level_name="",
            rule="",
            weight=format(item.weight, "f"),
            made=None,
            response=response,
            basis=marks.of(item, response, entity).basis.value if marks else "",
            range=covered,
            origin=self._origin(measurement)
            if marks is None
            else range_origin(reference)
            if reference and covered and not depth and marks.covers(item, entity)
            else None,
        )

    def _marks(self) -> dict[str, Marks]:
        asked = self.assessment.index.results_basis
        basis = ResultsBasis(asked) if asked else None
        return {
            measurement.id: Marks(self.questionnaire, measurement, basis, self.assessment.reference)
            for measurement in self.questionnaire.measurements
            if measurement.collects is Collects.INDICATORS
        }

    def _level_name(self, numbers: NodeScore, where: Node | Profile | IndexRule) -> str:
        levels = where.levels
        if levels is None or numbers.level is None:
            return ""
        if numbers.level == 0:
            return in_language(levels.below, self.language)
        return in_language(levels.names[numbers.level - 1].name, self.language)

    def _rule(self, rule: Rule, out_of: object, exponent: object) -> str:
        return translate(RULES[rule], self.language).format(out_of=out_of, exponent=exponent)
