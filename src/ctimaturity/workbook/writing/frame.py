"""What all answer sheets share: title, ids, headers, lists for the drop-downs, printing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import GROUP, ITEM, TEXT, AnswerColumn, Kind
from ctimaturity.workbook.layout import Question, SegmentRow, stays_provisional
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.template import RespondentMarks
from ctimaturity.workbook.writing.canvas import height, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.model.questionnaire import Item
    from ctimaturity.workbook.choice import Choices
    from ctimaturity.workbook.layout import AnswerSheet, Layout, NodeHeading
    from ctimaturity.workbook.template import Content
    from ctimaturity.workbook.writing.canvas import Canvas, Cells

TITLE, LEAD, BLOCK, IDS, HEADS, FIRST = range(6)
"""Rows of an answer sheet, from the top: title, what to do, blocks, header ids, headers, first line."""

_ROOM_TO_MARK = 36
_CENTRED = {Kind.FORMULA, Kind.NUMBER, Kind.YEAR, Kind.TALLY}

_FEW = (
    "One column per person, ten at most. With so few answers the entity's result is provisional and has no "
    "place in the ranking."
)
_LEADS = {
    Form.ANSWERS: "Choose an answer on every line. Evidence and observations help whoever reviews it.",
    Form.INDICATORS: (
        "Write the value with its year and source, or the reason why there is none, and choose the marks."
    ),
    Form.LIST: "One column per person, ten at most.",
    Form.GRID: "One row per person: choose the segment and type the code of each answer.",
    Form.COUNTS: (
        "Write how many people of this segment gave each answer; a line adds up to all who were asked."
    ),
}


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """How far a sheet is, for the cover.

    Attributes:
        formula: Counts what is answered.
        shown: What it gives now.
        phrase: What stands behind the number.
        total: How many there are to answer; nothing where that is open.
    """

    formula: str
    shown: int
    phrase: str
    total: int | None = None


@dataclass(frozen=True)
class AnswerPage:
    """An answer sheet being drawn.

    Attributes:
        canvas: To draw on.
        layout: The whole workbook's.
        sheet: The sheet's.
        content: What it is filled with.
        footer: What stands below every printed page.
    """

    canvas: Canvas
    layout: Layout
    sheet: AnswerSheet
    content: Content
    footer: str

    @property
    def language(self) -> str:
        """Of all texts."""
        return self.layout.language

    def say(self, message: str, **values: object) -> str:
        """A message of the catalogue in the workbook's language."""
        return self.layout.say(message, **values)

    def named(self, text: Mapping[str, str] | None) -> str:
        """A text of the definition in the workbook's language."""
        return self.layout.named(text)

    @property
    def reference(self) -> str:
        """The sheet's name as formulas of other sheets write it."""
        return "'" + self.sheet.name.replace("'", "''") + "'"

    def position(self, column: str) -> int:
        """Where a column stands, counted from 0."""
        return [entry.id for entry in self.sheet.columns].index(column)

    def choices(self, column: AnswerColumn, item: Item | None) -> Choices:
        """The closed answers of a cell."""
        return self.layout.choices(self.sheet, column, item)

    def takes_two_years(self, item: Item) -> bool:
        """Whether an indicator may be given as the values of two years."""
        unit = self.layout.questionnaire.unit_by_id.get(item.unit or "")
        return unit is not None and unit.derive is not None

    def questions(self) -> Iterable[tuple[int, Question]]:
        """The lines with a question, and their rows on the sheet."""
        for offset, row in enumerate(self.sheet.rows):
            if isinstance(row, Question):
                yield FIRST + offset, row

    def people(self, room: int) -> list[RespondentMarks]:
        """What each respondent answered; nothing where there is room for more of them."""
        marks = [*self.content.marks.get(self.sheet.measurement.id, ())][:room]
        return marks + [RespondentMarks("", {})] * (room - len(marks))

    @property
    def segment_labels(self) -> dict[str, str]:
        """What people read for a segment, by its id."""
        return {choice.code: choice.shown(self.language) for choice in self.layout.lists[SEGMENTS]}

    @property
    def last_row(self) -> int:
        """The row of the last line."""
        return FIRST + len(self.sheet.rows) - 1

    def cells(self, column: str, rows: Iterable[tuple[int, int]]) -> Cells:
        """Blocks of one column."""
        at = self.position(column)
        return [(first, at, last, at) for first, last in rows]


