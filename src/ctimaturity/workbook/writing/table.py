"""The sheets that the entity itself answers: a line per item."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ctimaturity.model.response import State
from ctimaturity.workbook import column as ids
from ctimaturity.workbook.column import Kind
from ctimaturity.workbook.layout import NodeHeading, Question
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.writing.canvas import address, height, runs, span
from ctimaturity.workbook.writing.frame import FIRST, SheetProgress, draw_frame, draw_heading, finish
from ctimaturity.workbook.writing.rules import close_columns

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.response import Response
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.writing.frame import AnswerPage

Entry = str | Decimal | int | None
"""What stands in a cell that people fill."""

ANSWERED, UNANSWERED, DOUBTFUL = "●", "○", "!"
"""What the status column says, by shape and not by colour alone."""

_STYLES = {
    ids.ITEM: "id",
    ids.TEXT: "strong",
    ids.DEFINITION: "text",
    ids.UNIT: "text",
    ids.EVIDENCE_SOUGHT: "context",
}
_ENTRIES = {
    Kind.ANSWER: "choice",
    Kind.CHOICE: "choice",
    Kind.NUMBER: "figure",
    Kind.YEAR: "year",
    Kind.PROSE: "prose",
}
_ROOM_TO_WRITE = 36


def draw_table(page: AnswerPage) -> SheetProgress:
    """Draw the `answers` or the `indicators` form.

    Returns:
        How many of its items are answered.
    """
    draw_frame(page)
    answered = 0
    for offset, line in enumerate(page.sheet.rows):
        if isinstance(line, NodeHeading):
            draw_heading(page, FIRST + offset, line)
        elif isinstance(line, Question):
            answered += _draw_question(page, FIRST + offset, line.item)
    rows = runs(row for row, _ in page.questions())
    close_columns(page, rows)
    _mark(page, rows)
    finish(page, FIRST, page.position(ids.TEXT) + 1)
    total = len(page.sheet.items)
    return SheetProgress(_progress(page), answered, page.say("of {total}", total=total), total)


def _progress(page: AnswerPage) -> str:
    """Count the answers, or the lines that are not empty where an answer has several cells."""
    answers = page.sheet.marker.form is Form.ANSWERS
    at = page.position(ids.ANSWER if answers else ids.STATUS)
    cells = f"{page.reference}!{span(FIRST, at, page.last_row, at)}"
    return f"=COUNTA({cells})" if answers else f'=COUNTIF({cells},"{ANSWERED}")+COUNTIF({cells},"{DOUBTFUL}")'


def _draw_question(page: AnswerPage, row: int, item: Item) -> bool:
    response = page.content.answers.responses.get(item.id) if page.content.answers else None
    given = _given(page, item)
    for at, column in enumerate(page.sheet.columns):
        if column.id.startswith(ids.PREVIOUS):
            page.canvas.text(row, at, given[column.id], "previous")
        elif column.kind is Kind.GIVEN:
            question = column.id == ids.TEXT and page.sheet.marker.form is Form.ANSWERS
            page.canvas.text(row, at, given[column.id], "text" if question else _STYLES[column.id])
        elif column.kind is not Kind.FORMULA:
            _draw_entry(page, (row, at), column, item, response)
    shown = _status(page, row, item, response)
    texts = [(given[column.id], column.width) for column in page.sheet.columns if column.id in given]
    page.canvas.row(row, height(texts, at_least=_ROOM_TO_WRITE))
    return shown != UNANSWERED


def _given(page: AnswerPage, item: Item) -> dict[str, str]:
    before = page.content.previous.get(item.id, {})
    unit = page.layout.questionnaire.unit_by_id.get(item.unit or "")
    return {
        ids.ITEM: item.id,
        ids.TEXT: page.named(item.text),
        ids.DEFINITION: page.named(item.definition),
        ids.UNIT: page.named(unit.label) if unit else "",
        ids.EVIDENCE_SOUGHT: page.named(item.evidence),
        **{
            f"{ids.PREVIOUS}{name}": before.get(name, "")
            for name in (ids.ANSWER, ids.VALUE, ids.CRITERION, ids.OWN_MARK)
        },
    }


def _draw_entry(
    page: AnswerPage, place: tuple[int, int], column: AnswerColumn, item: Item, response: Response | None
) -> None:
    style = _ENTRIES[column.kind]
    if column.id == ids.VALUE_BEFORE and not page.takes_two_years(item):
        page.canvas.blank(*place, "off")
        return
    page.canvas.put(*place, _entry(page, column, item, response) if response else None, style)


def _entry(page: AnswerPage, column: AnswerColumn, item: Item, response: Response) -> Entry:
    if column.id == ids.ANSWER:
        return _answer(page, column, item, response)
    # Entries are called as the attribute of the response, but for these.
    attributes = {ids.NO_DATA: "reason", ids.SOURCE: "reference"}
    entry: Entry = getattr(response, attributes.get(column.id, column.id))
    return _shown(page, column, item, str(entry)) if column.kind is Kind.CHOICE else entry


def _answer(page: AnswerPage, column: AnswerColumn, item: Item, response: Response) -> Entry:
    if response.confirmed:
        return None  # the cover says it for all of them
    if response.state is State.NOT_APPLICABLE:
        chosen = [choice.code for choice in page.choices(column, item) if choice.not_applicable]
        return _shown(page, column, item, chosen[0]) if chosen else None
    if response.number is not None:
        return response.number
    return _shown(page, column, item, response.option)


def _shown(page: AnswerPage, column: AnswerColumn, item: Item, code: str) -> str:
    labels = {choice.code: choice.shown(page.language) for choice in page.choices(column, item)}
    return labels.get(code, code)


def _status(page: AnswerPage, row: int, item: Item, response: Response | None) -> str:
    """Write the status formula of a line and what it shows now."""
    entries = [page.sheet.column_by_id[name] for name in _marks(page)]
    cells = {entry.id: address(row, page.position(entry.id)) for entry in entries}
    wrong = [_wrong(page, row, entry, item) for entry in entries]
    beside = [cell for name, cell in cells.items() if name != ids.NO_DATA]
    if ids.NO_DATA in cells:
        wrong.append(f'AND({cells[ids.NO_DATA]}<>"",COUNTA({",".join(beside)})>0)')
    empty = f"COUNTA({','.join(cells.values())})=0"
    formula = f'=IF({empty},"{UNANSWERED}",IF(OR({",".join(wrong)}),"{DOUBTFUL}","{ANSWERED}"))'
    values = {entry.id: _entry(page, entry, item, response) if response else None for entry in entries}
    filled = {name for name, value in values.items() if value not in {None, ""}}
    doubtful = {ids.NO_DATA} < filled or any(
        not _can_be_read(page, page.sheet.column_by_id[name], item, values[name]) for name in filled
    )
    shown = (DOUBTFUL if doubtful else ANSWERED) if filled else UNANSWERED
    page.canvas.formula(row, page.position(ids.STATUS), formula, shown, "status")
    return shown


def _can_be_read(page: AnswerPage, column: AnswerColumn, item: Item, value: Entry) -> bool:
    choices = page.choices(column, item)
    return not choices or value in {choice.shown(page.language) for choice in choices}


def _marks(page: AnswerPage) -> list[str]:
    """The columns of which one is enough to answer an item."""
    return [
        name
        for name in (ids.ANSWER, ids.VALUE, ids.NO_DATA, ids.CRITERION, ids.OWN_MARK)
        if name in page.sheet.column_by_id
    ]


def _wrong(page: AnswerPage, row: int, column: AnswerColumn, item: Item) -> str:
    """A condition that holds when a filled cell cannot be read."""
    cell = address(row, page.position(column.id), column_fixed=True)
    source = page.canvas.lists.get(page.sheet.list_of(column, item))
    if source:
        return f'AND({cell}<>"",ISNA(MATCH({cell},{source},0)))'
    return f'AND({cell}<>"",NOT(ISNUMBER({cell})))'


def _mark(page: AnswerPage, rows: list[tuple[int, int]]) -> None:
    """Shade what is missing and what cannot be read; the status column says the same by shape."""
    if not rows:
        return
    first = rows[0][0]
    status = address(first, page.position(ids.STATUS), column_fixed=True)
    questions = dict(page.questions())
    names = _marks(page)
    for name in names:
        column = page.sheet.column_by_id[name]
        by_list: dict[str, list[int]] = {}
        for row, question in questions.items():
            by_list.setdefault(page.sheet.list_of(column, question.item), []).append(row)
        for some in by_list.values():
            block = page.cells(name, runs(some))
            page.canvas.mark(block, "=" + _wrong(page, some[0], column, questions[some[0]].item), "wrong")
    for name in [*names, ids.STATUS]:
        page.canvas.mark(page.cells(name, rows), f'={status}="{UNANSWERED}"', "missing")
        page.canvas.mark(page.cells(name, rows), f'={status}="{DOUBTFUL}"', "wrong")
