"""The format and its page say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions import document
from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.format import keys_of, texts, type_at
from ctimaturity.model import questionnaire, rule, scale
from small_definition import load_small

if TYPE_CHECKING:
    from pathlib import Path

MODELS = [
    document.QuestionnaireDocument,
    document.MeasurementDocument,
    document.NodeDocument,
    document.KindDocument,
    document.ItemDocument,
    document.ProfileDocument,
    document.IndexDocument,
    questionnaire.Unit,
    questionnaire.Plausible,
    rule.Levels,
    rule.LevelName,
    rule.Gate,
    rule.Normalise,
    rule.NotApplicable,
    rule.ConfirmBlank,
    rule.RespondentThresholds,
    rule.CoverageThreshold,
    rule.UpperThreshold,
    rule.Goalposts,
    scale.Scale,
    scale.Option,
    scale.Range,
]
WORDS = [
    *rule.Rule,
    *rule.Over,
    *rule.Collects,
    *rule.Blanks,
    *rule.ResultsBasis,
    *rule.Direction,
    *rule.Effect,
    "forbid",
    "credit",
    "goalposts",
    "growth",
    "reduction",
    "upper",
    "lower",
    "open",
    "closed",
]


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "format.md").read_text(encoding="utf-8")


def words_of_code(page: str) -> set[str]:
    return set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", page))))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_on_the_page(page: str, model: type) -> None:
    assert set(keys_of(model)) - words_of_code(page) == set()


def test_every_word_of_a_closed_set_is_on_the_page(page: str) -> None:
    assert {str(word) for word in WORDS} - words_of_code(page) == set()


def test_the_example_of_the_page_is_a_definition(page: str, tmp_path: Path) -> None:
    example = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)[0]
    assert load_small(tmp_path, example).key == "library-check@v1"


def test_types_are_found_by_path() -> None:
    assert (
        type_at(QuestionnaireDocument, ("measurements", 0, "tree", 1, "children", 2)) is document.NodeDocument
    )
    assert type_at(QuestionnaireDocument, ("scales", "any", "options", 0)) is scale.Option
    assert type_at(QuestionnaireDocument, ("measurements", 0, "rule")) is rule.Rule
    assert type_at(QuestionnaireDocument, ("nothing", 0)) is None


def test_texts_are_found_wherever_they_stand() -> None:
    value = {
        "title": {"en": "a"},
        "notes": [{"en": "b"}],
        "nodes": {"n": {"title": {"en": "c"}}},
        "index": {"weights": {"en": "1"}, "levels": {"names": [{"name": {"en": "d"}}]}},
        "unknown": {"en": "no text of ours"},
    }
    found = {path: text["en"] for path, text in texts(value, QuestionnaireDocument)}
    assert found == {
        ("title",): "a",
        ("notes", 0): "b",
        ("nodes", "n", "title"): "c",
        ("index", "levels", "names", 0, "name"): "d",
    }