def draw_frame(page: AnswerPage, *, turned: bool = False) -> None:
    """Draw all but the lines: title, ids, headers, widths, hidden lists."""
    canvas, columns, marker = page.canvas, page.sheet.columns, page.sheet.marker
    title = page.named(page.sheet.measurement.title)
    few = marker.form is Form.LIST and stays_provisional(page.sheet.measurement)
    lead = _FEW if few else _LEADS[marker.form]
    segment = page.segment_labels.get(marker.segment, "")
    canvas.text(TITLE, 0, " · ".join(filter(None, [title, segment])), "title")
    canvas.text(LEAD, 0, page.say(lead), "lead")
    heights = {TITLE: 30.0, LEAD: 18.0, BLOCK: 16.0, IDS: 45.0 if turned else 9.0}
    for row, points in heights.items():
        canvas.row(row, points)
    for at, column in enumerate(columns):
        canvas.column(at, column.width)
        of_item = turned and column.kind is Kind.ANSWER
        identity = str(marker) if at == 0 else column.id
        canvas.text(IDS, at, identity, "key-turned" if of_item else "key")
        head = "head-turned" if of_item else "head-centred" if column.kind in _CENTRED else "head"
        canvas.text(HEADS, at, page.named(column.header), head)
    heads = [(page.named(column.header), column.width * 0.85) for column in columns if not turned]
    canvas.row(HEADS, 66 if turned else height(heads, at_least=34))
    _draw_lists(page)


def _draw_lists(page: AnswerPage) -> None:
    """Write each list of closed answers once, right of everything visible."""
    asked: dict[str, Choices] = {}
    bare = False
    lines = [row for row in page.sheet.rows if isinstance(row, Question)]
    items: list[Item | None] = [*(line.item for line in lines)] or [*page.sheet.items]
    if any(isinstance(row, SegmentRow) for row in page.sheet.rows):
        items.append(None)
    for column in page.sheet.columns:
        bare = bare or column.bare
        for item in items if column.kind is Kind.ANSWER else items[:1]:
            name = page.sheet.list_of(column, item)
            if name and page.layout.lists[name]:
                asked.setdefault(name, page.layout.lists[name])
    first = len(page.sheet.columns) + 1
    for offset, (name, choices) in enumerate(asked.items()):
        values = listed(choices, page.language, bare=bare and name.startswith("scale:"))
        page.canvas.hidden_list(name, values, FIRST, first + offset)


def draw_heading(page: AnswerPage, row: int, heading: NodeHeading) -> None:
    """Draw the line that names a node, with its question below its title where it has one."""
    last = len(page.sheet.columns) - 1
    style = "band" if heading.depth == 1 else "band-inner"
    title, question = page.named(heading.node.title), page.named(heading.node.question)
    page.canvas.across(row, (0, last), style)
    page.canvas.text(row, 0, title, style)
    if not question:
        page.canvas.row(row, 26 if heading.depth == 1 else 20)
        return
    at = page.position(TEXT)
    page.canvas.blank(row, 0, style)
    page.canvas.two_lines(row, at, title, question)
    page.canvas.row(row, height([(f"{title}\n{question}", page.sheet.columns[at].width)]))


def draw_statement(page: AnswerPage, row: int, question: Question) -> None:
    """Write a statement with the branch of the tree it belongs to: several lean on that context."""
    path = " › ".join(page.named(node.title) for node in question.path)
    given = {ITEM: question.item.id, GROUP: path, TEXT: page.named(question.item.text)}
    styles = {ITEM: "id", GROUP: "context", TEXT: "text"}
    for name, text in given.items():
        page.canvas.text(row, page.position(name), text, styles[name])
    texts = [(text, page.sheet.column_by_id[name].width) for name, text in given.items()]
    page.canvas.row(row, height(texts, at_least=_ROOM_TO_MARK))


def finish(page: AnswerPage, rows: int, columns: int) -> None:
    """Freeze the first rows and columns, set the sheet up for paper, and protect it."""
    page.canvas.sheet.freeze_panes(rows, columns)
    page.canvas.page(page.footer, (page.last_row, len(page.sheet.columns) - 1), wide=True, header=HEADS)
    page.canvas.protect()
