"""Statuses, and every reason for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.model.rule import Effect, LowerThreshold, RespondentThresholds
from ctimaturity.model.score import IndexRow, Reason, Status
from ctimaturity.scoring.index import score
from ctimaturity.scoring.status import status_of

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire


def row(definition: Questionnaire, *marks: object) -> IndexRow:
    given = {
        item.id: {"-": b.BLANK, "nd": b.no_data()}.get(str(mark), mark)
        for item, mark in zip(definition.measurements[0].items, marks, strict=True)
    }
    return score(definition, [b.answers("05001", given)]).rows[0]


def reason(found: IndexRow) -> tuple[object, ...]:
    (only,) = found.reasons
    return only.status, only.rule, only.node, only.value, only.threshold


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param((4, 4, 4, 4), Status.RANKED, id="all"),
        pytest.param((4, 4, 4, "-"), Status.PROVISIONAL, id="three-quarters"),
        pytest.param((4, 4, "-", "-"), Status.PROVISIONAL, id="exactly-half-reaches"),
        pytest.param((4, "-", "-", "-"), Status.INCOMPLETE, id="a-quarter"),
    ],
)
def test_coverage(marks: tuple[object, ...], expected: Status) -> None:
    definition = b.tree(
        *b.items("I", 4), min_coverage=[b.coverage("0.5", "incomplete"), b.coverage("0.8", "provisional")]
    )
    found = row(definition, *marks)
    assert found.status is expected
    assert (found.index is None) == (expected is Status.INCOMPLETE)
    # Of the two thresholds that a quarter falls short of only the gravest is named.
    assert len(found.reasons) == (expected is not Status.RANKED)


def test_share_of_parts_that_are_there() -> None:
    definition = b.tree(*b.items("I", 4), min_coverage=[b.coverage("0.9", "provisional", "count")])
    found = row(definition, 4, "-", 4, 4)
    assert reason(found) == (Status.PROVISIONAL, "min_coverage", "m", 0.75, 0.9)


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        pytest.param(1, Status.RANKED, id="exactly-the-limit"),
        pytest.param(2, Status.PROVISIONAL, id="above-it"),
    ],
)
def test_excluded_share(left_out: int, expected: Status) -> None:
    definition = b.tree(*b.items("I", 4), max_excluded=b.excluded("0.25"))
    found = row(definition, *(["nd"] * left_out + [4] * (4 - left_out)))
    assert found.status is expected
    if expected is Status.PROVISIONAL:
        assert reason(found) == (Status.PROVISIONAL, "max_excluded", "m", 0.5, 0.25)


def test_absent_measurement_is_missing() -> None:
    definition = b.tree(*b.items("I", 2), min_coverage=[b.coverage("0.9", "absent")])
    found = row(definition, 4, "-")
    assert found.status is Status.INCOMPLETE
    assert [(each.rule, each.measurement) for each in found.reasons] == [("missing", "m")]


def test_measurement_without_data_is_missing() -> None:
    found = row(b.tree(*b.items("I", 2)), "nd", "nd")
    assert [(each.rule, each.measurement) for each in found.reasons] == [("missing", "m")]
    assert (found.index_low, found.index_high) == (1.0, 6.0)


def survey(counts: dict[str, int], thresholds: RespondentThresholds) -> IndexRow:
    definition = b.tree(b.item("P-1"), collects="respondents", respondents=thresholds)
    table = {segment: {"P-1": {"4": count}} for segment, count in counts.items()}
    tallies = b.tallies(definition, table, measurement="m")
    return score(definition, [b.answers("05001", {}, [tallies])]).rows[0]


def test_enough_respondents() -> None:
    found = survey(
        {"academia": 30, "sector-publico": 10, "sector-privado": 10, "sociedad-civil": 10}, b.respondents()
    )
    assert found.status is Status.RANKED
    assert found.respondents == 60


def test_segment_that_was_not_asked_falls_short() -> None:
    found = survey({"academia": 30, "sector-publico": 30, "sector-privado": 20}, b.respondents())
    assert reason(found) == (Status.PROVISIONAL, "min_per_segment", "sociedad-civil", 0.0, 10.0)


def test_unknown_segment_counts_among_all_and_is_no_segment() -> None:
    counts = {
        "academia": 15,
        "sector-publico": 15,
        "sector-privado": 15,
        "sociedad-civil": 15,
        "unknown": 200,
    }
    assert survey(counts, b.respondents()).status is Status.RANKED


def test_exactly_the_largest_share_is_allowed() -> None:
    counts = {"academia": 60, "sector-publico": 20, "sector-privado": 10, "sociedad-civil": 10}
    assert survey(counts, b.respondents()).status is Status.RANKED
    counts["academia"] = 61
    assert [each.rule for each in survey(counts, b.respondents()).reasons] == ["max_segment_share"]


def test_only_the_thresholds_that_are_given_count() -> None:
    one = LowerThreshold(value=b.number(5), below=Effect.INCOMPLETE)
    found = survey({"academia": 3}, RespondentThresholds(min_respondents=one))
    assert reason(found) == (Status.INCOMPLETE, "min_respondents", "", 3.0, 5.0)


def test_gravest_reasons_come_first() -> None:
    answers = b.mini_answers()
    few = b.everyone(b.mini(), {"P-1": 4, "P-2": 4, "P-3": 4, "P-4": 4}, each=11)
    responses = {key: value for key, value in answers.responses.items() if not key.startswith("C-2")}
    found = score(b.mini(), [replace(answers, responses=responses, tallies={"perception": few})]).rows[0]
    assert [each.status for each in found.reasons] == [
        Status.INCOMPLETE,
        Status.INCOMPLETE,
        Status.PROVISIONAL,
    ]
    assert [each.node for each in found.reasons] == ["capacities", "tecnologia", ""]


def test_status_of_reasons() -> None:
    provisional, incomplete = (
        Reason(status, "min_coverage") for status in (Status.PROVISIONAL, Status.INCOMPLETE)
    )
    assert status_of([]) is Status.RANKED
    assert status_of([provisional]) is Status.PROVISIONAL
    assert status_of([provisional, incomplete]) is Status.INCOMPLETE
