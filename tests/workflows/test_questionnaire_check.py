"""Definitions, releases and crosswalks checked as the command does, and releases made."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ctimaturity.cli.app import app
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.workflows.questionnaire_check import check, release_definition
from small_definition import SMALL

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A definition in its place: `<root>/<id>/<edition>`."""
    place = tmp_path / "library-check" / "v1"
    place.mkdir(parents=True)
    (place / "questionnaire.yaml").write_text(SMALL, encoding="utf-8")
    return place


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "questionnaire.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def errors(*references: Path) -> list[str]:
    found = check([str(reference) for reference in references]).diagnostics
    return [finding.code.id for finding in found if finding.severity == "error"]


def refusal(folder: Path) -> list[str]:
    with pytest.raises(JobError) as error:
        release_definition(str(folder))
    return [finding.code.id for finding in error.value.diagnostics if finding.severity == "error"]


def test_all_bundled_definitions_pass_strictly(root: Path) -> None:
    found = check([str(root / "questionnaires")])
    assert found.diagnostics == ()
    assert [main.parent.name for main, _ in found.definitions] == ["2020-04", "2021-11"]
    result = CliRunner().invoke(app, ["questionnaire", "check", "--strict", str(root / "questionnaires")])
    assert result.exit_code == 0


def test_a_file_of_a_folder_stands_for_the_folder(root: Path) -> None:
    folder = root / "questionnaires" / "mmmctic" / "2021-11"
    found = check([str(folder / "results.yaml"), str(folder)])
    assert [main for main, _ in found.definitions] == [folder / "questionnaire.yaml"]


def test_what_is_missing_or_empty_is_not_done(tmp_path: Path) -> None:
    for reference, code in ((tmp_path / "none", "Q204"), (tmp_path, "Q210")):
        with pytest.raises(JobError) as error:
            check([str(reference)])
        assert [finding.code.id for finding in error.value.diagnostics] == [code]
    assert CliRunner().invoke(app, ["questionnaire", "check", str(tmp_path)]).exit_code == 2


def test_findings_as_data(folder: Path) -> None:
    result = CliRunner().invoke(
        app, ["questionnaire", "check", str(folder), "-f", "json", "--strict", "--quiet"]
    )
    assert result.exit_code == 1
    assert {record["code"] for record in json.loads(result.stdout)} == {"Q602", "Q607", "Q608", "Q612"}


class TestReleases:
    def test_one_is_frozen_listed_and_made_once(self, folder: Path, tmp_path: Path) -> None:
        made = release_definition(str(folder))
        assert made.file == tmp_path / "library-check" / "v1" / "released" / "0.1.0.json"
        lock = (tmp_path / "lock.json").read_bytes()
        assert json.loads(lock)["releases"][0]["file"] == "library-check/v1/released/0.1.0.json"
        again = release_definition(str(folder))
        assert [finding.code.id for finding in again.diagnostics if finding.severity == "note"] == ["Q509"]
        assert (tmp_path / "lock.json").read_bytes() == lock
        assert errors(tmp_path) == []

    def test_elsewhere_the_lock_stands_beside_the_definition(self, tmp_path: Path) -> None:
        (tmp_path / "questionnaire.yaml").write_text(SMALL, encoding="utf-8")
        result = CliRunner().invoke(app, ["questionnaire", "release", str(tmp_path)])
        assert result.exit_code == 0
        assert (tmp_path / "released" / "0.1.0.json").is_file()
        assert (tmp_path / "lock.json").is_file()

    def test_a_released_version_says_nothing_else(self, folder: Path) -> None:
        release_definition(str(folder))
        change(folder, "There is a ramp", "There is a ramp at the door")
        assert errors(folder) == ["Q506"]
        assert refusal(folder) == ["Q506"]
        change(folder, "version: 0.1.0", "version: 0.1.1")
        assert errors(folder) == []
        assert release_definition(str(folder)).release.version == "0.1.1"

    def test_versions_rise(self, folder: Path) -> None:
        change(folder, "version: 0.1.0", "version: 0.10.0")
        release_definition(str(folder))
        change(folder, "version: 0.10.0", "version: 0.9.0")
        assert refusal(folder) == ["Q507"]

    def test_a_changed_file_is_an_error(self, folder: Path, tmp_path: Path) -> None:
        file = release_definition(str(folder)).file
        file.write_bytes(file.read_bytes() + b" ")
        assert errors(folder) == ["Q503"]
        file.unlink()
        assert errors(folder) == ["Q204"]
        shutil.copy(tmp_path / "lock.json", file)
        shutil.copy(file, file.with_name("0.2.0.json"))
        assert sorted(set(errors(tmp_path))) == ["Q503", "Q508"]

    def test_a_damaged_lock_is_an_error(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "lock.json").write_text("[]", encoding="utf-8")
        assert errors(folder) == ["Q502"]

    def test_an_id_keeps_its_meaning(self, folder: Path) -> None:
        release_definition(str(folder))
        change(folder, "version: 0.1.0", "version: 0.2.0")
        change(folder, "There is a ramp", "Opening hours suffice")
        assert errors(folder) == ["Q207"]

    def test_a_definition_with_errors_is_not_released(self, folder: Path) -> None:
        change(folder, "weight: 3", "weight: -3")
        assert refusal(folder) == ["Q306"]


def test_an_id_of_two_editions_needs_one_text_or_a_crosswalk(folder: Path) -> None:
    later = folder.parent / "v2"
    shutil.copytree(folder, later)
    change(later, "edition: v1", "edition: v2")
    assert errors(later) == []
    change(later, "There is a ramp", "There is a ramp or a lift")
    assert errors(later) == ["Q807"]
    (folder.parent / "crosswalks").mkdir()
    same = "fire-exit, catalogue, online, friendly, slow, loans"
    (folder.parent / "crosswalks" / "v1--v2.yaml").write_text(
        f"schema: 1\nid: library-check\nfrom: v1\nto: v2\nsame: [{same}]\nnear: [ramp]\n", encoding="utf-8"
    )
    assert errors(later, folder) == []
