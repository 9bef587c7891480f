from __future__ import annotations

from dataclasses import replace

import pytest

from builders import answers, entity, everyone, indicator, item, mini, mini_answers, node, tree
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.score import Status
from ctimaturity.reporting.index_document import index_html, index_markdown
from ctimaturity.reporting.index_view import index_view
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.scoring.index import score
from invented import DOZEN, assessment, index_of

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)


def test_headline() -> None:
    assert index_view(assessment(), PROVENANCE, "en").headline == (
        ("entities answered", 11),
        ("ranked", 8),
        ("provisional", 1),
        ("incomplete", 1),
        ("refused", 1),
        ("have not answered", 2),
    )


def test_headline_counts_in_spanish() -> None:
    view = index_view(assessment(invented=DOZEN[:1]), PROVENANCE, "es")
    assert view.headline[0] == ("entidad respondió", 1)
    assert view.headline[1] == ("clasificada", 1)
    assert view.headline[2] == ("provisionales", 0)


def test_two_first_places_are_both_named() -> None:
    view = index_view(assessment(invented=DOZEN[1:3]), PROVENANCE, "es")
    assert view.summary[0] == (
        "Villa Cañada de los Vientos y del Santo Sosiego y Puerto Sereno comparten el primer puesto con 4,20."
    )
    assert view.summary[1] == "El nivel más frecuente es Nivel 4, con 2 entidades."


def test_of_many_findings_the_first_are_shown() -> None:
    findings = tuple(
        Diagnostic(
            codes.ANSWER_OUT_OF_SCALE,
            Location("libros/90009.xlsx", "Hoja", f"D{row}"),
            {"item": "x", "options": "1"},
        )
        for row in range(1, 8)
    )
    view = index_view(replace(assessment(), diagnostics=findings), PROVENANCE, "en")
    (refused,) = view.entities[Status.REFUSED]
    assert len(refused.findings) == 6
    assert refused.findings[0].startswith("Hoja!D1: the answer to x")
    assert refused.findings[-1] == "and 2 more, in findings.csv"


def test_a_finding_of_the_whole_file_has_no_place() -> None:
    finding = Diagnostic(
        codes.ANSWER_OUT_OF_SCALE, Location("libros/90009.xlsx"), {"item": "x", "options": "1"}
    )
    view = index_view(replace(assessment(), diagnostics=(finding,)), PROVENANCE, "en")
    assert view.entities[Status.REFUSED][0].findings[0].startswith("the answer to x")


def test_a_chosen_set_of_measurements_is_said_everywhere() -> None:
    given = [mini_answers("90001", 4)]
    index = score(mini(), given, measurements=["capacities", "results"])
    part = Assessment(mini(), {"90001": given[0]}, index, (), {}, {})
    view = index_view(part, PROVENANCE, "es")
    said = (
        "Todas las entidades se calificaron solo con estas mediciones:"
        " título de capacities y título de results."
    )
    assert view.summary[0] == said
    assert said in index_html(part, PROVENANCE, "es")
    assert ("Mediciones", "título de capacities, título de results") in view.provenance
    assert [column.node for column in view.columns.measurements] == ["capacities", "results"]


def test_the_basis_of_the_indicators_is_said() -> None:
    given = [mini_answers("90001", 4)]
    view = index_view(
        Assessment(mini(), {"90001": given[0]}, score(mini(), given), (), {}, {}), PROVENANCE, "en"
    )
    assert (
        "Basis of the indicators",
        "reference ranges, else criterion mark (in fact: criterion mark)",
    ) in view.provenance
    assert view.ranked[0].basis == "criterion mark"


def test_types_that_the_definition_does_not_name() -> None:
    given = [mini_answers(entity("A-1", "other")), mini_answers(entity("A-2", "resguardo\u200b"))]
    index = score(mini(), given)
    view = index_view(Assessment(mini(), {}, index, (), {}, {}), PROVENANCE, "es")
    assert [each.type for each in view.ranked] == ["otro", "resguardo\\u200b"]


@pytest.mark.parametrize("language", ["es", "en"])
def test_an_instrument_of_another_shape(language: str) -> None:
    """One measurement, no levels, no profile, items right below its root, one part of another depth."""
    definition = tree(
        node("a", item("A-1"), item("A-2"), rule="geometric"), item("B-1", weight=3), rule="power", exponent=2
    )
    given = [answers(code, {"A-1": 2, "A-2": 3, "B-1": 4}) for code in ("1", "2", "3")]
    index = score(definition, given)
    made = Assessment(definition, {each.entity.code: each for each in given}, index, (), {}, {})
    view = index_view(made, PROVENANCE, language)
    assert [grid.columns[0].node for grid in view.columns.grids] == ["a"]
    assert view.ranked[0].index.level is None
    assert "Nivel 1" not in index_html(made, PROVENANCE, language)
    assert index_markdown(made, PROVENANCE, language)


def test_a_tie_for_the_weakest_names_all() -> None:
    view = index_view(
        Assessment(mini(), {}, score(mini(), [mini_answers("90001", 4)]), (), {}, {}), PROVENANCE, "es"
    )
    assert view.ranked[0].weakest == "título de personas, título de habitat"


def test_what_cannot_be_scored_has_a_dash() -> None:
    definition = mini()
    survey = everyone(definition, {f"P-{n}": 4 for n in range(1, 5)})
    sparse = answers("90001", {"R-1": indicator(3, 3)}, [survey])
    index = score(definition, [sparse])
    view = index_view(Assessment(definition, {"90001": sparse}, index, (), {}, {}), PROVENANCE, "es")
    assert view.ranked == ()
    assert view.summary == ("Ninguna entidad tiene respuestas suficientes para entrar en la clasificación.",)


def test_groups() -> None:
    definition = mini()
    view = index_view(replace(assessment(definition), index=index_of(definition)), PROVENANCE, "en")
    by_type, by_region = view.groupings
    assert (by_type.title, by_region.title) == ("Type of entity", "Region")
    assert by_type.small == ("gobernacion",)
    (group,) = by_region.groups
    assert [(line.place, line.code, line.index) for line in group.lines] == [
        ("1 of 4", "90001", "4.88"),
        ("2 of 4", "90002", "4.20"),
        ("3 of 4", "90004", "3.63"),
        ("4 of 4", "90006", "1.00"),
    ]
