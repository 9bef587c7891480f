from __future__ import annotations

import time

import pytest

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import LIMITS, Refusal
from ctimaturity.files.styles import CellFormat, NumberFormat, number_format, read_styles


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


STRUCK = [CellFormat(), CellFormat(struck=True), CellFormat(NumberFormat.PERCENT)]
FONT = '<font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/></font>'
SOME = raw.styles([0, 0, 9], struck={1})


def read(part: str) -> list[CellFormat]:
    return read_styles(part.encode(), "styles", LIMITS)


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(SOME, id="plain"),
        pytest.param(SOME.replace("<fonts>", "<!-- <fonts> --><fonts>"), id="comment"),
        pytest.param(SOME.replace("<strike/>", '<strike val="true"/>'), id="as-libreoffice-writes-it"),
        pytest.param(
            SOME.replace("<cellXfs>", "<fills><x>&amp;</x></fills><cellXfs>"), id="tables-passed-over"
        ),
        pytest.param(
            SOME.replace("</styleSheet>", "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"),
            id="crossed-out-on-a-condition",
        ),
    ],
)
def test_what_is_crossed_out(part: str) -> None:
    assert read(part) == STRUCK


def test_what_is_not() -> None:
    plain = [CellFormat(), CellFormat(), CellFormat(NumberFormat.PERCENT)]
    assert read(SOME.replace("<strike/>", "")) == plain
    assert read(SOME.replace("<strike/>", '<strike val="0"/>')) == plain


def test_more_number_formats_than_any_program_writes_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read(raw.styles([0], {number: f'"{number}"0' for number in range(165, 5_000)}))
    assert caught.value.diagnostic.code is codes.TOO_MANY_ENTRIES


def test_more_fonts_than_any_program_writes_cost_no_time() -> None:
    many = SOME.replace("<fonts>", "<fonts>" + FONT * 300_000)
    begun = time.process_time()
    assert read(many.replace("<strike/>", "")) == [
        CellFormat(),
        CellFormat(),
        CellFormat(NumberFormat.PERCENT),
    ]
    for part in (many, many.replace("<sz", "<strike/><sz")):
        with pytest.raises(Refusal) as caught:
            read(part)
        assert caught.value.diagnostic.code is codes.TOO_MANY_ENTRIES
    assert time.process_time() - begun < 10
