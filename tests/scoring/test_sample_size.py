"""Sample sizes against the textbook's figures."""

from __future__ import annotations

import pytest

from ctimaturity.scoring.sample_size import Precision, allocation, margin_of, sample_size


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        pytest.param(None, 385, id="endless: 1.96^2 * 0.25 / 0.05^2 = 384.15"),
        pytest.param(10_000, 370, id="384.15 / (1 + 383.15 / 10000) = 369.97"),
        pytest.param(500, 218, id="384.15 / (1 + 383.15 / 500) = 217.49"),
        pytest.param(1, 1, id="one"),
    ],
)
def test_five_points_with_ninety_five_per_cent(population: int | None, expected: int) -> None:
    assert sample_size(population, Precision(margin=0.05)) == expected


def test_other_confidence_and_proportion() -> None:
    """z = 2.5758: 6.6349 * 0.09 / 0.0009 = 663.5."""
    assert sample_size(None, Precision(margin=0.03, confidence=0.99, proportion=0.1)) == 664


def test_allocation_has_the_same_fraction_everywhere() -> None:
    """100 of 1,000: a tenth of 155, 345 and 500, rounded up."""
    assert allocation(100, {"a": 155, "b": 345, "c": 500}) == {"a": 16, "b": 35, "c": 50}


def test_margin_is_the_inverse() -> None:
    assert margin_of(385, None, Precision(margin=0.05)) == pytest.approx(0.04994, abs=1e-5)
    assert margin_of(10, 10, Precision(margin=0.05)) == 0.0
    assert margin_of(1, 1, Precision(margin=0.05)) == 0.0
