"""What a workbook holds, part by part; the libraries' own files are in test_writers.py."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

import raw_workbooks as raw
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.files.sheet import CellRange, SheetState
from ctimaturity.files.xlsx import Workbook, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT, NUMBER, DATE = CellKind.TEXT, CellKind.NUMBER, CellKind.DATE
FIVE = raw.row('<c r="A1"><v>5</v></c>')
SIX = raw.row('<c r="A1"><v>6</v></c>')
OTHER = '<extLst><ext><x xmlns="urn:other"><sheetData/><c r="A1"/></x></ext></extLst>'
STYLES = raw.styles([0, 14, 9, 165, 166], {165: "dd\\/mm\\/yyyy", 166: "0.00%"})


def moment(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  (a spreadsheet's dates have no time zone)


def read(data: bytes) -> Workbook:
    reading = read_workbook(data)
    assert reading.workbook is not None, reading.diagnostics
    return reading.workbook


def cells(data: bytes) -> Mapping[tuple[int, int], Cell]:
    return read(data).sheets[0].cells


def one(cell: str, **others: str) -> Cell | None:
    """The cell B3 of a sheet that holds nothing else, by the grammar and by the parser."""
    plain = raw.workbook(raw.sheet(raw.row(cell, 3)), **others)
    spaced = raw.workbook(raw.sheet("\n" + raw.row(cell, 3)), **others)
    found = cells(plain)
    assert cells(spaced) == found
    assert set(found) <= {(3, 2)}
    return found.get((3, 2))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="B3"><v>3</v></c>', Cell(NUMBER, 3.0, "3")),
        ('<c r="B3" t="n"><v>0.1</v></c>', Cell(NUMBER, 0.1, "0.1")),
        ('<c r="B3"><v>3.8999999999999999</v></c>', Cell(NUMBER, 3.9, "3.8999999999999999")),
        ('<c r="B3"><v>1E-3</v></c>', Cell(NUMBER, 0.001, "1E-3")),
        ('<c r="B3"><v> 7 </v></c>', Cell(NUMBER, 7.0, "7")),
        ('<c r="B3" t="b"><v>1</v></c>', Cell(CellKind.BOOLEAN, value=True, text="1")),
        ('<c r="B3" t="b"><v>0</v></c>', Cell(CellKind.BOOLEAN, value=False, text="0")),
        ('<c r="B3" t="e"><v>#N/A</v></c>', Cell(CellKind.ERROR, None, "#N/A")),
        ('<c r="B3" t="str"><v>x y</v></c>', Cell(TEXT, "x y", "x y")),
        ('<c r="B3" t="str"><v> x&amp;y </v></c>', Cell(TEXT, " x&y ", " x&y ")),
        ('<c r="B3" t="inlineStr"><is><t>sí</t></is></c>', Cell(TEXT, "sí", "sí")),
        (
            '<c r="B3" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t> b</t></r></is></c>',
            Cell(TEXT, "a b", "a b"),
        ),
        ('<c r="B3"/>', None),
        ('<c r="B3"><v/></c>', None),
        ('<c r="B3" t="str"><v></v></c>', None),
        ('<c r="B3"><f>1+1</f><v>2</v></c>', Cell(NUMBER, 2.0, "2", formula=True)),
        ('<c r="B3"><f t="shared" si="0"/><v>2</v></c>', Cell(NUMBER, 2.0, "2", formula=True)),
        ('<c r="B3"><f>A1&amp;"x"</f></c>', Cell(CellKind.EMPTY, None, "", formula=True)),
        ('<c r="B3"><f>1</f><v></v></c>', Cell(CellKind.EMPTY, None, "", formula=True)),
        ('<c r="B3" t="str"><f>""</f><v></v></c>', Cell(TEXT, "", "", formula=True)),
        ('<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(CellKind.ERROR, None, "#DIV/0!", formula=True)),
        (
            '<c r="B3" t="d"><v>2024-05-06T07:08:09</v></c>',
            Cell(DATE, moment(2024, 5, 6, 7, 8, 9), "2024-05-06T07:08:09"),
        ),
        (
            '<c r="B3" t="d"><v>2024-05-06T07:08:09-05:00</v></c>',
            Cell(DATE, moment(2024, 5, 6, 12, 8, 9), "2024-05-06T07:08:09-05:00"),
        ),
        ('<c r="B3" t="d"><v>mayo</v></c>', Cell(DATE, None, "mayo")),
    ],
)
def test_a_cell(cell: str, expected: Cell | None) -> None:
    assert one(cell) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("<t>Medellín</t>", "Medellín"),
        ('<t xml:space="preserve"> a\n b </t>', " a\n b "),
        ("<r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r>", "ab"),
        ('<t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/>', "課"),
        ("<t>a_x000D_b_x005F_x000D_</t>", "a\rb_x000D_"),
        ("<t>_xD83D__xDE00_</t>", "😀"),
        ("<t>_xD83D_</t>", "�"),
        ("<t>&lt;&#233;&#x20AC;<![CDATA[<&>]]></t>", "<é€<&>"),
    ],
)
def test_a_shared_text(entry: str, expected: str) -> None:
    cell = one('<c r="B3" t="s"><v>1</v></c>', shared=raw.strings("<t>other</t>", entry))
    assert cell == Cell(TEXT, expected, expected)


def test_an_empty_shared_text_is_no_cell_but_spaces_are() -> None:
    shared = raw.strings("<t></t>", "<t> </t>")
    assert one('<c r="B3" t="s"><v>0</v></c>', shared=shared) is None
    assert one('<c r="B3" t="s"><v>1</v></c>', shared=shared) == Cell(TEXT, " ", " ")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="B3" s="0"><v>45000</v></c>', Cell(NUMBER, 45000.0, "45000")),
        ('<c r="B3" s="1"><v>45000</v></c>', Cell(DATE, moment(2023, 3, 15), "45000")),
        ('<c r="B3" s="3"><v>45000.5</v></c>', Cell(DATE, moment(2023, 3, 15, 12), "45000.5")),
        ('<c r="B3" s="1"><v>1</v></c>', Cell(DATE, moment(1900, 1, 1), "1")),
        ('<c r="B3" s="1"><v>61</v></c>', Cell(DATE, moment(1900, 3, 1), "61")),
        ('<c r="B3" s="1"><v>-5</v></c>', Cell(DATE, None, "-5")),
        ('<c r="B3" s="1"><v>2958466</v></c>', Cell(DATE, None, "2958466")),
        ('<c r="B3" s="2"><v>0.45</v></c>', Cell(NUMBER, 0.45, "0.45", percent=True)),
        ('<c r="B3" s="4"><v>0.45</v></c>', Cell(NUMBER, 0.45, "0.45", percent=True)),
        (
            '<c r="B3" s="1"><f>TODAY()</f><v>45000</v></c>',
            Cell(DATE, moment(2023, 3, 15), "45000", formula=True),
        ),
    ],
)
def test_a_number_by_its_format(cell: str, expected: Cell) -> None:
    assert one(cell, formats=STYLES) == expected


@pytest.mark.parametrize("flag", ["1", "true"])
def test_dates_that_count_from_1904(flag: str) -> None:
    data = raw.workbook(
        raw.sheet(raw.row('<c r="A1" s="1"><v>1</v></c>')),
        formats=STYLES,
        properties=f'<workbookPr date1904="{flag}"/>',
    )
    assert read(data).date1904
    assert cells(data)[1, 1].value == moment(1904, 1, 2)


@pytest.mark.parametrize("before", ["", "\n"], ids=["grammar", "parser"])
def test_where_cells_stand(before: str) -> None:
    rows = (
        '<row r="2" spans="1:9" ht="15" customHeight="1"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row>'
        '<row r="3" hidden="1"/><row r="7" hidden="1"><c r="C7"><v>3</v></c></row><row r="9"></row>'
    )
    columns = '<cols><col min="3" max="4" hidden="1"/><col min="6" max="6"/></cols>{}'
    merges = '<mergeCells count="2"><mergeCell ref="B2:C3"/><mergeCell ref="A9"/></mergeCells>'
    sheet = read(raw.workbook(raw.sheet(before + rows, columns + merges))).sheets[0]
    assert {place: cell.value for place, cell in sheet.cells.items()} == {(2, 2): 1, (2, 27): 2, (7, 3): 3}
    assert sheet.hidden_rows == {3, 7}
    assert sheet.hidden_columns == {3, 4}
    assert sheet.merged == (CellRange(2, 2, 3, 3), CellRange(9, 1, 9, 1))
    assert [str(each) for each in sheet.merged] == ["B2:C3", "A9"]
    assert sheet.merged[0].holds(3, 2)
    assert not sheet.merged[0].holds(4, 2)


def test_references_that_are_left_out_are_counted_on() -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row><c/><c r="D2"><v>3</v></c><c><v>4</v></c></row>'
        '<row r="7"><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    found = cells(raw.workbook(raw.sheet(rows)))
    assert {place: cell.value for place, cell in found.items()} == {
        (1, 1): 1, (1, 2): 2, (2, 4): 3, (2, 5): 4, (7, 1): 5, (8, 1): 6,
    }  # fmt: skip


def test_a_declared_range_and_counts_are_not_believed() -> None:
    around = '<dimension ref="A1:XFD1048576"/>{}'
    assert len(cells(raw.workbook(raw.sheet(raw.row('<c r="A1"><v>1</v></c>'), around)))) == 1


def test_empty_cells_far_out_do_no_harm() -> None:
    rows = raw.row('<c r="A1"><v>1</v></c>') + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert list(cells(raw.workbook(raw.sheet(rows)))) == [(1, 1)]


def test_sheets_are_found_by_their_relations_whatever_their_state() -> None:
    sheets = [raw.sheet(raw.row(f'<c r="A1"><v>{number}</v></c>')) for number in (1, 2, 3)]
    book = read(raw.workbook(*sheets, states=("visible", "hidden", "veryHidden")))  # type: ignore[arg-type]
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("S1", SheetState.VISIBLE),
        ("S2", SheetState.HIDDEN),
        ("S3", SheetState.VERY_HIDDEN),
    ]
    assert [sheet.cells[1, 1].value for sheet in book.sheets] == [1, 2, 3]


def test_targets_may_be_absolute_and_names_in_any_case() -> None:
    found = raw.parts(raw.sheet(raw.row('<c r="A1"><v>1</v></c>')))
    found["XL/Worksheets/Sheet1.XML"] = found.pop("xl/worksheets/sheet1.xml")
    found["xl/_rels/workbook.xml.rels"] = raw.relations(
        raw.relation("rId1", "worksheet", "/xl/worksheets/../worksheets/sheet1.xml")
    )
    assert cells(raw.zipped(found))[1, 1].value == 1


def test_a_chart_on_a_sheet_of_its_own_is_passed_over() -> None:
    found = raw.parts(raw.sheet(raw.row('<c r="A1"><v>1</v></c>')), raw.sheet())
    related = raw.relation("rId1", "worksheet", "worksheets/sheet1.xml")
    related += raw.relation("rId2", "chartsheet", "chartsheets/sheet1.xml")
    found["xl/_rels/workbook.xml.rels"] = raw.relations(related)
    assert [sheet.name for sheet in read(raw.zipped(found)).sheets] == ["S1"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(raw.sheet(FIVE, namespace=raw.STRICT), id="strict"),
        pytest.param(
            f'<x:worksheet xmlns:x="{raw.MAIN}"><x:sheetData><x:row r="1">'
            '<x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>',
            id="prefix",
        ),
        pytest.param(raw.sheet(FIVE).replace("UTF-8", "UTF-16").encode("utf-16"), id="utf-16"),
        pytest.param(b"\xef\xbb\xbf" + raw.sheet(FIVE).encode(), id="mark"),
        pytest.param(
            raw.sheet(raw.row('<!-- <c r="A1"><v>6</v></c> --><c r="A1"><?x y?><v>5</v></c>')), id="comments"
        ),
        pytest.param(raw.sheet(raw.row('<c r="A1"><v><![CDATA[5]]></v></c>')), id="cdata"),
        pytest.param(raw.sheet(FIVE, f"{{}}{OTHER}"), id="other-vocabulary"),
        pytest.param(
            f'<worksheet xmlns="{raw.MAIN}"><!-- <sheetData>{SIX}</sheetData> -->'
            f"<sheetData >{FIVE}</sheetData ></worksheet>",
            id="rows-in-a-comment",
        ),
        pytest.param(
            f'<worksheet xmlns="{raw.MAIN}"><sheetData >{FIVE}</sheetData >'
            f"<!-- <sheetData>{SIX}</sheetData> --></worksheet>",
            id="rows-in-a-comment-after",
        ),
    ],
)
def test_whatever_way_the_same_is_written(content: str | bytes) -> None:
    found = raw.parts(raw.sheet())
    found["xl/worksheets/sheet1.xml"] = content
    assert cells(raw.zipped(found)) == {(1, 1): Cell(NUMBER, 5.0, "5")}


def test_properties_of_the_document() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title> Cuestionario </dc:title>'
        "<cp:keywords>cti</cp:keywords><dc:creator/></cp:coreProperties>"
    )
    custom = (
        '<Properties xmlns="urn:p" xmlns:vt="urn:vt"><property name="questionnaire" pid="2">'
        "<vt:lpwstr>mmmctic</vt:lpwstr></property></Properties>"
    )
    book = read(raw.workbook(raw.sheet(), core=core, custom=custom))
    assert book.properties == {
        "core:title": "Cuestionario",
        "core:keywords": "cti",
        "custom:questionnaire": "mmmctic",
    }


def test_equal_content_is_one_cell() -> None:
    rows = "".join(raw.row(f'<c r="A{number}"><v>5</v></c>', number) for number in range(1, 4))
    found = cells(raw.workbook(raw.sheet(rows)))
    assert found[1, 1] is found[3, 1]
