"""The copy that goes back to the sender: every finding at its cell, every answer as it was."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.cell import CellKind
from ctimaturity.files.guard import unlocked
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.language.catalogue import translate
from ctimaturity.workbook.column import COUNT, STATUS, TOTAL
from ctimaturity.workbook.cover import PROGRESS
from ctimaturity.workbook.marker import COVER_MARKER, Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.cell.cell import Cell as OpenCell
    from openpyxl.workbook import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook


AUTHOR = "ctimaturity"
FINDINGS_MARKER = "cti:findings"
"""Stands in the first cell of the sheet of findings, so that a later copy replaces it."""

_FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
_OURS = {STATUS, COUNT, TOTAL}
"""Columns of the template that hold formulas of ours; nobody answers there."""
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # before it the format of archives knows no time
_COLUMNS = {
    "A": ("Severity", 12),
    "B": ("Cell", 30),
    "C": ("What is wrong", 60),
    "D": ("What to do", 60),
    "E": ("What stands there", 24),
    "F": ("Code", 9),
}
_COMMENT_WIDTH, _COMMENT_HEIGHT = 360, 150
_BODY = 10.0
_LINE, _LINE_LENGTH = 15.0, 170  # points of a line of text, and characters over all columns
_ABOUT = (
    "Mend the answers in the cells that are named here, in this copy or in yours, and send the workbook "
    "back. Nothing that was answered has been changed."
)
_REPLACED = "Answers that came from formulas stand here as their values: {cells}"


@dataclass(frozen=True, slots=True)
class AnnotatedFinding:
    """A finding in words.

    Attributes:
        severity: How bad it is.
        code: Its id.
        message: What is wrong.
        hint: What to do; may be empty.
        sheet, cell: Where; empty for the whole workbook or sheet.
        value: What stands there, ready to be shown.
    """

    severity: Severity
    code: str
    message: str
    hint: str
    sheet: str = ""
    cell: str = ""
    value: str = ""

    @property
    def first_cell(self) -> str:
        """The cell, or the first one of a range."""
        return self.cell.partition(":")[0]


def annotated_copy(
    data: bytes, findings: Sequence[AnnotatedFinding], language: str, limits: Limits = LIMITS
) -> bytes | None:
    """A copy with a comment and a fill at each cell that was found fault with, and a sheet of all findings.

    Answers that come from formulas become their values; the sheet lists those cells. Nothing else
    that was answered changes: the copy is read again and held against the original, cell by cell.

    Args:
        data: A workbook that the guard has passed.
        findings: What was found in it.
        language: Of the sheet of findings.
        limits: The bounds under which it was read.

    Returns:
        The copy, or None where it would not hold the same answers. What openpyxl raises on strange
        files is left to the caller, who runs this in a worker.
    """
    from openpyxl import load_workbook

    original = read_workbook(data, limits).workbook
    if original is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl does not keep; none of them is an answer
        book = load_workbook(io.BytesIO(unlocked(data, limits)), keep_links=False)
        _forget_earlier(book)
        replaced = list(_settle(book, original))
        _mark(book, findings)
        _list_findings(book, findings, replaced, language)
        book.properties.creator, book.properties.lastModifiedBy = AUTHOR, None
        stream = io.BytesIO()
        book.save(stream)
    copy = _without_time(stream.getvalue())
    again = read_workbook(copy, limits).workbook
    return copy if again is not None and _same_answers(original, again) else None


def _forget_earlier(book: Book) -> None:
    """Take away what an earlier copy has added, should the sender have answered in it."""
    from openpyxl.styles import PatternFill

    for sheet in list(book.worksheets):
        if sheet["A1"].value == FINDINGS_MARKER and len(book.worksheets) > 1:
            book.remove(sheet)
            continue
        for cell in _cells(sheet):
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb in _FILLS.values():
                    cell.fill = PatternFill()


def _cells(sheet: Worksheet) -> list[OpenCell]:
    """The cells there are; asking a sheet for its rows would make all those in between."""
    from openpyxl.cell.cell import Cell as Kept

    return [cell for cell in list(sheet._cells.values()) if isinstance(cell, Kept)]  # noqa: SLF001  (see above)


def _settle(book: Book, original: Workbook) -> Iterator[tuple[str, str]]:
    """Write values where formulas gave answers, and put back what merged cells hide.

    Yields:
        Sheet and cell of each formula that gave way to its value.
    """
    from openpyxl.cell.cell import Cell as Kept

    for sheet in original.sheets:
        target = book[sheet.name]
        kept = _formulas_of_ours(sheet)
        for place, cell in sheet.cells.items():
            covered = any(area.holds(*place) and place != area[:2] for area in sheet.merged)
            if covered:
                target._cells[place] = Kept(target, *place)  # noqa: SLF001  (openpyxl gives covered cells no value)
            elif not cell.formula or cell.kind is CellKind.EMPTY or place in kept:
                continue
            written = target.cell(*place)
            if isinstance(written, Kept):
                _write(written, cell)
            if cell.formula:
                yield sheet.name, str(written.coordinate)


def _write(target: OpenCell, cell: Cell) -> None:
    """The cached value of a cell, as its kind."""
    kinds = {CellKind.TEXT: "s", CellKind.ERROR: "e", CellKind.BOOLEAN: "b"}
    if cell.kind is CellKind.BOOLEAN:
        target.value = bool(cell.value)
    elif cell.kind in kinds:
        target.value = cell.text
    elif cell.kind is not CellKind.EMPTY:
        target.value = float(cell.text)
    if cell.kind in kinds:
        target.data_type = kinds[cell.kind]


def _formulas_of_ours(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """The cells of the template's own formulas: states, counts and the progress on the cover."""
    columns: set[int] = set()
    rows: set[int] = set()
    for (row, column), cell in sheet.cells.items():
        if cell.text == COVER_MARKER:
            lines = {at: other.text for (at, beside), other in sheet.cells.items() if beside == column}
            rows |= {at for at, text in lines.items() if text.startswith(PROGRESS.rstrip(":"))}
        elif cell.text.startswith("cti:") and Marker.read(cell.text):
            heads = {at: other.text for (beside, at), other in sheet.cells.items() if beside == row}
            columns |= {at for at, text in heads.items() if text in _OURS}
    return frozenset(
        place
        for place, cell in sheet.cells.items()
        if cell.formula and (place[0] in rows or place[1] in columns)
    )


