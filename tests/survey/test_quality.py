"""Respondents that stand out."""

from __future__ import annotations

import numpy as np
import pytest

from ctimaturity.survey.quality import (
    QualityRules,
    identity_hashes,
    moment,
    repeats,
    straight_lines,
    too_fast,
)

RULES = QualityRules(seconds=2.0, alike=3)


def test_hashes_differ_by_key_and_tell_nobody_apart_from_nobody() -> None:
    texts, beside = ["a@b.co", "A@B.co ", "", "anonymous"], ["x"] * 4
    first, again, none, anonymous = identity_hashes(texts, beside, b"1" * 32).tolist()
    assert first == again != 0
    assert (none, anonymous) == (0, 0)
    assert identity_hashes(texts, beside, b"2" * 32)[0] != first
    assert identity_hashes(["a@b.co"], ["y"], b"1" * 32)[0] != first


def test_the_first_of_the_same_is_no_repeat() -> None:
    assert repeats(np.array([5, 0, 7, 5, 0, 5], dtype=np.uint64)).tolist() == [False] * 3 + [
        True,
        False,
        True,
    ]


def test_straight_lines_need_enough_answers() -> None:
    marks = np.array([[2, 2, 2, -1], [2, 2, -1, -2], [2, 2, 3, 2], [-1] * 4], dtype=np.int8)
    assert straight_lines(marks, RULES).tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("start", "end", "fast"),
    [
        ("2026-05-04T08:00:00.000-05:00", "2026-05-04T08:00:07.000-05:00", True),
        ("2026-05-04T08:00:00.000-05:00", "2026-05-04T08:00:08.000-05:00", False),
        ("5/4/26 08:00:00", "5/4/26 08:00:05", True),
        ("2026-05-04 08:00:00", "2026-05-04 08:00:05", True),
        ("", "2026-05-04 08:00:05", False),
        ("2026-05-04T08:00:00", "2026-05-04T08:00:01Z", False),
        ("2026-05-04 09:00:00", "2026-05-04 08:00:05", False),
        ("soon", "later", False),
    ],
)
def test_four_answers_take_eight_seconds(start: str, end: str, *, fast: bool) -> None:
    assert too_fast([start], [end], np.array([4]), RULES).tolist() == [fast]


def test_moments_of_other_programs() -> None:
    assert moment("13/5/2026 08:00:00") == moment("2026-05-13 08:00:00")
    assert moment("nonsense") is None
