from __future__ import annotations

import builtins
import json
from typing import TYPE_CHECKING

import duckdb
import pytest
from openpyxl import load_workbook

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.workflows.documents import file_names
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.report import ReportOptions, report
from documents import Page
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = data_folder("examples") / "results"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "out"
    report(EXAMPLE, out, ReportOptions(publish=True, previous=EXAMPLE))
    return out


def test_every_entity_has_its_dossier_and_the_index_leads_to_it(written: Path) -> None:
    page = Page((written / "index.html").read_text("utf-8"))
    links = {a["href"] or "" for tag, a in page.tags if tag == "a" and "entities/" in (a.get("href") or "")}
    assert links == {f"entities/{path.name}" for path in (written / "entities").iterdir()}
    assert len(links) == 12
    assert "participan de nuevo" in " ".join(page.text)


def test_every_dossier_is_one_whole_page(written: Path) -> None:
    for path in sorted((written / "entities").iterdir()):
        html = path.read_text("utf-8")
        page = Page(html)
        assert [level for level, _ in page.headings].count("h1") == 1
        assert "<script" not in html
        assert "None" not in " ".join(page.text)
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        inside = {a["href"] or "" for tag, a in page.tags if tag == "a" and "#" in (a.get("href") or "")}
        assert {link.partition("#")[2] for link in inside} <= set(ids), path.name


def test_the_public_folder_names_no_file_and_no_finding(written: Path) -> None:
    public = written / "public"
    assert {path.name for path in public.iterdir()} == {
        *("index.html", "index.md", "index.xlsx", "index.json", "index.csv", "scores.csv"),
        *("datapackage.json", "definition.json"),
    }
    for name in ("index.html", "index.md", "index.json", "index.csv", "scores.csv"):
        text = (public / name).read_text("utf-8")
        assert ".xlsx" not in text, name
        assert "A203" not in text, name
    assert ",item," not in (public / "scores.csv").read_text("utf-8")


def test_other_columns_of_the_entity_list_stay_out_of_the_public_folder(tmp_path: Path) -> None:
    listed = tmp_path / "entities.csv"
    listed.write_text(
        "code,name,type,region,celular,buzon_alcalde\n"
        "EJ-01,Villa Almendro,alcaldia,Andina,3009998877,alcalde@villa.example\n",
        encoding="utf-8",
    )
    workbook = data_folder("examples") / "workbooks" / "EJ-01.xlsx"
    scoring = ScoreOptions(entities=listed, groups=("region",))
    report(workbook, tmp_path / "out", ReportOptions(scoring=scoring, publish=True))
    public = tmp_path / "out" / "public"
    for path in public.iterdir():
        if path.suffix == ".xlsx":
            sheets = load_workbook(path).worksheets
            text = str(
                [cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
            )
            assert "Andina" in text
        else:
            text = path.read_text("utf-8")
        for private in ("celular", "3009998877", "buzon_alcalde", "alcalde@villa.example"):
            assert private not in text, path.name


def test_open_tables_as_parquet_hold_no_answers(tmp_path: Path) -> None:
    report(EXAMPLE, tmp_path / "out", ReportOptions(ScoreOptions(formats=("parquet",)), publish=True))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("index.parquet", "scores.parquet", "public", "manifest.json")
    }
    for folder in (tmp_path / "out", tmp_path / "out" / "public"):
        with duckdb.connect(":memory:") as connection:
            scores = connection.from_parquet((folder / "scores.parquet").as_posix())
            kinds = {kind for (kind,) in scores.select("kind").distinct().fetchall()}
            assert "item" not in kinds
            assert "dimension" in kinds
            index = connection.from_parquet((folder / "index.parquet").as_posix())
            assert len(index.fetchall()) == 12


def test_the_json_is_as_its_schema_says(written: Path, root: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((root / "docs" / "schema" / "index-1.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    record = json.loads((written / "public" / "index.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(record)) == []


def test_an_entity_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(JobError) as caught:
        report(EXAMPLE, tmp_path / "out", ReportOptions(entities=("EJ-99",)))
    assert [each.code for each in caught.value.diagnostics] == [codes.DOSSIER_OF_NOBODY]
    assert not (tmp_path / "out").exists()


def test_without_the_extra_the_command_to_get_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without(name: str, *args: object) -> object:
        if name.partition(".")[0] == "weasyprint":
            raise ImportError("No module named 'weasyprint'")
        return imported(name, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(JobError) as caught:
        report(EXAMPLE, tmp_path / "out", ReportOptions(ScoreOptions(formats=("pdf",))))
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.parameters["extra"]) == (codes.EXTRA_MISSING, "pdf")


def test_names_of_files_are_safe_and_unlike() -> None:
    names = file_names(["05001", "../x", "a/b", "A-b", "¿?"])
    assert names == {"05001": "05001", "../x": "x", "a/b": "a-b", "A-b": "A-b-2", "¿?": "x-2"}


def test_the_dossier_of_an_entity_lists_the_rulings_on_its_answers(tmp_path: Path) -> None:
    rulings = tmp_path / "decisiones.csv"
    rulings.write_text(
        "entity,item,ruling,reason,by,date\n"
        "EJ-01,C-01-a,0,El acta no corresponde,Luz Reyes,2026-11-02\n"
        "EJ-02,C-01-a,1,Revisado en sitio,Luz Reyes,2026-11-02\n",
        encoding="utf-8",
    )
    workbooks = tmp_path / "recibidos"
    workbooks.mkdir()
    for code in ("EJ-01", "EJ-02"):
        source = data_folder("examples") / "workbooks" / f"{code}.xlsx"
        (workbooks / source.name).write_bytes(source.read_bytes())
    out = tmp_path / "informe"
    listed = data_folder("examples") / "entities.csv"
    arguments = ("--rulings", str(rulings), "--entities", str(listed), "-o", str(out))
    status, _, stderr = cti("report", str(workbooks), *arguments)
    assert status in {0, 1}, stderr
    pages = {path.stem: path.read_text("utf-8") for path in (out / "entities").glob("*.html")}
    first = next(page for name, page in pages.items() if name.startswith("EJ-01"))
    other = next(page for name, page in pages.items() if name.startswith("EJ-02"))
    assert "Anexo: decisiones" in first
    assert "El acta no corresponde" in first
    assert "Revisado en sitio" not in first
    assert "Revisado en sitio" in other
    assert "Luz Reyes" not in first + other


def test_without_rulings_a_dossier_speaks_of_none(written: Path) -> None:
    assert all(
        "Anexo: decisiones" not in path.read_text("utf-8") for path in (written / "entities").glob("*.html")
    )
