"""How targets, gains and scores of roadmaps are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import INDEX, PROFILE, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ctimaturity.analysis.actions import Action
    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.analysis.round import Round
    from ctimaturity.analysis.targets import EntityTarget
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.words import Words

GAIN_DIGITS = 3
"""Of gains: one action is a small part of a score."""


class RoadmapWords:
    """Says them in one language.

    Args:
        scored: Where everybody stands.
        words: The language.
        phases: Of the plans.

    Attributes:
        titles: Of every place, by measurement and node.
    """

    def __init__(self, scored: Round, words: Words, phases: Sequence[Phase]) -> None:
        self.scored, self.words, self.phases = scored, words, phases
        self.titles = {
            (place.measurement, place.node): words.text(dict(place.titles)) for place in scored.plan.places
        }

    def node_title(self, measurement: str, node: str) -> str:
        """The title of a node; with its measurement where several have it."""
        title = self.titles[measurement, node]
        if measurement in {INDEX, PROFILE} or measurement == node:
            return title
        several = sum(name == node for _, name in self.titles) > 1
        return f"{title} ({self.titles[measurement, measurement]})" if several else title

    def target_text(self, aim: EntityTarget) -> str:
        """`Capacities: level 4 · Connected, by 2027-12-31`."""
        t, target = self.words.say, aim.target
        name = self.node_title(target.measurement, target.node)
        if target.level is not None:
            step = self.scored.plan.step_at[aim.column]
            level = self.words.text(step.levels.names[target.level - 1].name) if step.levels else ""
            text = t("{node}: level {level}", node=name, level=f"{target.level} · {level}")
        else:
            score = number(float(target.score or 0), self.words.language)
            text = t("{node}: score {score}", node=name, score=score)
        return t("{target}, by {date}", target=text, date=target.by.isoformat()) if target.by else text

    def now_text(self, roadmap: Roadmap, at: int) -> str:
        """The score of a target now; the interval of an entity that is not ranked."""
        aim, table = roadmap.aims[at], self.scored.index.table
        bounds = (table.low[roadmap.row.row, aim.column], table.high[roadmap.row.row, aim.column])
        return self.point(roadmap.row, aim.column, aim.score, bounds)

    def after_text(self, roadmap: Roadmap, at: int) -> str:
        """The same after the whole plan."""
        if roadmap.outcome is None:
            return MISSING
        return self.point(
            roadmap.row, roadmap.aims[at].column, roadmap.outcome.scores[at], roadmap.outcome.bounds[at]
        )

    def point(
        self,
        row: IndexRow,
        column: int,
        score: Fraction | float | None,
        bounds: Sequence[Fraction | float | None],
    ) -> str:
        """A score as documents show it: an interval for who is not ranked."""
        edges = self.scored.plan.step_at[column].edges
        if row.status is Status.RANKED:
            return self.words.number(None if score is None else float(score), edges)
        low, high = (None if end is None else float(end) for end in bounds)
        return self.words.interval(low, high, edges)

    def why_no_plan(self, roadmap: Roadmap) -> str:
        """Why an entity has no plan."""
        t = self.words.say
        if roadmap.row.status is Status.REFUSED:
            return t("Refused")
        if roadmap.out_of_reach:
            return t("No set of actions reaches the target")
        own = [aim for aim in roadmap.aims if aim.target.measurement != PROFILE]
        if own and all(aim.reached for aim in own):
            return t("The target is reached already")
        if own:
            return t("There is no score to plan from, or no action touches the target")
        if not roadmap.actions:
            return t("There is nothing that it could answer better")
        return (
            t("The file of targets names none for it")
            if roadmap.targeted
            else t("There is no higher level to aim for")
        )

    def phase_text(self, planned: Planned) -> str:
        """`0–6 months`."""
        return self.phase_name(planned.phase) if self.phases else MISSING

    def phase_name(self, number: int | None) -> str:
        """The name of a phase by its number; None is beyond the horizon."""
        if number is None:
            return self.words.say("Beyond the horizon")
        phase = self.phases[number]
        return self.words.say("{start}–{end} months", start=phase.start, end=phase.end)

    def level(self, action: Action) -> str:
        """The level that an action belongs to."""
        return MISSING if action.item.level is None else str(action.item.level)

    def gain(self, gain: Fraction | None, digits: int = GAIN_DIGITS) -> str:
        """What an action adds, with its sign."""
        if gain is None:
            return MISSING
        return f"+{number(float(gain), self.words.language, digits=digits)}"

    def per_effort(self, gain: Fraction | None) -> str:
        """What an action adds for each unit of its effort."""
        return self.gain(gain, GAIN_DIGITS + 1)

    def unlocks(self, action: Action) -> str:
        """The staged level now, and what it becomes where that is more."""
        if action.staged is None or action.staged_after is None:
            return MISSING
        if action.staged_after > action.staged:
            return f"{action.staged} → {action.staged_after}"
        return str(action.staged)
