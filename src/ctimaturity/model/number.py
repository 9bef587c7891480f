"""Exact numbers: decimal strings in files, fractions in arithmetic."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_EXACT = Context(prec=60)
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def parse_decimal(value: object) -> Decimal:
    """A decimal number from its digits; never from a float, which is not what was written."""
    if isinstance(value, Decimal) and value.is_finite():
        return _plain(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return _plain(Decimal(value))
    raise PydanticCustomError("not_a_number", "not a decimal number written with digits and a point")


def _parse_whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("not_whole", "not a whole number written with digits")


def _parse_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value == "true" or value == "false":  # noqa: PLR1714  (a list has no hash)
        return value == "true"
    raise PydanticCustomError("not_a_flag", "neither true nor false")


def decimal_text(value: Decimal) -> str:
    """The one way to write a number: no exponent, no trailing zeros, so that 1, 1.0 and 1.00 are one."""
    return format(_plain(value), "f")


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without a sign of zero; every digit of 30 is kept."""
    return _EXACT.plus(_EXACT.normalize(value))


Number = Annotated[
    Decimal,
    BeforeValidator(parse_decimal),
    PlainSerializer(decimal_text, return_type=str),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_DECIMAL.pattern}$"}),
]
"""A decimal number as a definition writes it; read from a string, never from a float."""

Whole = Annotated[int, BeforeValidator(_parse_whole)]
"""A whole number; read from an integer or from its digits."""

Flag = Annotated[bool, BeforeValidator(_parse_flag)]
"""Yes or no; read from a boolean or from the words `true` and `false` alone."""


def _unsaid(value: object) -> bool:
    return value is None or value is False or value == {}


UNSAID = Field(exclude_if=_unsaid)
"""Marks a key that the format learnt after its first release: unsaid (None, false, empty), it is not
written down, so that the hashes of older definitions stay as they are. Zero is said."""


def fraction(value: Decimal) -> Fraction:
    """The exact value."""
    return Fraction(value)
