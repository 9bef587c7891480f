"""The bundled example: what is committed is what the tool makes."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from ctimaturity.indicators.divipola import divipola
from ctimaturity.language.folding import folded
from ctimaturity.results.comparison import same_content
from ctimaturity.workflows.score import EXAMPLE_RESULTS, EXAMPLE_WORKBOOKS, demo

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="module")
def make(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make", root / "examples" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)

    sys.modules["make"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo writes."""
    out = tmp_path_factory.mktemp("demo") / "out"
    demo(out)
    return out


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same_workbook(committed: bytes, made: bytes) -> bool:
    """Part by part, or else as another version of XlsxWriter writes the same."""
    return members(committed) == members(made) or same_content(committed, made)


@pytest.fixture(scope="module")
def workbooks(make: ModuleType) -> list[tuple[str, bytes, bool]]:
    return list(make.workbooks())


def test_the_committed_workbooks_are_what_the_maker_makes(
    workbooks: list[tuple[str, bytes, bool]], root: Path
) -> None:
    made = {name: (data, office) for name, data, office in workbooks}
    folder = root / "examples" / EXAMPLE_WORKBOOKS
    assert sorted(made) == sorted(path.name for path in folder.iterdir())
    for name, (data, office) in made.items():
        if not office:
            assert same_workbook((folder / name).read_bytes(), data), name


def test_two_workbooks_were_saved_by_libreoffice(
    workbooks: list[tuple[str, bytes, bool]], root: Path
) -> None:
    resaved = [name for name, _, office in workbooks if office]
    assert len(resaved) == 2
    for name in resaved:
        application = members((root / "examples" / EXAMPLE_WORKBOOKS / name).read_bytes())["docProps/app.xml"]
        assert b"LibreOffice" in application


def test_the_committed_results_are_what_the_tool_makes(made: Path, root: Path) -> None:
    expected = root / "examples" / EXAMPLE_RESULTS
    assert sorted(path.name for path in made.iterdir()) == sorted(path.name for path in expected.iterdir())
    for path in sorted(expected.iterdir()):
        new, committed = (made / path.name).read_bytes(), path.read_bytes()
        if path.suffix == ".xlsx":
            assert same_workbook(committed, new), path.name
        elif path.name != "manifest.json":
            assert new == committed, path.name


def test_the_manifest_differs_only_in_what_libraries_do(made: Path, root: Path) -> None:
    new = json.loads((made / "manifest.json").read_bytes())
    committed = json.loads((root / "examples" / EXAMPLE_RESULTS / "manifest.json").read_bytes())
    for manifest in (new, committed):
        # Deflate bytes depend on the zlib build; the members are compared above.
        assert manifest["outputs"].pop("index.xlsx")
        # So do the versions that are recorded, and the manifest's own hash with them.
        assert manifest.pop("libraries").keys() == {"Jinja2", "MarkupSafe", "XlsxWriter", "numpy"}
        assert manifest.pop("manifest_hash")
    assert new == committed


def test_the_example_has_every_case(root: Path) -> None:
    with (root / "examples" / EXAMPLE_RESULTS / "index.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_status: dict[str, int] = {}
    for row in rows:
        by_status[row["status"]] = by_status.get(row["status"], 0) + 1
    assert by_status == {"ranked": 8, "provisional": 2, "incomplete": 1, "refused": 1}
    assert [row["rank"] for row in rows[:8]] == ["1", "2", "3", "4", "4", "6", "7", "8"]
    assert max(int(row["respondents"]) for row in rows) > 100


def test_no_real_city_gets_an_invented_rank(make: ModuleType) -> None:
    real = {folded(territory.name) for territory in divipola().territories.values()}
    for one in make.ENTITIES:
        assert divipola().find(one.code) is None
        assert folded(one.name.removeprefix("Gobernación de ")) not in real


def test_the_committed_reference_is_what_the_maker_makes(
    make: ModuleType, root: Path, tmp_path: Path
) -> None:
    make.write_reference(tmp_path / "reference.yaml")
    assert (tmp_path / "reference.yaml").read_bytes() == (root / "examples" / "reference.yaml").read_bytes()


def test_the_committed_statistics_are_what_the_maker_makes(
    make: ModuleType, root: Path, tmp_path: Path
) -> None:
    make.write_statistics(tmp_path / "statistics.csv")
    assert (tmp_path / "statistics.csv").read_bytes() == (root / "examples" / "statistics.csv").read_bytes()
