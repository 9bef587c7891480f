"""The instructions, in the plain words of who fills it in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate
from ctimaturity.model.text import in_language
from ctimaturity.workbook.layout import stays_provisional
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.writing.canvas import height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.workbook.layout import Layout
    from ctimaturity.workbook.writing.canvas import Canvas

_WIDTHS = (3, 5, 112)

_START = """
Answer what is true today and the entity can show. A low answer is no fault: it shows where to
begin.

Give each sheet to whoever knows its subject. Each person may fill a copy and send it
separately; the copies are put together by the code of the entity. If two copies answer the same
question differently, we ask which one counts.

On the cover, write the code of the entity, its name and type, and the date.
"""

_WRITE = """
Write only in the white cells and in the yellow hatched ones, which are still missing. The rest is
locked so that nothing is moved by accident; it has no password.

Where there is a list, choose from it. If you paste, paste values only.

Leave empty what you cannot answer: no dash, no zero, no “n/a”. Zero is an answer; an empty cell
is not.

Do not change the codes of the first column: they say which question each answer belongs to.

The column Status shows ● when a line is answered, ○ when it is missing and ! when something in
it needs a look.
"""

_FORMS = {
    Form.ANSWERS: """
One agreed answer per line, by the entity's own team.

[evidence] Under Evidence, name the document, the act or the link that shows it; beside it
stands an example of what would serve.

[confirm] If you mark only what is met, confirm on the cover that the rest is not; otherwise
what is empty counts as unanswered.

[reason] Where an answer does not apply, choose also the reason.
""",
    Form.INDICATORS: """
Write the value in the unit shown, the year it refers to and its source.

[value_before] Where the indicator is a growth or a reduction you may give the values of both
years instead of the percentage.

If there is no figure, choose the reason and leave the value and the marks of that line empty.

[criterion] Choose the mark by criterion on every line with data: it says how the result relates
to what the entity does.

[own_mark] If the entity has already compared the value with its reference range, choose also
its own mark.
""",
    Form.LIST: """
This list serves a workshop or a self-assessment: ten people at most, a column each. First
choose the person's segment, then the answers.

[few] With at most ten people the result of the entity is provisional: it gets a score, but no place
in the ranking. To be ranked it needs a survey of more people.

Write no names: only the segment of each person is asked.
""",
    Form.GRID: """
One row per person. Choose the segment and type the code of each answer under the code of the
statement; the statement appears when you select the cell, and on the sheet of statements.

The last column counts what each person has answered. A row without answers is no person.

Write no names, telephones or addresses.
""",
    Form.COUNTS: """
One sheet per segment, one line per statement: how many people gave each answer, how many do not
know and how many left it blank.

All lines of a sheet should have the same total: the people who were asked. What a line lacks
counts as left blank.
""",
}
"""A paragraph that begins with `[column]` is said where the sheet has that column; `[confirm]`, where
the cover asks to confirm what is left empty; `[few]`, where ten people are too few."""

_END = """
Look at the progress on the cover and at the lines marked ○ and !.

Fill in the approval on the cover.

Save as an Excel workbook (.xlsx), without a password, and send it to the contact on the cover.
"""


_TAG = re.compile(r"\[([a-z_]+)\] ")
_CONFIRM, _FEW = "confirm", "few"


def _paragraphs(block: str, said: frozenset[str] = frozenset()) -> Iterator[str]:
    """The paragraphs of a block, each a message of the catalogue; tagged ones if their tag is in `said`."""
    for paragraph in block.strip().split("\n\n"):
        text = " ".join(paragraph.split())
        tag = _TAG.match(text)
        if tag is None:
            yield text
        elif tag[1] in said:
            yield text[tag.end() :]


def _sections(layout: Layout) -> Iterator[tuple[str, Iterator[str]]]:
    """Titles and what is said below them: only what this workbook needs."""
    language = layout.language
    yield translate("Before you start", language), _paragraphs(_START)
    yield translate("How to write", language), _paragraphs(_WRITE)
    first = {sheet.measurement.id: sheet for sheet in reversed(layout.sheets)}
    for sheet in layout.sheets:
        if first[sheet.measurement.id] is sheet:
            said = frozenset(sheet.column_by_id)
            said |= {_CONFIRM} if sheet.measurement.confirm_blank else set()
            said |= {_FEW} if stays_provisional(sheet.measurement) else set()
            title = in_language(sheet.measurement.title, language)
            yield title, _paragraphs(_FORMS[sheet.marker.form], said)
    yield translate("When you finish", language), _paragraphs(_END)


def draw_instructions(canvas: Canvas, layout: Layout, footer: str) -> None:
    """Draw the sheet of instructions."""
    for column, width in enumerate(_WIDTHS):
        canvas.column(column, width)
    language = layout.language
    canvas.text(0, 1, translate("How to fill in this workbook", language), "title")
    canvas.row(0, 36)
    row = 1
    for title, paragraphs in _sections(layout):
        canvas.across(row, (1, 2), "section")
        canvas.text(row, 1, title, "section")
        canvas.row(row, 32)
        for number, paragraph in enumerate(paragraphs, 1):
            row += 1
            text = translate(paragraph, language)
            canvas.text(row, 1, f"{number}.", "number")
            canvas.text(row, 2, text, "paragraph")
            canvas.row(row, height([(text, _WIDTHS[2])], at_least=20))
        row += 1
    canvas.page(footer, (row - 1, len(_WIDTHS) - 1))
    canvas.protect()
