"""The page on the architecture speaks of the code as it is."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docs" / "architecture.md").read_text(encoding="utf-8")


def rows_below(text: str, heading: str) -> list[list[str]]:
    """The quoted words in the first column of the table below a heading."""
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\| (`.+?) \|", section, flags=re.MULTILINE)
    return [re.findall(r"`(\w+)`", cell) for cell in cells]


def test_the_floors_are_those_of_the_contract(text: str, root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (floors,) = [contract for contract in settings["contracts"] if contract["type"] == "layers"]
    contract = [sorted(layer.split(" | ")) for layer in floors["layers"]]
    assert [sorted(row) for row in rows_below(text, "Floors")] == contract


def test_every_room_is_described(text: str, root: Path) -> None:
    package = root / "src" / "ctimaturity"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")} | {"interface"}
    assert {room for row in rows_below(text, "Rooms") for room in row} == rooms


def test_every_module_it_names_exists(text: str, root: Path) -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    assert len(named) > 5
    package = root / "src" / "ctimaturity"
    rooms = [package, root, *(path for path in package.iterdir() if path.is_dir())]
    assert {name for name in named if not any((room / name).exists() for room in rooms)} == set()


def test_one_word_for_one_thing(root: Path) -> None:
    """No two classes have one name, and no file is longer than one can read in one go."""
    homes: dict[str, list[str]] = {}
    long = []
    for path in sorted((root / "src" / "ctimaturity").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        # The names of codes are written from the files of their families.
        if len(lines) > 400 and path.name != "codes.py":
            long.append(path.name)
        for line in lines:
            if found := re.match(r"class (\w+)", line):
                homes.setdefault(found[1], []).append(path.name)
    assert long == []
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
