from __future__ import annotations

import pytest

import perception
import sheets
from ctimaturity.workbook.template import Content, Perception


def test_the_grid_holds_bare_codes() -> None:
    book = perception.written(Perception.GRID, Content(marks={"perception": perception.PEOPLE}))
    table = sheets.table(book, "cti:perception:grid")
    assert list(table.rows) == ["1", "2", "3", "4", "5"]
    assert table.value("1", "segment") == "academia"
    assert [table.value("1", item) for item in ("P-1", "P-2", "P-3", "P-4")] == [4, "NS", 6, None]
    assert table.value("2", "segment") is None
    assert sheets.choices(table.sheet, table.cell("5", "P-4")) == [1, 2, 3, 4, 5, 6, "NS"]


def test_the_grid_counts_what_each_person_answered() -> None:
    book = perception.written(Perception.GRID, Content(marks={"perception": perception.PEOPLE}), values=True)
    table = sheets.table(book, "cti:perception:grid")
    assert [table.value(row, "count") for row in ("1", "2", "3")] == ["3/4", "1/4", None]


def test_the_grid_prompts_each_statement_and_has_a_key() -> None:
    book = perception.written(Perception.GRID)
    table = sheets.table(book, "cti:perception:grid")
    assert sheets.prompt(table.sheet, table.cell("3", "P-2")) == ("P-2", "texto de P-2")
    key = book["Afirmaciones"]
    assert [[cell.value for cell in row] for row in key.iter_rows(min_row=3)] == [
        ["P-1", "título de personas › título de educacion", "texto de P-1"],
        ["P-2", "título de personas › título de educacion", "texto de P-2"],
        ["P-3", "título de personas › título de empleo", "texto de P-3"],
        ["P-4", "título de habitat › título de vivienda", "texto de P-4"],
    ]


def test_nobody_is_left_out_for_lack_of_room() -> None:
    many = Content(marks={"perception": perception.PEOPLE * 6})
    table = sheets.table(perception.written(Perception.GRID, many, respondents=3), "cti:perception:grid")
    assert list(table.rows)[-1] == "12"
    assert table.value("12", "P-1") == 1
    with pytest.raises(ValueError, match="no room for 12"):
        perception.written(Perception.LIST, many)
