"""Rulings of reviewers on answers: what they change, and when they are not applied."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.language.written import CellNumber
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.ruling import Decision, Ruling
from ctimaturity.workbook.ruling import Verified, apply_rulings

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire

CODE = "EJ-01"


@pytest.fixture(scope="module")
def model() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


def ruling(item: str = "C-01-a", decided: str = "0", **fields: str | int) -> Ruling:
    told = {"reason": "El acta no corresponde", "by": "Revisión", "date": "2026-11-02"}
    known = {"entity": CODE, "part": "", "stated": "1", "line": 2, **told, **fields}
    return Ruling(item=item, ruling=decided, **known)


def applied(model: Questionnaire, *rulings: Ruling) -> Verified:
    responses = {
        "C-01-a": Response(State.ANSWERED, option="1"),
        "R-PER-01": Response(State.ANSWERED, criterion="5"),
    }
    answers = EntityAnswers(Entity(CODE, "Villa Almendro", "alcaldia"), responses)
    return apply_rulings(model, {CODE: answers}, rulings, "decisiones.csv", "es")


def test_a_ruling_changes_the_answer_and_keeps_what_was_reported(model: Questionnaire) -> None:
    verified = applied(model, ruling())
    assert verified.diagnostics == []
    assert verified.answers[CODE].responses["C-01-a"].option == "0"
    assert verified.answers[CODE].responses["C-01-a"].source.origin == "ruling"
    assert verified.reported[CODE]["C-01-a"].option == "1"
    assert verified.rulings[0].decision is Decision.CHANGED


def test_an_answer_that_stands_is_left_alone(model: Questionnaire) -> None:
    verified = applied(model, ruling(decided="se mantiene"))
    assert verified.rulings[0].decision is Decision.STANDS
    assert verified.answers[CODE].responses["C-01-a"].option == "1"
    assert verified.reported == {}


def test_an_answer_set_aside_is_blank(model: Questionnaire) -> None:
    verified = applied(model, ruling(decided="se anula"))
    assert verified.answers[CODE].responses["C-01-a"].state is State.BLANK


def test_the_mark_of_an_indicator_can_be_ruled(model: Questionnaire) -> None:
    verified = applied(model, ruling("R-PER-01", "3", stated="5"))
    assert verified.answers[CODE].responses["R-PER-01"].criterion == "3"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        pytest.param("E303", ruling(entity="EJ-99"), id="an entity that sent nothing"),
        pytest.param("E304", ruling("C-99-z"), id="an item that nobody asks"),
        pytest.param("E305", ruling("P-PER-01"), id="a statement of the survey"),
        pytest.param("E306", ruling(decided="quizás"), id="no answer at all"),
        pytest.param("E311", ruling("R-PER-14", "1.234", part="value", stated=""), id="a number in doubt"),
        pytest.param("E307", ruling(stated="0"), id="an answer that no longer stands"),
        pytest.param("E309", ruling(by=""), id="nobody says who decided"),
        pytest.param("E310", ruling("R-PER-01", "3", part="promedio"), id="a part that it has not"),
    ],
)
def test_what_stands_in_the_way_is_said_at_its_line(model: Questionnaire, code: str, given: Ruling) -> None:
    verified = applied(model, given)
    (finding,) = verified.diagnostics
    assert finding.code.id == code
    assert (finding.location.file, finding.location.line) == ("decisiones.csv", 2)
    if code != "E309":
        assert verified.rulings[0].decision is Decision.NOT_APPLIED
        assert verified.reported == {}


def test_numbers_of_rulings_are_read_like_those_of_workbooks(model: Questionnaire) -> None:
    """Sixteen digits were E306, and so was what our own list of answers states: 1.234."""
    wrong = []
    for item, decided, value, code in [
        ("R-PER-04", "0.30000000000000004", "0.30000000000000004", None),
        ("R-PER-04", "4.5e-05", "0.000045", "E312"),
        ("R-PER-04", "85%", "85", "E312"),
        ("R-PER-04", "12.345", "12.345", "E312"),
        ("R-PER-04", "ochenta", None, "E306"),
        ("R-PER-14", "1.234.567", "1234567", "E312"),
        ("R-PER-14", "1.234", None, "E311"),
        ("R-PER-14", "1.2340", "1.2340", None),
        ("R-PER-14", CellNumber("1.234"), "1.234", None),
    ]:
        verified = applied(model, ruling(item, decided, part="value", stated=""))
        response = verified.reported and verified.answers[CODE].responses[item]
        read = response.value if response else None
        found = next((one.code.id for one in verified.diagnostics), None)
        if (read, found) != (value and Decimal(value), code):
            wrong.append((item, decided, read, found))
    assert wrong == []


def test_a_ruling_on_what_our_own_list_states_is_not_outdated(model: Questionnaire) -> None:
    given = {"R-PER-14": Response(State.ANSWERED, value=Decimal("1.234"))}
    answers = EntityAnswers(Entity(CODE, "Villa Almendro", "alcaldia"), given)
    stated = ruling("R-PER-14", "2", part="value", stated="1.234")
    verified = apply_rulings(model, {CODE: answers}, [stated], "decisiones.csv", "es")
    assert verified.diagnostics == []
    assert verified.answers[CODE].responses["R-PER-14"].value == 2


def test_two_rulings_on_one_answer_are_not_applied(model: Questionnaire) -> None:
    verified = applied(model, ruling(), ruling(decided="1", line=3))
    (finding,) = verified.diagnostics
    assert (finding.code.id, finding.location.line, finding.parameters["first"]) == ("E308", 3, 2)
    assert verified.answers[CODE].responses["C-01-a"].option == "1"
