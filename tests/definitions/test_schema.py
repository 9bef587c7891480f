"""The JSON Schema of the format: current, true of the bundled files, and of use to whoever types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator

from ctimaturity.definitions.schema import SCHEMAS, schema_bytes, schema_file
from editor_yaml import as_editors_read
from small_definition import SMALL, changed

if TYPE_CHECKING:
    from pathlib import Path

FILES = 12
"""Two editions of four files, the crosswalk between them, their two frames of roadmaps and a checklist."""


def validator(name: str) -> Draft7Validator:
    schema = json.loads(schema_bytes(name))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_committed_is_current(root: Path, name: str) -> None:
    committed = root / "questionnaires" / "schema" / schema_file(name)
    assert committed.read_bytes() == schema_bytes(name), "run: make docs"


def test_every_bundled_file_names_its_schema_and_is_valid(root: Path) -> None:
    files = sorted((root / "questionnaires").rglob("*.yaml"))
    assert len(files) == FILES
    for file in files:
        text = file.read_text(encoding="utf-8")
        marker, _, address = text.splitlines()[0].partition("$schema=")
        assert marker == "# yaml-language-server: "
        schema = json.loads((file.parent / address).read_text(encoding="utf-8"))
        errors = [error.message for error in Draft7Validator(schema).iter_errors(as_editors_read(text))]
        assert errors == [], file


TARGETS = """\
schema: 1
targets:
  - {node: capacities, level: 4, by: 2027-12-31}
  - {node: gobernanza-y-ecosistemas, level: Conectado}
  - {node: C-07, level: 5, entity: "05001"}
  - {node: habitat, score: 4.5}
"""
EFFORT = """\
schema: 1
levels: {1: 2, 2: 3}
items: {C-07-b: 4}
owners: {C-07-b: Talento Humano}
"""


@pytest.mark.parametrize(("name", "text"), [("targets", TARGETS), ("effort", EFFORT)])
def test_what_a_user_writes_of_roadmaps_is_valid(name: str, text: str) -> None:
    assert list(validator(name).iter_errors(as_editors_read(text))) == []


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "at"),
    [
        pytest.param("targets", TARGETS, "score: 4.5", "goal: 4.5", ("targets", 3), id="no such key"),
        pytest.param("targets", TARGETS, "node: C-07", "node: 7", ("targets", 2, "node"), id="no id"),
        pytest.param("effort", EFFORT, "C-07-b: 4", "C-07-b: mucho", ("items", "C-07-b"), id="no number"),
        pytest.param("effort", EFFORT, "schema: 1", "schema: 2", ("schema",), id="no such version"),
    ],
)
def test_mistakes_in_what_a_user_writes_of_roadmaps_are_seen(
    name: str, text: str, old: str, new: str, at: tuple[str | int, ...]
) -> None:
    errors = list(validator(name).iter_errors(as_editors_read(text.replace(old, new))))
    assert [tuple(error.absolute_path) for error in errors] == [at]


def test_another_instrument_in_one_file_is_valid() -> None:
    assert list(validator("questionnaire").iter_errors(as_editors_read(SMALL))) == []


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        pytest.param("collects: answers", "colects: answers", ("measurements", 0), id="misspelt key"),
        pytest.param("rule: staged", "rule: stages", ("measurements", 0), id="no such rule"),
        pytest.param("side: lower", "side: below", ("measurements", 0), id="no such side"),
        pytest.param("edition: v1", "edition: -v1", ("edition",), id="no edition"),
        pytest.param("version: 0.1.0", "version: 0.1", ("version",), id="two numbers"),
        pytest.param("{id: readers,", "{id: 1readers,", ("segments", 0, "id"), id="no id"),
        pytest.param("{practice: 0.01,", "{practice: '0,01',", ("index", "weights", "practice"), id="comma"),
        pytest.param(
            "{practice: 0.01,", "{a b: 1, practice: 1,", ("index", "weights"), id="key that is no id"
        ),
        pytest.param("reverse: true", "reverse: yes", ("measurements", 1), id="yes is no flag"),
    ],
)
def test_mistakes_are_seen_while_typing(old: str, new: str, at: tuple[str | int, ...]) -> None:
    errors = list(validator("questionnaire").iter_errors(as_editors_read(changed(old, new))))
    assert [tuple(error.absolute_path) for error in errors] == [at]


def test_keys_are_described() -> None:
    schema = json.loads(schema_bytes("measurement"))
    assert schema["properties"]["blanks"]["description"] == "What an unanswered item counts as."
    item = schema["$defs"]["ItemDocument"]["properties"]
    assert all(item[key].get("description") for key in item)
    assert "default" not in item["asked"]
    assert {"const": "level"} in item["weight"]["anyOf"]
