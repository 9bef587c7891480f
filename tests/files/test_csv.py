from __future__ import annotations

import csv
import math
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctimaturity.files.csv import DIALECTS, EXCEL_ES, STANDARD, neutralised, restored, write_csv

if TYPE_CHECKING:
    from pathlib import Path


def test_standard_dialect_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [("05001", 3, 0.1 + 0.2, None), ("a,b", -1, math.nan, 'say "ñ"'), ("x", 0, Decimal("3.90"), "")]
    write_csv(path, ["code", "n", "score", "text"], rows)
    assert (
        path.read_bytes()
        == ('code,n,score,text\n05001,3,0.30000000000000004,\n"a,b",-1,,"say ""ñ"""\nx,0,3.90,\n').encode()
    )


def test_spanish_excel_gets_a_mark_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_csv(path, ["code", "score"], [("05001", 2.5), ("1.5", 1e-07), ("x", Decimal("0.125"))], EXCEL_ES)
    assert path.read_bytes() == b"\xef\xbb\xbfcode;score\n05001;2,5\n1.5;1e-07\nx;0,125\n"


def test_dialects_are_found_by_the_names_users_give() -> None:
    assert DIALECTS["standard"] is STANDARD
    assert DIALECTS["excel-es"] is EXCEL_ES


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+57 1",
        "-1",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\u202e=1",
        "\x01=1",
        "\tx",
        "\rx",
        "\nx",
        "\0x",
        "'=1",
        "''=1",
    ],
)
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert neutralised(text) == "'" + text
    assert restored("'" + text) == text


@pytest.mark.parametrize("text", ["", "05001", "a=b", "'quoted'", "  x", "C-18", "1-2", " ", "·=1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text
    assert restored(text) == text


def test_numbers_stay_numbers_and_headers_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_csv(path, ["=a", "b"], [(-1.5, "-1.5"), (-2, "=x")])
    assert path.read_text(encoding="utf-8") == "'=a,b\n-1.5,'-1.5\n-2,'=x\n"


@given(st.text(alphabet="'=+-@ \t\n\r\0aé＝\u200b\u202e,;\"", max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert restored(neutralised(text)) == text


def test_rows_with_line_breaks_come_back(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    texts = ["a\nb", "a\r\nb", 'c"d', "e;f,g", "'=h", "=i"]
    write_csv(path, ["a", "b"], [(text, 1) for text in texts])
    with path.open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream)
    assert [restored(row[0]) for row in rows] == texts


def test_what_no_encoding_has_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_csv(path, ["file"], [("a\udcff.xlsx",)])
    assert path.read_text(encoding="utf-8") == "file\na\\udcff.xlsx\n"


def test_more_texts_than_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_csv(path, ["n"], ((f"={number}",) for number in range(60_000)))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [f"'={number}" for number in range(60_000)]