def _mark(book: Book, findings: Iterable[AnnotatedFinding]) -> None:
    """Comments and fills; of several findings on a cell the worst gives the colour."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    at: dict[tuple[str, str], list[AnnotatedFinding]] = {}
    for finding in findings:
        if finding.cell and finding.sheet in book.sheetnames:
            at.setdefault((finding.sheet, finding.first_cell), []).append(finding)
    for (sheet, place), named in at.items():
        cell = book[sheet][place]
        worst = min((finding.severity for finding in named), key=lambda severity: severity.rank)
        said = [] if cell.comment is None else [cell.comment.text]
        said += [_sentence(finding) for finding in named]
        cell.comment = Comment("\n\n".join(said), AUTHOR, width=_COMMENT_WIDTH, height=_COMMENT_HEIGHT)
        cell.fill = PatternFill("solid", fgColor=_FILLS[worst])


def _sentence(finding: AnnotatedFinding) -> str:
    parts = [f"{finding.code}: {visible(finding.message)}", visible(finding.hint)]
    return "\n".join(part for part in parts if part)


def _list_findings(
    book: Book, findings: Sequence[AnnotatedFinding], replaced: Sequence[tuple[str, str]], language: str
) -> None:
    """The sheet of findings, in front of all others; a click leads to the cell."""
    from openpyxl.worksheet.properties import PageSetupProperties

    def say(message: str) -> str:
        return translate(message, language)

    sheet = book.create_sheet(_free_name(book, say("Findings")), 0)
    _text(sheet, "A1", FINDINGS_MARKER, size=6, color="FF999999")
    _text(sheet, "A2", say("What was found in this workbook"), size=14, bold=True)
    above = [say(_ABOUT)]
    if replaced:
        cells = ", ".join(f"{name}!{cell}" for name, cell in replaced)
        above.append(say(_REPLACED).format(cells=visible(cells)))
    for row, text in enumerate(above, start=3):
        _text(sheet, f"A{row}", text)
        sheet.merge_cells(f"A{row}:F{row}")
        sheet.row_dimensions[row].height = _LINE * (1 + len(text) // _LINE_LENGTH)
    head = 3 + len(above)
    for letter, (header, width) in _COLUMNS.items():
        _text(sheet, f"{letter}{head}", say(header), bold=True, fill="FFEEF1EE")
        sheet.column_dimensions[letter].width = width
    ordered = sorted(findings, key=lambda finding: finding.severity.rank)
    for row, finding in enumerate(ordered, start=head + 1):
        _text(sheet, f"A{row}", say(finding.severity.value), fill=_FILLS[finding.severity])
        _link(sheet, f"B{row}", finding, known=finding.sheet in book.sheetnames)
        texts = {"C": finding.message, "D": finding.hint, "E": finding.value, "F": finding.code}
        for letter, text in texts.items():
            _text(sheet, f"{letter}{row}", visible(text))
    if not findings:
        _text(sheet, f"A{head + 1}", say("Nothing was found."))
    sheet.freeze_panes = f"A{head + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _link(sheet: Worksheet, place: str, finding: AnnotatedFinding, *, known: bool) -> None:
    """Where a finding is, leading there where that sheet is in the copy."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    shown = visible("!".join(part for part in (finding.sheet, finding.cell) if part))
    if not known:
        _text(sheet, place, shown or "–")
        return
    quoted = finding.sheet.replace("'", "''")
    target = f"'{quoted}'!{finding.first_cell or 'A1'}"
    cell = _text(sheet, place, shown, underline="single", color="FF0B5563")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)


