"""Who a workbook is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import mini
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.indicators.entity_list import EntityList, entity_list
from ctimaturity.indicators.register import Claim, EntityRegister, Resolved
from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.questionnaire import Named

DIVIPOLA = EntityRegister()
OWN = EntityRegister(
    entity_list(
        "own.csv",
        [
            (1, ["code", "name", "type"]),
            (2, ["007", "Tres Esquinas", "alcaldia"]),
            (3, ["5", "Valle Hondo", "gobernacion"]),
            (4, ["N-1", "Nueva Aurora", ""]),
            (5, ["N-2", "Consorcio", "other"]),
        ],
    )
)


def names(resolved: Resolved) -> list[str]:
    return [d.code.name for d in resolved.diagnostics]


def claim(code: str = "", name: str = "", kind: str = "", issued: str = "") -> Claim:
    return Claim(code, name, kind, issued, "a.xlsx", "Portada", "C7", "C8", "C9")


@pytest.mark.parametrize(
    ("code", "entity", "found"),
    [
        pytest.param("05001", "05001", [], id="as-it-is"),
        pytest.param("5001", "05001", ["entity-code-completed"], id="zero-lost"),
        pytest.param("5", "05", ["entity-code-completed"], id="department"),
        pytest.param("11", "11001", ["entity-code-completed"], id="bogota"),
        pytest.param("501", None, ["entity-code-unreadable"], id="three-digits"),
        pytest.param("99999", None, ["entity-code-unknown"], id="unknown"),
        pytest.param("88001", None, ["entity-not-governed"], id="island"),
        pytest.param("91263", None, ["entity-not-governed"], id="area"),
        pytest.param("", None, ["entity-code-missing"], id="none"),
    ],
)
def test_the_code_decides(code: str, entity: str | None, found: list[str]) -> None:
    resolved = DIVIPOLA.resolve(claim(code))
    assert (resolved.entity.code if resolved.entity else None) == entity
    assert names(resolved) == found


def test_findings_stand_at_the_cells_of_the_cover() -> None:
    (finding,) = DIVIPOLA.resolve(claim("501")).diagnostics
    assert str(finding.location) == "a.xlsx[Portada!C7]"


def test_a_name_alone_is_offered_never_taken() -> None:
    resolved = DIVIPOLA.resolve(claim(name="Medelin"))
    assert resolved.entity is None
    assert resolved.diagnostics[0].parameters["offer"] == " (05001 Medellín?)"


def test_the_name_is_checked_and_never_quoted() -> None:
    resolved = DIVIPOLA.resolve(claim("05001", name="Alcaldía de Calli"))
    assert resolved.entity is not None
    assert resolved.entity.code == "05001"
    assert names(resolved) == ["entity-name-differs"]
    assert resolved.diagnostics[0].parameters["offer"] == " (76001 Cali?)"
    assert resolved.diagnostics[0].value == ""
    assert names(DIVIPOLA.resolve(claim("05001", name="Alcaldía de Medellin"))) == []


HELD = {
    # What the cover says (code, name), whom the workbook was made for, what is found, whom to ask:
    # whoever is said most often, of as many the name, then the hidden code.
    ("05001", "Alcaldía de Cali", ""): (["entity-name-of-another"], "76001"),
    ("05", "Alcaldía de Medellín", ""): (["entity-name-of-another"], "05001"),
    ("05129", "Gobernación de Caldas", ""): (["entity-name-of-another"], "17"),
    ("05001", "La Unión", ""): (["entity-name-of-another"], "05001"),
    ("", "Cali", "05001"): (["entity-name-of-another"], "76001"),
    ("76001", "Cali", "05001"): (["entity-of-another-template"], "76001"),
    ("76001", "", "05001"): (["entity-of-another-template"], "05001"),
    ("76001", "Medellín", "05001"): (["entity-of-another-template", "entity-name-of-another"], "05001"),
    ("76001", "Pasto", "05001"): (["entity-of-another-template", "entity-name-of-another"], "52001"),
    ("76001", "Cali", "EJ-7"): (["entity-of-another-template"], "76001"),
}


def test_a_workbook_that_says_two_entities_is_held_apart() -> None:
    wrong = []
    for (code, name, issued), (found, likely) in HELD.items():
        said = claim(code, name, issued=issued)
        resolved = DIVIPOLA.resolve(said)
        asked = resolved.likely.code if resolved.likely else ""
        kept = DIVIPOLA.resolve(replace(said, kept=True)).entity
        got = (resolved.entity, resolved.held, names(resolved), asked, kept.code if kept else "")
        if got != (None, True, found, likely, code or issued):
            wrong.append((code, name, issued, got))
    assert wrong == []


def test_a_name_that_is_only_spelt_otherwise_holds_nobody_apart() -> None:
    """Part of the name, the office, a name that several have, one that nobody has."""
    spelt = {
        ("76001", "Santiago de Cali"): [],
        ("88", "San Andrés"): [],
        ("13001", "CARTAGENA"): [],
        ("05129", "Alcaldía de Caldas"): [],
        ("17", "Departamento de Caldas"): [],
        ("05", "Gobernación de Antioquia"): [],
        ("05001", "Secretaría de Planeación"): ["entity-name-differs"],
        ("05001", "Medelin"): ["entity-name-differs"],
        # Both names are of departments, and one is part of the other.
        ("76", "Gobernación del Cauca"): ["entity-name-differs"],
    }
    got = {said: names(DIVIPOLA.resolve(claim(*said, issued=said[0]))) for said in spelt}
    assert got == spelt
    assert names(OWN.resolve(claim("007", "Valle Hondo"))) == ["entity-name-of-another"]
    assert names(OWN.resolve(claim("007", "Tres Esquinas"))) == []


def test_kept_files_count_as_their_cover_says_with_a_warning() -> None:
    kept = DIVIPOLA.resolve(replace(claim("76001", "Medellín", issued="05001"), kept=True))
    assert names(kept) == ["entity-codes-disagree", "entity-name-differs"]
    assert not kept.held


def test_rows_of_a_survey_that_are_of_another_than_was_given_count_for_neither() -> None:
    resolved = DIVIPOLA.resolve(replace(claim("76001", issued="05001"), of_survey=True))
    assert (resolved.entity, names(resolved)) == (None, ["survey-of-another"])


def of_codes(kind: str, rows: list[list[str]] | None = None) -> EntityRegister:
    """The register of a questionnaire whose entities have codes of a kind."""
    types = (Named(id="ward", label={"es": "barrio", "en": "ward"}),)
    definition = mini().model_copy(update={"entity_codes": EntityCodes(kind), "entity_types": types})
    listed = entity_list("own.csv", list(enumerate(rows or [], 1))) if rows else EntityList()
    return EntityRegister(listed).under(definition)


def test_codes_are_what_the_questionnaire_says() -> None:
    cases = {
        ("own", "05", "Ward five"): ("05", "Ward five", []),
        ("own", "HC-1", ""): ("HC-1", "HC-1", []),
        ("own", "a b", ""): ("", "", ["entity-code-unusable"]),
        ("iso-3166-1-alpha-2", "co", "Colombia"): ("CO", "Colombia", []),
        ("iso-3166-1-alpha-2", "DE", "Germany"): ("DE", "Alemania", []),
        ("iso-3166-1-alpha-2", "05", ""): ("", "", ["entity-code-not-iso"]),
        ("iso-3166-1-alpha-2", "EU", ""): ("", "", ["entity-code-not-iso"]),
        ("iso-3166-1-alpha-3", "COL", "Colombia"): ("COL", "Colombia", []),
        ("iso-3166-1-alpha-3", "CO", ""): ("", "", ["entity-code-not-iso"]),
        ("iso-3166-1-alpha-3", "ZAR", ""): ("", "", ["entity-code-not-iso"]),
        ("iso-3166-1-alpha-2", "CO", "Perú"): ("", "", ["entity-name-of-another"]),
        ("divipola", "05", "Antioquia"): ("05", "Antioquia", []),
    }
    wrong = []
    for (kind, code, name), expected_ in cases.items():
        resolved = of_codes(kind).resolve(claim(code, name))
        entity = resolved.entity
        got = (entity.code if entity else "", entity.name if entity else "", names(resolved))
        if got != expected_:
            wrong.append((kind, code, name, got))
    assert wrong == []


def test_types_of_the_questionnaire_come_from_the_cover_or_the_list() -> None:
    entity = of_codes("own").resolve(claim("05", "Ward five", kind="Barrio")).entity
    assert entity is not None
    assert entity.type == "ward"
    listed = of_codes("own", [["code", "name", "type"], ["05", "Ward five", "ward"], ["5", "Other", ""]])
    assert {one.code: one.type for one in listed.listed.entities.values()} == {"05": "ward", "5": "other"}
    assert listed.entity("05001") is None


def test_a_list_of_countries_has_their_codes() -> None:
    assert of_codes("iso-3166-1-alpha-3", [["code"], ["COL"]]).listed.entities["COL"].name == "Colombia"
    with pytest.raises(JobError) as caught:
        of_codes("iso-3166-1-alpha-3", [["code"], ["05001"]])
    assert [finding.code.name for finding in caught.value.diagnostics] == ["list-code-not-iso"]


def test_a_spreadsheet_takes_the_zero_from_a_code_of_ones_own() -> None:
    resolved = of_codes("own").resolve(claim("5", issued="05"))
    assert resolved.entity is not None
    assert (resolved.entity.code, names(resolved)) == ("05", ["entity-code-completed"])


def test_the_type_of_the_code_wins_over_the_cover() -> None:
    resolved = DIVIPOLA.resolve(claim("05001", kind="Gobernación"))
    assert resolved.entity is not None
    assert resolved.entity.type == "alcaldia"
    assert names(resolved) == ["entity-type-differs"]
    assert resolved.diagnostics[0].parameters["type"] == "alcaldía"
    assert names(DIVIPOLA.resolve(claim("05001", kind="Alcaldía"))) == []


def test_the_cover_says_the_type_where_the_list_leaves_it_open() -> None:
    resolved = OWN.resolve(claim("N-1", kind="Gobernación"))
    assert resolved.entity is not None
    assert resolved.entity.type == "gobernacion"
    assert names(resolved) == []
    said = OWN.resolve(claim("N-2", kind="Gobernación"))
    assert said.entity is not None
    assert said.entity.type == "other"
    assert names(said) == ["entity-type-differs"]


def test_the_code_that_the_workbook_was_made_for_counts_where_the_cover_says_none() -> None:
    resolved = DIVIPOLA.resolve(claim(issued="05001"))
    assert resolved.entity is not None
    assert resolved.entity.code == "05001"
    assert names(DIVIPOLA.resolve(claim("5001", issued="05001"))) == ["entity-code-completed"]


def test_codes_of_ones_own_list() -> None:
    for written, code in [("007", "007"), ("7", "007"), ("7.0", "007"), ("5", "5"), ("N-1", "N-1")]:
        entity = OWN.resolve(claim(written)).entity
        assert entity is not None
        assert entity.code == code, written
        assert entity.listed


def test_divipola_goes_on_beside_a_list_with_a_warning() -> None:
    resolved = OWN.resolve(claim("05001"))
    assert resolved.entity is not None
    assert names(resolved) == ["entity-not-listed"]


def test_names_of_the_list_are_offered_first() -> None:
    resolved = OWN.resolve(claim(name="Valle ondo"))
    assert resolved.diagnostics[0].parameters["offer"] == " (5 Valle Hondo?)"
