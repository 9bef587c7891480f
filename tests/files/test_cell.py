from __future__ import annotations

from datetime import datetime

import pytest

from ctimaturity.files.cell import ColumnNumbers, column_letters, column_number, moment, reference, unescape


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52), ("XFD", 16384)])
def test_columns(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_letters(number) == letters


@pytest.mark.parametrize("letters", ["", "a", "A1", "Ñ", "AAAA", " A"])
def test_what_is_no_column(letters: str) -> None:
    with pytest.raises(ValueError, match=f"^{letters}$"):
        column_number(letters)
    assert ColumnNumbers()[letters] == 0


def test_a_reference() -> None:
    assert reference(7, 28) == "AB7"


@pytest.mark.parametrize(
    ("serial", "date1904", "expected"),
    [
        (0, False, (1899, 12, 30)),
        (0.25, False, (1899, 12, 30, 6)),
        (1, False, (1900, 1, 1)),
        (59, False, (1900, 2, 28)),
        (61, False, (1900, 3, 1)),
        (45351, False, (2024, 2, 29)),
        (45351.999988425926, False, (2024, 2, 29, 23, 59, 59)),
        (2958465, False, (9999, 12, 31)),
        (0, True, (1904, 1, 1)),
        (1, True, (1904, 1, 2)),
        (-1, False, None),
        (2958466, False, None),
        (2958465, True, None),
    ],
)
def test_moments(serial: float, date1904: bool, expected: tuple[int, ...] | None) -> None:  # noqa: FBT001
    wanted = datetime(*expected) if expected else None  # type: ignore[arg-type]  # noqa: DTZ001
    assert moment(serial, date1904=date1904) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_x0041_b", "aAb"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x004_", "_x004_"),
        ("_x00e9_", "é"),
        ("_xD83D__xDE00_", "😀"),
        ("_xDE00_", "\ufffd"),
        ("max_x", "max_x"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert unescape(text) == expected
