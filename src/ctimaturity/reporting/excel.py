"""Tables as a workbook to read and to filter, above all the index; it is never read back."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ctimaturity.reporting.document import Bullets, Document, DocumentTable, Facts, Part, Prose, origin
from ctimaturity.reporting.figure import Figure
from ctimaturity.reporting.index_sheets import index_sheets
from ctimaturity.reporting.index_view import ALONE, index_view
from ctimaturity.reporting.theme import Theme
from ctimaturity.reporting.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.index_view import IndexContext
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.sheet import SheetCell, SheetColumn, TableSheet

KIND = "index"
"""What the workbook says it is, so that nobody scores it by mistake."""
CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""The same for every workbook: the clock changes no byte."""
_NAME_LENGTH = 31
"""Characters that a spreadsheet takes in the name of a sheet."""
TALLEST = 400.0
"""Points of a row; a spreadsheet takes 409."""
LINE = 15.0
"""Points that a line of text takes."""
WIDTH = 27
"""Of a column of the sheet of a document, in characters."""
_LAST = 5
"""The last column of the sheet of a document; its paragraphs run over all of them."""
_PRECISION = ".16G"
"""How XlsxWriter writes a number."""


def write_excel(
    target: Path | BytesIO,
    assessment: Assessment,
    provenance: Provenance,
    language: str,
    theme: Theme | None = None,
    context: IndexContext = ALONE,
) -> None:
    """Write the index as a workbook.

    Numbers are unrounded and shown rounded; text is never a formula or a link.

    Args:
        target: A path, or a buffer in memory.
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        theme: The look; the house's own without one.
        context: The round before; whether it may go public.
    """
    view, definition = index_view(assessment, provenance, language, context), assessment.questionnaire
    with open_book(target, view.title, view.subtitle, KIND) as book:
        paint = _Paint(book, theme or Theme())
        for sheet in index_sheets(view, assessment.index):
            _write(book, sheet, paint)
        about = book.add_worksheet(sheet_name(view.words.say("Method and provenance"), book.sheetnames))
        sections = (*view.method.sections(view.words), origin(view.provenance, view.words))
        _DocumentSheet(about, paint).write(Document(view.title, sections, view.subtitle))
        write_identity(
            book,
            {
                "kind": KIND,
                "questionnaire": definition.id,
                "edition": definition.edition,
                "version": definition.version,
                "definition_hash": provenance.definition_hash,
                "language": language,
            },
        )


def write_sheets(
    target: Path | BytesIO,
    sheets: Iterable[TableSheet[Any]],
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
    with open_book(target, title, subject, identity["kind"]) as book:
        paint = _Paint(book, theme or Theme())
        for sheet in sheets:
            _write(book, sheet, paint)
        write_identity(book, identity)


def open_book(
    target: Path | BytesIO, title: str, subject: str, kind: str, *, in_memory: bool = True
) -> Workbook:
    """A workbook in which no text is a formula, a link or a number.

    Made in memory or by way of temporary files: the members of the two bear other dates in the archive.
    """
    from xlsxwriter.workbook import Workbook

    book = Workbook(
        target if isinstance(target, BytesIO) else str(target),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": in_memory,
        },
    )
    book.set_properties(
        {"title": title, "subject": subject, "keywords": f"cti:{kind}", "author": "", "created": CREATED}
    )
    return book


