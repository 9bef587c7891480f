"""Cuts and distributions, against numbers worked out beside them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from ctimaturity.model.rule import Direction
from ctimaturity.scoring.calibration import (
    Sample,
    cuts_by_deviation,
    cuts_by_goal,
    cuts_by_quantile,
    distribution,
    quantile,
)

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def sample(*values: float) -> Sample:
    return Sample("R-1", tuple((f"E{n}", Fraction(str(value))) for n, value in enumerate(values)))


def test_a_distribution_is_that_of_the_textbook() -> None:
    # 2 4 4 4 5 5 7 9: mean 40/8 = 5, squares 9+1+1+1+0+0+4+16 = 32, s = sqrt(32/7).
    shape = distribution(sample(9, 2, 4, 7, 4, 5, 4, 5))
    assert (shape.n, shape.mean, shape.minimum, shape.maximum) == (8, 5, 2, 9)
    assert float(shape.deviation) == pytest.approx((32 / 7) ** 0.5, abs=1e-12)
    # type 7: 7 * 1/4 = 1.75 -> between the 2nd and 3rd (4, 4); 3.5 -> (4, 5); 5.25 -> 5 + 0.25 * 2
    assert shape.quartiles == (4, Fraction(9, 2), Fraction(11, 2))
    # cubes -27 -1 -1 -1 0 0 8 64 = 42; 8 / (7 * 6) * 42 / s^3 = 8 / s^3
    assert shape.skew == pytest.approx(8 / (32 / 7) ** 1.5, abs=1e-12)
    # fences 4 - 2.25 = 1.75 and 5.5 + 2.25 = 7.75: only the 9 is outside
    assert shape.outliers == ("E0",)


def test_few_or_equal_values_have_no_skew() -> None:
    assert distribution(sample(1, 2)).skew is None
    equal = distribution(sample(3, 3, 3))
    assert (equal.skew, equal.deviation) == (None, 0)
    assert distribution(sample(7)).deviation == 0


@pytest.mark.parametrize(
    ("share", "expected"), [("0", "1"), ("1", "10"), ("1/6", "2.5"), ("1/2", "5.5"), ("5/6", "8.5")]
)
def test_quantiles_are_of_type_7(share: str, expected: str) -> None:
    # of 1 to 10 the place is 9 times the share: 1/6 gives 1.5, between 2 and 3
    numbers = [Fraction(n) for n in range(1, 11)]
    assert quantile(numbers, Fraction(share)) == Fraction(expected)


def test_six_marks_are_cut_at_whole_deviations_and_five_at_halves() -> None:
    shape = distribution(sample(8, 12, 8, 12, 10))  # mean 10, squares 16, s = 2
    assert cuts_by_deviation(shape, 6, HIGHER) == (6, 8, 10, 12, 14)
    assert cuts_by_deviation(shape, 5, LOWER) == (7, 9, 11, 13)


def test_quantile_cuts_divide_the_sample_in_equal_parts() -> None:
    # 0 to 60 in tens: six parts of ten each, at 10, 20, 30, 40, 50
    assert cuts_by_quantile(sample(*range(0, 61, 10)), 6, HIGHER) == (10, 20, 30, 40, 50)
    # 1 to 10, five parts: places 1.8, 3.6, 5.4, 7.2
    assert cuts_by_quantile(sample(*range(1, 11)), 5, HIGHER) == tuple(
        map(Decimal, ("2.8", "4.6", "6.4", "8.2"))
    )


@pytest.mark.parametrize(("floor", "goal", "direction"), [("0", "60", HIGHER), ("60", "0", LOWER)])
def test_goals_are_divided_evenly_in_increasing_order(floor: str, goal: str, direction: Direction) -> None:
    assert cuts_by_goal(Decimal(floor), Decimal(goal), 6, direction) == (10, 20, 30, 40, 50)


def test_what_does_not_end_is_rounded_to_the_worse_side() -> None:
    # thirds of [0, 1]: 0.333... and 0.666...; a value of exactly 1/3 keeps the better mark
    assert cuts_by_goal(Decimal(0), Decimal(1), 3, HIGHER) == (Decimal("0.333333333"), Decimal("0.666666666"))
    assert cuts_by_goal(Decimal(1), Decimal(0), 3, LOWER) == (Decimal("0.333333334"), Decimal("0.666666667"))
