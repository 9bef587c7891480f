"""What the score table shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

import builders as b
from ctimaturity.model.response import State
from ctimaturity.model.score import INDEX, PROFILE, Status
from ctimaturity.scoring.index import score

MINI = b.mini()


def test_effective_weights_follow_the_path_of_the_score() -> None:
    """A third each; personas is half of perception and has three statements: 1/3 * 1/2 * 1/3 = 1/18."""
    index = score(MINI, [b.mini_answers()])
    row = index.rows[0]
    expected = {
        (INDEX, INDEX): 1,
        ("perception", "perception"): 1 / 3,
        ("perception", "personas"): 1 / 6,
        ("perception", "P-1"): 1 / 18,
        ("perception", "educacion"): None,
        # C-1 is half of the capacities, its items are worth 1, 2, 3 of 6 points.
        ("capacities", "C-1-c"): 1 / 6 * 3 / 6,
        # R-4 is not for an alcaldía, so R-3 is all of habitat.
        ("results", "R-3"): 1 / 6,
        ("results", "R-4"): None,
        (PROFILE, "personas"): None,
    }
    for (measurement, node), share in expected.items():
        found = index.node(row, measurement, node).weight_effective
        assert found == (None if share is None else pytest.approx(share, rel=1e-15)), node
    items = [column for column, place in enumerate(index.table.places) if place.is_item]
    shares = [index.table.at(row.row, column).weight_effective for column in items]
    assert sum(share for share in shares if share is not None) == pytest.approx(1, rel=1e-14)


def test_states_are_those_of_the_items() -> None:
    answers = b.mini_answers()
    marks = {**answers.responses, "C-1-a": b.BLANK, "R-1": b.no_data()}
    index = score(MINI, [b.answers("05001", marks, answers.tallies.values())])
    row = index.rows[0]

    def state(measurement: str, node: str) -> str:
        return index.node(row, measurement, node).state

    assert state("capacities", "C-1-a") == State.BLANK
    assert state("capacities", "C-1-b") == State.ANSWERED
    assert state("results", "R-1") == State.NO_DATA
    assert state("results", "R-4") == State.NOT_APPLICABLE
    assert state("perception", "P-1") == ""
    assert state("capacities", "C-1") == ""


def test_numbers_of_answers() -> None:
    index = score(MINI, [b.mini_answers()])
    row = index.rows[0]

    def count(measurement: str, node: str) -> int:
        return index.node(row, measurement, node).n

    assert count("capacities", "capacities") == 6
    assert count("capacities", "C-1") == 3
    assert count("perception", "P-1") == 60
    assert count("perception", "personas") == 60
    assert count("results", "habitat") == 1
    assert count(INDEX, INDEX) == 6 + 4 + 3
    assert count(PROFILE, "personas") == 3 + 2
    assert row.respondents == 60


def test_profile_has_no_score_when_one_side_is_missing() -> None:
    answers = replace(b.mini_answers(), tallies={})
    index = score(MINI, [answers])
    row = index.rows[0]
    personas = index.node(row, PROFILE, "personas")
    assert (personas.score, personas.level) == (None, None)
    # Results are 4, perception may be 1 to 6.
    assert (personas.low, personas.high) == (2.5, 5.0)
    assert row.weakest == ()
    assert index.node(row, "results", "personas").score == 4.0


def test_missing_measurement_has_no_scores_but_bounds() -> None:
    index = score(MINI, [replace(b.mini_answers(), tallies={})])
    row = index.rows[0]
    found = index.node(row, "perception", "perception")
    assert (found.score, found.level, found.coverage, found.low, found.high) == (None, None, 0.0, 1.0, 6.0)
    assert row.status is Status.INCOMPLETE
    # Capacities are 3, results 4, and perception 1 to 6.
    assert (row.index, row.index_low, row.index_high) == (None, 8 / 3, 13 / 3)
    assert index.node(row, INDEX, INDEX).weight_effective is None


def test_refused_entity_has_nothing() -> None:
    index = score(MINI, [replace(b.mini_answers(), refused=True)])
    row = index.rows[0]
    assert (row.status, row.index, row.index_low, row.coverage, row.results_basis) == (
        Status.REFUSED,
        None,
        None,
        None,
        "",
    )
    numbers = index.table.at(row.row, 1)
    assert (numbers.score, numbers.low, numbers.coverage, numbers.n, numbers.level) == (
        None,
        None,
        None,
        0,
        None,
    )


def test_weakest_nodes_and_shares() -> None:
    """personas: perception 4, results 4; habitat: perception 2, results 4, so 3."""
    survey = b.everyone(MINI, {"P-1": 4, "P-2": 4, "P-3": 4, "P-4": 2})
    index = score(MINI, [replace(b.mini_answers(), tallies={"perception": survey})])
    assert index.rows[0].weakest == ("habitat",)
    # R-4 of four indicators is half of habitat, habitat half of results, results a third: 1/12.
    assert index.rows[0].na_share == pytest.approx(1 / 12, rel=1e-15)
    assert index.rows[0].dont_know_share == 0.0


def test_dont_know_share_of_the_perception_index() -> None:
    """One in five says don't know to P-4, which is habitat, half of the index: 1/10."""
    rows = {name: {"4": 15} for name in ("P-1", "P-2", "P-3")} | {"P-4": {"4": 12, "dont_know": 3}}
    survey = b.tallies(MINI, dict.fromkeys(b.SEGMENTS, rows))
    row = score(MINI, [replace(b.mini_answers(), tallies={"perception": survey})]).rows[0]
    assert row.dont_know_share == pytest.approx(0.1, rel=1e-15)
    assert row.status is Status.RANKED
