"""Counting respondents, and the covariances of their means."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builders as b
from ctimaturity.model.response import Covariance, EntityAnswers
from ctimaturity.scoring.index import score
from ctimaturity.scoring.moments import BLANK, DONT_KNOW, option_columns
from ctimaturity.scoring.tallies import tally

MINI = b.mini()


def counted(marks: list[list[int]], segments: list[int] | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN201
    rows = np.array(marks, dtype=np.int8)
    return tally(MINI, "perception", np.array(segments or [0] * len(rows)), rows)


def covariance(found: tuple[Covariance, ...], segment: str, a: str, other: str | None = None) -> Covariance:
    (match,) = [c for c in found if (c.segment, c.node_a, c.node_b) == (segment, a, other or a)]
    return match


def test_counts_by_segment_statement_and_option() -> None:
    found = counted([[0, 5, BLANK, DONT_KNOW], [0, 4, 2, 2], [3, BLANK, BLANK, BLANK]], [0, 0, 2])
    assert found.options == ("1", "2", "3", "4", "5", "6", "blank", "dont_know")
    assert found.segments == b.SEGMENTS
    assert found.counts.shape == (4, 4, 8)
    assert found.counts[0, 0].tolist() == [2, 0, 0, 0, 0, 0, 0, 0]
    assert found.counts[0, 1].tolist() == [0, 0, 0, 0, 1, 1, 0, 0]
    assert found.counts[0, 2].tolist() == [0, 0, 1, 0, 0, 0, 1, 0]
    assert found.counts[0, 3].tolist() == [0, 0, 1, 0, 0, 0, 0, 1]
    assert found.counts[2].sum(axis=1).tolist() == [1, 1, 1, 1]
    assert found.respondents.tolist() == [2, 0, 1, 0]


def test_respondent_counts_from_one_answer() -> None:
    found = counted([[BLANK] * 4, [DONT_KNOW] * 4, [BLANK, BLANK, BLANK, 0]])
    assert found.respondents.tolist() == [1, 0, 0, 0]


def test_unknown_segment_comes_last_and_only_when_there_is_one() -> None:
    found = counted([[0] * 4, [1] * 4], [1, -1])
    assert found.segments == (*b.SEGMENTS, "unknown")
    assert found.respondents.tolist() == [0, 1, 0, 0, 1]


def test_variance_of_a_statement_is_that_of_a_mean() -> None:
    """Marks 1, 2, 4, 5: s^2 = (4 + 1 + 1 + 4) / 3 = 10/3, over 4 answers 5/6; the blank does not count."""
    found = counted([[0, 0, 0, 0], [1, 0, 0, 0], [3, 0, 0, 0], [4, 0, 0, 0], [BLANK, 0, 0, 0]])
    mine = covariance(found.covariances, "all", "P-1")
    assert mine.n == 4
    assert mine.value == pytest.approx(10 / 3 / 4, rel=1e-14)
    assert covariance(found.covariances, "academia", "P-1") == Covariance(
        "academia", "P-1", "P-1", 4, mine.value
    )


def test_variance_of_a_node_is_that_of_the_respondents_means_when_all_answer() -> None:
    """educacion is P-1 and P-2: marks (1, 3), (2, 2), (6, 4) have the means 2, 2, 5; s^2 / 3 = 1."""
    found = counted([[0, 2, 0, 0], [1, 1, 0, 0], [5, 3, 0, 0]])
    assert covariance(found.covariances, "all", "educacion").value == pytest.approx(1.0, rel=1e-14)


def test_covariance_of_two_dimensions() -> None:
    """personas (P-1, P-2, P-3) 1, 2, 3 and habitat (P-4) 2, 2, 5: sum of products (-1)(-1) + 0 + 1 * 2 = 3.

    Over n - 1 = 2 and n = 3: 3 / 2 / 3 = 1/2.
    """
    found = counted([[0, 0, 0, 1], [1, 1, 1, 1], [2, 2, 2, 4]])
    mine = covariance(found.covariances, "all", "personas", "habitat")
    assert (mine.n, mine.value) == (3, pytest.approx(0.5, rel=1e-14))


def test_one_respondent_has_no_variance() -> None:
    assert counted([[0, 0, 0, 0]]).covariances == ()


def test_statement_that_nobody_answered_drops_out() -> None:
    found = counted([[0, BLANK, 0, 0], [1, BLANK, 0, 0], [3, DONT_KNOW, 0, 0]])
    names = {(c.node_a, c.node_b) for c in found.covariances if c.segment == "all"}
    assert ("P-2", "P-2") not in names
    by_statement = covariance(found.covariances, "all", "P-1").value
    assert covariance(found.covariances, "all", "educacion").value == pytest.approx(by_statement, rel=1e-14)


def test_order_of_respondents_changes_no_bit() -> None:
    random = np.random.default_rng(1)
    marks = random.integers(-2, 6, (80, 4)).astype(np.int8)
    segments = random.integers(-1, 4, 80)
    order = random.permutation(80)
    one, other = (
        tally(MINI, "perception", segments, marks),
        tally(MINI, "perception", segments[order], marks[order]),
    )
    assert one.counts.tobytes() == other.counts.tobytes()
    assert one.covariances == other.covariances


def test_reversed_statement_turns_the_sign_of_its_covariance() -> None:
    plain = b.tree(b.node("x", b.item("I-1", "s")), b.node("y", b.item("I-2", "s")), collects="respondents")
    turned = b.tree(
        b.node("x", b.item("I-1", "s", reverse=True)), b.node("y", b.item("I-2", "s")), collects="respondents"
    )
    marks = np.array([[0, 1], [2, 2], [5, 4]], dtype=np.int8)
    values = [
        covariance(tally(each, "m", np.zeros(3, dtype=np.int64), marks).covariances, "all", "x", "y").value
        for each in (plain, turned)
    ]
    assert values[0] > 0
    assert values[1] == -values[0]


def test_options_are_those_of_the_scale() -> None:
    measurement = MINI.measurement_by_id["perception"]
    assert option_columns(MINI, measurement)[-2:] == ("blank", "dont_know")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_blanking_a_respondents_answer_never_raises_low_nor_coverage(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 6))
    marks = np.array([[data.draw(st.integers(-2, 5)) for _ in range(4)] for _ in range(rows)], dtype=np.int8)
    row = data.draw(st.integers(0, rows - 1))
    answered = np.flatnonzero(marks[row] >= 0)
    if len(answered) < 2:
        return
    blanked = marks.copy()
    blanked[row, data.draw(st.sampled_from(answered.tolist()))] = BLANK

    def table(each: np.ndarray):  # type: ignore[no-untyped-def,type-arg]  # noqa: ANN202
        tallies = tally(MINI, "perception", np.zeros(rows, dtype=np.int64), each)
        answers = EntityAnswers(b.entity(), b.mini_answers().responses, {"perception": tallies})
        return score(MINI, [answers]).table

    before, after = table(marks), table(blanked)
    for name in ("low", "coverage"):
        old, new = getattr(before, name), getattr(after, name)
        known = ~np.isnan(old) & ~np.isnan(new)
        assert (new[known] <= old[known] + 1e-9).all()


def test_forty_two_surveys_of_120_respondents_take_a_fraction_of_a_second() -> None:
    """The statements of the ministry's model in number: 26 nodes below 6, 82 statements."""
    sizes = [4, 4, 4, 4, 4, 6]
    definition = b.tree(
        *(
            b.node(
                f"d{d}", *(b.node(f"d{d}s{s}", *b.items(f"d{d}s{s}", 3)) for s in range(count)), over="items"
            )
            for d, count in enumerate(sizes)
        ),
        collects="respondents",
    )
    random = np.random.default_rng(2)
    marks = random.integers(-2, 6, (120, 78)).astype(np.int8)
    segments = random.integers(0, 4, 120)
    start = time.process_time()
    for _ in range(42):
        tally(definition, "m", segments, marks)
    assert time.process_time() - start < 10
