"""Answers that can be read and still deserve a question."""

from __future__ import annotations

from builders import answers, entity, items, measurement, node, questionnaire
from ctimaturity.workbook.suspicion import suspicions
from returned import names_of

TWENTY = questionnaire(measurement(node("m", *items("X", 20), kind="measurement")))


def marks(*given: int) -> dict[str, int]:
    return {f"X-{number}": mark for number, mark in enumerate(given, 1)}


def found(**by_code: dict[str, int]) -> list[tuple[str, str]]:
    everyone = [answers(entity(code), given) for code, given in by_code.items()]
    diagnostics = suspicions(TWENTY, everyone, "es")
    return [
        (name, str(d.parameters.get("other", "")))
        for name, d in zip(names_of(diagnostics), diagnostics, strict=True)
    ]


def test_all_answers_the_same() -> None:
    assert found(A=marks(*[3] * 20)) == [("all-answers-equal", "")]


def test_a_few_equal_answers_are_chance() -> None:
    assert found(A=marks(*[3] * 9), B=marks(*[3] * 9)) == []


def test_the_answers_of_another() -> None:
    same = marks(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5)
    other = marks(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 6)
    assert found(A=same, B=other, C=same) == [("same-as-another-entity", "A")]
