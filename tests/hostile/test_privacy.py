"""Personal data on covers, in free text, in comments and in surveys stays where it is needed."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.comments import Comment

import sheets
from outputs import texts
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Zoraida Peñaranda"
MAIL = "z.penaranda@correo.invalid"
PHONE = "310 444 5566"
PLANTED = re.compile(r"Zoraida|Pe(ñ|&#241;|\\u00f1|n)aranda|correo\.invalid|310.?444.?5566", re.IGNORECASE)
WHO = f"{NAME}, {MAIL}, cel. {PHONE}"


@pytest.fixture(scope="module")
def received(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks with a person's data wherever people write it: good ones, incomplete ones, refused ones."""
    folder = tmp_path_factory.mktemp("recibidos")
    for name in ("EJ-02", "EJ-05", "EJ-06", "EJ-11", "EJ-12"):
        book = openpyxl.load_workbook(root / "examples" / "workbooks" / f"{name}.xlsx")
        plant(book)
        if name == "EJ-05":
            capacities = sheets.table(book, "cti:capacities:answers")
            capacities.cell("C-01-a", "answer").value = f"{MAIL} {PHONE}"
            capacities.sheet["Z3"] = WHO
        if name == "EJ-06":
            sheets.cover(book)["entity_code"].value = f"{MAIL}"
        book.save(folder / f"{name}.xlsx")
    return folder


def plant(book: openpyxl.Workbook) -> None:
    book.properties.creator = WHO
    book.properties.lastModifiedBy = NAME
    cover = sheets.cover(book)
    for key in ("signed_by", "signed_post", "signed_act", "contact"):
        cover[key].value = WHO
    cover["signed_by"].comment = Comment(WHO, NAME)
    cover["date"].value = f"Preguntar a {WHO}"
    cover["round"].value = cover["round"].value
    notes = book.create_sheet(f"Notas {NAME[:7]}")
    notes["A1"] = WHO
    capacities = sheets.table(book, "cti:capacities:answers")
    written = [(capacities, "C-01-a"), (capacities, "C-01-b")]
    if "Resultados" in book.sheetnames:
        results = sheets.table(book, "cti:results:indicators")
        written.append((results, next(iter(results.rows))))
    for part, item in written:
        part.cell(item, "evidence").value = f"Acta de {WHO}"
        part.cell(item, "observation").value = WHO
    capacities.cell("C-01-c", "answer").comment = Comment(WHO, NAME)


OF_FREE_TEXT = ("evidence", "observation", "source")


def without_free_text(text: str) -> str:
    """A table of answers without its columns of free text, which keep what the entity wrote."""
    rows = list(csv.DictReader(io.StringIO(text)))
    return "\n".join(str([value for key, value in row.items() if key not in OF_FREE_TEXT]) for row in rows)


def leaks(folder: Path, *said: str) -> dict[str, str]:
    found = {}
    for name, text in [*texts(folder), *((f"stream {at}", text) for at, text in enumerate(said))]:
        looked = without_free_text(text) if name.rpartition("/")[2].startswith("answers.") else text
        if hit := PLANTED.search(looked):
            found[name] = looked[max(0, hit.start() - 150) : hit.end() + 40]
    return found


def test_no_output_of_score_holds_them(root: Path, received: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    formats = [
        part for form in ("csv", "md", "html", "xlsx", "json", "parquet", "pdf") for part in ("-f", form)
    ]
    status, stdout, stderr = cti(
        "score", str(received), "--entities", str(root / "examples/entities.csv"), "-o", str(out),
        "--letters", "--round", "Ejemplo", *formats,
    )  # fmt: skip
    assert status == 1
    assert WHO in (out / "answers.csv").read_text(encoding="utf-8")  # they were read
    assert not leaks(out, stdout, stderr)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_finding_holds_them(root: Path, received: Path, tmp_path: Path, form: str) -> None:
    status, stdout, stderr = cti(
        "validate", str(received), "--entities", str(root / "examples/entities.csv"), "-f", form,
        "--letters", str(tmp_path),
    )  # fmt: skip
    assert status == 1
    assert not leaks(tmp_path, stdout, stderr)


def test_neither_the_tree_nor_the_public_report_holds_them(
    root: Path, received: Path, tmp_path: Path
) -> None:
    entities = str(root / "examples/entities.csv")
    for form in ("text", "json"):
        status, stdout, stderr = cti(
            "explain", str(received), "--entity", "EJ-02", "--entities", entities, "-f", form
        )
        assert status == 0, stderr
        assert not leaks(tmp_path, stdout, stderr)
    _, stdout, stderr = cti(
        "report", str(received), "--entities", entities, "-o", str(tmp_path / "report"), "--publish"
    )
    assert (tmp_path / "report" / "public").is_dir()
    assert not leaks(tmp_path / "report" / "public", stdout, stderr)
