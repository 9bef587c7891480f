"""The legend of all answers, and the key of the statements of a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import ANSWER, Kind
from ctimaturity.workbook.layout import with_paths
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.writing.canvas import height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.workbook.choice import ClosedAnswer
    from ctimaturity.workbook.layout import AnswerSheet, Layout
    from ctimaturity.workbook.writing.canvas import Canvas

_LEGEND_WIDTHS = (3, 10, 52, 70)
_KEY_WIDTHS = (12, 40, 84)
_NAMED = 8
"""Items of a list of answers that are named, where a sheet has several lists."""


def draw_legend(canvas: Canvas, layout: Layout, footer: str) -> None:
    """Draw the legend: for each list of answers where it is used, its codes, labels and descriptions."""
    for column, width in enumerate(_LEGEND_WIDTHS):
        canvas.column(column, width)
    canvas.text(0, 1, layout.say("The answers and what they mean"), "title")
    canvas.row(0, 36)
    row = 1
    for name, uses in _uses(layout).items():
        canvas.across(row, (1, 3), "section")
        canvas.text(row, 1, " · ".join(uses), "section")
        canvas.row(row, 32)
        for choice in layout.lists[name]:
            row += 1
            _draw_choice(canvas, row, choice, layout)
        row += 1
    canvas.page(footer, (row - 1, len(_LEGEND_WIDTHS) - 1))
    canvas.protect()


def _draw_choice(canvas: Canvas, row: int, choice: ClosedAnswer, layout: Layout) -> None:
    label, description = layout.named(choice.labels), layout.named(choice.description)
    if choice.coded:
        canvas.text(row, 1, choice.code, "computed")
    canvas.text(row, 2, label, "text")
    if description:
        canvas.text(row, 3, description, "context")
    canvas.row(row, height([(label, _LEGEND_WIDTHS[2]), (description, _LEGEND_WIDTHS[3])], at_least=22))


def _uses(layout: Layout) -> dict[str, list[str]]:
    """The lists of the sheets, and where they are used."""
    uses: dict[str, list[str]] = {}
    for sheet in layout.sheets:
        title = layout.named(sheet.measurement.title)
        for name, header in _lists_of(layout, sheet):
            use = f"{title}: {header}" if header else title
            if layout.lists[name] and use not in uses.setdefault(name, []):
                uses[name].append(use)
    return {name: use for name, use in uses.items() if use}


def _lists_of(layout: Layout, sheet: AnswerSheet) -> Iterator[tuple[str, str]]:
    if sheet.marker.form is Form.LIST:
        yield SEGMENTS, layout.say("Segment")
    for column in sheet.columns:
        header = layout.named(column.header)
        if column.kind is Kind.CHOICE:
            yield column.choices, header
        elif column.kind in {Kind.ANSWER, Kind.TALLY}:
            header = header if column.id == ANSWER else ""
            scales = list(dict.fromkeys(item.scale for item in sheet.items))
            for scale in scales:
                items = [item.id for item in sheet.items if item.scale == scale] if len(scales) > 1 else []
                named = ", ".join(items[:_NAMED]) + (" …" if len(items) > _NAMED else "")
                yield f"scale:{scale}", " · ".join(filter(None, (header, named)))


def draw_key(canvas: Canvas, layout: Layout, measurement: Measurement, footer: str) -> None:
    """Draw the statements behind the short ids of a grid."""
    for column, width in enumerate(_KEY_WIDTHS):
        canvas.column(column, width)
    canvas.text(0, 0, layout.named(measurement.title), "title")
    canvas.row(0, 30)
    for column, header in enumerate(("Code", "Topic", "Statement")):
        canvas.text(1, column, layout.say(header), "head")
    canvas.row(1, 26)
    asked = {item.id for sheet in layout.sheets for item in sheet.items}
    items = [(item, path) for item, path in with_paths(measurement.root) if item.id in asked]
    for row, (item, path) in enumerate(items, 2):
        text = layout.named(item.text)
        topic = " › ".join(layout.named(node.title) for node in path)
        canvas.text(row, 0, item.id, "id")
        canvas.text(row, 1, topic, "context")
        canvas.text(row, 2, text, "text")
        canvas.row(row, height([(topic, _KEY_WIDTHS[1]), (text, _KEY_WIDTHS[2])], at_least=24))
    canvas.sheet.freeze_panes(2, 0)
    canvas.page(footer, (len(items) + 1, len(_KEY_WIDTHS) - 1), header=1)
    canvas.protect()
