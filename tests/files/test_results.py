from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ctimaturity.files.kind import is_result_folder, written_files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_of_ours(tmp_path: Path) -> None:
    manifest = {"tool": "ctimaturity", "outputs": {"index.csv": "0", "letters/05001.md": "1"}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert is_result_folder(tmp_path)
    assert written_files(tmp_path) == {"index.csv", "letters/05001.md"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '"ctimaturity"',
        '{"tool": "other"}',
        '{"tool": ["ctimaturity"]}',
        "{",
        "[" * 100_000,
        "\0",
    ],
)
def test_any_other_folder(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    assert not is_result_folder(tmp_path)
    assert written_files(tmp_path) == frozenset()


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    assert not is_result_folder(tmp_path)
    assert not is_result_folder(tmp_path / "gone")


@pytest.mark.parametrize("outputs", [None, [], "index.csv"])
def test_a_manifest_without_a_list_of_files(tmp_path: Path, outputs: object) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"tool": "ctimaturity", "outputs": outputs}))
    assert is_result_folder(tmp_path)
    assert written_files(tmp_path) == frozenset()
