"""Decisions at level bounds, gates, thresholds and ties of rounding."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

import builders as b
from ctimaturity.language.numbers import rounded
from ctimaturity.model.score import Index, Status
from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.index import read_items, score
from ctimaturity.scoring.items import HIGH, LOW, SCORE
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire


def capacities(met: list[int], points: int = 21, **root: object) -> tuple[Questionnaire, dict[str, int]]:
    """Capacities of equal items, out of 6, so that each has 6 * met / points; and their answers."""
    nodes = [
        b.node(
            f"c{number}",
            *(b.item(f"c{number}-{k}", "met") for k in range(points)),
            rule="points_share",
            out_of=6,
        )
        for number in range(len(met))
    ]
    marks = {f"c{number}-{k}": int(k < count) for number, count in enumerate(met) for k in range(points)}
    settings = {"levels": b.levels(6, lowest="open"), **root}
    return b.tree(*nodes, scales={"met": b.scale(0, 1)}, **settings), marks


def root(index: Index) -> tuple[float | None, int | None]:
    found = index.node(index.rows[0], "m", "m")
    return found.score, found.level


def naive(met: list[int], points: int) -> float:
    """What a plain sum of doubles gives."""
    total = 0.0
    for count in met:
        total += 6 * count / points
    return total / len(met)


def dusty(points: int, parts: int, wanted: int) -> list[int]:
    """Some counts whose exact mean is a whole number that plain doubles miss."""
    random = np.random.default_rng(7)
    while True:
        met = random.integers(0, points + 1, parts).tolist()
        last = Fraction(wanted * parts * points, 6) - sum(met[:-1])
        if last.denominator == 1 and 0 <= last <= points:
            met[-1] = int(last)
            if naive(met, points) != wanted:
                return met


@pytest.mark.parametrize(
    ("points", "parts", "wanted"), [(21, 6, 3), (33, 4, 2), (27, 10, 4), (21, 14, 5), (39, 6, 1)]
)
def test_exact_value_reached_through_dust(points: int, parts: int, wanted: int) -> None:
    met = dusty(points, parts, wanted)
    assert sum(Fraction(6 * count, points) for count in met) / parts == wanted
    assert naive(met, points) != wanted
    definition, marks = capacities(met, points)
    assert root(score(definition, [b.answers("05001", marks)])) == (float(wanted), wanted)


def test_level_just_below_and_above_a_bound() -> None:
    """Out of 6, 10 or 11 of 21 are 2.857 and 3.143: levels 3 and 4 on either side of 3."""
    assert [root(score(*_one(met)))[1] for met in (10, 11)] == [3, 4]


def _one(met: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    definition, marks = capacities([met])
    return definition, [b.answers("05001", marks)]


def test_seven_tenths_and_one_tenth_reach_eight_tenths() -> None:
    """Weights 0.7, 0.1 and 0.2: coverage 0.8 reaches a threshold of 0.8, where doubles have 0.7999..."""
    assert 0.7 + 0.1 < 0.8
    definition = b.tree(
        b.node("x", b.item("I-1"), weight="0.7"),
        b.node("y", b.item("I-2"), weight="0.1"),
        b.node("z", b.item("I-3"), weight="0.2"),
        min_coverage=[b.coverage("0.8", "provisional")],
    )
    reached = score(definition, [b.answers("05001", {"I-1": 3, "I-2": 3})]).rows[0]
    assert (reached.status, reached.coverage) == (Status.RANKED, 0.8)
    missed = score(definition, [b.answers("05001", {"I-1": 3, "I-3": 3})]).rows[0]
    assert missed.status is Status.RANKED
    assert score(definition, [b.answers("05001", {"I-1": 3})]).rows[0].status is Status.PROVISIONAL


def test_gate_is_decided_exactly() -> None:
    """A gate below 3 stays open at exactly 3, and shuts one step below."""
    met = dusty(21, 6, 3)
    inner, marks = capacities(met)
    definition = b.tree(
        b.node("inner", *inner.measurements[0].root.children),
        b.item("I-1", "six"),
        scales={"met": b.scale(0, 1), "six": b.scale(0, 1, 2, 3, 4, 5, 6)},
        gates=[b.gate("inner", below=3, set_zero=True)],
    )
    open_ = score(definition, [b.answers("05001", {**marks, "I-1": 5})])
    assert root(open_)[0] == 4.0
    first = next(key for key, mark in marks.items() if mark)
    shut = score(definition, [b.answers("05001", {**marks, first: 0, "I-1": 5})])
    assert root(shut)[0] == 0.0


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        # 8 items: k/8 is a tie of rounding for every odd k: 3.625 is shown as 3.63.
        pytest.param([4, 4, 4, 4, 4, 3, 3, 3], "3.63", id="3.625"),
        pytest.param([3, 3, 3, 1, 1, 1, 3, 2], "2.13", id="2.125"),
    ],
)
def test_ties_of_rounding(marks: list[int], shown: str) -> None:
    definition = b.tree(*b.items("I", 8))
    index = score(definition, [b.answers("05001", {f"I-{n}": mark for n, mark in enumerate(marks, 1)})])
    value = root(index)[0]
    assert value is not None
    assert str(rounded(value)) == shown


def test_tie_of_rounding_reached_through_dust() -> None:
    """Means that are exactly k + 1/200: the nearest double is stored, so that half up rounds them up."""
    definition, marks = capacities([67, 1, 0, 0], 200)
    # (67 + 1) * 6 / 200 / 4 = 0.51; one more item is 69 * 6 / 800 = 0.5175, 70 are 0.525: a tie.
    extra = {**marks, "c1-1": 1, "c1-2": 1}
    value = root(score(definition, [b.answers("05001", extra)]))[0]
    assert value == 0.525
    assert str(rounded(0.525)) == "0.53"


@pytest.mark.parametrize(
    ("rule", "exponent", "marks", "expected", "level"),
    [
        pytest.param("geometric", None, [2, 8], 4.0, 2, id="sqrt(16)"),
        pytest.param("geometric", None, [1, 2, 4], 2.0, 1, id="cube-root(8)"),
        pytest.param("power", 2, [1, 7], 5.0, 3, id="sqrt((1 + 49) / 2)"),
        pytest.param("harmonic", None, [3, 6], 4.0, 2, id="2 / (1/3 + 1/6)"),
        pytest.param("geometric", None, [0, 8], 0.0, 1, id="one-part-at-0"),
        pytest.param("harmonic", None, [0, 8], 0.0, 1, id="harmonic-of-0"),
        pytest.param("power", -1, [0, 8], 0.0, 1, id="negative-power-of-0"),
    ],
)
def test_roots_that_are_whole_numbers(
    rule: str, exponent: int | None, marks: list[int], expected: float, level: int
) -> None:
    """Levels are fourths of [0, 8], the upper bound belonging to the level below it."""
    definition = b.tree(
        *(b.item(f"I-{n}", "wide") for n in range(len(marks))),
        scales={"wide": b.scale(*range(9))},
        rule=rule,
        exponent=exponent,
        levels=b.levels(4),
    )
    index = score(definition, [b.answers("05001", {f"I-{n}": mark for n, mark in enumerate(marks)})])
    assert root(index) == (expected, level)


def test_root_of_roots_is_recognised() -> None:
    """sqrt(sqrt(2) * sqrt(8)) = 2, through parts that are irrational."""
    scales = {"wide": b.scale(*range(1, 17))}
    definition = b.tree(
        b.node("x", b.item("I-1", "wide"), b.item("I-2", "wide"), rule="geometric"),
        b.node("y", b.item("I-3", "wide"), b.item("I-4", "wide"), rule="geometric"),
        scales=scales,
        rule="geometric",
        levels=b.levels(bounds=[1, 2, 4, 16]),
    )
    index = score(definition, [b.answers("05001", {"I-1": 1, "I-2": 2, "I-3": 1, "I-4": 8})])
    assert root(index) == (2.0, 1)


def test_every_value_is_the_nearest_double_where_the_exact_path_is_forced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Evaluation, "_near", lambda *given: np.ones(given[-1].shape, dtype=np.bool_))
    definition = b.mini()
    plan = compile_plan(definition)
    answers = [b.mini_answers("05001", 4, met="ac"), b.mini_answers("05002", 3, met="b")]
    evaluation = Evaluation(plan, read_items(plan, answers), 2)
    for column in range(len(plan.places) + 1):
        for calculation in (SCORE, LOW, HIGH):
            for entity in range(2):
                exact = evaluation.exact.value(column, calculation, entity)
                value = evaluation.value[column, calculation, entity]
                assert np.isnan(value) if exact is None else value == float(exact)


def test_ranking_compares_exact_values_of_near_scores() -> None:
    """Weights 1 and 0.0000000001: the scores differ by 1e-10 of the scale, and so do the ranks."""
    definition = b.tree(b.item("I-1", weight=1), b.item("I-2", weight="0.0000000001"))
    index = score(
        definition,
        [
            b.answers(code, {"I-1": 3, "I-2": mark})
            for code, mark in (("05001", 3), ("05002", 4), ("05003", 4))
        ],
    )
    assert [(row.entity.code, row.rank) for row in index.rows] == [("05002", 1), ("05003", 1), ("05001", 3)]
    scores = [row.index for row in index.rows]
    assert all(a is not None and c is not None and a - c < 1e-9 for a, c in pairwise(scores))
