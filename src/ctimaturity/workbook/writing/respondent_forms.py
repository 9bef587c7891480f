"""The forms of what many respondents answer: `list`, `grid` and `counts`."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import COUNT, LIST_RESPONDENTS, OPTION, SEGMENT, TEXT, TOTAL, Kind
from ctimaturity.workbook.layout import SEGMENT_ROW, NodeHeading, Question, SegmentRow
from ctimaturity.workbook.writing.canvas import address, bare_code, runs, span
from ctimaturity.workbook.writing.frame import (
    BLOCK,
    FIRST,
    SheetProgress,
    draw_frame,
    draw_heading,
    draw_statement,
    finish,
)
from ctimaturity.workbook.writing.rules import choose, close_answer, close_columns

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.response import Tallies
    from ctimaturity.workbook.template import RespondentMarks
    from ctimaturity.workbook.writing.frame import AnswerPage

_PRINTED = 160
"""Characters that can be read side by side on a printed page."""


def draw_list(page: AnswerPage) -> SheetProgress:
    """Draw the `list` form: statements as rows, a column per person.

    Returns:
        How many people said their segment.
    """
    draw_frame(page)
    columns = [at for at, column in enumerate(page.sheet.columns) if column.is_entry]
    first, last = columns[0], columns[-1]
    people = list(zip(columns, page.people(len(columns)), strict=True))
    for offset, line in enumerate(page.sheet.rows):
        if isinstance(line, NodeHeading):
            draw_heading(page, FIRST + offset, line)
        elif isinstance(line, SegmentRow):
            _draw_segments(page, FIRST + offset, people)
        elif isinstance(line, Question):
            _draw_marked(page, FIRST + offset, line, people)
    segments = [FIRST + at for at, line in enumerate(page.sheet.rows) if isinstance(line, SegmentRow)]
    choose(page, [(row, first, row, last) for row in segments], SEGMENTS, page.sheet.column_by_id["R1"])
    close_columns(page, runs(row for row, _ in page.questions()))
    _mark_list(page, segments[0], (first, last))
    finish(page, segments[0] + 1, page.position(TEXT) + 1)
    cells = f"{page.reference}!{span(segments[0], first, segments[0], last)}"
    said = sum(bool(person.segment) for _, person in people)
    phrase = page.say("people, of {most} at most", most=LIST_RESPONDENTS)
    return SheetProgress(f"=COUNTA({cells})", said, phrase)


def _draw_segments(page: AnswerPage, row: int, people: list[tuple[int, RespondentMarks]]) -> None:
    for at, column in enumerate(page.sheet.columns):
        if not column.is_entry:
            page.canvas.blank(row, at, "given")
    page.canvas.text(row, 0, SEGMENT_ROW, "key")
    page.canvas.text(row, page.position(TEXT), page.say("Segment of each person"), "given")
    labels = page.segment_labels
    for at, person in people:
        page.canvas.text(row, at, labels.get(person.segment, person.segment), "mark")
    page.canvas.row(row, 30)


def _draw_marked(
    page: AnswerPage, row: int, question: Question, people: list[tuple[int, RespondentMarks]]
) -> None:
    draw_statement(page, row, question)
    choices = page.choices(page.sheet.column_by_id["R1"], question.item)
    labels = {choice.code: choice.shown(page.language) for choice in choices}
    answered = 0
    for at, person in people:
        code = person.marks.get(question.item.id, "")
        answered += bool(code)
        page.canvas.text(row, at, labels.get(code, code), "mark")
    formula = f"=COUNTA({address(row, people[0][0])}:{address(row, people[-1][0])})"
    page.canvas.formula(row, page.position(COUNT), formula, answered, "computed")


def _mark_list(page: AnswerPage, segments: int, ends: tuple[int, int]) -> None:
    """Shade what someone who said their segment has not answered; the last column counts the same."""
    rows = [row for row, _ in page.questions()]
    blocks = [(first, ends[0], last, ends[1]) for first, last in runs(rows)]
    segment = address(segments, ends[0], row_fixed=True)
    page.canvas.mark(blocks, f'=AND({segment}<>"",{address(rows[0], ends[0])}="")', "missing")
    used = f'AND({segment}="",COUNTA({address(rows[0], ends[0], row_fixed=True)}:'
    used += f"{address(rows[-1], ends[0], row_fixed=True)})>0)"
    page.canvas.mark([(segments, ends[0], segments, ends[1])], f"={used}", "wrong")


def draw_grid(page: AnswerPage) -> SheetProgress:
    """Draw the `grid` form: a row per person, a column per statement.

    Returns:
        How many people said their segment.
    """
    draw_frame(page, turned=True)
    _draw_blocks(page)
    people = page.people(len(page.sheet.rows))
    asked = {item.id: item for item in page.sheet.items}
    labels = page.segment_labels
    for row, person in enumerate(people, FIRST):
        _draw_person(page, row, person, asked, labels)
    rows = [(FIRST, page.last_row)]
    choose(page, page.cells(SEGMENT, rows), SEGMENTS, page.sheet.column_by_id[SEGMENT])
    for column in page.sheet.columns:
        if column.kind is Kind.ANSWER:
            item = asked[column.id]
            close_answer(page, page.cells(column.id, rows), item.scale, column, page.named(item.text))
    _mark_grid(page)
    finish(page, FIRST, page.position(SEGMENT) + 1)
    width = sum(column.width for column in page.sheet.columns)
    page.canvas.spread(ceil(width / _PRINTED), page.position(SEGMENT) + 1)
    at = page.position(SEGMENT)
    cells = f"{page.reference}!{span(FIRST, at, page.last_row, at)}"
    said = sum(bool(person.segment) for person in people)
    return SheetProgress(f"=COUNTA({cells})", said, page.say("people"))


def _draw_blocks(page: AnswerPage) -> None:
    """Say above the columns which branch of the tree the statements belong to."""
    for node in page.sheet.measurement.root.children:
        below = {item.id for item in node.all_items()}
        columns = [at for at, column in enumerate(page.sheet.columns) if column.id in below]
        if columns:
            page.canvas.text(BLOCK, columns[0], page.named(node.title), "block")


def _draw_person(
    page: AnswerPage, row: int, person: RespondentMarks, asked: dict[str, Item], labels: dict[str, str]
) -> None:
    canvas = page.canvas
    canvas.number(row, 0, row - FIRST + 1, "id")
    canvas.text(row, page.position(SEGMENT), labels.get(person.segment, person.segment), "mark")
    first, answered = page.position(SEGMENT) + 1, 0
    for offset, name in enumerate(asked):
        code = bare_code(person.marks.get(name, ""))
        answered += code != ""
        canvas.put(row, first + offset, code, "bare")
    cells = f"{address(row, first)}:{address(row, first + len(asked) - 1)}"
    formula = f'=IF(COUNTA({cells})=0,"",COUNTA({cells})&"/{len(asked)}")'
    canvas.formula(
        row, page.position(COUNT), formula, f"{answered}/{len(asked)}" if answered else "", "computed"
    )


def _mark_grid(page: AnswerPage) -> None:
    """Shade gaps in a row that was begun, and codes that are none; the count beside says the same."""
    first, last = page.position(SEGMENT) + 1, page.position(COUNT) - 1
    cell = address(FIRST, first)
    begun = f"COUNTA({address(FIRST, first, column_fixed=True)}:{address(FIRST, last, column_fixed=True)})>0"
    block = [(FIRST, first, page.last_row, last)]
    page.canvas.mark(block, f'=AND({cell}="",{begun})', "missing")
    for column in page.sheet.columns:
        if column.kind is Kind.CHOICE and column.choices in page.canvas.lists:
            here = address(FIRST, page.position(column.id))
            cells = page.cells(column.id, [(FIRST, page.last_row)])
            page.canvas.mark(cells, f'=AND({here}="",{begun})', "missing")
    by_scale: dict[str, list[tuple[int, int, int, int]]] = {}
    for item in page.sheet.items:
        at = page.position(item.id)
        by_scale.setdefault(item.scale, []).append((FIRST, at, page.last_row, at))
    for scale, blocks in by_scale.items():
        source = page.canvas.lists.get(f"scale:{scale}")
        here = address(FIRST, blocks[0][1])
        wrong = f"ISNA(MATCH({here},{source},0))" if source else f"NOT(ISNUMBER({here}))"
        page.canvas.mark(blocks, f'=AND({here}<>"",{wrong})', "wrong")


def draw_counts(page: AnswerPage) -> SheetProgress:
    """Draw the `counts` form: a row per statement, a column per answer, one sheet per segment.

    Returns:
        How many people the fullest row has.
    """
    draw_frame(page)
    tallies = page.content.answers.tallies.get(page.sheet.measurement.id) if page.content.answers else None
    most = 0
    for offset, line in enumerate(page.sheet.rows):
        if isinstance(line, NodeHeading):
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
    return SheetProgress(f"=MAX({page.reference}!{fullest})", most, page.say("people"))


def _draw_counted(page: AnswerPage, row: int, item: Item, tallies: Tallies | None) -> int:
    """Write the counts of a statement, and give back their sum."""
    counts = _counts(page, item, tallies)
    for at, column in enumerate(page.sheet.columns):
        if column.kind is not Kind.TALLY:
            continue
        code = column.id.removeprefix(OPTION) if column.id.startswith(OPTION) else column.id
        page.canvas.put(row, at, None if counts is None else counts.get(code, 0), "figure")
    first, last = page.position(TEXT) + 1, page.position(TOTAL) - 1
    cells = f"{address(row, first)}:{address(row, last)}"
    total = sum(counts.values()) if counts is not None else 0
    formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    page.canvas.formula(row, page.position(TOTAL), formula, total if counts is not None else "", "computed")
    return total


def _counts(page: AnswerPage, item: Item, tallies: Tallies | None) -> dict[str, int] | None:
    """A statement's counts by option code, `blank` and `dont_know`, of the sheet's segment."""
    segment = page.sheet.marker.segment
    if tallies is None or segment not in tallies.segments or item.id not in tallies.items:
        return None
    row = tallies.counts[tallies.segments.index(segment), tallies.items.index(item.id)]
    return {option: int(count) for option, count in zip(tallies.options, row.tolist(), strict=True)}
