"""The `counts` form: a row per statement, a column per answer, a sheet per segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.workbook.column import OPTION, TEXT, TOTAL, Kind
from ctimaturity.workbook.layout import Heading, Question
from ctimaturity.workbook.writing.canvas import address, runs, span
from ctimaturity.workbook.writing.frame import FIRST, Progress, draw_frame, draw_heading, finish
from ctimaturity.workbook.writing.rules import close_columns
from ctimaturity.workbook.writing.statement import draw_statement

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.response import Tallies
    from ctimaturity.workbook.writing.frame import Page


def draw_counts(page: Page) -> Progress:
    """Draw the `counts` form: a row per statement, a column per answer, one sheet per segment.

    Returns:
        How many people the fullest row has.
    """
    draw_frame(page)
    tallies = page.content.answers.tallies.get(page.sheet.measurement.id) if page.content.answers else None
    most = 0
    for offset, line in enumerate(page.sheet.rows):
        if isinstance(line, Heading):
            draw_heading(page, FIRST + offset, line)
        elif isinstance(line, Question):
            draw_statement(page, FIRST + offset, line)
            most = max(most, _draw_counted(page, FIRST + offset, line.item, tallies))
    rows = runs(row for row, _ in page.questions())
    close_columns(page, rows)
    at = page.position(TOTAL)
    total = address(rows[0][0], at, column_fixed=True)
    fullest = span(FIRST, at, page.last_row, at)
    page.canvas.mark(page.cells(TOTAL, rows), f'=AND({total}<>"",{total}<MAX({fullest}))', "missing")
    first = page.position(TEXT) + 1
    entries = [(top, first, bottom, at - 1) for top, bottom in rows]
    cell = address(rows[0][0], first)
    count = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))"
    page.canvas.mark(entries, f'=AND({cell}<>"",NOT(IFERROR({count},FALSE)))', "wrong")
    finish(page, FIRST, first)
    return Progress(f"=MAX({page.reference}!{fullest})", most, page.say("people"))


def _draw_counted(page: Page, row: int, item: Item, tallies: Tallies | None) -> int:
    """Write the counts of a statement, and give back their sum."""
    counts = _counts(page, item, tallies)
    for at, column in enumerate(page.sheet.columns):
        if column.kind is not Kind.TALLY:
            continue
        code = column.id.removeprefix(OPTION) if column.id.startswith(OPTION) else column.id
        if counts is None:
            page.canvas.blank(row, at, "figure")
        else:
            page.canvas.number(row, at, counts.get(code, 0), "figure")
    first, last = page.position(TEXT) + 1, page.position(TOTAL) - 1
    cells = f"{address(row, first)}:{address(row, last)}"
    total = sum(counts.values()) if counts is not None else 0
    formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    page.canvas.formula(row, page.position(TOTAL), formula, total if counts is not None else "", "computed")
    return total


def _counts(page: Page, item: Item, tallies: Tallies | None) -> dict[str, int] | None:
    """A statement's counts by option code, `blank` and `dont_know`, of the sheet's segment."""
    segment = page.sheet.marker.segment
    if tallies is None or segment not in tallies.segments or item.id not in tallies.items:
        return None
    row = tallies.counts[tallies.segments.index(segment), tallies.items.index(item.id)]
    return {option: int(count) for option, count in zip(tallies.options, row.tolist(), strict=True)}
