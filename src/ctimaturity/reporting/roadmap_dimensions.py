"""The dimensions of an entity in its roadmap: gap, perception against results, what is weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.contrast import Advice, dimension_contrasts, discontents, weaknesses
from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import PROFILE
from ctimaturity.reporting.document import Section, Table, section

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

    def of(self, each: Roadmap) -> Iterator[Section]:
        """Gap to the target, perception against results, the least content, the weakest indicators."""
        t, code = self._words.say, each.row.entity.code
        facing = list(self._facing_table(each))
        tables = [*facing, *self._statement_table(code), *self._indicator_table(code)]
        if tables and not facing:
            yield Section("dimensions", t("What others say of it"), tuple(tables))
        elif tables:
            said = t(
                "High means at or above the middle of the scale. High results with low perception: tell "
                "people; low results with high perception: warn; both low: act; both high: keep."
            )
            yield section("dimensions", t(DIMENSIONS), (said,), *tables)

    def _facing_table(self, each: Roadmap) -> Iterator[Table]:
        t, code = self._words.say, each.row.entity.code
        aims = {aim.target.node: aim for aim in each.aims if aim.target.measurement == PROFILE}
        rows = []
        for one in dimension_contrasts(self._scored, code):
            aim = aims.get(one.node)
            column = self._scored.columns[PROFILE, one.node]
            short = aim.need if aim and not aim.reached else None
            rows.append(
                (
                    self._said.titles[PROFILE, one.node],
                    self._node_text(each, column, one.combined),
                    self._said.target_text(aim).split(": ", 1)[1] if aim else MISSING,
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
        return self._said.point(each.row, column, found.score, (found.low, found.high))

    def _short(self, gap: float) -> str:
        text = self._words.number(gap)
        if text == self._words.number(0.0):
            return self._words.say("less than {number}", number=self._words.number(0.01))
        return text

    def _statement_table(self, code: str) -> Iterator[Table]:
        t = self._words.say
        rows = [
            (
                f"{one.item.id} · {self._words.text(one.item.text)}",
                self._top(one.measurement, one.top),
                self._words.number(one.mean),
                str(one.n),
                self._words.interval(one.low, one.high),
            )
            for one in discontents(self._scored, code)[:MOST_NAMED]
        ]
        if rows:
            headers = ("Statement", "Dimension", "Mean", "Answers", "95 % interval")
            caption = t("What inhabitants are least content with")
            yield Table(caption, tuple(t(header) for header in headers), tuple(rows))

    def _top(self, measurement: str, node: str) -> str:
        return self._said.titles[measurement, node]

    def _indicator_table(self, code: str) -> Iterator[Table]:
        t = self._words.say
        found = weaknesses(self._scored, code)
        kept: list[Weakness] = []
        for one in found:
            if sum(other.top == one.top for other in kept) < 2:  # noqa: PLR2004  (two of each dimension)
                kept.append(one)
        rows = [
            (
                f"{one.item.id} · {self._words.text(one.item.text)}",
                self._top(one.measurement, one.top),
                self._words.number(one.mark),
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
        unit = self._scored.questionnaire.unit_by_id.get(one.item.unit or "")
        return self._words.text(unit.label) if unit else ""

    def _value(self, one: Weakness) -> str:
        if one.value is None:
            return MISSING
        return self._in_unit(number(float(one.value), self._words.language), one)

    def _in_unit(self, text: str, one: Weakness) -> str:
        """`3.20 · Percentage (%)`."""
        return " · ".join(part for part in (text, self._unit(one)) if part)

    def distance(self, one: Weakness) -> str:
        """`3.20 more · Percentage (%)`; without a reference range that the mark is a criterion's."""
        t = self._words.say
        if one.distance is None:
            return t("no reference range: the mark is the criterion's or the entity's own")
        if one.yes:
            return t("from yes to no") if one.lower else t("from no to yes")
        message = {
            (False, False): "{amount} more",
            (False, True): "more than {amount} more",
            (True, False): "{amount} less",
            (True, True): "more than {amount} less",
        }[one.lower, one.beyond]
        return self._in_unit(t(message, amount=number(float(one.distance), self._words.language)), one)
