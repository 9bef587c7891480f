"""The way that docs/migration.md shows, gone as printed, in both languages."""

from __future__ import annotations

import csv
import re
import shlex
from typing import TYPE_CHECKING

import openpyxl
import pytest

from returned import at, sheet_of
from terminal import cti

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PAGES = ["docs/migration.md", "docs/es/migracion.md"]


def blocks(page: Path, kind: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def typed(block: str) -> list[str]:
    """Types the lines of a block, each of which must end well; what they say on standard output."""
    said = []
    for line in block.splitlines():
        name, *words = shlex.split(line)
        assert name == "cti"
        status, out, told = cti(*words)
        assert status == 0, (line, told)
        said.append(out)
    return said


def answer(path: str, marker: str, given: Mapping[str, Mapping[str, object]], code: str = "") -> None:
    book = openpyxl.load_workbook(path)
    cover = book.worksheets[0]
    if code:
        row = next(row for row in range(1, cover.max_row + 1) if cover.cell(row, 1).value == "entity_code")
        cover.cell(row, 3).value = code
    sheet = sheet_of(book, marker)
    for item, cells in given.items():
        for column, value in cells.items():
            sheet[at(sheet, item, column)] = value
    book.save(path)


def index(folder: str) -> float:
    with open(f"{folder}/index.csv", encoding="utf-8", newline="") as lines:  # noqa: PTH123  (below the folder that is current)
        (row,) = csv.DictReader(lines)
    assert (row["entity_code"], row["status"]) == ("05001", "ranked")
    return float(row["index"])


@pytest.fixture
def small(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Saves the definition that docs/format.md shows, after an edit."""
    monkeypatch.chdir(tmp_path)
    text, *_ = blocks(root / "docs" / "format.md", "yaml")
    place = tmp_path / "definitions" / "library-check" / "v1" / "questionnaire.yaml"

    def save(more: str) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        edited = re.sub(r"^( *- \{id: fire-exit.*\n)", rf"\1{more}", text, flags=re.MULTILINE)
        version = "0.2.0" if more else "0.1.0"
        place.write_text(edited.replace("version: 0.1.0", f"version: {version}"), encoding="utf-8")

    return save


@pytest.mark.parametrize("page", PAGES)
def test_the_way_is_as_printed(page: str, root: Path, small: Callable[[str], None]) -> None:
    release, score, change, again, migrate, after, template, edition = blocks(root / page, "sh")
    (lift,) = blocks(root / page, "yaml")
    small("")
    typed(release)
    sheet = "cti:practice:answers"
    answer(
        "filled.xlsx",
        sheet,
        {"ramp": {"answer": 1, "evidence": "photo"}, "fire-exit": {"answer": 0}},
        "05001",
    )
    typed(score)
    assert index("before") == 1 / 4
    small(lift)
    _, difference, _ = typed(change)
    assert "S001" not in difference
    assert "05001" in difference
    typed(again)
    assert index("again") == 1 / 4
    status, _, told = cti("score", "filled.xlsx", "-q", "definitions/library-check/v1", "-o", "no")
    assert status == 2
    assert "questionnaire migrate filled.xlsx --to definitions/library-check/v1 -o" in told
    (report,) = typed(migrate)
    assert "lift" in report
    answer("migrated.xlsx", sheet, {"lift": {"answer": 1}})
    book = openpyxl.load_workbook("migrated.xlsx")
    table = sheet_of(book, sheet)
    assert table[at(table, "ramp", "evidence")].value == "photo"
    typed(after)
    assert index("after") == (1 + 3 * 0 + 1) / 5

    typed(template)
    old = "cti:results:indicators"
    answer("05001.xlsx", old, {"R-PER-15": {"value": 7, "criterion": 4}, "R-PER-12": {"criterion": 5}})
    (report,) = typed(edition)
    assert "R-PER-23 ← R-PER-12" in report
    table = sheet_of(openpyxl.load_workbook("05001-2026.xlsx"), old)
    assert table[at(table, "R-PER-15", "value")].value == 7
    filled = {
        (item, column)
        for item in ("R-PER-15", "R-PER-23", "R-PER-31")
        for column in ("value", "own_mark")
        if table[at(table, item, column)].value is not None
    }
    assert filled == {("R-PER-15", "value")}


def test_both_pages_show_the_same(root: Path) -> None:
    one, two = ([*blocks(root / page, "sh"), *blocks(root / page, "yaml")] for page in PAGES)
    assert one == two
