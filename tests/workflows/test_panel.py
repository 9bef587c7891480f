from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.panel import read_panel
from ctimaturity.workflows.panel import add_to_panel
from rounds import EXAMPLE, scored_example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    for label in ("2025", "2027"):
        add_to_panel(tmp_path / "panel", EXAMPLE, label)
    return tmp_path / "panel"


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(JobError) as error:
        job()
    (finding,) = error.value.diagnostics
    return finding.code.id


def test_every_entity_is_there_in_every_round(panel: Path) -> None:
    found = read_panel(panel)
    assert [row.round for row in found] == ["2025"] * 12 + ["2027"] * 12
    index = scored_example().index
    for row, wanted in zip(found[:7], index.rows, strict=False):
        assert (row.code, row.rank, row.score, row.level) == (
            *(wanted.entity.code, wanted.rank, wanted.index, wanted.level),
        )


def test_one_entity_at_one_node(panel: Path) -> None:
    found = read_panel(panel, entity="EJ-04", node=("results", "habitat"))
    index = scored_example().index
    row = next(row for row in index.rows if row.entity.code == "EJ-04")
    assert [each.score for each in found] == [index.node(row, "results", "habitat").score] * 2
    assert [each.rank for each in found] == [None, None]


def test_without_a_name_it_is_what_the_results_say(tmp_path: Path) -> None:
    assert add_to_panel(tmp_path / "panel", EXAMPLE) == "Ejemplo"


def test_a_round_is_replaced_only_when_asked(panel: Path) -> None:
    assert code_of(lambda: add_to_panel(panel, EXAMPLE, "2025")) == codes.PANEL_ROUND_TAKEN.id
    add_to_panel(panel, EXAMPLE, "2025", overwrite=True)
    assert len(read_panel(panel)) == 24


def test_a_name_with_odd_characters_is_kept(tmp_path: Path) -> None:
    add_to_panel(tmp_path / "panel", EXAMPLE, "2025/1 'ñ'")
    assert {row.round for row in read_panel(tmp_path / "panel")} == {"2025/1 'ñ'"}


def test_a_file_is_no_panel(tmp_path: Path) -> None:
    (tmp_path / "panel").write_text("x")
    assert code_of(lambda: add_to_panel(tmp_path / "panel", EXAMPLE)) == codes.OUTPUT_NOT_A_FOLDER.id
    assert code_of(lambda: read_panel(tmp_path / "panel")) == codes.PANEL_EMPTY.id


def test_a_folder_of_other_things_is_no_place_for_a_panel(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    assert code_of(lambda: add_to_panel(tmp_path, EXAMPLE)) == codes.PANEL_OCCUPIED.id
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_the_name_of_a_panel_is_no_pattern(tmp_path: Path) -> None:
    add_to_panel(tmp_path / "[1] *?", EXAMPLE)
    assert len(read_panel(tmp_path / "[1] *?", node=("results", "habitat"))) == 12


@pytest.mark.parametrize(
    ("entity", "node", "closest"),
    [
        ("EJ-4", None, "EJ-04"),
        ("", ("results", "habitt"), "results:habitat"),
        ("EJ-04", ("resultados", "habitat"), "results:habitat"),
        ("EJ-99", ("results", "habitat"), "EJ-09"),
    ],
)
def test_what_no_round_has_is_said(
    panel: Path, entity: str, node: tuple[str, str] | None, closest: str
) -> None:
    with pytest.raises(JobError) as error:
        read_panel(panel, entity=entity, node=node)
    (finding,) = error.value.diagnostics
    assert (finding.code, finding.parameters["closest"]) == (codes.PANEL_WITHOUT, closest)


def test_a_broken_file_is_named_by_its_round(panel: Path) -> None:
    (panel / "2027" / "index.parquet").write_bytes(b"PAR1 and nothing more")
    assert code_of(lambda: read_panel(panel)) == codes.PANEL_BROKEN.id


def test_without_duckdb_it_is_said_how_to_get_it(panel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "duckdb":
            raise ImportError("no module named duckdb")
        return real(name, *rest, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(builtins, "__import__", without)
    assert code_of(lambda: read_panel(panel)) == codes.EXTRA_MISSING.id
    assert code_of(lambda: add_to_panel(panel, EXAMPLE, "2029")) == codes.EXTRA_MISSING.id
