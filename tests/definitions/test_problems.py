"""Single keys and values: each mistake with its place, its id and, where one is near, what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.format import report_problem
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from small_definition import changed, findings, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from ctimaturity.diagnostics.code import Code


@pytest.mark.parametrize(
    ("old", "new", "code", "parameters"),
    [
        pytest.param("    rule: geometric", "    ruel: geometric", codes.MISSPELT_KEY, {"closest": "rule"}),
        pytest.param("reverse: true", "revers: true", codes.MISSPELT_KEY, {"closest": "reverse"}),
        pytest.param("edition: v1", "author: me\nedition: v1", codes.UNKNOWN_KEY, {"key": "author"}),
        pytest.param(
            "range: {minimum: 0, maximum: 100}\nseg",
            "range: {minimum: 0, maximum: 100, step: 5}\nseg",
            codes.UNKNOWN_KEY,
            {"allowed": "minimum, maximum, whole"},
        ),
        pytest.param("version: 0.1.0\n", "", codes.MISSING_KEY, {"key": "version"}),
        pytest.param(
            "collects: respondents", "collects: responses", codes.MISSPELT_VALUE, {"closest": "respondents"}
        ),
        pytest.param("rule: geometric", "rule: magic", codes.UNKNOWN_VALUE, {"key": "rule"}),
        pytest.param("side: lower", "side: left", codes.UNKNOWN_VALUE, {"allowed": "upper, lower"}),
        pytest.param("side: lower", "side: lowe", codes.MISSPELT_VALUE, {"closest": "lower"}),
        pytest.param("schema: 1", "schema: 2", codes.UNKNOWN_VALUE, {"allowed": "1"}),
        pytest.param("policy: credit, credit: 1", "policy: ignore", codes.UNKNOWN_VALUE, {"key": "policy"}),
        pytest.param("title: {en: House}", "title: House", codes.NOT_A_MAPPING, {"key": "title"}),
        pytest.param("applies_to: [public]", "applies_to: public", codes.NOT_A_LIST, {"key": "applies_to"}),
        pytest.param("{id: ramp, text", "{id: [ramp], text", codes.NOT_A_TEXT, {"key": "id"}),
        pytest.param("title: {en: House}", "title: {en: ''}", codes.NOT_A_TEXT, {"key": "en"}),
        pytest.param("weight: 3", "weight: 3/2", codes.NOT_A_NUMBER, {"key": "weight"}),
        pytest.param("weight: 3", "weight: 1e1", codes.NOT_A_NUMBER, {"key": "weight"}),
        pytest.param("weight: 3", "weight: .nan", codes.NOT_A_NUMBER, {"key": "weight"}),
        pytest.param("weight: 3", "weight: '1,5'", codes.NOT_A_NUMBER, {"key": "weight"}),
        pytest.param("weight: 3", "weight: 50%", codes.NOT_A_NUMBER, {"key": "weight"}),
        pytest.param("weight: 3", "weight: [3]", codes.NOT_A_NUMBER, {"key": "weight"}),
        pytest.param("code: 1, points: 1", "code: 1, points: NO", codes.NOT_A_NUMBER, {"key": "points"}),
        pytest.param("level: 2}", "level: 2.0}", codes.NOT_A_WHOLE_NUMBER, {"key": "level"}),
        pytest.param("    parts: 2", "    parts: two", codes.NOT_A_WHOLE_NUMBER, {"key": "parts"}),
        pytest.param("reverse: true", "reverse: yes", codes.NOT_TRUE_OR_FALSE, {"key": "reverse"}),
        pytest.param("reverse: true", "reverse: True", codes.NOT_TRUE_OR_FALSE, {"key": "reverse"}),
        pytest.param("reverse: true", "reverse: [true]", codes.NOT_TRUE_OR_FALSE, {"key": "reverse"}),
        pytest.param("id: library-check", "id: library check", codes.MALFORMED_ID, {"key": "id"}),
        pytest.param("version: 0.1.0", "version: 1.0", codes.MALFORMED_ID, {"key": "version"}),
        pytest.param("edition: v1", "edition: v/1", codes.MALFORMED_ID, {"key": "edition"}),
        pytest.param(
            "title: {en: House}",
            f"title: {{en: {'x' * 4001}}}",
            codes.DEFINITION_TEXT_TOO_LONG,
            {"limit": 4000},
        ),
    ],
)
def test_is_found_alone_at_its_line(
    tmp_path: Path, old: str, new: str, code: Code, parameters: dict[str, str | int]
) -> None:
    text = changed(old, new)
    found = findings(tmp_path, text)
    assert [one.code for one in found] == [code]
    assert found[0].parameters.items() >= parameters.items()
    if new:
        assert found[0].location.line == line_of(text, new)
    assert all("{" not in str(value) for value in found[0].parameters.values())


def test_names_the_item_it_is_about(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, changed("weight: 3", "weight: many"))
    assert found.location.item == "fire-exit"


def test_a_mapping_that_should_be_a_text_is_no_crash(tmp_path: Path) -> None:
    text = changed("rule: geometric", "rule: {a: b}")
    assert {one.code for one in findings(tmp_path, text)} == {codes.UNKNOWN_VALUE}


def test_entries_that_are_no_mappings(tmp_path: Path) -> None:
    text = changed("  - {id: staff, label: {en: Staff}}", "  - staff")
    (found,) = findings(tmp_path, text)
    assert (found.code, found.parameters) == (codes.NOT_A_MAPPING, {"key": "segments 2"})


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    text = changed("rule: power, exponent: 2", "rule: power").replace("reverse: true", "revers: true")
    text = text.replace("weight: 3", "weight: x").replace("scale: stars, unit", "scale: star, unit")
    text = text.replace("level: 2}", "level: 2}\n          - {id: ramp, text: {es: X}}")
    found = {one.code.id for one in findings(tmp_path, text)}
    # A misspelt key, no number, an unknown scale, an id given twice, a missing and an unknown language.
    assert found == {"Q102", "Q109", "Q203", "Q201", "Q402", "Q403"}


def test_rules_are_checked_beside_a_wrong_value(tmp_path: Path) -> None:
    text = changed("rule: power, exponent: 2", "rule: power").replace("reverse: true", "revers: true")
    assert {one.code.id for one in findings(tmp_path, text)} == {"Q102", "Q301"}


def test_what_a_wrong_value_leaves_open_is_not_told_twice(tmp_path: Path) -> None:
    text = changed("      bounds: [0, 30, 100]", "      bounds: [0, thirty, 100]")
    assert [one.code for one in findings(tmp_path, text)] == [codes.NOT_A_NUMBER]


def test_a_kind_of_error_that_nobody_foresaw_is_a_finding_all_the_same() -> None:
    source = YamlSource(value={"id": "x"}, file="questionnaire.yaml")
    problem: ErrorDetails = {"type": "unforeseen", "loc": ("id",), "msg": "", "input": "x"}
    report_problem(source, problem)
    (finding,) = source.diagnostics
    assert (finding.code.name, finding.parameters["key"]) == ("invalid-value", "id")
    assert finding.location.file == "questionnaire.yaml"
