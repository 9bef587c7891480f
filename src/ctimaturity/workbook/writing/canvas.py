"""One sheet to draw on: what XlsxWriter refuses is an error here, never lost in silence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

if TYPE_CHECKING:
    from decimal import Decimal

    from xlsxwriter.worksheet import Worksheet

    from ctimaturity.workbook.choice import Choices
    from ctimaturity.workbook.writing.style import CellStyles

Cells = Sequence[tuple[int, int, int, int]]
"""Blocks of cells: first row, first column, last row, last column, counted from 0."""

_A4 = 9
_TITLE_LIMIT = 32  # of prompts and refusals in Excel, in UTF-16 units; a longer one makes the file invalid
_MESSAGE_LIMIT = 255
_LINE = 13.0
_PADDING = 9.0
_CHARACTERS = 1.12
"""Characters of running text that fit where one digit of the default font does."""


def cut(text: str, limit: int) -> str:
    """A text of at most `limit` UTF-16 units, cut at a word and marked where it was cut."""
    if _units(text) <= limit:
        return text
    kept = text
    while _units(kept) > limit - 1:
        kept = kept[:-1]
    head = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    return f"{(head or kept).rstrip(' ,;:.')}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def height(texts: Iterable[tuple[str, float]], at_least: float = 0) -> float:
    """The height in points of a row whose texts wrap in columns of these widths (in characters)."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return max(at_least, lines * _LINE + _PADDING)


def _lines(text: str, width: float) -> int:
    wide = max(int(width * _CHARACTERS), 1)
    return sum(max(len(textwrap.wrap(paragraph, wide)), 1) for paragraph in text.split("\n"))


def address(row: int, column: int, *, row_fixed: bool = False, column_fixed: bool = False) -> str:
    """A reference such as `D7` or `$D7`."""
    return str(xl_rowcol_to_cell(row, column, row_abs=row_fixed, col_abs=column_fixed))


