"""The index as a workbook to read and to filter; it is never read back."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from ctimaturity.reporting.figure import Figure
from ctimaturity.reporting.sheets import sheets
from ctimaturity.reporting.surroundings import ALONE
from ctimaturity.reporting.theme import Theme
from ctimaturity.reporting.view import IndexView, index_view
from ctimaturity.reporting.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.columns import Column
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.sheet import Cell, Field, Sheet
    from ctimaturity.reporting.surroundings import Surroundings

KIND = "index"
"""What the workbook says it is, so that nobody scores it by mistake."""
CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""The same for every workbook: the clock changes no byte."""
_NAME_LENGTH = 31
TALLEST = 400.0
LINE = 15.0
"""Points that a line of text takes."""
WIDTH = 27
"""Of a column of the method's sheet, in characters."""


def write_excel(
    target: Path | BytesIO,
    assessment: Assessment,
    provenance: Provenance,
    language: str,
    theme: Theme | None = None,
    surroundings: Surroundings = ALONE,
) -> None:
    """Write the index as a workbook.

    Numbers are unrounded and shown rounded; text is never a formula or a link.

    Args:
        target: A path, or a buffer in memory.
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        theme: The look; the house's own without one.
        surroundings: The round before; whether it may go public.
    """
    view = index_view(assessment, provenance, language, surroundings)
    with _book(target, view.title, view.subtitle, KIND) as book:
        paint = _Paint(book, theme or Theme())
        for sheet in sheets(view, assessment.index):
            _write(book, sheet, paint)
        _write_method(book, view, paint)
        _write_identity(book, assessment, provenance, view)


def write_sheets(
    target: Path | BytesIO,
    sheets: Iterable[Sheet],
    title: str,
    subject: str,
    identity: Mapping[str, str],
    theme: Theme | None = None,
) -> None:
    """Write tables as a workbook that says what it is.

    Args:
        target: A path, or a buffer in memory.
        sheets: One table each.
        title: In the properties of the document.
        subject: The same.
        identity: What the hidden sheet says; `kind` among it.
        theme: The look; the house's own without one.
    """
    with _book(target, title, subject, identity["kind"]) as book:
        paint = _Paint(book, theme or Theme())
        for sheet in sheets:
            _write(book, sheet, paint)
        _write_pairs(book, identity)


def _book(target: Path | BytesIO, title: str, subject: str, kind: str) -> Workbook:
    """A workbook in which no text is a formula, a link or a number."""
    from xlsxwriter.workbook import Workbook

    book = Workbook(
        target if isinstance(target, BytesIO) else str(target),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    book.set_properties(
        {"title": title, "subject": subject, "keywords": f"cti:{kind}", "author": "", "created": CREATED}
    )
    return book


class _Paint:
    """Formats, each made once."""

    def __init__(self, book: Workbook, theme: Theme) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self.palette = theme.light

    def __call__(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"valign": "vcenter", "font_name": "Calibri", **properties}
            )
        return self._made[key]

    @property
    def header(self) -> Format:
        """Of table heads."""
        fill = self.palette.colours["accent"]
        return self(bold=True, text_wrap=True, bg_color=fill, font_color="#ffffff", border=0)

    def number(self, form: str) -> Format:
        """Of a number."""
        return self(num_format=form)

    def level(self, column: Column, level: int) -> Format:
        """The colour of a level, for a conditional format."""
        swatch = self.palette.levels(column.levels)[level]
        return self._book.add_format({"bg_color": swatch.fill, "font_color": swatch.ink})


def _write(book: Workbook, sheet: Sheet, paint: _Paint) -> None:
    page = book.add_worksheet(sheet_name(sheet.title, book.sheetnames))
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    tallest = max(lines_of(field.title, field.width) for field in sheet.fields)
    page.set_row(0, min(LINE * tallest + 6, TALLEST))
    page.freeze_panes(1, sheet.frozen)
    for place, field in enumerate(sheet.fields):
        page.set_column(place, place, field.width)
    headers = unlike([field.title for field in sheet.fields])
    page.write_row(0, 0, headers, paint.header)
    if not sheet.rows:
        return
    for number, row in enumerate(sheet.rows, 1):
        lines = max(lines_of(cell, field.width) for field, cell in zip(sheet.fields, row, strict=True))
        page.set_row(number, min(LINE * lines + 4, TALLEST))
        for place, (field, cell) in enumerate(zip(sheet.fields, row, strict=True)):
            _write_cell(page, (number, place), field, cell, paint)
    for place, field in enumerate(sheet.fields):
        if field.scale is not None:
            _colour(page, (1, place, len(sheet.rows), place), field.scale, paint)
    page.add_table(
        0,
        0,
        len(sheet.rows),
        len(sheet.fields) - 1,
        {
            "name": f"cti_{sheet.name}",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": header, "header_format": paint.header} for header in headers],
        },
    )


