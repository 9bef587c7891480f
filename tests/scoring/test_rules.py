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


def test_product_is_of_all_parts_or_of_none() -> None:
    definition = tree(*items("six", 1, 2, 3), rule="product")  # weights do not count
    found = answered(definition, 2, 3, 5)
    assert found.score == 30
    assert (found.place.scale_min, found.place.scale_max) == (1, 216)
    assert answered(definition, 2, "na", 5).score is None
    open_one = answered(definition, 2, "-", 5)  # a blank is at its worst, 1; at its best 6
    assert (open_one.score, open_one.low, open_one.high) == (10, 10, 60)


@pytest.mark.parametrize(
    ("marks", "share", "expected"),
    [
        pytest.param((1, 3, 4, 5, 5), "0.8", 3, id="4 of 5 are 3 or more"),
        pytest.param((1, 3, 4, 5, 5), "0.81", 1, id="81 % are all 5"),
        pytest.param((1, 3, 4, 5, 5), "0.6", 4, id="3 of 5 are 4 or more"),
        pytest.param((1, 3, 4, 5, 5), "0.1", 5, id="one is enough"),
        pytest.param((2, 3, "na", 5, 5), "0.75", 3, id="3 of the 4 that apply"),
    ],
)
def test_the_score_that_a_share_of_the_parts_reach(
    marks: tuple[object, ...], share: str, expected: int
) -> None:
    definition = tree(*items("six", 1, 1, 1, 1, 1), rule="min", met_share=share)
    assert answered(definition, *marks).score == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param((1, 1, 0, 1), 2, id="2 of 3 of the first level, the second"),
        pytest.param((1, 0, 0, 1), 0, id="1 of 3 is too few, whatever comes above"),
        pytest.param((1, 0, "na", 1), 0, id="1 of 2 is too few"),
        pytest.param((1, 1, "na", 0), 1, id="2 of 2"),
    ],
)
def test_a_share_of_a_level(marks: tuple[object, ...], expected: int) -> None:
    definition = tree(*leveled(1, 1, 1, 2), rule="staged", met_at=1, met_share="0.6")
    assert answered(definition, *marks).score == expected
    beside = tree(*leveled(1, 1, 1, 2), rule="mean", staged=True, met_at=1, met_share="0.6")
    assert answered(beside, *marks).staged_level == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param((4, 3, 6), 1, id="3 is short of 4 at its own level, so the third does not count"),
        pytest.param((4, 4, 6), 1, id="4 is enough for the first level, not below the second"),
        pytest.param((6, 4, 6), 2, id="nor is it below the third"),
        pytest.param((6, 6, 4), 3, id="all"),
        pytest.param((3, 6, 6), 0, id="none"),
    ],
)
def test_more_is_asked_of_the_levels_below(marks: tuple[int, ...], expected: int) -> None:
    parts = [b.item(f"I-{n}", "six", level=n) for n in (1, 2, 3)]
    assert answered(tree(*parts, rule="staged", met_at=4, met_below=6), *marks).score == expected
