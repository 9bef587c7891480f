"""The table of what comes back: its findings exist, its tests exist, both languages have the same rows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from builders import number_scale
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.workbook.answer import read_count, read_in_range, read_number, read_year
from mangler import BREAKAGES
from spellings import documented

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ctimaturity.workbook.answer import CellReading

PLACES = {
    "a value": 0, "a percentage from 0 to 100": 1, "an answer from 0 to 1": 2, "an answer from 0 to 100": 3,
    "a count of people": 4, "a year": 5,
    "un valor": 0, "un porcentaje de 0 a 100": 1, "una respuesta de 0 a 1": 2, "una respuesta de 0 a 100": 3,
    "un conteo de personas": 4, "un año": 5,
}  # fmt: skip
"""What a number may stand as, in both languages, and which reader reads it."""
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


def codes_in(cell: str) -> list[str]:
    return re.findall(r"\[([A-Z]\d{3})\]", cell)


def held_by(cell: str) -> list[str]:
    return [*re.findall(r"`([a-z0-9-]+)`", cell), *re.findall(r"\(\.\./(?:\.\./)?(tests/[^)]+)\)", cell)]


def test_every_finding_exists_and_every_finding_of_the_reader_has_a_row(root: Path) -> None:
    named = [code for row in rows(root, PAGES[0]) for code in codes_in(row[2])]
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
    english, spanish = ([(codes_in(row[2]), held_by(row[3])) for row in rows(root, page)] for page in PAGES)
    assert english == spanish


@pytest.mark.parametrize(("page", "language"), [(PAGES[0], "en"), (PAGES[1], "es")])
def test_the_spellings_are_those_of_the_tests(root: Path, page: str, language: str) -> None:
    assert documented(language) in (root / page).read_text(encoding="utf-8")


def numbers(root: Path, page: str) -> list[tuple[str, str, str, str]]:
    """What is written, as what, how it is read and with which finding: the table of numbers."""
    text = (root / page).read_text(encoding="utf-8")
    section = re.split(r"\n## N(?:umbers|úmeros)\n", text)[1]
    table = section.partition("|---|---|---|---|\n")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()]
    return [(row[0].strip("`"), row[1], row[2], next(iter(codes_in(row[3])), "")) for row in cells]


def test_every_number_is_read_as_the_page_says(root: Path) -> None:
    share, unit = number_scale(0, 100).range, number_scale(0, 1).range
    assert share is not None
    assert unit is not None
    readers: list[Callable[[Cell], CellReading[Any]]] = [
        read_number,
        lambda cell: read_number(cell, share.expected),
        lambda cell: read_in_range(cell, unit),
        lambda cell: read_in_range(cell, share),
        lambda cell: read_count(cell, codes.COUNT_UNREADABLE),
        read_year,
    ]
    english, spanish = (numbers(root, page) for page in PAGES)
    assert [(row[0], row[3]) for row in english] == [(row[0], row[3]) for row in spanish]
    for page in (english, spanish):
        refused = {row[2] for row in page if not row[2][0].isdigit()}
        assert len(refused) == 1
        wrong = []
        for text, place, read_as, code in page:
            reader = readers[PLACES[place]]
            reading = reader(Cell(CellKind.TEXT, text, text))
            shown = refused.copy().pop() if reading.value is None else f"{Decimal(reading.value):f}"
            found = "" if reading.problem is None else reading.problem.code.id
            if (shown, found) != (read_as, code):
                wrong.append((text, place, shown, found))
        assert wrong == []


@pytest.mark.shared
def test_every_row_of_the_design_is_there(root: Path, shared: Path) -> None:
    design = (shared / "design" / "workbooks.md").read_text(encoding="utf-8")
    table = design.partition("| breakage | do |\n|---|---|\n")[2].partition("\n\n")[0]
    foreseen = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows(root, PAGES[0])) >= len(foreseen)
