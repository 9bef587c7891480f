"""`cti score` as people and scripts call it."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from ctimaturity.workflows.score import EXAMPLE_ENTITIES, EXAMPLE_WORKBOOKS
from terminal import cti, cti_process

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "answers.csv",
    "covariances.csv",
    "datapackage.json",
    "definition.json",
    "findings.csv",
    "index.csv",
    "index.html",
    "index.md",
    "index.xlsx",
    "manifest.json",
    "scores.csv",
    "tallies.csv",
}


@pytest.fixture(scope="module")
def example(root: Path) -> Path:
    return root / "examples"


@pytest.fixture
def returned(tmp_path: Path, example: Path) -> Path:
    """A few workbooks of the example: two good ones and a refused one."""
    folder = tmp_path / "recibidos"
    folder.mkdir()
    for name in ("EJ-01.xlsx", "EJ-02.xlsx", "EJ-12.xlsx"):
        shutil.copy(example / EXAMPLE_WORKBOOKS / name, folder)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_refused_workbook_costs_only_itself_and_exit_1(
    returned: Path, example: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    status, stdout, stderr = cti(
        "score", str(returned), "--entities", str(example / EXAMPLE_ENTITIES), "-o", str(out)
    )
    assert (status, stdout) == (1, "")
    assert {path.name for path in out.iterdir()} == FILES
    found = {row["entity_code"]: row["status"] for row in rows(out / "index.csv")}
    assert found == {"EJ-01": "ranked", "EJ-02": "ranked", "EJ-12": "refused"}
    assert "A203" in stderr
    assert "EJ-12.xlsx[Capacidades!" in stderr
    assert "10 entities have not answered" in stderr  # thirteen are listed


def test_only_good_workbooks_exit_0_and_strict_counts_warnings(example: Path, tmp_path: Path) -> None:
    provisional = example / EXAMPLE_WORKBOOKS / "EJ-09.xlsx"  # ten respondents: a warning, no error
    arguments = ("score", str(provisional), "--entities", str(example / EXAMPLE_ENTITIES))
    assert cti(*arguments, "-o", str(tmp_path / "a"))[0] == 0
    assert cti(*arguments, "-o", str(tmp_path / "b"), "--strict")[0] == 1
    ranked = example / EXAMPLE_WORKBOOKS / "EJ-01.xlsx"
    arguments = ("score", str(ranked), "--entities", str(example / EXAMPLE_ENTITIES))
    assert cti(*arguments, "-o", str(tmp_path / "c"), "--strict")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["no-such-folder"], "F101", id="a path that is not there"),
        pytest.param(["{returned}", "--entities", "no-such.csv"], "F108", id="a list that is not there"),
        pytest.param(["{returned}", "-q", "mmmctic@1999-01"], "Q", id="a definition that is not there"),
        pytest.param(["{returned}", "--measurements", "capacidades"], "I102", id="a measurement misnamed"),
        pytest.param(["{returned}", "--group", "color"], "I103", id="a group that nobody has"),
        pytest.param(["{returned}", "--keep", "otro.xlsx"], "W", id="a file to keep that is not among them"),
    ],
)
def test_what_cannot_be_done_exits_2_with_a_finding(
    returned: Path, example: Path, tmp_path: Path, arguments: list[str], code: str
) -> None:
    filled = [argument.format(returned=returned) for argument in arguments]
    if "--entities" not in filled:
        filled += ["--entities", str(example / EXAMPLE_ENTITIES)]
    status, stdout, stderr = cti("score", *filled, "-o", str(tmp_path / "out"))
    assert (status, stdout) == (2, "")
    assert code in stderr
    assert "help:" in stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_of_someone_else_is_left_alone_unless_forced(
    returned: Path, example: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "tesis.docx").write_bytes(b"mine")
    arguments = ("score", str(returned), "--entities", str(example / EXAMPLE_ENTITIES), "-o", str(out))
    status, _, stderr = cti(*arguments)
    assert status == 2
    assert "O2" in stderr
    assert [path.name for path in out.iterdir()] == ["tesis.docx"]
    assert cti(*arguments, "--force")[0] == 1  # the refused workbook
    assert (out / "tesis.docx").read_bytes() == b"mine"
    assert (out / "index.csv").exists()
    assert cti(*arguments)[0] == 1  # now it is a folder of ours


def test_formats_and_dialect(returned: Path, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    listed = str(example / EXAMPLE_ENTITIES)
    cti(
        "score", str(returned), "--entities", listed, "-o", str(out), "-f", "csv", "--csv-dialect", "excel-es"
    )
    assert {path.name for path in out.iterdir()} == FILES - {"index.html", "index.md", "index.xlsx"}
    first = (out / "index.csv").read_bytes()
    assert first.startswith(b"\xef\xbb\xbfrank;entity_code;")
    assert b";5,0" in first


def test_findings_as_json_keep_the_terminal_clean(returned: Path, example: Path, tmp_path: Path) -> None:
    listed = str(example / EXAMPLE_ENTITIES)
    arguments = ("--entities", listed, "-o", str(tmp_path / "out"), "--findings-format", "json", "--quiet")
    status, stdout, stderr = cti("score", str(returned), *arguments)
    records = json.loads(stderr)
    assert (status, stdout) == (1, "")
    (refused,) = [record for record in records if record["severity"] == "error"]
    assert (refused["code"], refused["item"], refused["value"]) == ("A203", "C-01-g", "9")
    assert refused["message"].startswith("la respuesta a C-01-g")  # data are Spanish unless asked otherwise
    assert refused["file"] == (returned / "EJ-12.xlsx").as_posix()


def test_the_environment_chooses_the_language_of_the_terminal_only(
    returned: Path, example: Path, tmp_path: Path
) -> None:
    arguments = ("score", str(returned), "--entities", str(example / EXAMPLE_ENTITIES), "-o")
    spanish = cti_process(*arguments, str(tmp_path / "es"), LANG="es_CO.UTF-8")
    english = cti_process(*arguments, str(tmp_path / "en"), LANG="C.UTF-8")
    assert "rechazada" in spanish.stderr
    assert "refused" in english.stderr
    assert digests(tmp_path / "es") == digests(tmp_path / "en")


def test_nothing_of_the_run_changes_a_byte(returned: Path, example: Path, tmp_path: Path) -> None:
    listed = str(example / EXAMPLE_ENTITIES)
    files = [str(path) for path in sorted(returned.iterdir())]
    common = ("--entities", listed, "--round", "2026")
    cti_process(
        "score", *files, *common, "-o", str(tmp_path / "a"), "--jobs", "1", PYTHONHASHSEED="1", TZ="UTC"
    )
    cti_process(
        "score",
        *reversed([path.rpartition("/")[2] for path in files]),
        *common,
        "-o",
        str(tmp_path / "b"),
        "--jobs",
        "2",
        folder=returned,
        PYTHONHASHSEED="77",
        TZ="America/Bogota",
        LANG="es_CO.UTF-8",
    )
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_everyone_is_scored_on_the_same_named_set(returned: Path, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    listed = str(example / EXAMPLE_ENTITIES)
    cti(
        "score",
        str(returned),
        "--entities",
        listed,
        "-o",
        str(out),
        "--measurements",
        "capacities,perception",
    )
    for row in rows(out / "index.csv")[:2]:
        # Two measurements of equal weight.
        half = (float(row["capacities"]) + float(row["perception"])) / 2
        assert float(row["index"]) == pytest.approx(half, abs=1e-12)
        assert row["results"] == ""
    assert "capacities" in (out / "manifest.json").read_text(encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_a_workbook_that_says_no_entity_leaves_nobody_to_score(tmp_path: Path) -> None:
    blank = tmp_path / "plantilla.xlsx"
    cti("template", "-q", "mmmctic@2020-04", "-o", str(blank))
    status, stdout, stderr = cti("score", str(blank), "-o", str(tmp_path / "out"))
    assert (status, stdout) == (2, "")
    assert "I101 nobody-to-score" in stderr
    assert not (tmp_path / "out").exists()


def test_where_every_workbook_is_refused_there_is_nothing_to_score(example: Path, tmp_path: Path) -> None:
    refused = str(example / EXAMPLE_WORKBOOKS / "EJ-12.xlsx")
    listed = str(example / EXAMPLE_ENTITIES)
    status, stdout, stderr = cti("score", refused, "--entities", listed, "-o", str(tmp_path / "out"))
    assert (status, stdout) == (2, "")
    assert "I104 all-refused" in stderr
    assert "A203 answer-out-of-scale" in stderr
    assert not (tmp_path / "out").exists()


def test_what_failed_is_called_as_it_was_given(example: Path, tmp_path: Path) -> None:
    refused = example / EXAMPLE_WORKBOOKS / "EJ-12.xlsx"
    listed = str(example / EXAMPLE_ENTITIES)
    _, _, stderr = cti("score", str(refused), "--entities", listed, "-o", str(tmp_path / "out"))
    assert f"{refused.as_posix()}[Capacidades!C14]: A203" in stderr


def test_the_command_that_a_finding_gives_can_be_run(tmp_path: Path) -> None:
    blank = tmp_path / "una plantilla.xlsx"
    cti("template", "-q", "mmmctic@2020-04", "--entity", "05001", "-o", str(blank))
    _, _, stderr = cti("score", str(blank), "-q", "mmmctic@2021-11", "-o", str(tmp_path / "out"))
    assert "W207" in stderr
    assert f"'{blank.as_posix()}'" in stderr
