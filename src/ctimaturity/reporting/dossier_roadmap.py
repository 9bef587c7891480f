"""The section of a dossier on what to do next: the target, the plan, the first actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.roadmap import roadmap_of
from ctimaturity.model.score import Status
from ctimaturity.reporting.document import Section, section
from ctimaturity.reporting.roadmap_sections import RoadmapSections

if TYPE_CHECKING:
    from ctimaturity.analysis.roadmap import Wish
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.roadmap import Frame
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.words import Words

MOST_FIRST = 6
"""Actions that a dossier names; the roadmap has all."""
_FEW = ("Action", "Level", "Gain there", "Gain of the index", "Staged level")
"""Columns of these actions."""


class DossierRoadmaps:
    """Makes the section for one entity after the other.

    Args:
        scored: Where everybody stands.
        wish: What the plans are for.
        frame: Of the edition.
    """

    def __init__(self, scored: Round, wish: Wish, frame: Frame) -> None:
        self._scored, self._wish, self._frame = scored, wish, frame
        self._made: tuple[Words, RoadmapSections] | None = None

    def of(self, row: IndexRow, words: Words) -> Section | None:
        """The section; None for an entity that was refused or can do nothing itself."""
        if row.status is Status.REFUSED:
            return None
        roadmap = roadmap_of(self._scored, row.entity.code, self._wish)
        if not roadmap.actions:
            return None
        if self._made is None or self._made[0] != words:
            phases, effort = self._wish.phases, self._wish.effort
            self._made = words, RoadmapSections(self._scored, words, phases, effort, self._frame)
        t, plans = words.say, self._made[1].plans
        tables = [plans.short_plan(roadmap)] if roadmap.plan else []
        first = roadmap.by_foundation[:MOST_FIRST]
        tables.append(plans.action_table(t("The foundations first"), first, _FEW))
        said = [*plans.lead(roadmap), *plans.plan_said(roadmap, listed=False)]
        said.append(t("The whole roadmap, with both orders and a plan to fill in, comes from cti roadmap."))
        return section("roadmap", t("What to do next"), said, *tables)
