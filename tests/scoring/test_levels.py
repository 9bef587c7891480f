"""Levels of scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from ctimaturity.model.rule import Levels

HALVES = b.scale(*(f"{n / 2:g}" for n in range(13)))


def level(levels: Levels, mark: str) -> int | None:
    definition = b.tree(b.item("I-1", "halves"), scales={"halves": HALVES}, levels=levels)
    index = score(definition, [b.answers("05001", {"I-1": mark})])
    return index.node(index.rows[0], "m", "m").level


@pytest.mark.parametrize(
    ("mark", "upper_open", "upper_closed", "lower"),
    [
        pytest.param("0", 0, 1, 1, id="the-minimum"),
        pytest.param("0.5", 1, 1, 1, id="inside-the-first"),
        pytest.param("1", 1, 1, 2, id="on-the-first-edge"),
        pytest.param("1.5", 2, 2, 2, id="inside-the-second"),
        pytest.param("5", 5, 5, 6, id="on-the-last-edge"),
        pytest.param("6", 6, 6, 6, id="the-maximum"),
    ],
)
def test_equal_parts(mark: str, upper_open: int, upper_closed: int, lower: int) -> None:
    assert level(b.levels(6, lowest="open"), mark) == upper_open
    assert level(b.levels(6), mark) == upper_closed
    assert level(b.levels(6, side="lower"), mark) == lower


@pytest.mark.parametrize(("mark", "expected"), [("1", 1), ("1.5", 1), ("2", 2), ("5.5", 3)])
def test_explicit_bounds(mark: str, expected: int) -> None:
    """Bounds 0, 1.5, 5, 6."""
    assert level(b.levels(bounds=[0, "1.5", 5, 6]), mark) == expected


def test_no_levels_no_level() -> None:
    definition = b.tree(b.item("I-1"))
    index = score(definition, [b.answers("05001", {"I-1": 3})])
    assert index.rows[0].level is None


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        # Sixths of [1, 6] end at 11/6, 16/6, 21/6, 26/6, 31/6.
        pytest.param([1, 1, 1, 1, 1, 6], 1, id="11/6 is in the first"),
        pytest.param([1, 1, 1, 1, 2, 6], 2, id="12/6 is above it"),
        pytest.param([6, 6, 6, 6, 6, 1], 5, id="31/6 is in the fifth"),
        pytest.param([6, 6, 6, 6, 6, 2], 6, id="32/6 is in the sixth"),
    ],
)
def test_sixths_of_1_to_6_are_met_exactly(marks: list[int], expected: int) -> None:
    definition = b.tree(*b.items("I", 6), levels=b.levels(6))
    index = score(definition, [b.answers("05001", {f"I-{n}": mark for n, mark in enumerate(marks, 1)})])
    assert index.node(index.rows[0], "m", "m").level == expected


def test_staged_level_of_the_whole_is_the_lowest() -> None:
    """C-1 with a, b met is at 2, C-2 with all three at 3: the axes 2 and 3, the capacities 2."""
    answers = b.mini_answers(met="ab")
    marks = {**answers.responses, **b.marked({"C-2-a": 1, "C-2-b": 1, "C-2-c": 1})}
    index = score(b.mini(), [b.answers("05001", marks, answers.tallies.values())])
    names = ("C-1", "C-2", "liderazgo", "tecnologia", "capacities")
    found = [index.node(index.rows[0], "capacities", name).staged_level for name in names]
    assert found == [2, 3, 2, 3, 2]
