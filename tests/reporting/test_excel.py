from __future__ import annotations

import datetime as dt
import posixpath
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from builders import mini
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.reporting.excel import sheet_name, unlike, write_excel
from ctimaturity.reporting.index_view import IndexContext
from ctimaturity.reporting.provenance import Provenance
from invented import DOZEN, HOSTILE, assessment

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64, "2026")


def written(language: str = "es") -> bytes:
    buffer = BytesIO()
    write_excel(buffer, assessment(), PROVENANCE, language)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(written()))


def column(book: Workbook, sheet: str, header: str) -> list[object]:
    rows = list(book[sheet].iter_rows(values_only=True))
    place = rows[0].index(header)
    return [row[place] for row in rows[1:]]


def test_the_ranking_has_the_unrounded_numbers_of_the_index(book: Workbook) -> None:
    expected = [entity.index for entity in DOZEN[:8]]
    assert column(book, "Clasificación", "Índice") == [*expected, None]
    assert column(book, "Clasificación", "Puesto") == [1, 2, 2, 4, 5, 6, 7, 8, None]
    assert column(book, "Clasificación", "Nivel") == [5, 4, 4, 4, 4, 2, 2, 1, None]
    assert book["Clasificación"]["F2"].number_format == "0.00"


def test_a_provisional_entity_has_bounds_and_no_point(book: Workbook) -> None:
    assert column(book, "Clasificación", "Cota inferior")[-1] == pytest.approx(2.0)
    assert column(book, "Clasificación", "Cota superior")[-1] == pytest.approx(3.35)
    assert column(book, "Clasificación", "Índice armonizado")[-1] is None
    provisional = [row for row in book["Partes"].iter_rows(values_only=True) if row[0] == "Loma Verde"]
    assert provisional
    assert all(row[7] is None and row[10] is not None for row in provisional)


def test_dimensions_and_parts(book: Workbook) -> None:
    index = assessment().index
    expected = [index.node(row, "profile", "personas").score for row in index.rows[:8]]
    # A workbook keeps 16 significant digits.
    assert column(book, "Puntajes por dimensión", "título de personas")[:8] == pytest.approx(
        expected, rel=1e-15
    )
    # 9 entities; three measurements, two axes, two dimensions twice and combined.
    assert len(column(book, "Partes", "Parte")) == 9 * (3 + 2 + 2 + 2 + 2)


def test_a_sheet_per_view(book: Workbook) -> None:
    assert book.sheetnames == [
        "Clasificación",
        "Puntajes por dimensión",
        "título de capacities por eje",
        "Niveles",
        "título de perception frente a t",
        "Puestos por grupo",
        "Partes",
        "Sin puesto",
        "Método y procedencia",
        "_cti",
    ]


def test_levels_count_the_ranked(book: Workbook) -> None:
    rows = [row for row in book["Niveles"].iter_rows(min_row=2, values_only=True) if row[0] == row[1]]
    # Levels 5, 4, 4, 4, 4, 2, 2, 1 of the eight ranked.
    assert [(row[2], row[4], row[5]) for row in rows] == [
        *((1, 1, 0.125), (2, 2, 0.25), (3, 0, 0), (4, 4, 0.5), (5, 1, 0.125), (6, 0, 0))
    ]
    others = {row[1] for row in book["Niveles"].iter_rows(min_row=2, values_only=True)}
    assert {"título de personas", "título de habitat", "título de liderazgo"} < others


