"""The engine against the oracle, on random trees and answers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import oracle
import random_trees as trees
from ctimaturity.model.score import Index, Status
from ctimaturity.scoring import evaluation
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from fractions import Fraction

pytestmark = pytest.mark.slow
SLOW = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def cases(draw: Any, rules: tuple[str, ...] = ()) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    definition = draw(trees.definitions(rules))
    return definition, [draw(trees.answers(definition)) for _ in range(draw(st.integers(1, 3)))]


def scored(
    definition: dict[str, Any], given_answers: list[dict[str, Any]]
) -> list[tuple[Index, oracle.Entity]]:
    """Each entity alone, since what can never apply is part of the definition here."""
    found = []
    for number, answers in enumerate(given_answers):
        questionnaire = trees.as_questionnaire(definition, trees.never_applicable(answers))
        ours = trees.as_answers(f"{number:05d}", answers, definition, questionnaire)
        found.append((score(questionnaire, [ours]), oracle.Entity(definition, answers)))
    return found


def same(ours: float | None, theirs: Fraction | None) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)


def compare(index: Index, entity: oracle.Entity) -> None:
    row = index.rows[0]
    assert row.status == Status(entity.status)
    event(f"status {row.status}")
    for column, place in enumerate(index.table.places):
        measurement = "" if place.measurement == "index" else place.measurement
        theirs, ours = entity.numbers[measurement, place.node], index.table.at(0, column)
        where = (place.measurement, place.node)
        assert (place.scale_min, place.scale_max) == theirs.ends, where
        assert same(ours.low, theirs.low), (where, ours.low, theirs.low)
        assert same(ours.high, theirs.high), (where, ours.high, theirs.high)
        assert same(ours.coverage, theirs.coverage), where
        assert same(ours.excluded, theirs.excluded), where
        withheld = theirs.hidden or (place.measurement == "index" and row.index is None)
        expected = None if withheld else theirs.score
        assert same(ours.score, expected), (where, ours.score, expected)
        assert ours.level == (None if withheld else theirs.level), where
        assert ours.staged_level == (None if withheld else theirs.staged), where
        if ours.score is not None and ours.low is not None and ours.high is not None:
            assert ours.low <= ours.score <= ours.high, where
    harmonised = entity.numbers["", "harmonised"].score
    assert same(row.index_harmonised, None if row.index is None else harmonised)


@SLOW
@given(cases())
def test_engine_agrees_with_oracle(case: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    for index, entity in scored(*case):
        compare(index, entity)


@pytest.mark.parametrize("rule", ["mean", "sum", "product", "points_share", "staged", *trees.PLAIN[1:]])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_engine_agrees_with_oracle_rule_by_rule(rule: str, data: st.DataObject) -> None:
    for index, entity in scored(*data.draw(cases((rule,)))):
        compare(index, entity)


@SLOW
@given(cases())
def test_exact_path_forced_everywhere_agrees(case: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            evaluation.Evaluation, "_near", lambda *arguments: np.ones(arguments[-1].shape, dtype=np.bool_)
        )
        for index, entity in scored(*case):
            compare(index, entity)
            for column, place in enumerate(index.table.places):
                measurement = "" if place.measurement == "index" else place.measurement
                theirs = entity.numbers[measurement, place.node].low
                ours = index.table.at(0, column).low
                if (
                    theirs is not None
                    and theirs.denominator < 10**9
                    and not index.table.at(0, column).place.is_item
                ):
                    assert ours == float(theirs), place
