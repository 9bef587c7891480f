"""A plan as a workbook that the entity fills in and sends back."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.workbook.identity import PROPERTY, keywords
from ctimaturity.workbook.marker import IDENTITY_SHEET
from ctimaturity.workbook.plan_layout import COLUMNS, DUE, EXTRA_LINES, ITEMS, MARKER, STATE, STATES
from ctimaturity.workbook.writing.style import ACCENT, FONT, LINE, QUIET, TINT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ctimaturity.model.roadmap import PlanLine
    from ctimaturity.workbook.plan_layout import PlanColumn

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
_TITLE, _LEAD, _IDS, _HEADS, _FIRST = range(5)
_ID_WIDTH = 9
_DATE_FORM = "yyyy-mm-dd"
_EARLIEST, _LATEST = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001  (dates of a sheet have no zone)
_POINTS = 15
_MOST_POINTS = 300
_LONGEST_CELL = 32_000


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
        book.set_properties(
            {
                "title": visible(heading),
                "keywords": keywords(identity),
                "author": "",
                "created": _CREATED,
            }
        )
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
        self._read = book.add_format(border)
        self._entry = book.add_format({**border, "locked": False, "bg_color": "#FFFFFF"})
        self._date = book.add_format({**border, "locked": False, "num_format": _DATE_FORM})
        self._number = book.add_format({**border, "num_format": "0.000"})
        self._key = book.add_format({"font_size": 6, "font_color": "#A9B4BE"})
        self._head = book.add_format(
            {**border, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "valign": "vcenter"}
        )
        self._title = book.add_format({"bold": True, "font_size": 16, "font_color": ACCENT})
        self._quiet = book.add_format({"font_color": QUIET})
        self._done = book.add_format({"bg_color": TINT, "font_color": QUIET})

    def _say(self, message: str) -> str:
        return translate(message, self._language)

    def _page(self, name: str) -> Worksheet:
        page = self._book.add_worksheet(name)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        return page

    def plan(self, heading: str, lines: Sequence[PlanLine]) -> None:
        """The sheet that is filled in."""
        page = self._page(self._say("Plan of action"))
        page.write_string(_TITLE, 0, visible(heading), self._title)
        page.write_string(
            _LEAD,
            0,
            self._say(
                "Fill in owner, date, state and evidence. In the empty lines below write actions of your own."
                " Send the workbook back: cti roadmap update reads it."
            ),
            self._quiet,
        )
        page.write_string(_IDS, 0, MARKER, self._key)
        page.write_string(_HEADS, 0, self._say("Id"), self._head)
        page.set_column(0, 0, _ID_WIDTH)
        for at, column in enumerate(COLUMNS, 1):
            page.write_string(_IDS, at, column.id, self._key)
            page.write_string(_HEADS, at, self._say(column.title), self._head)
            page.set_column(at, at, column.width)
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
        page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})

    def _line(self, page: Worksheet, row: int, line: PlanLine) -> None:
        state = self._say(STATES[line.state])
        texts = {
            "text": line.text,
            "node": line.node,
            "to": line.to,
            "phase": line.phase,
            "asked": line.asked,
            "owner": line.owner,
            "state": state,
            "evidence": line.evidence,
            "observation": line.observation,
        }
        page.write_string(row, 0, line.item, self._read)
        tallest = 1
        for at, column in enumerate(COLUMNS, 1):
            form = self._form(column)
            if column.id == DUE and line.due is not None:
                page.write_datetime(row, at, datetime.combine(line.due, time()), form)
            elif column.id == "effort" and line.effort is not None:
                page.write_number(row, at, line.effort, form)
            elif column.id == "gain" and line.gain is not None:
                page.write_number(row, at, line.gain, self._number)
            elif text := visible(texts.get(column.id, "")):
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
        at = {column.id: place for place, column in enumerate(COLUMNS, 1)}
        states = [self._say(name) for name in STATES.values()]
        page.data_validation(
            _FIRST, at[STATE], last, at[STATE], {"validate": "list", "source": states, "error_type": "stop"}
        )
        page.data_validation(
            _FIRST,
            at[DUE],
            last,
            at[DUE],
            {
                "validate": "date",
                "criteria": "between",
                "minimum": _EARLIEST,
                "maximum": _LATEST,
                "input_title": self._say("Date"),
                "input_message": self._say("Year, month and day, such as 2027-12-31"),
            },
        )
        cell = f"${chr(ord('A') + at[STATE])}{_FIRST + 1}"
        done = self._say("Done")
        page.conditional_format(
            _FIRST,
            0,
            last,
            len(COLUMNS),
            {"type": "formula", "criteria": f'={cell}="{done}"', "format": self._done},
        )

    def others(self, lines: Sequence[tuple[PlanLine, str]]) -> None:
        """What the plan leaves out: to read, and to take from where the entity prefers something else."""
        page = self._page(self._say("Other actions"))
        page.write_string(0, 0, self._say("Other actions, which the plan leaves out"), self._title)
        said = self._say(
            "The target does not need them. Those of another set take, with the rest of that set, the same "
            "effort as the plan. Whoever prefers one writes it below the plan."
        )
        page.write_string(1, 0, said, self._quiet)
        headers = (
            ("Id", _ID_WIDTH),
            ("Action", 60),
            ("Belongs to", 26),
            ("To reach", 14),
            ("Effort", 9),
            ("Gain", 9),
            ("In the sets", 17),
        )
        for at, (header, width) in enumerate(headers):
            page.write_string(2, at, self._say(header), self._head)
            page.set_column(at, at, width)
        for row, (line, sets) in enumerate(lines, 3):
            texts = (line.item, line.text, line.node, line.to)
            for at, text in enumerate(texts):
                page.write_string(row, at, visible(text), self._read)
            page.write_number(row, len(texts), line.effort or 0, self._read)
            page.write_number(row, len(texts) + 1, line.gain or 0, self._number)
            page.write_string(row, len(texts) + 2, sets, self._read)
            page.set_row(row, _POINTS * max(1 + len(line.text) // 60, 1 + len(line.node) // 26) + 4)
        page.freeze_panes(3, 2)
        page.repeat_rows(2)
        page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})

    def checklist(self, entries: Sequence[tuple[str, ...]]) -> None:
        """The technical checklist: an annex to tick, never scored."""
        page = self._page(self._say("Technical checklist"))
        page.write_string(0, 0, self._say("Technical checklist for initiatives"), self._title)
        said = self._say("An annex for formulating initiatives; it is never scored.")
        page.write_string(1, 0, said, self._quiet)
        headers = (("Axis", 30), ("Entry", 34), ("What it is", 70), ("Standards", 28), ("Initiative", 30))
        for at, (header, width) in enumerate(headers):
            page.write_string(2, at, self._say(header), self._head)
            page.set_column(at, at, width)
        for row, entry in enumerate(entries, 3):
            for at, text in enumerate(entry):
                page.write_string(row, at, visible(text), self._read)
            page.write_blank(row, len(entry), None, self._entry)
            page.set_row(row, _POINTS * max(1 + len(entry[2]) // 70, 1 + len(entry[1]) // 34) + 4)
        page.freeze_panes(3, 0)
        page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
