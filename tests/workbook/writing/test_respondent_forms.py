from __future__ import annotations

import pytest

import builders
import perception
import sheets
from ctimaturity.model.response import EntityAnswers
from ctimaturity.workbook.template import Content, Perception


def test_the_list_shows_answers_as_options_and_segments_as_labels() -> None:
    book = perception.written(Perception.LIST, Content(marks={"perception": perception.PEOPLE}))
    table = sheets.table(book, "cti:perception:list")
    assert table.value("segment", "R1") == "academia"
    assert [table.value("P-1", person) for person in ("R1", "R2", "R3")] == [
        "4 - opción 4",
        "1 - opción 1",
        None,
    ]
    assert table.value("P-2", "R1") == "NS - No sabe"
    assert table.value("P-4", "R1") is None
    assert table.value("P-3", "group") == "título de personas › título de empleo"


def test_the_list_offers_the_scale_and_the_segments() -> None:
    table = sheets.table(perception.written(Perception.LIST), "cti:perception:list")
    agree = [*(f"{code} - opción {code}" for code in range(1, 7)), "NS - No sabe"]
    for person in ("R1", "R10"):
        assert sheets.choices(table.sheet, table.cell("P-4", person)) == agree
        assert sheets.choices(table.sheet, table.cell("segment", person)) == list(builders.SEGMENTS)


def test_the_list_says_that_ten_people_are_too_few() -> None:
    sheet = sheets.table(perception.written(Perception.LIST), "cti:perception:list").sheet
    assert "provisional" in str(sheet["A2"].value)


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


def test_counts_have_a_sheet_for_each_segment_filled_from_tallies() -> None:
    tallies = builders.tallies(perception.MINI, {"academia": {"P-1": {"4": 3, "dont_know": 1, "blank": 2}}})
    answers = EntityAnswers(builders.entity(), tallies={"perception": tallies})
    book = perception.written(Perception.COUNTS, Content(answers), values=True)
    table = sheets.table(book, "cti:perception:counts:academia")
    counted = {
        name: table.value("P-1", name) for name in ("option:4", "option:1", "dont_know", "blank", "total")
    }
    assert counted == {"option:4": 3, "option:1": 0, "dont_know": 1, "blank": 2, "total": 6}
    assert len([sheet for sheet in book.sheetnames if "perception" in sheet]) == len(builders.SEGMENTS)


def test_blank_counts_are_empty() -> None:
    table = sheets.table(
        perception.written(Perception.COUNTS, values=True), "cti:perception:counts:sector-privado"
    )
    names = [f"option:{code}" for code in "123456"] + ["dont_know", "blank", "total"]
    assert {table.value("P-1", name) for name in names} == {None}
    rule = next(one for one in table.sheet.data_validations.dataValidation if one.type == "whole")
    assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")
