from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builders as b
from ctimaturity.analysis.what_if import ORIGIN, changed, mean_of, points_of, shifted
from ctimaturity.model.response import Response, Source, State, Tallies
from ctimaturity.model.scale import Scale
from ctimaturity.scoring.index import score

MINI = b.mini()


def test_what_is_given_is_not_touched() -> None:
    before = b.answers("05001", {"C-1-a": 1})
    after = changed(MINI, before, {"C-1-b": "1"})
    assert "C-1-b" not in before.responses
    assert after.responses["C-1-a"] is before.responses["C-1-a"]
    assert after.entity is before.entity


def test_the_score_of_the_changed_answers_is_the_score_of_such_answers() -> None:
    before = b.answers("05001", {"C-1-a": 1})
    after = changed(MINI, before, {"C-1-b": "1"})
    index = score(MINI, [after])
    # Capacity C-1 has 1 + 2 + 3 points; a and b are met: 6 * 3 / 6.
    assert index.node(index.rows[0], "capacities", "C-1").score == 3.0


def test_a_mark_is_set_on_every_scale_that_has_it() -> None:
    after = changed(MINI, b.answers("05001"), {"R-1": "4"}).responses["R-1"]
    assert (after.state, after.criterion, after.own_mark) == (State.ANSWERED, "4", "4")
    assert after.source == Source(origin=ORIGIN)


def test_a_number_is_the_value_of_an_indicator_and_leaves_its_mark() -> None:
    before = changed(MINI, b.answers("05001"), {"R-1": "4"})
    after = changed(MINI, before, {"R-1": Decimal("3.2")}).responses["R-1"]
    assert (after.value, after.criterion) == (Decimal("3.2"), "4")


def test_no_data_gives_way_to_what_is_set() -> None:
    before = b.answers("05001")
    none = Response(State.NO_DATA, reason="other", evidence="acta")
    before = changed(MINI, before, {"R-1": none})
    assert before.responses["R-1"] is none
    after = changed(MINI, before, {"R-1": "2"}).responses["R-1"]
    assert (after.state, after.reason, after.evidence) == (State.ANSWERED, "", "acta")


def test_the_empty_text_is_a_blank() -> None:
    after = changed(MINI, b.answers("05001", {"C-1-a": 1}), {"C-1-a": ""})
    assert after.responses["C-1-a"].state is State.BLANK


def test_a_number_on_a_scale_that_is_a_range() -> None:
    definition = b.tree(b.item("A", "r"), scales={"r": b.number_scale(0, 10)})
    after = changed(definition, b.answers("05001"), {"A": Decimal("2.5")})
    index = score(definition, [after])
    assert index.node(index.rows[0], "m", "m").score == 2.5


def test_not_applicable_and_dont_know_are_answers_where_the_scale_has_them() -> None:
    scales = {"s": b.scale(1, 2, dont_know=True, not_applicable=True)}
    definition = b.tree(b.item("A"), b.item("B"), scales=scales)
    after = changed(definition, b.answers("05001", {"A": 1, "B": 1}), {"A": "NA", "B": "NS"})
    assert [after.responses[item].state for item in "AB"] == [State.NOT_APPLICABLE, State.DONT_KNOW]


@pytest.mark.parametrize(
    ("item", "setting", "message"),
    [
        pytest.param("C-9-z", "1", "no item C-9-z", id="no-such-item"),
        pytest.param("C-1-a", "7", "no option 7", id="no-such-option"),
        pytest.param("C-1-a", Decimal(1), "not with a number", id="number-for-an-option"),
        pytest.param("R-1", "9", "no mark 9", id="no-such-mark"),
        pytest.param("P-1", "4", "inhabitants", id="asked-of-inhabitants"),
    ],
)
def test_what_cannot_be_set(item: str, setting: str | Decimal, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        changed(MINI, b.answers("05001"), {item: setting})


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
