"""Which definition a workbook follows, when it says so and when it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import mini
from ctimaturity.definitions.library import Library, Release, lock_bytes
from ctimaturity.model.canonical import canonical_json, definition_hash, scoring_hash
from ctimaturity.workbook.identity import COVER, IDS, Identity
from ctimaturity.workbook.marker import IDENTITY_SHEET
from ctimaturity.workflows.definition_search import DefinitionSearch
from returned import names_of

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

ALL_IDS = frozenset(mini().item_by_id)
FULL = Identity(
    kind="questionnaire",
    questionnaire="mini",
    edition="1",
    version="1.0.0",
    definition_hash=definition_hash(mini()),
    by=IDENTITY_SHEET,
    ids=ALL_IDS,
)


@pytest.fixture
def search(tmp_path: Path) -> DefinitionSearch:
    (tmp_path / "mini.json").write_bytes(canonical_json(mini()))
    return DefinitionSearch(Library(given=(tmp_path / "mini.json",), folder=tmp_path))


@pytest.mark.parametrize(
    ("identity", "found"),
    [
        pytest.param(FULL, [], id="whole-hash"),
        pytest.param(replace(FULL, definition_hash=FULL.definition_hash[:12], by=COVER), [], id="12-digits"),
        pytest.param(replace(FULL, definition_hash=""), [], id="version"),
        pytest.param(replace(FULL, definition_hash="f" * 64), ["definition-by-version"], id="other-hash"),
        pytest.param(replace(FULL, definition_hash="", version=""), [], id="edition-and-ids"),
        pytest.param(Identity(by=IDS, ids=ALL_IDS), [], id="ids-alone"),
    ],
)
def test_a_definition_is_found_by_what_is_left(
    search: DefinitionSearch, identity: Identity, found: list[str]
) -> None:
    result = search.find(identity)
    assert result.questionnaire == mini()
    assert names_of(result.diagnostics) == found


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        pytest.param(replace(FULL, definition_hash="", edition="9"), "definition-unknown", id="edition"),
        pytest.param(
            replace(FULL, definition_hash="", version="9.9.9", ids=frozenset()),
            "definition-unknown",
            id="ids-do-not-fit",
        ),
        pytest.param(Identity(by=IDS, ids=frozenset({"X-1"})), "not-a-questionnaire", id="nothing-of-ours"),
    ],
)
def test_otherwise_the_workbook_is_refused(search: DefinitionSearch, identity: Identity, name: str) -> None:
    result = search.find(identity)
    assert result.questionnaire is None
    assert names_of(result.diagnostics) == [name]


def test_ids_that_fit_several_definitions_decide_nothing(tmp_path: Path) -> None:
    other = mini().model_copy(update={"edition": "2"})
    for name, definition in (("one", mini()), ("two", other)):
        (tmp_path / f"{name}.json").write_bytes(canonical_json(definition))
    search = DefinitionSearch(Library(given=(tmp_path / "one.json", tmp_path / "two.json"), folder=tmp_path))
    result = search.find(Identity(by=IDS, ids=ALL_IDS))
    assert names_of(result.diagnostics) == ["definition-unclear"]


def other_rules() -> Questionnaire:
    return mini().model_copy(update={"edition": "2"})


def test_another_definition_than_the_one_asked_for_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mini.json").write_bytes(canonical_json(mini()))
    search = DefinitionSearch(Library(given=(tmp_path / "mini.json",), folder=tmp_path), other_rules())
    result = search.find(FULL)
    assert result.questionnaire is None
    assert names_of(result.diagnostics) == ["other-definition"]
    assert result.diagnostics[0].parameters["wanted"] == "mini@2"


def test_what_was_asked_for_serves_a_workbook_that_says_nothing(tmp_path: Path) -> None:
    search = DefinitionSearch(Library(folder=tmp_path), mini())
    assert search.find(Identity(by=IDS, ids=ALL_IDS)).questionnaire == mini()
    assert names_of(search.find(Identity(by=IDS)).diagnostics) == ["not-a-questionnaire"]


def test_other_words_are_the_same_rules(tmp_path: Path) -> None:
    """A version that only mends texts is scored together with the one asked for."""
    mended = mini().model_copy(
        update={"version": "1.0.1", "title": {"es": "Otro título", "en": "Another title"}}
    )
    (tmp_path / "mini.json").write_bytes(canonical_json(mini()))
    search = DefinitionSearch(Library(given=(tmp_path / "mini.json",), folder=tmp_path), mended)
    assert search.find(FULL).questionnaire == mini()


def test_an_older_version_is_read_with_its_own_definition(tmp_path: Path) -> None:
    """The lock has 1.0.0 and 1.2.0; a workbook of the first is read with the first."""
    releases = []
    for version in ("1.0.0", "1.2.0"):
        definition = mini().model_copy(update={"version": version})
        data = canonical_json(definition)
        (tmp_path / f"{version}.json").write_bytes(data)
        releases.append(
            Release(
                id="mini",
                edition="1",
                version=version,
                definition_hash=definition_hash(definition),
                scoring_hash=scoring_hash(definition),
                file=f"{version}.json",
            )
        )
    (tmp_path / "lock.json").write_bytes(lock_bytes(releases))
    result = DefinitionSearch(Library(folder=tmp_path)).find(FULL)
    assert result.questionnaire == mini()
    assert names_of(result.diagnostics) == ["older-version"]
    assert result.diagnostics[0].parameters["newest"] == "1.2.0"


def test_of_editions_that_share_ids_the_one_that_has_most_is_taken() -> None:
    library = Library()
    earlier, later = library.find("mmmctic@2020-04"), library.find("mmmctic@2021-11")
    search = DefinitionSearch(library)
    for one in (earlier, later):
        assert search.find(Identity(by=IDS, ids=frozenset(one.item_by_id))).questionnaire == one


def test_what_several_editions_have_alike_decides_nothing() -> None:
    library = Library()
    statements = library.find("mmmctic@2020-04").measurement_by_id["perception"].items
    found = DefinitionSearch(library).find(Identity(by=IDS, ids=frozenset(item.id for item in statements)))
    assert found.questionnaire is None
    assert names_of(found.diagnostics) == ["definition-unclear"]
