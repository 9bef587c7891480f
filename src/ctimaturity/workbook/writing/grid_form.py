"""The `grid` form: a row per person, a column per statement."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import COUNT, SEGMENT, Kind
from ctimaturity.workbook.writing.canvas import address, bare_code, span
from ctimaturity.workbook.writing.frame import BLOCK, FIRST, Progress, draw_frame, finish
from ctimaturity.workbook.writing.rules import choose, close_answer

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.workbook.template import RespondentMarks
    from ctimaturity.workbook.writing.frame import Page

_PRINTED = 160
"""Characters that can be read side by side on a printed page."""


def draw_grid(page: Page) -> Progress:
    """Draw the `grid` form: a row per person, a column per statement.

    Returns:
        How many people said their segment.
    """
    draw_frame(page, turned=True)
    _draw_blocks(page)
    marks = page.marks
    asked = {item.id: item for item in page.sheet.items}
    labels = page.segment_labels
    for number in range(len(page.sheet.rows)):
        person = marks[number] if number < len(marks) else None
        _draw_person(page, FIRST + number, person, asked, labels)
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
    said = sum(bool(person.segment) for person in marks)
    return Progress(f"=COUNTA({cells})", said, page.say("people"))


def _draw_blocks(page: Page) -> None:
    """Say above the columns which branch of the tree the statements belong to."""
    for node in page.sheet.measurement.root.children:
        below = {item.id for item in node.all_items()}
        columns = [at for at, column in enumerate(page.sheet.columns) if column.id in below]
        if columns:
            page.canvas.text(BLOCK, columns[0], page.named(node.title), "block")


def _draw_person(
    page: Page, row: int, person: RespondentMarks | None, asked: dict[str, Item], labels: dict[str, str]
) -> None:
    canvas = page.canvas
    canvas.number(row, 0, row - FIRST + 1, "id")
    segment = person.segment if person else ""
    canvas.text(row, page.position(SEGMENT), labels.get(segment, segment), "mark")
    first, answered = page.position(SEGMENT) + 1, 0
    for offset, name in enumerate(asked):
        code = bare_code(person.marks.get(name, "")) if person else ""
        answered += code != ""
        if isinstance(code, int):
            canvas.number(row, first + offset, code, "bare")
        else:
            canvas.text(row, first + offset, code, "bare")
    cells = f"{address(row, first)}:{address(row, first + len(asked) - 1)}"
    formula = f'=IF(COUNTA({cells})=0,"",COUNTA({cells})&"/{len(asked)}")'
    canvas.formula(
        row, page.position(COUNT), formula, f"{answered}/{len(asked)}" if answered else "", "computed"
    )


def _mark_grid(page: Page) -> None:
    """Shade gaps in a row that was begun, and codes that are none; the count beside says the same."""
    first, last = page.position(SEGMENT) + 1, page.position(COUNT) - 1
    cell = address(FIRST, first)
    begun = f"COUNTA({address(FIRST, first, column_fixed=True)}:{address(FIRST, last, column_fixed=True)})>0"
    block = [(FIRST, first, page.last_row, last)]
    page.canvas.mark(block, f'=AND({cell}="",{begun})', "missing")
    for column in page.sheet.columns:
        source = (
            page.canvas.lists.get(page.sheet.list_of(column, None)) if column.kind is Kind.CHOICE else None
        )
        if source:
            here = address(FIRST, page.position(column.id))
            page.canvas.mark(
                page.cells(column.id, [(FIRST, page.last_row)]), f'=AND({here}="",{begun})', "missing"
            )
    by_scale: dict[str, list[tuple[int, int, int, int]]] = {}
    for item in page.sheet.items:
        at = page.position(item.id)
        by_scale.setdefault(item.scale, []).append((FIRST, at, page.last_row, at))
    for scale, blocks in by_scale.items():
        source = page.canvas.lists.get(f"scale:{scale}")
        here = address(FIRST, blocks[0][1])
        wrong = f"ISNA(MATCH({here},{source},0))" if source else f"NOT(ISNUMBER({here}))"
        page.canvas.mark(blocks, f'=AND({here}<>"",{wrong})', "wrong")
