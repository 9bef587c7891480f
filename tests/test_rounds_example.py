"""The two invented rounds: what is committed is what the maker makes."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="module")
def make(root: Path) -> ModuleType:
    path = root / "examples" / "make_rounds.py"
    spec = importlib.util.spec_from_file_location("make_rounds", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_rounds"] = module
    spec.loader.exec_module(module)
    return module


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_rounds_are_what_the_maker_makes(make: ModuleType, root: Path) -> None:
    folder = root / "examples" / "rounds"
    made = make.files()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == set(made)
    for name, data in made.items():
        committed = (folder / name).read_bytes()
        if name.endswith(".xlsx"):
            assert members(data) == members(committed), name
        else:
            assert data == committed, name


def test_twelve_answer_and_nine_of_them_again(root: Path) -> None:
    codes = [
        {path.name[:5] for path in (root / "examples" / "rounds" / label / "devueltos").iterdir()}
        for label in ("2024", "2026")
    ]
    assert (len(codes[0]), len(codes[1]), len(codes[0] & codes[1])) == (10, 12, 9)
