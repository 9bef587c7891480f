"""The table of what comes back: its findings exist, its tests exist, both languages have the same rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics.catalogue import all_codes
from mangler import BREAKAGES
from spellings import documented

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("docs/returned-workbooks.md", "docs/es/libros-devueltos.md")
READING = ("A", "F1", "F2", "F3", "F4", "W20", "W21", "E10", "P101")
ELSEWHERE = {
    "A109", "A208", "A209", "A210", "A211", "A212", "A213", "A214", "A215", "A216", "A217", "A218", "A219",
    "A301", "A302", "F101", "F108", "F109", "F111", "F112",
}  # fmt: skip
"""Codes about what was answered, or about paths; they have no row of their own."""


def rows(root: Path, page: str) -> list[list[str]]:
    """The cells of the rows of the first table."""
    table = (root / page).read_text(encoding="utf-8").partition("|---|")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[1:]]


def codes(cell: str) -> list[str]:
    return re.findall(r"\[([A-Z]\d{3})\]", cell)


def held_by(cell: str) -> list[str]:
    return [*re.findall(r"`([a-z0-9-]+)`", cell), *re.findall(r"\(\.\./(?:\.\./)?(tests/[^)]+)\)", cell)]


def test_every_finding_exists_and_every_finding_of_the_reader_has_a_row(root: Path) -> None:
    named = [code for row in rows(root, PAGES[0]) for code in codes(row[2])]
    known = set(all_codes())
    assert set(named) <= known
    wanted = {code for code in known if code.startswith(READING)} - ELSEWHERE
    assert wanted <= set(named), wanted - set(named)


def test_every_test_exists(root: Path) -> None:
    breakages = {breakage.name for breakage in BREAKAGES}
    for row in rows(root, PAGES[0]):
        assert held_by(row[3]), row[0]
        for name in re.findall(r"`([a-z0-9-]+)`", row[3]):
            assert name in breakages, name
        for title, path in re.findall(r"\[(\w+)(?:\.py)?\]\(\.\./(tests/[^)]+)\)", row[3]):
            source = (root / path).read_text(encoding="utf-8")
            assert path.endswith(f"{title}.py") or f"def {title}(" in source, (path, title)


def test_both_languages_have_the_same_rows(root: Path) -> None:
    english, spanish = ([(codes(row[2]), held_by(row[3])) for row in rows(root, page)] for page in PAGES)
    assert english == spanish


@pytest.mark.parametrize(("page", "language"), [(PAGES[0], "en"), (PAGES[1], "es")])
def test_the_spellings_are_those_of_the_tests(root: Path, page: str, language: str) -> None:
    assert documented(language) in (root / page).read_text(encoding="utf-8")


@pytest.mark.shared
def test_every_row_of_the_design_is_there(root: Path, shared: Path) -> None:
    design = (shared / "design" / "workbooks.md").read_text(encoding="utf-8")
    table = design.partition("| breakage | do |\n|---|---|\n")[2].partition("\n\n")[0]
    foreseen = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows(root, PAGES[0])) >= len(foreseen)
