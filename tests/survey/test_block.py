"""Rows as columns: the quick way and the csv module's say the same."""

from __future__ import annotations

import csv
import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.survey.block import PlainBlock, RowBlock
from ctimaturity.survey.lookup import Lookup

FIELD = st.one_of(
    st.sampled_from(["", "1", "6", "NS", "4 - De acuerdo", "De acuerdo", "ñ", "a" * 80]),
    st.text(st.characters(codec="utf-8", exclude_characters=',"\r\n\0'), max_size=20),
)


def as_written(rows: list[list[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def numbering() -> Lookup:
    known: dict[str, int] = {}
    return Lookup(lambda text: known.setdefault(text, len(known)), np.int32)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(FIELD, min_size=n, max_size=n), min_size=1)))
@settings(max_examples=150, deadline=None)
def test_plain_block_says_what_the_fields_say(rows: list[list[str]]) -> None:
    data, width = as_written(rows), len(rows[0])
    block = PlainBlock.of(data, b",", width, 1)
    assert block is not None
    columns = list(range(width))
    slow = RowBlock(rows, list(range(1, len(rows) + 1)))
    lookup = numbering()
    assert block.numbers(columns, lookup).tolist() == slow.numbers(columns, lookup).tolist()
    assert [block.texts(column) for column in columns] == [slow.texts(column) for column in columns]


def test_what_is_not_plain_is_left_to_the_parser() -> None:
    assert PlainBlock.of(b'1,"2"\n', b",", 2, 1) is None
    assert PlainBlock.of(b"1,2\n1\n", b",", 2, 1) is None
    assert PlainBlock.of(b"1,2\n\n3,4\n", b",", 2, 1) is None
    assert PlainBlock.of(b"1,2\r3,4\n", b",", 2, 1) is None


def test_columns_may_be_taken_in_any_order() -> None:
    block = PlainBlock.of(b"a;bb;c\nd;ee;f\r\n", b";", 3, 7)
    assert block is not None
    lookup = numbering()
    found = block.numbers([2, 0], lookup)
    assert found.tolist() == [[lookup["c"], lookup["a"]], [lookup["f"], lookup["d"]]]
    assert block.line(1) == 8


def test_windows_text_is_read_as_such() -> None:
    block = PlainBlock.of("ñ,año\n".encode("cp1252"), b",", 2, 1)
    assert block is not None
    assert [block.texts(0), block.texts(1)] == [["ñ"], ["año"]]
    seen = []
    block.numbers([0], Lookup(lambda text: seen.append(text) or 1))
    assert seen == ["ñ"]


def test_the_csv_module_agrees_on_plain_text() -> None:
    data = b"1,,NS\n4 - De acuerdo,x y,6\n"
    block = PlainBlock.of(data, b",", 3, 1)
    assert block is not None
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert [list(row) for row in zip(*map(block.texts, range(3)), strict=True)] == rows
