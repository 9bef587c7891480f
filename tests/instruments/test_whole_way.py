"""Three instruments of other kinds from the check to the index, by the command line and Excel alone."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from ctimaturity.model.canonical import definition_hash
from ctimaturity.workbook.template import Content, TemplateOptions
from ctimaturity.workbook.writer import write_workbook
from other_instruments import (
    ANSWERS,
    NAMES,
    RATED,
    SUM_OF_LEVELS,
    TWO_AXES,
    entity_answers,
    file_of,
    instrument,
)
from returned import at, sheet_of, who
from terminal import cti

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def fill(path: Path, measurement: str, given: Mapping[str, str | float], code: str = "05001") -> None:
    """Somebody writes the codes into the answer column, a code on the cover, and a reason beside each NA."""
    book = openpyxl.load_workbook(path)
    cover = book.worksheets[0]
    row = next(row for row in range(1, cover.max_row + 1) if cover.cell(row, 1).value == "entity_code")
    cover.cell(row, 3).value = code
    sheet = sheet_of(book, f"cti:{measurement}:answers")
    for item, answer in given.items():
        sheet[at(sheet, item, "answer")] = answer
        if answer == "NA":
            sheet[at(sheet, item, "reason")] = "There is nothing of the kind here"
    book.save(path)


@pytest.mark.parametrize(
    ("name", "measurement", "given", "nodes"),
    [
        # See test_scores: F-1 = (1 + 1.5) / 2, F-2 = 2.25, the whole 3.5 / 2 = 1.75
        pytest.param(
            "sum-of-levels",
            "assurance",
            SUM_OF_LEVELS,
            {"assurance": 1.75, "F-1": 1.25, "F-2": 2.25, "P-2": 1.5},
            id="sum-of-levels",
        ),
        # doors = (3.8 + 3.2) / 2 = 3.5, papers = 4 as credited, the whole 7.5 / 2 = 3.75
        pytest.param(
            "two-axes", "controls", TWO_AXES, {"controls": 3.75, "doors": 3.5, "shredding": 4}, id="two-axes"
        ),
        # permits 2, streets 1, as worked out in test_scores
        pytest.param(
            "rated-attributes",
            "capability",
            {item: float(value) for item, value in RATED.items()},
            {"capability": 1.5, "permits": 2, "streets": 1, "permits-2": 50.1},
            id="rated-attributes",
        ),
    ],
)
def test_check_template_fill_score(
    tmp_path: Path, name: str, measurement: str, given: Mapping[str, str | float], nodes: Mapping[str, float]
) -> None:
    definition = str(file_of(name))
    status, _, told = cti("questionnaire", "check", definition, "--strict")
    assert status == 0, told
    folder, out = tmp_path / "returned", tmp_path / "out"
    folder.mkdir()
    status, _, told = cti("template", "-q", definition, "-o", str(folder / "05001.xlsx"), "--lang", "en")
    assert status == 0, told
    fill(folder / "05001.xlsx", measurement, given)
    status, _, told = cti("score", str(folder), "-q", definition, "-o", str(out), "--lang", "en")
    assert status == 0, told
    with (out / "index.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["entity_code"], row["status"], row["rank"]) == ("05001", "ranked", "1")
    assert float(row["index"]) == pytest.approx(nodes[measurement], abs=1e-12)
    with (out / "scores.csv").open(encoding="utf-8", newline="") as lines:
        scores = {each["node"]: each["score"] for each in csv.DictReader(lines)}
    assert {node: float(scores[node]) for node in nodes} == pytest.approx(nodes, abs=1e-12)
    assert cti("verify", str(out), "--inputs", str(folder))[0] == 0


COLOMBIAN = ("dane", "divipola", "antioquia", "gobernaci", "alcald", "ministr", "medell")


def test_a_foreign_model_knows_nothing_of_colombia(tmp_path: Path) -> None:
    """Ward 05 is not Antioquia: in the workbook, the index, the documents and the letters."""
    definition, folder, out = str(file_of("two-axes")), tmp_path / "returned", tmp_path / "out"
    folder.mkdir()
    listed = tmp_path / "wards.csv"
    listed.write_text("code,name\n05,Ward five\n11,Ward eleven\n", "utf-8")
    assert cti("template", "-q", definition, "-o", str(tmp_path / "blank.xlsx"), "--lang", "en")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    words = [cell.value for each in book.worksheets for row in each.iter_rows() for cell in row]
    text = " ".join(str(word) for word in words if word).casefold()
    assert [word for word in COLOMBIAN if word in text] == []
    made = ("template", "-q", definition, "--entities", str(listed), "-o", str(folder), "--lang", "en")
    assert cti(*made)[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == ["05-ward-five.xlsx", "11-ward-eleven.xlsx"]
    for code, name in (("05", "05-ward-five"), ("11", "11-ward-eleven")):
        fill(folder / f"{name}.xlsx", "controls", TWO_AXES, code)
    for options in ((), ("--entities", str(listed))):
        scored = (
            "score",
            str(folder),
            "-q",
            definition,
            "-o",
            str(out),
            "--lang",
            "en",
            "--letters",
            "--force",
        )
        status, _, told = cti(*scored, *options)
        assert status == 0, told
        with (out / "index.csv").open(encoding="utf-8", newline="") as lines:
            rows = [(row["entity_code"], row["entity_name"], row["status"]) for row in csv.DictReader(lines)]
        assert rows == [("05", "Ward five", "ranked"), ("11", "Ward eleven", "ranked")]
    assert cti("report", str(out), "-f", "html", "-o", str(tmp_path / "report"), "--lang", "en")[0] == 0
    written = [*out.glob("*.md"), *out.glob("*.csv"), *(tmp_path / "report").rglob("*.html")]
    text = " ".join(path.read_text(encoding="utf-8") for path in written).casefold()
    assert [word for word in COLOMBIAN if word in text] == []


def test_documents_use_the_words_of_the_definition(tmp_path: Path) -> None:
    definition = instrument("rated-attributes")
    folder, out = tmp_path / "returned", tmp_path / "out"
    folder.mkdir()
    content = Content(replace(entity_answers(definition, RATED), entity=who("05001")))
    options = TemplateOptions(language="es", entity=who("05001"))
    write_workbook(folder / "05001.xlsx", definition, options, definition_hash(definition), content)
    assert cti("score", str(folder), "-q", str(file_of("rated-attributes")), "-o", str(out))[0] == 0
    page = (out / "index.md").read_text(encoding="utf-8")
    assert "Capacidad por proceso" in page
    assert "atributo: media de todas sus preguntas" in page
    assert "process-area" not in page
    book = openpyxl.load_workbook(out / "index.xlsx")
    assert "proceso" in {cell.value for row in book["Partes"].iter_rows() for cell in row}


@pytest.mark.parametrize("name", NAMES)
def test_every_document_can_be_made_of_them(tmp_path: Path, name: str) -> None:
    """Instruments without levels, with parts that have no score, with gates that shut."""
    definition, folder, out = instrument(name), tmp_path / "returned", tmp_path / "out"
    folder.mkdir()
    for code in ("05001", "08001", "11001"):
        content = Content(replace(entity_answers(definition, ANSWERS[name]), entity=who(code)))
        options = TemplateOptions(language="en", entity=who(code))
        path = folder / f"{code}.xlsx"
        write_workbook(path, definition, options, definition_hash(definition), content)
    runs = [
        ("validate", str(folder), "-q", str(file_of(name))),
        ("score", str(folder), "-q", str(file_of(name)), "-o", str(out)),
        ("explain", str(out), "--entity", "05001"),
        ("report", str(out), "-f", "html", "-f", "formulas", "-o", str(tmp_path / "report")),
        ("questionnaire", "diff", str(file_of(name)), str(file_of(name)), "--synthetic", "4"),
    ]
    assert {run[:2]: cti(*run)[0] for run in runs} == {run[:2]: 0 for run in runs}
