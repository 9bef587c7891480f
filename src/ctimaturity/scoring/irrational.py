"""Irrational numbers in decimals with 60 digits, and the fractions that some of them are."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

CONTEXT = Context(prec=60)
_PRECISION = Fraction(1, 10**45)
_DENOMINATOR = 10**12


def decimal(value: Fraction) -> Decimal:
    """A fraction with 60 digits."""
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def rational(value: Decimal) -> Fraction:
    """The fraction that a decimal with 60 digits stands for, where it is one with a short denominator.

    A root of fractions is such a fraction or irrational; by chance no irrational number is so near one.
    """
    exact = Fraction(value)
    near = exact.limit_denominator(_DENOMINATOR)
    return near if abs(near - exact) < _PRECISION else exact


def logarithm(value: Fraction, base: Fraction) -> Fraction:
    """The logarithm of a positive number to a base above 1."""
    return rational(CONTEXT.divide(CONTEXT.ln(decimal(value)), CONTEXT.ln(decimal(base))))
