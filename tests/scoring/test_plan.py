"""Compiling a definition."""

from __future__ import annotations

from fractions import Fraction

import pytest

import builders as b
from ctimaturity.scoring.plan import compile_plan

MINI = b.mini()


def test_children_are_scored_before_their_parents() -> None:
    plan = compile_plan(MINI)
    done = {column for measurement in plan.measurements for column in measurement.items}
    for step in (*plan.trees, *plan.combined):
        assert set(step.parts) <= done
        done.add(step.column)


def test_weights_are_the_smallest_whole_numbers() -> None:
    definition = b.tree(b.item("I-1", weight="0.5"), b.item("I-2", weight="0.75"))
    assert compile_plan(definition).trees[0].weights == (Fraction(2), Fraction(3))
    summed = b.tree(b.item("I-1", weight="0.5"), b.item("I-2", weight="0.75"), rule="sum")
    assert compile_plan(summed).trees[0].weights == (Fraction(1, 2), Fraction(3, 4))


def test_measurements_in_the_order_of_the_definition() -> None:
    plan = compile_plan(MINI, ["results", "capacities"])
    assert [each.definition.id for each in plan.measurements] == ["capacities", "results"]
    # Combined nodes are made of what is scored.
    assert [len(step.parts) for step in plan.profile] == [1, 1]


@pytest.mark.parametrize("wanted", [["capacity"], []])
def test_unknown_measurements_are_a_programming_error(wanted: list[str]) -> None:
    with pytest.raises(ValueError, match="capacities, perception, results"):
        compile_plan(MINI, wanted)


def test_what_its_doubles_tell_apart() -> None:
    """Quotients of small whole numbers: nodes of items on options; not of surveys, nor of other nodes."""
    plan = compile_plan(MINI)
    told = {(p.measurement, p.node) for p, known in zip(plan.places, plan.told_apart, strict=False) if known}
    assert {("capacities", "C-1"), ("capacities", "C-1-a"), ("results", "personas")} <= told
    assert not {("capacities", "liderazgo"), ("perception", "personas"), ("perception", "P-1")} & told
