"""Filled workbooks changed at random: no fault, no third outcome, and what is accepted others read alike.

`make fuzz` tries many more. What a run finds is written to a folder it names, and belongs into the corpus
beside this file, where it is tried again each time.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import time
import warnings
import zipfile
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

import open_documents as ods
import raw_workbooks as raw
from builders import mini, mini_answers
from ctimaturity.diagnostics.diagnostic import has_errors
from ctimaturity.files.cell import Cell, CellKind, unescape
from ctimaturity.files.container import Unpacked, read_member, unpack
from ctimaturity.files.limits import LIMITS
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.language.findings import wording
from ctimaturity.workbook.identity import FoundDefinition
from ctimaturity.workbook.reader import read_returned
from mutation import mutated, seeded
from returned import book, who

if TYPE_CHECKING:
    import random

    from ctimaturity.workbook.returned import ReturnedWorkbook

ROUNDS = int(os.environ.get("CTI_FUZZ", "800"))
"""How many changed workbooks; `make fuzz` tries many more."""
CHUNKS = 6
SECONDS = 10.0
CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
PLACES = re.compile(r'(?<= r=")[A-Z]{1,3}[0-9]{1,7}(?=")')
ROW = re.compile(r"<row .*?</row>", re.DOTALL)
CELL = re.compile(r"<c .*?(?:/>|</c>)", re.DOTALL)


@cache
def members() -> dict[str, bytes]:
    people = [("academia", {"P-1": "3", "P-2": "NS"}), ("sociedad-civil", {"P-1": "6", "P-3": "2"})]
    with zipfile.ZipFile(io.BytesIO(book(mini_answers(who("05")), people=people))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rearranged(text: str, chance: random.Random) -> str:
    """A sheet with rows, cells, places or kinds of cells exchanged, doubled, left out or made another."""
    for _ in range(chance.randint(1, 3)):
        pattern = chance.choice([ROW, CELL, CELL, PLACES])
        found = list(pattern.finditer(text))
        if len(found) < 2:
            continue
        one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
        match chance.randrange(5):
            case 0:
                middle = text[one.end() : other.start()]
                text = text[: one.start()] + other[0] + middle + one[0] + text[other.end() :]
            case 1:
                text = text[: one.start()] + text[one.end() :]
            case 2:
                text = text[: one.end()] + one[0] + text[one.end() :]
            case 3:
                text = text[: other.start()] + one[0] + text[other.end() :]
            case _:
                kind = chance.choice(['t="s"', 't="str"', 't="b"', 't="e"', 't="d"', 't="n"', ""])
                text = text[: one.start()] + re.sub(r't="\w+"', kind, one[0]) + text[one.end() :]
    return text


def changed(chance: random.Random) -> bytes:
    """A workbook with one or two parts changed, or the archive itself."""
    parts: dict[str, bytes | str] = dict(members())
    for _ in range(chance.choice([1, 1, 2])):
        name = chance.choice(sorted(parts))
        content = parts[name]
        data = content.encode() if isinstance(content, str) else content
        if name.startswith("xl/worksheets/sheet") and chance.random() < 0.7:
            parts[name] = rearranged(data.decode("utf-8", "replace"), chance)
        else:
            parts[name] = mutated(data, chance)
    archive = raw.zipped(parts)
    return mutated(archive, chance) if chance.random() < 0.1 else archive


def hold(data: bytes, said: str) -> ReturnedWorkbook:
    """Read it; whatever it is, the outcome is a value whose findings can be said."""
    began = time.process_time()
    returned = read_returned("a.xlsx", data, lambda _identity: FoundDefinition(mini()))
    assert time.process_time() - began < SECONDS, said
    for finding in returned.diagnostics:
        assert wording(finding, "en").message
    assert returned.lines or returned.diagnostics, said
    return returned


def hold_against_others(data: bytes, said: str) -> int:
    """The cells that openpyxl and calamine read too are the same; how many of the two opened it."""
    workbook = read_workbook(data).workbook
    assert workbook is not None
    opened = 0
    for read in (openpyxl_cells, calamine_cells):
        theirs = read(data)
        if theirs is None:
            continue
        opened += 1
        for sheet in workbook.sheets:
            cells = theirs.get(sheet.name, {})
            for place, cell in sheet.cells.items():
                if place in cells:
                    assert alike(cell, cells[place]), (
                        said,
                        read.__name__,
                        sheet.name,
                        place,
                        cell,
                        cells[place],
                    )
    return opened


Cells = dict[str, dict[tuple[int, int], object]]


def openpyxl_cells(data: bytes) -> Cells | None:
    """What openpyxl reads; None where it fails, which it does in many ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        except Exception:  # noqa: BLE001  (a library that fails on what we read is no fault of ours)
            return None
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in found.worksheets
    }


