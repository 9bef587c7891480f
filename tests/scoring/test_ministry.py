"""The ministry's model, edition 2020-04, with figures worked out by hand."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

import builders as b
from ctimaturity.definitions.library import Library
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.score import Status
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.questionnaire import Node, Questionnaire


@pytest.fixture(scope="module")
def model() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


def capacity(model: Questionnaire, name: str) -> Node:
    return next(node for node in model.measurement_by_id["capacities"].nodes if node.id == name)


def meeting(model: Questionnaire, points: Mapping[str, int]) -> dict[str, int]:
    """Sub-capacities met so that each capacity has these points; all others are not met."""
    marks = {item.id: 0 for item in model.measurement_by_id["capacities"].items}
    for name, wanted in points.items():
        items = capacity(model, name).items
        subsets = (each for count in range(len(items) + 1) for each in combinations(items, count))
        met = next(subset for subset in subsets if sum(item.weight for item in subset) == wanted)
        marks |= {item.id: 1 for item in met}
    return marks


def all_met(model: Questionnaire, value: int = 1) -> dict[str, int]:
    return {item.id: value for item in model.measurement_by_id["capacities"].items}


def entity(
    model: Questionnaire,
    code: str = "05001",
    *,
    capacities: Mapping[str, object] | None = None,
    perception: int | Mapping[str, object] = 4,
    results: int | Mapping[str, Response] = 4,
    each: int = 15,
) -> EntityAnswers:
    """A complete entity; one mark for all statements or indicators, or one each."""
    statements = {item.id: perception for item in model.measurement_by_id["perception"].items}
    indicators = {item.id: b.indicator(results) for item in model.measurement_by_id["results"].items}
    return b.answers(
        code,
        {
            **(all_met(model) if capacities is None else capacities),
            **(indicators if isinstance(results, int) else results),
        },
        [b.everyone(model, statements if isinstance(perception, int) else perception, each)],
    )


def test_axes_3_4_2_5_1_give_3(model: Questionnaire) -> None:
    points = {
        # (6 + 0 + 6 * 12/24 + 6 * 13/26) / 4 = 12/4 = 3
        "C-01": 52,
        "C-02": 0,
        "C-03": 12,
        "C-04": 13,
        # (6 + 6 * 18/27 + 0 + 6) / 4 = 16/4 = 4
        "C-05": 40,
        "C-06": 18,
        "C-07": 0,
        "C-08": 28,
        # (6 * 22/33 + 0) / 2 = 2
        "C-09": 22,
        "C-10": 0,
        # five of six whole: 30/6 = 5
        "C-11": 32,
        "C-12": 21,
        "C-13": 33,
        "C-14": 21,
        "C-15": 40,
        "C-16": 0,
        # (6 * 14/28 + 0 + 0) / 3 = 1
        "C-17": 14,
        "C-18": 0,
        "C-19": 0,
    }
    index = score(model, [entity(model, capacities=meeting(model, points))])
    axes = [child.id for child in model.measurement_by_id["capacities"].root.children]
    assert [index.node(index.rows[0], "capacities", axis).score for axis in axes] == [3, 4, 2, 5, 1]
    whole = index.node(index.rows[0], "capacities", "capacities")
    assert (whole.score, whole.level) == (3.0, 3)


def test_dimension_is_the_mean_of_its_statements(model: Questionnaire) -> None:
    """Subdimension means 4 (3 items), 3 (3), 5 (4), 1 (1), 6 (1): 48/12 = 4, not their plain mean 3.80."""
    by_size = {"economia-del-conocimiento": 4, "empleo": 3, "entorno-productivo": 5}
    means = by_size | {"transformacion-digital": 1, "economia-circular": 6}
    root = model.measurement_by_id["perception"].root
    dimension = next(child for child in root.children if child.id == "desarrollo-economico")
    marks = {item.id: 4 for item in root.all_items()}
    marks |= {item.id: means[sub.id] for sub in dimension.children for item in sub.items}
    index = score(model, [entity(model, perception=marks)])
    row = index.rows[0]
    assert [index.node(row, "perception", sub.id).score for sub in dimension.children] == [
        means[sub.id] for sub in dimension.children
    ]
    found = index.node(row, "perception", "desarrollo-economico")
    assert (found.score, found.level) == (4.0, 4)


@pytest.mark.parametrize(
    ("met", "expected", "level", "staged"),
    [
        pytest.param("abc", 36 / 21, 2, 3, id="6 * (1 + 2 + 3) / 21"),
        pytest.param("", 0.0, 0, 0, id="nothing"),
        pytest.param("abcdef", 6.0, 6, 6, id="everything"),
        pytest.param("bcdef", 6 * 20 / 21, 6, 0, id="all but the foundation"),
        pytest.param("a", 6 / 21, 1, 1, id="the foundation alone"),
    ],
)
def test_capacity_18(model: Questionnaire, met: str, expected: float, level: int, staged: int) -> None:
    marks = all_met(model) | {f"C-18-{letter}": int(letter in met) for letter in "abcdef"}
    index = score(model, [entity(model, capacities=marks)])
    found = index.node(index.rows[0], "capacities", "C-18")
    assert (found.score, found.level, found.staged_level) == (expected, level, staged)


def test_level_without_items_is_passed_on_the_way_to_the_next(model: Questionnaire) -> None:
    """C-11 has no level 5: with all met it is at 6, with all but level 6 at 4."""
    names = {item.id: item.level for item in capacity(model, "C-11").items}
    assert 5 not in names.values()
    marks = all_met(model) | {name: int(level != 6) for name, level in names.items()}
    index = score(model, [entity(model, "05001"), entity(model, "05002", capacities=marks)])
    by_code = {row.entity.code: index.node(row, "capacities", "C-11").staged_level for row in index.rows}
    assert by_code == {"05001": 6, "05002": 4}


def test_everything_met_and_nothing_met(model: Questionnaire) -> None:
    index = score(model, [entity(model, "05001"), entity(model, "05002", capacities=all_met(model, 0))])
    best, worst = (index.node(row, "capacities", "capacities") for row in index.rows)
    assert (best.score, best.level, best.staged_level) == (6.0, 6, 6)
    assert (worst.score, worst.level, worst.staged_level) == (0.0, 0, 0)


def test_all_ones_in_perception(model: Questionnaire) -> None:
    index = score(model, [entity(model, perception=1)])
    found = index.node(index.rows[0], "perception", "perception")
    assert (found.score, found.level) == (1.0, 1)


def test_index_and_harmonised_index(model: Questionnaire) -> None:
    """All met, perception 4, results 2: (6 + 4 + 2) / 3 = 4; harmonised (100 + 60 + 20) / 3 = 60."""
    index = score(model, [entity(model, perception=4, results=2)])
    row = index.rows[0]
    assert (row.index, row.index_harmonised, row.status, row.rank) == (4.0, 60.0, Status.RANKED, 1)
    # Sixths of [2/3, 6] end at 14/9, 22/9, 30/9, 38/9 = 4.22: 4 is in the fourth.
    assert row.level == 4
    profile = index.node(row, "profile", "personas")
    assert profile.score == 3.0
    assert len(row.weakest) == 6


def test_scales_of_the_index(model: Questionnaire) -> None:
    place = score(model, []).table.places[0]
    assert (place.scale_min * 3, place.scale_max) == (2, 6)


def test_same_score_shares_the_rank_and_the_next_is_skipped(model: Questionnaire) -> None:
    marks = {"05001": 5, "05002": 4, "05003": 4, "05004": 3}
    index = score(model, [entity(model, code, results=mark) for code, mark in marks.items()])
    assert [(row.entity.code, row.rank, row.tied) for row in index.rows] == [
        ("05001", 1, False),
        ("05002", 2, True),
        ("05003", 2, True),
        ("05004", 4, False),
    ]


def test_one_respondent_is_never_ranked(model: Questionnaire) -> None:
    best = {item.id: {"6": 1} for item in model.measurement_by_id["perception"].items}
    one = b.tallies(model, {"academia": best})
    lonely = entity(model, "05001")
    lonely = EntityAnswers(lonely.entity, lonely.responses, {"perception": one})
    index = score(model, [lonely, entity(model, "05002", perception=1, results=1)])
    assert [(row.entity.code, row.status, row.rank) for row in index.rows] == [
        ("05002", Status.RANKED, 1),
        ("05001", Status.PROVISIONAL, None),
    ]
    reasons = index.rows[1].reasons
    assert {reason.rule for reason in reasons} == {
        "min_respondents",
        "min_per_segment",
        "max_segment_share",
        "min_answers",
    }
    assert [(reason.node, reason.value) for reason in reasons if reason.rule == "min_answers"] == [("", 1.0)]


def test_sixty_of_72_indicators_without_data_never_make_a_first_place(model: Questionnaire) -> None:
    asked = [i.id for i in model.measurement_by_id["results"].items if "alcaldia" in i.applies_to]
    assert len(asked) == 72
    little = {name: b.no_data() if number < 60 else b.indicator(6) for number, name in enumerate(asked)}
    spread = {name: b.no_data() if number % 6 else b.indicator(6) for number, name in enumerate(asked)}
    assert sum(response.state is State.NO_DATA for response in spread.values()) == 60
    index = score(
        model,
        [
            entity(model, "05001", perception=6, results=little),
            entity(model, "05002", perception=6, results=spread),
            entity(model, "05003", capacities=all_met(model, 0), perception=1, results=1),
        ],
    )
    assert [(row.entity.code, row.rank, row.index) for row in index.rows] == [
        ("05003", 1, 2 / 3),
        ("05001", None, None),
        ("05002", None, None),
    ]
    assert all(row.status is Status.INCOMPLETE for row in index.rows[1:])


def test_blank_template_has_bounds_and_no_score(model: Questionnaire) -> None:
    index = score(model, [b.answers("05001")])
    row = index.rows[0]
    assert (row.status, row.index, row.level, row.coverage) == (Status.INCOMPLETE, None, None, 0.0)
    assert (row.index_low, row.index_high) == (2 / 3, 6.0)
    assert [(reason.rule, reason.measurement) for reason in row.reasons] == [
        ("missing", "capacities"),
        ("missing", "perception"),
        ("missing", "results"),
    ]


def test_blanks_of_a_capacity_count_as_not_met_and_widen_its_bounds(model: Questionnaire) -> None:
    """C-18 with level 1 to 5 met and f not marked: 6 * 15/21, at best 6; covered 15/21."""
    marks: dict[str, object] = dict(all_met(model))
    del marks["C-18-f"]
    index = score(model, [entity(model, capacities=marks)])
    found = index.node(index.rows[0], "capacities", "C-18")
    assert (found.score, found.low, found.high) == (90 / 21, 90 / 21, 6.0)
    assert found.coverage == 15 / 21


def test_capacity_below_half_is_not_shown_but_its_items_count(model: Questionnaire) -> None:
    """Of C-18 only f is marked: 6 of 21 points, coverage 0.29; the axis still has 6 * 6/21 in its mean."""
    marks: dict[str, object] = {
        k: v for k, v in all_met(model).items() if not k.startswith("C-18-") or k.endswith("f")
    }
    index = score(model, [entity(model, capacities=marks)])
    row = index.rows[0]
    hidden = index.node(row, "capacities", "C-18")
    assert (hidden.score, hidden.level, hidden.staged_level) == (None, None, None)
    assert (hidden.low, hidden.high) == (36 / 21, 6.0)
    assert index.node(row, "capacities", "tecnologia-y-estandares").score == pytest.approx(
        (6 + 36 / 21 + 6) / 3
    )


def test_gobernacion_has_all_items_that_can_exist_for_it(model: Questionnaire) -> None:
    who = b.entity("05", "gobernacion")
    answers = entity(model)
    index = score(model, [EntityAnswers(who, answers.responses, answers.tallies)])
    assert index.node(index.rows[0], "results", "results").n == 90
    bogota = EntityAnswers(b.entity("11001"), answers.responses, answers.tallies)
    index = score(model, [bogota])
    assert index.node(index.rows[0], "results", "results").n == 92


def test_axis_and_dimension_thresholds(model: Questionnaire) -> None:
    """analitica has C-09 and C-10: without C-10 the axis is covered 1/2, which reaches 0.50 but not 0.65."""
    marks: dict[str, object] = {k: v for k, v in all_met(model).items() if not k.startswith("C-10")}
    row = score(model, [entity(model, capacities=marks)]).rows[0]
    assert row.status is Status.PROVISIONAL
    (reason,) = row.reasons
    assert (reason.rule, reason.node, reason.value, reason.threshold) == (
        "min_coverage",
        "analitica-y-gestion-de-datos",
        0.5,
        0.65,
    )
    assert row.index is not None
    assert row.rank is None


def test_measurements_named_are_scored_for_everybody(model: Questionnaire) -> None:
    """Capacities 6 and perception 4 alone: (6 + 4) / 2 = 5, on [1/2, 6]."""
    index = score(model, [entity(model)], measurements=["perception", "capacities"])
    assert index.measurements == ("capacities", "perception")
    assert index.rows[0].index == 5.0
    assert (index.table.places[0].scale_min * 2, index.table.places[0].scale_max) == (1, 6)


def test_one_entity_alone_gets_the_same_bits(model: Questionnaire) -> None:
    random = np.random.default_rng(5)

    def anybody(code: str) -> EntityAnswers:
        capacities = {
            item.id: int(random.integers(0, 2))
            for item in model.measurement_by_id["capacities"].items
            if random.random() < 0.9
        }
        results = {
            item.id: b.no_data() if random.random() < 0.1 else b.indicator(random.integers(1, 7))
            for item in model.measurement_by_id["results"].items
        }
        marks = {item.id: int(random.integers(1, 7)) for item in model.measurement_by_id["perception"].items}
        return entity(model, code, capacities=capacities, perception=marks, results=results)

    everybody = [anybody(f"{number:05d}") for number in range(60)]
    together = score(model, everybody).table
    names = ("score", "low", "high", "coverage", "excluded", "weight_effective", "level", "staged_level")
    for number in (0, 17, 59):
        alone = score(model, [everybody[number]]).table
        for name in names:
            assert getattr(alone, name)[0].tobytes() == getattr(together, name)[number].tobytes(), name
