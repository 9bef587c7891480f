"""Codes of DIVIPOLA as people and spreadsheets write them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.indicators.divipola import divipola, normalise, same_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("05001", "05001"),
        ("5001", "05001"),
        ("5,001", "05001"),
        ("5.001", "05001"),
        ("5001.0", "05001"),
        ("5,001.00", "05001"),
        (" 05001 ", "05001"),
        ("'05001", "05001"),
        ("76001", "76001"),
        ("76,001", "76001"),
        ("05", "05"),
        ("5", "05"),
        ("5.0", "05"),
        ("11", "11001"),
        ("11001", "11001"),
    ],
)
def test_zeros_that_a_spreadsheet_dropped_are_put_back(written: str, code: str) -> None:
    normalised = normalise(written)
    assert normalised.code == code
    assert normalised.changed == (written != code)
    assert divipola().find(code) is not None


@pytest.mark.parametrize(
    "written", ["501", "050010", "5001.5", "E01", "-5001", "5001 Medellín", "5,01", "", "٥٠٠١"]
)
def test_three_digits_and_everything_else_are_refused(written: str) -> None:
    normalised = normalise(written)
    assert normalised.code == ""
    assert normalised.problem is codes.ENTITY_CODE_UNREADABLE


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("05001", "alcaldia", "Medellín"),
        ("05", "gobernacion", "Antioquia"),
        ("11001", "alcaldia", "Bogotá, D.C."),
        ("88", "gobernacion", "Archipiélago de San Andrés, Providencia y Santa Catalina"),
        ("88564", "alcaldia", "Providencia"),
    ],
)
def test_the_code_says_the_type(code: str, kind: str, name: str) -> None:
    place = divipola().find(code)
    assert place is not None
    assert place.governed
    assert place.as_entity().type == kind
    assert place.as_entity().name == name


@pytest.mark.parametrize("code", ["88001", "91263", "94888", "97511", "11"])
def test_places_without_an_alcaldia_of_their_own(code: str) -> None:
    place = divipola().find(code)
    assert place is not None
    assert not place.governed


def test_places_are_found_by_name() -> None:
    assert [place.code for place in divipola().named("Alcaldía de Medellin")] == ["05001"]
    assert [place.code for place in divipola().named("Medelin")] == ["05001"]
    assert [place.code for place in divipola().named("Gobernación del Huila")] == ["41"]
    assert len(divipola().named("Villanueva")) == 3  # of four
    assert divipola().named("xyzzy") == ()
    assert divipola().named("") == ()


def test_names_agree_when_one_holds_the_words_of_the_other() -> None:
    assert same_name("Alcaldía Municipal de Cúcuta", "San José de Cúcuta")
    assert same_name("BOGOTA", "Bogotá, D.C.")
    assert not same_name("Cali", "Medellín")


@pytest.mark.shared
def test_the_table_is_the_reference_one(shared: Path) -> None:
    with (shared / "reference" / "divipola.csv").open(encoding="utf-8", newline="") as stream:
        reference = {row["code"]: (row["name"], row["kind"]) for row in csv.DictReader(stream)}
    assert {code: (place.name, place.kind) for code, place in divipola().territories.items()} == reference
