"""Who a workbook is from."""

from __future__ import annotations

import pytest

from ctimaturity.indicators.entity_list import entity_list
from ctimaturity.indicators.register import Claim, EntityRegister, Resolved, expected

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
    resolved = DIVIPOLA.resolve(claim("05001", name="Alcaldía de Cali"))
    assert resolved.entity is not None
    assert resolved.entity.code == "05001"
    assert names(resolved) == ["entity-name-differs"]
    assert resolved.diagnostics[0].parameters["offer"] == " (76001 Cali?)"
    assert resolved.diagnostics[0].value == ""
    assert names(DIVIPOLA.resolve(claim("05001", name="Alcaldía de Medellin"))) == []


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
    disagreeing = DIVIPOLA.resolve(claim("76001", issued="05001"))
    assert disagreeing.entity is not None
    assert disagreeing.entity.code == "76001"
    assert names(disagreeing) == ["entity-codes-disagree"]
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


def test_who_has_not_answered() -> None:
    assert expected(OWN, ["5"]) == ("007", "N-1", "N-2")
    assert expected(DIVIPOLA, ["05001"]) == ()
