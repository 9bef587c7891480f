from __future__ import annotations

import time
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.container import Unpacked, read_member, unpack
from ctimaturity.files.discovery import InputFile, discover, look_inside, read_file
from ctimaturity.files.limits import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code

BOOK = raw.workbook(raw.sheet(raw.row('<c r="A1"><v>1</v></c>')))
OURS = '{"tool": "ctimaturity"}'


def inside(data: bytes, name: str = "a.zip") -> Unpacked:
    found = unpack(data, name, LIMITS)
    assert isinstance(found, Unpacked)
    return found


def said(found: Unpacked) -> dict[str, Code]:
    return {each.location.file: each.code for each in found.diagnostics}


def with_link(parts: dict[str, bytes | str], name: str) -> bytes:
    """An archive in which one member is a link of a POSIX system."""
    at = raw.zipped({**parts, name: "/etc/passwd"})
    changed = bytearray(at)
    start = at.rindex(b"PK\x01\x02")
    changed[start + 38 : start + 42] = (0o120777 << 16).to_bytes(4, "little")
    return bytes(changed)


def message(**attached: bytes) -> EmailMessage:
    """A message with a text and these files."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "alguien@example.org", "Cuestionario"
    mail.set_content("Va adjunto.\n")
    for name, data in attached.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def test_an_archive_is_searched_as_a_folder_is() -> None:
    found = inside(
        with_link(
            {
                "Antioquia/05001.xlsx": BOOK, "Antioquia/./05002.ods": b"PK\x03\x04", "sin-nombre": BOOK,
                "hoja.csv": "cti:mini:answers;", "foto.jpg": "x", "carta.docx": BOOK,
                "Antioquia/~$05001.xlsx": "x", ".DS_Store": "x", "__MACOSX/a/._05001.xlsx": "x",
                "__MACOSX/b/._05002.xlsx": "x", "otro.zip": BOOK, "correo.eml": "x", "viejo.msg": "x",
                "x.rar": "x",
                "salida/manifest.json": OURS, "salida/index.xlsx": BOOK, "ajena/manifest.json": "{}",
            },
            "enlace.xlsx",
        )
    )  # fmt: skip
    assert set(found.names) == {"Antioquia/05001.xlsx", "Antioquia/05002.ods", "sin-nombre", "hoja.csv"}
    assert said(found) == {
        "foto.jpg": codes.OTHER_FILE_PASSED_OVER, "carta.docx": codes.OTHER_FILE_PASSED_OVER,
        "ajena/manifest.json": codes.OTHER_FILE_PASSED_OVER,
        "Antioquia/~$05001.xlsx": codes.LOCK_FILE_PASSED_OVER, ".DS_Store": codes.HIDDEN_FILE_PASSED_OVER,
        "__MACOSX": codes.HIDDEN_FILE_PASSED_OVER,
        "otro.zip": codes.CONTAINER_INSIDE_A_CONTAINER, "correo.eml": codes.CONTAINER_INSIDE_A_CONTAINER,
        "viejo.msg": codes.ARCHIVE_NOT_OPENED, "x.rar": codes.ARCHIVE_NOT_OPENED,
        "salida": codes.RESULT_FOLDER_PASSED_OVER,
        "enlace.xlsx": codes.LINK_PASSED_OVER,
    }  # fmt: skip
    assert codes.CONTAINER_INSIDE_A_CONTAINER.id == "F221"
    assert codes.ARCHIVE_NOT_OPENED.id == "F223"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "numbers"])
def test_a_document_with_the_name_of_an_archive_is_that_document(kind: str) -> None:
    data = {
        "xlsx": BOOK,
        "ods": raw.zipped({"mimetype": "x", "content.xml": "x"}),
        "numbers": raw.zipped({"Index/Document.iwa": "x"}),
    }[kind]
    assert unpack(data, "a.zip", LIMITS) is None
    assert unpack(b"codigo;respuesta", "a.zip", LIMITS) is None


REFUSED: list[tuple[bytes, Code]] = [
    (raw.zipped({"../05001.xlsx": BOOK}), codes.ARCHIVE_UNSAFE_NAME),
    (raw.zipped({"/05001.xlsx": BOOK}), codes.ARCHIVE_UNSAFE_NAME),
    (raw.zipped({"C:/05001.xlsx": BOOK}), codes.ARCHIVE_UNSAFE_NAME),
    (raw.zipped({"a//05001.xlsx": BOOK, "a/05001.xlsx": BOOK}), codes.ARCHIVE_DOUBLE_NAME),
    (raw.zipped({"a.xlsx": BOOK, "A.XLSX": BOOK}), codes.ARCHIVE_DOUBLE_NAME),
    (raw.with_lie(raw.zipped({"05001.xlsx": BOOK}), "05001.xlsx", flags=1), codes.ARCHIVE_ENCRYPTED),
    (raw.zipped({"05001.xlsx": b"0" * 9_000_000}), codes.ARCHIVE_INFLATES_TOO_MUCH),
    (raw.zipped({f"{number}.xlsx": "PK" for number in range(501)}), codes.CONTAINER_TOO_MANY_WORKBOOKS),
    (raw.zipped({f"{number}.txt": "" for number in range(2_001)}), codes.ARCHIVE_TOO_MANY_MEMBERS),
    (raw.zipped({"foto.jpg": "x"}), codes.OTHER_ARCHIVE),
    (raw.zipped({"05001.xlsx": BOOK})[:-30], codes.CUT_OFF_ARCHIVE),
    (raw.zipped({"05001.xlsx": BOOK}, zipfile.ZIP_BZIP2), codes.ARCHIVE_UNKNOWN_METHOD),
]


def test_an_archive_that_is_hostile_or_damaged_is_refused_whole() -> None:
    found = [(unpack(data, "a.zip", LIMITS), code) for data, code in REFUSED]
    assert [
        each for each in found if not isinstance(each[0], Diagnostic) or each[0].code is not each[1]
    ] == []
    few = unpack(raw.zipped({"a.xlsx": BOOK, "b.xlsx": BOOK}), "a.zip", replace(LIMITS, contained=1))
    assert isinstance(few, Diagnostic)
    assert few.code.id == "F222"


def test_names_are_read_in_the_letters_of_whichever_system_packed_them() -> None:
    for encoding in ("utf-8", "cp850"):
        name = "Bogotá Ñ"
        data = raw.zipped({"x" * len(name.encode(encoding)) + ".xlsx": BOOK})
        raw_name = name.encode(encoding)
        changed = data.replace(b"x" * len(raw_name) + b".xlsx", raw_name + b".xlsx")
        assert inside(changed).names == ("Bogotá Ñ.xlsx",), encoding
        assert read_member(changed, "a.zip", "Bogotá Ñ.xlsx", LIMITS) == BOOK


def test_a_member_is_read_with_the_same_checks_as_any_part() -> None:
    data = raw.zipped({"a.xlsx": BOOK})
    assert read_member(data, "a.zip", "b.xlsx", LIMITS) is None
    damaged = read_member(raw.with_lie(data, "a.xlsx", local=True, crc=7), "a.zip", "a.xlsx", LIMITS)
    assert isinstance(damaged, Diagnostic)
    assert damaged.code is codes.DAMAGED_ARCHIVE


def test_files_attached_to_a_message_are_found_by_the_names_people_gave_them() -> None:
    mail = message(**{"Año 05001.xlsx": BOOK, "firma.png": b"\x89PNG", "a.zip": b"PK\x03\x04"})
    mail.add_attachment(BOOK, maintype="application", subtype="octet-stream", filename="..\\x/Año 05001.xlsx")
    mail.add_attachment(BOOK, maintype="application", subtype="vnd.x", cte="quoted-printable")
    mail.add_attachment(message(**{"reenviado.xlsx": BOOK}))
    data = mail.as_bytes()
    found = inside(data, "correo.eml")
    assert found.names == ("Año 05001.xlsx", "Año 05001 (2).xlsx", "attachment.vnd.x", "reenviado.xlsx")
    assert said(found) == {
        "firma.png": codes.OTHER_FILE_PASSED_OVER,
        "a.zip": codes.CONTAINER_INSIDE_A_CONTAINER,
    }
    for name in found.names:
        assert read_member(data, "correo.eml", name, LIMITS) == BOOK
    # as older programs write a name, and with the line ends of mail
    old = data.replace(b"filename*=utf-8''A%C3%B1o%2005001.xlsx", b'filename="=?utf-8?B?QcOxby54bHN4?="', 1)
    assert inside(old.replace(b"\n", b"\r\n"), "correo.eml").names[0] == "Año.xlsx"


def nested(count: int) -> bytes:
    return b"".join(
        b'Content-Type: multipart/mixed; boundary="x%d"\n\n--x%d\n' % (number, number)
        for number in range(count)
    )


GOOD = message(**{"a.xlsx": BOOK}).as_bytes()
BAD_MAIL = {
    "cut off": GOOD[:-40],
    "no boundary": b"Content-Type: multipart/mixed\n\nhola",
    "never begun": b'Content-Type: multipart/mixed; boundary="x"\n\nhola',
    "odd base64": GOOD.replace(
        b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode"
    ),
    "nested": nested(300),
    "nested and long": nested(300) + b"abc def\n" * 2_000_000,
    "headers": b"X: y\n" * 3_000_000,
    "folded": b"X: y" + b"\n z" * 3_000_000,
    "parameters": b"Content-Type: text/plain" + b';a="' * 3_000_000,
    "parts": b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\n" * 3_000_000 + b"--x--\n",
}


def test_a_message_that_is_hostile_or_cut_off_is_refused_in_bounded_time() -> None:
    for name, data in BAD_MAIL.items():
        begun = time.process_time()
        found = unpack(data, "correo.eml", LIMITS)
        took = time.process_time() - begun
        if isinstance(found, Unpacked):  # what is wrong lies in the attachment itself
            answer = read_member(data, "correo.eml", found.names[0], LIMITS)
            assert isinstance(answer, Diagnostic), name
            found = answer
        assert isinstance(found, Diagnostic), name
        assert found.code is codes.MAIL_UNREADABLE, name
        assert took < 10, name
    assert codes.MAIL_UNREADABLE.id == "F219"


def test_a_message_without_a_workbook_is_told() -> None:
    for mail in (message(), message(**{"firma.png": b"\x89PNG"})):
        found = inside(mail.as_bytes(), "correo.eml")
        assert found.names == ()
        assert [each.code for each in found.diagnostics] == [codes.MAIL_WITHOUT_WORKBOOK]


def test_folders_name_what_may_hold_workbooks_and_is_not_opened(tmp_path: Path) -> None:
    for name in ("a.zip", "b.eml", "c.msg", "d.rar", "e.7z"):
        (tmp_path / name).write_bytes(b"?")
    found = discover([tmp_path])
    assert [file.name for file in found.files] == ["a.zip", "b.eml"]
    assert said(Unpacked((), found.diagnostics)) == dict.fromkeys(
        ("c.msg", "d.rar", "e.7z"), codes.ARCHIVE_NOT_OPENED
    )


def test_a_file_in_a_container_is_read_by_both_names(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw.zipped({"b/c.xlsx": BOOK}))
    assert read_file(InputFile(path, "a.zip/b/c.xlsx", "b/c.xlsx")) == BOOK
    gone = read_file(InputFile(path, "a.zip/d.xlsx", "d.xlsx"))
    assert isinstance(gone, Diagnostic)
    assert (gone.code, gone.location.file) == (codes.PATH_MISSING, "a.zip/d.xlsx")
    none = look_inside(InputFile(tmp_path / "no.zip", "no.zip"))
    assert isinstance(none, Diagnostic)
    assert none.code is codes.FILE_UNREADABLE
