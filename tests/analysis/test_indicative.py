from __future__ import annotations

from dataclasses import replace

import pytest

import builders as b
from ctimaturity.analysis.indicative import indicative
from rounds import round_of

OLD = b.tree(b.item("A"), b.item("B"), b.item("C"), blanks="exclude")
NEW = b.tree(b.item("A", "t"), b.item("X", "t"), b.item("N", "t"), scales={"t": b.scale(1, 2, 3, 4, 5)})
SAME = {"A": "A", "X": "B"}


def test_matched_items_are_rescaled_and_the_others_left_out() -> None:
    before = round_of(OLD, b.answers("05001", {"A": 1, "B": 6, "C": 1}))
    after = round_of(NEW, b.answers("05001", {"A": 3, "X": 5, "N": 1}))
    found = {each.node: each for each in indicative(before, after, SAME)}
    # A: (1 - 1) / 5 = 0 and (3 - 1) / 4 = 50; X: 100 and 100.
    assert found.keys() == {"index", "m"}
    assert (found["m"].before, found["m"].after, found["m"].change, found["m"].items) == (50, 75, 25, 2)
    assert found["index"].after == 75


def test_an_item_without_a_score_in_one_round_is_in_neither() -> None:
    before = round_of(OLD, b.answers("05001", {"B": 6}))
    after = round_of(NEW, b.answers("05001", {"A": 3, "X": 1, "N": 1}))
    (whole, _) = indicative(before, after, SAME)
    assert (whole.items, whole.before, whole.after) == (1, 100, 0)


@pytest.mark.parametrize("refused", [0, 1])
def test_the_refused_and_those_of_one_round_are_left_out(refused: int) -> None:
    given = [
        replace(b.answers("05001", marks), refused=number == refused)
        for number, marks in enumerate(({"A": 1}, {"A": 3}))
    ]
    assert indicative(round_of(OLD, given[0]), round_of(NEW, given[1]), SAME) == ()
    alone = round_of(NEW, b.answers("08001", {"A": 3}))
    assert indicative(round_of(OLD, b.answers("05001", {"A": 1})), alone, SAME) == ()
