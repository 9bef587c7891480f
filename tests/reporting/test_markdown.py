from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.reporting.index_document import index_markdown
from ctimaturity.reporting.markdown import escaped
from ctimaturity.reporting.provenance import Provenance
from documents import READER, markdown_tables
from invented import DOZEN, HOSTILE, Invented, assessment

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64, "2026")


@pytest.fixture(scope="module")
def markdown() -> str:
    return index_markdown(assessment(), PROVENANCE, "es")


def test_the_ranking_has_the_numbers_of_the_index(markdown: str) -> None:
    ranking = markdown_tables(markdown)[0]
    assert ranking[0][:7] == ["Puesto", "Entidad", "Código", "Tipo", "Índice", "Nivel", "Intervalo"]
    assert [row[0] for row in ranking[1:]] == ["1", "2=", "2=", "4", "5", "6", "7", "8"]
    assert [row[4] for row in ranking[1:]] == ["4,88", "4,20", "4,20", "3,63", "3,34", "2,35", "1,75", "1,00"]
    assert ranking[1][5] == "5 · Nivel 5"
    assert ranking[1][6] == "4,58–5,03"


def test_every_table_is_whole_and_nothing_breaks_out_of_it(markdown: str) -> None:
    found = markdown_tables(markdown)
    assert all(len(row) == len(table[0]) for table in found for row in table)
    assert visible(HOSTILE) in [row[1] for row in found[0]]
    assert not any(token.type.startswith("html") for token in READER.parse(markdown))


def test_what_was_left_out_and_why(markdown: str) -> None:
    assert "## Entidades provisionales" in markdown
    assert "2,00–3,35" in markdown
    assert "2,90" not in markdown
    assert "| Santa Brisa | 90008 | alcaldia | incompleta | 40 % |" in markdown
    assert "A203" in markdown
    assert "- Monte \\<Claro\\> (90010)" in markdown


def test_headings_are_in_order(markdown: str) -> None:
    levels = [int(token.tag[1]) for token in READER.parse(markdown) if token.type == "heading_open"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_english() -> None:
    assert "| 2= | Puerto Sereno | 90003 | alcaldia | 4.20 |" in index_markdown(
        assessment(), PROVENANCE, "en"
    )


@given(st.text(st.sampled_from("ab |\\`*_[]()<>!#~&;:/.-+=0123@w\n\t$^\"'")))
@settings(max_examples=200, deadline=None)
def test_any_name_is_shown_as_it_is(name: str) -> None:
    table = f"| x | y |\n| --- | --- |\n| {escaped(name)} | z |\n"
    ((_, row),) = markdown_tables(table)
    assert row == [" ".join(name.split()), "z"]


@pytest.mark.parametrize("name", ["- uno", "1. uno", "+ uno", "# uno", "> uno", "---", "=== x", "    uno"])
def test_a_name_at_the_start_of_a_line_is_no_block(name: str) -> None:
    (first, *_) = READER.parse(escaped(name))
    assert first.type == "paragraph_open"


def test_nobody_ranked() -> None:
    text = index_markdown(
        assessment(invented=(DOZEN[-1], Invented("7", "x", None, status=DOZEN[-1].status))), PROVENANCE, "es"
    )
    assert "Ninguna entidad tiene respuestas suficientes" in text
    assert "## Clasificación" not in text
