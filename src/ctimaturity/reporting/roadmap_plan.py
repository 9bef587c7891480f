"""The plan of an entity, and what it can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ctimaturity.analysis.least_effort import EffortProof
from ctimaturity.language.numbers import MISSING
from ctimaturity.reporting.document import DocumentTable, Section, section, table_of
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ctimaturity.analysis.actions import Action
    from ctimaturity.analysis.knapsack import RaisedAnswer
    from ctimaturity.analysis.least_effort import LeastEffort
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.model.roadmap import Effort
    from ctimaturity.reporting.roadmap_words import RoadmapWords

    Record = TypeVar("Record")

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

    def lead(self, roadmap: Roadmap) -> Iterator[str]:
        """What the plan is, in sentences."""
        t = self._words.say
        for at in roadmap.planned_for:
            aim = roadmap.aims[at]
            yield t(
                "Target: {target}. The score is {now}; the plan takes it to {after}.",
                target=self._said.target_text(aim),
                now=self._said.now_text(roadmap, at),
                after=self._said.after_text(roadmap, at),
            )
        for at, phase in roadmap.late.items():
            yield t(
                "The date cannot be kept: {target} is reached in the phase {phase}.",
                target=self._said.target_text(roadmap.aims[at]),
                phase=self._said.phase_name(phase),
            )
        for at in roadmap.out_of_reach:
            yield t(
                "{target}: no set of its own actions reaches it; it takes perception or results too.",
                target=self._said.target_text(roadmap.aims[at]),
            )
        if not roadmap.planned_for:
            yield t("There is no plan: {reason}.", reason=self._said.why_no_plan(roadmap))

    def plan(self, roadmap: Roadmap) -> Section:
        """The set of least effort, in phases, and what else there is of the same effort."""
        t = self._words.say
        heading = t("The plan: the least effort that reaches the target")
        tables = (self._plan_table(roadmap), *self._others(roadmap), *self._left_out(roadmap))
        return section("plan", heading, self.plan_said(roadmap), *tables)

    def plan_said(self, roadmap: Roadmap, *, listed: bool = True) -> Iterator[str]:
        """What there is to say about the plan.

        Args:
            roadmap: Of the entity.
            listed: Whether the other sets of the same effort stand below.
        """
        t, count, least = self._words.say, self._words.count, roadmap.least
        if least is None:
            return
        yield self._proof(least)
        yield from self._equal(least, listed=listed)
        left = len(roadmap.actions) - len(roadmap.plan)
        if left:
            yield count(
                "{count} action that could be done is left out: the target does not need it.",
                "{count} actions that could be done are left out: the target does not need them.",
                left,
            )
        chosen = {planned.choice.item for planned in roadmap.plan}
        hollow = [
            action.item.id
            for action in roadmap.actions
            if action.item.id in chosen and set(action.below) - chosen
        ]
        if hollow:
            yield t(
                "Look at the foundations: below {items} something of a lower level is missing that the plan "
                "does not contain.",
                items=self._words.listed(hollow, 8),
            )
        if any(planned.phase is None for planned in roadmap.plan) and self._said.phases:
            yield t("What no phase has room for stands beyond the horizon.")

    def _proof(self, least: LeastEffort) -> str:
        """Why no set takes less effort, or why that is not known."""
        t = self._words.say
        thumb = t(
            "This set was found by a rule of thumb: it reaches the target; another may take less effort."
        )
        unsolved = t("For so many targets at once SciPy is needed and not installed.")
        return {
            EffortProof.WHOLE: t(
                "No set of actions takes less effort: it was worked out exactly, with fractions and not with "
                "rounded numbers. Without any one of its actions the target is missed."
            ),
            EffortProof.SOLVER: t(
                "No set of actions takes less effort, says the solver HiGHS; that the set reaches the target "
                "was worked out exactly. Without any one of its actions the target is missed."
            ),
            EffortProof.NO_SUM: f"{thumb} {t('Some score is no sum of what its actions bring.')}",
            EffortProof.NO_SOLVER: f"{thumb} {unsolved}",
            EffortProof.CUT_SHORT: f"{thumb} {t('The exact search took too long.')}",
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

    def _plan_table(self, roadmap: Roadmap, wanted: Sequence[str] = ()) -> DocumentTable:
        """The actions of the plan, in all columns or in those that are wanted."""
        said, text = self._said, self._words.text
        gains = {action.item.id: said.gain(action.gain_measurement) for action in roadmap.actions}
        columns: dict[str, Callable[[Planned], str]] = {
            "Action": lambda planned: self._titled(planned.opening.item.id, planned.opening.item.text),
            "Phase": said.phase_text,
            "Belongs to": lambda planned: self._titled(planned.opening.node.id, planned.opening.node.title),
            "To reach": self._answer,
            "Effort": lambda planned: str(planned.choice.effort),
            "Gain": lambda planned: gains[planned.choice.item],
            "Evidence": lambda planned: text(planned.opening.item.evidence) or MISSING,
            "Owner": lambda planned: shown(self._effort.owners.get(planned.opening.item.id, "")) or MISSING,
        }
        return table_of(self._words.say("Plan"), self._headed(columns, wanted), roadmap.plan)

    def short_plan(self, roadmap: Roadmap) -> DocumentTable:
        """The plan in a few columns."""
        return self._plan_table(roadmap, ("Action", "Phase", "Effort", "Evidence"))

    def _headed(
        self, columns: dict[str, Callable[[Record], str]], wanted: Sequence[str]
    ) -> dict[str, Callable[[Record], str]]:
        """Columns by their header in the language."""
        return {self._words.say(name): columns[name] for name in wanted or columns}

    def _titled(self, name: str, title: dict[str, str]) -> str:
        return f"{name} · {self._words.text(title)}"

    def _answer(self, planned: Planned) -> str:
        scale = self._said.scored.questionnaire.scales[planned.opening.item.scale]
        option = scale.by_code.get(planned.choice.value)
        return self._words.text(option.label) if option else planned.choice.value

    def _others(self, roadmap: Roadmap) -> Iterator[DocumentTable]:
        if roadmap.least is None or len(roadmap.least.sets) < 2:  # noqa: PLR2004  (the first is the plan)
            return
        t, (first, *others) = self._words.say, roadmap.least.sets
        rows = [
            (str(number), self._named(first, chosen) or MISSING, self._named(chosen, first) or MISSING)
            for number, chosen in enumerate(others, 2)
        ]
        headers = (t("Set"), t("Without"), t("With instead"))
        yield DocumentTable(t("Other sets of the same effort, against the plan"), headers, tuple(rows))

    def _named(self, chosen: Sequence[RaisedAnswer], others: Sequence[RaisedAnswer]) -> str:
        """The actions of one set that are not in another; with the answer where both raise the item."""
        items = {choice.item for choice in others}
        there = {(choice.item, choice.value) for choice in others}
        return ", ".join(
            f"{choice.item} = {choice.value}" if choice.item in items else choice.item
            for choice in chosen
            if (choice.item, choice.value) not in there
        )

    def _left_out(self, roadmap: Roadmap) -> Iterator[DocumentTable]:
        """What could be done and the targets do not need, by what it belongs to."""
        t, chosen = self._words.say, {planned.choice.item for planned in roadmap.plan}
        nodes: dict[str, list[Action]] = {}
        for action in roadmap.actions:
            if action.item.id not in chosen:
                nodes.setdefault(action.opening.node.id, []).append(action)
        if not nodes:
            return
        columns: dict[str, Callable[[list[Action]], str]] = {
            t("Belongs to"): lambda actions: self._titled(
                actions[0].opening.node.id, actions[0].opening.node.title
            ),
            t("Actions left out"): lambda actions: ", ".join(action.item.id for action in actions),
            t("Effort"): lambda actions: str(sum(action.step.effort for action in actions)),
        }
        yield table_of(t("What is left out of the plan"), columns, nodes.values())

    def next_actions(self, roadmap: Roadmap) -> Section:
        """What is sound first, and what pays most where that is something else."""
        t = self._words.say
        sound = roadmap.by_foundation[:MOST_ACTIONS]
        paying = roadmap.by_payoff[:MOST_ACTIONS]
        same = [action.item.id for action in sound] == [action.item.id for action in paying]
        tables = [self.action_table(t("What is sound: foundations first"), sound)]
        said = [
            t(
                "Foundations first: what is missing of the lowest level comes before what stands on it. The "
                "gain of each action is what it alone would add now, exactly."
            )
        ]
        if same:
            said.append(t("What pays most is the same, in the same order."))
        else:
            tables.append(self.action_table(t("What pays most: the largest gain first"), paying))
        if len(roadmap.actions) > MOST_ACTIONS:
            said.append(
                self._words.count(
                    "The tables name the first {shown} of {count} action.",
                    "The tables name the first {shown} of {count} actions.",
                    len(roadmap.actions),
                    shown=MOST_ACTIONS,
                )
            )
        return section("actions", t("What to do next"), said, *tables)

    def action_table(
        self, caption: str, actions: Iterable[Action], wanted: Sequence[str] = ()
    ) -> DocumentTable:
        """Actions and what each brings, in all columns or in those that are wanted."""
        said = self._said
        columns: dict[str, Callable[[Action], str]] = {
            "Action": lambda action: self._titled(action.item.id, action.item.text),
            "Belongs to": lambda action: self._titled(action.opening.node.id, action.opening.node.title),
            "Level": said.level,
            "Gain there": lambda action: said.gain(action.gain_node),
            "Gain of the axis": lambda action: said.gain(action.gain_part),
            "Gain of the index": lambda action: said.gain(action.gain_index),
            "Effort": lambda action: str(action.step.effort),
            "Axis per effort": lambda action: said.per_effort(action.part_per_effort),
            "Index per effort": lambda action: said.per_effort(action.index_per_effort),
            "Staged level": said.unlocks,
            "Missing below": lambda action: self._words.listed(action.below, 6) or MISSING,
        }
        return table_of(caption, self._headed(columns, wanted), actions)
