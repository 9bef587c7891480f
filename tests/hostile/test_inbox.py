"""A ministry's inbox: a hundred files, a third of them broken or hostile, in one command."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

import open_documents as ods
import raw_workbooks as raw
from builders import mini, mini_answers
from ctimaturity.model.canonical import canonical_json
from ctimaturity.scoring.index import score
from returned import ANSWERS, INDICATORS, book, edited, put, sheet_of, who
from terminal import cti

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from ctimaturity.model.response import EntityAnswers

GOOD, REFUSED = 60, 10
CODES = [
    f"{department}{place:03}"
    for department in ("05", "25", "68", "15")
    for place in range(1, 1000)
    if who(f"{department}{place:03}").name
][: GOOD + REFUSED]
WRONG = (9, "9", 3.9, "1,234", "#REF!", True, dt.date(2026, 4, 3), "tal vez", "Cumple?", -1)
"""What stands in an answer cell of each workbook that is refused."""


def of(number: int) -> EntityAnswers:
    """Answers unlike those of the neighbours: six marks, and of each capacity four shares that are met."""
    return mini_answers(who(CODES[number]), mark=1 + number % 6, met="abc"[: number % 4])


def written(number: int) -> bytes:
    return book(of(number), perception="counts")


def opened_and_saved(workbook: Workbook) -> None:
    """What a third of the offices do: a title above, a sheet renamed and moved, the hidden one gone."""
    answers = sheet_of(workbook, ANSWERS)
    answers.insert_rows(1)
    answers["B1"] = "Secretaría de Planeación"
    answers.title = "Hoja1"
    workbook.move_sheet(answers, 2)
    del workbook["_cti"]


def bytes_of(change: Callable[[dict[str, bytes | str]], object]) -> bytes:
    """A good workbook whose parts are changed."""
    with zipfile.ZipFile(io.BytesIO(written(0))) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return raw.zipped(parts)


def entities(parts: dict[str, bytes | str]) -> None:
    inside = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    parts["xl/workbook.xml"] = f'<!DOCTYPE x [<!ENTITY e0 "ja">{inside}]><workbook>&e9;</workbook>'


def outside(parts: dict[str, bytes | str]) -> None:
    parts["xl/workbook.xml"] = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
    )


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 3000


@functools.cache
def hostile() -> dict[str, bytes]:
    """Files from which no entity's answers can come."""
    return {
        "vacio.xlsx": b"",
        "cortado.xlsx": written(0)[:3000],
        "sin-final.xlsx": written(0)[:-40],
        "texto.xlsx": b"no es un libro",
        "pagina.xlsx": b"<html><table><tr><td>1</td></tr></table></html>",
        "tabla.xlsx": b"codigo;respuesta\n05001;1\n",
        "viejo.xls": OLE,
        "cifrado.xlsx": OLE + "EncryptedPackage".encode("utf-16-le") + OLE,
        "informe.xlsx": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
        "oficina.ods": raw.zipped(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
        ),
        "oficina-bomba.ods": ods.workbook(
            ods.table(ods.row(ods.text("1 - Cumple"), 'table:number-rows-repeated="1000000"'))
        ),
        "oficina-cifrada.ods": ods.workbook(
            parts={"META-INF/manifest.xml": '<m:m xmlns:m="urn:x"><m:encryption-data/></m:m>'}
        ),
        "archivo-fuera.zip": raw.zipped({"../../05001.xlsx": written(0)}),
        "archivo-bomba.zip": raw.zipped({"05001.xlsx": b"0" * 9_000_000}),
        "archivo-sin-libros.zip": raw.zipped({"foto.jpg": b"\xff\xd8\xff"}),
        "correo-cortado.eml": b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\nhola\n' * 9,
        "binario.xlsb": raw.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0" * 40}),
        "carta.xlsx": raw.zipped(
            {"[Content_Types].xml": raw.content_types("x"), "word/document.xml": "<x/>"}
        ),
        "bomba.xlsx": raw.workbook("x" * 5_000_000),
        "entidades.xlsx": bytes_of(entities),
        "externa.xlsx": bytes_of(outside),
        "fuera.xlsx": bytes_of(lambda parts: parts.update({"../../malo.xml": "x"})),
        "lejos.xlsx": raw.workbook(raw.sheet(raw.row('<c r="XFD1048576"><v>1</v></c>', 1_048_576))),
        "ajeno.xlsx": raw.workbook(raw.sheet(raw.row('<c r="A1"><v>1</v></c>'))),
        "sin-hojas.xlsx": raw.workbook(),
        "xml-roto.xlsx": bytes_of(
            lambda parts: parts.update({"xl/worksheets/sheet2.xml": "<worksheet><sheetData>"})
        ),
        "aleatorio.xlsx": b"PK\x03\x04" + hashlib.sha512(b"x").digest() * 100,
        "doble.xlsx": bytes_of(lambda parts: parts.update({"XL/Workbook.xml": "<x/>"})),
        "sin-codigo.xlsx": book(mini_answers(who("")), perception="counts"),
        "otra-edicion.xlsx": book(
            mini_answers(who("05002")), questionnaire=mini().model_copy(update={"id": "otro"})
        ),
    }


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "mini.json").write_bytes(canonical_json(mini()))
    received = folder / "recibidos"
    received.mkdir()
    for number in range(GOOD):
        data = edited(written(number), opened_and_saved) if number % 3 == 0 else written(number)
        (received / f"{CODES[number]}.xlsx").write_bytes(data)
    for number, value in enumerate(WRONG, GOOD):
        change = (
            put(ANSWERS, "C-1-a", "answer", value)
            if number % 2
            else put(INDICATORS, "R-1", "criterion", value)
        )
        (received / f"{CODES[number]}.xlsx").write_bytes(edited(written(number), change))
    for name, data in hostile().items():
        (received / name).write_bytes(data)
    (received / "~$05001.xlsx").write_bytes(b"lock")
    (received / "enlace.xlsx").symlink_to("/etc/passwd")
    return folder


def test_the_good_are_ranked_and_each_of_the_others_gets_a_letter(inbox: Path) -> None:
    received, out = inbox / "recibidos", inbox / "salida"
    before = {path.name: path.read_bytes() for path in received.iterdir() if not path.is_symlink()}
    status, stdout, stderr = cti(
        "score", str(received), "-q", str(inbox / "mini.json"), "-o", str(out), "--letters", "--jobs", "2"
    )
    assert status == 1, stderr
    assert "Traceback" not in stdout + stderr

    expected = score(mini(), [of(number) for number in range(GOOD)])
    with (out / "index.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["entity_code"]: row for row in csv.DictReader(stream)}
    assert len(rows) == GOOD + REFUSED
    for row in expected.rows:
        found = rows[row.entity.code]
        assert (found["status"], found["rank"]) == ("ranked", str(row.rank)), row.entity.code
        assert float(found["index"]) == row.index
    assert {rows[code]["status"] for code in CODES[GOOD:]} == {"refused"}

    letters = {path.stem: path.read_text(encoding="utf-8") for path in (out / "letters").glob("*.md")}
    assert set(letters) == {*CODES[GOOD:], *(f"file-{name}" for name in hostile())}
    assert all(len(text) > 400 for text in letters.values())
    assert len(hostile()) + GOOD + REFUSED == 100

    after = {path.name: path.read_bytes() for path in received.iterdir() if not path.is_symlink()}
    assert after == before
    assert sorted(path.name for path in inbox.iterdir()) == ["mini.json", "recibidos", "salida"]
