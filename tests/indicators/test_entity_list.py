"""A user's list of entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from ctimaturity.diagnostics import codes
from ctimaturity.indicators.entity_list import (
    EntityList,
    entity_list,
    entity_type,
    read_entity_list,
    type_words,
    unknown_segments,
)

if TYPE_CHECKING:
    from pathlib import Path


def listed(table: str) -> EntityList:
    """A list from a small table: a row a line, cells between bars."""
    lines = table.strip().splitlines()
    return entity_list(
        "entities.csv", [(number, line.strip().split("|")) for number, line in enumerate(lines, 1)]
    )


def found(listed: EntityList) -> list[tuple[str, int | None]]:
    return [(d.code.name, d.location.line) for d in listed.diagnostics]


def test_codes_names_types_groups_and_populations() -> None:
    result = listed("""
        codigo|nombre|tipo|Región|population:academia|population:sociedad-civil
        05001|Medellín|Alcaldía|Andina|1200|45000
        08|Atlántico|Gobernación|Caribe||
    """)
    assert result.diagnostics == ()
    assert result.segments == ("academia", "sociedad-civil")
    medellin, atlantico = result.entities.values()
    assert (medellin.code, medellin.name, medellin.type) == ("05001", "Medellín", "alcaldia")
    assert dict(medellin.groups) == {"Región": "Andina"}
    assert dict(medellin.population) == {"academia": 1200, "sociedad-civil": 45000}
    assert medellin.listed
    assert (atlantico.code, atlantico.type, dict(atlantico.population)) == ("08", "gobernacion", {})


def test_a_list_of_codes_alone_takes_name_and_type_from_divipola() -> None:
    result = listed("code\n5001\n05\n11")
    assert [(e.code, e.name, e.type) for e in result.entities.values()] == [
        ("05001", "Medellín", "alcaldia"),
        ("05", "Antioquia", "gobernacion"),
        ("11001", "Bogotá, D.C.", "alcaldia"),
    ]
    assert found(result) == [("entity-code-completed", 2), ("entity-code-completed", 4)]


def test_codes_of_ones_own_stay_as_they_are_written() -> None:
    """A list may count its invented places 1, 2, 5: its names say that they are not departments."""
    result = listed("""
        code|name|type
        1|Puerto Niebla|alcaldia
        5|Valle Hondo|gobernacion
        XK-07|Nueva Aurora|other
        007|Tres Esquinas|
    """)
    assert result.diagnostics == ()
    assert list(result.entities) == ["1", "5", "XK-07", "007"]
    assert [e.type for e in result.entities.values()] == ["alcaldia", "gobernacion", "other", "other"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("", [("list-empty", 1)], id="nothing"),
        pytest.param("code|name", [("list-empty", 1)], id="header-only"),
        pytest.param("nombre|tipo\nX|alcaldia", [("list-without-codes", 1)], id="no-codes"),
        pytest.param("code|name|nombre\nA1|X|Y", [("list-column-twice", 1)], id="a-column-in-two-languages"),
        pytest.param("code|zona|zona\nA1|X|Y", [("list-column-twice", 1)], id="a-group-twice"),
        pytest.param("code|name\n|X\nA1|Y", [("list-code-missing", 2)], id="no-code"),
        pytest.param("code|name\nA1|X\nA1|Y", [("list-code-twice", 3)], id="code-twice"),
        pytest.param("code|type\nA1|pueblo", [("list-type-unknown", 2)], id="type"),
        pytest.param(
            "code|population:academia\nA1|12.000", [("list-population-unreadable", 2)], id="population"
        ),
        pytest.param("code|population:academia\nA1|12.500", [("list-population-dressed", 2)], id="thousands"),
        pytest.param("code|population:academia\nA1|12500.0", [], id="as pandas writes it"),
        pytest.param(
            "code|population:academia\nA1|12 500,5", [("list-population-unreadable", 2)], id="half a person"
        ),
        pytest.param("code|name\nA1|X|Y", [("list-row-too-long", 2)], id="too-long"),
        pytest.param("code|name\nA/1|X", [("list-code-unusable", 2)], id="slash"),
        pytest.param("code|name\n../x|X", [("list-code-unusable", 2)], id="path"),
        pytest.param("code|name\n88001|San Andrés", [("entity-not-governed", 2)], id="island"),
        pytest.param("code|name\n05001|Cali", [("entity-name-differs", 2)], id="name-of-another"),
    ],
)
def test_every_mistake_is_found_at_its_line(table: str, expected: list[tuple[str, int]]) -> None:
    assert found(listed(table)) == expected


def test_all_mistakes_are_found_at_once() -> None:
    result = listed("code|type\nA1|pueblo\n|alcaldia\nA2|alcaldia\nA2|alcaldia")
    assert found(result) == [("list-type-unknown", 2), ("list-code-missing", 3), ("list-code-twice", 5)]
    assert result.diagnostics[-1].parameters["first"] == 4


def test_segments_are_those_of_the_questionnaire() -> None:
    result = listed("code|population:academia|population:iglesia\nA1|1|2")
    (finding,) = unknown_segments(result, ["academia", "sector-publico"])
    assert finding.code is codes.LIST_SEGMENT_UNKNOWN
    assert finding.parameters["column"] == "population:iglesia"


def test_types_as_people_write_them() -> None:
    assert entity_type("ALCALDÍA", type_words(None)) == "alcaldia"
    assert entity_type("Gobernación", type_words(None)) == "gobernacion"
    assert entity_type("otro", type_words(None)) == "other"
    assert entity_type("pueblo", type_words(None)) == ""


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("vacía")
        sheet = book.add_worksheet("lista")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_csv_file_of_a_spanish_excel(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes("Código;Nombre;Tipo;Región\r\n05001;Medellín;Alcaldía;Andina\r\n".encode("utf-8-sig"))
    result = read_entity_list(path)
    assert result.diagnostics == ()
    assert result.entities["05001"].groups == {"Región": "Andina"}
    assert result.file == path.name


def test_another_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes("codigo,nombre\n05001,Medellín\n".encode("cp1252"))
    result = read_entity_list(path)
    assert result.entities["05001"].name == "Medellín"
    assert found(result) == [("encoding-guessed", None)]
    assert result.diagnostics[0].location.file == path.name


def test_a_workbook_in_which_codes_are_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "lista.xlsx",
        ("code", "name", "population:academia"),
        (5001, "Medellín", 1200.0),
        (5, "Antioquia", ""),
    )
    result = read_entity_list(path)
    assert list(result.entities) == ["05001", "05"]
    assert dict(result.entities["05001"].population) == {"academia": 1200}
    assert found(result) == [("entity-code-completed", 2), ("entity-code-completed", 3)]


def test_a_cell_beside_the_named_columns_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "lista.xlsx", ("code", "name"), ("A1", "Puerto Niebla", "ojo"))
    assert found(read_entity_list(path)) == [("list-row-too-long", 2)]


def test_files_that_are_no_list(tmp_path: Path) -> None:
    missing = read_entity_list(tmp_path / "nada.csv")
    assert missing.diagnostics[0].severity == "error"
    (tmp_path / "roto.xlsx").write_bytes(b"PK\x03\x04roto")
    assert read_entity_list(tmp_path / "roto.xlsx").diagnostics[0].severity == "error"
    (tmp_path / "vacio.csv").write_text("")
    assert found(read_entity_list(tmp_path / "vacio.csv")) == [("table-empty", 1)]
    (tmp_path / "corto.csv").write_text("code,name\nA1\n")
    assert ("ragged-row", 2) in found(read_entity_list(tmp_path / "corto.csv"))
    assert read_entity_list(workbook(tmp_path / "vacio.xlsx")).diagnostics[0].code.name == "list-empty"
