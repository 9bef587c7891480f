"""The guide through a whole round is followed as it is printed, with the invented rounds."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

KEPT = ("EJ-01", "EJ-04", "EJ-07", "EJ-09", "EJ-10", "EJ-11", "EJ-12", "EJ-13")
"""Of the invented entities: one of every kind there is (`test_rounds_example` has all of them)."""
_STATUS = re.compile(r"#\s*(?:estado|status) (\d)")


def commands(page: Path) -> list[tuple[str, int]]:
    """The lines of the shell blocks with the exit status that their remark announces, 0 without one."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = []
    for line in (line for block in blocks for line in block.splitlines()):
        told = _STATUS.search(line)
        if shlex.split(line, comments=True):
            found.append((line, int(told[1]) if told else 0))
    return found


def follow(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Run every command; what each wrote to standard output and error together."""
    monkeypatch.chdir(folder)
    told = []
    for line, expected in commands(page):
        words = shlex.split(line, comments=True)
        if words[0] == "cti":
            status, stdout, stderr = cti(*words[1:])
            told.append((line, stdout + stderr))
        else:
            status = subprocess.run(line, shell=True, check=False, cwd=folder).returncode  # noqa: S602  (our page)
        assert status == expected, (line, told[-1])
    return told


@pytest.fixture(scope="module")
def practice(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")

    def others(_folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name.startswith("EJ-") and name[:5] not in KEPT]

    shutil.copytree(root / "examples" / "rounds", folder / "ejemplo", ignore=others)
    for table in (folder / "ejemplo").rglob("*.csv"):
        header, *lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line[:5] in KEPT]
        table.write_text("".join([header, *kept]), encoding="utf-8", newline="")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_spanish_guide_as_printed(root: Path, practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = follow(root / "docs" / "es" / "ronda.md", practice, monkeypatch)
    status = [text for line, text in told if line.startswith("cti round status")]
    assert "Sent: 8. Returned: 7. Refused: 1. Scored: 0. Awaited: 1." in status[0]
    assert "Sent: 8. Returned: 7. Refused: 0. Scored: 0. Awaited: 1." in status[1]
    assert "Sent: 8. Returned: 7. Refused: 0. Scored: 7. Awaited: 1." in status[2]
    round_ = practice / "2026"
    assert {path.stem for path in (round_ / "cartas").glob("*.html")} >= {"EJ-12"}
    ranked = [row["entity_code"] for row in rows(round_ / "resultados" / "index.csv") if row["rank"]]
    assert len(ranked) == 6
    here = {row["entity_code"]: row["presence"] for row in rows(round_ / "avances" / "entities.csv")}
    assert sorted(here.values()).count("returning") == 4
    assert sorted(code for code, standing in here.items() if standing == "new") == ["EJ-10", "EJ-11", "EJ-12"]
    assert here["EJ-13"] == "gone"
    for folder in ("informe/entities", "hoja-de-ruta/entities"):
        assert len(list((round_ / folder).glob("*.html"))) == 7
    assert len(list((round_ / "hoja-de-ruta" / "plans").glob("*.xlsx"))) == 7


def test_the_english_guide_shows_the_same_commands(root: Path) -> None:
    spanish, english = (
        {line.split("#")[0].strip() for line, _ in commands(root / "docs" / page)}
        for page in ("es/ronda.md", "round.md")
    )
    extra = {line for line in english - spanish if "validate" not in line and "explain" not in line}
    assert extra == set()
