from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import builders as b
import random_trees as trees
from ctimaturity.analysis.comparison import compare
from ctimaturity.analysis.decomposition import item_parts
from rounds import round_of

if TYPE_CHECKING:
    from ctimaturity.analysis.change import NodeChange
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers

TINY = 1e-12


def root_change(definition: Questionnaire, before: dict[str, Any], after: dict[str, Any]) -> NodeChange:
    rounds = (round_of(definition, b.answers("05001", marks)) for marks in (before, after))
    (entity,) = compare(*rounds).entities
    found = entity.node("m", "m")
    assert found is not None
    return found


def parts(change: NodeChange) -> dict[str, float]:
    return {each.item: each.value for each in change.contributions}


@st.composite
def two_rounds(draw: Any) -> Any:
    definition = draw(trees.definitions())
    return definition, draw(trees.answers(definition)), draw(trees.answers(definition))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(two_rounds())
def test_the_parts_sum_to_the_change_of_every_node_whatever_the_rules(case: Any) -> None:
    definition, first, last = case
    never = trees.never_applicable(first) | trees.never_applicable(last)
    questionnaire = trees.as_questionnaire(definition, never)
    before, after = (
        round_of(questionnaire, trees.as_answers("05001", given_, definition, questionnaire))
        for given_ in (first, last)
    )
    (entity,) = compare(before, after).entities
    for node in entity.nodes:
        if node.change is not None and node.before and node.after:
            # Of a product of many parts a score is large, and a double of it is no closer than this.
            size = max(1.0, *(abs(each.score or 0.0) for each in (node.before, node.after)))
            total = sum(each.value for each in node.contributions)
            assert total == pytest.approx(node.change, abs=TINY * size)


def test_with_nothing_left_out_a_mean_gives_each_item_its_weight() -> None:
    definition = b.tree(b.item("A", weight=3), b.item("B"))
    change = root_change(definition, {"A": 2, "B": 5}, {"A": 4, "B": 2})
    # Three quarters of 4 - 2, and one quarter of 2 - 5.
    assert parts(change) == pytest.approx({"A": 1.5, "B": -0.75}, abs=TINY)
    assert change.change == pytest.approx(0.75, abs=TINY)


def test_points_of_a_capacity_are_parts_of_its_share() -> None:
    definition = b.tree(
        *(b.item(name, "met", weight=weight) for weight, name in enumerate("abc", 1)),
        rule="points_share",
        out_of=6,
        scales={"met": b.scale(0, 1)},
    )
    change = root_change(definition, {"a": 1, "b": 0, "c": 0}, {"a": 0, "b": 1, "c": 1})
    # Of 6 points in all, 1 is lost and 2 and 3 are won; the whole is out of 6.
    assert parts(change) == pytest.approx({"a": -1.0, "b": 2.0, "c": 3.0}, abs=TINY)


def test_an_item_that_comes_in_is_weighed_in_both_orders() -> None:
    definition = b.tree(b.item("A"), b.item("B"), blanks="exclude")
    change = root_change(definition, {"A": 2}, {"A": 4, "B": 6})
    # It comes in first: (2 + 6) / 2 - 2 = 2. Then A moves from 2 to 4 with half the weight: 1.
    assert parts(change) == pytest.approx({"A": 1.0, "B": 2.0}, abs=TINY)


def test_an_item_that_drops_out_goes_last() -> None:
    definition = b.tree(b.item("A"), b.item("B"), blanks="exclude")
    change = root_change(definition, {"A": 4, "B": 6}, {"A": 2})
    # A from 4 to 2 with half the weight: -1. Then B leaves: 2 - (2 + 6) / 2 = -2.
    assert parts(change) == pytest.approx({"A": -1.0, "B": -2.0}, abs=TINY)


def test_where_all_drop_out_and_another_comes_in_the_node_never_vanishes() -> None:
    definition = b.tree(b.item("A"), b.item("B"), blanks="exclude")
    change = root_change(definition, {"A": 2}, {"B": 5})
    # B comes in: (2 + 5) / 2 - 2 = 1.5; A leaves: 5 - 3.5 = 1.5.
    assert parts(change) == pytest.approx({"A": 1.5, "B": 1.5}, abs=TINY)


def test_a_rule_that_is_not_linear_shares_evenly_between_the_orders() -> None:
    definition = b.tree(b.item("A"), b.item("B"), rule="min")
    change = root_change(definition, {"A": 1, "B": 1}, {"A": 3, "B": 3})
    # A then B: 0 and 2; B then A: 2 and 0.
    assert parts(change) == pytest.approx({"A": 1.0, "B": 1.0}, abs=TINY)


def test_a_gate_that_opens_is_part_of_the_item_that_opens_it() -> None:
    definition = b.tree(
        b.node("x", b.item("A")), b.node("y", b.item("B")), gates=[b.gate("x", below=3, cap_score=2)]
    )
    change = root_change(definition, {"A": 2, "B": 6}, {"A": 4, "B": 6})
    # Capped at 2 before, (4 + 6) / 2 after.
    assert parts(change) == pytest.approx({"A": 3.0}, abs=TINY)


def test_two_items_are_split_as_over_all_orders() -> None:
    definition = b.tree(b.item("A", weight=2), b.item("B"), rule="geometric")
    first, last = {"A": 1, "B": 2}, {"A": 5, "B": 6}
    change = root_change(definition, first, last)

    def score(given_: dict[str, int]) -> float:
        return float((given_["A"] ** 2 * given_["B"]) ** (1 / 3))

    expected = dict.fromkeys("AB", 0.0)
    orders = list(permutations("AB"))
    for order in orders:
        states = [first | {name: last[name] for name in order[:count]} for count in range(3)]
        for name, (old, new) in zip(order, pairwise(states), strict=True):
            expected[name] += (score(new) - score(old)) / len(orders)
    assert parts(change) == pytest.approx(expected, abs=1e-9)


def test_nothing_that_changed_gives_no_parts() -> None:
    definition = b.mini()
    one = round_of(definition, b.mini_answers())
    items = one.read(list(one.answers.values()))
    origin = np.full(len(one.plan.places), np.nan)
    found, reached = item_parts(one.plan, items, items, 0, origin)
    assert not found.any()
    assert reached[0] == one.rows["05001"].index


def test_every_node_above_an_item_has_its_part() -> None:
    definition = b.mini()
    before: EntityAnswers = b.mini_answers(met="ab")
    after = b.mini_answers(met="abc")
    (entity,) = compare(round_of(definition, before), round_of(definition, after)).entities
    values = {
        node.place.node: [each.value for each in node.contributions if each.item == "C-1-c"]
        for node in entity.nodes
    }
    # 6 * 3 / 6 in the capacity, half of it in the measurement, a third of that in the index.
    assert values["C-1"] == pytest.approx([3.0])
    assert values["liderazgo"] == pytest.approx([3.0])
    assert values["capacities"] == pytest.approx([1.5])
    assert values["index"] == pytest.approx([0.5])
    assert values["tecnologia"] == []
