"""The forms that the entity itself answers: `answers`, one agreed answer per item, and `indicators`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Response, State
from ctimaturity.scoring.doubts import doubt_of_base, doubt_of_value, doubt_of_year
from ctimaturity.scoring.marks import Marks
from ctimaturity.workbook import column as ids
from ctimaturity.workbook.answer import (
    CellReading,
    Problem,
    is_blank,
    plain,
    read_in_range,
    read_number,
    read_year,
)
from ctimaturity.workbook.choice import REASONS
from ctimaturity.workbook.column import mark_scales

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Item, Measurement
    from ctimaturity.scoring.doubts import DoubtfulValue
    from ctimaturity.workbook.choice import ClosedAnswer
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.lines import ItemLines
    from ctimaturity.workbook.reading.table import ItemLine

FORBID = "forbid"
_NO_FIGURE = {"no data", "sin dato", "sin datos", "no hay dato", "nd", "n/d", "n.d."}
_SAID_WITHOUT_REASON = {"x", "si", "yes", *_NO_FIGURE}


def read_answers(context: ReadingContext, measurement: Measurement, lines: ItemLines) -> dict[str, Response]:
    """The answers of a measurement, by item id; blank lines without a remark are left out."""
    responses = {}
    for item in measurement.items:
        line = lines.by_item.get(item.id)
        if line is not None:
            response = _answer(context, measurement, item, line, lines.cell(line, ids.ANSWER))
            if response.state is not State.BLANK or response.evidence or response.observation:
                responses[item.id] = response
    return responses


def _answer(
    context: ReadingContext, measurement: Measurement, item: Item, line: ItemLine, cell: Cell | None
) -> Response:
    blank = Response(
        State.BLANK,
        evidence=context.remark(line, ids.EVIDENCE),
        observation=context.remark(line, ids.OBSERVATION),
        source=context.source(line, ids.ANSWER),
    )
    scale = context.questionnaire.scales[item.scale]
    if scale.range is not None:
        _refuse_reason(context, line)
        number = context.settle(read_in_range(cell, scale.range), line, ids.ANSWER, cell)
        return blank if number is None else replace(blank, state=State.ANSWERED, number=number)
    choice = context.settle(context.scale(item.scale).read(cell), line, ids.ANSWER, cell)
    if choice is not None and choice.not_applicable:
        reason = _reason(context, measurement, item, line, cell)
        return replace(blank, state=State.NOT_APPLICABLE, reason=reason)
    _refuse_reason(context, line)
    if choice is None:
        return blank
    state = State.DONT_KNOW if choice.dont_know else State.ANSWERED
    return replace(blank, state=state, option=choice.code)


def _refuse_reason(context: ReadingContext, line: ItemLine) -> None:
    """A reason for not being applicable beside an answer that says something else, or nothing."""
    written = line.cell(ids.REASON)
    if written is not None and plain(written).strip("-–—."):
        context.note(Problem(codes.REASON_BESIDE_ANSWER), line, ids.REASON, written)


def _reason(
    context: ReadingContext, measurement: Measurement, item: Item, line: ItemLine, cell: Cell | None
) -> str:
    """The reason for which an item is said not to apply."""
    if measurement.not_applicable.policy == FORBID:
        about = {"options": context.scale(item.scale).options}
        context.note(Problem(codes.NOT_APPLICABLE_FORBIDDEN, about), line, ids.ANSWER, cell)
        return ""
    reader, written = context.choices(REASONS), line.cell(ids.REASON)
    reading = reader.read(written)
    reason = context.settle(reading, line, ids.REASON, written)
    if reason is None and reading.problem is None:
        context.note(Problem(codes.REASON_MISSING, {"options": reader.options}), line, ids.REASON, written)
    return reason.code if reason else ""


def read_indicators(
    context: ReadingContext, measurement: Measurement, lines: ItemLines
) -> dict[str, Response]:
    """The indicators of a measurement, by item id; lines without anything are left out.

    The state is `no_data` where a reason is given, `answered` where a value or mark is, else
    blank; what counts is decided by the basis of the scoring.
    """
    responses = {}
    for item in measurement.items:
        line = lines.by_item.get(item.id)
        response = _Indicator(context, measurement, item, lines, line).response() if line else None
        if response is not None:
            responses[item.id] = response
    return responses


class _Indicator:
    """One line being read."""

    def __init__(
        self, context: ReadingContext, measurement: Measurement, item: Item, lines: ItemLines, line: ItemLine
    ) -> None:
        self.context = context
        self.measurement = measurement
        self.item = item
        self.lines = lines
        self.line = line
        self.figures = False

    def response(self) -> Response | None:
        context, line = self.context, self.line
        reason = self.reason()
        value, before = self.value(reason)
        marks = {mark: self.mark(mark, scale) for mark, scale in mark_scales(self.measurement).items()}
        year = self.year(needed=value is not None and not reason)
        reference, evidence, observation = (
            context.remark(line, column) for column in (ids.SOURCE, ids.EVIDENCE, ids.OBSERVATION)
        )
        answered = value is not None or before is not None or any(marks.values())
        if reason and (self.figures or answered):
            code = codes.NO_DATA_BESIDE_FIGURE if self.figures else codes.NO_DATA_BESIDE_VALUE
            self.note(ids.NO_DATA, Problem(code))
        # A change from nothing has no percentage, so there is no figure; no reason of the list says that.
        if before == 0 and value is not None and not reason:
            reason = context.questionnaire.other_reason
        if not reason and not answered and year is None and not (reference or evidence or observation):
            return None
        only_mark = value is None and marks.get(ids.CRITERION)
        return Response(
            State.NO_DATA if reason else State.ANSWERED if answered else State.BLANK,
            value=value,
            value_before=before,
            criterion=marks.get(ids.CRITERION, ""),
            own_mark=marks.get(ids.OWN_MARK, ""),
            reason=reason,
            year=year,
            reference=reference,
            evidence=evidence,
            observation=observation,
            source=context.source(line, ids.NO_DATA if reason else ids.CRITERION if only_mark else ids.VALUE),
        )

    def cell(self, column: str) -> Cell | None:
        return self.lines.cell(self.line, column)

    def note(self, column: str, problem: Problem | DoubtfulValue | None) -> None:
        if problem is not None:
            self.context.note(Problem(*problem), self.line, column, self.cell(column))

    def mark(self, column: str, scale: str) -> str:
        cell = self.cell(column)
        chosen = self.context.settle(self.context.scale(scale).read(cell), self.line, column, cell)
        return chosen.code if chosen else ""

    def reason(self) -> str:
        cell, reader = self.cell(ids.NO_DATA), self.context.choices(REASONS)
        reading = reader.read(cell)
        if cell is not None and _without_reason(cell, reading):
            reading = CellReading(problem=Problem(codes.REASON_MISSING, {"options": reader.options}))
        chosen = self.context.settle(reading, self.line, ids.NO_DATA, cell)
        return chosen.code if chosen else ""

    def year(self, *, needed: bool) -> int | None:
        cell = self.cell(ids.YEAR)
        reading = read_year(cell)
        year = self.context.settle(reading, self.line, ids.YEAR, cell)
        if year is not None or (needed and reading.problem is None):
            self.note(ids.YEAR, doubt_of_year(self.measurement, year, self.context.year))
        return year

    def value(self, reason: str) -> tuple[Decimal | None, Decimal | None]:
        """The value, and that of the base year where the unit is a change between two years."""
        cell, cell_before = self.cell(ids.VALUE), self.cell(ids.VALUE_BEFORE)
        if reason:  # beside which "ND" or a dash says the same once more
            cell, cell_before = (None if _without_figure(entry) else entry for entry in (cell, cell_before))
        of_two_years = not is_blank(cell_before)
        expected = self.context.questionnaire.expected(self.item, of_two_years=of_two_years)
        reading, reading_before = read_number(cell, expected), read_number(cell_before)
        self.figures = reading.value is not None or reading_before.value is not None
        value = self.context.settle(reading, self.line, ids.VALUE, cell)
        before = self.context.settle(reading_before, self.line, ids.VALUE_BEFORE, cell_before)
        unit = self.context.questionnaire.unit_by_id.get(self.item.unit or "")
        if before is None:
            if value is not None:
                self.doubt_value(value)
        elif unit is None or unit.derive is None:
            self.note(ids.VALUE_BEFORE, Problem(codes.VALUE_BEFORE_UNUSED))
            before = None
        elif value is None:
            if reading.problem is None:
                self.note(ids.VALUE_BEFORE, Problem(codes.VALUE_BEFORE_ALONE))
        elif before == 0:
            self.note(ids.VALUE_BEFORE, Problem(codes.BASE_VALUE_ZERO))
        else:
            self.doubt_change(value, before)
        return value, before

    def doubt_change(self, value: Decimal, before: Decimal) -> None:
        """Warn of a change that says little, or that is not plausible."""
        given = Response(State.ANSWERED, value=value, value_before=before)
        change = Marks(self.context.questionnaire, self.measurement).value(self.item, given)
        if change is not None:
            tiny = doubt_of_base(value, before, change)
            self.note(ids.VALUE_BEFORE, tiny)
            if tiny is None:
                self.doubt_value(change)

    def doubt_value(self, value: Decimal | Fraction) -> None:
        context = self.context
        self.note(ids.VALUE, doubt_of_value(context.questionnaire, self.item, value, context.language))


def _without_figure(cell: Cell | None) -> bool:
    words = "" if cell is None else folded(plain(cell))
    return words in _NO_FIGURE or not words.strip("-.")


def _without_reason(cell: Cell, reading: CellReading[ClosedAnswer]) -> bool:
    """Whether the cell says that there is no data, but not why."""
    said = cell.kind is CellKind.BOOLEAN or folded(plain(cell)) in _SAID_WITHOUT_REASON
    return reading.problem is not None and said
