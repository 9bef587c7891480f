from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

import open_documents as ods
from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import Cell, CellKind, Shown
from ctimaturity.files.limits import LIMITS
from ctimaturity.files.sheet import CellRange, SheetState
from ctimaturity.files.xlsx import read_workbook

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.sheet import Sheet

NUMBER, TEXT, DATE = CellKind.NUMBER, CellKind.TEXT, CellKind.DATE
ERROR, BOOLEAN, EMPTY = CellKind.ERROR, CellKind.BOOLEAN, CellKind.EMPTY
FORMULA = 'table:formula="of:=[.A1]"'
SHOWN = "<text:p>{}</text:p>"
CELLS: list[tuple[str, Cell | None]] = [
    (ods.cell("float", "0.10"), Cell(NUMBER, 0.1, "0.10")),
    (ods.cell("currency", "1500"), Cell(NUMBER, 1500.0, "1500")),
    (ods.cell("percentage", "0.45"), Cell(NUMBER, 0.45, "0.45", percent=True)),
    (ods.cell("boolean", "true"), Cell(BOOLEAN, True, "1")),
    (ods.cell("boolean", "false"), Cell(BOOLEAN, False, "0")),
    # a truth value that comes from a formula, as LibreOffice keeps it
    (ods.cell("float", "1", SHOWN.format("VERDADERO"), FORMULA), Cell(BOOLEAN, True, "1", formula=True)),
    (ods.cell("float", "1", SHOWN.format("1"), FORMULA), Cell(NUMBER, 1.0, "1", formula=True)),
    (ods.cell("date", "2024-05-03"), Cell(DATE, datetime.fromisoformat("2024-05-03"), "45415")),
    (
        ods.cell("date", "2024-05-03T10:30:00.000000000"),
        Cell(DATE, datetime.fromisoformat("2024-05-03T10:30"), "45415.4375"),
    ),
    (ods.cell("date", "1900-01-15"), Cell(DATE, datetime.fromisoformat("1900-01-15"), "15")),
    (ods.cell("date", "9 de abril"), Cell(DATE, None, "9 de abril")),
    (ods.cell("time", "PT10H30M00S"), Cell(DATE, datetime.fromisoformat("1899-12-30T10:30"), "0.4375")),
    (ods.text("1 - Cumple"), Cell(TEXT, "1 - Cumple", "1 - Cumple")),
    (ods.text("dos\nlíneas"), Cell(TEXT, "dos\nlíneas", "dos\nlíneas")),
    (ods.text('a<text:s text:c="2"/>b<text:tab/>c'), Cell(TEXT, "a  b\tc", "a  b\tc")),
    (ods.text("c<text:line-break/>d"), Cell(TEXT, "c\nd", "c\nd")),
    (ods.text("una   sola"), Cell(TEXT, "una sola", "una sola")),
    (ods.text("<text:span>0</text:span> - <text:a>No</text:a>"), Cell(TEXT, "0 - No", "0 - No")),
    (ods.text("_x0041_"), Cell(TEXT, "_x0041_", "_x0041_")),
    (ods.cell("string", "suma", SHOWN.format("suma"), FORMULA), Cell(TEXT, "suma", "suma", formula=True)),
    (ods.cell("", "", "<text:p/>", FORMULA), Cell(TEXT, "", "", formula=True)),
    (ods.cell("", "", "", FORMULA), Cell(EMPTY, None, "", formula=True)),
    (
        ods.cell("string", "", SHOWN.format("#N/A"), f'{FORMULA} calcext:value-type="error"'),
        Cell(ERROR, None, "#N/A", formula=True),
    ),
    (ods.cell("string", "", SHOWN.format("#¡REF!"), FORMULA), Cell(ERROR, None, "#¡REF!", formula=True)),
    (ods.text("#N/A"), Cell(TEXT, "#N/A", "#N/A")),
    # what is written beside an answer is no answer
    (
        ods.cell("float", "3", f"<office:annotation>{SHOWN.format(5)}</office:annotation><text:p>3</text:p>"),
        Cell(NUMBER, 3.0, "3"),
    ),
    (
        ods.cell("string", "", "<draw:frame><text:p>4</text:p></draw:frame><text:p>2</text:p>"),
        Cell(TEXT, "2", "2"),
    ),
    (ods.cell("", "", "<office:annotation><text:p>5</text:p></office:annotation>"), None),
    (ods.cell(), None),
]  # fmt: skip


