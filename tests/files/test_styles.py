from __future__ import annotations

import pytest

from ctimaturity.files.styles import NumberFormat, number_format


@pytest.mark.parametrize(
    "code",
    [
        "dd/mm/yyyy", "d-mmm", "yyyy\\-mm\\-dd", "[$-C0A]d mmmm yyyy", 'd" de "mmmm', "hh:mm:ss", "[h]:mm",
        "[mm]:ss", "[Red]dd/mm", "AM/PM h", "DD/MM/YYYY;@", "mm", "s.000",
    ],
)  # fmt: skip
def test_dates(code: str) -> None:
    assert number_format(code) is NumberFormat.DATE


@pytest.mark.parametrize("code", ["0%", "0.00 %", '#,##0.0%" de"', "[Red]0%", "0%;-0%"])
def test_percentages(code: str) -> None:
    assert number_format(code) is NumberFormat.PERCENT


@pytest.mark.parametrize(
    "code",
    [
        "General", "general", "@", "", "0", "0.00", "#,##0", "0.00E+00", "0.0e-0",
        '0" días"', "0\\d", "[Red]0.00",
        "[$$-240A] #,##0", '"%"0', "0\\%", '_-* #,##0.00 "$"_-', "[Magenta]0", "[>=100]0", "_d0", "*s0",
        "0;dd/mm", "# ?/?",
    ],
)  # fmt: skip
def test_plain_numbers(code: str) -> None:
    assert number_format(code) is NumberFormat.NUMBER
