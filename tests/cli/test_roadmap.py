from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rounds import EXAMPLE
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("named", [(), ("plan",)])
def test_roadmaps_are_written(named: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, stdout, stderr = cti("roadmap", *named, str(EXAMPLE), "-o", str(out), "--entity", "EJ-06")
    assert (status, stdout) == (0, "")
    assert "Riofrondoso" in stderr
    assert json.loads((out / "manifest.json").read_text("utf-8"))["kind"] == "roadmap"
    assert {path.name for path in (out / "entities").iterdir()} >= {"EJ-06.html", "EJ-06.md"}


def test_only_the_format_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, _, stderr = cti("roadmap", str(EXAMPLE), "-o", str(out), "-f", "csv", "--quiet")
    assert (status, stderr) == (0, "")
    assert not (out / "index.html").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--horizon", "18,6"),
        ("--horizon", "a"),
        ("--horizon", "0"),
        ("--limit", "-3"),
        ("--limit", "3.5"),
        ("--limit", "0,0,0"),
    ],
)
def test_what_is_no_list_of_whole_numbers_is_refused(option: str, value: str, tmp_path: Path) -> None:
    status, _, stderr = cti("roadmap", str(EXAMPLE), "-o", str(tmp_path / "out"), option, value)
    assert status == 2
    assert option in stderr


def test_more_limits_than_phases_are_refused(tmp_path: Path) -> None:
    words = ("--horizon", "6,12", "--limit", "1,2,3", "-o", str(tmp_path / "out"))
    status, _, stderr = cti("roadmap", str(EXAMPLE), *words)
    assert status == 2
    assert "--limit" in stderr


def test_more_limits_than_phases_of_the_edition_are_refused(tmp_path: Path) -> None:
    status, _, stderr = cti("roadmap", str(EXAMPLE), "--limit", "1,2", "-o", str(tmp_path / "out"))
    assert status == 2
    assert "I312" in stderr


def test_the_help_shows_the_options() -> None:
    status, stdout, _ = cti("roadmap", "--help")
    assert status == 0
    assert "--target" in stdout


def test_plans_that_came_back_are_followed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("--entity", "EJ-06", "--start", "2026-01-01", "-f", "xlsx", "--quiet")
    assert cti("roadmap", str(EXAMPLE), "-o", str(out), *words)[0] == 0
    status, stdout, stderr = cti(
        "roadmap", "update", str(out / "plans" / "EJ-06.xlsx"), "--date", "2026-08-01", "-f", "json"
    )
    assert (status, stderr) == (0, "")
    standings = {each["standing"] for each in json.loads(stdout)["actions"]}
    assert standings == {"late", "next"}


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    assert cti("roadmap", "update", str(tmp_path), "--date", "mañana")[0] == 2


def test_nothing_to_follow(tmp_path: Path) -> None:
    status, _, stderr = cti("roadmap", "update", str(EXAMPLE / "index.xlsx"))
    assert status == 2
    assert "W307" in stderr
