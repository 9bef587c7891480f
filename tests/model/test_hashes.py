"""What a hash depends on, and what it does not."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from ctimaturity.model.canonical import canonical_json, definition_hash, read_canonical, scoring_hash
from ctimaturity.model.entity import EntityCodes
from small_definition import SMALL, changed, load_small

if TYPE_CHECKING:
    from pathlib import Path

SAME = [
    pytest.param(lambda text: "# a comment\n" + text.replace("\n", "\n\n"), id="comments and blank lines"),
    pytest.param(lambda text: text.replace("weight: 3", "weight: 3.00"), id="3 and 3.00"),
    pytest.param(lambda text: text.replace("value: 0.5,", "value: '0.50',"), id="quotation marks"),
    pytest.param(
        lambda text: text.replace("{code: 1, points: 1, label", "{points: 1.0, code: 1, label"),
        id="order of keys",
    ),
    pytest.param(
        lambda text: text.replace("id: catalogue,", "id: catalogue, weight: 1, reverse: false,"),
        id="a default spelled out",
    ),
    pytest.param(
        lambda text: text.replace("sum\n        items", "sum\n        over: items\n        items"),
        id="over of a node that has only items",
    ),
    pytest.param(
        lambda text: text.replace("id: catalogue,", "id: catalogue, applies_to: [private, public],"),
        id="all types in another order",
    ),
    pytest.param(lambda text: text.replace("    lowest: open", "    lowest: 'open'\n"), id="a quoted word"),
    pytest.param(
        lambda text: text.replace(
            "items:\n          - {id: fr", "title: {en: Service}\n        items:\n          - {id: fr"
        ),
        id="a shared title spelled out",
    ),
    pytest.param(
        lambda text: text.replace(
            "blanks: exclude", "blanks: exclude\n    not_applicable: {policy: exclude}"
        ),
        id="the default policy spelled out",
    ),
    pytest.param(
        lambda text: text.replace("maximum: 4}", "maximum: 4, logarithm: false}"),
        id="goalposts along a line",
    ),
]

TEXTS = [
    pytest.param("version: 0.1.0", "version: 0.2.0", id="version"),
    pytest.param("title: {en: House}", "title: {en: Building}", id="title"),
    pytest.param("{en: There is a ramp}", "{en: It has a ramp}", id="text of an item"),
    pytest.param("label: {en: Fair}", "label: {en: Passable}", id="label"),
    pytest.param("{name: {en: Low}}", "{name: {en: Poor}}", id="name of a level"),
    pytest.param("below: {en: Nothing}", "below: {en: None}", id="name of level 0"),
    pytest.param("{id: loans, text", "{id: loans, note: {en: X}, help: {en: X}, text", id="notes"),
    pytest.param("edition: v1", "edition: v1\nsource: {en: A book}\nnotes: [{en: X}]", id="source"),
    pytest.param("statement: {en: What", "statement: {en: All that", id="statement"),
    pytest.param("{id: area, levels: }", "{id: area, label: {en: room}, levels: }", id="name of a kind"),
    pytest.param("What readers get", "What readers receive", id="definition"),
]
NUMBERS = [
    pytest.param("edition: v1", "edition: v2", id="edition"),
    pytest.param("weight: 3", "weight: 2", id="weight"),
    pytest.param("reverse: true", "reverse: false", id="reverse"),
    pytest.param("value: 0.5,", "value: 0.6,", id="threshold"),
    pytest.param("applies_to: [public]", "applies_to: [private]", id="who it applies to"),
    pytest.param("equals: 0, cap_score: 50", "equals: 0, cap_score: 40", id="gate"),
    pytest.param("bounds: [0, 30, 100]", "bounds: [0, 40, 100]", id="bands"),
    pytest.param("id: ramp", "id: slope", id="an id"),
    pytest.param("        met_at: 1\n", "        met_at: 1\n        met_share: 0.8\n", id="share of a level"),
    pytest.param(
        "        met_at: 1\n", "        met_at: 1\n        met_below: 1\n", id="asked of levels below"
    ),
    pytest.param("title: {en: Care}", "title: {en: Care}\n        level: 2", id="level of a node"),
    pytest.param(
        "house: {minimum: 0, maximum: 4}", "house: {minimum: 1, maximum: 4, logarithm: true}", id="log"
    ),
    pytest.param("practice: 0.01", "practice: 0.02", id="weight in the index"),
]


@pytest.mark.parametrize("change", SAME)
def test_spelling_changes_no_hash(tmp_path: Path, change: object) -> None:
    assert callable(change)
    text = change(SMALL)
    assert text != SMALL
    before, after = load_small(tmp_path), load_small(tmp_path, text)
    assert canonical_json(before) == canonical_json(after)
    assert definition_hash(before) == definition_hash(after)


def test_composed_and_decomposed_characters_are_one(tmp_path: Path) -> None:
    composed = load_small(tmp_path, changed("{en: House}", "{en: Caf\u00e9}"))
    decomposed = load_small(tmp_path, changed("{en: House}", "{en: Cafe\u0301}"))
    assert definition_hash(composed) == definition_hash(decomposed)


@pytest.mark.parametrize(("old", "new"), TEXTS)
def test_texts_change_only_the_definition_hash(tmp_path: Path, old: str, new: str) -> None:
    before, after = load_small(tmp_path), load_small(tmp_path, changed(old, new))
    assert definition_hash(before) != definition_hash(after)
    assert scoring_hash(before) == scoring_hash(after)


def test_a_translation_changes_only_the_definition_hash(tmp_path: Path) -> None:
    text = SMALL.replace("languages: [en]", "languages: [en, es]")
    text = re.sub(r"\{en: ([^{}]*)\}", r"{en: \1, es: \1}", text)
    before, after = load_small(tmp_path), load_small(tmp_path, text)
    assert definition_hash(before) != definition_hash(after)
    assert scoring_hash(before) == scoring_hash(after)


@pytest.mark.parametrize(("old", "new"), NUMBERS)
def test_what_changes_a_score_changes_both(tmp_path: Path, old: str, new: str) -> None:
    before, after = load_small(tmp_path), load_small(tmp_path, changed(old, new))
    assert definition_hash(before) != definition_hash(after)
    assert scoring_hash(before) != scoring_hash(after)


def test_what_the_format_learnt_later_is_not_written_down_unsaid(tmp_path: Path) -> None:
    """Else the hashes of all older definitions would be others."""
    written = canonical_json(load_small(tmp_path)).decode()
    for key in ("met_below", "met_share", "logarithm", "kinds", "entity_codes"):
        assert f'"{key}"' not in written
    assert written.count('"points":') == 5  # of options, not of levels


def test_codes_are_divipola_where_types_are_those_of_colombia_else_ones_own(tmp_path: Path) -> None:
    types = ("entity_types:\n", "entity_types:\n  - {id: alcaldia, label: {en: Mayor}}\n")
    said = ("entity_types:\n", "entity_codes: iso-3166-1-alpha-3\nentity_types:\n")
    assert load_small(tmp_path).coding is EntityCodes.OWN
    assert load_small(tmp_path, changed(*types)).coding is EntityCodes.DIVIPOLA
    countries = load_small(tmp_path, changed(*said))
    assert countries.coding is EntityCodes.ISO_ALPHA_3
    assert read_canonical(canonical_json(countries)) == countries
    assert scoring_hash(countries) != scoring_hash(load_small(tmp_path))


def test_the_definition_hash_is_that_of_the_file(tmp_path: Path) -> None:
    questionnaire = load_small(tmp_path)
    assert definition_hash(questionnaire) == hashlib.sha256(canonical_json(questionnaire)).hexdigest()
    assert re.fullmatch(r"[0-9a-f]{64}", scoring_hash(questionnaire))
