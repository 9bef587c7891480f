"""Levels of scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.model.response import Response, State
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


MET = b.scale(0, 1)
DONT_KNOW = Response(state=State.DONT_KNOW)


def staged_levels(lowest: object, *, other: object = 1, **policies: object) -> list[int | None]:
    """Of C, whose level 1 is answered so, level 2 met and level 3 not; of D with a single level; of both."""
    parts = (
        b.node("C", *(b.item(f"C-{n}", "met", level=n) for n in (1, 2, 3)), met_at=1, staged=True),
        b.node("D", b.item("D-1", "met", level=4), met_at=1, staged=True),
    )
    definition = b.tree(*parts, scales={"met": MET}, staged=True, **policies)
    index = score(
        definition, [b.answers("05001", {"C-1": lowest, "C-2": 1, "C-3": 0, "D-1": other, "D-2": None})]
    )
    return [index.node(index.rows[0], "m", name).staged_level for name in ("C", "D", "m")]


def test_an_item_that_was_not_answered_is_not_met_whatever_the_score_does() -> None:
    """Level 1 open: nothing is reached, 0. Without level 1, level 2 is, and level 3 is not: 2."""
    open_ones = {"blank": b.BLANK, "no data": b.no_data(), "don't know": DONT_KNOW, "missing": None, "no": 0}
    found = {
        (policy, name): staged_levels(given, blanks=policy)
        for policy in ("exclude", "worst", "zero")
        for name, given in open_ones.items()
    }
    assert {case: levels for case, levels in found.items() if levels != [0, 4, 0]} == {}
    assert staged_levels(1, blanks="exclude") == [2, 4, 2]
    assert staged_levels(b.NOT_APPLICABLE, blanks="exclude") == [2, 4, 2]
    credited = [
        staged_levels(b.NOT_APPLICABLE, not_applicable="credit", credit=credit, blanks="exclude")
        for credit in (0, 1)
    ]
    assert credited == [[0, 4, 0], [2, 4, 2]]


def test_a_part_that_is_left_out_for_want_of_answers_holds_back_the_whole() -> None:
    """D has no answer, so no score and no staged level of its own; but level 4 of it is not met: 0, not 2."""
    assert staged_levels(1, other=None, blanks="exclude") == [2, None, 0]
    # What cannot exist for the entity asks for nothing.
    assert staged_levels(1, other=b.NOT_APPLICABLE, blanks="exclude") == [2, None, 2]


def test_a_blank_that_counts_as_the_worst_is_not_met_though_the_worst_would_be() -> None:
    """Marks from 1, met from 1: every answer is met, a blank is none."""
    parts = [b.item(f"I-{n}", level=n) for n in (1, 2)]
    definition = b.tree(*parts, met_at=1, staged=True, blanks="worst")
    index = score(definition, [b.answers("05001", {"I-1": 1, "I-2": 1}), b.answers("05002", {"I-1": 1})])
    found = {row.entity.code: index.node(row, "m", "m").staged_level for row in index.rows}
    assert found == {"05001": 2, "05002": 1}


def test_a_statement_that_nobody_answered_is_not_met() -> None:
    """Both asked of two people: one blank twice, or never known; level 1 is not met, so 0."""
    parts = [b.item(f"I-{n}", level=n) for n in (1, 2)]
    definition = b.tree(*parts, met_at=3, staged=True, collects="respondents", blanks="exclude")
    counts = {
        "blank": {"I-1": {"blank": 2}, "I-2": {"4": 2}},
        "unsure": {"I-1": {"dont_know": 2}, "I-2": {"4": 2}},
        "half": {"I-1": {"4": 1, "blank": 1}, "I-2": {"4": 2}},
    }
    found = {}
    for name, rows in counts.items():
        surveys = [b.tallies(definition, {"academia": rows}, measurement="m")]
        index = score(definition, [b.answers("05001", {}, surveys)])
        found[name] = index.node(index.rows[0], "m", "m").staged_level
    assert found == {"blank": 0, "unsure": 0, "half": 2}
