from __future__ import annotations

import builders
import perception
import sheets
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
