"""Files changed at random: whatever comes, a workbook or the reason why not."""

from __future__ import annotations

import zlib

import pytest

import raw_workbooks as raw
from ctimaturity.files.table import read_table
from ctimaturity.files.xlsx import WorkbookReading, read_workbook
from ctimaturity.language.findings import wording
from mutation import mutated, seeded

ROUNDS = 300
ROWS = "".join(
    raw.row(f'<c r="A{row}" t="s"><v>{row % 3}</v></c><c r="B{row}" s="1"><v>{row}</v></c>', row)
    for row in range(1, 30)
)
MERGED = "<mergeCells><mergeCell ref='C1:D2'/></mergeCells>"
PARTS = raw.parts(
    raw.sheet(
        ROWS,
        "<cols><col min='2' max='3' hidden='1'/></cols>{}<mergeCells><mergeCell ref='C1:D2'/></mergeCells>",
    ),
    raw.sheet(raw.row('<c r="A1" t="inlineStr"><is><t>x</t></is></c>') + "\n"),
    shared=raw.strings("<t>a</t>", "<r><t>b</t></r>", "<t>_x0041_</t>"),
    formats=raw.styles([0, 14, 165], {165: "0%"}),
    core="<x><title>t</title></x>",
    custom="<x><property name='n'><v>1</v></property></x>",
)


def hold(reading: WorkbookReading) -> None:
    if reading.workbook is None:
        (found,) = reading.diagnostics
        assert wording(found, "en").message


@pytest.mark.parametrize("seed", range(4))
def test_the_archive(seed: int) -> None:
    chance = seeded(seed)
    data = raw.zipped(PARTS)
    for _ in range(ROUNDS):
        hold(read_workbook(mutated(data, chance)))


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part(name: str) -> None:
    chance = seeded(zlib.crc32(name.encode()))
    content = PARTS[name]
    part = content.encode() if isinstance(content, str) else content
    outcomes = set()
    for _ in range(ROUNDS):
        reading = read_workbook(raw.zipped({**PARTS, name: mutated(part, chance)}))
        hold(reading)
        outcomes.add(reading.workbook is None)
    assert outcomes == {True, False}


def test_a_table() -> None:
    chance = seeded(5)
    data = 'codigo;nombre;población\n05001;"Medellín; Antioquia";2.5\n11001;Bogotá;7,9\n'.encode()
    for _ in range(ROUNDS * 4):
        reading = read_table(mutated(data, chance))
        assert reading.table is not None or reading.diagnostics
