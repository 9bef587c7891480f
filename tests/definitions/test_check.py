"""What a careful reviewer would ask about: each found, at its line, and accepted only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.check import Checked, check_definition
from ctimaturity.diagnostics import codes
from ctimaturity.model.canonical import definition_hash, scoring_hash
from small_definition import SMALL, changed, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code


def checked(folder: Path, text: str) -> Checked:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return check_definition(path)


def new_findings(folder: Path, text: str) -> list[tuple[Code, int | None]]:
    """Code and line of what a text has and the unchanged definition has not."""
    usual = {(found.code, found.location.item) for found in checked(folder, SMALL).diagnostics}
    return [
        (found.code, found.location.line)
        for found in checked(folder, text).diagnostics
        if (found.code, found.location.item) not in usual
    ]


CASES = [
    pytest.param(
        "      bounds: [0, 30, 100]",
        "      bounds: [0, 101, 120]",
        codes.LEVEL_OUT_OF_REACH,
        "levels:\n      bounds",
        id="a band above the best score",
    ),
    pytest.param(
        "      - {node: house, below: 2, cap_level: 1}",
        "      - {node: house, below: 5, cap_score: 20}",
        codes.LEVEL_OUT_OF_REACH,
        "levels:\n      bounds",
        id="a gate that always applies",
    ),
    pytest.param(
        "  levels:\n    parts: 2",
        "  gates: [{node: opinion, below: 9, cap_score: 3}]\n  levels:\n    parts: 2",
        codes.LEVEL_OUT_OF_REACH,
        "levels:\n    parts: 2",
        id="the top level of the index",
    ),
    pytest.param(
        "          - {id: online, text: {en: It is online}, level: 2}\n",
        "",
        codes.SINGLE_PART,
        "items:\n          - {id: catalogue",
        id="one item",
    ),
    pytest.param(
        "          - {id: loans, text: {en: Loans}, plausible: {maximum: 500}}",
        "          - {id: loans, text: {en: Loans}, weight: 2}",
        codes.WEIGHT_WITHOUT_EFFECT,
        "weight: 2",
        id="a weight under min",
    ),
    pytest.param(
        "      - id: care\n",
        "      - id: care\n        weight: 0\n",
        codes.WEIGHT_WITHOUT_EFFECT,
        "weight: 0\n",
        id="a weight of 0",
    ),
    pytest.param(
        "  weights: {practice: 0.01,",
        "  weights: {practice: 0,",
        codes.WEIGHT_WITHOUT_EFFECT,
        "  weights: {practice: 0,",
        id="a measurement without weight",
    ),
    pytest.param(
        "{en: It is online}",
        "{en: " + "It is online. " * 80 + "}",
        codes.TEXT_LONG_FOR_CELL,
        "id: online",
        id="a text of a thousand characters",
    ),
    pytest.param(
        "{en: The staff is friendly}",
        "{en: " + "The staff is friendly. " * 12 + "}",
        codes.TEXT_LONG_FOR_CELL,
        "id: friendly",
        id="a statement longer than a prompt",
    ),
    pytest.param(
        "{code: 3, points: 3, label: {en: Good}}",
        "{code: 3, points: 3, label: {en: " + "Good " * 20 + "indeed}}",
        codes.OPTION_LONG_FOR_LIST,
        "{code: 3, points",
        id="a long option",
    ),
    pytest.param(
        "{id: online, text: {en: It is online}",
        "{id: online, text: {en: There is a Catalogue.}",
        codes.SIMILAR_WORDING,
        "id: online",
        id="the same text twice",
    ),
    pytest.param(
        "{id: slow, text: {en: Waiting takes long}",
        "{id: slow, text: {en: The staff is friendly}, evidence: {en: No}",
        codes.SIMILAR_WORDING,
        "id: slow",
        id="the same statement twice",
    ),
    pytest.param(
        "    not_applicable: {policy: credit, credit: 1}\n",
        "    not_applicable: {policy: forbid}\n    # stars\n",
        None,
        "",
        id="a policy where no scale offers it",
    ),
    pytest.param(
        "{id: loans, text: {en: Loans}, plausible",
        "{id: loans, text: {en: Loans}, direction: ambiguous, plausible",
        codes.AMBIGUOUS_DIRECTION,
        "direction: ambiguous",
        id="an ambiguous direction",
    ),
    pytest.param(
        "    blanks: exclude\n",
        "    blanks: exclude\n    not_applicable: {policy: forbid}\n",
        codes.NOT_APPLICABLE_OFFERED_BUT_FORBIDDEN,
        "not_applicable: {policy: forbid}",
        id="not applicable offered and forbidden",
    ),
    pytest.param(
        "nodes:\n",
        "nodes:\n  roof: {title: {en: Roof}}\n",
        codes.UNUSED_ENTRY,
        "  roof:",
        id="a shared node that no tree has",
    ),
    pytest.param(
        "units:\n",
        "units:\n  - {id: km, label: {en: Kilometres}}\n",
        codes.UNUSED_ENTRY,
        "id: km",
        id="a unit without indicator",
    ),
    pytest.param(
        "      - {id: area, levels: }",
        "      - {id: area, levels: }\n      - {id: corner}",
        codes.UNUSED_ENTRY,
        "id: corner",
        id="a kind of no node",
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "at"), CASES)
def test_found_alone_and_at_its_line(tmp_path: Path, old: str, new: str, code: Code | None, at: str) -> None:
    text = changed(old, new)
    expected = [] if code is None else [(code, line_of(text, at))]
    assert new_findings(tmp_path, text) == expected


def test_what_offers_not_applicable_says_what_it_counts_as(tmp_path: Path) -> None:
    found = [one for one in checked(tmp_path, SMALL).diagnostics if one.code.id == "Q608"]
    assert [one.location.item for one in found] == ["opinion", "figures"]


def test_evidence_help_or_the_definition_of_an_indicator_is_guidance(tmp_path: Path) -> None:
    def without(text: str) -> list[str]:
        found = checked(tmp_path, text).diagnostics
        return [one.location.item for one in found if one.code is codes.NO_GUIDANCE]

    assert without(SMALL) == ["fire-exit", "ramp", "catalogue", "online", "loans"]
    text = SMALL.replace("{en: There is a ramp}", "{en: There is a ramp}, evidence: {en: A photograph}")
    text = text.replace("{en: It is online}", "{en: It is online}, help: {en: Look}")
    text = text.replace("{en: Loans}", "{en: Loans}, definition: {en: Loans in a year}")
    assert without(text) == ["fire-exit", "catalogue"]


def test_a_band_that_a_kind_gives_is_said_of_the_node(tmp_path: Path) -> None:
    bands = "{bounds: [0, 101, 120], side: lower, names: [{name: {en: A}}, {name: {en: B}}]}"
    text = SMALL.replace("{id: area, levels: }", f"{{id: area, levels: {bands}}}")
    found = [one for one in checked(tmp_path, text).diagnostics if one.code is codes.LEVEL_OUT_OF_REACH]
    assert {one.parameters["id"] for one in found} == {"house", "care"}
    assert {one.location.line for one in found} == {line_of(text, "{id: area, levels:")}


def test_nodes_of_one_id_are_one_thing(tmp_path: Path) -> None:
    second = SMALL.rindex("      - id: service\n")
    text = f"{SMALL[:second]}      - id: service\n        title: {{en: Turnover}}\n{SMALL[second + 20 :]}"
    (found,) = [one for one in checked(tmp_path, text).diagnostics if one.code is codes.MEANING_DIFFERS]
    assert found.location.line == text[:second].count("\n") + 1
    assert str(found.parameters["first"]).endswith(f"small.yaml:{line_of(text, 'id: service')}")
    assert checked(tmp_path, text).questionnaire is None


class TestSpelling:
    @pytest.mark.parametrize(
        ("one", "other", "differ"),
        [
            ("A wi-fi network", "The wifi password", True),
            ("The catalogue of the organization", "Each organisation", True),
            ("Colour of the shelves", "The color of books", True),
            ("Mobile telephone", "The mobiletelephone", True),
            ("Atención al público", "Una atencion rápida", True),
            ("Cada título", "Los titulos", False),
            ("El diseño", "Quien lo diseñó", False),
            ("La lista pública", "La entidad publica", False),
            ("It is WIFI", "The wifi", False),
            ("How far", "Four", False),
        ],
    )
    def test_of_words(self, tmp_path: Path, one: str, other: str, *, differ: bool) -> None:
        text = changed("{en: There is a ramp}", f"{{en: {one}}}").replace(
            "{en: It is online}", f"{{en: {other}}}"
        )
        found = [each for each in checked(tmp_path, text).diagnostics if each.code is codes.SPELLING_VARIES]
        assert [each.location.item for each in found] == (["online"] if differ else [])
        assert [each.location.line for each in found] == ([line_of(text, "id: online")] if differ else [])

    def test_of_whole_titles(self, tmp_path: Path) -> None:
        text = changed("title: {en: House}", "title: {en: Reading Room}").replace(
            "title: {en: Care}", "title: {en: Reading room}"
        )
        (found,) = [
            each for each in checked(tmp_path, text).diagnostics if each.code is codes.SPELLING_VARIES
        ]
        assert found.parameters == {"one": "Reading Room", "other": "Reading room", "language": "en"}
        assert found.location.item == "care"


class TestAcceptance:
    ACCEPTED = (
        "accepted:\n"
        "  - {code: Q607, of: [practice, loans], reason: {en: Whoever answers knows}}\n"
        "  - {code: Q608, reason: {en: Nobody chooses it}}\n"
    )

    def test_a_warning_is_accepted_for_what_is_named_and_all_below(self, tmp_path: Path) -> None:
        result = checked(tmp_path, SMALL + self.ACCEPTED)
        assert [one.code.id for one in result.diagnostics] == ["Q612", "Q602"]
        accepted = {(one.diagnostic.code.id, one.diagnostic.location.item) for one in result.accepted}
        assert accepted == {
            ("Q607", "fire-exit"),
            ("Q607", "ramp"),
            ("Q607", "catalogue"),
            ("Q607", "online"),
            ("Q607", "loans"),
            ("Q608", "opinion"),
            ("Q608", "figures"),
        }
        assert {one.reason["en"] for one in result.accepted} == {"Whoever answers knows", "Nobody chooses it"}

    def test_it_changes_no_hash(self, tmp_path: Path) -> None:
        before, after = checked(tmp_path, SMALL), checked(tmp_path, SMALL + self.ACCEPTED)
        assert before.questionnaire is not None
        assert after.questionnaire is not None
        assert definition_hash(before.questionnaire) == definition_hash(after.questionnaire)
        assert scoring_hash(before.questionnaire) == scoring_hash(after.questionnaire)

    @pytest.mark.parametrize("entry", ["Q612, of: [stars]", "Q611", "Q402"])
    def test_an_acceptance_of_nothing_is_a_warning(self, tmp_path: Path, entry: str) -> None:
        text = f"{SMALL}accepted:\n  - {{code: {entry}, reason: {{en: Why not}}}}\n"
        found = [
            one for one in checked(tmp_path, text).diagnostics if one.code is codes.ACCEPTANCE_WITHOUT_USE
        ]
        assert [one.location.line for one in found] == [line_of(text, "  - {code: Q")]

    def test_an_error_cannot_be_accepted(self, tmp_path: Path) -> None:
        text = SMALL.replace("weight: 3", "weight: -3")
        text += "accepted:\n  - {code: Q306, reason: {en: It is so}}\n"
        found = checked(tmp_path, text)
        assert [one.code.id for one in found.diagnostics if one.code.severity == "error"] == ["Q306"]
        assert found.accepted == ()


@pytest.mark.parametrize("edition", ["2020-04", "2021-11"])
def test_the_bundled_editions_explain_every_warning_that_stands(root: Path, edition: str) -> None:
    result = check_definition(root / "questionnaires" / "mmmctic" / edition / "questionnaire.yaml")
    assert result.diagnostics == ()
    assert result.accepted
    assert all(set(one.reason) == {"es", "en"} for one in result.accepted)


def test_a_huge_definition_is_checked_in_bounded_time(tmp_path: Path) -> None:
    lines = [f"          - {{id: i{n}, text: {{en: number {n} of all}}}}\n" for n in range(4000)]
    text = changed("          - {id: catalogue", "".join(lines) + "          - {id: catalogue")
    text = text.replace("        rule: staged\n        met_at: 1\n", "        rule: mean\n")
    assert checked(tmp_path, text).questionnaire is not None


ANSWERS_ALONE = """\
schema: 1
id: shed
edition: v1
version: 0.1.0
title: {en: Shed}
languages: [en]
scales:
  done:
    options:
      - {code: 0, points: 0, label: {en: Not done}}
      - {code: 1, points: 1, label: {en: Done}}
    not_applicable: {code: NA, label: {en: Not applicable}}
no_data_reasons:
  - {id: nothing-there, label: {en: There is nothing there}}
measurements:
  - id: practice
    title: {en: Practice}
    collects: answers
    blanks: worst
    rule: mean
    not_applicable: {policy: exclude}
    item_defaults: {scale: done}
    items:
      - {id: roof, text: {en: The roof is tight.}, evidence: {en: A photograph.}}
      - {id: door, text: {en: The door shuts.}, evidence: {en: A photograph.}}
index:
  title: {en: Shed}
  rule: mean
  weights: {practice: 1}
  harmonised: {minimum: 0, maximum: 100}
"""


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        pytest.param(ANSWERS_ALONE, [], id="why an answer does not apply"),
        pytest.param(
            ANSWERS_ALONE.replace("policy: exclude", "policy: forbid"), ["nothing-there"], id="forbidden"
        ),
    ],
)
def test_reasons_are_used_where_answers_may_not_apply(tmp_path: Path, text: str, unused: list[str]) -> None:
    found = checked(tmp_path, text).diagnostics
    assert [one.location.item for one in found if one.code is codes.UNUSED_ENTRY] == unused
