"""What a person would call the same words."""

from __future__ import annotations

import pytest

from ctimaturity.language.folding import folded, nearest


@pytest.mark.parametrize(
    "text",
    [
        "Más bien de acuerdo",
        "MAS BIEN DE ACUERDO",
        "  más  bien\u00a0de\tacuerdo ",
        "Ma\u0301s bien de acuerdo",
        "Ｍás bien de acuerdo",
        "más\u200b bien de\u00ad acuerdo",
    ],
)
def test_case_accents_spaces_and_what_cannot_be_seen_make_no_difference(text: str) -> None:
    assert folded(text) == "mas bien de acuerdo"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“sí”", '"si"'),
        ("don’t", "don't"),
        ("3 – 4", "3 - 4"),
        ("−5", "-5"),
        ("STRASSE", "straße"),
        ("ﬁn", "fin"),
    ],
)
def test_typographic_forms_are_their_plain_ones(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_letters_and_digits_do_make_a_difference() -> None:
    assert len({folded(text) for text in ("cumple", "no cumple", "cumple 1", "cumplen")}) == 4


def test_folding_twice_is_folding_once() -> None:
    for text in ("Ǆ “X”", "İstanbul", "ªº½", "…"):
        assert folded(folded(text)) == folded(text)


def test_the_nearest_is_offered_as_it_is_written() -> None:
    assert nearest("medelin", ["Cali", "Medellín"]) == "Medellín"
    assert nearest("xyz", ["Cali", "Medellín"]) == ""
    assert nearest("", []) == ""
