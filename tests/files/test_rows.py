"""The grammar of plain rows against the parser: the same, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import raw_workbooks as raw
from ctimaturity.files.content import Contents
from ctimaturity.files.limits import LIMITS, Refusal
from ctimaturity.files.rows import NotPlainError, cut_out, read_rows
from ctimaturity.files.sheet_parser import ParsedSheet, parse_sheet
from ctimaturity.files.styles import CellFormat, NumberFormat

PIECES = [
    '<row r="1" spans="1:4" ht="15" x14ac:dyDescent="0.25">',
    '<c r="A1" s="1" t="s"><v>0</v></c>',
    '<c r="B1" s="1"/>',
    '<c r="C1"><f>A1&amp;1</f><v>2.5</v></c>',
    '<c r="D1" t="str"><f t="shared" ref="D1:D2" si="0"/><v>x</v></c>',
    "</row>",
    '<row r="2" hidden="1" />',
    '<row r="3" hidden="true">',
    '<c r="A3" t="b"><v>1</v></c>',
    '<c r="B3" t="e"><v>#N/A</v></c>',
    '<c r="C3" s="0" />',
    '<c r="D3"><v></v></c>',
    '<c r="E3"><f>1</f></c>',
    "</row>",
    '<row r="9"></row>',
]
ODD = ["<!-- -->", "<![CDATA[<c/>]]>", "<?x?>", "<v>", "</v>", "<f>", "</f>", "<c>", "</c>", "<row>"]
ODD += [' r="A1"', ' t="s"', ' xmlns="urn:x"', ' xmlns:x="urn:y"', "x:", "x14ac:", "]]>", "\x01", "\n"]
ODD += ["&amp;", "&lt;", "&x;", "7", " ", '"', "<", ">"]


def contents() -> Contents:
    return Contents(["text"], [CellFormat(), CellFormat(NumberFormat.PERCENT)], LIMITS, date1904=False)


def sheet(rows: str) -> bytes:
    return raw.sheet(rows).replace("<worksheet", '<worksheet xmlns:x14ac="urn:x"').encode()


def by_parser(rows: str) -> ParsedSheet:
    return parse_sheet(sheet(rows), "sheet", "S", contents(), LIMITS)


def test_what_the_usual_programs_write_is_plain() -> None:
    rows = "".join(PIECES)
    plain, parsed = read_rows(rows, contents(), LIMITS), by_parser(rows)
    assert list(plain.cells) == [(1, 1), (1, 3), (1, 4), (3, 1), (3, 2), (3, 5)]
    assert plain.cells == parsed.cells
    assert plain.hidden == parsed.hidden_rows == {2, 3}


@pytest.mark.parametrize(
    "rows",
    [
        "\n",
        '<row r="1"><c r="A1"><v>1</v></c></row>x',
        '<row r="1"><c r="A1"><v>1</v></c>x</row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row><c r="A1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="A1"><v>&lt;</v></c></row>',
        '<row r="1"><c r="A1"><v>7</v></c><c r="A1"><v>8</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1" xmlns="urn:other"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f xmlns="urn:other">1</f><v>1</v></c></row>',
        '<row r="50001"><c r="A50001"><v>1</v></c></row>',
        '<row r="1"><c r="AMK1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2">',
        "</row>" * 50_001,
        f'<row r="1">{" " * 1_000_001}</row>',
    ],
)
def test_anything_else_is_for_the_parser(rows: str) -> None:
    with pytest.raises(NotPlainError):
        read_rows(rows, contents(), LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        sheet("").replace(b"<sheetData>", b"<sheetData >"),
        sheet("").replace(b"</sheetData>", b"</sheetData><sheetData></sheetData>"),
        sheet("").replace(b"UTF-8", b"ISO-8859-1"),
        sheet("").replace(b"<sheetData>", b"<sheetData>\xff"),
        sheet("").decode().encode("utf-16"),
        sheet('<row x14ac:d="1"/>').replace(b"xmlns:x14ac", b"xmlns:x15ac"),
        b"\xef\xbb\xbf" + sheet(""),
    ],
)
def test_where_the_rows_stand_must_be_certain(data: bytes) -> None:
    with pytest.raises(NotPlainError):
        cut_out(data)


@pytest.mark.parametrize(
    "declaration", ["", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8'?>\n", raw.DECLARATION]
)
def test_rows_are_cut_out_of_utf_8(declaration: str) -> None:
    data = sheet("<row/>").removeprefix(raw.DECLARATION.encode())
    around, rows, start = cut_out(declaration.encode() + data)
    assert rows == "<row/>"
    assert around[start:].startswith(b"<sheetData></sheetData>")


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_happens_to_plain_rows_the_parser_reads_the_same(data: st.DataObject) -> None:
    pieces = list(PIECES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        piece = pieces[at]
        inside = data.draw(st.integers(0, len(piece)))
        until = data.draw(st.integers(inside, min(len(piece), inside + 3)))
        new = data.draw(st.sampled_from(["", *ODD, *PIECES]))
        pieces[at] = piece[:inside] + new + piece[until:]
    rows = "".join(pieces)
    try:
        plain = read_rows(rows, contents(), LIMITS)
    except NotPlainError:
        return
    try:
        parsed = by_parser(rows)
    except Refusal as refusal:
        pytest.fail(f"read, though the parser says {refusal.diagnostic.code.name}: {rows}")
    assert (plain.cells, plain.hidden) == (parsed.cells, parsed.hidden_rows)
