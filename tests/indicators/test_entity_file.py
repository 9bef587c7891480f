"""Lists of entities as people's programs save them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

from ctimaturity.indicators.entity_list import read_entity_list

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.indicators.entity_list import EntityList


def found(listed: EntityList) -> list[tuple[str, int | None]]:
    return [(finding.code.name, finding.location.line) for finding in listed.diagnostics]


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
    listed = read_entity_list(path)
    assert listed.diagnostics == ()
    assert listed.entities["05001"].groups == {"Región": "Andina"}
    assert listed.file == path.name


def test_another_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes("codigo,nombre\n05001,Medellín\n".encode("cp1252"))
    listed = read_entity_list(path)
    assert listed.entities["05001"].name == "Medellín"
    assert found(listed) == [("encoding-guessed", None)]
    assert listed.diagnostics[0].location.file == path.name


def test_a_workbook_in_which_codes_are_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "lista.xlsx",
        ("code", "name", "population:academia"),
        (5001, "Medellín", 1200.0),
        (5, "Antioquia", ""),
    )
    listed = read_entity_list(path)
    assert list(listed.entities) == ["05001", "05"]
    assert dict(listed.entities["05001"].population) == {"academia": 1200}
    assert found(listed) == [("entity-code-completed", 2), ("entity-code-completed", 3)]


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
