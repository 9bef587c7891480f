"""Coverage and the other shares."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import builders as b
from ctimaturity.scoring.index import read_items
from ctimaturity.scoring.plan import compile_plan
from ctimaturity.scoring.shares import COVERAGE, EXCLUDED, Shares

MINI = b.mini()


def shares(*answers: object) -> tuple[Shares, dict[tuple[str, str], int]]:
    plan = compile_plan(MINI)
    items = read_items(plan, answers)  # type: ignore[arg-type]
    columns = {(place.measurement, place.node): column for column, place in enumerate(plan.places)}
    return Shares(plan, items, len(answers)), columns


def changed(**marks: object) -> object:
    answers = b.mini_answers()
    responses = {**answers.responses, **b.marked({k.replace("_", "-"): v for k, v in marks.items()})}
    return b.answers("05001", responses, answers.tallies.values())


def test_coverage_has_the_weights_of_the_score() -> None:
    """C-1 without its item worth 3 of 6 points: 1/2, its axis 1/2, the capacities 3/4, the index 11/12."""
    found, at = shares(changed(C_1_c=b.BLANK))
    names = ("C-1", "liderazgo", "tecnologia", "capacities")
    assert [found.exact(at["capacities", name], COVERAGE, 0) for name in names] == [
        Fraction(1, 2),
        Fraction(1, 2),
        1,
        Fraction(3, 4),
    ]
    assert found.exact(at["index", "index"], COVERAGE, 0) == Fraction(11, 12)
    assert found.share[at["index", "index"], COVERAGE, 0] == pytest.approx(11 / 12, rel=1e-15)


def test_not_applicable_by_definition_counts_in_neither() -> None:
    """habitat has R-3, and R-4 that is not for an alcaldía."""
    found, at = shares(changed(R_3=b.no_data()))
    assert found.exact(at["results", "habitat"], COVERAGE, 0) == 0
    assert found.exact(at["results", "habitat"], EXCLUDED, 0) == 1
    assert found.exact(at["results", "R-4"], COVERAGE, 0) is None
    assert found.exact(at["results", "R-4"], EXCLUDED, 0) is None


def test_comparing_with_a_threshold_is_exact() -> None:
    """Each double next to 3/4 would be on one side; the share itself is on the threshold."""
    found, at = shares(changed(C_1_c=b.BLANK), b.mini_answers("05002"))
    column = at["capacities", "capacities"]
    found.share[column, COVERAGE, 0] = np.nextafter(0.75, 1)
    assert found.compare(column, COVERAGE, Fraction(3, 4)).tolist() == [0, 1]
    assert found.share[column, COVERAGE, 0] == 0.75
    assert found.compare(column, COVERAGE, Fraction(4, 5)).tolist() == [-1, 1]


def test_dont_know_of_instruments_without_a_survey_is_unknown() -> None:
    plan = compile_plan(MINI, ["capacities"])
    answers = [b.mini_answers()]
    found = Shares(plan, read_items(plan, answers), 1)
    assert np.isnan(found.dont_know()).all()
    assert found.not_applicable().tolist() == [0.0]
