"""Links between editions, from a crosswalk in either direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import mini
from ctimaturity.definitions.library import Library
from ctimaturity.definitions.route import routes
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.crosswalk import Why
from ctimaturity.workflows.definitions import links_between

if TYPE_CHECKING:
    from pathlib import Path

CROSSWALK = """\
schema: 1
id: mini
from: "1"
to: "2"
same: [P-1, {from: P-2, to: P-3}]
near: [{from: C-1, to: C-2-a}]
scales:
  - {from: agree, to: agree, options: {1: 1, 6: 5}}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two editions of the miniature with a crosswalk, as a user has them in a folder."""
    (tmp_path / "crosswalks").mkdir()
    (tmp_path / "crosswalks" / "1--2.yaml").write_text(CROSSWALK, encoding="utf-8")
    path = tmp_path / "mini.json"
    path.write_bytes(canonical_json(mini()))
    return Library(given=(path,))


def test_within_an_edition_ids_decide(library: Library) -> None:
    links = links_between(library, mini(), mini())
    assert links is not None
    assert links.same == {name: name for name in mini().item_by_id}


def test_the_crosswalk_says_what_is_same_near_and_rescaled(library: Library) -> None:
    later = mini().model_copy(update={"edition": "2"})
    links = links_between(library, mini(), later)
    assert links is not None
    assert links.same == {"P-1": "P-1", "P-3": "P-2"}
    assert links.near == {"C-2-a": "C-1"}
    assert links.rescale == {("agree", "agree"): {"1": "1", "6": "5"}}
    ways = routes(mini(), later, links)
    assert ways.why_not_asked("C-1-b") is Why.NEAR
    assert ways.why_not_asked("C-2-b") is Why.NOT_ASKED


def test_backwards_it_says_what_is_same_but_not_how_to_rescale(library: Library) -> None:
    links = links_between(library, mini().model_copy(update={"edition": "2"}), mini())
    assert links is not None
    assert links.same == {"P-1": "P-1", "P-2": "P-3"}
    assert links.near == {"C-1": "C-2-a"}
    assert links.rescale == {}


def test_without_a_crosswalk_nothing_is_the_same(library: Library) -> None:
    assert links_between(library, mini(), mini().model_copy(update={"edition": "3"})) is None
    assert links_between(library, mini(), mini().model_copy(update={"id": "other"})) is None


def test_between_the_ministrys_editions_only_values_of_shared_indicators_mean_the_same() -> None:
    library = Library()
    old, new = library.find("mmmctic@2020-04"), library.find("mmmctic@2021-11")
    links = links_between(library, old, new)
    assert links is not None
    ways = routes(old, new, links)
    # 79 statements and 7 indicators; agreement 1..6 and 1..5, ranges of six and of five marks do not meet.
    assert len(ways.by_item) == 79 + 7
    assert sum(route.values for route in ways.by_item.values()) == 7
    for name, route in ways.by_item.items():
        said = set(route.answers.codes) - {"NS"}
        assert not said, name
