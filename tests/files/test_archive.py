"""Archives that were cut off, damaged or made to deceive: refused before anything is unpacked."""

from __future__ import annotations

import io
import struct
import tracemalloc
import warnings
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import LIMITS
from ctimaturity.files.xlsx import read_workbook
from raw_workbooks import place_of, with_lie

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code

SHEET = "xl/worksheets/sheet1.xml"
GOOD = raw.workbook(raw.sheet(raw.row('<c r="A1"><v>1</v></c>')))


def refusal(data: bytes) -> Code:
    reading = read_workbook(data)
    assert reading.workbook is None
    (found,) = reading.diagnostics
    return found.code


def with_member(name: str, content: bytes | str = "x", **more: int) -> bytes:
    stream = io.BytesIO(GOOD)
    info = zipfile.ZipInfo(name)
    info.compress_type = more.get("method", zipfile.ZIP_DEFLATED)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of double names
        archive.writestr(info, content)
    return stream.getvalue()


@pytest.mark.parametrize("kept", [4, 30, 100, len(GOOD) // 2, len(GOOD) - 30, len(GOOD) - 1])
def test_cut_off(kept: int) -> None:
    assert refusal(GOOD[:kept]) is codes.CUT_OFF_ARCHIVE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(with_member("../evil.xml"), codes.ARCHIVE_UNSAFE_NAME, id="up"),
        pytest.param(with_member("xl/../../evil"), codes.ARCHIVE_UNSAFE_NAME, id="up-inside"),
        pytest.param(with_member("/etc/passwd"), codes.ARCHIVE_UNSAFE_NAME, id="absolute"),
        pytest.param(with_member("C:/x"), codes.ARCHIVE_UNSAFE_NAME, id="drive"),
        pytest.param(with_member("xl\\x.xml"), codes.ARCHIVE_UNSAFE_NAME, id="backslash"),
        pytest.param(with_member("xl/\u202ex.xml"), codes.ARCHIVE_UNSAFE_NAME, id="bidirectional"),
        pytest.param(with_member("XL/workbook.XML"), codes.ARCHIVE_DOUBLE_NAME, id="double-name"),
        pytest.param(with_member(SHEET), codes.ARCHIVE_DOUBLE_NAME, id="same-name"),
        pytest.param(with_member("x", method=zipfile.ZIP_BZIP2), codes.ARCHIVE_UNKNOWN_METHOD, id="bzip2"),
        pytest.param(with_lie(GOOD, SHEET, local=True, flags=1), codes.ARCHIVE_ENCRYPTED, id="encrypted"),
        pytest.param(with_lie(GOOD, SHEET, crc=1), codes.DAMAGED_ARCHIVE, id="checksum"),
        pytest.param(with_lie(GOOD, SHEET, size=9_000), codes.ARCHIVE_SIZE_DIFFERS, id="says-more"),
        pytest.param(with_lie(GOOD, SHEET, size=9), codes.ARCHIVE_SIZE_DIFFERS, id="says-less"),
        pytest.param(with_lie(GOOD, SHEET, size=4_000_000_000), codes.ARCHIVE_INFLATES_TOO_MUCH, id="4-gb"),
        pytest.param(with_lie(GOOD, SHEET, packed=10), codes.ARCHIVE_SIZE_DIFFERS, id="packed-less"),
        pytest.param(with_lie(GOOD, SHEET, packed=300), codes.ARCHIVE_OVERLAP, id="packed-more"),
        pytest.param(with_lie(GOOD, SHEET, packed=100_000), codes.DAMAGED_ARCHIVE, id="packed-beyond"),
        pytest.param(
            with_lie(GOOD, SHEET, offset=place_of(GOOD, "xl/workbook.xml")),
            codes.DAMAGED_ARCHIVE,
            id="elsewhere",
        ),
        pytest.param(with_lie(GOOD, SHEET, offset=len(GOOD) - 10), codes.DAMAGED_ARCHIVE, id="after-the-end"),
        pytest.param(
            with_lie(GOOD, SHEET, local=True, method=0), codes.ARCHIVE_SIZE_DIFFERS, id="not-stored"
        ),
        pytest.param(GOOD + GOOD, codes.DAMAGED_ARCHIVE, id="another-archive-before-it"),
        pytest.param(raw.workbook("x" * 3_000_000), codes.ARCHIVE_INFLATES_TOO_MUCH, id="bomb"),
    ],
)  # fmt: skip
def test_what_was_made_to_deceive(data: bytes, code: Code) -> None:
    assert refusal(data) is code


def test_a_damaged_stream() -> None:
    at = place_of(GOOD, SHEET) + 30 + len(SHEET)
    assert refusal(GOOD[:at] + b"\xff" * 8 + GOOD[at + 8 :]) is codes.DAMAGED_ARCHIVE


def test_stored_members_are_read_and_held_to_their_size() -> None:
    stored = raw.zipped(raw.parts(raw.sheet(raw.row('<c r="A1"><v>1</v></c>'))), zipfile.ZIP_STORED)
    assert read_workbook(stored).workbook is not None
    assert refusal(with_lie(stored, SHEET, size=5)) is codes.ARCHIVE_SIZE_DIFFERS


def test_folders_in_the_archive_do_no_harm() -> None:
    assert read_workbook(with_member("xl/worksheets/", b"")).workbook is not None


def test_members_one_over_another() -> None:
    """The two members of the archive share the bytes of the first: how a small file becomes large."""
    name = b"a"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 1, 1, 1, 0) + name + b"x"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0) + name
    directory = entry + entry.replace(b"\0a", b"\0b")
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), len(local), 0)
    assert refusal(local + directory + end) in {codes.ARCHIVE_OVERLAP, codes.DAMAGED_ARCHIVE}


def test_more_members_than_a_workbook_has() -> None:
    parts = raw.parts(raw.sheet())
    data = raw.zipped({**parts, **{f"x{number}": "" for number in range(LIMITS.members)}})
    assert refusal(data) is codes.ARCHIVE_TOO_MANY_MEMBERS


def test_a_directory_of_many_members_is_not_even_listed() -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    directory = entry * 300_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 4, 0)
    assert refusal(b"PK\x03\x04" + directory + end) is codes.ARCHIVE_TOO_MANY_MEMBERS


def test_many_members_that_are_large_together() -> None:
    half = LIMITS.ratio_from - 1
    data = raw.zipped({f"x{number}": b"x" * half for number in range(LIMITS.inflated_size // half + 1)})
    assert refusal(data) is codes.ARCHIVE_INFLATES_TOO_MUCH


def test_a_file_that_is_too_large() -> None:
    reading = read_workbook(GOOD, replace(LIMITS, file_size=len(GOOD) - 1))
    assert [found.code for found in reading.diagnostics] == [codes.FILE_TOO_LARGE]


def test_a_member_that_lies_about_its_size_takes_no_more_memory_than_it_said() -> None:
    data = raw.workbook(" " * 40_000_000)
    lying = with_lie(data, SHEET, local=True, size=1_000)
    tracemalloc.start()
    try:
        assert refusal(lying) is codes.ARCHIVE_SIZE_DIFFERS
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_macros_and_links_are_noted_and_not_opened() -> None:
    data = with_member("xl/vbaProject.bin")
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<!DOCTYPE x>")
    reading = read_workbook(stream.getvalue())
    assert reading.workbook is not None
    assert [found.code for found in reading.diagnostics] == [codes.MACROS_NOT_RUN, codes.PARTS_NOT_OPENED]
    assert reading.diagnostics[1].parameters == {"parts": "xl/externalLinks/externalLink1.xml"}
