from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import answers, excluded, item, measurement, mini, mini_answers, node, questionnaire
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.method import MethodText, method
from ctimaturity.reporting.words import Words
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers


def told(definition: Questionnaire, given: EntityAnswers, language: str = "en", **options: str) -> MethodText:
    index = score(definition, [given], **options)  # type: ignore[arg-type]
    words = Words(language)
    return method(definition, index, ScoreColumns(definition, index, words), words)


def test_equal_weights_are_a_plain_mean() -> None:
    first = told(mini(), mini_answers()).paragraphs[0]
    assert first == (
        "The index is the mean of its measurements (título de capacities 33%, título de perception 33% and"
        " título de results 33%), on a scale from 0.67 to 6.00."
    )


def test_unequal_weights_are_said() -> None:
    definition = questionnaire(
        measurement(node("a", item("A-1", weight=1), item("A-2", weight=2), kind="measurement")),
        measurement(node("b", item("B-1"), kind="measurement", max_excluded=excluded("0.35", "incomplete"))),
        weights={"a": 3, "b": 1},
    )
    made = told(definition, answers("1", {"A-1": 1, "A-2": 2, "B-1": 3}))
    assert made.paragraphs[0].startswith(
        "The index is the weighted mean of its measurements (título de a 75% and"
    )
    measurements, thresholds = made.tables
    assert measurements.rows[0] == (
        "título de a",
        "the entity, one agreed answer",
        "2",
        "measurement: weighted mean of all its items",
        "1.00–6.00",
        "counts as the worst answer",
    )
    assert thresholds.rows == (
        ("share without data or not applicable", "measurement", "above 35%", "incomplete: no index"),
    )


@pytest.mark.parametrize(
    ("basis", "begins"),
    [
        ("auto", "Each indicator takes the mark that its reference ranges give its value, or"),
        ("criterion", "Each indicator takes the criterion mark"),
        ("self", "Each indicator takes the range mark"),
    ],
)
def test_the_basis_is_explained(basis: str, begins: str) -> None:
    paragraphs = told(mini(), mini_answers(), results_basis=basis).paragraphs
    assert any(paragraph.startswith(begins) for paragraph in paragraphs)


def test_caveats_say_what_any_report_must_say() -> None:
    caveats = " ".join(told(mini(), mini_answers()).caveats)
    for said in (
        "nobody has verified",
        "strong parts hide weak ones",
        "Small differences",
        "sampling error",
        "few dozen entities",
        "Editions",
        "weights of the measurements",
        "reference ranges",
    ):
        assert said in caveats


def test_caveats_of_a_survey_alone_do_not_speak_of_indicators() -> None:
    definition = mini()
    caveats = " ".join(told(definition, mini_answers(), measurements=["perception"]).caveats)  # type: ignore[arg-type]
    assert "sampling error" in caveats
    assert "indicators" not in caveats
    assert "own" not in caveats


def test_decisions_come_from_the_definition() -> None:
    definition = mini().model_copy(update={"notes": ({"es": "Una decisión.", "en": "A choice."},)})
    assert told(definition, mini_answers(), "es").decisions == ("Una decisión.",)
