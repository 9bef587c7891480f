"""The section of a dossier on what to do next: the target, the plan, the first actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.roadmap import roadmap_of
from ctimaturity.model.score import Status
from ctimaturity.reporting.document import Section, Table, section
from ctimaturity.reporting.roadmap_sections import RoadmapSections

if TYPE_CHECKING:
    from ctimaturity.analysis.actions import Action
    from ctimaturity.analysis.roadmap import Roadmap, Wish
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.roadmap import Frame
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.words import Words

MOST_FIRST = 6
"""Actions that a dossier names; the roadmap has all."""


class DossierRoadmaps:
    """Makes the section for one entity after the other.

    Args:
        scored: Where everybody stands.
        wish: What the plans are for.
        frame: Of the edition.
    """

    def __init__(self, scored: Round, wish: Wish, frame: Frame) -> None:
        self._scored, self._wish, self._frame = scored, wish, frame
        self._made: tuple[Words, _Short] | None = None

    def of(self, row: IndexRow, words: Words) -> Section | None:
        """The section; None for an entity that was refused or can do nothing itself."""
        if row.status is Status.REFUSED:
            return None
        roadmap = roadmap_of(self._scored, row.entity.code, self._wish)
        if not roadmap.actions:
            return None
        if self._made is None or self._made[0] != words:
            phases, effort = self._wish.phases, self._wish.effort
            said = RoadmapSections(self._scored, words, phases, effort, self._frame)
            self._made = words, _Short(said)
        return self._made[1].of(roadmap)


class _Short:
    """A roadmap in one section."""

    def __init__(self, sections: RoadmapSections) -> None:
        self._plans, self._said, self._words = sections.plans, sections.said, sections.said.words

    def of(self, roadmap: Roadmap) -> Section:
        t = self._words.say
        tables = [self._plans.short_plan(roadmap)] if roadmap.plan else []
        tables.append(self._first(t("The foundations first"), roadmap.by_foundation))
        said = [*self._plans.lead(roadmap), *self._plans.plan_said(roadmap, listed=False)]
        said.append(t("The whole roadmap, with both orders and a plan to fill in, comes from cti roadmap."))
        return section("roadmap", t("What to do next"), said, *tables)

    def _first(self, caption: str, actions: tuple[Action, ...]) -> Table:
        t = self._words.say
        headers = (t("Action"), t("Level"), t("Gain there"), t("Gain of the index"), t("Staged level"))
        return Table(caption, headers, tuple(self._row(action) for action in actions[:MOST_FIRST]))

    def _row(self, action: Action) -> tuple[str, ...]:
        said = self._said
        return (
            f"{action.item.id} · {self._words.text(action.item.text)}",
            said.level(action),
            said.gain(action.gain_node),
            said.gain(action.gain_index),
            said.unlocks(action),
        )
