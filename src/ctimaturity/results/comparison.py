"""Two folders of results, file by file: the same bytes, the same numbers, or workbooks that say the same."""

from __future__ import annotations

import csv
import warnings
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.guard import let_in
from ctimaturity.files.kind import MANIFEST
from ctimaturity.files.limits import Refusal
from ctimaturity.results.manifest import difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ctimaturity.files.csv import CsvDialect
    from ctimaturity.results.manifest import Manifest

    Look = Callable[[Cell | MergedCell], str]

_NUMBER = 1e-9
"""Numbers of two versions of the tool that differ by less, relatively, are the same."""
_WORDS = frozenset({"message", "hint"})
_GROWTH = 4
"""How many times as much as the one made now a workbook may unpack to; between two versions 1.1 is usual."""
_NEAR = 1.0
"""Points of height and letters of width that a version may round away: a pixel is 0.75 points."""
_COMPARED_WHOLE = ("xl/charts/", "xl/drawings/", "xl/media/", "xl/comments")
"""Parts that openpyxl does not keep."""
_PRINTED = (
    "print_area",
    "print_title_rows",
    "print_title_cols",
    "page_setup",
    "page_margins",
    "print_options",
)
_PARTS = (
    "sheet_state",
    "dimensions",
    "freeze_panes",
    "sheet_format",
    "sheet_properties",
    "protection",
    *_PRINTED,
)


