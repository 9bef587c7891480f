"""The sections of a roadmap: targets, plan, next actions, dimensions, phases, checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.contrast import Advice, discontents, facings, weaknesses
from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import INDEX, PROFILE, Status
from ctimaturity.reporting.progress_page import Section
from ctimaturity.reporting.table import Table
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from ctimaturity.analysis.actions import Action
    from ctimaturity.analysis.contrast import Weakness
    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.analysis.standpoint import Standpoint
    from ctimaturity.analysis.targets import Aim
    from ctimaturity.model.roadmap import Effort, Frame
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.columns import Columns
    from ctimaturity.reporting.words import Words

MOST_ACTIONS = 12
"""Next actions that a document names in each order; actions.csv has all."""
GAIN_DIGITS = 3
"""Of gains: one action is a small part of a score."""
MOST_NAMED = 5
"""Statements and indicators that a document names."""
ADVICE = {
    Advice.KEEP: "Both high: keep it",
    Advice.TELL: "High results with low perception: tell people",
    Advice.WARN: "Low results with high perception: warn",
    Advice.ACT: "Both low: act",
}
PARTS = {
    "dimensions": "Dimensions: perception against results",
    "initiatives": "Technical checklist for initiatives",
    "actions": "What to do next",
    "follow-up": "The plan comes back with cti roadmap update",
}
"""The parts of a roadmap that steps of the route name, for people."""


class RoadmapSections:
    """Writes the sections in one language.

    Args:
        standpoint: Where everybody stands.
        columns: The columns of documents.
        words: The language.
        phases: Of the plans.
        effort: Of actions, with suggested owners.
        frame: Of the edition.
    """

    def __init__(
        self,
        standpoint: Standpoint,
        columns: Columns,
        words: Words,
        phases: Sequence[Phase],
        effort: Effort,
        frame: Frame,
    ) -> None:
        self._standpoint, self._columns, self.words = standpoint, columns, words
        self._phases, self._effort, self._frame = phases, effort, frame
        self._titles = {
            (place.measurement, place.node): words.text(dict(place.titles))
            for place in standpoint.plan.places
        }

    # Targets

    def node_title(self, measurement: str, node: str) -> str:
        """The title of a node; with its measurement where several have it."""
        title = self._titles[measurement, node]
        if measurement in {INDEX, PROFILE} or measurement == node:
            return title
        several = sum(name == node for _, name in self._titles) > 1
        return f"{title} ({self._titles[measurement, measurement]})" if several else title

    def target_text(self, aim: Aim) -> str:
        """`Capacities: level 4 · Connected, by 2027-12-31`."""
        t, target = self.words.say, aim.target
        name = self.node_title(target.measurement, target.node)
        if target.level is not None:
            step = self._standpoint.plan.step_at[aim.column]
            level = self.words.text(step.levels.names[target.level - 1].name) if step.levels else ""
            text = t("{node}: level {level}", node=name, level=f"{target.level} · {level}")
        else:
            score = number(float(target.score or 0), self.words.language)
            text = t("{node}: score {score}", node=name, score=score)
        return t("{target}, by {date}", target=text, date=target.by.isoformat()) if target.by else text

    def now_text(self, each: Roadmap, at: int) -> str:
        """The score of a target now; the interval of an entity that is not ranked."""
        aim, table = each.aims[at], self._standpoint.index.table
        bounds = (table.low[each.row.row, aim.column], table.high[each.row.row, aim.column])
        return self._point(each.row, aim.column, aim.score, bounds)

    def after_text(self, each: Roadmap, at: int) -> str:
        """The same after the whole plan."""
        if each.outcome is None:
            return MISSING
        return self._point(each.row, each.aims[at].column, each.outcome.scores[at], each.outcome.bounds[at])

    def _point(
        self,
        row: IndexRow,
        column: int,
        score: Fraction | float | None,
        bounds: Sequence[Fraction | float | None],
    ) -> str:
        """A score as documents show it: an interval for who is not ranked."""
        edges = self._standpoint.plan.step_at[column].edges
        if row.status is Status.RANKED:
            return self.words.number(None if score is None else float(score), edges)
        low, high = (None if each is None else float(each) for each in bounds)
        return self.words.interval(low, high, edges)

    def why_no_plan(self, each: Roadmap) -> str:
        """Why an entity has no plan."""
        t = self.words.say
        if each.row.status is Status.REFUSED:
            return t("Refused")
        if each.out_of_reach:
            return t("No set of actions reaches the target")
        if each.aims and all(aim.reached for aim in each.aims if aim.target.measurement != PROFILE):
            return t("The target is reached already")
        return t("There is no score to plan from")

    def lead(self, each: Roadmap) -> Iterator[str]:
        """What the plan is, in sentences."""
        t = self.words.say
        for at in each.planned_for:
            aim = each.aims[at]
            yield t(
                "Target: {target}. The score is {now}; the plan takes it to {after}.",
                target=self.target_text(aim),
                now=self.now_text(each, at),
                after=self.after_text(each, at),
            )
        for at in each.out_of_reach:
            yield t(
                "{target}: no set of its own actions reaches it; it takes perception or results too.",
                target=self.target_text(each.aims[at]),
            )
        if not each.planned_for:
            yield t("There is no plan: {reason}.", reason=self.why_no_plan(each))

    def of(self, each: Roadmap) -> Iterator[Section]:
        """All sections of one entity."""
        if each.row.status is Status.REFUSED:
            return
        if each.plan and each.least is not None:
            yield self.plan(each)
        if each.actions:
            yield self.next_actions(each)
        yield from self.dimensions(each)
        yield from self.common()

    # Plan and actions

    def plan(self, each: Roadmap) -> Section:
        """The set of least effort, in phases, and what else there is of the same effort."""
        t = self.words.say
        return Section(
            "plan", t("The plan: the least effort that reaches the target"), tuple(self._plan_said(each)),
            tables=(self._plan_table(each), *self._others(each)),
        )  # fmt: skip

    def _plan_said(self, each: Roadmap) -> Iterator[str]:
        t, count, least = self.words.say, self.words.count, each.least
        if least is None:
            return
        yield (
            t(
                "No set of actions takes less effort: it was worked out exactly, with fractions and not with "
                "rounded numbers. Without any one of its actions the target is missed."
            )
            if least.exact
            else t(
                "This set was found by a rule of thumb: it reaches the target; another may take less effort."
            )
        )
        if len(least.sets) > 1:
            others = len(least.sets) - 1
            yield count(
                "{count} other set of the same effort is listed below.",
                "{count} other sets of the same effort are listed below.",
                others,
            ) + (" " + t("There are more of them.") if least.more else "")
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
                items=self.words.listed(hollow, 8),
            )
        if any(one.phase is None for one in each.plan) and self._phases:
            yield t("What no phase has room for stands beyond the horizon.")

    def phase_text(self, one: Planned) -> str:
        """`0–6 months`."""
        if not self._phases:
            return MISSING
        if one.phase is None:
            return self.words.say("Beyond the horizon")
        phase = self._phases[one.phase]
        return self.words.say("{start}–{end} months", start=phase.start, end=phase.end)

    def _plan_table(self, each: Roadmap) -> Table:
        t = self.words.say
        actions = {action.item.id: action for action in each.actions}
        rows = []
        for one in each.plan:
            opening, action = one.opening, actions[one.choice.item]
            rows.append(
                (
                    f"{opening.item.id} · {self.words.text(opening.item.text)}",
                    self.phase_text(one),
                    f"{opening.node.id} · {self.words.text(opening.node.title)}",
                    self._answer(one),
                    str(one.choice.effort),
                    self._gain(action.gain_measurement),
                    self.words.text(opening.item.evidence) or MISSING,
                    shown(self._effort.owners.get(opening.item.id, "")) or MISSING,
                )
            )
        headers = ("Action", "Phase", "Belongs to", "To reach", "Effort", "Gain", "Evidence", "Owner")
        return Table(t("Plan"), tuple(t(header) for header in headers), tuple(rows))

    def _answer(self, one: Planned) -> str:
        option = self._standpoint.questionnaire.scales[one.opening.item.scale].by_code.get(one.choice.value)
        return self.words.text(option.label) if option else one.choice.value

    def _others(self, each: Roadmap) -> Iterator[Table]:
        if each.least is None or len(each.least.sets) < 2:  # noqa: PLR2004  (the first is the plan)
            return
        t, first = self.words.say, {choice.item for choice in each.least.sets[0]}
        rows = []
        for at, chosen in enumerate(each.least.sets[1:], 2):
            items = {choice.item for choice in chosen}
            new = [choice.item for choice in chosen if choice.item not in first]
            old = [choice.item for choice in each.least.sets[0] if choice.item not in items]
            rows.append((str(at), ", ".join(old) or MISSING, ", ".join(new) or MISSING))
        headers = (t("Set"), t("Without"), t("With instead"))
        yield Table(t("Other sets of the same effort, against the plan"), headers, tuple(rows))

    def next_actions(self, each: Roadmap) -> Section:
        """What is sound first, and what pays most where that is something else."""
        t = self.words.say
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
                self.words.count(
                    "The tables name the first {shown} of {count} action.",
                    "The tables name the first {shown} of {count} actions.",
                    len(each.actions),
                    shown=MOST_ACTIONS,
                )
            )
        return Section("actions", t("What to do next"), tuple(said), tables=tuple(tables))

    def _action_table(self, caption: str, actions: Iterable[Action]) -> Table:
        t = self.words.say
        rows = [
            (
                f"{action.item.id} · {self.words.text(action.item.text)}",
                f"{action.opening.node.id} · {self.words.text(action.opening.node.title)}",
                MISSING if action.item.level is None else str(action.item.level),
                self._gain(action.gain_node),
                self._gain(action.gain_part),
                self._gain(action.gain_index),
                str(action.step.effort),
                self._unlocks(action),
                self.words.listed(action.below, 6) or MISSING,
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
            "Staged level",
            "Missing below",
        )
        return Table(caption, tuple(t(header) for header in headers), tuple(rows))

    def _gain(self, gain: Fraction | None) -> str:
        if gain is None:
            return MISSING
        return f"+{number(float(gain), self.words.language, digits=GAIN_DIGITS)}"

    def _unlocks(self, action: Action) -> str:
        if action.staged is None or action.staged_after is None:
            return MISSING
        if action.staged_after > action.staged:
            return f"{action.staged} → {action.staged_after}"
        return str(action.staged)

    # Dimensions

    def dimensions(self, each: Roadmap) -> Iterator[Section]:
        """Gap to the target, perception against results, the least content, the weakest indicators."""
        t, code = self.words.say, each.row.entity.code
        tables = [*self._facing_table(each), *self._statement_table(code), *self._indicator_table(code)]
        if tables:
            said = t(
                "High means at or above the middle of the scale. High results with low perception: tell "
                "people; low results with high perception: warn; both low: act; both high: keep."
            )
            yield Section("dimensions", t(PARTS["dimensions"]), (said,), tables=tuple(tables))

    def _facing_table(self, each: Roadmap) -> Iterator[Table]:
        t, code = self.words.say, each.row.entity.code
        aims = {aim.target.node: aim for aim in each.aims if aim.target.measurement == PROFILE}
        rows = []
        for one in facings(self._standpoint, code):
            aim = aims.get(one.node)
            column = self._standpoint.columns[PROFILE, one.node]
            short = aim.need if aim and not aim.reached else None
            rows.append(
                (
                    self._titles[PROFILE, one.node],
                    self._node_text(each, column, one.combined),
                    self.target_text(aim).split(": ", 1)[1] if aim else MISSING,
                    self._short(float(short.missing)) if short else MISSING,
                    self._node_text(each, column, one.perception),
                    self._node_text(each, column, one.results),
                    t(ADVICE[one.advice]) if one.advice else MISSING,
                )
            )
        if rows:
            headers = ("Dimension", "Score", "Target", "Gap", "Perception", "Results", "What to do")
            yield Table(t("Dimensions"), tuple(t(header) for header in headers), tuple(rows))

    def _node_text(self, each: Roadmap, column: int, found: NodeScore | None) -> str:
        if found is None:
            return MISSING
        return self._point(each.row, column, found.score, (found.low, found.high))

    def _short(self, gap: float) -> str:
        text = self.words.number(gap)
        if text == self.words.number(0.0):
            return self.words.say("less than {number}", number=self.words.number(0.01))
        return text

    def _statement_table(self, code: str) -> Iterator[Table]:
        t = self.words.say
        rows = [
            (
                f"{one.item.id} · {self.words.text(one.item.text)}",
                self._top(one.measurement, one.top),
                self.words.number(one.mean),
                str(one.n),
                self.words.interval(one.low, one.high),
            )
            for one in discontents(self._standpoint, code)[:MOST_NAMED]
        ]
        if rows:
            headers = ("Statement", "Dimension", "Mean", "Answers", "95 % interval")
            caption = t("What inhabitants are least content with")
            yield Table(caption, tuple(t(header) for header in headers), tuple(rows))

    def _top(self, measurement: str, node: str) -> str:
        return self._titles[measurement, node]

    def _indicator_table(self, code: str) -> Iterator[Table]:
        t = self.words.say
        found = weaknesses(self._standpoint, code)
        kept: list[Weakness] = []
        for one in found:
            if sum(other.top == one.top for other in kept) < 2:  # noqa: PLR2004  (two of each dimension)
                kept.append(one)
        rows = [
            (
                f"{one.item.id} · {self.words.text(one.item.text)}",
                self._top(one.measurement, one.top),
                self.words.number(one.mark),
                self._value(one),
                self.distance(one),
            )
            for one in kept
        ]
        if rows:
            headers = ("Indicator", "Dimension", "Mark", "Value", "To the next mark")
            caption = t("The weakest indicators of each dimension")
            yield Table(caption, tuple(t(header) for header in headers), tuple(rows))

    def _unit(self, one: Weakness) -> str:
        unit = self._standpoint.questionnaire.unit_by_id.get(one.item.unit or "")
        return self.words.text(unit.label) if unit else ""

    def _value(self, one: Weakness) -> str:
        if one.value is None:
            return MISSING
        return f"{number(float(one.value), self.words.language)} {self._unit(one)}".strip()

    def distance(self, one: Weakness) -> str:
        """`3.2 % more`; without a reference range that the mark is a criterion's."""
        t = self.words.say
        if one.distance is None:
            return t("no reference range: the mark is the criterion's or the entity's own")
        if one.yes:
            return t("from yes to no") if one.lower else t("from no to yes")
        amount = f"{number(float(one.distance), self.words.language)} {self._unit(one)}".strip()
        if one.lower:
            return (
                t("more than {amount} less", amount=amount)
                if one.beyond
                else t("{amount} less", amount=amount)
            )
        return (
            t("more than {amount} more", amount=amount) if one.beyond else t("{amount} more", amount=amount)
        )

    # What is the same for everybody

    def common(self) -> Iterator[Section]:
        """The frame, the checklist, and how it is worked out."""
        t = self.words.say
        if self._frame.route:
            rows = tuple(
                (
                    f"{step.number} · {self.words.text(dict(step.name))}",
                    self.words.text(dict(step.text)),
                    t(PARTS[step.part]) if step.part else MISSING,
                )
                for step in self._frame.route
            )
            headers = (t("Step"), t("What is done"), t("In this roadmap"))
            yield Section("route", t("The steps of the model"), tables=(Table(t("Route"), headers, rows),))
        yield Section("worked-out", t("How it is worked out"), tuple(self._method()))
        yield from self._checklist()

    def _method(self) -> Iterator[str]:
        t = self.words.say
        yield t(
            "Actions are answers that the entity gives itself and that can be better; perception and results "
            "follow from what it does. Gains are exact consequences of the answers and the rules."
        )
        levels = "; ".join(f"{level}: {effort}" for level, effort in sorted(self._effort.levels.items()))
        yield t(
            "Efforts only compare actions with each other. By level, unless a file says otherwise: {levels}.",
            levels=levels or t("the number of the level"),
        )
        yield t(
            "Of several sets of the same effort the plan is the one whose actions come first in the order of "
            "the definition."
        )
        if any(phase.limit is not None for phase in self._phases):
            limits = ", ".join(
                t("{start}–{end} months", start=phase.start, end=phase.end) + f": {phase.limit}"
                for phase in self._phases
            )
            yield t(
                "Every action takes the earliest phase that has room. Limits of effort: {limits}.",
                limits=limits,
            )
        elif self._phases:
            yield t("Without limits the effort of the plan is spread evenly over the phases.")

    def _checklist(self) -> Iterator[Section]:
        t = self.words.say
        tables = []
        for measurement, node in dict.fromkeys(self._checked_nodes()):
            rows = tuple(
                (
                    f"{entry.id} · {self.words.text(dict(entry.name))}",
                    self.words.text(dict(entry.text)),
                    entry.standards or MISSING,
                )
                for entry in self._frame.checklist
                if entry.node == node
            )
            headers = (t("Entry"), t("What it is"), t("Standards"))
            tables.append(Table(self._titles[measurement, node], headers, rows))
        if tables:
            said = t("An annex for formulating initiatives; it is never scored.")
            yield Section("checklist", t(PARTS["initiatives"]), (said,), tables=tuple(tables))

    def _checked_nodes(self) -> Iterator[tuple[str, str]]:
        for entry in self._frame.checklist:
            for measurement in self._standpoint.questionnaire.measurements:
                place = (measurement.id, entry.node)
                if place in self._titles:
                    yield place
