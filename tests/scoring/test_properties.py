"""What must hold whatever the definition and the answers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import builders as b
import random_trees as trees
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index, ScoreTable

pytestmark = pytest.mark.slow
MODEST = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
TINY = 1e-9


def scored(definition: dict[str, Any], answers: dict[str, Any], never: frozenset[str]) -> ScoreTable:
    questionnaire = trees.as_questionnaire(definition, never)
    return score(questionnaire, [trees.as_answers("05001", answers, definition, questionnaire)]).table


def no_lower(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> bool:
    """Wherever both are known, `after` is not below `before`."""
    known = ~np.isnan(before) & ~np.isnan(after)
    return bool((after[known] >= before[known] - TINY).all())


@st.composite
def changes(draw: Any, wanted: tuple[str, ...], rules: tuple[str, ...] = ()) -> Any:
    """A definition, answers, and one item whose answer is in one of the wanted states."""
    definition = draw(trees.definitions(rules))
    answers = draw(trees.answers(definition))
    items = [key for key, value in answers.items() if isinstance(value, tuple) and value[0] in wanted]
    assume(items)
    return definition, answers, draw(st.sampled_from(items))


def scale_of(definition: dict[str, Any], item_id: str) -> tuple[list[Any], bool]:
    for measurement in definition["measurements"]:
        for item in trees.all_items(measurement["root"]):
            if item["id"] == item_id:
                return definition["scales"][item["scale"]], item["reverse"]
    raise KeyError(item_id)


@MODEST
@given(changes(("answered",)), st.data())
def test_raising_an_answer_lowers_no_score(case: Any, data: st.DataObject) -> None:
    definition, answers, item = case
    points, reverse = scale_of(definition, item)
    better = [p for p in points if (p < answers[item][1] if reverse else p > answers[item][1])]
    assume(better)
    never = trees.never_applicable(answers)
    before = scored(definition, answers, never)
    after = scored(definition, answers | {item: ("answered", data.draw(st.sampled_from(better)))}, never)
    for name in ("score", "low", "high"):
        assert no_lower(getattr(before, name), getattr(after, name)), name


@MODEST
@given(changes(("answered",)), st.sampled_from(["blank", "no_data"]))
def test_taking_an_answer_away_never_raises_low_or_coverage(case: Any, state: str) -> None:
    definition, answers, item = case
    never = trees.never_applicable(answers)
    before = scored(definition, answers, never)
    after = scored(definition, answers | {item: (state, None)}, never)
    assert no_lower(after.low, before.low)
    assert no_lower(after.coverage, before.coverage)
    assert no_lower(before.high, after.high)


@MODEST
@given(changes(("answered",)))
def test_blanking_an_answer_that_counts_as_worst_raises_no_score(case: Any) -> None:
    definition, answers, item = case
    for measurement in definition["measurements"]:
        measurement["blanks"] = "worst"
        for node in trees.all_nodes(measurement["root"]):
            node["min_coverage"] = [each for each in node["min_coverage"] if each[2] != "absent"]
    never = trees.never_applicable(answers)
    before = scored(definition, answers, never)
    after = scored(definition, answers | {item: ("blank", None)}, never)
    assert no_lower(after.score, before.score)


@MODEST
@given(changes(("answered",)), st.sampled_from(["blank", "no_data"]))
def test_taking_an_answer_away_never_raises_a_staged_level(case: Any, state: str) -> None:
    """Whatever the score does with blanks; a node may lose its score, and with it its staged level."""
    definition, answers, item = case
    for measurement in definition["measurements"]:
        measurement["blanks"] = "exclude"
        for node in trees.all_nodes(measurement["root"]):
            node.update(staged=True, met_at=Fraction(1))
            if node["rule"] == "sum":
                node["rule"] = "mean"
    points, reverse = scale_of(definition, item)
    answers = answers | {item: ("answered", max(points) if reverse else min(points))}
    never = trees.never_applicable(answers)
    before = scored(definition, answers, never).staged_level
    after = scored(definition, answers | {item: (state, None)}, never).staged_level
    assert (after[before >= 0] <= before[before >= 0]).all()


@MODEST
@given(changes(("blank", "no_data")), st.data())
def test_whatever_is_filled_in_lies_between_the_bounds(case: Any, data: st.DataObject) -> None:
    definition, answers, _ = case
    never = trees.never_applicable(answers)
    before = scored(definition, answers, never)
    filled = {
        key: ("answered", data.draw(st.sampled_from(scale_of(definition, key)[0])))
        if isinstance(value, tuple) and value[0] in {"blank", "no_data"} and data.draw(st.integers(0, 3))
        else value
        for key, value in answers.items()
    }
    after = scored(definition, filled, never)
    assert no_lower(before.low, after.score)
    assert no_lower(after.score, before.high)


@MODEST
@given(trees.definitions(("mean", "geometric", "harmonic", "power", "points_share")), st.data())
def test_weights_are_relative(definition: dict[str, Any], data: st.DataObject) -> None:
    answers = data.draw(trees.answers(definition))
    never = trees.never_applicable(answers)
    before = scored(definition, answers, never)
    for measurement in definition["measurements"]:
        for part in [*trees.all_nodes(measurement["root"]), *trees.all_items(measurement["root"])]:
            part["weight"] *= 4
    after = scored(definition, answers, never)
    for name in ("score", "low", "high", "coverage", "weight_effective"):
        assert np.allclose(
            getattr(before, name), getattr(after, name), rtol=1e-12, atol=1e-12, equal_nan=True
        )
    assert (before.level == after.level).all()


def same_bits(one: ScoreTable, row: int, other: ScoreTable, other_row: int) -> bool:
    names = ("score", "low", "high", "coverage", "excluded", "weight_effective", "level", "staged_level", "n")
    return (
        all(getattr(one, name)[row].tobytes() == getattr(other, name)[other_row].tobytes() for name in names)
        and one.state[row] == other.state[other_row]
    )


@MODEST
@given(trees.definitions(), st.data())
def test_nobodys_bits_depend_on_who_else_is_there_nor_on_the_order(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    given_answers = [data.draw(trees.answers(definition, ("answered", "blank", "no_data"))) for _ in range(4)]
    questionnaire = trees.as_questionnaire(definition)
    ours = [
        trees.as_answers(f"0500{number}", answers, definition, questionnaire)
        for number, answers in enumerate(given_answers)
    ]
    together = score(questionnaire, ours)
    backwards = score(questionnaire, list(reversed(ours)))
    assert together.rows == backwards.rows
    for number, each in enumerate(ours):
        alone = score(questionnaire, [each]).table
        assert same_bits(alone, 0, together.table, number)
        assert same_bits(backwards.table, number, together.table, number)


def ranked(index: Index) -> list[tuple[str, int | None]]:
    return [(row.entity.code, row.rank) for row in index.rows]


def one_scale(questionnaire: Questionnaire, marks: dict[str, list[int]]) -> Index:
    return score(
        questionnaire,
        [b.answers(code, {f"I-{n}": m for n, m in enumerate(row, 1)}) for code, row in marks.items()],
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(1, 6), min_size=3, max_size=3), min_size=1, max_size=9))
def test_competition_ranks(rows: list[list[int]]) -> None:
    """The rank is one more than how many are better; ties are exact."""
    questionnaire = b.tree(*b.items("I", 3))
    marks = {f"{number:05d}": row for number, row in enumerate(rows)}
    sums = {code: sum(row) for code, row in marks.items()}
    expected = {code: 1 + sum(other > own for other in sums.values()) for code, own in sums.items()}
    assert dict(ranked(one_scale(questionnaire, marks))) == expected