SEEN: list[tuple[str, str, Shown | None]] = [
    ("1", "1", None), ("1", "1,00", None), ("1500", "$ 1.500,00", None), ("0.125", "0,13", None),
    ("9.96", "10,0", None), ("0.05", "0,05", None), ("0", "0,00", None), ("0.001", "0,00", None),
    ("-3.5", "-3,5", None), ("-3.5", "(3,5)", None), ("7", "007", None),
    ("0.3333333333333333", "0.333333", None),
    ("1E-07", "1.00E-07", None), ("1.5", "1 1/2", None), ("123456789012", "123,456,789,012", None),
    ("1", "1 - Cumple", Shown("1 - Cumple", same=True)), ("5", "5 COP", Shown("5 COP", same=True)),
    ("1", "0 - No cumple", Shown("0 - No cumple")), ("1", "No cumple", Shown("No cumple")),
    ("4", "", Shown("")),
    ("1500", "1,5", Shown("1,5")), ("-3.5", "3,5", Shown("3,5")), ("2", "3", Shown("3")),
]  # fmt: skip


def test_what_is_seen_of_a_number_is_told_where_it_is_another() -> None:
    rows = "".join(ods.row(ods.cell("float", text, SHOWN.format(seen))) for text, seen, _ in SEEN)
    sheet = only_sheet(ods.table(rows))
    found = [(text, seen, sheet.cells[row, 1].shown) for row, (text, seen, _) in enumerate(SEEN, 1)]
    assert [case for case, wanted in zip(found, SEEN, strict=True) if case != wanted] == []


def test_what_is_crossed_out_is_told_by_cell_column_row_and_run() -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties{line}/></style:style>"
        for name, family, parent, line in (
            ("bad", "table-cell", "Default", ' style:text-line-through-style="solid"'),
            ("heir", "table-cell", "bad", ""),
            ("freed", "table-cell", "bad", ' style:text-line-through-style="none"'),
            ("fine", "table-cell", "Default", ' style:text-line-through-type="none"'),
            ("run", "text", "", ' style:text-line-through-type="single"'),
        )
    )  # fmt: skip
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="bad"/>'
    rows = "".join(
        (
            ods.row(ods.text("x", 'table:style-name="bad"') + ods.text("x")),
            ods.row(ods.text("x", 'table:style-name="fine"') + ods.text("x", 'table:style-name="fine"')),
            ods.row(ods.text("x") + ods.text("x"), 'table:default-cell-style-name="fine"'),
            ods.row(ods.text('1 <text:span text:style-name="run">o 2</text:span>') + ods.text("x")),
            ods.row(ods.text('1<text:span text:style-name="run"> </text:span><text:span>2</text:span>')),
            ods.row(ods.cell("float", "1", SHOWN.format(1), 'table:style-name="freed"')),
            ods.row(ods.cell("float", "1", SHOWN.format(1), 'table:style-name="heir"')),
        )
    )
    part = ods.content(ods.table(rows, before=columns)).replace(
        "</office:automatic", f"{styles}</office:automatic"
    )
    book = read_workbook(ods.workbook(parts={"content.xml": part})).workbook
    assert book is not None
    struck = {place for place, cell in book.sheets[0].cells.items() if cell.struck}
    assert struck == {(1, 1), (1, 2), (4, 1), (4, 2), (7, 1)}


def only_sheet(*tables: str) -> Sheet:
    reading = read_workbook(ods.workbook(*tables))
    assert reading.workbook is not None, reading.diagnostics
    return reading.workbook.sheets[0]


def refused(data: bytes, **limits: int) -> list[Code]:
    reading = read_workbook(data, replace(LIMITS, **limits))
    assert reading.workbook is None
    return [found.code for found in reading.diagnostics]


def test_every_kind_of_cell_is_the_same_as_in_excel() -> None:
    sheet = only_sheet(ods.table("".join(ods.row(cell) for cell, _ in CELLS)))
    found = [(cell, sheet.cells.get((number, 1))) for number, (cell, _) in enumerate(CELLS, 1)]
    assert [(cell, got) for (cell, got), (_, wanted) in zip(found, CELLS, strict=True) if got != wanted] == []


