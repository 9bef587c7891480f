"""The `indicators` form: values with year and source, marks, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Response, State
from ctimaturity.scoring.doubts import doubt_of_base, doubt_of_value, doubt_of_year
from ctimaturity.scoring.marks import Marks
from ctimaturity.workbook.answer import Problem, Reading, is_blank, plain, read_number, read_year
from ctimaturity.workbook.choice import REASONS
from ctimaturity.workbook.column import (
    CRITERION,
    EVIDENCE,
    NO_DATA,
    OBSERVATION,
    OWN_MARK,
    SOURCE,
    VALUE,
    VALUE_BEFORE,
    YEAR,
)

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Item, Measurement
    from ctimaturity.scoring.doubts import Doubt
    from ctimaturity.workbook.choice import Choice
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.lines import Line, Lines

_NO_FIGURE = {"no data", "sin dato", "sin datos", "no hay dato", "nd", "n/d", "n.d."}
_SAID_WITHOUT_REASON = {"x", "si", "yes", *_NO_FIGURE}


def read_indicators(context: Context, measurement: Measurement, lines: Lines) -> dict[str, Response]:
    """The indicators of a measurement, by item id; lines without anything are left out.

    The state is `no_data` where a reason is given, `answered` where a value or mark is, else
    blank; what counts is decided by the basis of the scoring.
    """
    responses = {}
    for item in measurement.items:
        line = lines.by_item.get(item.id)
        if line is not None:
            response = _Indicator(context, measurement, item, lines, line).response()
            if response is not None:
                responses[item.id] = response
    return responses


class _Indicator:
    """One line being read."""

    def __init__(
        self, context: Context, measurement: Measurement, item: Item, lines: Lines, line: Line
    ) -> None:
        self.context = context
        self.measurement = measurement
        self.item = item
        self.lines = lines
        self.line = line
        self.figures = False

    def response(self) -> Response | None:
        reason = self.choice(NO_DATA, REASONS)
        value, before = self.value(reason)
        criterion = self.mark(CRITERION, self.measurement.criterion_scale)
        own_mark = self.mark(OWN_MARK, self.measurement.range_scale)
        year = self.year(needed=value is not None and not reason)
        reference, evidence, observation = (
            self.context.remark(self.line, column, self.item.id) for column in (SOURCE, EVIDENCE, OBSERVATION)
        )
        answered = value is not None or before is not None or bool(criterion or own_mark)
        if reason and (self.figures or answered):
            code = codes.NO_DATA_BESIDE_FIGURE if self.figures else codes.NO_DATA_BESIDE_VALUE
            self.problem(NO_DATA, Problem(code))
        if before == 0 and value is not None and not reason:
            reason = self.context.questionnaire.other_reason
        if not reason and not answered and year is None and not (reference or evidence or observation):
            return None
        state = State.NO_DATA if reason else State.ANSWERED if answered else State.BLANK
        source = self.context.source(self.line, self._place_of(reason, value, criterion))
        return Response(
            state,
            value=value,
            value_before=before,
            criterion=criterion,
            own_mark=own_mark,
            reason=reason,
            year=year,
            reference=reference,
            evidence=evidence,
            observation=observation,
            source=source,
        )

    def _place_of(self, reason: str, value: Decimal | None, criterion: str) -> str:
        if reason:
            return NO_DATA
        if value is not None or not criterion:
            return VALUE
        return CRITERION

    def cell(self, column: str) -> Cell | None:
        return self.lines.cell(self.line, column)

    def problem(self, column: str, problem: Problem) -> None:
        place = self.line.table.place(self.line.row, column)
        self.context.report.answer(problem, self.line.table.sheet, place, self.item.id, self.cell(column))

    def choice(self, column: str, name: str) -> str:
        cell, reader = self.cell(column), self.context.choices(name)
        reading = reader.read(cell)
        if name == REASONS and cell is not None and _without_reason(cell, reading):
            reading = Reading(problem=Problem(codes.REASON_MISSING, {"options": reader.options}))
        chosen = self.context.settle(reading, self.line, column, self.item.id, cell)
        return chosen.code if chosen else ""

    def mark(self, column: str, scale: str | None) -> str:
        if scale is None:
            return ""
        cell = self.cell(column)
        reading = self.context.scale(scale).read(cell)
        chosen = self.context.settle(reading, self.line, column, self.item.id, cell)
        return chosen.code if chosen else ""

    def year(self, *, needed: bool) -> int | None:
        cell = self.cell(YEAR)
        reading = read_year(cell)
        year = self.context.settle(reading, self.line, YEAR, self.item.id, cell)
        if year is not None or (needed and reading.problem is None):
            self.doubt(YEAR, doubt_of_year(self.measurement, year, self.context.year))
        return year

    def value(self, reason: str) -> tuple[Decimal | None, Decimal | None]:
        """The value, and that of the base year where the unit is a change between two years."""
        cell, cell_before = self.cell(VALUE), self.cell(VALUE_BEFORE)
        if reason:  # beside which "ND" or a dash says the same once more
            cell, cell_before = (None if _without_figure(each) else each for each in (cell, cell_before))
        of_two_years = not is_blank(cell_before)
        expected = self.context.questionnaire.expected(self.item, of_two_years=of_two_years)
        reading, reading_before = read_number(cell, expected), read_number(cell_before)
        self.figures = reading.value is not None or reading_before.value is not None
        value = self.context.settle(reading, self.line, VALUE, self.item.id, cell)
        before = self.context.settle(reading_before, self.line, VALUE_BEFORE, self.item.id, cell_before)
        unit = self.context.questionnaire.unit_by_id.get(self.item.unit or "")
        if before is None:
            if value is not None:
                self.doubt_value(VALUE, value)
        elif unit is None or unit.derive is None:
            self.problem(VALUE_BEFORE, Problem(codes.VALUE_BEFORE_UNUSED))
            before = None
        elif value is None:
            if reading.problem is None:
                self.problem(VALUE_BEFORE, Problem(codes.VALUE_BEFORE_ALONE))
        elif before == 0:
            self.problem(VALUE_BEFORE, Problem(codes.BASE_VALUE_ZERO))
        else:
            self.doubt_change(value, before)
        return value, before

    def doubt_change(self, value: Decimal, before: Decimal) -> None:
        """Warn of a change that says little, or that is not plausible."""
        given = Response(State.ANSWERED, value=value, value_before=before)
        change = Marks(self.context.questionnaire, self.measurement).value(self.item, given)
        if change is not None:
            tiny = doubt_of_base(value, before, change)
            self.doubt(VALUE_BEFORE, tiny)
            if tiny is None:
                self.doubt_value(VALUE, change)

    def doubt_value(self, column: str, value: Decimal | Fraction) -> None:
        context = self.context
        self.doubt(column, doubt_of_value(context.questionnaire, self.item, value, context.language))

    def doubt(self, column: str, doubt: Doubt | None) -> None:
        if doubt is not None:
            self.problem(column, Problem(doubt.code, doubt.parameters))


def _without_figure(cell: Cell | None) -> bool:
    words = "" if cell is None else folded(plain(cell))
    return words in _NO_FIGURE or not words.strip("-.")


def _without_reason(cell: Cell, reading: Reading[Choice]) -> bool:
    """Whether the cell says that there is no data, but not why."""
    said = cell.kind is CellKind.BOOLEAN or folded(plain(cell)) in _SAID_WITHOUT_REASON
    return reading.problem is not None and said
