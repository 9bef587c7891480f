"""Crosswalks: how they are written, what is wrong with them, and the bundled one against its tables."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.crosswalk import check_crosswalk, crosswalk_file, load_crosswalk, read_crosswalk
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.crosswalk import Link, ScaleLink
from model_tables import rows
from small_definition import SMALL, line_of, load_small

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.crosswalk import Crosswalk

EARLIER, LATER = "mmmctic@2020-04", "mmmctic@2021-11"
TEXT = """\
schema: 1
id: library-check
from: v1
to: v2
notes: [{en: The second edition asks less}]
same:
  - fire-exit
  - catalogue
  - {from: online, to: web, note: {en: Renamed}}
  - friendly
  - slow
  - loans
near:
  - {from: house, to: ramp}
scales:
  - {from: stars, to: stars, options: {1: 1, 3: 3}}
"""


def found(folder: Path, text: str, *, later: str = SMALL) -> list[Diagnostic]:
    """What is wrong with a crosswalk between the small definition and a changed one."""
    later = later.replace("id: online, text", "id: web, text").replace("edition: v1", "edition: v2")
    path = crosswalk_file(folder, "v1", "v2")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    source, crosswalk = read_crosswalk(path)
    if crosswalk is not None:
        check_crosswalk(crosswalk, load_small(folder), load_small(folder, later), source)
    return source.diagnostics


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT) == []
    crosswalk = load_crosswalk(crosswalk_file(tmp_path, "v1", "v2"))
    assert (crosswalk.id, crosswalk.old, crosswalk.new) == ("library-check", "v1", "v2")
    assert crosswalk.same[0] == Link("fire-exit", "fire-exit")
    assert crosswalk.same[2] == Link("online", "web", {"en": "Renamed"})
    assert crosswalk.near == (Link("house", "ramp"),)
    assert crosswalk.scales == (ScaleLink("stars", "stars", {"1": "1", "3": "3"}),)


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "item"),
    [
        pytest.param("- fire-exit", "- exit", codes.LINK_UNKNOWN, "- exit", "exit", id="no such item"),
        pytest.param(
            "to: web,", "to: care,", codes.LINK_UNKNOWN, "- {from: online", "care", id="a node is no item"
        ),
        pytest.param(
            "  - slow\n",
            "  - slow\n  - slow\n",
            codes.LINKED_TWICE,
            "  - slow\n  - loans",
            "slow",
            id="twice",
        ),
        pytest.param(
            "near:\n",
            "near:\n  - loans\n",
            codes.LINKED_TWICE,
            "- loans\n  - {from: house",
            "loans",
            id="both",
        ),
        pytest.param("  - loans\n", "", codes.SHARED_ID_NOT_LINKED, "schema", "loans", id="forgotten"),
        pytest.param(
            "{from: stars, to: stars,",
            "{from: star, to: stars,",
            codes.RESCALING_UNKNOWN,
            "- {from: star",
            "star",
            id="no such scale",
        ),
        pytest.param("3: 3}", "3: 4}", codes.RESCALING_UNKNOWN, "- {from: stars", "4", id="no such option"),
        pytest.param("to: v2", "to: v3", codes.CROSSWALK_NAME, "schema", "", id="another name"),
        pytest.param("near:\n", "nearly:\n", codes.MISSPELT_KEY, "nearly:", "library-check", id="a key"),
    ],
)
def test_mistakes_are_found_at_their_line(
    tmp_path: Path, old: str, new: str, code: Code, at: str, item: str
) -> None:
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    finding, *_ = [one for one in found(tmp_path, text) if one.code is code]
    assert (finding.location.line, finding.location.item) == (line_of(text, at), item)


def test_what_is_the_same_reads_the_same(tmp_path: Path) -> None:
    later = SMALL.replace("{en: There is a catalogue}", "{en: There is a register}")
    (finding,) = found(tmp_path, TEXT, later=later)
    assert finding.code is codes.SAME_WITH_OTHER_TEXT
    assert (finding.location.line, finding.location.item) == (line_of(TEXT, "- catalogue"), "catalogue")


@pytest.mark.parametrize("text", ["", "- a list", "same: [", "{}"])
def test_what_is_no_crosswalk_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "v1--v2.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JobError):
        load_crosswalk(path)


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(JobError) as error:
        load_crosswalk(tmp_path / "v1--v2.yaml")
    assert [one.code for one in error.value.diagnostics] == [codes.DEFINITION_FILE_MISSING]


class TestLibrary:
    def test_knows_the_bundled_one(self) -> None:
        assert Library().crosswalk("mmmctic", "2020-04", "2021-11") is not None
        assert Library().crosswalk("mmmctic", "2021-11", "2020-04") is None

    def test_finds_that_of_given_definitions_beside_them(self, tmp_path: Path) -> None:
        assert found(tmp_path, TEXT) == []
        (tmp_path / "v1").mkdir()
        shutil.copy(tmp_path / "small.yaml", tmp_path / "v1" / "questionnaire.yaml")
        crosswalk = Library(given=(tmp_path / "v1",)).crosswalk("library-check", "v1", "v2")
        assert crosswalk is not None
        assert crosswalk.new == "v2"


class TestBundled:
    @pytest.fixture
    def crosswalk(self) -> Crosswalk:
        found = Library().crosswalk("mmmctic", "2020-04", "2021-11")
        assert found is not None
        return found

    def test_fits_both_editions(self, root: Path) -> None:
        library = Library()
        path = crosswalk_file(root / "questionnaires" / "mmmctic", "2020-04", "2021-11")
        source, crosswalk = read_crosswalk(path)
        assert crosswalk is not None
        check_crosswalk(crosswalk, library.find(EARLIER), library.find(LATER), source)
        assert source.diagnostics == []

    @pytest.mark.shared
    def test_says_of_indicators_what_their_table_says(self, crosswalk: Crosswalk, shared: Path) -> None:
        table = {
            row["id"]: row["matches_2020"] for row in rows(shared, "results_2021") if row["matches_2020"]
        }
        linked = {
            link.new: f"{word}:{link.old}"
            for word, links in (("same", crosswalk.same), ("near", crosswalk.near))
            for link in links
            if link.new.startswith("R-")
        }
        assert linked == table
        assert sum(value.startswith("same:") for value in table.values()) == 7

    def test_statements_are_the_same_but_for_three(self, crosswalk: Crosswalk) -> None:
        same = [link for link in crosswalk.same if link.new.startswith("P-")]
        near = [link for link in crosswalk.near if link.new.startswith("P-")]
        assert (len(same), all(link.old == link.new for link in (*same, *near))) == (79, True)
        assert {link.new for link in near} == {"P-PER-01", "P-GOB-14", "P-MAM-06"}

    @pytest.mark.shared
    def test_questions_are_near_the_capacity_they_name(self, crosswalk: Crosswalk, shared: Path) -> None:
        table = {row["id"]: row["matches_2020"] for row in rows(shared, "capacities_2021")}
        del table["K-14"]
        assert {link.new: link.old for link in crosswalk.near if link.new.startswith("K-")} == table
        assert not [link for link in crosswalk.same if link.new.startswith("K-")]

    def test_the_question_that_is_not_asked_is_not_in_it(self, crosswalk: Crosswalk) -> None:
        assert "K-14" not in {link.new for link in (*crosswalk.same, *crosswalk.near)}

    def test_nothing_is_rescaled(self, crosswalk: Crosswalk) -> None:
        assert crosswalk.scales == ()
