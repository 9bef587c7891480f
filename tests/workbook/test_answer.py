"""Typed cells: an answer is read for certain or refused, never guessed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from builders import SEGMENTS, number_scale, scale
from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.model.scale import Choice as ScaleChoice
from ctimaturity.model.scale import Option, Scale
from ctimaturity.workbook.answer import (
    ChoiceReader,
    is_blank,
    read_count,
    read_in_range,
    read_number,
    read_remark,
    read_year,
)
from ctimaturity.workbook.choice import ClosedAnswer, scale_choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.workbook.answer import CellReading

AGREEMENT = Scale(
    options=tuple(
        Option(code=str(number), points=Decimal(number), label={"es": spanish, "en": english})
        for number, (spanish, english) in enumerate(
            [
                ("Totalmente en desacuerdo", "Strongly disagree"),
                ("En desacuerdo", "Disagree"),
                ("Más bien de acuerdo", "Somewhat agree"),
                ("Totalmente de acuerdo", "Strongly agree"),
            ],
            1,
        )
    ),
    dont_know=ScaleChoice(code="NS", label={"es": "No sabe / no responde", "en": "Don’t know / no answer"}),
)


def text(words: str, *, formula: bool = False) -> Cell:
    return Cell(CellKind.TEXT, words, words, formula=formula)


def number(digits: str, *, formula: bool = False, percent: bool = False) -> Cell:
    return Cell(CellKind.NUMBER, float(digits), digits, formula=formula, percent=percent)


ERROR = Cell(CellKind.ERROR, None, "#N/A")
DATE = Cell(CellKind.DATE, datetime(2026, 4, 3), "46115")  # noqa: DTZ001  (a cell's date has no time zone)
TRUE = Cell(CellKind.BOOLEAN, value=True, text="1")
NO_RESULT = Cell(CellKind.EMPTY, None, "", formula=True)


@pytest.fixture
def agreement() -> ChoiceReader:
    return ChoiceReader(scale_choices(AGREEMENT), "es")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param(number("3"), "3", id="number"),
        pytest.param(number("3.0"), "3", id="number-with-zero"),
        pytest.param(text("3"), "3", id="number-as-text"),
        pytest.param(text("3,0"), "3", id="decimal-comma"),
        pytest.param(text("3 - Más bien de acuerdo"), "3", id="as-the-drop-down-has-it"),
        pytest.param(text("3 – más bien de acuerdo"), "3", id="en-dash-and-case"),
        pytest.param(text("3 - más bien"), "3", id="words-shortened"),
        pytest.param(text("3. Somewhat agree"), "3", id="point"),
        pytest.param(text("3 Somewhat agree"), "3", id="space-only-with-its-own-words"),
        pytest.param(text("MAS BIEN DE ACUERDO"), "3", id="no-accents"),
        pytest.param(text(" Más\u00a0bien  de acuerdo "), "3", id="no-break-and-double-spaces"),
        pytest.param(text("\u200bMa\u0301s bien de acuerdo"), "3", id="decomposed-and-zero-width"),
        pytest.param(text("strongly agree"), "4", id="other-language"),
        pytest.param(text("ns"), "NS", id="do-not-know-by-code"),
        pytest.param(text("Don't know / no answer"), "NS", id="straight-for-smart-quote"),
        pytest.param(text("NS - No sabe / no responde"), "NS", id="do-not-know"),
    ],
)
def test_an_option_is_read_by_its_code_else_by_its_exact_words(
    agreement: ChoiceReader, cell: Cell, code: str
) -> None:
    reading = agreement.read(cell)
    assert reading.problem is None
    assert reading.value is not None
    assert reading.value.code == code


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        pytest.param(number("3.9"), "answer-not-whole", id="3.9"),
        pytest.param(number("3.8999999999999999"), "answer-not-whole", id="3.9-in-17-digits"),
        pytest.param(text("3,5"), "answer-not-whole", id="3,5-as-text"),
        pytest.param(number("7"), "answer-out-of-scale", id="out-of-scale"),
        pytest.param(number("-1"), "answer-out-of-scale", id="negative"),
        pytest.param(text("x"), "answer-out-of-scale", id="a-cross"),
        pytest.param(text("3-4"), "answer-contradicts-itself", id="two-codes"),
        pytest.param(text("3-40"), "answer-out-of-scale", id="code-and-a-number"),
        pytest.param(text("3 - Totalmente de acuerdo"), "answer-contradicts-itself", id="code-of-another"),
        pytest.param(text("3 - mas o menos"), "answer-words-unlike", id="words-edited"),
        pytest.param(text("3 tal vez"), "answer-words-unlike", id="space-and-other-words"),
        pytest.param(text("Mas bien deacuerdo"), "answer-nearly", id="a-slip-is-only-offered"),
        pytest.param(ERROR, "error-cell", id="error"),
        pytest.param(text("3 - Totalmente de acuerdo, casi"), "answer-contradicts-itself", id="and-more"),
        pytest.param(text("3 3"), "answer-out-of-scale", id="a-code-twice"),
        pytest.param(text("#N/A"), "error-cell", id="error-as-text"),
        pytest.param(text("#ERROR!"), "error-cell", id="error-of-google-as-text"),
        pytest.param(text("#¡REF!"), "error-cell", id="error-in-spanish"),
        pytest.param(text("Err:502"), "error-cell", id="error-of-libreoffice"),
        pytest.param(DATE, "date-answer", id="date"),
        pytest.param(TRUE, "boolean-answer", id="boolean"),
        pytest.param(number("1", percent=True), "percentage-answer", id="100-percent"),
        pytest.param(NO_RESULT, "formula-without-value", id="formula-without-result"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(agreement: ChoiceReader, cell: Cell, name: str) -> None:
    reading = agreement.read(cell)
    assert reading.value is None
    assert reading.problem is not None
    assert reading.problem.code.name == name


def test_a_near_miss_offers_the_option_as_the_drop_down_shows_it(agreement: ChoiceReader) -> None:
    problem = agreement.read(text("Totalmente de acuerdos")).problem
    assert problem is not None
    assert problem.parameters["near"] == "4 - Totalmente de acuerdo"


def test_the_result_of_a_formula_counts_with_a_warning(agreement: ChoiceReader) -> None:
    reading = agreement.read(number("2", formula=True))
    assert reading.value is not None
    assert reading.value.code == "2"
    assert reading.problem is not None
    assert reading.problem.code is codes.FORMULA_ANSWER


@pytest.mark.parametrize(
    "cell", [None, text(""), text("  \u00a0 "), text("\u200b"), text("", formula=True)], ids=repr
)
def test_nothing_visible_is_blank(agreement: ChoiceReader, cell: Cell | None) -> None:
    assert is_blank(cell)
    assert agreement.read(cell).value is None
    assert agreement.read(cell).problem is None


def test_zero_is_an_answer() -> None:
    reading = ChoiceReader(scale_choices(scale(0, 1)), "es").read(number("0"))
    assert reading.value is not None
    assert reading.value.code == "0"


def test_options_whose_codes_have_decimals() -> None:
    halves = ChoiceReader(scale_choices(scale("1", "1.5", "2")), "es")
    for cell in (number("1.5"), text("1.5"), text("1.5 - opción 1.5")):
        reading = halves.read(cell)
        assert reading.value is not None
        assert reading.value.code == "1.5"
    assert halves.read(number("1.7")).value is None


def test_ids_and_labels_of_segments() -> None:
    segments = ChoiceReader(
        tuple(ClosedAnswer(segment, {"es": segment.replace("-", " ").title()}) for segment in SEGMENTS),
        "es",
        codes.SEGMENT_UNREADABLE,
    )
    for written in ("sector-publico", "Sector Publico", "SECTOR PÚBLICO"):
        reading = segments.read(text(written))
        assert reading.value is not None, written
        assert reading.value.code == "sector-publico"
    problem = segments.read(text("sector publicos")).problem
    assert problem is not None
    assert problem.code is codes.SEGMENT_UNREADABLE


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(number("0.1"), "0.1", id="as-written"),
        pytest.param(number("0.10000000000000001"), "0.1", id="17-digits-of-the-same-double"),
        pytest.param(number("1234"), "1234", id="whole"),
        pytest.param(number("1E3"), "1000", id="exponent-in-the-file"),
        pytest.param(text("3,5"), "3.5", id="comma"),
        pytest.param(text("3.5"), "3.5", id="point"),
        pytest.param(text(" -2 "), "-2", id="negative"),
        pytest.param(text("−2"), "-2", id="minus-sign"),
        pytest.param(text("0,234"), "0.234", id="no-thousands-start-with-zero"),
        pytest.param(text("1234,567"), "1234.567", id="four-digits-before-the-mark"),
    ],
)
def test_numbers_are_exact(cell: Cell, value: str) -> None:
    assert read_number(cell).value == Decimal(value)
    assert read_number(cell).problem is None


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        pytest.param(text("1,234"), "number-ambiguous", id="1,234"),
        pytest.param(text("1.234"), "number-ambiguous", id="1.234"),
        pytest.param(text("45 %"), "percentage-answer", id="percent-sign"),
        pytest.param(number("0.45", percent=True), "percentage-answer", id="percent-format"),
        pytest.param(text("12 casos"), "number-unreadable", id="words"),
        pytest.param(text("nan"), "number-unreadable", id="nan"),
        pytest.param(DATE, "date-answer", id="date"),
        pytest.param(TRUE, "boolean-answer", id="boolean"),
        pytest.param(ERROR, "error-cell", id="error"),
    ],
)
def test_doubtful_numbers_are_refused(cell: Cell, name: str) -> None:
    problem = read_number(cell).problem
    assert problem is not None
    assert problem.code.name == name


def test_numbers_of_a_range() -> None:
    allowed = number_scale(0, 100, whole=True).range
    assert allowed is not None
    assert read_in_range(number("37"), allowed).value == Decimal(37)
    outside, broken = (
        read_in_range(number("101"), allowed).problem,
        read_in_range(number("3.5"), allowed).problem,
    )
    assert outside is not None
    assert outside.code is codes.NUMBER_OUT_OF_RANGE
    assert broken is not None
    assert broken.code is codes.ANSWER_NOT_WHOLE


@pytest.mark.parametrize(
    "cell",
    [number("-1"), number("2.5"), number("1E300"), text("dos"), DATE, number("1", percent=True)],
    ids=repr,
)
def test_counts_are_whole_and_not_negative(cell: Cell) -> None:
    problem = read_count(cell, codes.COUNT_UNREADABLE).problem
    assert problem is not None
    assert problem.code is codes.COUNT_UNREADABLE


def test_counts() -> None:
    assert read_count(number("12"), codes.COUNT_UNREADABLE).value == 12
    assert read_count(text("0"), codes.COUNT_UNREADABLE).value == 0
    error = read_count(ERROR, codes.COUNT_UNREADABLE).problem
    assert error is not None
    assert error.code is codes.ERROR_CELL


@pytest.mark.parametrize("cell", [number("19"), text("2018-2019"), number("2018.5"), TRUE], ids=repr)
def test_a_year_has_four_digits(cell: Cell) -> None:
    problem = read_year(cell).problem
    assert problem is not None
    assert problem.code is codes.YEAR_UNREADABLE


def test_years() -> None:
    assert read_year(number("2019")).value == 2019
    assert read_year(text("2019")).value == 2019
    assert read_year(None).value is None


def date(day: str, serial: str) -> Cell:
    return Cell(CellKind.DATE, datetime.fromisoformat(day), serial)


def test_every_cell_of_a_number_or_year_has_its_reading() -> None:
    """Cells whose kind, format or place decides; texts as such are held by tests/language/test_written.py."""
    share, unit = number_scale(0, 100).range, number_scale(0, 1).range
    assert share is not None
    assert unit is not None
    read: dict[str, Callable[[Cell], CellReading[Any]]] = {
        "value": read_number,
        "percentage": lambda cell: read_number(cell, share.expected),
        "0 to 100": lambda cell: read_in_range(cell, share),
        "0 to 1": lambda cell: read_in_range(cell, unit),
        "count": lambda cell: read_count(cell, codes.COUNT_UNREADABLE),
        "year": read_year,
    }
    cases = [
        ("value", text("1.234,5"), "1234.5", "A240"),
        ("value", text("4.5e-05"), "0.000045", "A240"),
        ("value", text("0.30000000000000004"), "0.30000000000000004", None),
        ("value", text("012,345"), None, "A205"),
        ("value", text("(5)"), None, "A205"),
        ("value", text("10²"), None, "A206"),
        ("value", text("85%"), None, "A106"),
        ("value", number("0.85", percent=True), None, "A106"),
        ("percentage", text("85%"), "85", "A240"),
        ("percentage", text("12.345"), "12.345", "A241"),
        ("percentage", number("0.85", percent=True), None, "A106"),
        ("percentage", number("4.5", percent=True), "4.5", "A241"),
        ("0 to 100", text("ochenta"), None, "A244"),
        ("0 to 100", text("1.234.567"), None, "A207"),
        ("0 to 100", text("85 %"), "85", "A240"),
        ("0 to 1", text("85 %"), "0.85", "A240"),
        ("0 to 1", number("0.85", percent=True), "0.85", "A241"),
        ("count", text("1.234"), "1234", "A241"),
        ("count", text("1 234"), "1234", "A240"),
        ("count", text("012"), "12", "A240"),
        ("count", text("1.000"), None, codes.COUNT_UNREADABLE.id),
        ("count", text("50%"), None, codes.COUNT_UNREADABLE.id),
        ("count", number("0.12", percent=True), None, codes.COUNT_UNREADABLE.id),
        ("year", text("2.019"), "2019", "A242"),
        ("year", text("31/12/2020"), "2020", "A242"),
        ("year", text("2018-2019"), None, "A210"),
        ("year", date("2020-01-01", "43831"), "2020", "A242"),
        ("year", date("1905-07-12", "2020"), "2020", "A242"),
        ("year", date("1909-07-13", "2020"), "2020", "A242"),
        ("year", date("1900-01-19", "19"), None, "A210"),
        ("year", date("1905-07-12", "2020.5"), None, "A210"),
        ("year", Cell(CellKind.DATE, None, "99999999"), None, "A210"),
        ("year", number("2.019"), None, "A210"),
        ("year", number("2019", percent=True), None, "A210"),
    ]
    wrong = []
    for place, cell, value, code in cases:
        reading = read[place](cell)
        said = (reading.value, None if reading.problem is None else reading.problem.code.id)
        if said != (None if value is None else Decimal(value), code):
            wrong.append(f"{place}: {cell.text!r} is {said}, not {(value, code)}")
    assert not wrong, "\n".join(wrong)


def test_remarks_take_what_is_there() -> None:
    assert read_remark(text(" Acuerdo 12 ")).value == "Acuerdo 12"
    assert read_remark(number("12")).value == "12"
    assert read_remark(text("https://example.org", formula=True)).value == "https://example.org"
    assert read_remark(DATE).value == "2026-04-03"
    problem = read_remark(ERROR).problem
    assert problem is not None
    assert problem.code is codes.REMARK_UNREADABLE
