from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest

import ctimaturity.workflows.compare as workflow
from ctimaturity.workflows.compare import compare
from rounds import EXAMPLE, write_few, write_later
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_later(tmp_path_factory.mktemp("later") / "out")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Two rounds of three entities."""
    folder, codes = tmp_path_factory.mktemp("few"), ("EJ-01", "EJ-04", "EJ-09")
    return str(write_few(folder / "before", *codes)), str(write_later(folder / "after", codes=codes))


def test_two_rounds_are_compared(later: Path, tmp_path: Path) -> None:
    status, stdout, stderr = cti("compare", str(EXAMPLE), str(later), "-o", str(tmp_path / "out"))
    assert (status, stdout) == (0, "")
    assert "Returning: 11. New: 1. Gone: 1." in stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("entities.csv", "changes.csv", "contributions.csv", "trajectories.csv", "datapackage.json"),
        *("index.html", "index.md", "index.xlsx", "entities", "manifest.json"),
    }


def test_only_the_format_asked_for(few: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, _, stderr = cti("compare", *few, "-o", str(out), "-f", "json", "--quiet", "--lang", "en")
    assert (status, stderr) == (0, "")
    assert {path.name for path in out.iterdir()} == {"comparison.json", "manifest.json"}
    assert json.loads((out / "manifest.json").read_text("utf-8"))["kind"] == "comparison"


def test_a_folder_of_somebody_else_is_left_alone(few: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    status, _, stderr = cti("compare", *few, "-o", str(tmp_path))
    assert status == 2
    assert "O2" in stderr


def test_more_names_than_rounds_are_a_mistake(few: tuple[str, str], tmp_path: Path) -> None:
    labels = [word for label in "abc" for word in ("--label", label)]
    status, _, stderr = cti("compare", *few, "-o", str(tmp_path / "out"), *labels)
    assert status == 2
    assert "there are more names than rounds" in stderr


def test_a_panel_is_filled_and_shown(few: tuple[str, str], tmp_path: Path) -> None:
    panel = str(tmp_path / "panel")
    for folder in few:
        assert cti("panel", "add", panel, folder)[0] == 0
    status, stdout, _ = cti("panel", "show", panel, "--entity", "EJ-04", "-f", "json")
    assert status == 0
    assert [row["round"] for row in json.loads(stdout)] == ["2027", "Ejemplo"]
    _, stdout, _ = cti("panel", "show", panel, "--node", "results:habitat", "-f", "csv")
    assert stdout.splitlines()[0] == "round,code,name,questionnaire,status,rank,score,level"
    _, stdout, _ = cti("panel", "show", panel)
    assert "San Telmo" in stdout
    # Of a provisional entity no point is shown: round, code, name, state, and three dashes.
    lines = [line.split() for line in stdout.splitlines() if "EJ-09" in line]
    assert {(*line[-4:],) for line in lines} == {("provisional", "–", "–", "–")}


def test_a_panel_that_has_no_such_entity_says_so(few: tuple[str, str], tmp_path: Path) -> None:
    panel = str(tmp_path / "panel")
    cti("panel", "add", panel, few[1])
    status, stdout, stderr = cti("panel", "show", panel, "--entity", "EJ-4")
    assert (status, stdout) == (2, "")
    assert "I212" in stderr


def test_numbers_are_whole_however_narrow_the_terminal(
    later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    # The rounds are the same at every width: they are compared once.
    compared = compare([EXAMPLE, later])
    monkeypatch.setattr(workflow, "compare", lambda *_: compared)
    words = ("compare", str(EXAMPLE), str(later), "-o", str(out), "--force", "-f", "csv")
    said = {}
    for columns in (30, 40, 60, 64, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        said[columns] = cti(*words)[2]
    with (out / "entities.csv").open(encoding="utf-8", newline="") as stream:
        ranked = [row for row in csv.DictReader(stream) if row["rank_change"]]
    assert len(ranked) == 7
    for columns, stderr in said.items():
        lines = stderr.splitlines()
        for row in ranked:
            (line,) = (line for line in lines if re.search(rf"\b{row['entity_code']}\b", line))
            assert f"{row['rank_before']} → {row['rank_after']}" in line, columns
            assert re.search(r"[+−-]?\d+\.\d\d\b", line), columns
        if columns >= 60:
            line = next(line for line in lines if "EJ-04" in line)
            assert re.search(r"\d\.\d\d +\d\.\d\d +\+\d\.\d\d +\d+ → \d+", line), columns
            assert max(map(len, lines)) <= max(columns, 90)
        assert ("others" in stderr) == (columns > 100)


def test_a_node_without_its_measurement_is_a_mistake(tmp_path: Path) -> None:
    status, _, stderr = cti("panel", "show", str(tmp_path), "--node", "habitat")
    assert status == 2
    assert "MEASUREMENT:NODE" in stderr
