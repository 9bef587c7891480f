"""What a line says of a statement: its id, where it belongs, its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.workbook.column import GROUP, ITEM, TEXT
from ctimaturity.workbook.writing.canvas import height

if TYPE_CHECKING:
    from ctimaturity.workbook.layout import Question
    from ctimaturity.workbook.writing.frame import Page

_ROOM_TO_MARK = 36


def draw_statement(page: Page, row: int, question: Question) -> None:
    """Write a statement with the branch of the tree it belongs to: several lean on that context."""
    path = " › ".join(page.named(node.title) for node in question.path)
    given = {ITEM: question.item.id, GROUP: path, TEXT: page.named(question.item.text)}
    styles = {ITEM: "id", GROUP: "context", TEXT: "text"}
    for name, text in given.items():
        page.canvas.text(row, page.position(name), text, styles[name])
    texts = [(text, page.sheet.column_by_id[name].width) for name, text in given.items()]
    page.canvas.row(row, height(texts, at_least=_ROOM_TO_MARK))