def edited_outputs(folder: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    """Which files of a folder are missing, changed, or none of the manifest's."""
    told = (difference(folder, name, digest) for name, digest in manifest.outputs.items())
    yield from (finding for finding in told if finding is not None)
    known = {*manifest.outputs, MANIFEST}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            place = Location(visible(path.as_posix()))
            yield Diagnostic(codes.OUTPUT_ADDED, place, {"name": visible(name)})


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files are the same; of workbooks, whether their parts are.

    How tightly an archive is packed depends on the machine; what is in it does not.
    """
    first, second = one.read_bytes(), other.read_bytes()
    if first == second or one.suffix != ".xlsx":
        return first == second
    with ZipFile(one) as old, ZipFile(other) as new:
        return old.namelist() == new.namelist() and all(
            old.read(name) == new.read(name) for name in old.namelist()
        )


def same_numbers(one: Path, other: Path, dialect: CsvDialect) -> bool:
    """Whether two tables say the same where numbers are compared as numbers.

    Columns that only one of them has are passed over, since a later version may write more, and so are
    the words of findings.
    """
    with (
        one.open(encoding="utf-8-sig", newline="") as first,
        other.open(encoding="utf-8-sig", newline="") as second,
    ):
        old, new = (csv.DictReader(stream, delimiter=dialect.delimiter) for stream in (first, second))
        known = set(new.fieldnames or ()) - _WORDS
        shared = [name for name in old.fieldnames or () if name in known]
        for before, after in zip_longest(old, new):
            if before is None or after is None:
                return False
            if not all(_same(before[name], after[name], dialect) for name in shared):
                return False
    return True


def _same(one: str | None, other: str | None, dialect: CsvDialect) -> bool:
    if one == other:
        return True
    try:
        first, second = (float((cell or "").replace(dialect.decimal, ".")) for cell in (one, other))
    except ValueError:
        return False
    return abs(first - second) <= _NUMBER * max(1.0, abs(first), abs(second))


def same_content(one: bytes, other: bytes) -> bool:
    """Whether two workbooks have the same sheets with the same cells, formats and structure.

    What a reader cannot see is passed over: the order of texts and styles in their tables, attributes that
    say what holds anyway, and rounding of the heights of rows and the widths of columns.

    Args:
        one: A workbook that may have been forged.
        other: A workbook that was made just now.
    """
    from openpyxl import load_workbook

    try:
        let_in(one)
    except Refusal:
        return False
    with ZipFile(BytesIO(one)) as first, ZipFile(BytesIO(other)) as second:
        sizes = [sum(info.file_size for info in archive.infolist()) for archive in (first, second)]
        if sizes[0] > _GROWTH * sizes[1] or _whole_parts(first) != _whole_parts(second):
            return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that openpyxl does not keep
            books = [load_workbook(BytesIO(data), rich_text=True) for data in (one, other)]
            return _same_books(*books)
    except Exception:  # noqa: BLE001  (what openpyxl raises on a forged file is anything)
        return False


def _whole_parts(archive: ZipFile) -> dict[str, str | bytes]:
    """Charts, drawings and pictures by their names; XML with its attributes in order."""
    parts: dict[str, str | bytes] = {}
    for name in archive.namelist():
        if name.startswith(_COMPARED_WHOLE):
            data = archive.read(name)
            parts[name] = canonicalize(data.decode()) if name.endswith((".xml", ".rels")) else data
    return parts


def _same_books(one: Workbook, other: Workbook) -> bool:
    if _of_book(one) != _of_book(other):
        return False
    looks = _looks(), _looks()
    return all(
        _of_sheet(first) == _of_sheet(second)
        and _near(_sizes(first), _sizes(second))
        and all(a == b for a, b in zip(*map(_cells, (first, second), looks), strict=True))
        for first, second in zip(one.worksheets, other.worksheets, strict=True)
    )


def _of_book(book: Workbook) -> list[object]:
    said = book.properties
    names = [(name, defined.value, defined.hidden) for name, defined in sorted(book.defined_names.items())]
    custom = [(each.name, str(each.value)) for each in book.custom_doc_props.props]  # type: ignore[attr-defined]
    words = [said.title, said.subject, said.creator, said.description, said.keywords, said.category]
    return [book.sheetnames, names, custom, words, repr(book.security), repr(book.calculation.fullCalcOnLoad)]


def _of_sheet(sheet: Worksheet) -> list[object]:
    """All of a sheet but its cells and sizes; that the extents are equal bounds the cells to compare."""
    tables = [
        (table.displayName, table.ref, [column.name for column in table.tableColumns])
        for table in sheet.tables.values()
    ]
    rules = sorted(
        (str(area.sqref), [repr(rule) for rule in area.rules]) for area in sheet.conditional_formatting
    )
    return [
        *(repr(getattr(sheet, part)) for part in _PARTS),
        sorted(map(str, sheet.merged_cells.ranges)),
        repr(sheet.auto_filter),
        tables,
        rules,
        sorted(map(repr, sheet.data_validations.dataValidation)),
        [number for number, row in sheet.row_dimensions.items() if row.hidden],
        [letter for letter, column in sheet.column_dimensions.items() if column.hidden],
    ]


def _sizes(sheet: Worksheet) -> dict[str, float]:
    heights = {str(number): row.height for number, row in sheet.row_dimensions.items()}
    widths = {letter: column.width for letter, column in sheet.column_dimensions.items()}
    return {name: size for name, size in (heights | widths).items() if size is not None}


def _near(one: dict[str, float], other: dict[str, float]) -> bool:
    return one.keys() == other.keys() and all(abs(size - other[name]) <= _NEAR for name, size in one.items())


def _cells(sheet: Worksheet, look: Look) -> Iterator[tuple[object, ...]]:
    for row in sheet.iter_rows():
        for cell in row:
            link, note = cell.hyperlink, cell.comment
            yield (
                cell.data_type,
                repr(cell.value),
                look(cell) if cell.has_style else "",
                link and (link.target, link.location),
                note and note.text,
            )


def _looks() -> Look:
    """How a cell looks, worked out once for each style of a workbook."""
    known: dict[int, str] = {}

    def look(cell: Cell | MergedCell) -> str:
        style = cell.style_id
        if style not in known:
            parts = (cell.number_format, cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
            known[style] = "".join(map(repr, parts))
        return known[style]

    return look
