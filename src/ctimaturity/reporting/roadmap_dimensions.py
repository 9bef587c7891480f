"""The dimensions of an entity in its roadmap: gap, perception against results, what is weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.contrast import Advice, dimension_contrasts, discontents, weaknesses
from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import PROFILE
from ctimaturity.reporting.document import DocumentTable, Section, section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.analysis.contrast import Weakness
    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.model.score import NodeScore
    from ctimaturity.reporting.roadmap_words import RoadmapWords

MOST_NAMED = 5
"""Statements that a document names; statements.csv has all."""
ADVICE = {
    Advice.KEEP: "Both high: keep it",
    Advice.TELL: "High results with low perception: tell people",
    Advice.WARN: "Low results with high perception: warn",
    Advice.ACT: "Both low: act",
}
DIMENSIONS = "Dimensions: perception against results"


class DimensionSections:
    """Writes the section on dimensions.

    Args:
        said: Says targets and scores.
    """

    def __init__(self, said: RoadmapWords) -> None:
        self._said, self._words = said, said.words
        self._scored = said.scored

    def of(self, roadmap: Roadmap) -> Iterator[Section]:
        """Gap to the target, perception against results, the least content, the weakest indicators."""
        t, code = self._words.say, roadmap.row.entity.code
        facing = list(self._facing_table(roadmap))
        tables = [*facing, *self._statement_table(code), *self._indicator_table(code)]
        if tables and not facing:
            yield Section("dimensions", t("What others say of it"), tuple(tables))
        elif tables:
            said = t(
                "High means at or above the middle of the scale. High results with low perception: tell "
                "people; low results with high perception: warn; both low: act; both high: keep."
            )
            yield section("dimensions", t(DIMENSIONS), (said,), *tables)

    def _facing_table(self, roadmap: Roadmap) -> Iterator[DocumentTable]:
        t, code = self._words.say, roadmap.row.entity.code
        aims = {aim.target.node: aim for aim in roadmap.aims if aim.target.measurement == PROFILE}
        rows = []
        for facing in dimension_contrasts(self._scored, code):
            aim = aims.get(facing.node)
            column = self._scored.columns[PROFILE, facing.node]
            short = aim.need if aim and not aim.reached else None
            rows.append(
                (
                    self._said.titles[PROFILE, facing.node],
                    self._node_text(roadmap, column, facing.combined),
                    self._said.target_text(aim).split(": ", 1)[1] if aim else MISSING,
                    self._short(float(short.missing)) if short else MISSING,
                    self._node_text(roadmap, column, facing.perception),
                    self._node_text(roadmap, column, facing.results),
                    t(ADVICE[facing.advice]) if facing.advice else MISSING,
                )
            )
        if rows:
            headers = ("Dimension", "Score", "Target", "Gap", "Perception", "Results", "What to do")
            yield DocumentTable(t("Dimensions"), tuple(t(header) for header in headers), tuple(rows))

    def _node_text(self, roadmap: Roadmap, column: int, numbers: NodeScore | None) -> str:
        if numbers is None:
            return MISSING
        return self._said.point(roadmap.row, column, numbers.score, (numbers.low, numbers.high))

    def _short(self, gap: float) -> str:
        text = self._words.number(gap)
        if text == self._words.number(0.0):
            return self._words.say("less than {number}", number=self._words.number(0.01))
        return text

    def _statement_table(self, code: str) -> Iterator[DocumentTable]:
        t = self._words.say
        rows = [
            (
                f"{statement.item.id} · {self._words.text(statement.item.text)}",
                self._top(statement.measurement, statement.top),
                self._words.number(statement.mean),
                str(statement.n),
                self._words.interval(statement.low, statement.high),
            )
            for statement in discontents(self._scored, code)[:MOST_NAMED]
        ]
        if rows:
            headers = ("Statement", "Dimension", "Mean", "Answers", "95 % interval")
            caption = t("What inhabitants are least content with")
            yield DocumentTable(caption, tuple(t(header) for header in headers), tuple(rows))

    def _top(self, measurement: str, node: str) -> str:
        return self._said.titles[measurement, node]

    def _indicator_table(self, code: str) -> Iterator[DocumentTable]:
        t = self._words.say
        indicators = weaknesses(self._scored, code)
        kept: list[Weakness] = []
        for indicator in indicators:
            if sum(other.top == indicator.top for other in kept) < 2:  # noqa: PLR2004  (two of each dimension)
                kept.append(indicator)
        rows = [
            (
                f"{indicator.item.id} · {self._words.text(indicator.item.text)}",
                self._top(indicator.measurement, indicator.top),
                self._words.number(indicator.mark),
                self._value(indicator),
                self.distance(indicator),
            )
            for indicator in kept
        ]
        if rows:
            headers = ("Indicator", "Dimension", "Mark", "Value", "To the next mark")
            caption = t("The weakest indicators of each dimension")
            yield DocumentTable(caption, tuple(t(header) for header in headers), tuple(rows))

    def _unit(self, indicator: Weakness) -> str:
        unit = self._scored.questionnaire.unit_by_id.get(indicator.item.unit or "")
        return self._words.text(unit.label) if unit else ""

    def _value(self, indicator: Weakness) -> str:
        if indicator.value is None:
            return MISSING
        return self._in_unit(number(float(indicator.value), self._words.language), indicator)

    def _in_unit(self, text: str, indicator: Weakness) -> str:
        """`3.20 · Percentage (%)`."""
        return " · ".join(part for part in (text, self._unit(indicator)) if part)

    def distance(self, indicator: Weakness) -> str:
        """`3.20 more · Percentage (%)`; without a reference range that the mark is a criterion's."""
        t = self._words.say
        if indicator.distance is None:
            return t("no reference range: the mark is the criterion's or the entity's own")
        if indicator.yes:
            return t("from yes to no") if indicator.lower else t("from no to yes")
        message = {
            (False, False): "{amount} more",
            (False, True): "more than {amount} more",
            (True, False): "{amount} less",
            (True, True): "more than {amount} less",
        }[indicator.lower, indicator.beyond]
        return self._in_unit(
            t(message, amount=number(float(indicator.distance), self._words.language)), indicator
        )
