"""What number formats show: the value however written, or something else."""

from __future__ import annotations

import pytest

from ctimaturity.files.shown import shown_number, shown_text

ACCOUNTING = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'
SAME = [
    ("0", 1), ("0.00", 1), ("0.00", 3.14159), ("0", 3.9), ("#,##0", 1234567), ("00", 1), ("00000", 5001),
    ("0.0#", 0), ("# ?/?", 3.5), ("0.00E+00", 45000), ("@", 1), ("General", 1), ("General;-General", -1),
    ("[$$-240A] #,##0", 500), ('"$"#,##0.00', 5), ("€0", 5), ("+0;-0;0", 5), ("0;(0)", -5), ("0;[Red]0", -5),
    ("0.00_);[Red](0.00)", -1), (ACCOUNTING, 0), (ACCOUNTING, 5), (ACCOUNTING, -5), ('"5"', 5),
    ("[>=100]0;0.0", 5), ("[Blue]0", 5), ('0;-0;"-"', 0), ("?", 0), ('"-"0', -5),
]  # fmt: skip
WORDED = [
    ('0" días"', 5, "5 días"), ('"COP "#,##0', 5, "COP 5"),
    ('0" - Cumple"', 1, "1 - Cumple"),
    ('General" hab."', 5, "5 hab."), ("0\\ \\m", 5, "5 m"),
    ('0.0" por 100.000 hab."', 2.5, "2.5 por 100.000 hab."),
]  # fmt: skip
OTHER = [
    ('"0 - No cumple"', 1, "0 - No cumple"), ('"5"', 1, "5"), (";;;", 1, ""), ("0;-0;", 0, ""),
    ("#", 0, ""), ("#,###", 0, ""), ("0,", 5, "0"), ('0.0,," M"', 5_200_000, "5.2 M"), ("0;0", -5, "5"),
    ('"1"0', 5, "15"), ('"-"0', 5, "-5"),
    ('0"0"', 5, "50"), ('0" 000"', 5, "5 000"), ('0".5"', 5, "5.5"),
    ('[=1]"No cumple";[=0]"Cumple"', 1, "No cumple"),

    ('[=1]"No cumple";[=0]"Cumple"', 3, "####"),
    ('"Cumple";"-";"No cumple"', 0, "No cumple"), ('""', 1, ""),
]  # fmt: skip


def test_numbers_however_they_are_written_are_themselves() -> None:
    assert [(code, value, seen) for code, value in SAME if (seen := shown_number(code, value))] == []


def test_words_around_a_number_are_told_from_other_numbers() -> None:
    cases = [*((*case, True) for case in WORDED), *((*case, False) for case in OTHER)]
    wrong = []
    for code, value, text, same in cases:
        seen = shown_number(code, value)
        if seen is None or (seen.text, seen.same) != (text, same):
            wrong.append((code, value, seen))
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param(";;;", "", id="nothing"),
        pytest.param('0;0;0;"No cumple"', "No cumple", id="other-words"),
        pytest.param('"0 - "@', "0 - Cumple", id="words-before"),
    ],
)
def test_texts_too_can_be_shown_as_others(code: str, text: str) -> None:
    seen = shown_text(code, "Cumple")
    assert seen is not None
    assert seen.text == text


@pytest.mark.parametrize("code", ["0", "@", "0;-0;;@", ACCOUNTING, "dd/mm/yyyy", ""])
def test_most_formats_show_a_text_as_it_is(code: str) -> None:
    assert shown_text(code, "Cumple") is None
