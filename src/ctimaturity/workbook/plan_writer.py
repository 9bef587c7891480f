"""A plan as a workbook that the entity fills in and sends back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.roadmap import PlanState
from ctimaturity.workbook.identity import PROPERTY, keywords
from ctimaturity.workbook.marker import IDENTITY_SHEET
from ctimaturity.workbook.plan_layout import COLUMNS, DUE, EXTRA_LINES, ITEMS, MARKER, STATE, STATES
from ctimaturity.workbook.writing.style import ACCENT, FONT, LINE, QUIET, TINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ctimaturity.model.roadmap import PlanLine
    from ctimaturity.workbook.plan_layout import PlanColumn

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # the same for every plan, so that the same plan is the same file
_TITLE, _LEAD, _, _HEADS, _FIRST = range(5)
"""Rows of the plan; right above the headers stand the ids of the columns."""
_ID = ("Id", 9.0)
_DATE_FORM = "yyyy-mm-dd"
_EARLIEST, _LATEST = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001  (dates of a sheet have no zone)
_POINTS = 15  # of a line of text
_MOST_POINTS = 300  # of a row; Excel takes 409
_MAY = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
"""What the protection, which has no password, leaves open."""
_LONGEST_CELL = 32_000  # Excel takes 32,767 characters


def write_plan(
    path: Path,
    heading: str,
    lines: Sequence[PlanLine],
    identity: Mapping[str, str],
    checklist: Sequence[tuple[str, ...]],
    language: str,
    others: Sequence[tuple[PlanLine, str]] = (),
) -> None:
    """Write a plan; nothing in it is a formula, a link or a macro.

    Args:
        path: The file.
        heading: Above the plan.
        lines: The actions, in the order in which they are to be done.
        identity: What the hidden sheet says; `kind` among it.
        checklist: Axis, name, text and standards of each entry of the technical checklist.
        language: Of all texts.
        others: Actions that the plan leaves out, each with the sets of the same effort that have it.
    """
    from xlsxwriter.workbook import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), {**options, "in_memory": True, "default_format_properties": dict(FONT)}) as book:
        properties = {"title": visible(heading), "keywords": keywords(identity), "author": ""}
        book.set_properties({**properties, "created": _CREATED})
        for key, value in identity.items():
            book.set_custom_property(f"{PROPERTY}{key}", value, "text")
        drawing = _Drawing(book, language)
        drawing.plan(heading, lines)
        if others:
            drawing.others(others)
        if checklist:
            drawing.checklist(checklist)
        hidden = book.add_worksheet(IDENTITY_SHEET)
        for row, pair in enumerate(identity.items()):
            hidden.write_row(row, 0, pair)
        hidden.write_row(len(identity), 0, (ITEMS, " ".join(line.item for line in lines)[:_LONGEST_CELL]))
        hidden.very_hidden()


class _Drawing:
    def __init__(self, book: Workbook, language: str) -> None:
        self._book, self._language = book, language
        border = {"border": 1, "border_color": LINE, "valign": "top", "text_wrap": True}
        heading = {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "valign": "vcenter"}
        self._read = book.add_format(border)
        self._entry = book.add_format({**border, "locked": False, "bg_color": "#FFFFFF"})
        self._date = book.add_format({**border, "locked": False, "num_format": _DATE_FORM})
        self._number = book.add_format({**border, "num_format": "0.000"})
        self._key = book.add_format({"font_size": 6, "font_color": "#A9B4BE"})
        self._head = book.add_format({**border, **heading})
        self._title = book.add_format({"bold": True, "font_size": 16, "font_color": ACCENT})
        self._quiet = book.add_format({"font_color": QUIET})
        self._done = book.add_format({"bg_color": TINT, "font_color": QUIET})

    def _say(self, message: str) -> str:
        return translate(message, self._language)

    def _page(self, name: str, title: str, lead: str) -> Worksheet:
        page = self._book.add_worksheet(self._say(name))
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.write_string(_TITLE, 0, title, self._title)
        page.write_string(_LEAD, 0, self._say(lead), self._quiet)
        return page

    def _headers(
        self, page: Worksheet, row: int, headers: Iterable[tuple[str, float]], ids: Sequence[str] = ()
    ) -> None:
        for at, (header, width) in enumerate(headers):
            if ids:
                page.write_string(row - 1, at, ids[at], self._key)
            page.write_string(row, at, self._say(header), self._head)
            page.set_column(at, at, width)

    def plan(self, heading: str, lines: Sequence[PlanLine]) -> None:
        """The sheet that is filled in."""
        page = self._page(
            "Plan of action",
            visible(heading),
            "Fill in owner, date, state and evidence. In the empty lines below write actions of your own."
            " Send the workbook back: cti roadmap update reads it.",
        )
        headers = (_ID, *((column.title, column.width) for column in COLUMNS))
        self._headers(page, _HEADS, headers, (MARKER, *(column.id for column in COLUMNS)))
        for row, line in enumerate(lines, _FIRST):
            self._line(page, row, line)
        last = _FIRST + len(lines) + EXTRA_LINES - 1
        for row in range(_FIRST + len(lines), last + 1):
            page.write_blank(row, 0, None, self._read)
            for at, column in enumerate(COLUMNS, 1):
                page.write_blank(row, at, None, self._entry if column.id == "text" else self._form(column))
        self._rules(page, last)
        page.freeze_panes(_FIRST, 2)
        page.repeat_rows(_HEADS)
        page.protect("", _MAY)

    def _line(self, page: Worksheet, row: int, line: PlanLine) -> None:
        page.write_string(row, 0, line.item, self._read)
        tallest = 1
        for at, column in enumerate(COLUMNS, 1):
            form = self._form(column)
            value = getattr(line, "due" if column.id == DUE else column.id)
            if isinstance(value, PlanState):
                value = self._say(STATES[value])
            if isinstance(value, date):
                page.write_datetime(row, at, datetime.combine(value, time()), form)
            elif isinstance(value, int | float):
                page.write_number(row, at, value, self._number if column.id == "gain" else form)
            elif text := visible(value or ""):
                page.write_string(row, at, text, form)
                tallest = max(tallest, 1 + int(len(text) // column.width))
            else:
                page.write_blank(row, at, None, form)
        page.set_row(row, min(_POINTS * tallest + 4, _MOST_POINTS))

    def _form(self, column: PlanColumn) -> Format:
        if column.id == DUE:
            return self._date
        return self._entry if column.entry else self._read

    def _rules(self, page: Worksheet, last: int) -> None:
        """Drop-downs and dates; what is done is quiet."""
        at = {column.id: number for number, column in enumerate(COLUMNS, 1)}
        states = [self._say(name) for name in STATES.values()]
        listed = {"validate": "list", "source": states, "error_type": "stop"}
        page.data_validation(_FIRST, at[STATE], last, at[STATE], listed)
        dated = {
            "validate": "date",
            "criteria": "between",
            "minimum": _EARLIEST,
            "maximum": _LATEST,
            "input_title": self._say("Date"),
            "input_message": self._say("Year, month and day, such as 2027-12-31"),
        }
        page.data_validation(_FIRST, at[DUE], last, at[DUE], dated)
        cell = f"${chr(ord('A') + at[STATE])}{_FIRST + 1}"
        done = {"type": "formula", "criteria": f'={cell}="{self._say("Done")}"', "format": self._done}
        page.conditional_format(_FIRST, 0, last, len(COLUMNS), done)

    def others(self, lines: Sequence[tuple[PlanLine, str]]) -> None:
        """What the plan leaves out: to read, and to take from where the entity prefers something else."""
        page = self._page(
            "Other actions",
            self._say("Other actions, which the plan leaves out"),
            "The target does not need them. Those of another set take, with the rest of that set, the same "
            "effort as the plan. Whoever prefers one writes it below the plan.",
        )
        shown = {"text", "node", "to", "effort", "gain"}
        columns = [column for column in COLUMNS if column.id in shown]
        self._headers(
            page, 2, (_ID, *((column.title, column.width) for column in columns), ("In the sets", 17))
        )
        for row, (line, sets) in enumerate(lines, 3):
            for at, text in enumerate((line.item, line.text, line.node, line.to)):
                page.write_string(row, at, visible(text), self._read)
            page.write_number(row, 4, line.effort or 0, self._read)
            page.write_number(row, 5, line.gain or 0, self._number)
            page.write_string(row, 6, sets, self._read)
            page.set_row(row, _POINTS * max(1 + len(line.text) // 60, 1 + len(line.node) // 26) + 4)
        page.freeze_panes(3, 2)
        page.repeat_rows(2)
        page.protect("", _MAY)

    def checklist(self, entries: Sequence[tuple[str, ...]]) -> None:
        """The technical checklist: an annex to tick, never scored."""
        page = self._page(
            "Technical checklist",
            self._say("Technical checklist for initiatives"),
            "An annex for formulating initiatives; it is never scored.",
        )
        headers = (("Axis", 30), ("Entry", 34), ("What it is", 70), ("Standards", 28), ("Initiative", 30))
        self._headers(page, 2, headers)
        for row, entry in enumerate(entries, 3):
            for at, text in enumerate(entry):
                page.write_string(row, at, visible(text), self._read)
            page.write_blank(row, len(entry), None, self._entry)
            page.set_row(row, _POINTS * max(1 + len(entry[2]) // 70, 1 + len(entry[1]) // 34) + 4)
        page.freeze_panes(3, 0)
        page.protect("", _MAY)
