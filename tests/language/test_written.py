"""One table of numbers in text: what each says, where, and how certain that is."""

from __future__ import annotations

from decimal import Decimal

from ctimaturity.language.written import (
    CellNumber,
    NumberDoubt,
    Spelling,
    Written,
    decimal_mark,
    written_number,
    written_year,
)
from ctimaturity.model.number import ANY_NUMBER, Expected

PLAIN, EXPONENT, DRESSED, ONE = Spelling.PLAIN, Spelling.EXPONENT, Spelling.DRESSED, Spelling.ONE_ON_SCALE
TWO, PER_CENT, NO = NumberDoubt.TWO_READINGS, NumberDoubt.PERCENTAGE, NumberDoubt.UNREADABLE

SHARE = Expected(Decimal(0), Decimal(100), percentage=True)
"""A percentage from 0 to 100."""
GROWTH = Expected(Decimal(-100), None, percentage=True)
UNIT = Expected(Decimal(0), Decimal(1))
WHOLE = Expected(Decimal(0), Decimal(10**9), whole=True)
"""People."""
POINTS = Expected(Decimal(0), Decimal(5000), whole=True)

CASES = [
    # text, decimal mark that is known, what it may be, reading, spelling or doubt
    ("7", "", ANY_NUMBER, "7", PLAIN),
    ("0", "", ANY_NUMBER, "0", PLAIN),
    ("-7", "", ANY_NUMBER, "-7", PLAIN),
    ("−7", "", ANY_NUMBER, "-7", PLAIN),
    ("3,5", "", ANY_NUMBER, "3.5", PLAIN),
    ("3.5", "", ANY_NUMBER, "3.5", PLAIN),
    (" 3,5\u00a0", "", ANY_NUMBER, "3.5", PLAIN),
    ("３，５", "", ANY_NUMBER, "3.5", PLAIN),
    ("0,345", "", ANY_NUMBER, "0.345", PLAIN),
    ("0.345", "", ANY_NUMBER, "0.345", PLAIN),
    ("-0,345", "", ANY_NUMBER, "-0.345", PLAIN),
    ("1234", "", ANY_NUMBER, "1234", PLAIN),
    ("1234,567", "", ANY_NUMBER, "1234.567", PLAIN),
    ("1.2345", "", ANY_NUMBER, "1.2345", PLAIN),
    ("1.23", "", ANY_NUMBER, "1.23", PLAIN),
    # as programs write them
    ("0.30000000000000004", "", ANY_NUMBER, "0.30000000000000004", PLAIN),
    ("3.5833333333333335", "", ANY_NUMBER, "3.5833333333333335", PLAIN),
    ("123456.78901234567", "", ANY_NUMBER, "123456.78901234567", PLAIN),
    ("12345678901234567", "", ANY_NUMBER, "12345678901234567", PLAIN),
    ("4.5e-05", "", ANY_NUMBER, "0.000045", EXPONENT),
    ("4,5E-05", "", ANY_NUMBER, "0.000045", EXPONENT),
    ("1e3", "", ANY_NUMBER, "1000", EXPONENT),
    ("-1.234E+06", "", ANY_NUMBER, "-1234000", EXPONENT),
    ("1e-005", "", ANY_NUMBER, "0.00001", EXPONENT),
    ("1e999", "", ANY_NUMBER, None, NO),
    # two readings
    ("1.234", "", ANY_NUMBER, None, TWO),
    ("1,234", "", ANY_NUMBER, None, TWO),
    ("12,345", "", ANY_NUMBER, None, TWO),
    ("012,345", "", ANY_NUMBER, None, TWO),
    ("012.345", "", ANY_NUMBER, None, TWO),
    ("000,345", "", ANY_NUMBER, None, TWO),
    ("+1.234", "", ANY_NUMBER, None, TWO),
    ("-1.234", "", ANY_NUMBER, None, TWO),
    ("(5)", "", ANY_NUMBER, None, TWO),
    ("1'234", "", ANY_NUMBER, None, TWO),
    ("1'234.567", "", ANY_NUMBER, None, TWO),
    ("1 234,567", "", ANY_NUMBER, None, TWO),
    # two readings, of which the column's mark leaves one
    ("1.234", ".", ANY_NUMBER, "1.234", PLAIN),
    ("1.234", ",", ANY_NUMBER, "1234", DRESSED),
    ("1,234", ",", ANY_NUMBER, "1.234", PLAIN),
    ("1,234", ".", ANY_NUMBER, "1234", DRESSED),
    ("012,345", ",", ANY_NUMBER, "12.345", DRESSED),
    ("1 234,567", ",", ANY_NUMBER, "1234.567", DRESSED),
    ("1'234.567", ",", ANY_NUMBER, "1234567", DRESSED),
    ("0,345", ".", ANY_NUMBER, "0.345", PLAIN),
    # two readings, of which one lies on the scale
    ("12.345", "", SHARE, "12.345", ONE),
    ("12,345", "", SHARE, "12.345", ONE),
    ("012,345", "", SHARE, "12.345", ONE),
    ("1.234", "", GROWTH, None, TWO),
    ("-1.234", "", GROWTH, "-1.234", ONE),
    ("123.456", "", SHARE, None, TWO),
    ("1.234", "", WHOLE, "1234", ONE),
    ("1.000", "", WHOLE, None, TWO),
    ("12.345", "", POINTS, None, TWO),
    ("4.321", "", POINTS, "4321", ONE),
    ("(5)", "", SHARE, "5", ONE),
    ("(0)", "", SHARE, "0", DRESSED),
    ("(150)", "", GROWTH, "150", ONE),
    ("(15)", "", GROWTH, None, TWO),
    # one reading, with more than the digits
    ("1.234,5", "", ANY_NUMBER, "1234.5", DRESSED),
    ("1,234.5", "", ANY_NUMBER, "1234.5", DRESSED),
    ("1.234,567", "", ANY_NUMBER, "1234.567", DRESSED),
    ("1.234.567", "", ANY_NUMBER, "1234567", DRESSED),
    ("1,234,567", "", ANY_NUMBER, "1234567", DRESSED),
    ("1.234.567,89", "", ANY_NUMBER, "1234567.89", DRESSED),
    ("-1.234.567", "", ANY_NUMBER, "-1234567", DRESSED),
    ("1 234", "", ANY_NUMBER, "1234", DRESSED),
    ("1 234 567", "", ANY_NUMBER, "1234567", DRESSED),
    ("1\u202f234\u202f567,8", "", ANY_NUMBER, "1234567.8", DRESSED),
    ("1 234,5", "", ANY_NUMBER, "1234.5", DRESSED),
    ("1'234'567,8", "", ANY_NUMBER, "1234567.8", DRESSED),
    ("1’234’567", "", ANY_NUMBER, "1234567", DRESSED),
    ("1'234.567,8", "", ANY_NUMBER, "1234567.8", DRESSED),
    ("+3,5", "", ANY_NUMBER, "3.5", DRESSED),
    ("01", "", ANY_NUMBER, "1", DRESSED),
    ("00", "", ANY_NUMBER, "0", DRESSED),
    ("007,5", "", ANY_NUMBER, "7.5", DRESSED),
    (".5", "", ANY_NUMBER, "0.5", DRESSED),
    (",5", "", ANY_NUMBER, "0.5", DRESSED),
    ("5.", "", ANY_NUMBER, "5", DRESSED),
    ('"3,5"', "", ANY_NUMBER, "3.5", DRESSED),
    ("«3,5»", "", ANY_NUMBER, "3.5", DRESSED),
    ("'3,5", "", ANY_NUMBER, "3.5", DRESSED),
    # per cent
    ("85%", "", SHARE, "85", DRESSED),
    ("85 %", "", SHARE, "85", DRESSED),
    ("12,5%", "", SHARE, "12.5", DRESSED),
    ("12.345%", "", SHARE, "12.345", ONE),
    ("-3,5 %", "", GROWTH, "-3.5", DRESSED),
    ("85%", "", UNIT, "0.85", DRESSED),
    ("85%", "", ANY_NUMBER, None, PER_CENT),
    ("85%", "", WHOLE, None, PER_CENT),
    ("8 5%", "", SHARE, None, NO),
    # no numbers
    ("", "", ANY_NUMBER, None, NO),
    (".", "", ANY_NUMBER, None, NO),
    ("-", "", ANY_NUMBER, None, NO),
    ("+-5", "", ANY_NUMBER, None, NO),
    ("- 5", "", ANY_NUMBER, None, NO),
    ("5-", "", ANY_NUMBER, None, NO),
    ("(-5)", "", ANY_NUMBER, None, NO),
    ("()", "", ANY_NUMBER, None, NO),
    ("12 casos", "", ANY_NUMBER, None, NO),
    ("$ 1.234", "", ANY_NUMBER, None, NO),
    ("10²", "", ANY_NUMBER, None, NO),
    ("1½", "", ANY_NUMBER, None, NO),
    ("①", "", ANY_NUMBER, None, NO),
    ("١٢", "", ANY_NUMBER, None, NO),
    ("3'5", "", ANY_NUMBER, None, NO),
    ("1.23.456", "", ANY_NUMBER, None, NO),
    ("0.123.456", "", ANY_NUMBER, None, NO),
    ("1,23,456", "", ANY_NUMBER, None, NO),
    ("31.12.2020", "", ANY_NUMBER, None, NO),
    ("300 123 4567", "", ANY_NUMBER, None, NO),
    ("1.234.567.8", "", ANY_NUMBER, None, NO),
    ("1,5.5", "", ANY_NUMBER, None, NO),
    ("nan", "", ANY_NUMBER, None, NO),
    ("inf", "", ANY_NUMBER, None, NO),
    ("0x10", "", ANY_NUMBER, None, NO),
    ("1_000", "", ANY_NUMBER, None, NO),
    ("3-4", "", ANY_NUMBER, None, NO),
    ("1/2", "", ANY_NUMBER, None, NO),
    ("9" * 81, "", ANY_NUMBER, None, NO),
    # a number cell of a workbook
    (CellNumber("1.234"), "", ANY_NUMBER, "1.234", PLAIN),
    (CellNumber("1.234"), ",", ANY_NUMBER, "1.234", PLAIN),
    (CellNumber("12.345%"), ",", SHARE, "12.345", DRESSED),
]


