"""Means of statements, from tallies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.model.response import EntityAnswers
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from ctimaturity.model.score import NodeScore

MINI = b.mini()


def statement(
    counts: dict[str, dict[str, int]],
    population: dict[str, int] | None = None,
    blanks: str = "exclude",
    *,
    reverse: bool = False,
) -> NodeScore:
    definition = b.tree(b.item("I-1", "s", reverse=reverse), collects="respondents", blanks=blanks)
    tallies = b.tallies(
        definition, {segment: {"I-1": row} for segment, row in counts.items()}, measurement="m"
    )
    entity = replace(b.entity(), population=population or {})
    index = score(definition, [EntityAnswers(entity, {}, {"m": tallies})])
    return index.node(index.rows[0], "m", "I-1")


def test_respondents_count_equally() -> None:
    """Ten say 2 and thirty say 6: (10 * 2 + 30 * 6) / 40 = 5, whatever their segments."""
    found = statement({"academia": {"2": 10}, "sector-publico": {"6": 30}})
    assert (found.score, found.n, found.coverage) == (5.0, 40, 1.0)


def test_population_gives_design_weights() -> None:
    """Segment means 2 and 6 with 300 and 100 inhabitants: (300 * 2 + 100 * 6) / 400 = 3."""
    counts = {"academia": {"2": 10}, "sector-publico": {"6": 30}}
    assert statement(counts, {"academia": 300, "sector-publico": 100}).score == 3.0


def test_without_the_population_of_every_segment_asked_respondents_count_equally() -> None:
    counts = {"academia": {"2": 10}, "sector-publico": {"6": 30}}
    assert statement(counts, {"academia": 300}).score == 5.0


def test_segment_without_answers_drops_out_of_the_design_weights() -> None:
    counts = {"academia": {"2": 10}, "sector-publico": {"blank": 30}}
    found = statement(counts, {"academia": 300, "sector-publico": 100})
    assert found.score == 2.0
    # Its blanks at their worst and best: (300 * 2 + 100 * 1) / 400 and (300 * 2 + 100 * 6) / 400.
    assert (found.low, found.high) == (1.75, 3.0)
    assert found.coverage == 0.25


def test_respondents_of_unknown_segment_have_no_design_weight() -> None:
    counts = {"academia": {"2": 10}, "unknown": {"6": 30}}
    found = statement(counts, {"academia": 300})
    assert (found.score, found.coverage) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("blanks", "expected"),
    [
        pytest.param("exclude", 4.0, id="left out: 8 * 4 / 8"),
        pytest.param("worst", 3.4, id="worst: (8 * 4 + 2 * 1) / 10"),
    ],
)
def test_blanks_of_respondents(blanks: str, expected: float) -> None:
    found = statement({"academia": {"4": 8, "blank": 2, "dont_know": 5}}, blanks=blanks)
    assert found.score == expected
    assert (found.low, found.high) == (3.4, 4.4)
    assert found.coverage == 0.8
    assert found.excluded == pytest.approx(5 / 15)


def test_only_dont_know_is_no_coverage_and_no_score() -> None:
    found = statement({"academia": {"dont_know": 5}})
    assert (found.score, found.coverage, found.low, found.high, found.excluded) == (
        None,
        None,
        None,
        None,
        1.0,
    )


def test_statement_that_was_not_asked_is_blank() -> None:
    found = statement({"academia": {}})
    assert (found.score, found.coverage, found.low, found.high) == (None, 0.0, 1.0, 6.0)


def test_reversed_statement_is_turned_round_within_its_scale() -> None:
    """A mean of 2 on 1 to 6 becomes 7 - 2 = 5; its blanks are turned too."""
    found = statement({"academia": {"2": 4, "blank": 1}}, reverse=True)
    assert (found.score, found.low, found.high) == (5.0, 4.2, 5.2)


def test_tallies_in_another_order_are_the_same() -> None:
    counts = {"academia": {"P-1": {"1": 3, "blank": 1}, "P-2": {"6": 4}, "P-3": {"2": 4}, "P-4": {"5": 4}}}
    tallies = b.tallies(MINI, counts)
    turned = replace(
        tallies,
        items=tuple(reversed(tallies.items)),
        options=tuple(reversed(tallies.options)),
        counts=tallies.counts[:, ::-1, ::-1],
    )
    one, other = (
        score(MINI, [replace(b.mini_answers(), tallies={"perception": each})]) for each in (tallies, turned)
    )
    assert one.rows == other.rows
    assert one.table.score.tobytes() == other.table.score.tobytes()


def test_dimension_over_items_and_subdimensions() -> None:
    """P-1 2, P-2 4, P-3 6: the dimension is 12/3 = 4, educacion 3, empleo 6 (their mean would be 4.5)."""
    survey = b.everyone(MINI, {"P-1": 2, "P-2": 4, "P-3": 6, "P-4": 1})
    index = score(MINI, [replace(b.mini_answers(), tallies={"perception": survey})])
    row = index.rows[0]
    assert [index.node(row, "perception", node).score for node in ("personas", "educacion", "empleo")] == [
        4,
        3,
        6,
    ]
    # The root is the mean of the two dimensions: (4 + 1) / 2.
    assert index.node(row, "perception", "perception").score == 2.5


def test_means_with_large_counts_are_exact() -> None:
    """A third of ten million and one answers at 6, the rest at 1."""
    found = statement({"academia": {"6": 3_333_334, "1": 6_666_667}})
    assert found.score == float(Fraction(6 * 3_333_334 + 6_666_667, 10_000_001))
