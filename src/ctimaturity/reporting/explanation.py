"""The tree of one entity's score, every number with its rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.questionnaire import IndexRule, Profile
from ctimaturity.model.rule import Collects
from ctimaturity.model.score import INDEX, PROFILE, IndexRow, NodeScore, Status
from ctimaturity.model.text import in_language
from ctimaturity.reporting.calculation import Calculation, calculation_of
from ctimaturity.reporting.origin import Origin, indicator_origin, range_origin, survey_origin
from ctimaturity.reporting.rule_details import rule_words
from ctimaturity.reporting.words import Words
from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.index import read_items
from ctimaturity.scoring.marks import Marks
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Item, Measurement, Node
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import Response
    from ctimaturity.model.ruling import Ruled, Verification
    from ctimaturity.scoring.step import Plan


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
    level_name: str = ""
    rule: str = ""
    weight: str = ""
    made: Calculation | None = None
    response: Response | None = None
    reported: NodeScore | None = None
    rulings: tuple[Ruled, ...] = ()
    basis: str = ""
    range: ReferenceRange | None = None
    before: Branch | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """An answer that was set otherwise.

    Attributes:
        item: Id of the item.
        part: `answer`, or the part of an indicator.
        before, after: What it says: an option's code or a number; empty when blank.
        mark: The mark that was asked for, where a value was chosen that is worth it.
        segment: Of a statement, the segment whose mean was set; empty for all of them.
        asked: The mean that was asked for, where so many answers give only one that is near it.
    """

    item: str
    part: str
    before: str
    after: str
    mark: str = ""
    segment: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class WhatIfContrast:
    """What the settings of a what-if change.

    Attributes:
        settings: In the order given.
        row: The entity's row before.
        size: How many entities are ranked before, and after.
        moved: What changes above the items, before and after: the index, the measurements and their
            nodes in the order of the tree, then the combined dimensions.
    """

    settings: tuple[Setting, ...]
    row: IndexRow
    size: tuple[int, int]
    moved: tuple[tuple[Branch, Branch], ...]


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
    contrast: WhatIfContrast | None = None


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
    for branch in branches:
        numbers, place = branch.numbers, branch.numbers.place
        before = verification.index.node(row, place.measurement, place.node) if row is not None else None
        if before is not None and (before.score, before.low, before.high) == (
            numbers.score,
            numbers.low,
            numbers.high,
        ):
            before = None
        rulings = tuple(
            ruled
            for ruled in verification.rulings
            if place.is_item and (ruled.ruling.entity, ruled.ruling.item) == (code, place.node)
        )
        yield replace(branch, reported=before, rulings=rulings)


class _Tree:
    def __init__(self, assessment: Assessment, row: IndexRow, language: str) -> None:
        self._assessment = assessment
        self._questionnaire = assessment.questionnaire
        self._row = row
        self._words = Words(language)
        scored = set(assessment.index.measurements)
        self._measurements = [m for m in self._questionnaire.measurements if m.id in scored]
        self._basis = assessment.index.results_basis
        self._marks = {
            measurement.id: Marks(self._questionnaire, measurement, self._basis, assessment.reference)
            for measurement in self._questionnaire.measurements
            if measurement.collects is Collects.INDICATORS
        }

    def below(self, wanted: str | None) -> Iterator[Branch]:
        index, profile = self._questionnaire.index, self._questionnaire.profile
        if wanted in {None, INDEX}:
            yield self._branch(0, (INDEX, INDEX), index.title, index)
            for measurement in self._measurements:
                yield from self._node(
                    measurement, measurement.root, 1, format(index.weights[measurement.id], "f")
                )
            return
        if profile is not None and (place := (PROFILE, str(wanted))) in self._columns:
            titles = dict(self._numbers(*place).place.titles)
            yield self._branch(0, place, titles, profile)
        for measurement in self._measurements:
            for node in measurement.nodes:
                if node.id == wanted:
                    yield from self._node(measurement, node, 0)
            for item in measurement.items:
                if item.id == wanted:
                    yield self._item(measurement, item, 0)

    def _numbers(self, measurement: str, node: str) -> NodeScore:
        return self._assessment.index.node(self._row, measurement, node)

    def _branch(
        self,
        depth: int,
        place: tuple[str, str],
        title: dict[str, str],
        rule: Node | Profile | IndexRule,
        weight: str = "",
    ) -> Branch:
        """A line above the items."""
        numbers = self._numbers(*place)
        return Branch(
            depth=depth,
            title=in_language(title, self._words.language),
            numbers=numbers,
            level_name=self._level_name(numbers, rule),
            rule=rule_words(rule, self._words),
            weight=weight,
            made=self._made(place, rule),
        )

    def _node(self, measurement: Measurement, node: Node, depth: int, weight: str = "") -> Iterator[Branch]:
        branch = self._branch(depth, (measurement.id, node.id), node.title, node, weight)
        yield replace(branch, origin=self._origin(measurement)) if node is measurement.root else branch
        for child in node.children:
            yield from self._node(measurement, child, depth + 1, format(child.weight, "f"))
        for item in node.items:
            yield self._item(measurement, item, depth + 1)

    def _made(self, place: tuple[str, str], rule: Node | Profile | IndexRule) -> Calculation | None:
        """How a number is made, from the scores of the engine that are not published on their own, too."""
        refused = self._row.status is Status.REFUSED
        # Whose index is withheld has none, though its measurements may give a number.
        if refused or (isinstance(rule, IndexRule) and self._row.status is Status.INCOMPLETE):
            return None
        plan, evaluation = self._evaluation
        step = plan.step_at[self._columns[place]]
        if isinstance(rule, Profile):
            return calculation_of(evaluation, step, [Decimal(1)] * len(step.parts))
        if isinstance(rule, IndexRule):
            weights = [rule.weights[measurement.id] for measurement in self._measurements]
            return calculation_of(evaluation, step, weights, exponent=rule.exponent)
        weights = [part.weight for part in parts_of(rule)]
        return calculation_of(evaluation, step, weights, out_of=rule.out_of, exponent=rule.exponent)

    @cached_property
    def _evaluation(self) -> tuple[Plan, Evaluation]:
        """The entity scored once more, alone: the same bits as among all."""
        plan = compile_plan(self._questionnaire, self._assessment.index.measurements)
        answers = [self._assessment.answers[self._row.entity.code]]
        items = read_items(plan, answers, basis=self._basis, reference=self._assessment.reference)
        return plan, Evaluation(plan, items, len(answers))

    @cached_property
    def _columns(self) -> Mapping[tuple[str, str], int]:
        return self._assessment.index.table.place_index()

    def _origin(self, measurement: Measurement) -> Origin | None:
        marks = self._marks.get(measurement.id)
        if marks is not None:
            return indicator_origin(self._assessment, measurement, self._row.entity, marks)
        return survey_origin(measurement, self._assessment.answers[self._row.entity.code])

    def _item(self, measurement: Measurement, item: Item, depth: int) -> Branch:
        entity, answers = self._row.entity, self._assessment.answers[self._row.entity.code]
        response, marks = answers.responses.get(item.id), self._marks.get(measurement.id)
        branch = Branch(
            depth=depth,
            title=in_language(item.text, self._words.language),
            numbers=self._numbers(measurement.id, item.id),
            weight=format(item.weight, "f"),
            response=response,
        )
        if marks is None:
            return replace(branch, origin=self._origin(measurement))
        reference = self._assessment.reference
        covered = reference.range_for(item.id, entity) if reference else None
        # In a whole tree the ranges are named once, at the measurement.
        alone = reference and covered and not depth and marks.covers(item, entity)
        return replace(
            branch,
            basis=marks.of(item, response, entity).basis.value,
            range=covered,
            origin=range_origin(reference) if reference and alone else None,
        )

    def _level_name(self, numbers: NodeScore, rule: Node | Profile | IndexRule) -> str:
        levels = rule.levels
        if levels is None or numbers.level is None:
            return ""
        name = levels.names[numbers.level - 1].name if numbers.level else levels.below
        return in_language(name, self._words.language)
