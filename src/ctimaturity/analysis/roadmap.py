"""The roadmap of one entity: what it aims for, what it can do, and the least that reaches its targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.analysis.actions import (
    Action,
    BetterAnswer,
    KnownAnswers,
    OpenItem,
    actions_of,
    open_items,
    without_harm,
)
from ctimaturity.analysis.knapsack import RaisedAnswer
from ctimaturity.analysis.least_effort import LeastEffort, greedy_trial, least_effort
from ctimaturity.analysis.phases import Load, Phase, latest_phase, schedule
from ctimaturity.analysis.targets import EntityTarget, aims_of
from ctimaturity.model.roadmap import Effort, Target
from ctimaturity.model.score import Status
from ctimaturity.scoring.items import HIGH, LOW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ctimaturity.analysis.gradient import Gradient
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow
    from ctimaturity.scoring.evaluation import Evaluation


@dataclass(frozen=True)
class Wish:
    """What a roadmap is asked for.

    Attributes:
        targets: What is aimed for; None for levels.
        level: The level aimed for where no targets are given; None for the next one.
        effort: Of actions.
        phases: When.
        start: First day of the plan; None leaves phases without dates, so that those of targets move nothing.
        rescored: Whether what the plan gives is scored anew, with the intervals; the sum of its gains, which
            is as exact, is quicker.
        known: Better answers by item and score, kept from one entity to the next.
    """

    targets: tuple[Target, ...] | None = None
    level: int | None = None
    effort: Effort = field(default_factory=Effort)
    phases: tuple[Phase, ...] = ()
    start: date | None = None
    rescored: bool = True
    known: KnownAnswers = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Planned:
    """One action of the plan.

    Attributes:
        choice: The answer to reach.
        opening: The item.
        phase: Counted from 0; None for what no phase has room for.
    """

    choice: RaisedAnswer
    opening: OpenItem
    phase: int | None


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """What doing the whole plan gives.

    Attributes:
        scores: Exact scores of the aims, in their order; None without one.
        bounds: Their lower and upper bounds.
        index: Exactly; None for an entity without one.
        measurements: Exact scores of the measurements that have actions, by id.
    """

    scores: tuple[Fraction | None, ...]
    bounds: tuple[tuple[Fraction | None, Fraction | None], ...]
    index: Fraction | None
    measurements: Mapping[str, Fraction]


@dataclass(frozen=True)
class Roadmap:
    """All of it.

    Attributes:
        row: The entity, as the index has it.
        actions: The next step of every item that can be better, in the order of the definition.
        aims: Its targets.
        planned_for: Places among the aims of those that the plan reaches.
        out_of_reach: Places among the aims of those that no set of actions reaches.
        least: The sets of least effort.
        plan: The first of these sets, in the order of its phases.
        late: Of the aims that the plan reaches after their date: their places, and the phase that reaches
            them; None for beyond the horizon.
        outcome: What the plan gives; None without one.
        targeted: Somebody named targets; otherwise the aims are levels.
    """

    row: IndexRow
    actions: tuple[Action, ...]
    aims: tuple[EntityTarget, ...] = ()
    planned_for: tuple[int, ...] = ()
    out_of_reach: tuple[int, ...] = ()
    least: LeastEffort | None = None
    plan: tuple[Planned, ...] = ()
    late: Mapping[int, int | None] = field(default_factory=dict)
    outcome: PlanOutcome | None = None
    targeted: bool = False

    @property
    def by_payoff(self) -> tuple[Action, ...]:
        """What pays most first."""
        return tuple(sorted(self.actions, key=lambda action: action.payoff))

    @property
    def by_foundation(self) -> tuple[Action, ...]:
        """What is sound first."""
        return tuple(sorted(self.actions, key=lambda action: action.foundation))


def roadmap_of(scored: Round, code: str, wish: Wish) -> Roadmap:
    """The roadmap of one entity; without actions for one that was refused or has not answered.

    Args:
        scored: Where everybody stands.
        code: Of the entity.
        wish: What is asked for.
    """
    entity = scored.entities[code]
    row = scored.rows[code]
    if row.status is Status.REFUSED:
        return Roadmap(row, ())
    improvable = [
        opening
        for opening in open_items(scored, entity, wish.effort, wish.known)
        if scored.evaluation.present[scored.columns[opening.measurement.id, opening.measurement.id], entity]
    ]
    improvable = without_harm(scored, entity, improvable)
    aims = tuple(aims_of(scored, entity, wish.targets, wish.level))
    return _Planner(scored, entity, wish, improvable, aims).roadmap(row)


@dataclass(frozen=True)
class _Planner:
    """Makes the roadmap of one entity."""

    scored: Round
    entity: int
    wish: Wish
    improvable: Sequence[OpenItem]
    aims: tuple[EntityTarget, ...]

    def roadmap(self, row: IndexRow) -> Roadmap:
        actions = actions_of(self.scored, self.entity, self.improvable)
        within, beyond = self._reachable()
        least = self._least(within) if within else None
        plan = self._phased(least.sets[0], within) if least and least.reachable else ()
        return Roadmap(
            row, actions, self.aims, within, beyond, least, plan,
            late=self._late(plan, within),
            outcome=self._outcome(plan) if plan else None,
            targeted=self.wish.targets is not None,
        )  # fmt: skip

    def _reachable(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The aims that doing everything reaches, and those that actions touch and cannot reach."""
        within: list[int] = []
        beyond: list[int] = []
        for at, aim in enumerate(self.aims):
            if aim.need is not None and not aim.reached and self.improvable:
                touched, reached = self._touched(aim)
                if touched:
                    (within if reached else beyond).append(at)
        return tuple(within), tuple(beyond)

    def _touched(self, aim: EntityTarget) -> tuple[bool, bool]:
        """Whether doing everything changes the score of an aim, and whether it reaches it."""
        gradient = self._gradient(aim.column)
        if gradient is not None and aim.need is not None:
            most = self._sum(gradient, {opening.column: opening.steps[-1] for opening in self.improvable})
            return most > 0, aim.need.met(most)
        scores = [self._everything.exact_score(aim.column, variant) for variant in (0, 1)]
        return scores[0] != scores[1], aim.reached_by(self._everything, 1)

    @cached_property
    def _everything(self) -> Evaluation:
        """The entity as it is, and with everything done."""
        best = {opening.column: opening.steps[-1].points for opening in self.improvable}
        return self.scored.variants(self.entity, [{}, best])

    @cached_property
    def _all_present(self) -> bool:
        present = self.scored.evaluation.present[:, self.entity]
        return all(present[opening.column] for opening in self.improvable)

    def _gradient(self, column: int) -> Gradient | None:
        """The gradient of a node, where it holds for every action."""
        return self.scored.gradients.of(column, self.entity) if self._all_present else None

    def _sum(self, gradient: Gradient, steps: Mapping[int, BetterAnswer]) -> Fraction:
        """What steps add together."""
        scores = {opening.column: opening.score for opening in self.improvable}
        return sum(
            (
                gradient[column] * (step.points - scores[column])
                for column, step in steps.items()
                if column in gradient
            ),
            Fraction(0),
        )

    def _least(self, within: Sequence[int]) -> LeastEffort:
        gradients = [self._gradient(self.aims[at].column) for at in within]
        if any(gradient is None for gradient in gradients):
            return greedy_trial(self.scored, self.entity, self.improvable, [self.aims[at] for at in within])
        groups = [
            [
                RaisedAnswer(
                    opening.item.id,
                    step.value,
                    step.effort,
                    tuple(
                        (gradient or {}).get(opening.column, Fraction(0)) * (step.points - opening.score)
                        for gradient in gradients
                    ),
                )
                for step in opening.steps
            ]
            for opening in self.improvable
        ]
        needs = [need for at in within if (need := self.aims[at].need) is not None]
        return least_effort(groups, needs)

    def _phased(self, chosen: Sequence[RaisedAnswer], within: Sequence[int]) -> tuple[Planned, ...]:
        """A set in the order in which it is sound to do it, in phases that end by the dates of targets."""
        by_id = {opening.item.id: opening for opening in self.improvable}
        ordered = sorted(
            ((choice, by_id[choice.item]) for choice in chosen),
            key=lambda pair: (_step(pair[1], pair[0]).rung, pair[1].position),
        )
        if not self.wish.phases:
            return tuple(Planned(choice, opening, None) for choice, opening in ordered)
        loads = [
            Load(opening.node.id, choice.effort, self._latest(choice, within)) for choice, opening in ordered
        ]
        placed = schedule(loads, self.wish.phases)
        plan = [
            Planned(choice, opening, phase) for (choice, opening), phase in zip(ordered, placed, strict=True)
        ]
        return tuple(
            sorted(
                plan, key=lambda planned: len(self.wish.phases) if planned.phase is None else planned.phase
            )
        )

    def _latest(self, choice: RaisedAnswer, within: Sequence[int]) -> int | None:
        """The last phase that an action may stand in for the dates of the targets that it serves."""
        by = earliest_date(self.aims, within, choice)
        if self.wish.start is None or by is None:
            return None
        return latest_phase(self.wish.phases, self.wish.start, by)

    def _late(self, plan: Sequence[Planned], within: Sequence[int]) -> dict[int, int | None]:
        """The aims that are reached after their date, each with the phase that reaches it."""
        start, phases = self.wish.start, self.wish.phases
        dated = [at for at in within if self.aims[at].target.by is not None]
        if start is None or not phases or not plan or not dated:
            return {}
        stages = [
            {
                planned.opening.column: _step(planned.opening, planned.choice).points
                for planned in plan
                if planned.phase is not None and planned.phase <= phase
            }
            for phase in range(len(phases))
        ]
        done = self.scored.variants(self.entity, stages)
        late: dict[int, int | None] = {}
        for at in dated:
            aim = self.aims[at]
            reached = next((n for n in range(len(phases)) if aim.reached_by(done, n)), None)
            by = aim.target.by
            if by is not None and (reached is None or phases[reached].last_day(start) > by):
                late[at] = reached
        return late

    def _outcome(self, plan: Sequence[Planned]) -> PlanOutcome:
        """Doing the whole plan: scored anew, or by what its actions add."""
        if not self.wish.rescored:
            summed = self._summed(plan)
            if summed is not None:
                return summed
        changes = {planned.opening.column: _step(planned.opening, planned.choice).points for planned in plan}
        after = self.scored.variants(self.entity, [changes])
        columns = self.scored.columns
        names = dict.fromkeys(opening.measurement.id for opening in self.improvable)
        scores = {name: after.exact_score(columns[name, name], 0) for name in names}
        has_index = self.scored.has_index(self.entity)
        return PlanOutcome(
            scores=tuple(
                None if aim.score is None else after.exact_score(aim.column, 0) for aim in self.aims
            ),
            bounds=tuple(
                (after.exact.value(aim.column, LOW, 0), after.exact.value(aim.column, HIGH, 0))
                for aim in self.aims
            ),
            index=after.exact_score(self.scored.plan.index.column, 0) if has_index else None,
            measurements={name: score for name, score in scores.items() if score is not None},
        )

    def _summed(self, plan: Sequence[Planned]) -> PlanOutcome | None:
        """The same from sums of gains; None where some node is no sum or an interval is shown."""
        scored, entity = self.scored, self.entity
        steps = {planned.opening.column: _step(planned.opening, planned.choice) for planned in plan}
        columns = scored.columns
        names = list(dict.fromkeys(opening.measurement.id for opening in self.improvable))
        index = [scored.plan.index.column] if scored.has_index(entity) else []
        places = [aim.column for aim in self.aims if aim.score is not None]
        places += [*(columns[name, name] for name in names), *index]
        after: dict[int, Fraction] = {}
        ranked = scored.rows[scored.codes[entity]].status is Status.RANKED
        for column in dict.fromkeys(places):
            gradient, now = self._gradient(column), scored.gradients.score(column, entity)
            if gradient is None or now is None or not ranked:
                return None
            after[column] = now + self._sum(gradient, steps)
        scores = tuple(None if aim.score is None else after[aim.column] for aim in self.aims)
        return PlanOutcome(
            scores=scores,
            bounds=tuple((score, score) for score in scores),
            index=after[index[0]] if index else None,
            measurements={name: after[columns[name, name]] for name in names},
        )


def _step(opening: OpenItem, choice: RaisedAnswer) -> BetterAnswer:
    return next(step for step in opening.steps if step.value == choice.value)


def earliest_date(aims: Sequence[EntityTarget], within: Sequence[int], choice: RaisedAnswer) -> date | None:
    """The earliest date of the targets that an action serves; None where none has a date.

    Args:
        aims: Of the entity.
        within: Places of those that the plan reaches, in the order of the gains of the choice.
        choice: The action; one without gains serves all of them.
    """
    return min(
        (
            by
            for place, at in enumerate(within)
            if (by := aims[at].target.by) is not None and (not choice.gains or choice.gains[place] > 0)
        ),
        default=None,
    )
