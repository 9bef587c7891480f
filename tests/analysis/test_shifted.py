"""Answers to a statement moved to a mean."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.analysis.what_if import mean_of, points_of, shifted
from ctimaturity.model.response import Tallies
from ctimaturity.model.scale import Scale

POINTS = {0: Fraction(1), 1: Fraction(2), 2: Fraction(4)}


def survey(counts: list[list[int]]) -> Tallies:
    """Two statements; P-2 has in every segment one answer of the worst option."""
    marks = [[row, [1, 0, 0, 0, 0]] for row in counts]
    return Tallies(
        "p",
        tuple(f"s{number}" for number in range(len(counts))),
        ("P-1", "P-2"),
        ("a", "b", "c", "blank", "dont_know"),
        np.array(marks, dtype=np.int64),
        np.array([sum(row) for row in counts], dtype=np.int64),
    )


@pytest.mark.parametrize(
    ("mean", "counts"),
    [
        # 4 answers around 3, between 2 and 4: two of each.
        pytest.param("3", [0, 2, 2], id="between"),
        pytest.param("2", [0, 4, 0], id="on-an-option"),
        pytest.param("4", [0, 0, 4], id="best"),
        # 2.2 is 0.4 of an answer at 4; 0.4 is nearer to none.
        pytest.param("2.2", [0, 4, 0], id="nearest"),
        # 2.25 is half an answer: the lower one.
        pytest.param("2.25", [0, 4, 0], id="tie"),
    ],
)
def test_the_two_options_around_the_mean(mean: str, counts: list[int]) -> None:
    moved = shifted(survey([[4, 0, 0, 2, 1]]), "P-1", [0], Fraction(mean), POINTS)
    assert moved.counts[0, 0].tolist() == [*counts, 2, 1]
    assert moved.counts[0, 1].tolist() == [1, 0, 0, 0, 0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 7), min_size=5, max_size=5), min_size=1, max_size=4),
    st.fractions(min_value=1, max_value=4, max_denominator=100),
)
def test_as_near_as_so_many_answers_can_come(counts: list[list[int]], mean: Fraction) -> None:
    tallies = survey(counts)
    rows = [row for row in range(len(counts)) if mean_of(tallies, "P-1", row, POINTS) is not None]
    moved = shifted(tallies, "P-1", rows, mean, POINTS)
    assert (moved.counts[:, 0].sum(axis=1) == tallies.counts[:, 0].sum(axis=1)).all()
    assert (moved.counts >= 0).all()
    answers = [sum(counts[row][:3]) for row in rows]
    if not rows:
        return
    width = 2 if mean > 2 else 1
    total = sum(
        (n * (mean_of(moved, "P-1", row, POINTS) or 0) for row, n in zip(rows, answers, strict=True)),
        Fraction(0),
    )
    assert abs(total / sum(answers) - mean) <= Fraction(width, 2 * sum(answers))
    for row, n in zip(rows, answers, strict=True):
        assert abs((mean_of(moved, "P-1", row, POINTS) or 0) - mean) <= Fraction(width, n)


def test_points_are_turned_round_for_a_reversed_statement() -> None:
    from builders import item

    scale = Scale.model_validate(
        {
            "options": [
                {"code": code, "points": points, "label": {"es": code, "en": code}}
                for code, points in (("a", "1"), ("b", "2"), ("c", "4"))
            ]
        }
    )
    assert points_of(survey([[1, 0, 0, 0, 0]]), item("P-1", reverse=True), scale) == {0: 4, 1: 3, 2: 1}
