"""Every rule, state and policy, with figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

import builders as b
from ctimaturity.model.response import Response, State
from ctimaturity.model.score import NodeScore, Status
from ctimaturity.scoring.index import score
from ctimaturity.scoring.rules import staged_level

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Node, Questionnaire

SCALES = {
    "six": b.scale(1, 2, 3, 4, 5, 6),
    "met": b.scale(0, 1),
    "ten": b.scale(*range(11)),
    "part": b.scale(0, "0.5", 1, 2),
}
STATES = {"-": b.BLANK, "nd": b.no_data(), "na": b.NOT_APPLICABLE}


def tree(*parts: Node | Item, **settings: object) -> Questionnaire:
    return b.tree(*parts, scales=SCALES, **settings)


def answered(definition: Questionnaire, *marks: object) -> NodeScore:
    """The root's numbers when the items have these marks, in order; `-` blank, `nd` no data, `na`."""
    given = {
        item.id: STATES.get(str(mark), mark)
        for item, mark in zip(definition.measurements[0].items, marks, strict=True)
    }
    index = score(definition, [b.answers("05001", given)])
    return index.node(index.rows[0], "m", "m")


def items(scale: str, *weights: object) -> list[Item]:
    return [b.item(f"I-{n}", scale, weight=str(weight)) for n, weight in enumerate(weights, 1)]


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


@pytest.mark.parametrize(
    ("blanks", "expected", "low", "high"),
    [
        pytest.param("worst", 2.5, 2.5, 5.0, id="(4 + 1) / 2"),
        pytest.param("exclude", 4.0, 2.5, 5.0, id="4 alone"),
    ],
)
def test_blank(blanks: str, expected: float, low: float, high: float) -> None:
    found = answered(tree(*items("six", 1, 1), blanks=blanks), 4, "-")
    assert (found.score, found.low, found.high, found.coverage) == (expected, low, high, 0.5)


def test_blank_as_zero() -> None:
    assert answered(tree(*items("ten", 1, 1), blanks="zero"), 4, "-").score == 2.0


def test_no_data_is_left_out_and_may_be_anything() -> None:
    found = answered(tree(*items("six", 1, 3)), 4, "nd")
    # At worst (4 + 3 * 1) / 4, at best (4 + 3 * 6) / 4.
    assert (found.score, found.low, found.high) == (4.0, 1.75, 5.5)
    assert (found.coverage, found.excluded) == (0.25, 0.75)


def test_not_applicable_is_left_out_of_everything() -> None:
    found = answered(tree(*items("six", 1, 3)), 4, "na")
    assert (found.score, found.low, found.high, found.coverage) == (4.0, 4.0, 4.0, 1.0)
    assert found.excluded == 0.75


def test_not_applicable_may_be_credited() -> None:
    found = answered(tree(*items("six", 1, 1), not_applicable="credit", credit=6), 4, "na")
    assert (found.score, found.low, found.high, found.coverage) == (5.0, 5.0, 5.0, 1.0)


def test_not_applicable_that_is_forbidden_refuses() -> None:
    definition = tree(*items("six", 1, 1), not_applicable="forbid")
    index = score(definition, [b.answers("05001", {"I-1": 4, "I-2": b.NOT_APPLICABLE})])
    assert index.rows[0].status is Status.REFUSED


def test_reversed_item() -> None:
    definition = tree(b.item("I-1", "six", reverse=True), b.item("I-2", "six"))
    # 2 turned round on 1 to 6 is 5.
    assert answered(definition, 2, 3).score == 4.0


def test_numbers_as_they_are_written() -> None:
    definition = b.tree(
        b.item("I-1", "free"), b.item("I-2", "free", reverse=True), scales={"free": b.number_scale(0, 100)}
    )
    found = score(definition, [b.answers("05001", {"I-1": b.written("12.5"), "I-2": b.written("99.9")})])
    assert found.node(found.rows[0], "m", "m").score == pytest.approx((12.5 + 0.1) / 2, rel=1e-15)


def test_number_with_more_digits_than_a_double_is_kept_exactly() -> None:
    definition = b.tree(b.item("I-1", "free"), scales={"free": b.number_scale(0, 100)}, levels=b.levels(2))
    exactly, above = (
        score(definition, [b.answers("05001", {"I-1": Response(State.ANSWERED, number=Decimal(each))})])
        for each in ("50", "50.00000000000000000001")
    )
    assert exactly.node(exactly.rows[0], "m", "m").level == 1
    assert above.node(above.rows[0], "m", "m").level == 2


def test_different_scales_taken_as_they_are() -> None:
    """[0, 10] and [1, 6] with weights 1 and 3: the scale is [3/4, 28/4]."""
    definition = tree(b.item("I-1", "ten", weight=1), b.item("I-2", "six", weight=3), normalise=b.AS_THEY_ARE)
    found = answered(definition, 10, 2)
    assert found.score == 4.0
    assert (found.place.scale_min * 4, found.place.scale_max) == (3, 7)


