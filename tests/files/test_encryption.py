from __future__ import annotations

import functools
import hashlib
import io
import time
from typing import TYPE_CHECKING

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.files.xlsx import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = raw.strings(*(f"<t>{hashlib.sha512(bytes([number])).hexdigest()}</t>" for number in range(99)))
BOOK = raw.workbook(raw.sheet(raw.row('<c r="A1" t="s"><v>7</v></c>')), shared=TEXTS)
"""Of some kilobytes: the library that makes these files has no small streams."""


@functools.cache
def locked(password: str, data: bytes = BOOK) -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def test_a_workbook_that_excel_opens_without_asking_is_read_with_a_warning() -> None:
    reading = read_workbook(locked("VelvetSweatshop"))
    assert reading.workbook == read_workbook(BOOK).workbook
    assert [found.code for found in reading.diagnostics] == [codes.DEFAULT_PASSWORD]
    assert codes.DEFAULT_PASSWORD.id == "F217"


@pytest.mark.parametrize(
    "made",
    [
        lambda: locked("secreto"),
        lambda: locked("VelvetSweatshop")[:2_000],
        lambda: locked("VelvetSweatshop").replace(b'spinCount="100000"', b'spinCount="999999999"'),
        lambda: locked("VelvetSweatshop").replace(b"<encryption ", b"<!DOCTYPE x>"),
    ],
    ids=["password", "cut-off", "dear", "entities"],
)
def test_any_other_password_is_refused_in_bounded_time(made: Callable[[], bytes]) -> None:
    data = made()
    begun = time.process_time()
    reading = read_workbook(data)
    assert reading.workbook is None
    assert [found.code for found in reading.diagnostics] == [codes.PASSWORD_PROTECTED]
    assert time.process_time() - begun < 5


def test_what_is_inside_passes_the_same_guard() -> None:
    reading = read_workbook(locked("VelvetSweatshop", raw.workbook("x" * 5_000_000)))
    assert reading.workbook is None
    assert reading.diagnostics
