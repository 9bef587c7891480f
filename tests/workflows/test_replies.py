"""Back to the sender: annotated copies, letters, the sheet of rulings; and what looks suspicious."""

from __future__ import annotations

import csv
import functools
import json
import re
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

import sheets
from ctimaturity.definitions.library import Library
from ctimaturity.model.canonical import definition_hash
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes
from returned import edited, on_cover, who
from terminal import cti

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def example(root: Path) -> Path:
    return root / "examples"


def listed(example: Path) -> tuple[str, str]:
    return ("--entities", str(example / "entities.csv"))


def workbook(example: Path, name: str) -> str:
    return str(example / "workbooks" / name)


def codes(*arguments: str) -> set[str]:
    """The codes of the findings of `cti validate`."""
    _, stdout, _ = cti("validate", *arguments, "-f", "json", "--quiet")
    return {record["code"] for record in json.loads(stdout)}


class TestAnnotatedCopies:
    def test_the_finding_stands_at_its_cell_and_on_a_sheet(self, example: Path, tmp_path: Path) -> None:
        status, _, _ = cti(
            "validate", workbook(example, "EJ-12.xlsx"), *listed(example), "--annotate", str(tmp_path)
        )
        assert status == 1
        copy = openpyxl.load_workbook(tmp_path / "EJ-12.xlsx")
        cell = sheets.table(copy, "cti:capacities:answers").cell("C-01-g", "answer")
        assert cell.value == "9"
        assert cell.comment is not None
        assert "A203" in cell.comment.text
        texts = {str(found.value) for sheet in copy.worksheets for row in sheet.iter_rows() for found in row}
        assert any("A203" in text for text in texts)

    def test_the_copy_scores_the_same(self, example: Path, tmp_path: Path) -> None:
        names = ["EJ-02.xlsx", "EJ-09.xlsx", "EJ-12.xlsx"]
        originals = tmp_path / "originals"
        originals.mkdir()
        for name in names:
            shutil.copy(workbook(example, name), originals)
        copies = tmp_path / "copies"
        cti("validate", str(originals), *listed(example), "--annotate", str(copies))
        assert sorted(path.name for path in copies.iterdir()) == names
        for folder in (originals, copies):
            cti("score", str(folder), *listed(example), "-o", str(tmp_path / f"out-{folder.name}"))
        for table in ("answers.csv", "tallies.csv", "index.csv"):
            before = (tmp_path / "out-originals" / table).read_bytes()
            assert (tmp_path / "out-copies" / table).read_bytes() == before, table

    def test_a_copy_never_takes_the_place_of_its_original(self, example: Path, tmp_path: Path) -> None:
        shutil.copy(workbook(example, "EJ-12.xlsx"), tmp_path)
        original = (tmp_path / "EJ-12.xlsx").read_bytes()
        status, _, stderr = cti(
            "validate", str(tmp_path / "EJ-12.xlsx"), *listed(example), "--annotate", str(tmp_path)
        )
        assert status == 2
        assert "copy-over-original" in stderr
        assert (tmp_path / "EJ-12.xlsx").read_bytes() == original

    def test_a_workbook_of_which_no_copy_is_made_is_a_finding(
        self, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from ctimaturity.workflows import replies

        # Stands for a worker that was stopped: what is then done is the same whatever stopped it.
        monkeypatch.setattr(replies, "map_inputs", lambda _function, tasks, **_: [False for _ in tasks])
        status, stdout, _ = cti(
            "validate", workbook(example, "EJ-12.xlsx"), *listed(example), "--annotate", str(tmp_path)
        )
        assert status == 1
        assert "copy-not-made" in stdout
        assert not list(tmp_path.iterdir())


class TestLetters:
    def test_each_workbook_that_is_refused_or_incomplete_gets_one(
        self, example: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "out"
        cti("score", str(example / "workbooks"), *listed(example), "-o", str(out), "--letters")
        letters = {path.stem.split("-")[1][:2] for path in (out / "letters").glob("*.md")}
        assert {"11", "12"} <= letters
        assert not letters & {"01", "02", "03"}
        (refused,) = (out / "letters").glob("EJ-12*.md")
        text = refused.read_text(encoding="utf-8")
        assert "C-01-g" in text
        assert "Cerro de las Garzas" in text
        page = refused.with_suffix(".html").read_text(encoding="utf-8")
        assert '<html lang="es"' in page
        assert "C-01-g" in page

    def test_contact_and_date_are_said(self, example: Path, tmp_path: Path) -> None:
        cti(
            "validate",
            workbook(example, "EJ-12.xlsx"),
            *listed(example),
            "--letters",
            str(tmp_path),
            "--contact",
            "territorios@ejemplo.invalid",
            "--reply-by",
            "30 de noviembre",
        )
        (letter,) = tmp_path.glob("*.md")
        text = letter.read_text(encoding="utf-8").replace("\\", "")
        assert "territorios@ejemplo.invalid" in text
        assert "30 de noviembre" in text


class TestRulings:
    def test_a_ruling_counts_and_what_was_reported_stands_beside_it(
        self, example: Path, tmp_path: Path
    ) -> None:
        with (example / "results" / "answers.csv").open(encoding="utf-8", newline="") as stream:
            met = next(
                row["item"]
                for row in csv.DictReader(stream)
                if row["entity_code"] == "EJ-01" and row["item"].startswith("C-") and row["mark"] == "1"
            )
        rulings = tmp_path / "decisiones.csv"
        rulings.write_text(
            f"entity,item,stated,ruling,reason,by,date\nEJ-01,{met},1,0,Sin soporte,Revisión,2026-11-02\n",
            encoding="utf-8",
        )
        out = tmp_path / "out"
        status, _, errors = cti(
            "score",
            workbook(example, "EJ-01.xlsx"),
            *listed(example),
            "-o",
            str(out),
            "--rulings",
            str(rulings),
        )
        assert status == 0, errors
        with (out / "index.csv").open(encoding="utf-8", newline="") as stream:
            (row,) = csv.DictReader(stream)
        assert float(row["index"]) < float(row["index_reported"])
        with (example / "results" / "index.csv").open(encoding="utf-8", newline="") as stream:
            before = next(line for line in csv.DictReader(stream) if line["entity_code"] == "EJ-01")
        assert row["index_reported"] == before["index"]
        assert met in (out / "rulings.csv").read_text(encoding="utf-8")

    def test_documents_and_the_tree_show_both_numbers_and_every_ruling(
        self, example: Path, tmp_path: Path
    ) -> None:
        rulings = tmp_path / "decisiones.csv"
        rulings.write_text(
            "entity,item,stated,ruling,reason,by,date\n"
            "EJ-01,C-02-a,1,0,Sin soporte,Quien Revisa,2026-11-02\n"
            "EJ-01,C-77-z,1,0,No hay tal ítem,Quien Revisa,2026-11-02\n",
            encoding="utf-8",
        )
        out = tmp_path / "out"
        _, _, errors = cti(
            "score",
            workbook(example, "EJ-01.xlsx"),
            *listed(example),
            "-o",
            str(out),
            "--rulings",
            str(rulings),
        )
        with (out / "index.csv").open(encoding="utf-8", newline="") as stream:
            (row,) = csv.DictReader(stream)
        assert row["index"] != row["index_reported"], errors
        shown = [f"{float(row[column]):.2f}".replace(".", ",") for column in ("index", "index_reported")]
        pages = {name: (out / name).read_text(encoding="utf-8") for name in ("index.md", "index.html")}
        for name, page in pages.items():
            section = page[page.rindex("Lo verificado al lado de lo reportado") :]
            assert all(number in section for number in shown), name
            assert "C-02-a" in page
            assert "Sin soporte" in page
            assert "no se pudo aplicar" in page
            assert "solo se han verificado" in page
            assert "Quien Revisa" not in page
        book = openpyxl.load_workbook(out / "index.xlsx")
        cells = {str(cell.value) for cell in book["Lo verificado al lado de lo rep"][2]}
        assert set(shown) <= cells
        assert "C-02-a" in {str(line[1].value) for line in book["Decisiones"].iter_rows()}
        _, tree, _ = cti("explain", str(out), "C-02-a", "--lang", "es")
        assert "decisión: vale otra respuesta; respuesta 1 → 0; Sin soporte; 2026-11-02" in tree
        _, top, _ = cti("explain", str(out), "--depth", "0", "--lang", "es")
        assert f"según lo reportado {shown[1]}" in top
        _, data, _ = cti("explain", str(out), "C-02-a", "-f", "json")
        (node,) = json.loads(data)["nodes"]
        assert (node["score"], node["score_reported"]) == (0.0, 1.0)
        assert [one["decision"] for one in node["rulings"]] == ["changed"]
        public = tmp_path / "report"
        cti("report", str(out), "-o", str(public), "--publish")
        page = (public / "public" / "index.html").read_text(encoding="utf-8")
        assert "C-02-a" in page
        assert "Sin soporte" not in page

    def test_the_sheet_a_reviewer_fills_can_be_read_back(self, example: Path, tmp_path: Path) -> None:
        sheet = tmp_path / "revision.xlsx"
        status, _, errors = cti(
            "validate", workbook(example, "EJ-01.xlsx"), *listed(example), "--rulings-template", str(sheet)
        )
        assert status == 0, errors
        texts = {
            str(cell.value)
            for page in openpyxl.load_workbook(sheet)
            for row in page.iter_rows()
            for cell in row
        }
        assert "C-01-a" in texts
        found = codes(workbook(example, "EJ-01.xlsx"), *listed(example), "--rulings", str(sheet))
        assert "E302" in found  # nothing is decided yet


class TestSuspicion:
    def test_answers_of_the_round_before(self, example: Path) -> None:
        arguments = (workbook(example, "EJ-01.xlsx"), *listed(example))
        assert "A401" not in codes(*arguments)
        assert "A401" in codes(*arguments, "--previous", str(example / "results"))

    def test_respondents_who_all_say_the_same(self, tmp_path: Path) -> None:
        straight = grid_of(tmp_path / "straight.xlsx", lambda _person, _statement: 4)
        assert "A403" in codes(straight)
        copied = grid_of(tmp_path / "copied.xlsx", lambda _person, statement: 1 + statement % 6)
        assert {"A402", "A404"} <= codes(copied)
        varied = grid_of(
            tmp_path / "varied.xlsx", lambda person, statement: 1 + (person * 7 + statement**2) % 6
        )
        assert not {"A403", "A404"} & codes(varied)

    def test_a_share_where_a_percentage_is_asked(self, tmp_path: Path) -> None:
        model = Library().find("mmmctic@2020-04")
        share, percentage = [
            item.id
            for item in model.measurement_by_id["results"].items
            if (bounds := model.plausible(item)) is not None and bounds.maximum == 100
            if "gobernacion" in item.applies_to
        ][:2]
        blank = tmp_path / "p.xlsx"
        cti("template", "-q", "mmmctic@2020-04", "--entity", "05", "-o", str(blank))
        book = openpyxl.load_workbook(blank)
        results = sheets.table(book, "cti:results:indicators")
        results.cell(share, "value").value = 0.45
        results.cell(percentage, "value").value = 45
        book.save(blank)
        _, stdout, _ = cti("validate", str(blank), "-f", "json", "--quiet")
        assert [record["item"] for record in json.loads(stdout) if record["code"] == "A405"] == [share]


@functools.cache
def blank_grid() -> bytes:
    options = TemplateOptions(perception=Perception.GRID, entity=who("05001"))
    model = Library().find("mmmctic@2020-04")
    return workbook_bytes(model, options, definition_hash(model))


def grid_of(path: Path, mark: Callable[[int, int], int]) -> str:
    """A workbook whose forty respondents give the marks of a rule."""

    def fill(book: openpyxl.Workbook) -> None:
        grid = sheets.table(book, "cti:perception:grid")
        statements = [column for column in grid.columns if column.startswith("P-")]
        for person, name in enumerate([name for name in grid.rows if re.fullmatch(r"\d+", name)][:40]):
            for number, column in enumerate(statements):
                grid.cell(name, column).value = mark(person, number)
            grid.cell(name, "segment").value = "Academia"

    path.write_bytes(edited(blank_grid(), fill))
    return str(path)


@pytest.fixture(scope="module")
def mistaken(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """EJ-03 has written the code of EJ-02 over its own; EJ-02 has sent its workbook too."""
    folder = tmp_path_factory.mktemp("mistaken")
    shutil.copy(workbook(example, "EJ-02.xlsx"), folder)
    book = openpyxl.load_workbook(workbook(example, "EJ-03.xlsx"))
    on_cover("entity_code", "EJ-02")(book)
    book.save(folder / "EJ-03.xlsx")
    return folder


class TestHeldApart:
    def test_nobody_is_scored_or_refused_by_it(self, example: Path, mistaken: Path, tmp_path: Path) -> None:
        status, _, _ = cti("score", str(mistaken), *listed(example), "-o", str(tmp_path / "out"), "--letters")
        assert status == 1
        with (tmp_path / "out" / "index.csv").open(encoding="utf-8", newline="") as lines:
            assert [(row["entity_code"], row["status"]) for row in csv.DictReader(lines)] == [
                ("EJ-02", "ranked")
            ]
        with (tmp_path / "out" / "findings.csv").open(encoding="utf-8", newline="") as lines:
            errors = [
                (row["file"], row["code"]) for row in csv.DictReader(lines) if row["severity"] == "error"
            ]
        assert errors == [("EJ-03.xlsx", "E110"), ("EJ-03.xlsx", "E111")]
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
        assert "EJ-03" in manifest["awaited"]
        alone = tmp_path / "alone"
        cti("score", str(mistaken / "EJ-02.xlsx"), *listed(example), "-o", str(alone))
        assert (alone / "answers.csv").read_bytes() == (tmp_path / "out" / "answers.csv").read_bytes()

    def test_the_letter_goes_to_whom_it_most_probably_comes_from(
        self, example: Path, mistaken: Path, tmp_path: Path
    ) -> None:
        """The name and the hidden code are those of EJ-03; only the code on the cover is another."""
        cti("validate", str(mistaken), *listed(example), "--letters", str(tmp_path))
        letter = (tmp_path / "file-EJ-03.xlsx.md").read_text(encoding="utf-8")
        assert "**Gobernación de Sierra Bermeja (EJ-03)**" in letter
        assert "--keep" not in letter
        assert not (tmp_path / "EJ-02.md").exists()

    def test_keep_says_that_the_code_on_the_cover_is_right(
        self, example: Path, mistaken: Path, tmp_path: Path
    ) -> None:
        only = tmp_path / "EJ-03.xlsx"
        shutil.copy(mistaken / "EJ-03.xlsx", only)
        status, _, _ = cti(
            "score", str(only), *listed(example), "--keep", str(only), "-o", str(tmp_path / "o")
        )
        assert status == 0
        with (tmp_path / "o" / "index.csv").open(encoding="utf-8", newline="") as lines:
            assert [row["entity_code"] for row in csv.DictReader(lines)] == ["EJ-02"]

    def test_the_table_of_validate_names_no_entity(self, example: Path, mistaken: Path) -> None:
        _, stdout, _ = cti("validate", str(mistaken), *listed(example), "-f", "json", "--quiet")
        assert {record["code"] for record in json.loads(stdout) if record["severity"] == "error"} == {
            "E110",
            "E111",
        }

    def test_it_is_not_migrated(self, example: Path, mistaken: Path, tmp_path: Path) -> None:
        """The new workbook would have one code only, and nobody would see the other again."""
        new = str(tmp_path / "new.xlsx")
        wanted = ("--to", "mmmctic@2021-11", *listed(example), "-o", new)
        status, _, stderr = cti("questionnaire", "migrate", str(mistaken / "EJ-03.xlsx"), *wanted)
        assert (status, "E110" in stderr) == (2, True)