def test_different_scales_with_a_part_missing_give_no_score() -> None:
    definition = tree(b.item("I-1", "ten"), b.item("I-2", "six"), normalise=b.AS_THEY_ARE)
    found = answered(definition, 10, "nd")
    # At worst (10 + 1) / 2, at best (10 + 6) / 2.
    assert (found.score, found.low, found.high) == (None, 5.5, 8.0)


def test_goalposts() -> None:
    """On [0, 100] 4 of [0, 10] is 40, 3 of [1, 6] is 40; with posts 2 and 4, 3 is 50 and 6 is 100."""
    plain = tree(b.item("I-1", "ten"), b.item("I-2", "six"), normalise=b.goalposts(0, 100))
    assert answered(plain, 4, 3).score == 40.0
    own = tree(b.item("I-1", "ten"), b.item("I-2", "six"), normalise=b.goalposts(0, 100, {"I-2": (2, 4)}))
    assert answered(own, 4, 3).score == 45.0
    assert answered(own, 4, 6).score == 70.0
    assert answered(own, 4, "nd").score == 40.0


@pytest.mark.parametrize(
    ("effect", "marks", "expected", "level"),
    [
        pytest.param({"cap_score": 2}, (1, 6), 2.0, 2, id="cap-score"),
        pytest.param({"cap_score": 2}, (2, 6), 4.0, 4, id="open-on-the-value"),
        pytest.param({"set_zero": True}, (1, 6), 0.0, 1, id="set-zero"),
        pytest.param({"cap_level": 1}, (1, 6), 3.5, 1, id="cap-level-leaves-the-score"),
        pytest.param({"cap_level": 1}, ("nd", 6), 6.0, 6, id="no-gate-without-a-score"),
        pytest.param({"cap_score": 2}, ("-", 6), 2.0, 2, id="blank-as-worst-shuts-it"),
    ],
)
def test_gates(effect: dict[str, object], marks: tuple[object, ...], expected: float, level: int) -> None:
    gate = b.gate("I-1", below=2, **effect)  # type: ignore[arg-type]
    definition = tree(*items("six", 1, 1), gates=[gate], levels=b.levels(bounds=[0, 1, 2, 3, 4, 5, 6]))
    found = answered(definition, *marks)
    assert (found.score, found.level) == (expected, level)


def test_gate_that_equals_the_lowest_value() -> None:
    definition = tree(*items("met", 1, 1), gates=[b.gate("I-1", equals=0, set_zero=True)])
    assert [answered(definition, first, 1).score for first in (0, 1)] == [0.0, 1.0]


def test_gate_in_the_bounds() -> None:
    """I-1 has no data: at worst it is 1 and shuts the gate, at best it stays open."""
    definition = tree(*items("six", 1, 1), gates=[b.gate("I-1", below=2, cap_score="1.5")])
    found = answered(definition, "nd", 6)
    assert (found.score, found.low, found.high) == (6.0, 1.5, 6.0)


def test_gate_on_the_index_looks_at_a_measurement() -> None:
    definition = b.questionnaire(
        b.measurement(b.node("one", b.item("I-1"))),
        b.measurement(b.node("two", b.item("I-2"))),
        gates=[b.gate("one", below=3, cap_score=2)],
    )
    rows = score(definition, [b.answers(str(mark), {"I-1": mark, "I-2": 6}) for mark in (2, 3)]).rows
    assert {row.entity.code: row.index for row in rows} == {"2": 2.0, "3": 4.5}
    alone = score(definition, [b.answers("05001", {"I-2": 6})], measurements=["two"])
    assert alone.rows[0].index == 6.0


def absent(name: str, *parts: Item) -> Node:
    return b.node(name, *parts, min_coverage=[b.coverage("0.6", "absent")])


def test_absent_node_takes_no_part_and_widens_the_bounds_both_ways() -> None:
    """x is 2; y has one 6 of two answers: absent. With y at worst (6 + 1) / 2, at best 6."""
    definition = tree(
        absent("x", b.item("I-1", "six")),
        absent("y", b.item("I-2", "six"), b.item("I-3", "six")),
        blanks="exclude",
    )
    found = answered(definition, 2, 6, "-")
    # Without y 2, with it (2 + 3.5) / 2 to (2 + 6) / 2: the least is 2, the greatest 4.
    assert (found.score, found.low, found.high) == (2.0, 2.0, 4.0)
    index = score(definition, [b.answers("05001", {"I-1": 2, "I-2": 6})])
    gone = index.node(index.rows[0], "m", "y")
    assert (gone.score, gone.low, gone.high, gone.coverage) == (None, 3.5, 6.0, 0.5)


def test_share_of_parts_that_are_there() -> None:
    """Two of three parts are there: 0.67, whatever their weights."""
    parts = items("six", 9, 9, 1)
    two = [b.coverage("0.66", "absent", "count")]
    three = [b.coverage("0.67", "absent", "count")]
    assert answered(tree(*parts, min_coverage=two, blanks="exclude"), 4, "-", 4).score == 4.0
    assert answered(tree(*parts, min_coverage=three, blanks="exclude"), 4, "-", 4).score is None


def test_weights_of_nothing() -> None:
    """All that has weight is not applicable: no score, nothing covered."""
    found = answered(tree(*items("six", 0, 1)), 4, "na")
    assert (found.score, found.coverage) == (None, None)
