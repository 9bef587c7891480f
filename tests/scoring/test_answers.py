"""States and policies of answers, with figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

import builders as b
from ctimaturity.model.response import Response, State
from ctimaturity.model.score import Status
from ctimaturity.scoring.index import score
from one_node import answered, items, tree


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


@pytest.mark.parametrize("state", [State.NOT_APPLICABLE, State.DONT_KNOW])
def test_choices_without_points_are_left_out_whatever_their_code(state: State) -> None:
    definition = tree(*items("six", 1, 1))
    index = score(definition, [b.answers("05001", {"I-1": 4, "I-2": Response(state, option="NA")})])
    found = index.node(index.rows[0], "m", "m")
    assert (found.score, found.low, found.high, found.coverage) == (4.0, 4.0, 4.0, 1.0)


def test_answer_without_content_is_blank() -> None:
    definition = tree(*items("six", 1, 1))
    index = score(definition, [b.answers("05001", {"I-1": 4, "I-2": Response(State.ANSWERED)})])
    assert index.node(index.rows[0], "m", "I-2").state == State.BLANK