def span(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """A reference such as `$D$7:$D$9`."""
    first = xl_rowcol_to_cell(first_row, first_column, row_abs=True, col_abs=True)
    return f"{first}:{xl_rowcol_to_cell(last_row, last_column, row_abs=True, col_abs=True)}"


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Rows in order as runs without gaps: first and last of each."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a cell tells who selects it, and who types something else.

    Attributes:
        title, message: Shown when the cell is selected.
        refusal: Shown when what was typed is refused.
    """

    title: str
    message: str
    refusal: str = ""


@dataclass
class Canvas:
    """One sheet, its cells written by row and column counted from 0."""

    sheet: Worksheet
    styles: CellStyles
    lists: dict[str, str] = field(default_factory=dict)

    def text(self, row: int, column: int, text: str, style: str) -> None:
        """Write a text; one that looks like a formula or a link stays a text."""
        if text:
            _done(self.sheet.write_string(row, column, text, self.styles[style]))
        else:
            self.blank(row, column, style)

    def put(self, row: int, column: int, value: str | Decimal | float | None, style: str) -> None:
        """Write a text or a number, or leave the cell empty."""
        if value is None or isinstance(value, str):
            self.text(row, column, value or "", style)
        else:
            self.number(row, column, float(value), style)

    def blank(self, row: int, column: int, style: str) -> None:
        """Leave a cell empty, with its looks."""
        _done(self.sheet.write_blank(row, column, None, self.styles[style]))

    def number(self, row: int, column: int, number: float, style: str) -> None:
        """Write a number."""
        _done(self.sheet.write_number(row, column, number, self.styles[style]))

    def formula(self, row: int, column: int, formula: str, shown: str | int, style: str) -> None:
        """Write a formula and what it shows until it is calculated again."""
        _done(self.sheet.write_formula(row, column, formula, self.styles[style], shown))

    def count(self, row: int, column: int, formula: str, shown: int, text: str) -> None:
        """Write a formula whose number reads as a phrase."""
        _done(self.sheet.write_formula(row, column, formula, self.styles.counted(text), shown))

    def two_lines(self, row: int, column: int, title: str, text: str) -> None:
        """Write a title and a text below it into one cell."""
        styles = self.styles
        parts = (styles["bold"], title, styles["italic"], f"\n{text}", styles["band-question"])
        _done(self.sheet.write_rich_string(row, column, *parts))

    def across(self, row: int, columns: tuple[int, int], style: str) -> None:
        """Give a run of empty cells their looks."""
        for column in range(columns[0], columns[1] + 1):
            self.blank(row, column, style)

    def paragraph(self, row: int, columns: tuple[int, int], text: str, style: str) -> None:
        """Write a text over several columns."""
        _done(self.sheet.merge_range(row, columns[0], row, columns[1], text, self.styles[style]))

    def row(self, row: int, points: float) -> None:
        """Set a row's height."""
        _done(self.sheet.set_row(row, points))

    def column(self, column: int, width: float) -> None:
        """Set a column's width in characters."""
        _done(self.sheet.set_column(column, column, width))

    def hidden_list(self, name: str, values: Sequence[str | int], row: int, column: int) -> None:
        """Write the source of a drop-down into a hidden, locked column.

        Args:
            name: By which `choose` finds it.
            values: In order; numbers stay numbers.
            row: Of the first value.
            column: Where.
        """
        for offset, value in enumerate(values):
            self.put(row + offset, column, value, "plain")
        _done(self.sheet.set_column(column, column, None, None, {"hidden": True}))
        self.lists[name] = span(row, column, row + len(values) - 1, column)

    def choose(self, cells: Cells, name: str, prompt: Prompt) -> None:
        """Close cells to the values of a hidden list."""
        self.restrict(cells, {"validate": "list", "source": f"={self.lists[name]}"}, prompt)

    def restrict(self, cells: Cells, limits: Mapping[str, object], prompt: Prompt) -> None:
        """Close cells to what the limits, which are XlsxWriter's, let through, and say what they are for."""
        if not cells:
            return
        rule = dict(limits)
        rule |= {
            "input_title": cut(prompt.title, _TITLE_LIMIT),
            "input_message": cut(prompt.message, _MESSAGE_LIMIT),
            "other_cells": [list(block) for block in cells[1:]],
        }
        if prompt.refusal:
            rule["error_title"] = cut(prompt.title, _TITLE_LIMIT)
            rule["error_message"] = cut(prompt.refusal, _MESSAGE_LIMIT)
        _done(self.sheet.data_validation(*cells[0], rule))

    def mark(self, cells: Cells, formula: str, style: str) -> None:
        """Give cells other looks where a formula (written for the first of them) holds."""
        if not cells:
            return
        options = {
            "type": "formula",
            "criteria": formula,
            "format": self.styles[style],
            "multi_range": " ".join(str(xl_range(*block)) for block in cells),
        }
        _done(self.sheet.conditional_format(*cells[0], options))

    def protect(self) -> None:
        """Lock what is not an entry, without a secret; widths and heights may be changed."""
        self.sheet.protect("", {"format_columns": True, "format_rows": True})

    def page(
        self, footer: str, area: tuple[int, int], *, wide: bool = False, header: int | None = None
    ) -> None:
        """Set the sheet up for printing on A4, fitted to its width.

        Args:
            footer: XlsxWriter's codes and texts of the footer.
            area: Last row and column to print.
            wide: Landscape.
            header: Row repeated on every page.
        """
        if wide:
            self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        _done(self.sheet.print_area(0, 0, *area))
        if header is not None:
            self.sheet.repeat_rows(header)
        self.sheet.set_footer(footer, {"margin": 0.3})
        self.sheet.hide_gridlines(2)

    def spread(self, pages: int, columns: int) -> None:
        """Print over several pages side by side, the first columns repeated on each."""
        self.sheet.fit_to_pages(pages, 0)
        _done(self.sheet.repeat_columns(0, columns - 1))


def listed(choices: Choices, language: str, *, bare: bool = False) -> list[str | int]:
    """Closed answers as a drop-down shows them; bare codes that are whole numbers as numbers."""
    if not bare:
        return [choice.shown(language) for choice in choices]
    return [bare_code(choice.code) for choice in choices]


def bare_code(code: str) -> str | int:
    """A code as it is typed in a grid: whole numbers as numbers."""
    return int(code) if code.isdecimal() and str(int(code)) == code else code


def _done(result: int | None) -> None:
    """XlsxWriter says with a number what it could not do."""
    if result not in {0, None}:
        raise ValueError(f"XlsxWriter refused a call ({result})")
