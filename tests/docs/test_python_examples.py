"""The Python that the documents show runs, on the bundled example."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

import ctimaturity

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("document", ["README.md", "docs/python.md"])
def test_python_blocks_run_one_after_the_other(
    document: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("returned", "recibidos"):
        (tmp_path / folder).mkdir()
        for name in ("EJ-01", "EJ-02", "EJ-04", "EJ-12"):
            shutil.copy(root / "examples" / "workbooks" / f"{name}.xlsx", tmp_path / folder)
    shutil.copy(root / "examples" / "entities.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    text = (root / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    assert blocks
    exec("\n".join(blocks), {})  # noqa: S102  (our own documents)
    assert any(tmp_path.glob("*/index.html"))


def test_the_page_names_every_public_function(root: Path) -> None:
    text = (root / "docs" / "python.md").read_text(encoding="utf-8")
    functions = {name for name in ctimaturity.__all__ if name[0].islower()}
    assert functions <= set(re.findall(r"ctimaturity\.(\w+)\(", text))