def lines_of(cell: Cell | Figure, width: float) -> int:
    """How many lines a cell takes; the height is said because not every program finds it by itself."""
    return 1 + int(len(cell) // (1.05 * width)) if isinstance(cell, str) else 1


def _write_cell(
    page: Worksheet, at: tuple[int, int], field: Field, cell: Cell | Figure, paint: _Paint
) -> None:
    if isinstance(cell, Figure):
        if cell.score is not None:
            page.write_number(*at, cell.score, paint(num_format="0." + "0" * cell.digits, align="center"))
    elif isinstance(cell, str):
        if cell:
            page.write_string(*at, cell, paint(text_wrap=True))
    elif cell is not None:
        page.write_number(*at, cell, paint.number(field.form) if field.form else paint(align="center"))


def _colour(page: Worksheet, area: tuple[int, int, int, int], column: Column, paint: _Paint) -> None:
    """Colour scores by their level, wherever they are sorted to."""
    if not column.levels:
        return
    page.conditional_format(*area, {"type": "blanks", "stop_if_true": True})
    if column.has_zero:
        lowest = float(column.bounds[0])
        page.conditional_format(*area, _rule("==", lowest, paint.level(column, 0)))
    for level, bound in enumerate(column.bounds[1:-1], 1):
        page.conditional_format(
            *area, _rule("<=" if column.upper else "<", float(bound), paint.level(column, level))
        )
    highest = float(column.bounds[-1])
    page.conditional_format(*area, _rule("<=", highest, paint.level(column, column.levels)))


def _rule(criteria: str, value: float, form: Format) -> dict[str, object]:
    # XlsxWriter writes numbers with 16 digits; a bound has to be cut like the scores that lie on it.
    bound = float(f"{value:.16G}")
    return {"type": "cell", "criteria": criteria, "value": bound, "format": form, "stop_if_true": True}


def _write_method(book: Workbook, view: IndexView, paint: _Paint) -> None:
    t, method = view.words.say, view.method
    page = book.add_worksheet(sheet_name(t("Method and provenance"), book.sheetnames))
    page.hide_gridlines(2)
    page.set_column(0, 5, WIDTH)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    title, heading = paint(bold=True, font_size=15), paint(bold=True, font_size=12)
    text, head = paint(text_wrap=True, valign="top"), paint.header
    row = 0
    for line, style in ((view.title, title), (view.subtitle, paint())):
        page.write_string(row, 0, line, style)
        row += 1
    blocks: list[tuple[str, Sequence[str]]] = [
        (t("Method"), method.paragraphs),
        (t("What the definition decides"), method.decisions),
        (t("How to read it with care"), method.caveats),
    ]
    for name, paragraphs in blocks:
        row += 1
        page.write_string(row, 0, name, heading)
        for paragraph in paragraphs:
            row += 1
            page.merge_range(row, 0, row, 5, paragraph, text)
            page.set_row(row, LINE * lines_of(paragraph, 6 * WIDTH) + 2)
        row += 1
    for table in method.tables:
        row += 1
        page.write_string(row, 0, table.caption, heading)
        for cells in (table.headers, *(tuple(map(str, each)) for each in table.rows)):
            row += 1
            page.write_row(row, 0, cells, head if cells is table.headers else text)
            page.set_row(row, LINE * max(lines_of(cell, WIDTH) for cell in cells) + 2)
        row += 1
    row += 1
    page.write_string(row, 0, t("Provenance"), heading)
    for label, value in view.provenance:
        row += 1
        page.write_string(row, 0, label, text)
        page.merge_range(row, 1, row, 5, value, text)
        page.set_row(row, LINE * lines_of(value, 5 * WIDTH) + 2)


def _write_identity(book: Workbook, assessment: Assessment, provenance: Provenance, view: IndexView) -> None:
    definition = assessment.questionnaire
    identity = {
        "kind": KIND,
        "questionnaire": definition.id,
        "edition": definition.edition,
        "version": definition.version,
        "definition_hash": provenance.definition_hash,
        "language": view.words.language,
    }
    _write_pairs(book, identity)


def _write_pairs(book: Workbook, identity: Mapping[str, str]) -> None:
    """The hidden sheet by which readers know what a workbook is."""
    page = book.add_worksheet("_cti")
    for row, pair in enumerate(identity.items()):
        page.write_row(row, 0, pair)
    page.very_hidden()


def sheet_name(title: str, taken: Iterable[str] = ()) -> str:
    """A title that a sheet may bear: 31 characters that no reference trips over, and none that is taken."""
    clean = "".join(" " if character in "[]:*?/\\'" else character for character in title)
    used = {name.casefold() for name in taken}
    name, number = clean[:_NAME_LENGTH].strip(), 1
    while name.casefold() in used:
        number += 1
        ending = f" ({number})"
        name = clean[: _NAME_LENGTH - len(ending)].strip() + ending
    return name


def unlike(titles: Sequence[str]) -> list[str]:
    """Headers of a table, short enough and unlike each other: a second one of a name gets its number."""
    seen: dict[str, int] = {}
    made = []
    for title in map(shortened, titles):
        key = title.casefold()
        seen[key] = seen.get(key, 0) + 1
        made.append(title if seen[key] == 1 else f"{title} ({seen[key]})")
    return made
