from __future__ import annotations

from fractions import Fraction

import pytest

from ctimaturity.reporting.words import Words, shortened, shown

ES, EN = Words("es"), Words("en")


@pytest.mark.parametrize(
    ("names", "spanish", "english"),
    [
        pytest.param([], "", "", id="none"),
        pytest.param(["A"], "A", "A", id="one"),
        pytest.param(["A", "B"], "A y B", "A and B", id="two"),
        pytest.param(["A", "Infraestructura"], "A e Infraestructura", "A and Infraestructura", id="before-i"),
        pytest.param(["A", "Hidrografía"], "A e Hidrografía", "A and Hidrografía", id="before-hi"),
        pytest.param(["A", "Hielo"], "A y Hielo", "A and Hielo", id="before-hie"),
        pytest.param(list("ABCDE"), "A, B, C, D y E", "A, B, C, D and E", id="five-are-all-named"),
        pytest.param(list("ABCDEFG"), "A, B, C, D y 3 más", "A, B, C, D and 3 more", id="seven-are-not"),
    ],
)
def test_listed(names: list[str], spanish: str, english: str) -> None:
    assert ES.listed(names) == spanish
    assert EN.listed(names) == english


def test_an_interval_has_two_ends_unless_they_are_shown_alike() -> None:
    assert ES.interval(2.0, 3.345) == "2,00–3,35"
    assert EN.interval(2.001, 2.004) == "2.00"
    assert EN.interval(None, 2.0) == "–"


def test_a_number_does_not_cross_a_level_bound() -> None:
    # 2.996 would show as 3.00, which lies on the bound it is below.
    assert EN.number(2.996, (Fraction(3),)) == "2.996"


def test_a_number_on_a_bound_is_rounded_as_usual() -> None:
    assert EN.number(8 / 3, (Fraction(8, 3),)) == "2.67"
    assert EN.number(2 / 3, (Fraction(2, 3), Fraction(6))) == "0.67"


def test_texts_show_what_cannot_be_seen() -> None:
    assert ES.text({"es": "a\u202eb", "en": "x"}) == "a\\u202eb"
    assert ES.text(None) == ""


def test_a_kind_has_the_word_of_the_definition_or_of_the_catalogue() -> None:
    labels = {"process-area": {"es": "proceso", "en": "process"}}
    assert ES.kind("process-area", labels) == "proceso"
    assert ES.kind("axis", {}) == "eje"
    assert ES.kind("axis", {"axis": {"es": "pilar", "en": "pillar"}}) == "pilar"
    assert EN.kind("process-area", {}) == "process area"


def test_texts_from_outside_are_cut() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("ab cd", 4) == "ab…"
    assert shown("x" * 201) == "x" * 199 + "…"
    assert shown("\x00" * 9_999) == "\\x00" * 49 + "\\x0…"