def test_rows_and_cells_that_repeat_stand_as_often_as_they_do() -> None:
    twice = 'table:number-columns-repeated="2"'
    rows = (
        ods.row(ods.cell(), 'table:number-rows-repeated="3"')
        + ods.row(
            ods.cell("", "", "", 'table:number-columns-repeated="4"') + ods.cell("float", "1", "", twice),
            'table:number-rows-repeated="2"',
        )
        + f"<table:table-header-rows>{ods.row(ods.text('x'))}</table:table-header-rows>"
        + f"<table:table-row-group>{ods.row(ods.text('y'))}</table:table-row-group>"
        + ods.row(ods.cell(attributes='table:number-columns-repeated="16384"'))
        + ods.row("", 'table:number-rows-repeated="1048576"')
    )
    assert {place: cell.text for place, cell in only_sheet(ods.table(rows)).cells.items()} == {
        (4, 5): "1", (4, 6): "1", (5, 5): "1", (5, 6): "1", (6, 1): "x", (7, 1): "y",
    }  # fmt: skip


def test_what_hides_and_merges_is_told() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16382"/>'
    )
    rows = (
        ods.row(
            ods.text("m", 'table:number-columns-spanned="2" table:number-rows-spanned="3"')
            + f"<table:covered-table-cell office:value-type='string'>{SHOWN.format('debajo')}"
            "</table:covered-table-cell>"
        )
        + ods.row(ods.text("f"), 'table:visibility="filter"')
        + ods.row("", 'table:visibility="collapse" table:number-rows-repeated="1000000"')
    )
    data = ods.workbook(ods.table(rows, before=columns), ods.table("", "oculta", style="unseen"))
    book = read_workbook(data, replace(LIMITS, rows=4, columns=5)).workbook
    assert book is not None
    sheet, hidden = book.sheets
    assert sheet.merged == (CellRange(1, 1, 3, 2),)
    assert sheet.cells[1, 2].text == "debajo"
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {3, 4, 5})
    assert (sheet.state, hidden.state) == (SheetState.VISIBLE, SheetState.HIDDEN)


def test_what_is_no_sheet_of_the_workbook_is_left_alone() -> None:
    old = ods.table(ods.row(ods.text("borrado")))
    around = (
        f"<table:tracked-changes><table:deletion>{old}</table:deletion></table:tracked-changes>{{}}"
        f"<table:dde-links><table:dde-link>{old}</table:dde-link></table:dde-links>"
    )
    elsewhere = ods.table(ods.row(ods.text("ajeno")), "'file:///otro.ods'#$Hoja1")
    part = ods.content(ods.table(ods.row(ods.text("mío"))), elsewhere, around=around)
    book = read_workbook(ods.workbook(parts={"content.xml": part})).workbook
    assert book is not None
    assert [[cell.text for cell in sheet.cells.values()] for sheet in book.sheets] == [["mío"]]


def test_properties_have_the_names_that_excel_gives_them() -> None:
    inside = (
        "<dc:title>Título</dc:title><meta:keyword>kind=a</meta:keyword><meta:keyword>edition=b</meta:keyword>"
        '<meta:user-defined meta:name="cti_kind">c</meta:user-defined><meta:generator>LO</meta:generator>'
    )
    data = ods.workbook(ods.table(""), parts={"meta.xml": ods.meta(inside), "Basic/x.xml": "<x/>"})
    reading = read_workbook(data)
    assert reading.workbook is not None
    assert reading.workbook.properties == {
        "core:title": "Título", "core:keywords": "kind=a; edition=b", "custom:cti_kind": "c",
        "app:Application": "LO",
    }  # fmt: skip
    assert [found.code for found in reading.diagnostics] == [codes.MACROS_NOT_RUN]


def many(count: int) -> str:
    return f'table:number-columns-repeated="{count}"'


def often(count: int) -> str:
    return f'table:number-rows-repeated="{count}"'


