"""Exact numbers: decimal strings in files, fractions in arithmetic."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WRITTEN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,30})?")
"""As programs write it; 15 decimals are what a person is told to keep to."""
_EXACT = Context(prec=60)
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def parse_decimal(value: object) -> Decimal:
    """A decimal number from its digits; never from a float, which is not what was written."""
    if isinstance(value, Decimal) and value.is_finite():
        return _plain(value)
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
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


class Expected(NamedTuple):
    """What a number may be, as far as that decides how its text is read.

    Attributes:
        minimum, maximum: The ends of its scale, or of what is plausible; None where there is none.
        whole: Whether it has no decimals.
        percentage: Whether 85 % of it is written 85.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    whole: bool = False
    percentage: bool = False

    def admits(self, value: Decimal | Fraction) -> bool:
        """Whether it may be this number."""
        if self.whole and value != int(value):
            return False
        too_low = self.minimum is not None and value < self.minimum
        return not (too_low or (self.maximum is not None and value > self.maximum))

    @property
    def of_percent(self) -> Decimal | None:
        """What 1 % is: 1 of a percentage, 0.01 on a scale that ends at 1; else None."""
        if self.percentage:
            return Decimal(1)
        return Decimal("0.01") if self.maximum == 1 and not self.whole else None


ANY_NUMBER = Expected()
"""A number of which nothing is known."""