def _text(
    sheet: Worksheet,
    place: str,
    text: str,
    *,
    size: float = _BODY,
    bold: bool = False,
    underline: Literal["single"] | None = None,
    color: str = "FF1B2733",
    fill: str = "",
) -> OpenCell:
    """A text that stays one, whatever it begins with."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell: OpenCell = sheet[place]
    cell.value, cell.data_type = text, "s"
    cell.font = Font(name="Calibri", size=size, bold=bold, underline=underline, color=color)
    cell.alignment = Alignment(wrap_text=place[0] != "A" or size == _BODY, vertical="top")
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    return cell


def _free_name(book: Book, wanted: str) -> str:
    taken = {name.casefold() for name in book.sheetnames}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name


def _without_time(data: bytes) -> bytes:
    """The same archive without the moment it was made."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.infolist():
            content = before.read(member)
            if member.filename == "docProps/core.xml":
                content = _MODIFIED.sub(b"", content)
            after.writestr(zipfile.ZipInfo(member.filename, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _same_answers(original: Workbook, copy: Workbook) -> bool:
    """Whether the copy holds what the original holds, our own formulas aside."""
    sheets = {sheet.name: sheet for sheet in copy.sheets}
    for sheet in original.sheets:
        other = sheets.get(sheet.name)
        if other is None or set(sheet.merged) != set(other.merged):
            return False
        aside = _formulas_of_ours(sheet)
        if any(
            _content(cell) != _content(other.cells.get(place))
            for place, cell in sheet.cells.items()
            if place not in aside
        ):
            return False
        if not other.cells.keys() <= sheet.cells.keys():
            return False
    return True


def _content(cell: Cell | None) -> object:
    if cell is None:
        return None
    text = float(cell.text) if cell.kind in {CellKind.NUMBER, CellKind.DATE} else cell.text
    return (cell.kind, text, cell.percent)
