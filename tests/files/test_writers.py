"""Held against openpyxl and calamine, cell by cell, on what the libraries and LibreOffice write."""

from __future__ import annotations

import io
import subprocess
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.files.sheet import SheetState
from ctimaturity.files.xlsx import Workbook, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = [
    "Bogotá, D.C.",
    " spaces ",
    "a & b < c > d",
    'say "x"',
    "line\nbreak",
    "05001",
    "=no formula",
    "_x000D_",
    "é😀",
]
NUMBERS = [0, 1, -1, 3.5, 0.1, 1 / 3, 1e-9, 123456789.123, 1e15, 45000]


def day(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  (a spreadsheet's dates have no time zone)


DATES = [day(2024, 2, 29), day(1999, 12, 31, 23, 59, 58), day(1900, 3, 1), day(2026, 5, 6, 7, 8, 9, 500_000)]


def by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    shown = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    percent = book.add_format({"num_format": "0.0%"})
    sheet = book.add_worksheet("Capacidades")
    for row, text in enumerate(TEXTS):
        sheet.write_string(row, 0, text)
    for row, number in enumerate(NUMBERS):
        sheet.write_number(row, 1, number)
    for row, moment in enumerate(DATES):
        sheet.write_datetime(row, 2, moment, shown)
    sheet.write_number("D1", 0.45, percent)
    sheet.write_boolean("D2", True)
    sheet.write_boolean("D3", False)
    sheet.write_formula("D4", "=1+1", None, 2)
    sheet.write_formula("D5", '="a"&"b"', None, "ab")
    sheet.write_formula("D6", "=1/0", None, "#DIV/0!")
    sheet.write_rich_string("D7", "one ", book.add_format({"bold": True}), "two", " three")
    sheet.write_blank("D8", None, percent)
    sheet.merge_range("F1:G2", "merged")
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column("I:K", None, None, {"hidden": True})
    book.add_worksheet("Oculta").hide()
    book.add_worksheet("_cti").very_hidden()
    book.set_properties({"title": "Cuestionario", "keywords": "mmmctic@2020-04"})
    book.set_custom_property("definition_hash", "0123456789ab")
    book.close()
    return stream.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, text in enumerate(TEXTS[:6] + TEXTS[8:], start=1):
        sheet.cell(row, 1, text)
    for row, number in enumerate(NUMBERS, start=1):
        sheet.cell(row, 2, number)
    for row, moment in enumerate(DATES, start=1):
        sheet.cell(row, 3, moment)
    sheet["D1"] = 0.45
    sheet["D1"].number_format = "0%"
    sheet["D2"] = True
    sheet["D3"] = "=SUM(B1:B2)"
    sheet["D4"] = "#N/A"
    sheet["D5"] = timedelta(hours=1, minutes=30)
    sheet["D6"] = time(7, 30)
    sheet["D7"] = date(2024, 5, 6)
    sheet["D7"].number_format = 'd" de "mmmm'
    sheet.merge_cells("F1:G2")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["I"].hidden = True
    book.create_sheet("_cti").sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_openpyxl_streaming() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("S")
    for text, number in zip(TEXTS[:6], NUMBERS, strict=False):
        sheet.append([text, None, number])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_pandas() -> bytes:
    stream = io.BytesIO()
    frame = pd.DataFrame({"text": TEXTS[:4], "number": NUMBERS[:4], "when": DATES[:4]})
    frame.to_excel(stream, sheet_name="S", index=False)
    return stream.getvalue()


def by_xlsxwriter_in_line() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = book.add_worksheet("S")
    for row, (text, number) in enumerate(zip(TEXTS, NUMBERS, strict=False)):
        sheet.write_string(row, 0, text)
        sheet.write_number(row, 1, number)
    book.close()
    return stream.getvalue()


WRITERS = [by_xlsxwriter, by_openpyxl, by_openpyxl_streaming, by_pandas, by_xlsxwriter_in_line]


def ours(data: bytes) -> Workbook:
    reading = read_workbook(data)
    assert reading.workbook is not None, reading.diagnostics
    return reading.workbook


def hold_against_openpyxl(data: bytes) -> None:
    book = ours(data)
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    assert [sheet.name for sheet in book.sheets] == theirs.sheetnames
    for sheet in book.sheets:
        other = theirs[sheet.name]
        assert sheet.state.value == other.sheet_state
        assert {str(each) for each in sheet.merged} == {str(each) for each in other.merged_cells.ranges}
        expected = {
            (cell.row, cell.column): cell.value
            for row in other.iter_rows()
            for cell in row
            if cell.value is not None
        }
        held = {place: cell for place, cell in sheet.cells.items() if cell.kind is not CellKind.EMPTY}
        assert set(held) == set(expected)
        for place, cell in held.items():
            assert same(cell, expected[place]), (sheet.name, place, cell, expected[place])
        for row in formulas[sheet.name].iter_rows():
            for cell in row:
                mine = sheet.cells.get((cell.row, cell.column))
                assert (mine is not None and mine.formula) == (cell.data_type == "f")


def same(cell: Cell, other: object) -> bool:
    """Whether a cell is what openpyxl has.

    It leaves `_xHHHH_` as it stands, gives errors as texts, times without a day and whole numbers as int.
    """
    match cell.kind:
        case CellKind.ERROR:
            return cell.text == other
        case CellKind.DATE if isinstance(other, time):
            return isinstance(cell.value, datetime) and cell.value.time() == other
        case CellKind.DATE if isinstance(other, timedelta):
            return isinstance(cell.value, datetime) and cell.value - day(1899, 12, 30) == other
        case CellKind.TEXT:
            return cell.value == (other.replace("_x005F_", "_") if isinstance(other, str) else None)
        case _:
            return type(other) in {int, float, bool, datetime} and cell.value == other


@pytest.mark.parametrize("writer", WRITERS)
def test_as_openpyxl_reads_it(writer: Callable[[], bytes]) -> None:
    hold_against_openpyxl(writer())


@pytest.mark.parametrize("writer", [by_xlsxwriter_in_line, by_pandas, by_openpyxl_streaming])
def test_as_calamine_reads_it(writer: Callable[[], bytes]) -> None:
    """Where calamine can: it drops errors and formulas without a result."""
    data = writer()
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in ours(data).sheets:
        rows = theirs.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        expected = {
            (row, column): value
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value != ""
        }
        found = {place: cell.value for place, cell in sheet.cells.items()}
        assert {place: as_day(value) for place, value in expected.items()} == found


def as_day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value.year, value.month, value.day)
    return value


def test_what_openpyxl_does_not_say() -> None:
    book = ours(by_xlsxwriter())
    sheet = book.sheets[0]
    assert sheet.cells[1, 4].percent
    assert not sheet.cells[1, 2].percent
    assert sheet.hidden_rows == {5}
    assert sheet.hidden_columns == {9, 10, 11}
    assert [each.state for each in book.sheets] == [
        SheetState.VISIBLE,
        SheetState.HIDDEN,
        SheetState.VERY_HIDDEN,
    ]
    assert book.properties["core:title"] == "Cuestionario"
    assert book.properties["core:keywords"] == "mmmctic@2020-04"
    assert book.properties["custom:definition_hash"] == "0123456789ab"
    assert ours(by_openpyxl()).sheets[0].cells[3, 4] == Cell(CellKind.EMPTY, None, "", formula=True)


@pytest.mark.office
@pytest.mark.parametrize("writer", [by_xlsxwriter, by_openpyxl])
def test_saved_again_by_libreoffice(writer: Callable[[], bytes], tmp_path: Path) -> None:
    before = ours(writer())
    (tmp_path / "book.xlsx").write_bytes(writer())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / "book.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    data = (tmp_path / "out" / "book.xlsx").read_bytes()
    hold_against_openpyxl(data)
    after = ours(data)
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert new.merged == old.merged
        assert old.hidden_rows <= new.hidden_rows
        for place, cell in old.cells.items():
            if not cell.formula and cell.kind is not CellKind.ERROR:
                expected = (
                    pytest.approx(cell.value, rel=1e-14) if cell.kind is CellKind.NUMBER else cell.value
                )
                assert new.cells[place].value == expected  # it writes 15 digits