def test_every_text_has_its_reading() -> None:
    wrong = []
    for text, mark, expected, number, spelling in CASES:
        read = written_number(text, mark, expected)
        wanted = spelling if number is None else (Decimal(number), spelling)
        if read != wanted:
            wrong.append(f"{text!r} mark={mark!r} {tuple(expected)}: {read} instead of {wanted}")
    assert len(CASES) >= 80
    assert not wrong, "\n".join(wrong)


def test_the_mark_of_a_column_is_what_its_numbers_show_for_certain() -> None:
    wrong = [
        (texts, decimal_mark(texts))
        for texts, mark in [
            (["12,5", "1.234"], ","),
            (["0.5", "1,234"], "."),
            (["1.234", "5.678"], ""),
            (["0.5", "0,5"], ""),
            (["1.234.567"], ","),
            (["1,234.5"], "."),
            (["1 234,5"], ","),
            (["1'234.567"], ""),
            (["1.5e-05"], "."),
            (["12,5 %"], ","),
            ([CellNumber("0.5"), "1.234"], ""),
            ([CellNumber("0.5"), "12,5"], ","),
            (["12 casos, 3.4"], ""),
            ([], ""),
        ]
        if decimal_mark(texts) != mark
    ]
    assert wrong == []


YEARS: list[tuple[str, int | None, Spelling | None]] = [
    ("2019", 2019, PLAIN),
    ("2019.0", 2019, PLAIN),
    ("2.019", 2019, ONE),
    ("2,019", 2019, ONE),
    ("+2019", 2019, DRESSED),
    ('"2019"', 2019, DRESSED),
    ("2020-12-31", 2020, DRESSED),
    ("2020-12-31 00:00:00", 2020, DRESSED),
    ("31/12/2020", 2020, DRESSED),
    ("31.12.2020", 2020, DRESSED),
    ("12/2020", 2020, DRESSED),
    ("2020-12", 2020, DRESSED),
    ("31 de diciembre de 2020", 2020, DRESSED),
    ("dic-2020", 2020, DRESSED),
    ("Dec 2020", 2020, DRESSED),
    ("2018-2019", None, None),
    ("2018-19", None, None),
    ("2009-10", None, None),
    ("2009-10-01", 2009, DRESSED),
    ("31/12/20", None, None),
    ("41/12/2020", None, None),
    ("19", None, None),
    ("1899", None, None),
    ("2100", None, None),
    ("2019.5", None, None),
    ("2019 (DANE)", None, None),
    ("2019%", None, None),
    ("", None, None),
]


def test_every_year_has_its_reading() -> None:
    wrong = [
        (text, read)
        for text, year, spelling in YEARS
        if (read := written_year(text))
        != (None if year is None or spelling is None else Written(Decimal(year), spelling))
    ]
    assert wrong == []
