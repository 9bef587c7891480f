from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctimaturity.files.csv import DIALECTS, restored, write_csv
from ctimaturity.results.stored_table import StoredTable, rows_of
from ctimaturity.results.table import Column, legible

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.files.csv import CsvDialect

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["=1", "'=1", "''=1", "'", "\t=1", "\r", "\n", "\n=1", '"', ";", ",", "﻿", " -1", "a\rb", "＝1"]
)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_every_text_comes_back(tmp_path: Path, dialect: object, texts: list[tuple[str, str]]) -> None:
    rows = [(number, legible(one), legible(other)) for number, (one, other) in enumerate(texts)]
    write_csv(tmp_path / "x.csv", ("n", "a", "b"), rows, dialect)  # type: ignore[arg-type]
    table = StoredTable("x.csv", (tmp_path / "x.csv").read_bytes(), dialect)  # type: ignore[arg-type]
    read = [(int(n), restored(a), restored(b)) for n, a, b in table.rows(columns("n", "a", "b"))]
    assert table.problems == []
    assert read == rows


def test_columns_are_found_by_name_and_lines_are_counted_where_rows_begin() -> None:
    data = b'a,b,c\n1,"two\nlines",3\n4,5,6\n'
    table = StoredTable("out/x.csv", data, DIALECTS["standard"])
    found = []
    for c, a in table.rows(columns("c", "a")):
        found.append((table.line, c, a))
    assert found == [(2, "3", "1"), (4, "6", "4")]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_rows_of_one_are_those_that_reading_everything_finds(
    tmp_path: Path, dialect: CsvDialect, data: st.DataObject
) -> None:
    """Texts hold line breaks, quotation marks, and lines that begin like somebody's rows."""
    codes = ["05001", "0500", "05001a", "5001", '05"1', "0;1", "-1"]
    texts = TEXTS | st.sampled_from(["a\n05001,b", "a\n05001;b", 'a"\n05001,', "\n0500;x"])
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(codes), texts, texts), max_size=8))
    rows = [tuple(map(legible, row)) for row in drawn]
    wanted = data.draw(st.sampled_from(codes))
    write_csv(tmp_path / "t.csv", ("entity_code", "a", "b"), rows, dialect)
    written = (tmp_path / "t.csv").read_bytes()

    def read(content: bytes) -> list[tuple[str, ...]]:
        table = StoredTable("t.csv", content, dialect)
        found = [tuple(map(restored, row)) for row in table.rows(columns("entity_code", "a", "b"))]
        assert table.problems == []
        return found

    everything = [row for row in read(written) if row[0] == wanted]
    assert read(rows_of(written, wanted, dialect)) == everything


def columns(*names: str) -> list[Column]:
    return [Column(name, "string", "") for name in names]
