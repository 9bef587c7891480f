"""The scale of a node, by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.model.node_scale import index_scale, level_bounds, node_scales, parts_of

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Node, Questionnaire

SCALES = {"s": b.scale(1, 2, 3, 4, 5, 6), "z": b.scale(0, 1), "r": b.number_scale("-0.5", "2.5")}


def of(questionnaire: Questionnaire, node: str = "m") -> tuple[Fraction, Fraction]:
    return node_scales(questionnaire.measurement_by_id["m"], questionnaire)[node]


@pytest.mark.parametrize("rule", ["mean", "min", "max", "median", "geometric", "harmonic", "power"])
def test_parts_on_one_scale_keep_it(rule: str) -> None:
    questionnaire = b.tree(*b.items("a", 3), scales=SCALES, rule=rule, exponent=2)
    assert of(questionnaire) == (1, 6)


@pytest.mark.parametrize(
    ("parts", "settings", "expected"),
    [
        pytest.param(
            [b.item("a"), b.item("c", "z", weight=3)],
            {"normalise": b.AS_THEY_ARE},
            # Weights 1 and 3: a quarter of 1 + 3 * 0 and of 6 + 3 * 1.
            (Fraction(1, 4), Fraction(9, 4)),
            id="different scales as they are",
        ),
        pytest.param(
            [b.item("a"), b.item("c", "z")], {"normalise": b.goalposts(0, 100)}, (0, 100), id="goalposts"
        ),
        pytest.param(
            [b.item("a", weight=2), b.item("c", "z", weight="0.5")],
            {"rule": "sum"},
            # 2 * 1 + 0.5 * 0 and 2 * 6 + 0.5 * 1.
            (2, Fraction(25, 2)),
            id="sum",
        ),
        pytest.param(
            [b.item("a"), b.item("c", "z", weight=2)],
            {"rule": "sum", "normalise": b.goalposts(0, 10)},
            (0, 30),
            id="sum of goalposts",
        ),
        pytest.param([b.item("r", "r")], {}, (Fraction(-1, 2), Fraction(5, 2)), id="a range of numbers"),
        pytest.param(
            [b.item("a", "z", weight=4), b.item("c", "z")],
            {"rule": "points_share", "out_of": 6, "over": "items"},
            (0, 6),
            id="share of points",
        ),
        pytest.param(
            [b.item("a", "z", level=2), b.item("c", "z", level=5)],
            {"rule": "staged", "met_at": 1, "over": "items"},
            (0, 5),
            id="staged up to the highest level that has items",
        ),
        pytest.param([b.item("a", reverse=True)], {}, (1, 6), id="reversed"),
    ],
)
def test_follows_from_rule_and_parts(
    parts: list[Item], settings: dict[str, object], expected: tuple[Fraction, Fraction]
) -> None:
    assert of(b.tree(*parts, scales=SCALES, **settings)) == expected


def test_grows_from_below() -> None:
    inner: Node = b.node("inner", b.item("a", "z"), b.item("c", "z"), rule="sum")
    questionnaire = b.tree(inner, b.item("d"), scales=SCALES, normalise=b.AS_THEY_ARE)
    assert of(questionnaire, "inner") == (0, 2)
    # Half of 0 + 1, and of 2 + 6.
    assert of(questionnaire) == (Fraction(1, 2), 4)


def test_over_items_looks_past_the_nodes_between() -> None:
    inner = b.node("inner", b.item("a"), rule="sum", weight=7)
    root = b.node("root", inner, b.item("d"), over="items")
    assert [part.id for part in parts_of(root)] == ["a", "d"]
    assert [part.id for part in parts_of(inner)] == ["a"]
    children = b.node("root", inner, b.item("d"), over="children")
    assert [part.id for part in parts_of(children)] == ["inner", "d"]


def test_of_the_index_follows_the_measurements_named() -> None:
    questionnaire = b.questionnaire(
        b.measurement(b.node("m", b.item("a"))),
        b.measurement(b.node("k", b.item("c", "z"))),
        scales=SCALES,
        weights={"m": 2, "k": 1},
    )
    # A third of 2 * 1 + 0, and of 2 * 6 + 1.
    assert index_scale(questionnaire, ["m", "k"]) == (Fraction(2, 3), Fraction(13, 3))
    assert index_scale(questionnaire, ["k"]) == (0, 1)


class TestLevelBounds:
    def test_equal_parts_are_exact(self) -> None:
        bounds = level_bounds(b.levels(parts=6), (Fraction(2, 3), Fraction(6)))
        # 2/3 + k * 8/9
        assert bounds == tuple(Fraction(2, 3) + k * Fraction(8, 9) for k in range(7))
        assert bounds[-1] == 6

    def test_written_bounds_are_taken_as_they_are(self) -> None:
        assert level_bounds(b.levels(bounds=(0, "0.3", 1)), (Fraction(0), Fraction(1))) == (
            0,
            Fraction(3, 10),
            1,
        )
