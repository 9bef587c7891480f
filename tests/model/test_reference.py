"""Marks by reference ranges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import builders as b
from ctimaturity.model.reference import Reference, ReferenceRange
from ctimaturity.model.rule import Direction

CUTS = tuple(Decimal(cut) for cut in (10, 20, 30, 40, 50))
ENTITY = b.entity()


@pytest.mark.parametrize(
    ("value", "higher", "lower"),
    [
        pytest.param("9.99", 0, 5, id="below-the-first-cut"),
        pytest.param("10", 1, 5, id="on-the-first-cut-the-better-mark"),
        pytest.param("10.000000000000001", 1, 4, id="just-above"),
        pytest.param("29.5", 2, 3, id="between"),
        pytest.param("50", 5, 1, id="on-the-last-cut-the-better-mark"),
        pytest.param("51", 5, 0, id="above-the-last-cut"),
    ],
)
def test_a_value_on_a_cut_gets_the_better_mark(value: str, higher: int, lower: int) -> None:
    exact = Fraction(value)
    assert ReferenceRange("R-1", Direction.HIGHER, CUTS).mark(exact, 6) == higher
    assert ReferenceRange("R-1", Direction.LOWER, CUTS).mark(exact, 6) == lower


def test_declared_side_gives_the_worse_mark_on_a_cut() -> None:
    assert ReferenceRange("R-1", Direction.HIGHER, CUTS, worse_on_cut=True).mark(Fraction(10), 6) == 0
    assert ReferenceRange("R-1", Direction.LOWER, CUTS, worse_on_cut=True).mark(Fraction(10), 6) == 4


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        (Direction.HIGHER, 1, 5),
        (Direction.HIGHER, 0, 0),
        (Direction.LOWER, 1, 0),
        (Direction.LOWER, 0, 5),
        (Direction.HIGHER, 2, None),
        (Direction.AMBIGUOUS, 1, None),
    ],
)
def test_yes_or_no_has_the_lowest_and_the_highest_mark(
    direction: Direction, value: int, expected: int | None
) -> None:
    assert ReferenceRange("R-1", direction, yes_no=True).mark(Fraction(value), 6) == expected


def test_cuts_that_do_not_fit_the_marks_mark_nothing() -> None:
    assert ReferenceRange("R-1", Direction.HIGHER, CUTS[:3]).mark(Fraction(10), 6) is None


def test_range_of_the_group_comes_before_that_of_the_country() -> None:
    easier = tuple(Decimal(cut) for cut in (1, 2, 3, 4, 5))
    reference = Reference(
        (
            ReferenceRange("R-1", Direction.HIGHER, CUTS),
            ReferenceRange("R-1", Direction.HIGHER, easier, grouping="categoria", group="6"),
            ReferenceRange("R-2", Direction.HIGHER, easier, grouping="entity_type", group="gobernacion"),
        )
    )
    small = b.entity("05002", categoria="6")
    assert reference.range_for("R-1", small).cuts == easier  # type: ignore[union-attr]
    assert reference.range_for("R-1", ENTITY).cuts == CUTS  # type: ignore[union-attr]
    assert reference.range_for("R-2", ENTITY) is None
    assert reference.range_for("R-3", ENTITY) is None