def calamine_cells(data: bytes) -> Cells | None:
    """What calamine reads; None where it fails."""
    try:
        found = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: {
                (row, column): value
                for row, values in enumerate(
                    found.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
                )
                for column, value in enumerate(values, start=1)
                if value != ""
            }
            for name in found.sheet_names
        }
    except Exception:  # noqa: BLE001  (the same)
        return None


def alike(cell: Cell, other: object) -> bool:
    """Whether two libraries read the same; where they are known not to, whatever they say.

    openpyxl leaves `_xHHHH_` in texts and gives errors as texts; calamine leaves errors out; both take
    dates by number formats in ways of their own, and dates never count as answers.
    """
    match cell.kind:
        case CellKind.TEXT:
            return isinstance(other, str) and unescape(other).strip() == str(cell.value).strip()
        case CellKind.NUMBER if isinstance(other, int | float) and not isinstance(other, bool):
            return float(cell.text) == float(other)
        case CellKind.BOOLEAN:
            return other == cell.value
        case CellKind.NUMBER:
            return isinstance(other, dt.date | dt.time | dt.timedelta)
        case _:
            return True


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_changed_workbooks(chunk: int, tmp_path: Path) -> None:
    outcomes = {True: 0, False: 0}
    opened = 0
    for number in range(chunk, ROUNDS, CHUNKS):
        data = changed(seeded(number))
        kept = tmp_path / f"{number}.xlsx"
        kept.write_bytes(data)  # stays when the test fails
        returned = hold(data, str(kept))
        refused = has_errors(returned.diagnostics)
        outcomes[refused] += 1
        if not refused:
            opened += hold_against_others(data, str(kept))
        kept.unlink()
    assert min(outcomes.values()) > ROUNDS / CHUNKS / 20
    assert opened > outcomes[False]


def test_changed_open_documents_and_what_they_are_forwarded_in() -> None:
    """Whatever bytes are changed, there is a workbook or a finding, never a fault of ours."""
    rows = "".join(
        ods.row(
            ods.text(f"C-{number}<text:s/>")
            + ods.cell("float", str(number), f"<text:p>{number}</text:p>")
            + ods.cell("date", "2024-01-09")
            + ods.cell("time", "PT1H")
        )
        for number in range(20)
    )
    part = ods.content(ods.table(rows)).encode()
    pieces = re.compile(rb'[^<>"= ]+|<[^>]*>')
    words = [
        b"-1",
        b"1e400",
        b"NaN",
        b"9999-12-31T23:59:59",
        b"</table:table-row>",
        b"<text:p>",
        b"1" * 70,
        b"",
    ]
    words += [
        b'table:number-rows-repeated="7"',
        b'office:value-type="date"',
        b'office:value-type="percentage"',
    ]
    outcomes = set()
    for number in range(ROUNDS // 4):
        draw = seeded(number)
        changed_part = bytearray(part)
        for _ in range(draw.randint(1, 3)):
            start, end = draw.choice([found.span() for found in pieces.finditer(bytes(changed_part))])
            changed_part[start:end] = draw.choice(words)
        data = ods.workbook(parts={"content.xml": bytes(changed_part)})
        reading = read_workbook(data)
        assert (reading.workbook is None) is has_errors(reading.diagnostics), number
        outcomes.add(reading.workbook is None)
        mail = EmailMessage()
        mail.set_content("Va adjunto.")
        mail.add_attachment(data, maintype="application", subtype="x", filename="ñ.ods")
        for name, whole in (("a.eml", mail.as_bytes()), ("a.zip", raw.zipped({"b/ñ.ods": data}))):
            bad = mutated(whole, draw)
            inside = unpack(bad, name, LIMITS)
            for member in inside.names if isinstance(inside, Unpacked) else ():
                assert read_member(bad, name, member, LIMITS) is not None, number
    assert outcomes == {True, False}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_corpus(path: Path) -> None:
    """Each file of the corpus says in its name what must come of it, and by which finding."""
    data = path.read_bytes()
    returned = hold(data, path.name)
    outcome, _, code = path.stem.partition("-")
    assert code in {finding.code.id for finding in returned.diagnostics}
    assert outcome == ("refused" if has_errors(returned.diagnostics) else "accepted")
    if outcome == "accepted":
        hold_against_others(data, path.name)
