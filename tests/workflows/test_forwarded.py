"""The same workbook as .xlsx, as .ods, with Excel's own password, in an archive and in a mail message."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import raw_workbooks as raw
from builders import mini, mini_answers
from ctimaturity.model.canonical import canonical_json
from open_documents import as_opendocument
from returned import book, who
from terminal import cti

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE = [
    (segment, {"P-1": str(1 + number % 6), "P-2": "NS" if number % 4 == 0 else "4", "P-3": "2", "P-4": "6"})
    for number, segment in enumerate(["academia", "sociedad-civil", "sector-publico"] * 2)
]


def filled(form: str, mark: int = 3) -> bytes:
    return book(mini_answers(who("05"), mark), perception=form, people=[] if form == "counts" else PEOPLE)


def with_default_password(data: bytes) -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("VelvetSweatshop", stream)
    return stream.getvalue()


def attached(**files: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "planeacion@example.org"
    mail.set_content("Adjunto el cuestionario.\n")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "05.ods": as_opendocument,
    "05-x.xlsx": with_default_password,
    "a.zip": lambda data: raw.zipped({"Antioquia/05.xlsx": data, "__MACOSX/Antioquia/._05.xlsx": "x"}),
    "b.zip": lambda data: raw.zipped({"05.ods": as_opendocument(data)}),
    "correo.eml": lambda data: attached(**{"Cuestionario Medellín.xlsx": data}),
    "con-otro-nombre.zip": lambda data: data,
}


@pytest.fixture
def definition(tmp_path: Path) -> str:
    (tmp_path / "mini.json").write_bytes(canonical_json(mini()))
    return str(tmp_path / "mini.json")


def scored(paths: list[Path], out: Path, definition: str, *options: str) -> tuple[int, str]:
    status, _, stderr = cti(
        "score", *map(str, paths), "-q", definition, "-o", str(out), "--format", "csv", *options
    )
    return status, stderr


def rows_of(out: Path) -> list[dict[str, str]]:
    """The rows of the answers without the names of files."""
    with (out / "answers.csv").open(encoding="utf-8", newline="") as stream:
        return [
            {name: text for name, text in row.items() if name != "file"} for row in csv.DictReader(stream)
        ]


@pytest.mark.parametrize("form", ["list", "grid", "counts"])
def test_the_same_workbook_gives_the_same_answers_in_every_form(
    form: str, tmp_path: Path, definition: str
) -> None:
    original = filled(form)
    (tmp_path / "05.xlsx").write_bytes(original)
    scored([tmp_path / "05.xlsx"], tmp_path / "out", definition)
    wanted, index = rows_of(tmp_path / "out"), (tmp_path / "out" / "index.csv").read_bytes()
    assert wanted
    for name, change in FORMS.items():
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / name).write_bytes(change(original))
        _, stderr = scored([folder / name], folder / "out", definition)
        assert rows_of(folder / "out") == wanted, (name, stderr)
        assert (folder / "out" / "index.csv").read_bytes() == index, name


def test_members_are_inputs_by_their_names_and_hashes_and_are_proved(tmp_path: Path, definition: str) -> None:
    original = filled("counts")
    received = tmp_path / "recibidos"
    received.mkdir()
    (received / "a.zip").write_bytes(FORMS["a.zip"](original))
    status, stderr = scored([received], tmp_path / "out", definition)
    assert status == 0, stderr
    inputs = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["inputs"]
    assert inputs["a.zip/Antioquia/05.xlsx"] == hashlib.sha256(original).hexdigest()
    status, stdout, stderr = cti("verify", str(tmp_path / "out"))
    assert status == 0, stdout + stderr
    # unpacked it is the same input; with another workbook in it, it is not
    shutil.rmtree(received)
    (received / "Antioquia").mkdir(parents=True)
    (received / "Antioquia" / "05.xlsx").write_bytes(original)
    assert cti("verify", str(tmp_path / "out"))[0] == 0
    shutil.rmtree(received)
    received.mkdir()
    (received / "a.zip").write_bytes(FORMS["a.zip"](filled("counts", 5)))
    assert cti("verify", str(tmp_path / "out"))[0] == 1


def test_of_two_that_contradict_each_other_one_is_kept_by_its_name(tmp_path: Path, definition: str) -> None:
    marks = {"uno.xlsx": 3, "dos.xlsx": 5}
    data = {name: filled("counts", mark) for name, mark in marks.items()}
    path = tmp_path / "a.zip"
    path.write_bytes(raw.zipped(dict(data)))
    status, stderr = scored([path], tmp_path / "out", definition)
    assert status != 0, stderr
    found = {}
    for name in data:
        for number, kept in enumerate((f"a.zip/{name}", str(path / name))):
            out = tmp_path / f"{name}-{number}"
            status, stderr = scored([path], out, definition, "--keep", kept)
            assert status == 0, stderr
            found[name, number] = rows_of(out)
    assert found["uno.xlsx", 0] == found["uno.xlsx", 1] != found["dos.xlsx", 0] == found["dos.xlsx", 1]
    status, stderr = scored([path], tmp_path / "none", definition, "--keep", str(path))
    assert (status, "W221" in stderr) == (2, True)


def test_the_same_workbook_twice_in_what_was_forwarded_counts_once(tmp_path: Path, definition: str) -> None:
    original = filled("counts")
    (tmp_path / "05.xlsx").write_bytes(original)
    (tmp_path / "a.zip").write_bytes(raw.zipped({"b.xlsx": original, "c.xlsx": original}))
    (tmp_path / "d.eml").write_bytes(attached(**{"e.xlsx": original}))
    status, stderr = scored([tmp_path], tmp_path / "out", definition)
    assert status == 0, stderr
    assert stderr.count(" A310 ") == 3, stderr


def test_annotated_copies_are_made_of_members_and_not_of_open_documents(
    tmp_path: Path, definition: str
) -> None:
    original = filled("counts")
    (tmp_path / "a.zip").write_bytes(raw.zipped({"Antioquia/05.xlsx": original}))
    (tmp_path / "08.ods").write_bytes(as_opendocument(book(mini_answers(who("08"), 4), perception="counts")))
    copies = tmp_path / "copias"
    _, stdout, stderr = cti(
        "validate",
        str(tmp_path / "a.zip"),
        str(tmp_path / "08.ods"),
        "-q",
        definition,
        "--annotate",
        str(copies),
    )
    made = {path.relative_to(copies).as_posix() for path in copies.rglob("*") if path.is_file()}
    assert made == {"a.zip/Antioquia/05.xlsx"}
    assert "O401" in stdout + stderr


def test_one_bad_archive_or_message_never_stops_the_others(tmp_path: Path, definition: str) -> None:
    received = tmp_path / "recibidos"
    received.mkdir()
    original = filled("counts")
    (received / "05.xlsx").write_bytes(original)
    (received / "cortado.zip").write_bytes(FORMS["a.zip"](original)[:-30])
    (received / "cortado.eml").write_bytes(attached(**{"x.xlsx": original})[:-40])
    (received / "vacio.eml").write_bytes(attached())
    (received / "doble.zip").write_bytes(raw.zipped({"a.zip": FORMS["a.zip"](original)}))
    (received / "viejo.msg").write_bytes(b"x")
    status, stderr = scored([received], tmp_path / "out", definition)
    assert status == 1
    assert rows_of(tmp_path / "out")
    for name, code in {
        "cortado.zip": "F211", "cortado.eml": "F219", "vacio.eml": "F218", "doble.zip/a.zip": "F221",
        "viejo.msg": "F223",
    }.items():  # fmt: skip
        assert any(f"{name}: {code}" in line for line in stderr.splitlines()), (name, stderr)
