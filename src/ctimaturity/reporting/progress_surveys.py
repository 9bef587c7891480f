"""What people answered in two rounds, with what sampling allows to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.analysis.sampling import has_error
from ctimaturity.reporting.document import DocumentTable
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.analysis.change import EntityChange, NodeChange
    from ctimaturity.reporting.progress_figures import ProgressFigures

MOST_STATEMENTS = 12
"""Statements that are named on each side; the table of changes has all."""


@dataclass(frozen=True)
class SurveyWords:
    """Puts the changes of surveys into words.

    Attributes:
        figures: The numbers of the comparison.
    """

    figures: ProgressFigures

    def certainty(self, change: EntityChange, node: NodeChange) -> str:
        """What sampling allows to say of a change, or why nothing can be said."""
        t = self.figures.words.say
        if node.distinguishable is not None:
            return t(
                "more than sampling error explains"
                if node.distinguishable
                else "not distinguishable from no change"
            )
        if node.standard_error is not None:
            return t("cannot be told: everyone answered alike")
        if not self._sampled(node):
            return t("cannot be told: blanks count as answers")
        if not node.place.is_item and self._only_counts(change, node):
            return t("cannot be told: only counts are known")
        return t("cannot be told: too few answers")

    def statements(self, change: EntityChange) -> list[NodeChange]:
        """The statements with a change that is shown, in the order of the questionnaire."""
        later = self.figures.comparison.after
        surveys = later.questionnaire.surveys.keys() & later.index.measurements
        return [
            node
            for node in change.nodes
            if node.place.is_item and node.place.measurement in surveys and self.figures.told(change, node)
        ]

    def counted(self, change: EntityChange, measurement: str) -> str:
        """How many statements of a measurement rose and fell by more than chance, of how many."""
        known = [
            node
            for node in self.statements(change)
            if node.place.measurement == measurement and node.distinguishable is not None
        ]
        up, down = self._beyond(known)
        return f"+{len(up)} −{len(down)} / {len(known)}"

    def said(self, change: EntityChange) -> Iterator[str]:
        """How to read the tables of one entity."""
        t = self.figures.words.say
        yield chance(self.figures)
        known = [node for node in self.statements(change) if node.distinguishable is not None]
        if known:
            up, down = self._beyond(known)
            yield t(
                "Of {count} statements with a sampling error in both rounds, {up} rose and {down} fell by "
                "more than it explains. Of so many, about {few} would seem to even if nothing had changed.",
                count=len(known),
                up=len(up),
                down=len(down),
                few=round(len(known) / 20),
            )

    def tables(self, change: EntityChange) -> Iterator[DocumentTable]:
        """The statements that moved by more than chance, those that moved most first."""
        t = self.figures.words.say
        headers = ("Item", "What it says", "Before", "After", "Change", "Standard error")
        captions = (
            t("Statements that rose by more than sampling error explains"),
            t("Statements that fell by more than sampling error explains"),
        )
        for caption, nodes in zip(captions, self._beyond(self.statements(change)), strict=True):
            if nodes:
                rows = tuple(self._statement(node) for node in nodes[:MOST_STATEMENTS])
                yield DocumentTable(caption, tuple(map(t, headers)), rows)

    def _statement(self, node: NodeChange) -> tuple[str, ...]:
        words = self.figures.words
        pair = (None if numbers is None else numbers.score for numbers in (node.before, node.after))
        return (
            node.place.node,
            shown(words.text(dict(node.place.titles))),
            *(words.number(score) for score in pair),
            self.figures.signed(node.change or 0.0),
            words.number(node.standard_error),
        )

    def _beyond(self, nodes: list[NodeChange]) -> tuple[list[NodeChange], list[NodeChange]]:
        """Those that rose and those that fell by more than chance, by how much."""
        moved = [node for node in nodes if node.distinguishable]
        moved.sort(key=lambda node: (-abs(node.change or 0.0), node.place.node))
        up = [node for node in moved if (node.change or 0.0) > 0]
        return up, [node for node in moved if (node.change or 0.0) < 0]

    def _sampled(self, node: NodeChange) -> bool:
        pair = (self.figures.comparison.before, self.figures.comparison.after)
        known = (round_.questionnaire.measurement_by_id.get(node.place.measurement) for round_ in pair)
        return all(round_ is None or has_error(round_) for round_ in known)

    def _only_counts(self, change: EntityChange, node: NodeChange) -> bool:
        for round_ in (self.figures.comparison.before, self.figures.comparison.after):
            tallies = round_.answers[change.entity.code].tallies.get(node.place.measurement)
            if tallies is not None and not tallies.covariances:
                return True
        return False


def chance(figures: ProgressFigures) -> str:
    """What a sampling error is."""
    return figures.words.say(
        "A survey asks some people and not all, so its means move by chance. A change within 1.96 "
        "standard errors of the difference is not distinguishable from no change. Where only counts of "
        "answers are known, it can be given for single statements and not for the parts above them: counts "
        "do not say how the answers of one person go together."
    )
