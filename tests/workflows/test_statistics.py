"""Official statistics beside what workbooks say."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.workbook.template import Content, TemplateOptions
from ctimaturity.workbook.writer import write_workbook
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.results_import import ImportOptions, import_results
from ctimaturity.workflows.score import load, score
from ctimaturity.workflows.verify import Proved, verify
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.workflows.outcome import Outcome

MODEL = "mmmctic@2020-04"
HEAD = "entity_code,item,year,value,source\n"


@pytest.fixture
def round_(tmp_path: Path) -> Path:
    """One entity with a value, a value of both years, no data and a mark alone."""
    definition = Library().find(MODEL)
    (tmp_path / "in").mkdir()
    given = {
        "R-PER-04": Response(State.ANSWERED, value=Decimal(40), criterion="3", year=2024),
        "R-PER-06": Response(State.NO_DATA, reason="no-publicado"),
        "R-PER-08": Response(State.ANSWERED, criterion="2"),
    }
    entity = Entity("E-1", "Uno", "alcaldia")
    options = TemplateOptions(parts=("results",), entity=entity)
    content = Content(EntityAnswers(entity, given))
    write_workbook(tmp_path / "in" / "E-1.xlsx", definition, options, definition_hash(definition), content)
    (tmp_path / "list.csv").write_text(
        "code,name,type\nE-1,Uno,alcaldia\nE-2,Dos,alcaldia\n", encoding="utf-8"
    )
    return tmp_path


def scored(folder: Path, rows: str, keep: str | None = None) -> Outcome:
    (folder / "official.csv").write_text(HEAD + rows, encoding="utf-8")
    options = ScoreOptions(
        entities=folder / "list.csv",
        statistics=folder / "official.csv",
        measurements=("results",),
        keep=keep,
        formats=("csv",),
        jobs=1,
    )
    return score([folder / "in"], options)


def answer(outcome: Outcome, item: str) -> Response:
    return outcome.assessment.answers["E-1"].responses[item]


def codes(outcome: Outcome) -> set[str]:
    return {each.code.id for each in outcome.diagnostics if each.code.id.startswith("R4")}


def test_a_gap_is_filled_and_says_from_where(round_: Path) -> None:
    rows = "E-1,R-PER-05,2024,7.5,MEN\nE-1,R-PER-08,2023,31,DANE\nE-2,R-PER-05,2024,8,MEN\n"
    outcome = scored(round_, rows)
    assert codes(outcome) == {"R416", "R419"}
    filled = answer(outcome, "R-PER-05")
    assert (filled.value, filled.year, filled.reference) == (Decimal("7.5"), 2024, "MEN")
    assert (filled.source.file, filled.source.cell, filled.source.origin) == (
        "official.csv", "D2", "statistics",
    )  # fmt: skip
    beside = answer(outcome, "R-PER-08")  # the entity's own mark stays
    assert (beside.value, beside.criterion, beside.source.origin) == (31, "2", "statistics")
    out = outcome.write(round_ / "out")
    with (out / "answers.csv").open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["item"] == "R-PER-05")
    assert (row["origin"], row["file"], row["cell"], row["source"]) == (
        "statistics", "official.csv", "D2", "MEN",
    )  # fmt: skip
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["options"]["statistics"] == "official.csv"
    assert "official.csv" in manifest["inputs"]
    assert load(out).answers["E-1"].responses == outcome.assessment.answers["E-1"].responses
    assert verify(out).verdict is Proved.SAME
    status, tree, _ = cti("explain", str(out), "R-PER-05", "--entity", "E-1", "--lang", "en")
    assert status == 0
    assert "from official.csv[D2] (official statistics)" in tree
    assert "source MEN" in tree


def test_the_same_value_says_nothing(round_: Path) -> None:
    assert codes(scored(round_, "E-1,R-PER-04,2024,40.0,MEN\n")) == set()


def test_another_value_of_the_year_refuses_the_entity(round_: Path) -> None:
    with pytest.raises(JobError) as caught:  # the only entity
        scored(round_, "E-1,R-PER-04,2024,41,MEN\n")
    (finding,) = (each for each in caught.value.diagnostics if each.code.id == "R410")
    assert (finding.location.file, finding.location.sheet) == ("E-1.xlsx", "Resultados")
    assert (finding.parameters["own"], finding.parameters["official"]) == ("40", "41")
    assert finding.parameters["other"] == "official.csv:2"


@pytest.mark.parametrize(
    ("keep", "code", "value"),
    [("official.csv", "R411", 41), ("E-1.xlsx", "R411", 40), ("none", "R412", None)],
)
def test_keep_settles_a_contradiction(round_: Path, keep: str, code: str, value: int | None) -> None:
    given = keep if keep == "none" else str(round_ / ("in" if "xlsx" in keep else "") / keep)
    outcome = scored(round_, "E-1,R-PER-04,2024,41,MEN\n", given)
    assert code in codes(outcome)
    assert answer(outcome, "R-PER-04").value == value
    outcome.write(round_ / "out")
    assert verify(round_ / "out").verdict is Proved.SAME


def test_no_data_gives_way_to_a_value_that_is_published(round_: Path) -> None:
    outcome = scored(round_, "E-1,R-PER-06,2024,9,MEN\n")
    assert "R413" in codes(outcome)
    assert answer(outcome, "R-PER-06").value == 9
    kept = scored(round_, "E-1,R-PER-06,2024,9,MEN\n", str(round_ / "in" / "E-1.xlsx"))
    assert answer(kept, "R-PER-06").state is State.NO_DATA


def test_a_value_of_another_year_stays(round_: Path) -> None:
    outcome = scored(round_, "E-1,R-PER-04,2022,41,MEN\n")
    assert codes(outcome) == {"R414"}
    assert answer(outcome, "R-PER-04").value == 40


def test_what_cannot_exist_or_is_not_plausible_is_said(round_: Path) -> None:
    definition = Library().find(MODEL)
    item = next(
        item for item in definition.indicators if "alcaldia" not in definition.item_by_id[item].applies_to
    )
    outcome = scored(round_, f"E-1,{item},2024,5,MEN\nE-1,R-PER-05,2024,250,MEN\n")
    assert codes(outcome) == {"R415", "R419"}
    assert ("A208", 3) in {(each.code.id, each.location.line) for each in outcome.diagnostics}


def test_a_table_that_cannot_be_read_stops_the_job(round_: Path) -> None:
    with pytest.raises(JobError) as caught:
        scored(round_, "E-1,R-PER-05,hoy,1,MEN\n")
    assert "R405" in {each.code.id for each in caught.value.diagnostics}


def test_an_import_makes_a_table_that_scores_alike(round_: Path) -> None:
    raw = round_ / "raw.csv"
    raw.write_text(
        "cod;ind;vig;dato;fuente\nE-1;R-PER-05;2023;7,5;MEN\nE-1;R-PER-05;2024;8,5;MEN\n", encoding="utf-8"
    )
    more = round_ / "more.csv"
    more.write_text(HEAD + "E-1,R-PER-05,2025,9,MEN\nE-1,R-PER-08,2024,3,MEN\n", encoding="utf-8")
    out = round_ / "official.csv"
    words = (
        "results",
        "import",
        str(raw),
        "-q",
        MODEL,
        "--entities",
        str(round_ / "list.csv"),
        "-o",
        str(out),
    )
    said = ("--column", "entity=cod", "--column", "item=ind", "--column", "year=vig")
    status, _, shown = cti(*words, *said, "--decimal", "comma", "--year", "2023")
    assert status == 0, shown
    assert out.read_text(encoding="utf-8").splitlines()[1] == "E-1,R-PER-05,2023,7.5,,MEN,raw.csv,2"
    assert cti(*words, *said)[0] == 2  # it is there already
    assert cti(*words, "--force")[0] == 2  # columns that are not known
    assert cti(*words, "--column", "what=cod")[0] == 2
    options = ScoreOptions(entities=round_ / "list.csv", statistics=out, measurements=("results",))
    outcome = score([round_ / "in"], options)
    assert answer(outcome, "R-PER-05").reference == "MEN (raw.csv:2)"
    taken = import_results(
        [more, out],
        round_ / "both.csv",
        ImportOptions(questionnaire=MODEL, entities=round_ / "list.csv"),
    )
    assert (taken.values, taken.entities) == (2, 1)
    assert "R-PER-05,2025,9" in (round_ / "both.csv").read_text(encoding="utf-8")


def test_two_tables_that_contradict_each_other_are_told(round_: Path) -> None:
    for name, value in (("a.csv", 1), ("b.csv", 2)):
        (round_ / name).write_text(
            f"{HEAD}E-1,R-PER-05,2025,{value},MEN\nE-1,R-PER-08,2024,3,MEN\n", encoding="utf-8"
        )
    options = ImportOptions(questionnaire=MODEL, entities=round_ / "list.csv")
    taken = import_results([round_ / "a.csv", round_ / "b.csv"], round_ / "c.csv", options)
    assert [(each.code.id, each.location.file) for each in taken.diagnostics] == [("R406", "b.csv")]
    assert taken.values == 1


def test_the_year_of_an_official_value_is_held_against_the_round(round_: Path) -> None:
    # A value may be three years old; 2020 and 2025 are not of 2021 to 2024.
    (round_ / "official.csv").write_text(
        HEAD + "E-1,R-PER-01,2020,50,DANE\nE-1,R-PER-02,2025,50,DANE\nE-1,R-PER-03,2021,50,DANE\n",
        encoding="utf-8",
    )
    options = ScoreOptions(
        entities=round_ / "list.csv",
        statistics=round_ / "official.csv",
        measurements=("results",),
        round_label="Ronda 2024",
        jobs=1,
    )
    found = [
        (each.code.id, each.location.line)
        for each in score([round_ / "in"], options).diagnostics
        if each.location.file == "official.csv" and each.code.id in {"A209", "R102"}
    ]
    assert found == [("A209", 2), ("R102", 3)]


def test_a_place_without_a_sheet_is_its_cell() -> None:
    assert str(Location(file="official.csv", cell="D2")) == "official.csv[D2]"
    assert str(Location(file="a.xlsx", sheet="S", cell="D2")) == "a.xlsx[S!D2]"
    assert str(Location(file="a.xlsx", sheet="S")) == "a.xlsx[S]"


def test_a_growth_is_compared_and_shown_as_growth(round_: Path) -> None:
    definition = Library().find(MODEL)
    entity = Entity("E-1", "Uno", "alcaldia")
    given = {
        item: Response(State.ANSWERED, value=Decimal(after), value_before=Decimal(before), year=2024)
        for item, after, before in (("R-PER-16", 110, 100), ("R-MAM-01", 3, 4))
    }
    content = Content(EntityAnswers(entity, given))
    options = TemplateOptions(parts=("results",), entity=entity)
    write_workbook(round_ / "in" / "E-1.xlsx", definition, options, definition_hash(definition), content)
    # 110 against 100 is a growth of 10 %, 3 against 4 a reduction of 25 %.
    with pytest.raises(JobError) as caught:  # the only entity is refused
        scored(round_, "E-1,R-PER-16,2024,10,DANE\nE-1,R-MAM-01,2024,24,DANE\n")
    found = [
        (each.parameters["item"], each.parameters["own"], each.parameters["official"])
        for each in caught.value.diagnostics
        if each.code.id == "R410"
    ]
    assert found == [("R-MAM-01", "25", "24")]
