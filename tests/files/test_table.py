from __future__ import annotations

from dataclasses import replace

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.table import TextTable, read_table

EXPECTED = TextTable(("codigo", "nombre"), ((2, ("05001", "Medellín")), (3, ("11001", "Bogotá, D.C."))))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param('codigo,nombre\n05001,Medellín\n11001,"Bogotá, D.C."\n', "utf-8", id="utf-8"),
        pytest.param("codigo;nombre\r\n05001;Medellín\r\n11001;Bogotá, D.C.", "utf-8-sig", id="excel-es"),
        pytest.param("codigo\tnombre\n05001\tMedellín\n11001\tBogotá, D.C.\n", "utf-16", id="utf-16"),
        pytest.param(
            ' codigo ,nombre,,\n05001,Medellín,,\n11001,"Bogotá, D.C.",,\n\n,,,\n', "utf-8", id="empty-ends"
        ),
    ],
)
def test_reads_what_programs_save(text: str, encoding: str) -> None:
    reading = read_table(text.encode(encoding))
    assert reading.table == EXPECTED
    assert reading.diagnostics == ()


def test_a_first_line_may_say_the_separator_and_lines_still_count() -> None:
    table = read_table(b"sep=;\r\na;b,c\r\n1;2\r\n").table
    assert table == TextTable(("a", "b,c"), ((3, ("1", "2")),))


def test_a_field_over_several_lines_and_the_line_after_it() -> None:
    table = read_table(b'a,b\n"one\ntwo",2\n3,4\n').table
    assert table == TextTable(("a", "b"), ((2, ("one\ntwo", "2")), (4, ("3", "4"))))


def test_windows_1252_is_read_with_a_note() -> None:
    reading = read_table("codigo,nombre\n05001,Medellín\n".encode("cp1252"))
    assert reading.table is not None
    assert reading.table.rows == ((2, ("05001", "Medellín")),)
    assert [found.code for found in reading.diagnostics] == [codes.ENCODING_GUESSED]


@pytest.mark.parametrize("line", ["1", "1,2,3"])
def test_ragged_rows_are_left_out_and_named(line: str) -> None:
    reading = read_table(f"a,b\n1,2\n{line}\n3,4\n".encode())
    assert reading.table is not None
    assert [number for number, _ in reading.table.rows] == [2, 4]
    assert [(found.code, found.location.line) for found in reading.diagnostics] == [(codes.RAGGED_ROW, 3)]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        pytest.param(b"", codes.TABLE_EMPTY, 1, id="nothing"),
        pytest.param(b"\n ,\n", codes.TABLE_EMPTY, 1, id="blank-lines"),
        pytest.param(b"a,b,a\n", codes.TABLE_COLUMN_TWICE, 1, id="double-column"),
        pytest.param(b'a,b\n1,"2\n3,4\n', codes.QUOTE_LEFT_OPEN, 2, id="open-quote"),
        pytest.param(b'a,b\n1,2\n"x"y,4\n', codes.QUOTE_LEFT_OPEN, 3, id="quote-in-a-field"),
        pytest.param(b"PK\x03\x04", codes.NOT_A_TEXT_TABLE, None, id="zip"),
        pytest.param(b"a,b\n1,\x00\n", codes.NOT_A_TEXT_TABLE, 2, id="nul"),
        pytest.param(b"a,b\n1,\x81\n", codes.NOT_A_TEXT_TABLE, 2, id="no-encoding"),
        pytest.param(b"\xff\xfea\x00,", codes.NOT_A_TEXT_TABLE, 1, id="half-a-character"),
    ],
)
def test_what_is_no_table(data: bytes, code: object, line: int | None) -> None:
    reading = read_table(data)
    assert reading.table is None
    assert [(found.code, found.location.line) for found in reading.diagnostics] == [(code, line)]


def test_what_no_text_has_is_named_with_its_line_and_character() -> None:
    wide = "\ufeffa,b\n1,ñ\x01\n".encode("utf-16-le")
    cases = {
        b"a,b\n1,\x00\n": (2, 3, "U+0000"),
        b"\xef\xbb\xbfa,\x1b\n": (1, 3, "U+001B"),
        b"a,b\r\n1,2\r\n\xf1,\x81\n": (3, 3, "0x81"),
        b"a,b\r1,\x02\r": (2, 3, "U+0002"),
        wide: (2, 4, "U+0001"),
        wide[:-4] + b"\x00\xd8\n\x00": (2, 4, "0x00"),
        b"PK\x03\x04": (None, None, "ZIP"),
    }
    found = {}
    for data in cases:
        (one,) = read_table(data).diagnostics
        found[data] = (one.location.line, one.location.column, one.parameters["found"])
    assert found == cases


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        pytest.param(replace(LIMITS, text_rows=2), codes.TABLE_TOO_LARGE, id="rows"),
        pytest.param(replace(LIMITS, text_columns=1), codes.TABLE_TOO_LARGE, id="columns"),
        pytest.param(replace(LIMITS, file_size=10), codes.FILE_TOO_LARGE, id="bytes"),
    ],
)
def test_bounds(limits: Limits, code: object) -> None:
    reading = read_table(b"a,b\n1,2\n3,4\n5,6\n", limits)
    assert reading.table is None
    assert [found.code for found in reading.diagnostics] == [code]
