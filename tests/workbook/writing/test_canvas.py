from __future__ import annotations

import io

import pytest
import xlsxwriter

from ctimaturity.workbook.writing.canvas import Canvas, bare_code, cut, height, runs
from ctimaturity.workbook.writing.style import CellStyles


def test_a_text_is_cut_at_a_word_within_the_limit() -> None:
    assert cut("short", 32) == "short"
    assert cut("one two three, four", 15) == "one two three…"
    assert cut("x" * 40, 32) == "x" * 31 + "…"


def test_the_limit_counts_what_excel_counts() -> None:
    assert cut("😀" * 16, 32) == "😀" * 16  # two UTF-16 units each
    assert len(cut("😀" * 17, 32).encode("utf-16-le")) // 2 <= 32


def test_a_row_is_as_high_as_its_longest_text() -> None:
    assert height([("word", 20)]) == 22  # one line of 13 points and 9 around it
    assert height([("word " * 20, 20), ("x", 5)]) > height([("word " * 20, 60)])
    assert height([("a\nb\nc", 20)]) == 48
    assert height([], at_least=30) == 30


def test_rows_are_joined_to_runs() -> None:
    assert runs([3, 4, 5, 8, 10, 11]) == [(3, 5), (8, 8), (10, 11)]
    assert runs([]) == []


@pytest.mark.parametrize(
    ("code", "expected"), [("3", 3), ("0", 0), ("NS", "NS"), ("03", "03"), ("1.5", "1.5"), ("", "")]
)
def test_whole_codes_are_numbers_in_a_grid(code: str, expected: str | int) -> None:
    assert bare_code(code) == expected


def test_what_excel_cannot_hold_is_an_error() -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        canvas = Canvas(book.add_worksheet(), CellStyles(book))
        with pytest.raises(ValueError, match="refused"):
            canvas.text(0, 0, "x" * 40_000, "plain")
        with pytest.raises(ValueError, match="refused"):
            canvas.number(2_000_000, 0, 1, "plain")
