from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from ctimaturity.files.installation import data_folder
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = data_folder("examples")


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round begun where the user stands, three workbooks of which came back."""
    monkeypatch.chdir(tmp_path)
    listed = str(EXAMPLES / "entities.csv")
    options = ("--part", "capacities", "-q", "mmmctic@2020-04", "--lang", "es")
    status, stdout, stderr = cti("round", "new", "2026", "--entities", listed, *options)
    assert (status, stdout) == (0, "")
    assert "2026/plantillas (13 workbooks)" in stderr
    for name in ("EJ-01.xlsx", "EJ-11.xlsx", "EJ-12.xlsx"):
        shutil.copy(EXAMPLES / "workbooks" / name, tmp_path / "2026" / "devueltos")
    return tmp_path / "2026"


@pytest.mark.usefixtures("begun")
def test_who_has_answered() -> None:
    status, stdout, stderr = cti("round", "status", "2026")
    assert status == 1  # a workbook is refused
    assert "EJ-13" in stdout
    assert "Sent: 13. Returned: 3. Refused: 1. Scored: 0. Awaited: 10." in stderr
    assert "cti validate 2026/devueltos --entities 2026/entidades.csv --letters 2026/cartas" in stderr
    assert "cti score 2026/devueltos --entities 2026/entidades.csv --round 2026 -o 2026/resultados" in stderr


@pytest.mark.usefixtures("begun")
def test_the_same_as_data() -> None:
    _, stdout, stderr = cti("round", "status", "2026", "-f", "json", "--quiet")
    told = json.loads(stdout)
    assert stderr == ""
    assert told["counts"]["refused"] == 1
    first = told["entities"][0]
    assert (first["entity_code"], first["stage"], first["files"]) == ("EJ-01", "returned", ["EJ-01.xlsx"])
    rows = list(csv.DictReader(io.StringIO(cti("round", "status", "2026", "-f", "csv", "--quiet")[1])))
    assert [row["stage"] for row in rows].count("sent") == 10
    assert rows[0]["sent"] == "true"


def test_a_round_needs_its_list(tmp_path: Path) -> None:
    assert cti("round", "new", "2026")[0] == 2
    status, _, stderr = cti("round", "status", str(tmp_path))
    assert status == 2
    assert "E401 round-without-list" in stderr
