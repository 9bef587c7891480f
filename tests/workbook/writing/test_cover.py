from __future__ import annotations

import pytest

import builders
import sheets
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.workbook.template import Content, Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

MINI = builders.mini()
HASH = "0123456789abcdef" * 4
FOR_ONE = TemplateOptions(entity=builders.entity("05001"), round="2026-1", perception=Perception.GRID)


def test_the_cover_says_it_as_text() -> None:
    cover = sheets.cover(sheets.opened(workbook_bytes(MINI, FOR_ONE, HASH)))
    expected = {
        "entity_code": "05001",
        "entity_name": "Entidad 05001",
        "entity_type": "alcaldia",
        "round": "2026-1",
        "questionnaire": "mini@1",
        "version": "1.0.0",
        "definition": HASH[:12],
        "language": "es",
    }
    assert {key: cover[key].value for key in expected} == expected
    assert all(cover[key].protection.locked for key in expected)


def test_without_an_entity_the_cover_asks() -> None:
    book = sheets.opened(workbook_bytes(MINI, TemplateOptions(), HASH))
    cover = sheets.cover(book)
    asked = [
        "entity_code",
        "entity_name",
        "entity_type",
        "round",
        "date",
        "signed_by",
        "signed_post",
        "signed_act",
        "contact",
    ]
    assert {cover[key].value for key in asked} == {None}
    assert not any(cover[key].protection.locked for key in asked)
    assert sheets.choices(book.worksheets[0], cover["entity_type"]) == list(builders.TYPES)
    assert sheets.choices(book.worksheets[0], cover["confirm_blank:capacities"]) == ["Sí"]
    assert cover["confirm_blank:capacities"].value is None
    assert cover["entity_code"].number_format == "@"  # 05001 stays 05001


def test_the_cover_keeps_what_it_is_given() -> None:
    responses = {"C-1-a": Response(State.ANSWERED, option="0", confirmed=True)}
    answers = EntityAnswers(builders.entity("EJ-01"), responses)
    content = Content(answers, cover={"date": "2026-03-31", "signed_by": "Nombre"})
    cover = sheets.cover(sheets.opened(workbook_bytes(MINI, TemplateOptions(), HASH, content)))
    assert cover["entity_code"].value == "EJ-01"
    assert (cover["date"].value, cover["signed_by"].value) == ("2026-03-31", "Nombre")
    assert cover["confirm_blank:capacities"].value == "Sí"


def test_the_cover_counts_progress() -> None:
    responses = {"C-1-a": builders.answered(1), "C-1-b": builders.answered(0), "R-1": builders.no_data()}
    data = workbook_bytes(MINI, TemplateOptions(), HASH, Content(EntityAnswers(builders.entity(), responses)))
    formulas, shown = sheets.cover(sheets.opened(data)), sheets.cover(sheets.opened(data, values=True))
    assert shown["progress:cti:capacities:answers"].value == 2
    assert shown["progress:cti:results:indicators"].value == 1
    assert shown["progress:cti:perception:list"].value == 0
    assert shown["progress"].value == 3
    assert formulas["progress:cti:capacities:answers"].value == "=COUNTA('título de capacities'!$C$6:$C$15)"
    assert formulas["progress:cti:capacities:answers"].number_format == '0" de 6"'


@pytest.mark.parametrize(
    ("perception", "parts", "says"),
    [
        (Perception.LIST, "título de capacities, título de perception, título de results", "provisional"),
        (
            Perception.GRID,
            "título de capacities, título de perception, título de results",
            "una fila por persona",
        ),
        (
            Perception.COUNTS,
            "título de capacities, título de perception, título de results",
            "una hoja por segmento",
        ),
        (Perception.NONE, "título de capacities, título de results", "se entrega en un archivo"),
    ],
)
def test_the_cover_says_which_parts_there_are_and_how_perception_is_answered(
    perception: Perception, parts: str, says: str
) -> None:
    cover = sheets.cover(sheets.opened(workbook_bytes(MINI, TemplateOptions(perception=perception), HASH)))
    assert cover["parts"].value == parts
    assert says in str(cover["perception_source:perception"].value)


def test_what_was_given_is_locked_and_what_was_not_is_open() -> None:
    options = TemplateOptions(contact="ciudades@mintic.example")
    cover = sheets.cover(sheets.opened(workbook_bytes(MINI, options, HASH)))
    assert cover["contact"].value == "ciudades@mintic.example"
    assert cover["contact"].protection.locked
    assert not cover["round"].protection.locked


@pytest.mark.parametrize(("answered", "filled"), [(0, 0), (1, 3), (3, 10), (6, 20)])
def test_progress_is_drawn_in_squares(answered: int, filled: int) -> None:
    # 20 squares for 6 items: 20/6 = 3.33 -> 3, 60/6 = 10, 120/6 = 20
    items = list(MINI.item_by_id)[:answered]
    responses = {item: builders.answered(1) for item in items}
    content = Content(EntityAnswers(builders.entity(), responses))
    book = sheets.opened(workbook_bytes(MINI, TemplateOptions(), HASH, content), values=True)
    count = sheets.cover(book)["progress:cti:capacities:answers"]
    assert book.worksheets[0].cell(count.row, count.column + 1).value == "■" * filled + "□" * (20 - filled)
