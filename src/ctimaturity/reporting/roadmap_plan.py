"""The plan of an entity, and what it can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.least_effort import Proof
from ctimaturity.language.numbers import MISSING
from ctimaturity.reporting.document import Section, Table, section
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctimaturity.analysis.actions import Action
    from ctimaturity.analysis.knapsack import Choice
    from ctimaturity.analysis.least_effort import LeastEffort
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.model.roadmap import Effort
    from ctimaturity.reporting.roadmap_words import RoadmapWords

MOST_ACTIONS = 12
"""Next actions that a document names in each order; actions.csv has all."""


class PlanSections:
    """Writes the sections on actions.

    Args:
        said: Says targets and gains.
        effort: Of actions, with suggested owners.
    """

    def __init__(self, said: RoadmapWords, effort: Effort) -> None:
        self._said, self._effort, self._words = said, effort, said.words

    def lead(self, each: Roadmap) -> Iterator[str]:
        """What the plan is, in sentences."""
        t = self._words.say
        for at in each.planned_for:
            aim = each.aims[at]
            yield t(
                "Target: {target}. The score is {now}; the plan takes it to {after}.",
                target=self._said.target_text(aim),
                now=self._said.now_text(each, at),
                after=self._said.after_text(each, at),
            )
        for at, phase in each.late.items():
            yield t(
                "The date cannot be kept: {target} is reached in the phase {phase}.",
                target=self._said.target_text(each.aims[at]),
                phase=self._said.phase_name(phase),
            )
        for at in each.out_of_reach:
            yield t(
                "{target}: no set of its own actions reaches it; it takes perception or results too.",
                target=self._said.target_text(each.aims[at]),
            )
        if not each.planned_for:
            yield t("There is no plan: {reason}.", reason=self._said.why_no_plan(each))

    def plan(self, each: Roadmap) -> Section:
        """The set of least effort, in phases, and what else there is of the same effort."""
        t = self._words.say
        heading = t("The plan: the least effort that reaches the target")
        tables = (self._plan_table(each), *self._others(each), *self._left_out(each))
        return section("plan", heading, self.plan_said(each), *tables)

    def plan_said(self, each: Roadmap, *, listed: bool = True) -> Iterator[str]:
        """What there is to say about the plan.

        Args:
            each: The roadmap.
            listed: Whether the other sets of the same effort stand below.
        """
        t, count, least = self._words.say, self._words.count, each.least
        if least is None:
            return
        yield self._proof(least)
        yield from self._equal(least, listed=listed)
        left = len(each.actions) - len(each.plan)
        if left:
            yield count(
                "{count} action that could be done is left out: the target does not need it.",
                "{count} actions that could be done are left out: the target does not need them.",
                left,
            )
        planned = {one.choice.item for one in each.plan}
        hollow = [
            action.item.id
            for action in each.actions
            if action.item.id in planned and set(action.below) - planned
        ]
        if hollow:
            yield t(
                "Look at the foundations: below {items} something of a lower level is missing that the plan "
                "does not contain.",
                items=self._words.listed(hollow, 8),
            )
        if any(one.phase is None for one in each.plan) and self._said.phases:
            yield t("What no phase has room for stands beyond the horizon.")

    def _proof(self, least: LeastEffort) -> str:
        """Why no set takes less effort, or why that is not known."""
        t = self._words.say
        thumb = t(
            "This set was found by a rule of thumb: it reaches the target; another may take less effort."
        )
        return {
            Proof.WHOLE: t(
                "No set of actions takes less effort: it was worked out exactly, with fractions and not with "
                "rounded numbers. Without any one of its actions the target is missed."
            ),
            Proof.SOLVER: t(
                "No set of actions takes less effort, says the solver HiGHS; that the set reaches the target "
                "was worked out exactly. Without any one of its actions the target is missed."
            ),
            Proof.NO_SUM: f"{thumb} {t('Some score is no sum of what its actions bring.')}",
            Proof.NO_SOLVER: f"{thumb} {t('For so many targets at once SciPy is needed and not installed.')}",
            Proof.CUT_SHORT: f"{thumb} {t('The exact search took too long.')}",
        }[least.proof]

    def _equal(self, least: LeastEffort, *, listed: bool) -> Iterator[str]:
        """What is known of other sets of the same effort."""
        t, count, others = self._words.say, self._words.count, len(least.sets) - 1
        if others and listed:
            said = count(
                "{count} other set of the same effort is listed below.",
                "{count} other sets of the same effort are listed below.",
                others,
            )
        elif others:
            said = count(
                "{count} other set takes the same effort.", "{count} other sets take the same effort.", others
            )
        elif least.exact and least.more is False:
            said = t("No other set takes the same effort.")
        else:
            said = ""
        if least.more:
            said = f"{said} {t('There are more of them.')}"
        elif least.more is None:
            said = f"{said} {t('Whether there are more sets of the same effort is not known.')}"
        if said:
            yield said.strip()

    def _plan_table(self, each: Roadmap) -> Table:
        t = self._words.say
        actions = {action.item.id: action for action in each.actions}
        rows = []
        for one in each.plan:
            opening, action = one.opening, actions[one.choice.item]
            rows.append(
                (
                    f"{opening.item.id} · {self._words.text(opening.item.text)}",
                    self._said.phase_text(one),
                    f"{opening.node.id} · {self._words.text(opening.node.title)}",
                    self._answer(one),
                    str(one.choice.effort),
                    self._said.gain(action.gain_measurement),
                    self._words.text(opening.item.evidence) or MISSING,
                    shown(self._effort.owners.get(opening.item.id, "")) or MISSING,
                )
            )
        headers = ("Action", "Phase", "Belongs to", "To reach", "Effort", "Gain", "Evidence", "Owner")
        return Table(t("Plan"), tuple(t(header) for header in headers), tuple(rows))

    def short_plan(self, each: Roadmap) -> Table:
        """The plan in a few columns."""
        t = self._words.say
        rows = [
            (
                f"{one.opening.item.id} · {self._words.text(one.opening.item.text)}",
                self._said.phase_text(one),
                str(one.choice.effort),
                self._words.text(one.opening.item.evidence) or MISSING,
            )
            for one in each.plan
        ]
        return Table(t("Plan"), (t("Action"), t("Phase"), t("Effort"), t("Evidence")), tuple(rows))

    def _answer(self, one: Planned) -> str:
        option = self._said.standpoint.questionnaire.scales[one.opening.item.scale].by_code.get(
            one.choice.value
        )
        return self._words.text(option.label) if option else one.choice.value

    def _others(self, each: Roadmap) -> Iterator[Table]:
        if each.least is None or len(each.least.sets) < 2:  # noqa: PLR2004  (the first is the plan)
            return
        t, first = self._words.say, each.least.sets[0]
        rows = []
        for at, chosen in enumerate(each.least.sets[1:], 2):
            old, new = self._named(first, chosen), self._named(chosen, first)
            rows.append((str(at), old or MISSING, new or MISSING))
        headers = (t("Set"), t("Without"), t("With instead"))
        yield Table(t("Other sets of the same effort, against the plan"), headers, tuple(rows))

    def _named(self, ones: Sequence[Choice], others: Sequence[Choice]) -> str:
        """The actions of one set that are not in another; with the answer where both raise the item."""
        items = {choice.item for choice in others}
        there = {(choice.item, choice.value) for choice in others}
        return ", ".join(
            f"{choice.item} = {choice.value}" if choice.item in items else choice.item
            for choice in ones
            if (choice.item, choice.value) not in there
        )

    def _left_out(self, each: Roadmap) -> Iterator[Table]:
        """What could be done and the targets do not need, by what it belongs to."""
        t, planned = self._words.say, {one.choice.item for one in each.plan}
        nodes: dict[str, list[Action]] = {}
        for action in each.actions:
            if action.item.id not in planned:
                nodes.setdefault(action.opening.node.id, []).append(action)
        if not nodes:
            return
        rows = [
            (
                f"{name} · {self._words.text(actions[0].opening.node.title)}",
                ", ".join(action.item.id for action in actions),
                str(sum(action.step.effort for action in actions)),
            )
            for name, actions in nodes.items()
        ]
        headers = (t("Belongs to"), t("Actions left out"), t("Effort"))
        yield Table(t("What is left out of the plan"), headers, tuple(rows))

    def next_actions(self, each: Roadmap) -> Section:
        """What is sound first, and what pays most where that is something else."""
        t = self._words.say
        sound = each.by_foundation[:MOST_ACTIONS]
        paying = each.by_payoff[:MOST_ACTIONS]
        same = [action.item.id for action in sound] == [action.item.id for action in paying]
        tables = [self._action_table(t("What is sound: foundations first"), sound)]
        said = [
            t(
                "Foundations first: what is missing of the lowest level comes before what stands on it. The "
                "gain of each action is what it alone would add now, exactly."
            )
        ]
        if same:
            said.append(t("What pays most is the same, in the same order."))
        else:
            tables.append(self._action_table(t("What pays most: the largest gain first"), paying))
        if len(each.actions) > MOST_ACTIONS:
            said.append(
                self._words.count(
                    "The tables name the first {shown} of {count} action.",
                    "The tables name the first {shown} of {count} actions.",
                    len(each.actions),
                    shown=MOST_ACTIONS,
                )
            )
        return section("actions", t("What to do next"), said, *tables)

    def _action_table(self, caption: str, actions: Iterable[Action]) -> Table:
        t = self._words.say
        rows = [
            (
                f"{action.item.id} · {self._words.text(action.item.text)}",
                f"{action.opening.node.id} · {self._words.text(action.opening.node.title)}",
                self._said.level(action),
                self._said.gain(action.gain_node),
                self._said.gain(action.gain_part),
                self._said.gain(action.gain_index),
                str(action.step.effort),
                self._said.per_effort(action.part_per_effort),
                self._said.per_effort(action.index_per_effort),
                self._said.unlocks(action),
                self._words.listed(action.below, 6) or MISSING,
            )
            for action in actions
        ]
        headers = (
            "Action",
            "Belongs to",
            "Level",
            "Gain there",
            "Gain of the axis",
            "Gain of the index",
            "Effort",
            "Axis per effort",
            "Index per effort",
            "Staged level",
            "Missing below",
        )
        return Table(caption, tuple(t(header) for header in headers), tuple(rows))
