"""The `list` form: statements as rows, a column for each of a few people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import COUNT, LIST_RESPONDENTS, TEXT
from ctimaturity.workbook.layout import SEGMENT_ROW, Heading, Question, SegmentRow
from ctimaturity.workbook.writing.canvas import address, runs, span
from ctimaturity.workbook.writing.frame import FIRST, Progress, draw_frame, draw_heading, finish
from ctimaturity.workbook.writing.rules import choose, close_columns
from ctimaturity.workbook.writing.statement import draw_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.template import RespondentMarks
    from ctimaturity.workbook.writing.frame import Page


def draw_list(page: Page) -> Progress:
    """Draw the `list` form: statements as rows, a column per person.

    Returns:
        How many people said their segment.
    """
    draw_frame(page)
    people = [column for column in page.sheet.columns if column.is_entry]
    marks = page.marks[: len(people)]
    for offset, line in enumerate(page.sheet.rows):
        if isinstance(line, Heading):
            draw_heading(page, FIRST + offset, line)
        elif isinstance(line, SegmentRow):
            _draw_segments(page, FIRST + offset, people, marks)
        elif isinstance(line, Question):
            _draw_marked(page, FIRST + offset, line, people, marks)
    segments = [FIRST + at for at, line in enumerate(page.sheet.rows) if isinstance(line, SegmentRow)]
    first, last = page.position(people[0].id), page.position(people[-1].id)
    choose(page, [(row, first, row, last) for row in segments], SEGMENTS, page.sheet.column_by_id["R1"])
    close_columns(page, runs(row for row, _ in page.questions()))
    _mark_list(page, segments[0], (first, last))
    finish(page, segments[0] + 1, page.position(TEXT) + 1)
    cells = f"{page.reference}!{span(segments[0], first, segments[0], last)}"
    said = sum(bool(person.segment) for person in marks)
    phrase = page.say("people, of {most} at most", most=LIST_RESPONDENTS)
    return Progress(f"=COUNTA({cells})", said, phrase)


def _draw_segments(page: Page, row: int, people: list[Column], marks: Sequence[RespondentMarks]) -> None:
    for at, column in enumerate(page.sheet.columns):
        if not column.is_entry:
            page.canvas.blank(row, at, "given")
    page.canvas.text(row, 0, SEGMENT_ROW, "key")
    page.canvas.text(row, page.position(TEXT), page.say("Segment of each person"), "given")
    labels = page.segment_labels
    for number, column in enumerate(people):
        segment = marks[number].segment if number < len(marks) else ""
        page.canvas.text(row, page.position(column.id), labels.get(segment, segment), "mark")
    page.canvas.row(row, 30)


def _draw_marked(
    page: Page, row: int, question: Question, people: list[Column], marks: Sequence[RespondentMarks]
) -> None:
    draw_statement(page, row, question)
    for number, column in enumerate(people):
        code = marks[number].marks.get(question.item.id, "") if number < len(marks) else ""
        labels = {choice.code: choice.shown(page.language) for choice in page.choices(column, question.item)}
        page.canvas.text(row, page.position(column.id), labels.get(code, code), "mark")
    first, last = page.position(people[0].id), page.position(people[-1].id)
    answered = sum(bool(person.marks.get(question.item.id)) for person in marks)
    formula = f"=COUNTA({address(row, first)}:{address(row, last)})"
    page.canvas.formula(row, page.position(COUNT), formula, answered, "computed")


def _mark_list(page: Page, segments: int, ends: tuple[int, int]) -> None:
    """Shade what someone who said their segment has not answered; the last column counts the same."""
    rows = [row for row, _ in page.questions()]
    blocks = [(first, ends[0], last, ends[1]) for first, last in runs(rows)]
    segment = address(segments, ends[0], row_fixed=True)
    page.canvas.mark(blocks, f'=AND({segment}<>"",{address(rows[0], ends[0])}="")', "missing")
    used = f'AND({segment}="",COUNTA({address(rows[0], ends[0], row_fixed=True)}:'
    used += f"{address(rows[-1], ends[0], row_fixed=True)})>0)"
    page.canvas.mark([(segments, ends[0], segments, ends[1])], f"={used}", "wrong")
