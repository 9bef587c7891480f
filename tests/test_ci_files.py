"""The CI files are whole, and what they run exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.main import get_command

from ctimaturity.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

Workflow = dict[str, dict[str, dict[str, object]]]


@pytest.fixture(scope="module")
def jobs(root: Path) -> dict[str, dict[str, object]]:
    text = (root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    workflow: Workflow = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (a loader that makes only text)
    return workflow["jobs"]


def commands_of(job: dict[str, object]) -> list[list[str]]:
    """Every command a job runs, as words."""
    steps = job["steps"]
    assert isinstance(steps, list)
    lines = [line for step in steps for line in step.get("run", "").splitlines()]
    return [shlex.split(part) for line in lines for part in line.split("&&")]


def all_commands(jobs: dict[str, dict[str, object]]) -> list[list[str]]:
    return [command for job in jobs.values() for command in commands_of(job)]


def test_linux_windows_and_the_wheel_are_tested(jobs: dict[str, dict[str, object]]) -> None:
    systems = {name: job["runs-on"] for name, job in jobs.items()}
    ubuntu = dict.fromkeys(("linux", "floors", "wheel"), "ubuntu-latest")
    assert systems == {**ubuntu, "windows": "windows-latest"}


def test_every_make_target_exists(jobs: dict[str, dict[str, object]], root: Path) -> None:
    rules = set(
        re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    asked = {command[1] for command in all_commands(jobs) if command[0] == "make"}
    assert {"demo", "test", "floors"} <= asked <= rules


def test_every_cti_command_parses(jobs: dict[str, dict[str, object]]) -> None:
    group = get_command(app)
    asked = [command[1:] for command in all_commands(jobs) if command[0].endswith("cti")]
    assert asked
    for name, *arguments in asked:
        command = group.get_command(group.make_context("cti", [name]), name)  # type: ignore[attr-defined]
        command.make_context(name, arguments)


def test_every_extra_exists(jobs: dict[str, dict[str, object]], root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        extra
        for command in all_commands(jobs)
        for word in command
        for extra in re.findall(r"\.\[(\w+)\]", word)
    }
    assert asked == {"test"} == asked & set(project["optional-dependencies"])


def test_the_tested_pythons_are_the_promised_ones(jobs: dict[str, dict[str, object]], root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = {
        name for label in project["classifiers"] for name in re.findall(r"Python :: (3\.\d+)$", label)
    }
    strategy = jobs["linux"]["strategy"]
    assert isinstance(strategy, dict)
    assert set(strategy["matrix"]["python"]) == promised
    assert project["requires-python"] == f">={min(promised, key=lambda name: int(name[2:]))}"


def test_the_local_run_is_the_same_make_test(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert re.search(r"^CTI_NO_SKIPS=1 make test\nsay .+\nmake floors$", text, flags=re.MULTILINE)


def test_every_dependency_has_a_floor_that_is_tried(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "floors.py"], capture_output=True, check=True, text=True
    )
    tried = {line.partition("==")[0] for line in done.stdout.splitlines()}
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = settings["project"]["optional-dependencies"]
    asked = [*settings["build-system"]["requires"], *settings["project"]["dependencies"]]
    asked += [text for name, needs in extras.items() if name != "test" for text in needs]
    assert tried == {re.split("[<>=~!]", text)[0] for text in asked}