def test_two_measurements_side_by_side(book: Workbook) -> None:
    index = assessment().index
    rows = list(book["título de perception frente a t"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 8 * 2
    one, two = (index.node(index.rows[0], m, "personas").score for m in ("perception", "results"))
    assert one is not None
    assert two is not None
    assert rows[0][:3] == ("Ciudad Alborada", "90001", "título de personas")
    assert rows[0][3:] == (pytest.approx(one), pytest.approx(two), pytest.approx(two - one))


def test_places_within_groups_of_three_or_more(book: Workbook) -> None:
    rows = list(book["Puestos por grupo"].iter_rows(min_row=2, values_only=True))
    # Six alcaldías, four of the sierra; the others are two each, too few for ranks.
    assert [row[2:4] for row in rows[:6]] == [(1, 6), (2, 6), (2, 6), (4, 6), (5, 6), (6, 6)]
    assert [row[1:4] for row in rows[6:]] == [("Sierra", place, 4) for place in (1, 2, 3, 4)]
    assert [row[6] for row in rows[6:]] == [4.875, 4.2, 3.625, 1]


def test_the_long_table_pivots() -> None:
    import pandas as pd

    table = pd.read_excel(
        BytesIO(written()), sheet_name="Partes", engine="openpyxl", dtype={"Código": "string"}
    )
    ranked = table[table["Estado"] == "clasificada"]
    pivot = ranked.pivot_table(index="Código", columns=["Medición", "Parte"], values="Puntaje")
    assert pivot.shape == (8, 3 + 2 + 2 + 2 + 2)
    index = assessment().index
    expected = index.node(index.rows[3], "perception", "habitat").score
    assert pivot.loc["90004", ("título de perception", "título de habitat")] == pytest.approx(expected)


def with_telephones(public: bool) -> list[object]:  # noqa: FBT001  (the one thing that differs)
    given = assessment()
    rows = tuple(
        replace(row, entity=replace(row.entity, groups={**row.entity.groups, "celular": "3001234567"}))
        for row in given.index.rows
    )
    buffer = BytesIO()
    around = IndexContext(public=public)
    changed = replace(given, index=replace(given.index, rows=rows))
    write_excel(buffer, changed, PROVENANCE, "es", context=around)
    cells = load_workbook(buffer)["Clasificación"].iter_rows(values_only=True)
    return [cell for row in cells for cell in row]


def test_other_columns_of_the_list_do_not_go_public() -> None:
    public = with_telephones(public=True)
    assert "region" in public
    assert not {"celular", "3001234567"} & {*public}
    assert {"celular", "3001234567"} < {*with_telephones(public=False)}


def test_relations_are_complete() -> None:
    with zipfile.ZipFile(BytesIO(written())) as archive:
        names = set(archive.namelist())
        types = ET.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314  (our own output)
        said = {part.get("PartName", "").lstrip("/") for part in types} - {""}
        endings = {part.get("Extension") for part in types} - {None}
        assert said <= names
        assert all(name in said or name.rpartition(".")[2] in endings for name in names)
        reached = set()
        for name in sorted(names):
            if not name.endswith(".rels"):
                continue
            folder, _, file = name.rpartition("_rels/")
            ids = set()
            for relation in ET.fromstring(archive.read(name)):  # noqa: S314  (our own output)
                assert relation.get("TargetMode") is None
                target = relation.get("Target", "")
                reached.add(posixpath.normpath(target.lstrip("/") if target[0] == "/" else folder + target))
                ids.add(relation.get("Id", ""))
            if file != ".rels":
                owner = archive.read(folder + file.removesuffix(".rels")).decode()
                assert set(re.findall(r'r:id="(\w+)"', owner)) <= ids
        parts = {name for name in names if not name.endswith(".rels")} - {"[Content_Types].xml"}
        assert reached == parts


def test_the_left_out_have_their_reason(book: Workbook) -> None:
    states = column(book, "Sin puesto", "Estado")
    assert states == ["provisional", "incompleta", "rechazada", "no ha respondido", "no ha respondido"]
    assert "A203" in str(column(book, "Sin puesto", "Por qué")[2])


def test_text_is_text(book: Workbook) -> None:
    names = column(book, "Clasificación", "Entidad")
    assert visible(HOSTILE) in names
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert all(cell.hyperlink is None for sheet in book for row in sheet.iter_rows() for cell in row)


def test_it_says_what_it_is(book: Workbook) -> None:
    identity = {row[0]: row[1] for row in book["_cti"].iter_rows(values_only=True)}
    assert identity["kind"] == "index"
    assert identity["definition_hash"] == "a" * 64
    assert book["_cti"].sheet_state == "veryHidden"
    assert book.properties.keywords == "cti:index"
    assert not book.properties.creator
    assert book.properties.created == dt.datetime(2020, 1, 1)  # noqa: DTZ001  (openpyxl reads it naive)


def test_sheets_are_tables_with_frozen_heads(book: Workbook) -> None:
    for sheet in book.worksheets[:-2]:
        assert sheet.tables
        assert sheet.freeze_panes
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None


def test_provenance(book: Workbook) -> None:
    said = {cell for row in book["Método y procedencia"].iter_rows(values_only=True) for cell in row}
    assert {"ctimaturity 9.9.9", "a" * 64, "b" * 64} <= said


def test_the_same_members_every_time_and_all_well_formed() -> None:
    def members(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    first = members(written())
    assert members(written()) == first
    for name, data in first.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(data)  # noqa: S314  (our own output)


def test_english_and_a_path(tmp_path: Path) -> None:
    write_excel(tmp_path / "index.xlsx", assessment(), PROVENANCE, "en")
    assert load_workbook(tmp_path / "index.xlsx").sheetnames[0] == "Ranking"


def test_nobody_at_all() -> None:
    buffer = BytesIO()
    write_excel(buffer, assessment(mini(), ()), PROVENANCE, "es")
    assert "Sin puesto" in load_workbook(buffer).sheetnames


def test_names_of_sheets_and_headers() -> None:
    assert sheet_name("a/b [c]: d?") == "a b  c   d"
    assert len(sheet_name("x" * 40)) == 31
    assert sheet_name("x" * 40, ["X" * 31]) == "x" * 27 + " (2)"
    assert sheet_name("ab", ["AB", "ab (2)"]) == "ab (3)"
    assert unlike(["a", "A", "b"]) == ["a", "A (2)", "b"]
    assert len(unlike(["x" * 4000])[0]) == 200


def test_endless_names_and_titles_that_begin_alike() -> None:
    definition = mini()
    long = {"es": "Medición " + "de todo " * 400, "en": "x"}
    root = definition.measurements[0].root.model_copy(update={"title": long})
    first = definition.measurements[0].model_copy(update={"root": root})
    root = definition.measurements[2].root.model_copy(update={"title": long})
    third = definition.measurements[2].model_copy(update={"root": root})
    changed = definition.model_copy(
        update={"measurements": (first, definition.measurements[1], third), "profile": None}
    )
    endless = (replace(DOZEN[0], name="\x07" * 32_000, region="r\n" * 20_000), *DOZEN[1:])
    buffer = BytesIO()
    write_excel(buffer, assessment(changed, endless), PROVENANCE, "es")
    book = load_workbook(buffer)
    assert len(set(book.sheetnames)) == len(book.sheetnames) == 10
    assert len(str(book["Clasificación"]["B2"].value)) == 200


@pytest.mark.office
def test_an_office_suite_keeps_the_numbers(tmp_path: Path) -> None:
    import shutil
    import subprocess

    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice-calc)")
    (tmp_path / "index.xlsx").write_bytes(written())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "index.xlsx"),
        ],
        capture_output=True,
        timeout=600,
        check=True,
    )
    before, after = load_workbook(tmp_path / "index.xlsx"), load_workbook(tmp_path / "saved" / "index.xlsx")
    for sheet in before.sheetnames:
        kept, own = (
            [cell for row in saved[sheet].iter_rows(values_only=True) for cell in row if cell is not None]
            for saved in (after, before)
        )
        # LibreOffice writes 15 significant digits.
        assert kept == [pytest.approx(cell, rel=1e-14) if isinstance(cell, float) else cell for cell in own]