def lay_out(page: Worksheet) -> None:
    """Print a sheet on A4 on its side, a page wide and as long as it takes, without grid lines."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


class _Paint:
    """Formats, each made once."""

    def __init__(self, book: Workbook, theme: Theme) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._palette = theme.light

    def __call__(self, **properties: object) -> Format:
        key = tuple(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"valign": "vcenter", "font_name": "Calibri", **properties}
            )
        return self._made[key]

    @property
    def header(self) -> Format:
        """Of table heads."""
        fill = self._palette.colours["accent"]
        return self(bold=True, text_wrap=True, bg_color=fill, font_color="#ffffff", border=0)

    def level(self, column: ScoreColumn, level: int) -> Format:
        """The colour of a level, for a conditional format."""
        swatch = self._palette.levels(column.levels)[level]
        return self._book.add_format({"bg_color": swatch.fill, "font_color": swatch.ink})


def _write(book: Workbook, sheet: TableSheet[Any], paint: _Paint) -> None:
    page = book.add_worksheet(sheet_name(sheet.title, book.sheetnames))
    lay_out(page)
    page.repeat_rows(0)
    columns = sheet.columns
    page.set_row(0, _height((column.title for column in columns), columns, 6))
    page.freeze_panes(1, sheet.frozen)
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
    headers = unlike([column.title for column in columns])
    page.write_row(0, 0, headers, paint.header)
    last = 0
    for last, row in enumerate(sheet.rows(), 1):
        page.set_row(last, _height(row, columns, 4))
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _write_cell(page, (last, at), column.form, cell, paint)
    if not last:  # a table needs a row
        return
    for at, column in enumerate(columns):
        if column.scale is not None:
            _colour(page, (1, at, last, at), column.scale, paint)
    page.add_table(
        0,
        0,
        last,
        len(columns) - 1,
        {
            "name": f"cti_{sheet.name}",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": header, "header_format": paint.header} for header in headers],
        },
    )


def lines_of(cell: SheetCell, width: float) -> int:
    """How many lines a cell takes; the height is said because not every program finds it by itself."""
    # A width counts digits, and letters are a little narrower.
    return 1 + int(len(cell) // (1.05 * width)) if isinstance(cell, str) else 1


def _height(cells: Iterable[SheetCell], columns: Sequence[SheetColumn[Any]], more: float) -> float:
    """Of a row as high as its cells need."""
    lines = max(lines_of(cell, column.width) for cell, column in zip(cells, columns, strict=True))
    return min(LINE * lines + more, TALLEST)


def _write_cell(page: Worksheet, at: tuple[int, int], form: str, cell: SheetCell, paint: _Paint) -> None:
    if isinstance(cell, Figure):
        if cell.score is not None:
            page.write_number(*at, cell.score, paint(num_format="0." + "0" * cell.digits, align="center"))
    elif isinstance(cell, str):
        if cell:
            page.write_string(*at, cell, paint(text_wrap=True))
    elif cell is not None:
        page.write_number(*at, cell, paint(num_format=form) if form else paint(align="center"))


def _colour(page: Worksheet, area: tuple[int, int, int, int], column: ScoreColumn, paint: _Paint) -> None:
    """Colour scores by their level, wherever they are sorted to."""
    if not column.levels:
        return

    def rule(criteria: str, bound: Fraction, level: int) -> None:
        # A bound has to be cut like the scores that lie on it.
        value, form = float(f"{float(bound):{_PRECISION}}"), paint.level(column, level)
        page.conditional_format(
            *area,
            {"type": "cell", "criteria": criteria, "value": value, "format": form, "stop_if_true": True},
        )

    page.conditional_format(*area, {"type": "blanks", "stop_if_true": True})
    if column.has_zero:
        rule("==", column.bounds[0], 0)
    for level, bound in enumerate(column.bounds[1:-1], 1):
        rule("<=" if column.upper else "<", bound, level)
    rule("<=", column.bounds[-1], column.levels)


class _DocumentSheet:
    """A document on a sheet: its paragraphs run over all columns, its tables stand in them."""

    def __init__(self, page: Worksheet, paint: _Paint) -> None:
        self._page, self._paint, self._row = page, paint, 2
        self._heading, self._text = paint(bold=True, font_size=12), paint(text_wrap=True, valign="top")

    def write(self, document: Document) -> None:
        """Title, what stands above it, and every section."""
        lay_out(self._page)
        self._page.set_column(0, _LAST, WIDTH)
        self._page.write_string(0, 0, document.heading, self._paint(bold=True, font_size=15))
        self._page.write_string(1, 0, document.over, self._paint())
        for section in document.sections:
            self._below(section.heading, section.blocks)

    def _below(self, heading: str, blocks: Iterable[Block]) -> None:
        """A heading with what stands below it, and a line of air."""
        self._row += 1
        self._page.write_string(self._row, 0, heading, self._heading)
        for block in blocks:
            match block:
                case str():
                    self._across(block)
                case Prose(paragraphs=texts) | Bullets(items=texts):
                    for text in texts:
                        self._across(str(text))
                case Facts():
                    for label, value in block.pairs:
                        self._across(str(value), label)
                case DocumentTable():
                    self._table(block)
                case Part():
                    self._row += 1
                    self._below(block.heading, block.blocks)
        self._row += 1

    def _across(self, text: str, label: str = "") -> None:
        """A text over all columns, or all but the first, which then has its label."""
        self._row += 1
        first = int(bool(label))
        if label:
            self._page.write_string(self._row, 0, label, self._text)
        self._page.merge_range(self._row, first, self._row, _LAST, text, self._text)
        self._page.set_row(self._row, LINE * lines_of(text, (_LAST + 1 - first) * WIDTH) + 2)

    def _table(self, table: DocumentTable) -> None:
        self._row += 2
        self._page.write_string(self._row, 0, table.caption, self._heading)
        for cells in (table.headers, *(tuple(map(str, row)) for row in table.rows)):
            self._row += 1
            form = self._paint.header if cells is table.headers else self._text
            self._page.write_row(self._row, 0, cells, form)
            self._page.set_row(self._row, LINE * max(lines_of(cell, WIDTH) for cell in cells) + 2)


def write_identity(book: Workbook, identity: Mapping[str, str]) -> None:
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
