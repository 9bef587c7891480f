"""What is installed is what the checkout is: the wheel, built and used away from it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from ctimaturity._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ("src", "questionnaires", "examples", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy without compiled catalogues, without the network."""
    copy, target = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, copy / name)
    _pip("wheel", str(copy), "--no-deps", "--no-build-isolation", "--wheel-dir", str(target))
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--target", str(target), str(wheel))
    return target


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _run(
    installed: Path, folder: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed), "NO_COLOR": "1"} | variables
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_data_and_compiled_catalogues(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "ctimaturity/py.typed" in names
    assert "ctimaturity/indicators/divipola.csv" in names
    assert "ctimaturity/data/questionnaires/mmmctic/2020-04/questionnaire.yaml" in names
    assert "ctimaturity/data/questionnaires/lock.json" in names
    catalogues = {name.removesuffix(".po") for name in names if name.endswith(".po")}
    assert catalogues
    assert {f"{name}.mo" for name in catalogues} <= names
    assert any(re.fullmatch(r"ctimaturity/data/examples/.+\.xlsx", name) for name in names)
    assert any(re.fullmatch(r"ctimaturity/reporting/templates/.+\.j2", name) for name in names)


def test_the_module_is_that_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "-c", "import ctimaturity; print(ctimaturity.__file__)")
    assert done.stdout.strip() == str(installed / "ctimaturity" / "__init__.py")


def test_it_says_its_version(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "-m", "ctimaturity", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"cti {__version__}")


def test_it_speaks_spanish(installed: Path, tmp_path: Path) -> None:
    done = _run(
        installed, tmp_path, "-m", "ctimaturity", "explain-code", "A203", LANGUAGE="es", LC_ALL="es_CO.UTF-8"
    )
    assert done.returncode == 0
    assert "Qué hacer" in done.stdout


def test_the_example_is_scored_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "-m", "ctimaturity", "demo", "--out", "demo")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    written = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {"index.csv", "index.html", "index.md", "index.xlsx", "manifest.json"} <= written
