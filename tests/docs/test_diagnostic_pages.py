from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics.catalogue import FAMILIES, all_codes

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_script", root / "scripts" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_files_are_those_the_script_writes(script: ModuleType, root: Path) -> None:
    folder = root / "docs" / "diagnostics"
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    wanted: dict[str, str] = script.pages()
    differing = sorted(name for name in committed.keys() | wanted if committed.get(name) != wanted.get(name))
    assert differing == [], "run `make docs` and commit docs/diagnostics"
    module = root / "src" / "ctimaturity" / "diagnostics" / "codes.py"
    assert module.read_text(encoding="utf-8") == script.module(), "run `make docs` and commit the module"


def test_every_family_has_a_page_with_each_of_its_codes_in_both_languages(script: ModuleType) -> None:
    written: dict[str, str] = script.pages()
    assert set(written) == {"README.md", *(f"{name}.md" for name in FAMILIES.values())}
    for code in all_codes().values():
        page = written[f"{FAMILIES[code.id[0]]}.md"]
        section = page.split(f"\n## {code.id} {code.name}\n")[1].split("\n## ")[0]
        assert "### English" in section
        assert "### Español" in section


def test_the_list_names_every_family_and_links_every_code(script: ModuleType) -> None:
    text: str = script.list_page()
    for code in all_codes().values():
        assert f"[{code.id}]({FAMILIES[code.id[0]]}.md#{code.id.lower()}-{code.name})" in text
        assert f"## {code.id[0]}: {script.TITLES[code.id[0]]}" in text
