"""Write a questionnaire workbook, blank or filled."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ctimaturity.files.atomic import write_file
from ctimaturity.workbook.column import LIST_RESPONDENTS
from ctimaturity.workbook.identity import PROPERTY, SHEET, identity_of, keywords
from ctimaturity.workbook.layout import describe
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.template import Content, Perception
from ctimaturity.workbook.writing.canvas import Canvas
from ctimaturity.workbook.writing.cover import Cover
from ctimaturity.workbook.writing.frame import AnswerPage
from ctimaturity.workbook.writing.instructions import draw_instructions
from ctimaturity.workbook.writing.legend import draw_key, draw_legend
from ctimaturity.workbook.writing.respondent_forms import draw_counts, draw_grid, draw_list
from ctimaturity.workbook.writing.style import ACCENT, FONT, CellStyles
from ctimaturity.workbook.writing.table import draw_table

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.layout import AnswerSheet, Layout
    from ctimaturity.workbook.template import TemplateOptions
    from ctimaturity.workbook.writing.frame import SheetProgress

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""The same for every workbook, so that the same questions give the same file."""

_DRAW = {
    Form.ANSWERS: draw_table,
    Form.INDICATORS: draw_table,
    Form.LIST: draw_list,
    Form.GRID: draw_grid,
    Form.COUNTS: draw_counts,
}


def write_workbook(
    target: Path,
    questionnaire: Questionnaire,
    options: TemplateOptions,
    definition_hash: str,
    content: Content | None = None,
) -> None:
    """Write a workbook to be filled in, or a filled one.

    The same definition, options and content give the same archive members, whatever the
    machine, the language and the clock.

    Args:
        target: Where; replaced as a whole.
        questionnaire: What is asked.
        options: Language, parts, forms, entity.
        definition_hash: Of the definition, 64 hexadecimal digits.
        content: What it is filled with; blank without.

    Raises:
        JobError: It cannot be written there.
    """
    write_file(target, workbook_bytes(questionnaire, options, definition_hash, content))


def workbook_bytes(
    questionnaire: Questionnaire,
    options: TemplateOptions,
    definition_hash: str,
    content: Content | None = None,
) -> bytes:
    """The bytes of the workbook that `write_workbook` writes."""
    import xlsxwriter

    filled = content or Content()
    layout = describe(questionnaire, _with_room(questionnaire, options, filled))
    stream = io.BytesIO()
    settings = {"in_memory": True, "default_format_properties": dict(FONT)}
    with xlsxwriter.Workbook(stream, settings) as book:
        _draw(book, layout, definition_hash, filled)
    return stream.getvalue()


def _with_room(questionnaire: Questionnaire, options: TemplateOptions, content: Content) -> TemplateOptions:
    """The options with as many rows as there are respondents; nobody is left out in silence."""
    most = max((len(content.marks.get(part.id, ())) for part in questionnaire.measurements), default=0)
    if options.perception is Perception.LIST and most > LIST_RESPONDENTS:
        raise ValueError(f"the list has no room for {most} respondents")
    return replace(options, respondents=max(options.respondents, most))


def _draw(book: Workbook, layout: Layout, definition_hash: str, content: Content) -> None:
    identity = identity_of(layout, definition_hash)
    _describe_document(book, layout, identity)
    styles, footer = CellStyles(book), _footer(layout)

    def add(name: str, colour: str = "") -> Canvas:
        sheet = book.add_worksheet(name)
        if colour:
            sheet.set_tab_color(colour)
        return Canvas(sheet, styles)

    cover, instructions = add(layout.names["cover"], ACCENT), add(layout.names["instructions"])
    progress: dict[str, tuple[AnswerSheet, SheetProgress]] = {}
    for sheet in layout.sheets:
        page = AnswerPage(add(sheet.name, "#7FA3C0"), layout, sheet, content, footer)
        progress[str(sheet.marker)] = (sheet, _DRAW[sheet.marker.form](page))
        if sheet.marker.form is Form.GRID:
            draw_key(add(layout.names[f"key:{sheet.measurement.id}"]), layout, sheet.measurement, footer)
    draw_legend(add(layout.names["legend"]), layout, footer)
    draw_instructions(instructions, layout, footer)
    Cover(cover, layout, content, definition_hash).draw(progress, footer)
    _draw_identity(add(layout.names["identity"]), layout, identity)
    cover.sheet.activate()


def _draw_identity(canvas: Canvas, layout: Layout, identity: dict[str, str]) -> None:
    sheets = {f"{SHEET}{sheet.marker}": sheet.name for sheet in layout.sheets}
    for row, (key, value) in enumerate({**identity, **sheets}.items()):
        canvas.text(row, 0, key, "plain")
        canvas.text(row, 1, value, "plain")
    canvas.protect()
    canvas.sheet.very_hidden()


def _describe_document(book: Workbook, layout: Layout, identity: dict[str, str]) -> None:
    questionnaire = layout.questionnaire
    book.set_properties(
        {
            "title": layout.named(questionnaire.title),
            "subject": f"{questionnaire.key} {questionnaire.version}",
            "author": "ctimaturity",
            "keywords": keywords(identity),
            "created": _CREATED,
        }
    )
    for key, value in identity.items():
        book.set_custom_property(f"{PROPERTY}{key}", value, "text")
    book.set_size(1600, 1000)


def _footer(layout: Layout) -> str:
    """Left the questionnaire, right the page; `&` begins a code of Excel's."""
    questionnaire, entity = layout.questionnaire, layout.options.entity
    parts = [f"{questionnaire.key} {questionnaire.version}"]
    if entity:
        parts.append(f"{entity.code} {entity.name}")
    # All of a footer has at most 255 characters in Excel, its codes among them.
    left = " · ".join(parts).replace("&", "&&")[:120]
    page = layout.say("Page {page} of {pages}", page="&P", pages="&N")
    return f"&L&8{left}&R&8{page}"
