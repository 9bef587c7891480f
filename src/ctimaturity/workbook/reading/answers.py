"""The `answers` form: one agreed answer per item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.model.response import Response, State
from ctimaturity.workbook.answer import Problem, plain, read_in_range
from ctimaturity.workbook.choice import REASONS
from ctimaturity.workbook.column import ANSWER, EVIDENCE, OBSERVATION, REASON

if TYPE_CHECKING:
    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Item, Measurement
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.lines import Line, Lines

FORBID = "forbid"


def read_answers(context: Context, measurement: Measurement, lines: Lines) -> dict[str, Response]:
    """The answers of a measurement, by item id; blank lines without a remark are left out."""
    responses = {}
    for item in measurement.items:
        line = lines.by_item.get(item.id)
        if line is not None:
            response = _response(context, measurement, item, lines, line)
            if response.state is not State.BLANK or response.evidence or response.observation:
                responses[item.id] = response
    return responses


def _response(context: Context, measurement: Measurement, item: Item, lines: Lines, line: Line) -> Response:
    cell = lines.cell(line, ANSWER)
    blank = Response(
        State.BLANK,
        evidence=context.remark(line, EVIDENCE, item.id),
        observation=context.remark(line, OBSERVATION, item.id),
        source=context.source(line, ANSWER),
    )
    scale = context.questionnaire.scales[item.scale]
    if scale.range is not None:
        _refuse_reason(context, item, line)
        number = context.settle(read_in_range(cell, scale.range), line, ANSWER, item.id, cell)
        return blank if number is None else replace(blank, state=State.ANSWERED, number=number)
    choice = context.settle(context.scale(item.scale).read(cell), line, ANSWER, item.id, cell)
    if choice is not None and choice.not_applicable:
        reason = _reason(context, measurement, item, line, cell)
        return replace(blank, state=State.NOT_APPLICABLE, reason=reason)
    _refuse_reason(context, item, line)
    if choice is None:
        return blank
    state = State.DONT_KNOW if choice.dont_know else State.ANSWERED
    return replace(blank, state=state, option=choice.code)


def _refuse_reason(context: Context, item: Item, line: Line) -> None:
    """A reason for not being applicable beside an answer that says something else, or nothing."""
    written = line.table.cell(line.row, REASON)
    if written is not None and plain(written).strip("-–—."):
        place = line.table.place(line.row, REASON)
        problem = Problem(codes.REASON_BESIDE_ANSWER)
        context.report.answer(problem, line.table.sheet, place, item.id, written)


def _reason(context: Context, measurement: Measurement, item: Item, line: Line, cell: Cell | None) -> str:
    """The reason for which an item is said not to apply."""
    reader = context.choices(REASONS)
    if measurement.not_applicable.policy == FORBID:
        options = context.scale(item.scale).options
        problem = Problem(codes.NOT_APPLICABLE_FORBIDDEN, {"options": options})
        context.report.answer(problem, line.table.sheet, line.table.place(line.row, ANSWER), item.id, cell)
        return ""
    written = line.table.cell(line.row, REASON)
    reading = reader.read(written)
    reason = context.settle(reading, line, REASON, item.id, written)
    if reason is None and reading.problem is None:
        problem = Problem(codes.REASON_MISSING, {"options": reader.options})
        context.report.answer(problem, line.table.sheet, line.table.place(line.row, REASON), item.id, written)
    return reason.code if reason else ""
