"""Numbers as definitions write them."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ctimaturity.model.number import Flag, Number, Whole, decimal_text

NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
WHOLE: TypeAdapter[int] = TypeAdapter(Whole)
FLAG: TypeAdapter[bool] = TypeAdapter(Flag)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("1.00", "1"),
        ("100", "100"),
        ("0.650", "0.65"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("-2.50", "-2.5"),
        ("999999999999999.999999999999999", "999999999999999.999999999999999"),
    ],
)
def test_one_number_has_one_text(written: str, text: str) -> None:
    assert decimal_text(NUMBER.validate_python(written)) == text
    assert NUMBER.dump_json(NUMBER.validate_python(written)) == f'"{text}"'.encode()


@pytest.mark.parametrize(
    "value",
    [
        "",
        " 1",
        "1 ",
        "1,5",
        "1e3",
        "1_000",
        "0x1",
        ".5",
        "5.",
        "+1",
        "nan",
        "inf",
        "1/2",
        "10%",
        "１",
        "1" * 16,
        1,
        1.5,
        True,
        None,
        [],
        Decimal("NaN"),
        Decimal("Infinity"),
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(value)


@pytest.mark.parametrize("value", ["1.0", "", "x", True, 1.0, None, [], "1" * 10])
def test_whole_numbers_are_digits(value: object) -> None:
    with pytest.raises(ValidationError):
        WHOLE.validate_python(value)
    assert WHOLE.validate_python("-12") == WHOLE.validate_python(-12) == -12


@pytest.mark.parametrize("value", ["yes", "True", "1", 1, 0, None, [], {}, "on", ""])
def test_flags_are_true_or_false(value: object) -> None:
    with pytest.raises(ValidationError):
        FLAG.validate_python(value)
    assert FLAG.validate_python("true") is FLAG.validate_python(True) is True
    assert FLAG.validate_python("false") is False


@given(st.decimals(-(10**14), 10**14, places=14))
def test_no_digit_is_lost_whatever_the_context(value: Decimal) -> None:
    with localcontext(prec=5):
        read = NUMBER.validate_python(format(value, "f"))
        assert Fraction(read) == Fraction(value)
        assert NUMBER.validate_python(decimal_text(read)) == read
