"""Pages of rounds that are small, or of instruments without levels and entities without names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.model.assessment import Assessment
from ctimaturity.reporting.dossier import Dossiers
from ctimaturity.reporting.dossier_document import dossier_html
from ctimaturity.reporting.index_document import index_html
from ctimaturity.reporting.page_templates import PageTemplates
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.scoring.index import score
from documents import Page
from invented import Invented, assessment
from other_instruments import TWO_AXES, entity_answers, instrument

if TYPE_CHECKING:
    from collections.abc import Sequence

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)


def without_names() -> Assessment:
    definition = instrument("two-axes")
    many = [entity_answers(definition, TWO_AXES, code) for code in ("X-1", "X-2", "X-3")]
    return Assessment(
        questionnaire=definition,
        answers={each.entity.code: each for each in many},
        index=score(definition, many),
        diagnostics=(),
        options={},
        inputs={},
        awaited=(),
    )


def test_an_entity_without_a_name_goes_by_its_code() -> None:
    made = without_names()
    assert "X-1, X-2 y X-3 comparten el primer puesto con 3,75." in index_html(made, PROVENANCE, "es")
    page = dossier_html(Dossiers(made, PROVENANCE, "es").of(made.index.rows[0]), PageTemplates())
    assert "<h1>X-1</h1>" in page
    assert ">Puesto entre: otro<" in page


def test_without_levels_there_is_no_column_of_levels() -> None:
    rows = Page(index_html(without_names(), PROVENANCE, "es")).tables["3 entidades clasificadas"]
    assert rows[0] == ["Puesto", "Entidad", "Índice", "Intervalo", "Controls", "Cobertura"]
    assert [len(row) for row in rows] == [6] * 4


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        pytest.param((5.0,), False, id="one"),
        pytest.param((5.0, 3.0), False, id="each-another"),
        pytest.param((5.0, 4.9, 3.0, 2.9), False, id="two-levels-as-frequent"),
        pytest.param((5.0, 4.9, 3.0), True, id="one-more-frequent"),
    ],
)
def test_a_level_is_the_most_frequent_only_when_it_is(scores: Sequence[float], said: bool) -> None:  # noqa: FBT001  (a parameter of pytest)
    some = tuple(Invented(f"{n:05d}", f"Villa {n}", value) for n, value in enumerate(scores, 1))
    page = index_html(assessment(invented=some), PROVENANCE, "es")
    assert ("El nivel más frecuente es" in page) is said
