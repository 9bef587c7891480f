"""The pages about the files of a result name every column and every field there is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answered import answered
from ctimaturity.model.reference import Reference
from ctimaturity.results.folder import write_results
from ctimaturity.results.tables import all_tables

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.results.table import Table

PAGES = {"en": "outputs.md", "es": "es/salidas.md"}
MARKED = replace(answered(), reference=Reference((), "own", "1.0.0"))
VARIABLE = {"axis", "dimension", "group", "rank", "group_size", "population"}


def section(page: str, name: str) -> str:
    return page.split(f"\n## {name}\n")[1].split("\n## ", maxsplit=1)[0]


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("table", all_tables(MARKED, "es"), ids=lambda table: table.name)
def test_every_column_has_its_row(root: Path, language: str, table: Table) -> None:
    rows = section((root / "docs" / PAGES[language]).read_text(encoding="utf-8"), table.file)
    described = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| (.+) \|$", rows, re.MULTILINE))
    measurements = {"capacities", "perception", "results"}
    fixed = [c for c in table.columns if ":" not in c.name and c.name not in measurements]
    assert list(described) == [column.name for column in fixed]
    for column in fixed:
        assert described[column.name].startswith(column.described(language)), column.name
    for prefix in {name.partition(":")[0] for name in table.header if ":" in name}:
        assert prefix in VARIABLE
        assert f"`{prefix}:<" in rows


@pytest.mark.parametrize("language", PAGES)
def test_every_field_of_the_manifest_is_described(root: Path, tmp_path: Path, language: str) -> None:
    text = section((root / "docs" / PAGES[language]).read_text(encoding="utf-8"), "manifest.json")
    write_results(tmp_path / "out", MARKED)
    fields = set(json.loads((tmp_path / "out" / "manifest.json").read_bytes()))
    rows = re.findall(r"^\| (`.+?`) \|", text, re.MULTILINE)
    assert {name for row in rows for name in re.findall("`(.+?)`", row)} == fields
