"""Reference ranges from a file to marks, documents and folders of results."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.results.manifest import json_bytes, sha256
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.reference import open_reference
from ctimaturity.workflows.score import load, score
from ctimaturity.workflows.verify import Proved, verify
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.workflows.outcome import Outcome

HEAD = "id: own\nversion: 2.0.0\nquestionnaire: mmmctic@2020-04\nranges:\n"
RANGE = "  - {item: R-PER-01, cuts: [10, 20, 30, 40, 50], source: DANE, year: 2024}\n"


@pytest.fixture(scope="module")
def examples(root: Path) -> Path:
    return root / "examples"


def scored(examples: Path, reference: Path, **options: object) -> Outcome:
    given = ScoreOptions(entities=examples / "entities.csv", reference=reference, **options)  # type: ignore[arg-type]
    return score([examples / "workbooks" / name for name in ("EJ-01.xlsx", "EJ-03.xlsx")], given)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def codes(outcome: Outcome) -> list[str]:
    return [finding.code.id for finding in outcome.diagnostics if finding.code.id.startswith("R")]


def written(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scoring_by_reference_is_read_back_proved_and_says_so(examples: Path, tmp_path: Path) -> None:
    outcome = scored(examples, examples / "reference.yaml", formats=("csv", "md", "html", "json", "xlsx"))
    out = outcome.write(tmp_path / "out")
    assert {"R217", "R218"} <= set(codes(outcome))
    (answer,) = (
        row for row in rows(out / "answers.csv") if (row["entity_code"], row["item"]) == ("EJ-01", "R-PER-05")
    )
    # 64.6 % of dropouts, lower is better, cuts 30 40 50 60 70: only 70 is not reached, so mark 2.
    assert (answer["value"], answer["basis"], answer["mark"]) == ("64.6", "range", "2")
    reference = outcome.assessment.reference
    assert reference is not None
    assert sha256((out / "reference.json").read_bytes()) == reference.digest
    name = f"ejemplo 1.0.0 ({reference.digest[:12]})"
    for document in ("index.md", "index.html"):
        assert f"{name}: un ejemplo" in (out / document).read_text(encoding="utf-8")
    record = json.loads((out / "index.json").read_bytes())
    assert (record["reference"], record["reference_is_example"]) == (name, True)
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["options"]["reference"] == "reference.yaml"
    assert manifest["inputs"]["reference.yaml"] == sha256((examples / "reference.yaml").read_bytes())
    book = read_workbook((out / "index.xlsx").read_bytes()).workbook
    assert book is not None
    texts = [cell.text for sheet in book.sheets for cell in sheet.cells.values()]
    assert any(name in text for text in texts)
    again = load(out)
    assert again.reference == reference
    assert [row.index for row in again.index.rows] == [row.index for row in outcome.index.rows]
    assert verify(out, examples).verdict is Proved.SAME
    status, tree, _ = cti("explain", str(out), "R-PER-05", "--entity", "EJ-01", "--lang", "en")
    assert status == 0
    assert "basis reference ranges; cuts 30 | 40 | 50 | 60 | 70; lower is better; Rango inventado" in tree
    _, tree, _ = cti("explain", str(out), "results", "--entity", "EJ-01", "--depth", "0", "--lang", "en")
    bases = Counter(
        row["basis"]
        for row in rows(out / "answers.csv")
        if (row["entity_code"], row["measurement"]) == ("EJ-01", "results")
        and row["state"] != "not_applicable"
    )
    assert f"basis reference ranges {bases['range']}; criterion mark {bases['criterion']}" in tree
    assert f"Reference ranges: {name}: an example" in tree


def test_every_file_says_by_which_ranges_it_was_marked(examples: Path, tmp_path: Path) -> None:
    own = HEAD + RANGE + RANGE.replace("R-PER-01", "R-PER-02")
    ranges, out = written(tmp_path, own), tmp_path / "out"
    books = [str(examples / "workbooks" / f"EJ-{number}.xlsx") for number in ("01", "11")]
    given = ("--entities", str(examples / "entities.csv"), "--reference", str(ranges))
    formats = [word for form in ("csv", "md", "html", "json", "xlsx") for word in ("-f", form)]
    assert cti("score", *books, *given, *formats, "--letters", "-o", str(out), "--quiet")[0] == 0
    assert cti("report", str(out), "-f", "html", "-f", "formulas", "-o", str(tmp_path / "told"))[0] == 0
    assert cti("roadmap", str(out), "-f", "csv", "-f", "md", "-o", str(tmp_path / "way"))[0] == 0
    assert cti("compare", str(out), str(out), "-f", "json", "-f", "md", "-o", str(tmp_path / "new"))[0] == 0
    digest = sha256((out / "reference.json").read_bytes())
    name = f"own 2.0.0 ({digest[:12]})"
    texts = ["index.csv", "answers.csv", "scores.csv", "datapackage.json", "index.md", "index.html"]
    said = [out / text for text in [*texts, "index.json", "letters/EJ-11.md", "letters/EJ-11.html"]]
    said += [tmp_path / "told" / text for text in ("index.html", "entities/EJ-01.html", "manifest.json")]
    said += [tmp_path / "way" / text for text in ("datapackage.json", "index.md", "entities/EJ-01.md")]
    said += [tmp_path / "new" / text for text in ("comparison.json", "index.md", "entities/EJ-01.md")]
    assert [path for path in said if name not in path.read_text(encoding="utf-8")] == []
    for path in (out / "index.xlsx", tmp_path / "told" / "entities" / "EJ-01.xlsx"):
        book = read_workbook(path.read_bytes()).workbook
        assert book is not None
        assert any(name in cell.text for sheet in book.sheets for cell in sheet.cells.values())
    recorded = json.loads((out / "manifest.json").read_bytes())["reference"]
    assert recorded == {"id": "own", "version": "2.0.0", "digest": digest, "example": False}
    for table, marked in (("answers.csv", "item"), ("scores.csv", "node")):
        cited = {row[marked] for row in rows(out / table) if row["reference"] == name}
        items = {"R-PER-01", "R-PER-02"}
        # Both are of education, in the dimension personas.
        assert cited == (items if marked == "item" else items | {"educacion", "personas", "results", "index"})
    assert [row["reference"] for row in rows(out / "index.csv")] == [name, name]
    assert load(out).reference is not None


def test_without_ranges_no_column_speaks_of_them(examples: Path, tmp_path: Path) -> None:
    options = ScoreOptions(entities=examples / "entities.csv")
    out = score([examples / "workbooks" / "EJ-01.xlsx"], options).write(tmp_path / "out")
    assert "reference" not in json.loads((out / "manifest.json").read_bytes())
    assert "sources" not in json.loads((out / "datapackage.json").read_bytes())
    for table in ("index.csv", "answers.csv", "scores.csv"):
        assert "reference" not in rows(out / table)[0]


def test_on_the_basis_range_only_ranges_mark(examples: Path, tmp_path: Path) -> None:
    outcome = scored(examples, written(tmp_path, HEAD + RANGE), results_basis="range")
    assert "R218" not in codes(outcome)
    uncovered = [finding for finding in outcome.diagnostics if finding.code.id == "S304"]
    assert len(uncovered) == 91  # of 92 indicators all but one
    assert {row.results_basis for row in outcome.index.rows} == {"range"}


def test_the_basis_range_needs_ranges(examples: Path) -> None:
    options = ScoreOptions(entities=examples / "entities.csv", results_basis="range")
    with pytest.raises(JobError) as caught:
        score([examples / "workbooks" / "EJ-01.xlsx"], options)
    assert "R222" in [finding.code.id for finding in caught.value.diagnostics]


def test_ranges_that_nobody_reads_are_said(examples: Path, tmp_path: Path) -> None:
    outcome = scored(examples, written(tmp_path, HEAD + RANGE), results_basis="criterion")
    assert codes(outcome) == ["R225"]


def test_a_range_for_some_entities_only_is_said(examples: Path, tmp_path: Path) -> None:
    own = RANGE.replace("R-PER-01", "R-PER-01, grouping: categoria, group: grande")
    outcome = scored(examples, written(tmp_path, HEAD + own))
    (finding,) = (each for each in outcome.diagnostics if each.code.id == "R219")
    assert (finding.parameters["count"], finding.parameters["total"]) == (1, 2)


def test_groups_of_two_columns_are_said_to_overlap(examples: Path, tmp_path: Path) -> None:
    # EJ-01 is `grande` and of the region `Andina`; of two groups the column first in the alphabet counts.
    big = RANGE.replace("R-PER-01,", "R-PER-01, grouping: categoria, group: grande,")
    andean = RANGE.replace("R-PER-01,", "R-PER-01, grouping: region, group: Andina,").replace("[10", "[11")
    for text in (big + andean, andean + big):
        outcome = scored(examples, written(tmp_path, HEAD + text))
        found = {
            str(finding.parameters["entity"]): finding.parameters["groups"]
            for finding in outcome.diagnostics
            if finding.code.id == "R226"
        }
        # EJ-03 is of Andina, and not `grande`.
        assert found == {"EJ-01": "categoria = grande; region = Andina"}
        reference = outcome.assessment.reference
        assert reference is not None
        held = reference.range_for("R-PER-01", outcome.assessment.answers["EJ-01"].entity)
        assert held is not None
        assert held.grouping == "categoria"


def test_a_column_that_the_list_does_not_have_stops_the_job(examples: Path, tmp_path: Path) -> None:
    own = RANGE.replace("R-PER-01", "R-PER-01, grouping: zona, group: norte")
    with pytest.raises(JobError) as caught:
        scored(examples, written(tmp_path, HEAD + own))
    assert "R220" in [finding.code.id for finding in caught.value.diagnostics]


def test_ranges_of_another_edition_stop_the_job(examples: Path, tmp_path: Path) -> None:
    with pytest.raises(JobError) as caught:
        scored(examples, written(tmp_path, HEAD.replace("2020-04", "2021-11") + RANGE))
    assert [finding.code.id for finding in caught.value.diagnostics] == ["R216"]


def test_a_reference_changed_in_the_results_is_refused(examples: Path, tmp_path: Path) -> None:
    out = scored(examples, written(tmp_path, HEAD + RANGE), formats=("csv",)).write(tmp_path / "out")
    changed = (out / "reference.json").read_bytes().replace(b'"10"', b'"11"')
    (out / "reference.json").write_bytes(changed)
    with pytest.raises(JobError):
        load(out)
    (out / "reference.json").write_bytes(b"{}")
    record = json.loads((out / "manifest.json").read_bytes())
    del record["manifest_hash"]
    record["outputs"]["reference.json"] = sha256(b"{}")
    (out / "manifest.json").write_bytes(json_bytes(record | {"manifest_hash": sha256(json_bytes(record))}))
    with pytest.raises(JobError) as caught:
        load(out)
    assert [finding.code.id for finding in caught.value.diagnostics] == ["R201"]


@pytest.mark.parametrize("name", ["new.yaml", "new.csv"])
def test_a_new_file_has_every_indicator_and_nothing_but_gaps(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    assert cti("reference", "new", "-q", "mmmctic@2020-04", "-o", path, "--id", "mine")[0] == 0
    assert cti("reference", "new", "-q", "mmmctic@2020-04", "-o", path)[0] == 2  # it is there already
    status, shown, _ = cti("reference", "check", path)
    assert (status, "R215" in shown) == (0, True)
    record = open_reference(tmp_path / name).document.record
    assert record is not None
    assert [one.item for one in record.ranges] == list(Library().find("mmmctic@2020-04").indicators)
    assert record.id == "mine"


def test_the_commands_speak_of_a_file(examples: Path, tmp_path: Path) -> None:
    path = str(examples / "reference.yaml")
    status, shown, _ = cti("reference", "show", path, "R-PER-05", "--lang", "es")
    assert status == 0
    assert shown.startswith("R-PER-05  30 | 40 | 50 | 60 | 70  (percent)  ")
    assert "menos es mejor; Rango inventado 2025" in shown
    status, shown, _ = cti("reference", "show", path, "-f", "json")
    assert json.loads(shown)["id"] == "ejemplo"
    bad = written(tmp_path, HEAD + RANGE.replace("20", "35"))
    status, shown, _ = cti("reference", "check", str(bad), "-f", "json")
    assert (status, "R207" in shown) == (1, True)
    status, shown, said = cti("reference", "show", path, "r-per-05")
    assert (status, shown, "R-PER-05?" in said) == (2, "", True)
    assert cti("reference", "check", str(examples / "reference.yaml"), "--strict", "--quiet")[0] == 1
    assert cti("reference", "show", str(bad))[0] == 1
    nowhere = written(tmp_path, HEAD.replace("mmmctic", "nothing") + RANGE)
    assert cti("reference", "check", str(nowhere))[0] == 2


def test_what_is_shown_of_a_range_is_in_the_language_asked_for(tmp_path: Path) -> None:
    text = HEAD + RANGE.replace("source:", "side: worse, source:")
    shown = cti("reference", "show", str(written(tmp_path, text)), "--lang", "es")[1].splitlines()
    assert shown[0].startswith("R-PER-01  10 | 20 | 30 | 40 | 50  (percent)  ")
    assert shown[1] == "    más es mejor; un valor en un corte recibe la peor marca; DANE 2024"
