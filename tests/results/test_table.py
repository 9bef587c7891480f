from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answered import answered
from ctimaturity.language.catalogue import translate
from ctimaturity.results.table import legible
from ctimaturity.results.tables import all_tables

if TYPE_CHECKING:
    from ctimaturity.results.table import Table

TABLES = all_tables(answered(), "es")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
class TestEveryTable:
    def test_speaks_spanish(self, table: Table) -> None:
        assert translate(table.title, "es") != table.title
        for column in table.columns:
            assert translate(column.description, "es") != column.description, column.name

    def test_has_columns_with_names_of_their_own(self, table: Table) -> None:
        assert len(set(table.header)) == len(table.header)
        assert set(table.key) <= set(table.header)

    def test_gives_the_same_rows_each_time_and_keys_that_no_two_share(self, table: Table) -> None:
        rows = list(table.rows())
        assert list(table.rows()) == rows
        places = [table.header.index(name) for name in table.key]
        if places:
            assert len({tuple(row[place] for place in places) for row in rows}) == len(rows)

    def test_holds_in_each_column_what_it_says(self, table: Table) -> None:
        kinds = {"string": str, "boolean": str, "integer": int, "number": object}
        for row in table.rows():
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is None or isinstance(cell, kinds[column.kind]), column.name
                assert not (column.required and cell in {None, ""}), column.name
                assert not column.choices or cell in {None, "", *column.choices}, column.name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ciudad Alborada", "Ciudad Alborada"),
        ("Nariño, ¿sí?", "Nariño, ¿sí?"),
        ("una\nlínea\ty otra", "una\nlínea\ty otra"),
        ("uno\r\ndos\rtres", "uno\ndos\ntres"),
        ("a\u202eb\x1b[31m\0", "a\\u202eb\\x1b[31m\\x00"),
    ],
)
def test_texts_are_legible(text: str, shown: str) -> None:
    assert legible(text) == shown
    assert legible(shown) == shown
