"""A setting of a statement that inhabitants answer: the mean that it would have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.analysis.shifted import mean_of, points_of, shifted
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.folding import folded
from ctimaturity.model.number import Expected
from ctimaturity.model.ruling import RuledPart
from ctimaturity.reporting.explanation import Setting
from ctimaturity.scoring.survey import design_weights
from ctimaturity.workbook.answer import read_number

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.response import EntityAnswers, Tallies
    from ctimaturity.workflows.what_if import Desk

_DIGITS = 4
"""Decimals of a mean, as it is told."""


class StatementCase:
    """The mean of a statement, over everybody or in one segment.

    Args:
        desk: Where the answers lie.
        item: The statement.
        segment: Id of a segment; empty for all of them.
        text: The mean that is wanted.
    """

    def __init__(self, desk: Desk, item: Item, segment: str, text: str) -> None:
        self.desk, self.item, self.segment, self.text = desk, item, folded(segment), text
        self.measurement = desk.questionnaire.measurement_of_item[item.id]
        tallies = self._tallies
        scale = desk.questionnaire.scales[item.scale]
        self.points = {} if tallies is None else points_of(tallies, item, scale)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for settings of one answer."""
        return (self.item.id, self.segment)

    @property
    def _tallies(self) -> Tallies | None:
        return self.desk.answers.tallies.get(self.measurement.id)

    def settled(self) -> Setting | None:
        """Moves the answers of the entity; None when they cannot be."""
        tallies = self._tallies
        answered = [] if tallies is None else self._answered(tallies)
        if tallies is None or not answered:
            self.desk.report(codes.SETTING_WITHOUT_SURVEY, self.item.id)
            return None
        known = {folded(tallies.segments[row]): row for row in answered}
        if self.segment and self.segment not in known:
            parts = ", ".join(tallies.segments[row] for row in answered)
            self.desk.report(codes.SETTING_PART_UNKNOWN, self.item.id, part=quoted(self.segment), parts=parts)
            return None
        low, high = min(self.points.values()), max(self.points.values())
        least, most = (Decimal(end.numerator) / end.denominator for end in (low, high))
        expected = Expected(least, most)
        wanted = read_number(Cell(CellKind.TEXT, self.text, self.text), expected).value
        if wanted is None or not low <= Fraction(wanted) <= high:
            self.desk.report(
                codes.SETTING_OUT_OF_SCALE,
                self.item.id,
                answer=quoted(self.text),
                options=f"{float(low):g} – {float(high):g}",
            )
            return None
        rows = [known[self.segment]] if self.segment else answered
        before = self._mean(self.desk.answers, tallies, rows)
        moved = shifted(tallies, self.item.id, rows, Fraction(wanted), self.points)
        after = self._mean(self.desk.answers, moved, rows)
        if before != after:
            found = {**self.desk.answers.tallies, self.measurement.id: moved}
            self.desk.answers = replace(self.desk.answers, tallies=found)
        name = tallies.segments[rows[0]] if self.segment else ""
        asked = "" if after == Fraction(wanted) else _told(Fraction(wanted))
        return Setting(self.item.id, RuledPart.ANSWER, _told(before), _told(after), segment=name, asked=asked)

    def _answered(self, tallies: Tallies) -> list[int]:
        """The segments in which somebody answered the statement."""
        if self.item.id not in tallies.items:
            return []
        return [
            row
            for row in range(len(tallies.segments))
            if mean_of(tallies, self.item.id, row, self.points) is not None
        ]

    def _mean(self, answers: EntityAnswers, tallies: Tallies, rows: list[int]) -> Fraction:
        """Over some segments, with the population of each where it counts."""
        place = tallies.items.index(self.item.id)
        people = design_weights(answers, tallies)
        weights = {
            row: people.get(row, 0)
            if people
            else sum(int(tallies.counts[row, place, at]) for at in self.points)
            for row in rows
        }
        if len(rows) == 1 or not any(weights.values()):
            weights = dict.fromkeys(rows, 1)
        means = {row: mean_of(tallies, self.item.id, row, self.points) or Fraction(0) for row in rows}
        total = sum(weights[row] * means[row] for row in rows)
        return Fraction(total) / sum(weights.values())


def _told(mean: Fraction) -> str:
    return f"{float(round(mean, _DIGITS)):.{_DIGITS}f}".rstrip("0").rstrip(".")
