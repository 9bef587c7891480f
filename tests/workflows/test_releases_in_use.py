"""A library that grows: 1.0.0, then 1.0.1 (words), then 2.0.0 (a weight), with workbooks of each.

Answers and scores of `small_instrument`. Under equal weights 05001 has ((3 + 1) / 2 + 1) / 2 = 1.5 and 05002
((1 + 3) / 2 + 2) / 2 = 2; with the first item three times as heavy both have 1.75: ((9 + 1) / 4 + 1) / 2 and
((3 + 3) / 4 + 2) / 2.
"""

from __future__ import annotations

import csv
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.language.findings import wording
from ctimaturity.workbook.identity import Identity
from ctimaturity.workbook.marker import IDENTITY_SHEET
from ctimaturity.workflows.definition_search import DefinitionSearch
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import score
from returned import names_of
from small_instrument import ANSWERS, plain, returned
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.workflows.outcome import Outcome

WORDS = ("First", "The first")
WEIGHT = ("weight: 1}", "weight: 3}")
ONE, TWO = ({code: ANSWERS[code]} for code in ("05001", "05002"))


@dataclass
class Growing:
    """`library/plain/v1`, in the version released last, and `in`, the workbooks that came back."""

    folder: Path

    @property
    def definition(self) -> Path:
        return self.folder / "library" / "plain" / "v1"

    def release(self, version: str, *edits: tuple[str, str]) -> None:
        self.definition.mkdir(parents=True, exist_ok=True)
        text = plain(*edits, ("version: 1.0.0", f"version: {version}"))
        (self.definition / "questionnaire.yaml").write_text(text, encoding="utf-8")
        status, _, told = cti("questionnaire", "release", str(self.definition))
        assert status == 0, told

    def receive(self, version: str, answers: dict[str, tuple[str, ...]]) -> Path:
        """Workbooks made from a version come back, into one folder."""
        file = self.definition / "released" / f"{version}.json"
        return returned(self.folder / f"in-{version}", str(file), answers)

    def score(self, *folders: Path, **options: str) -> Outcome:
        return score(folders, ScoreOptions(definitions=(self.definition,), jobs=1, **options))  # type: ignore[arg-type]  # only texts


@pytest.fixture
def growing(tmp_path: Path) -> Growing:
    made = Growing(tmp_path)
    made.release("1.0.0")
    made.release("1.0.1", WORDS)
    made.release("2.0.0", WORDS, WEIGHT)
    return made


def indices(outcome: Outcome) -> dict[str, tuple[int | None, float | None]]:
    return {row.entity.code: (row.rank, row.index) for row in outcome.assessment.index.rows}


def test_every_release_stays_loadable(growing: Growing) -> None:
    library = Library(folder=growing.folder / "library")
    versions = [library.load(release).version for release in library.all_releases]
    assert versions == ["1.0.0", "1.0.1", "2.0.0"]
    assert library.find("plain@v1").version == "2.0.0"
    assert library.find("plain@v1@1.0.0").item_by_id["a"].text == {"en": "First"}


def test_a_given_definition_brings_its_releases(growing: Growing) -> None:
    library = Library(given=(growing.definition,))
    for release in Library(folder=growing.folder / "library").all_releases:
        found = library.by_hash(release.definition_hash)
        assert found is not None
        assert found.version == release.version


def test_old_workbooks_are_scored_with_the_definition_they_were_made_from(growing: Growing) -> None:
    found = growing.score(growing.receive("1.0.0", ANSWERS))
    assert found.assessment.questionnaire.version == "1.0.0"
    assert indices(found) == {"05001": (2, 1.5), "05002": (1, 2.0)}
    found = growing.score(growing.receive("2.0.0", ANSWERS))
    assert found.assessment.questionnaire.version == "2.0.0"
    assert indices(found) == {"05001": (1, 1.75), "05002": (1, 1.75)}


def test_a_version_that_mends_words_ranks_with_the_one_before(growing: Growing) -> None:
    folders = growing.receive("1.0.0", ONE), growing.receive("1.0.1", TWO)
    assert indices(growing.score(*folders)) == {"05001": (2, 1.5), "05002": (1, 2.0)}


def test_other_rules_are_never_ranked_with_them(growing: Growing) -> None:
    folders = growing.receive("1.0.0", ONE), growing.receive("2.0.0", TWO)
    with pytest.raises(JobError) as caught:
        growing.score(*folders)
    told = [one for one in caught.value.diagnostics if one.code.name == "definitions-differ"]
    assert [one.parameters for one in told] == [
        {"count": 1, "definition": "plain@v1@1.0.0"},
        {"count": 1, "definition": "plain@v1@2.0.0"},
    ]
    # What the hint says, typed: the others are refused, with their way out.
    found = growing.score(*folders, questionnaire="plain@v1@1.0.0")
    assert indices(found) == {"05001": (1, 1.5), "05002": (None, None)}


def test_the_way_out_of_a_refusal_is_a_way(growing: Growing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that the finding names is typed as it stands, and its workbook is scored."""
    growing.receive("1.0.0", ONE)
    monkeypatch.chdir(growing.folder)
    asked = ("-q", "library/plain/v1", "--lang", "en")
    status, _, told = cti("score", "in-1.0.0/05001.xlsx", *asked, "-o", "out")
    assert status == 2
    assert "W207 other-definition: the workbook follows plain@v1@1.0.0, not the plain@v1@2.0.0" in told
    line = next(line for line in told.splitlines() if "questionnaire migrate" in line)
    _, _, command = line.partition("cti ")
    typed = shlex.split(command)
    assert typed[2:] == ["in-1.0.0/05001.xlsx", "--to", "library/plain/v1", "-o", "NEW.xlsx"]
    status, _, told = cti(*typed)
    assert status == 0, told
    assert cti("score", "NEW.xlsx", *asked, "-o", "out")[0] == 0
    with (growing.folder / "out" / "index.csv").open(encoding="utf-8", newline="") as lines:
        assert [float(row["index"]) for row in csv.DictReader(lines)] == [1.75]


def test_a_workbook_that_fits_none_is_refused_with_the_way_out(growing: Growing) -> None:
    strange = Identity(
        kind="questionnaire",
        questionnaire="plain",
        edition="v9",
        version="1.0.0",
        definition_hash="f" * 64,
        by=IDENTITY_SHEET,
        ids=frozenset({"z"}),
    )
    found = DefinitionSearch(Library(given=(growing.definition,))).find(strange)
    assert found.questionnaire is None
    assert names_of(found.diagnostics) == ["definition-unknown"]
    assert "-q FOLDER" in wording(found.diagnostics[0], "en").hint


def test_without_the_library_nothing_is_guessed(growing: Growing) -> None:
    status, _, told = cti("score", str(growing.receive("1.0.0", ONE)), "-o", str(growing.folder / "out"))
    assert status == 2
    assert "W203 definition-unknown" in told


def test_a_release_that_was_changed_is_an_error(growing: Growing) -> None:
    file = growing.definition / "released" / "1.0.0.json"
    file.write_bytes(file.read_bytes().replace(b"First", b"Frist"))
    status, told, _ = cti("questionnaire", "check", str(growing.definition), "-f", "text")
    assert status == 1
    assert "release-changed" in told
    with pytest.raises(JobError) as caught:
        Library(given=(growing.definition,)).find("plain@v1@1.0.0")
    assert names_of(caught.value.diagnostics) == ["release-changed"]
