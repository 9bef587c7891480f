"""Exact numbers: decimal strings in files, fractions in arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def _parse(value: object) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value.normalize() + 0
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value).normalize() + 0
    raise ValueError("not a decimal number written with digits and a point")


def decimal_text(value: Decimal) -> str:
    """The one way to write a number: no exponent, no trailing zeros, so that 1, 1.0 and 1.00 are one."""
    return format(value.normalize() + 0, "f")


Number = Annotated[
    Decimal,
    BeforeValidator(_parse),
    PlainSerializer(decimal_text, return_type=str),
    WithJsonSchema({"type": ["number", "string"], "pattern": _DECIMAL.pattern}),
]
"""A decimal number as a definition writes it; read from a string, never from a float."""


def fraction(value: Decimal) -> Fraction:
    """The exact value."""
    return Fraction(value)
