"""The instructions, in the plain words of who fills it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.workbook import column as ids
from ctimaturity.workbook.layout import stays_provisional
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.writing.canvas import height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.workbook.layout import AnswerSheet, Layout
    from ctimaturity.workbook.writing.canvas import Canvas

_WIDTHS = (3, 5, 112)

CONFIRM = "confirm"
"""Said where the cover asks to confirm what is left empty."""

FEW = "few"
"""Said where the list has room for too few people."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """A numbered paragraph.

    Attributes:
        text: A message of the catalogue.
        only: The column without which it is not said, `CONFIRM` or `FEW`; always said when empty.
    """

    text: str
    only: str = ""


_START = (
    Instruction(
        "Answer what is true today and the entity can show. A low answer is no fault: it shows "
        "where to begin."
    ),
    Instruction(
        "Give each sheet to whoever knows its subject. Each person may fill a copy and send it "
        "separately; the copies are put together by the code of the entity. If two copies answer "
        "the same question differently, we ask which one counts."
    ),
    Instruction("On the cover, write the code of the entity, its name and type, and the date."),
)
_WRITE = (
    Instruction(
        "Write only in the white cells and in the yellow hatched ones, which are still missing. "
        "The rest is locked so that nothing is moved by accident; it has no password."
    ),
    Instruction("Where there is a list, choose from it. If you paste, paste values only."),
    Instruction(
        "Leave empty what you cannot answer: no dash, no zero, no “n/a”. Zero is an answer; an "
        "empty cell is not."
    ),
    Instruction(
        "Do not change the codes of the first column: they say which question each answer belongs to."
    ),
    Instruction(
        "The column Status shows ● when a line is answered, ○ when it is missing and ! when "
        "something in it needs a look."
    ),
)
_BEFORE = (
    "The grey cells show what was answered the round before. They are locked and not read: answer again "
    "what is true today, in the white cell beside them."
)
_FORMS = {
    Form.ANSWERS: (
        Instruction("One agreed answer per line, by the entity's own team."),
        Instruction(_BEFORE, only=f"{ids.PREVIOUS}{ids.ANSWER}"),
        Instruction(
            "Under Evidence, name the document, the act or the link that shows it; beside it "
            "stands an example of what would serve.",
            only=ids.EVIDENCE,
        ),
        Instruction(
            "If you mark only what is met, confirm on the cover that the rest is not; otherwise "
            "what is empty counts as unanswered.",
            only=CONFIRM,
        ),
        Instruction("Where an answer does not apply, choose also the reason.", only=ids.REASON),
    ),
    Form.INDICATORS: (
        Instruction("Write the value in the unit shown, the year it refers to and its source."),
        Instruction(_BEFORE, only=f"{ids.PREVIOUS}{ids.VALUE}"),
        Instruction(
            "Where the indicator is a growth or a reduction you may give the values of both years"
            " instead of the percentage.",
            only=ids.VALUE_BEFORE,
        ),
        Instruction(
            "If there is no figure, choose the reason and leave the value and the marks of that line empty."
        ),
        Instruction(
            "Choose the mark by criterion on every line with data: it says how the result relates"
            " to what the entity does.",
            only=ids.CRITERION,
        ),
        Instruction(
            "If the entity has already compared the value with its reference range, choose also "
            "its own mark.",
            only=ids.OWN_MARK,
        ),
    ),
    Form.LIST: (
        Instruction(
            "This list serves a workshop or a self-assessment: ten people at most, a column each."
            " First choose the person's segment, then the answers."
        ),
        Instruction(
            "With at most ten people the result of the entity is provisional: it gets a score, "
            "but no place in the ranking. To be ranked it needs a survey of more people.",
            only=FEW,
        ),
        Instruction("Write no names: only the segment of each person is asked."),
    ),
    Form.GRID: (
        Instruction(
            "One row per person. Choose the segment and type the code of each answer under the "
            "code of the statement; the statement appears when you select the cell, and on the "
            "sheet of statements."
        ),
        Instruction(
            "The last column counts what each person has answered. A row without answers is no person."
        ),
        Instruction("Write no names, telephones or addresses."),
    ),
    Form.COUNTS: (
        Instruction(
            "One sheet per segment, one line per statement: how many people gave each answer, how"
            " many do not know and how many left it blank."
        ),
        Instruction(
            "All lines of a sheet should have the same total: the people who were asked. What a "
            "line lacks counts as left blank."
        ),
    ),
}
_END = (
    Instruction("Look at the progress on the cover and at the lines marked ○ and !."),
    Instruction("Fill in the approval on the cover."),
    Instruction(
        "Save as an Excel workbook (.xlsx), without a password, and send it to the contact on the cover."
    ),
)


def _sections(layout: Layout) -> Iterator[tuple[str, tuple[Instruction, ...]]]:
    """Titles and what is said below them: only what this workbook needs."""
    yield layout.say("Before you start"), _START
    yield layout.say("How to write"), _WRITE
    first = {sheet.measurement.id: sheet for sheet in reversed(layout.sheets)}
    for sheet in layout.sheets:
        if first[sheet.measurement.id] is sheet:
            yield layout.named(sheet.measurement.title), tuple(_of_sheet(sheet))
    yield layout.say("When you finish"), _END


def _of_sheet(sheet: AnswerSheet) -> Iterator[Instruction]:
    said = {"", *sheet.column_by_id}
    said |= {CONFIRM} if sheet.measurement.confirm_blank else set()
    said |= {FEW} if stays_provisional(sheet.measurement) else set()
    return (paragraph for paragraph in _FORMS[sheet.marker.form] if paragraph.only in said)


def draw_instructions(canvas: Canvas, layout: Layout, footer: str) -> None:
    """Draw the sheet of instructions."""
    for column, width in enumerate(_WIDTHS):
        canvas.column(column, width)
    canvas.text(0, 1, layout.say("How to fill in this workbook"), "title")
    canvas.row(0, 36)
    row = 1
    for title, paragraphs in _sections(layout):
        canvas.across(row, (1, 2), "section")
        canvas.text(row, 1, title, "section")
        canvas.row(row, 32)
        for number, paragraph in enumerate(paragraphs, 1):
            row += 1
            text = layout.say(paragraph.text)
            canvas.text(row, 1, f"{number}.", "number")
            canvas.text(row, 2, text, "paragraph")
            canvas.row(row, height([(text, _WIDTHS[2])], at_least=20))
        row += 1
    canvas.page(footer, (row - 1, len(_WIDTHS) - 1))
    canvas.protect()
