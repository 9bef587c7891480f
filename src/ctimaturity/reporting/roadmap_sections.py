"""The sections of a roadmap, and those that stand in every one: steps of the model, method, checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import Status
from ctimaturity.reporting.document import DocumentTable, Section, section
from ctimaturity.reporting.roadmap_dimensions import DIMENSIONS, DimensionSections
from ctimaturity.reporting.roadmap_plan import PlanSections
from ctimaturity.reporting.roadmap_words import RoadmapWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.roadmap import Effort, Frame
    from ctimaturity.reporting.words import Words


PARTS = {
    "dimensions": DIMENSIONS,
    "initiatives": "Technical checklist for initiatives",
    "actions": "What to do next",
    "follow-up": "The plan comes back with cti roadmap update",
}
"""The parts of a roadmap that steps of the route name, for people."""


class FrameSections:
    """Writes the sections that are the same for everybody.

    Args:
        said: Says phases.
        effort: Of actions.
        frame: Of the edition.
    """

    def __init__(self, said: RoadmapWords, effort: Effort, frame: Frame) -> None:
        self._said, self._effort, self._frame, self._words = said, effort, frame, said.words

    def common(self) -> Iterator[Section]:
        """The frame, the checklist, and how it is worked out."""
        t = self._words.say
        if self._frame.route:
            rows = tuple(
                (
                    f"{step.number} · {self._words.text(dict(step.name))}",
                    self._words.text(dict(step.text)),
                    t(PARTS[step.part]) if step.part else MISSING,
                )
                for step in self._frame.route
            )
            headers = (t("Step"), t("What is done"), t("In this roadmap"))
            yield Section("route", t("The steps of the model"), (DocumentTable(t("Route"), headers, rows),))
        yield section("worked-out", t("How it is worked out"), self._method())
        yield from self._checklist()

    def _method(self) -> Iterator[str]:
        t = self._words.say
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
        if any(phase.limit is not None for phase in self._said.phases):
            limits = ", ".join(
                t("{start}–{end} months", start=phase.start, end=phase.end) + f": {phase.limit}"
                for phase in self._said.phases
            )
            yield t(
                "Every action takes the earliest phase that has room. Limits of effort: {limits}.",
                limits=limits,
            )
        elif self._said.phases:
            yield t("Without limits the effort of the plan is spread evenly over the phases.")

    def _checklist(self) -> Iterator[Section]:
        t = self._words.say
        tables = []
        for measurement, node in dict.fromkeys(self._checked_nodes()):
            rows = tuple(
                (
                    f"{entry.id} · {self._words.text(dict(entry.name))}",
                    self._words.text(dict(entry.text)),
                    entry.standards or MISSING,
                )
                for entry in self._frame.checklist
                if entry.node == node
            )
            headers = (t("Entry"), t("What it is"), t("Standards"))
            tables.append(DocumentTable(self._said.titles[measurement, node], headers, rows))
        if tables:
            said = t("An annex for formulating initiatives; it is never scored.")
            yield section("checklist", t(PARTS["initiatives"]), (said,), *tables)

    def _checked_nodes(self) -> Iterator[tuple[str, str]]:
        for entry in self._frame.checklist:
            for measurement in self._said.scored.questionnaire.measurements:
                place = (measurement.id, entry.node)
                if place in self._said.titles:
                    yield place


class RoadmapSections:
    """Writes the sections in one language.

    Args:
        scored: Where everybody stands.
        words: The language.
        phases: Of the plans.
        effort: Of actions, with suggested owners.
        frame: Of the edition.

    Attributes:
        said: Says targets, gains and scores.
        plans: Writes the sections on actions.
    """

    def __init__(
        self, scored: Round, words: Words, phases: Sequence[Phase], effort: Effort, frame: Frame
    ) -> None:
        self.said = RoadmapWords(scored, words, phases)
        self.plans = PlanSections(self.said, effort)
        self._dimensions = DimensionSections(self.said)
        self._frame = FrameSections(self.said, effort, frame)

    def of(self, each: Roadmap) -> Iterator[Section]:
        """All sections of one entity."""
        if each.row.status is Status.REFUSED:
            return
        if each.plan and each.least is not None:
            yield self.plans.plan(each)
        if each.actions:
            yield self.plans.next_actions(each)
        yield from self._dimensions.of(each)
        yield from self.common()

    def common(self) -> Iterator[Section]:
        """What is the same for everybody."""
        return self._frame.common()
