"""The instructions, in the plain words of who fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.writing.canvas import height

if TYPE_CHECKING:
    from ctimaturity.workbook.layout import Layout
    from ctimaturity.workbook.writing.canvas import Canvas

_WIDTHS = (3, 5, 112)

_START = (
    "Before you start",
    (
        (
            "Answer what is true today and the entity can show. A low answer is no fault: it shows where "
            "to begin."
        ),
        (
            "Give each sheet to whoever knows its subject. Each person may fill a copy and send it "
            "separately; the copies are put together by the code of the entity. If two copies answer the "
            "same question differently, we ask which one counts."
        ),
        "On the cover, write the code of the entity, its name and type, and the date.",
    ),
)
_WRITE = (
    "How to write",
    (
        (
            "Write only in the cells with a white background. The rest is locked so that nothing is moved by "
            "accident; it has no password."
        ),
        "Where there is a list, choose from it. If you paste, paste values only.",
        (
            "Leave empty what you cannot answer: no dash, no zero, no “n/a”. Zero is an answer; an empty "
            "cell is not."
        ),
        "Do not change the codes of the first column: they say which question each answer belongs to.",
        (
            "The column Status shows ● when a line is answered, ○ when it is missing and ! when something"
            " in it needs a look."
        ),
    ),
)
_FORMS = {
    Form.ANSWERS: (
        "One agreed answer per line, by the entity's own team.",
        (
            "Under Evidence, name the document, the act or the link that shows it; beside it stands an "
            "example of what would serve."
        ),
        (
            "If you mark only what the entity complies with, confirm it on the cover; otherwise the rest "
            "counts as unanswered."
        ),
    ),
    Form.INDICATORS: (
        "Write the value in the unit shown, the year it refers to and its source.",
        (
            "Where the indicator is a growth or a reduction you may give the values of both years instead"
            " of the percentage."
        ),
        "If there is no figure, choose the reason and leave the value and the marks of that line empty.",
        (
            "Choose the mark by criterion on every line with data: it says how the result relates to what"
            " the entity does. If the entity has already compared the value with its reference range, "
            "choose also its own mark."
        ),
    ),
    Form.LIST: (
        (
            "This list serves a workshop or a self-assessment: ten people at most, a column each. First "
            "choose the person's segment, then the answers."
        ),
        (
            "With at most ten people the result of the entity is provisional: it gets a score, but no "
            "place in the ranking. To be ranked it needs a survey, which comes as a file or as a grid."
        ),
        "Write no names: only the segment of each person is asked.",
    ),
    Form.GRID: (
        (
            "One row per person. Choose the segment and type the code of each answer under the code of "
            "the statement; the statement appears when you select the cell, and on the sheet of "
            "statements."
        ),
        "The last column counts what each person has answered. A row without answers is no person.",
        "Write no names, telephones or addresses.",
    ),
    Form.COUNTS: (
        (
            "One sheet per segment, one line per statement: how many people gave each answer, how many do"
            " not know and how many left it blank."
        ),
        (
            "All lines of a sheet should have the same total: the people who were asked. What a line "
            "lacks counts as left blank."
        ),
    ),
}
_END = (
    "When you finish",
    (
        "Look at the progress on the cover and at the lines marked ○ and !.",
        "Fill in the approval on the cover.",
        "Save as an Excel workbook (.xlsx), without a password, and send it to the contact on the cover.",
    ),
)


def draw_instructions(canvas: Canvas, layout: Layout, footer: str) -> None:
    """Draw the sheet of instructions: only what this workbook needs."""
    for column, width in enumerate(_WIDTHS):
        canvas.column(column, width)
    language = layout.language
    canvas.text(0, 1, translate("How to fill in this workbook", language), "title")
    canvas.row(0, 36)
    sections = [_START, _WRITE]
    seen: set[str] = set()
    for sheet in layout.sheets:
        if sheet.measurement.id not in seen:
            seen.add(sheet.measurement.id)
            title = sheet.measurement.title.get(language) or sheet.name
            sections.append((title, _FORMS[sheet.marker.form]))
    row = 1
    for title, paragraphs in [*sections, _END]:
        for column in (1, 2):
            canvas.blank(row, column, "section")
        canvas.text(row, 1, translate(title, language), "section")
        canvas.row(row, 32)
        for number, paragraph in enumerate(paragraphs, 1):
            text = translate(paragraph, language)
            canvas.text(row + number, 1, f"{number}.", "number")
            canvas.text(row + number, 2, text, "paragraph")
            canvas.row(row + number, height([(text, _WIDTHS[2])], at_least=20))
        row += len(paragraphs) + 1
    canvas.page(footer, (row, len(_WIDTHS) - 1))
    canvas.protect()
