"""Every rule, with figures worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import builders as b
from ctimaturity.scoring.rules import staged_level
from one_node import answered, items, tree

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item


@pytest.mark.parametrize(
    ("rule", "marks", "expected"),
    [
        pytest.param("mean", (2, 4, 6), 28 / 6, id="(1*2 + 2*4 + 3*6) / 6"),
        pytest.param("sum", (2, 4, 6), 28.0, id="1*2 + 2*4 + 3*6"),
        pytest.param("min", (2, 4, 6), 2.0, id="min"),
        pytest.param("max", (2, 4, 6), 6.0, id="max"),
        pytest.param("median", (2, 6, 4), 4.0, id="median"),
        pytest.param("harmonic", (2, 4, 6), 6 / (1 / 2 + 2 / 4 + 3 / 6), id="6 / 1.5 = 4"),
        pytest.param("geometric", (1, 4, 1), 4 ** (2 / 6), id="(1 * 4^2 * 1)^(1/6)"),
        pytest.param("power", (1, 5, 1), ((1 + 2 * 25 + 3) / 6) ** 0.5, id="sqrt(54 / 6) = 3"),
    ],
)
def test_rules_with_weights_1_2_3(rule: str, marks: tuple[int, ...], expected: float) -> None:
    definition = tree(*items("ten", 1, 2, 3), rule=rule, exponent=2)
    assert answered(definition, *marks).score == pytest.approx(expected, rel=1e-14)


def test_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert answered(tree(*items("ten", 1, 1, 1, 1), rule="median"), 1, 9, 3, 6).score == 4.5


def test_median_leaves_out_what_has_no_data() -> None:
    assert answered(tree(*items("ten", 1, 1, 1, 1), rule="median"), 1, 9, "nd", 6).score == 6.0


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param((0.5, 2, 0), 6 * (1 * 0.25 + 2 * 1) / 6, id="parts-of-points"),
        pytest.param((2, 2, 2), 6.0, id="all"),
        pytest.param((0, 0, 0), 0.0, id="none"),
        pytest.param((2, "na", 0), 6 * 1 / 4, id="points-applicable"),
    ],
)
def test_points_share_of_items_worth_1_2_3(marks: tuple[object, ...], expected: float) -> None:
    """A mark on 0..2 earns its share of the item's points: 6 * sum(points * x / 2) / sum(points)."""
    definition = tree(*items("part", 1, 2, 3), rule="points_share", out_of=6)
    assert answered(definition, *marks).score == pytest.approx(expected, rel=1e-15)


def leveled(*levels: int) -> list[Item]:
    return [b.item(f"I-{n}", "met", level=level) for n, level in enumerate(levels, 1)]


@pytest.mark.parametrize(
    ("levels", "marks", "expected"),
    [
        pytest.param((1, 2, 3), (1, 1, 1), 3, id="all"),
        pytest.param((1, 2, 3), (1, 0, 1), 1, id="a-gap-stops"),
        pytest.param((1, 2, 3), (0, 1, 1), 0, id="no-foundation"),
        pytest.param((1, 1, 2), (1, 0, 1), 0, id="all-of-a-level"),
        pytest.param((1, 3), (1, 1), 3, id="empty-level-passed-on-the-way"),
        pytest.param((1, 3), (1, 0), 1, id="empty-level-not-reached-by-itself"),
        pytest.param((2, 3), (1, 0), 2, id="nothing-at-the-first"),
        pytest.param((1, 2), ("na", 1), 2, id="not-applicable-is-no-hindrance"),
        pytest.param((1, 2), (1, "na"), 1, id="nor-a-help"),
    ],
)
def test_staged(levels: tuple[int, ...], marks: tuple[object, ...], expected: int) -> None:
    definition = tree(*leveled(*levels), rule="staged", met_at=1)
    assert answered(definition, *marks).score == expected
    beside = tree(*leveled(*levels), rule="mean", staged=True, met_at=1)
    assert answered(beside, *marks).staged_level == expected


def test_staged_level_of_many_at_once() -> None:
    met = [np.array([True, True, False]), np.array([True, False, True])]
    there = [np.ones(3, dtype=np.bool_)] * 2
    assert staged_level([1, 2], there, met).tolist() == [2, 1, 0]


def test_sum_is_not_rescaled_and_its_scale_is_the_sum_of_scales() -> None:
    definition = tree(*items("six", 1, 2), rule="sum")
    found = answered(definition, 3, "na")
    assert found.score == 3.0
    assert (found.place.scale_min, found.place.scale_max) == (3, 18)
