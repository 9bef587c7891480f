"""Nodes made from their parts: scales, gates, absent parts, bounds; worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.scoring.index import score
from one_node import answered, items, tree

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Node


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


def test_goalposts_of_a_reversed_item_are_those_of_its_answers() -> None:
    """Deaths between 2 and 8, on a scale from 0 to 10: 2 are the best, 8 and more the worst."""
    definition = tree(b.item("I-1", "ten", reverse=True), normalise=b.goalposts(0, 100, {"I-1": (2, 8)}))
    found = {deaths: answered(definition, deaths).score for deaths in (1, 2, 5, 8, 10)}
    assert found == {1: 100, 2: 100, 5: 50, 8: 0, 10: 0}


def test_a_geometric_mean_with_a_part_that_is_0_is_0() -> None:
    """The mean of 0.1, 0.1 and 0.1 is not 0.1 in doubles; the root of what is left would be 4e-8."""
    lowest = b.node("low", *(b.item(f"I-{n}", "tenth") for n in (1, 2, 3)))
    parts = (lowest, b.item("I-4", "tenth"))
    definition = b.tree(
        *parts,
        scales={"tenth": b.scale("0.1", "0.8")},
        rule="geometric",
        normalise=b.goalposts(0, 10),
    )
    assert answered(definition, "0.1", "0.1", "0.1", "0.8").score == 0


@pytest.mark.parametrize("reverse", [False, True])
def test_goalposts_of_logarithms(*, reverse: bool) -> None:
    """From 1 to 9 along logarithms 3 lies in the middle; what is below 1 counts as 1."""
    posts = b.goalposts(0, 100, {"I-1": (1, 9)}, ["I-1"])
    definition = tree(b.item("I-1", "ten", reverse=reverse), normalise=posts)
    found = [answered(definition, mark).score for mark in (0, 1, 3, 9, 10)]
    assert found == ([100, 100, 50, 0, 0] if reverse else [0, 0, 50, 100, 100])
    nothing = answered(definition, "-")
    assert (nothing.low, nothing.high) == (0, 100)


def test_levels_in_place_of_scores() -> None:
    """Areas of 3 levels each: (1,6] in thirds, 2.5 is the first, 3.5 the second; gates hold a level down."""
    three = b.levels(3)
    gate = b.gate("I-3", below=2, cap_level=1)
    parts = [
        b.node("one", b.item("I-1", "six"), b.item("I-2", "six"), levels=three),
        b.node("two", b.item("I-3", "six"), b.item("I-4", "six"), levels=three, gates=[gate]),
    ]
    definition = tree(*parts, normalise=b.BY_LEVEL)
    whole = answered(definition, 2, 3, 3, 4)
    assert (whole.score, whole.place.scale_min, whole.place.scale_max) == (1.5, 1, 3)
    assert answered(definition, 6, 6, 1, 6).score == 2  # (3 + 1) / 2, for I-3 is below 2
    counted = [part.model_copy(update={"levels": b.levels(3, points=(0, 1, 9))}) for part in parts]
    assert answered(tree(*counted, normalise=b.BY_LEVEL), 6, 6, 3, 4).score == 5  # (9 + 1) / 2
    open_one = answered(definition, 6, 6, "-", 6)  # at its worst 1, which shuts the gate; at its best 6
    assert (open_one.score, open_one.low, open_one.high) == (2, 2, 3)


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
