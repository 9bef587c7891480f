"""Answers that can be read and still deserve a question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders import answered, answers, entity, items, measurement, node, questionnaire
from ctimaturity.workbook.suspicion import suspicions

if TYPE_CHECKING:
    from collections.abc import Mapping
from returned import names_of

TWENTY = questionnaire(measurement(node("m", *items("X", 20), kind="measurement")))


def marks(*given: int) -> dict[str, int]:
    return {f"X-{number}": mark for number, mark in enumerate(given, 1)}


def found(**by_code: Mapping[str, object]) -> list[tuple[str, str]]:
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


def test_offices_that_mark_only_what_they_have() -> None:
    """With the cover's confirmation the other twelve are answers as well, so not all are the same."""
    blank = replace(answered(1), confirmed=True)
    marked = {f"X-{number}": answered(3) if number < 9 else blank for number in range(1, 21)}
    assert found(A=marked) == []
