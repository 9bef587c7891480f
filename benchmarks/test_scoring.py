"""Scoring 1,000 entities on the 346 items of the ministry's model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import builders as b
from ctimaturity.definitions.library import Library
from ctimaturity.model.response import EntityAnswers, Response
from ctimaturity.scoring.evaluation import Evaluation
from ctimaturity.scoring.index import read_items, score
from ctimaturity.scoring.plan import compile_plan
from ctimaturity.scoring.tallies import tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.scoring.step import Step

ENTITIES = 1000
RESPONDENTS = 120


class WithoutRecomputing(Evaluation):
    """The array arithmetic alone: nothing is near enough to anything to be computed exactly."""

    def _near(self, step: Step, value: NDArray[np.float64]) -> NDArray[np.bool_]:
        return super()._near(step, value) & False


@pytest.fixture(scope="module")
def model() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


@pytest.fixture(scope="module")
def thousand(model: Questionnaire) -> list[EntityAnswers]:
    """Answers at random: a twentieth of the capacities blank, a tenth of the indicators without data."""
    random = np.random.default_rng(1)
    capacities, perception, results = (
        model.measurement_by_id[name].items for name in ("capacities", "perception", "results")
    )
    segments = np.arange(RESPONDENTS) % len(model.segments)
    found = []
    for number in range(ENTITIES):
        responses: dict[str, Response] = {
            item.id: b.answered(random.integers(0, 2)) for item in capacities if random.random() < 0.95
        }
        for item in results:
            mark = random.integers(1, 7)
            responses[item.id] = b.no_data() if random.random() < 0.1 else b.indicator(mark, mark)
        marks = random.integers(-1, 6, (RESPONDENTS, len(perception))).astype(np.int8)
        survey = (
            tally(model, "perception", segments, marks)
            if number < 50
            else found[number % 50].tallies["perception"]
        )
        found.append(EntityAnswers(b.entity(f"{number:05d}"), responses, {"perception": survey}))
    return found


def test_array_arithmetic_takes_less_than_50_ms(
    benchmark: Any, model: Questionnaire, thousand: list[EntityAnswers]
) -> None:
    plan = compile_plan(model)
    items = read_items(plan, thousand)
    benchmark.pedantic(WithoutRecomputing, (plan, items, ENTITIES), rounds=15, warmup_rounds=2)
    assert benchmark.stats.stats.min < 0.05


def test_exact_decisions_do_not_dominate(
    benchmark: Any, model: Questionnaire, thousand: list[EntityAnswers]
) -> None:
    plan = compile_plan(model)
    items = read_items(plan, thousand)
    benchmark.pedantic(Evaluation, (plan, items, ENTITIES), rounds=10, warmup_rounds=1)
    assert benchmark.stats.stats.min < 0.25


def test_scoring_and_ranking_from_answers(
    benchmark: Any, model: Questionnaire, thousand: list[EntityAnswers]
) -> None:
    index = benchmark.pedantic(score, (model, thousand), rounds=3)
    assert len(index.rows) == ENTITIES
    assert benchmark.stats.stats.min < 2


def test_survey_of_120_respondents_is_tallied(benchmark: Any, model: Questionnaire) -> None:
    random = np.random.default_rng(2)
    marks = random.integers(-2, 6, (RESPONDENTS, 82)).astype(np.int8)
    segments = random.integers(0, 4, RESPONDENTS)
    benchmark(tally, model, "perception", segments, marks)
    assert benchmark.stats.stats.min < 0.05
