"""The template of the bundled edition, held text by text and id by id against the source tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import sheets
from ctimaturity.definitions.library import Library
from ctimaturity.model.entity import Entity
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

pytestmark = pytest.mark.shared

MODEL = Path(__file__).resolve().parents[3] / "shared" / "model"
HASH = "ab" * 32


def rows(name: str) -> list[dict[str, str]]:
    with (MODEL / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names(name: str, language: str) -> dict[str, str]:
    return {row["id"]: row[f"name_{language}"] for row in rows(name)}


def written(
    language: str, perception: Perception = Perception.LIST, entity: Entity | None = None
) -> sheets.Workbook:
    options = TemplateOptions(language=language, perception=perception, entity=entity)
    return sheets.opened(workbook_bytes(Library().find("mmmctic@2020-04"), options, HASH))


def items(table: sheets.Table) -> list[str]:
    return [row for row in table.rows if row[1:2] == "-"]


@pytest.fixture(scope="module", params=["es", "en"])
def book(request: pytest.FixtureRequest) -> tuple[str, sheets.Workbook]:
    return request.param, written(request.param)


def labels(scale: str, language: str) -> list[str]:
    found = [row for row in rows("scales.csv") if row["edition"] == "2020-04" and row["scale"] == scale]
    return [f"{row['code']} - {row[f'label_{language}']}" for row in found]


def test_every_sub_capacity_stands_beside_its_id(book: tuple[str, sheets.Workbook]) -> None:
    language, opened = book
    table = sheets.table(opened, "cti:capacities:answers")
    expected = {
        row["id"]: (row[f"text_{language}"], row[f"evidence_{language}"])
        for row in rows("subcapacities_2020.csv")
    }
    found = {row: (table.value(row, "text"), table.value(row, "evidence_sought")) for row in items(table)}
    assert found == expected
    assert len(found) == 172


def test_every_sub_capacity_stands_below_its_capacity(book: tuple[str, sheets.Workbook]) -> None:
    language, opened = book
    table = sheets.table(opened, "cti:capacities:answers")
    asked = {
        row["id"]: (row[f"name_{language}"], row[f"question_{language}"])
        for row in rows("capacities_2020.csv")
    }
    capacity_of = {row["id"]: row["capacity"] for row in rows("subcapacities_2020.csv")}
    above: object = None
    texts = table.columns["text"]
    for at in range(table.ids + 2, table.sheet.max_row + 1):
        identity = table.sheet.cell(at, 1).value
        if identity in capacity_of:
            assert above == "\n".join(asked[capacity_of[str(identity)]])
        elif table.sheet.cell(at, texts).value:
            above = table.sheet.cell(at, texts).value


def test_every_statement_stands_beside_its_id_with_its_place(book: tuple[str, sheets.Workbook]) -> None:
    language, opened = book
    table = sheets.table(opened, "cti:perception:list")
    places = names("structure.csv", language)
    expected = {
        row["id"]: (row[f"text_{language}"], f"{places[row['dimension']]} › {places[row['subdimension']]}")
        for row in rows("perception.csv")
    }
    assert {row: (table.value(row, "text"), table.value(row, "group")) for row in items(table)} == expected
    assert len(expected) == 82


def test_every_indicator_stands_beside_its_id(book: tuple[str, sheets.Workbook]) -> None:
    language, opened = book
    table = sheets.table(opened, "cti:results:indicators")
    expected = {
        row["id"]: (row[f"name_{language}"], row[f"definition_{language}"])
        for row in rows("results_2020.csv")
    }
    assert {
        row: (table.value(row, "text"), table.value(row, "definition")) for row in items(table)
    } == expected
    assert len(expected) == 92


def test_two_years_may_be_given_for_growth_and_reduction(book: tuple[str, sheets.Workbook]) -> None:
    table = sheets.table(book[1], "cti:results:indicators")
    derived = {"growth_percent", "other:reduction_percent"}
    expected = {row["id"] for row in rows("results_2020.csv") if row["unit"] in derived}
    assert {row for row in items(table) if not table.cell(row, "value_before").protection.locked} == expected


def test_every_drop_down_offers_the_options_of_the_source(book: tuple[str, sheets.Workbook]) -> None:
    language, opened = book
    answers = sheets.table(opened, "cti:capacities:answers")
    statements = sheets.table(opened, "cti:perception:list")
    results = sheets.table(opened, "cti:results:indicators")
    assert sheets.choices(answers.sheet, answers.cell("C-18-c", "answer")) == labels("complies", language)
    agreement = labels("agreement", language)
    assert sheets.choices(statements.sheet, statements.cell("P-HAB-17", "R10")) == agreement
    assert sheets.choices(results.sheet, results.cell("R-CDV-01", "criterion")) == labels(
        "criterion", language
    )
    without_code = [label.partition(" - ")[2] for label in labels("segment", language)]
    assert sheets.choices(statements.sheet, statements.cell("segment", "R1")) == without_code
    reasons = [label.partition(" - ")[2] for label in labels("no-data-reason", language)]
    assert sheets.choices(results.sheet, results.cell("R-CDV-01", "no_data")) == reasons


def test_an_indicator_that_cannot_exist_is_not_asked() -> None:
    for code, kind in (("05001", "alcaldia"), ("05", "gobernacion")):
        table = sheets.table(
            written("es", Perception.NONE, Entity(code, "x", kind)), "cti:results:indicators"
        )
        expected = [row["id"] for row in rows("results_2020.csv") if kind in row["applies_to"].split(";")]
        assert sorted(items(table)) == sorted(expected)


def test_the_grid_prompts_every_statement() -> None:
    table = sheets.table(written("es", Perception.GRID), "cti:perception:grid")
    for row in rows("perception.csv"):
        title, text = sheets.prompt(table.sheet, table.cell("200", row["id"]))
        assert (title, text) == (row["id"], row["text_es"])


def test_every_segment_counts_every_statement() -> None:
    book = written("es", Perception.COUNTS)
    for segment in (row["code"] for row in rows("scales.csv") if row["scale"] == "segment"):
        table = sheets.table(book, f"cti:perception:counts:{segment}")
        assert {row: table.value(row, "text") for row in items(table)} == {
            row["id"]: row["text_es"] for row in rows("perception.csv")
        }


def test_the_legend_explains_the_criterion(book: tuple[str, sheets.Workbook]) -> None:
    language, opened = book
    texts = {cell.value for row in opened.worksheets[-2].iter_rows() for cell in row}
    assert {row[f"text_{language}"] for row in rows("results_criteria_2020.csv")} <= texts