LOCKED = (
    '<m:manifest xmlns:m="urn:x"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
    "</m:manifest>"
)
ONE = ods.cell("float", "1", attributes=many(1_000))
INSIDE = ods.cell("string", "", ods.table(ods.row(ods.text("x"))))
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ja">]>' + ods.content(ods.table(ods.row(ods.text("&a;"))))
SPACES = "".join(
    ods.row(ods.text(f'{number}<text:s text:c="32000"/>', 'table:number-columns-repeated="1"'))
    for number in range(500)
)
REFUSED: list[tuple[bytes, Code]] = [
    (ods.workbook(), codes.PART_STRANGE),
    (ods.workbook(parts={"content.xml": "<x/>"}), codes.PART_STRANGE),
    (ods.workbook(parts={"content.xml": ods.content(ods.table(""))[:-9]}), codes.XML_MALFORMED),
    (ods.workbook(parts={"content.xml": ENTITIES}), codes.XML_ENTITIES),
    (ods.workbook(ods.table(""), parts={"META-INF/manifest.xml": LOCKED}), codes.PASSWORD_PROTECTED),
    # bombs: a few bytes that stand for millions of filled cells
    (ods.workbook(ods.table(ods.row(ods.text("x", many(1_000_000))))), codes.CELL_FAR_OUT),
    (ods.workbook(ods.table(ods.row(ods.text("x"), often(1_000_000)))), codes.CELL_FAR_OUT),
    (ods.workbook(ods.table(ods.row(ONE, often(50_000)))), codes.TOO_MANY_CELLS),
    (ods.workbook(*[ods.table(ods.row(ONE, often(100)))] * 7), codes.TOO_MANY_CELLS),
    (ods.workbook(*[ods.table("")] * 65), codes.TOO_MANY_SHEETS),
    (ods.workbook(ods.table(ods.row(ods.text("x", 'table:number-columns-spanned="2"'), often(30_000)))),
     codes.TOO_MANY_ENTRIES),
    (ods.workbook(ods.table(ods.row(ods.text('<text:s text:c="999999"/>')))), codes.TEXT_TOO_LONG),
    (ods.workbook(ods.table(SPACES)), codes.TEXT_TOO_LONG),
    (ods.workbook(ods.table(ods.row(ods.text("x" * 40_000)))), codes.TEXT_TOO_LONG),
    (ods.workbook(ods.table(ods.row(ods.text("<text:a>" * 70 + "</text:a>" * 70)))), codes.XML_TOO_DEEP),
    # what cannot be read is never blank
    (ods.workbook(ods.table(ods.row(ods.cell("float", "uno")))), codes.CELL_UNREADABLE),
    (ods.workbook(ods.table(ods.row(ods.cell("float")))), codes.CELL_UNREADABLE),
    (ods.workbook(ods.table(ods.row(ods.cell("boolean", "quizá")))), codes.CELL_UNREADABLE),
    (ods.workbook(ods.table(ods.row(ods.cell("fecha", "1")))), codes.CELL_UNREADABLE),
    (ods.workbook(ods.table(ods.row(ods.cell("", "", SHOWN.format("5"))))), codes.CELL_UNREADABLE),
    (ods.workbook(ods.table(ods.row(INSIDE))), codes.CELL_MISPLACED),
    (ods.workbook(ods.table(ods.text("x"))), codes.CELL_MISPLACED),
    (ods.workbook(ods.table(ods.row(ods.row("")))), codes.CELL_MISPLACED),
    (ods.workbook(ods.table(ods.row("", often(0)))), codes.CELL_MISPLACED),
    (ods.workbook(ods.table(ods.row("", 'table:number-rows-repeated="-1"'))), codes.CELL_MISPLACED),
]  # fmt: skip


def test_what_is_hostile_or_strange_is_refused_in_bounded_time() -> None:
    begun = time.process_time()
    found = [(number, refused(data), code) for number, (data, code) in enumerate(REFUSED)]
    assert [case for case in found if case[1] != [case[2]]] == []
    assert time.process_time() - begun < 2 * len(REFUSED)


@pytest.mark.parametrize("limit", ["elements", "distinct_cells"])
def test_the_limits_are_those_of_every_workbook(limit: str) -> None:
    data = ods.workbook(ods.table("".join(ods.row(ods.text(str(number))) for number in range(9))))
    limits = {limit: 5, "bytes_per_element": 10_000}
    codes_of = {"elements": codes.TOO_MANY_ENTRIES, "distinct_cells": codes.TOO_MANY_CELLS}
    assert refused(data, **limits) == [codes_of[limit]]
