from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import ctimaturity.workflows.compare as compare_module
from ctimaturity.analysis.change import Presence
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.results.folder import write_results
from ctimaturity.scoring.index import score
from ctimaturity.workflows.compare import CompareOptions, compare
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.progress_files import write_comparison
from ctimaturity.workflows.score import load
from ctimaturity.workflows.synthetic import synthetic_entities
from documents import Page
from rounds import EXAMPLE, scored_example, write_few, write_later
from sheets import opened

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.workflows.compare import Compared

FORMATS = ("csv", "md", "html", "xlsx", "json", "pdf")


INDICATIVE = CompareOptions(indicative=True)
FEW = ("EJ-01", "EJ-04", "EJ-05")
"""Enough of the example for what is said of whole rounds."""


def write_round(
    out: Path, questionnaire: Questionnaire, *, measurements: tuple[str, ...] | None = None, label: str = ""
) -> Path:
    """Invented entities of a definition, as a result folder."""
    answers = synthetic_entities(questionnaire, 4)
    stored = scored_example()
    made = replace(
        stored,
        questionnaire=questionnaire,
        answers={each.entity.code: each for each in answers},
        index=score(questionnaire, answers, measurements=measurements),
        diagnostics=(),
        options={"round": label},
        awaited=(),
    )
    write_results(out, made)
    return out


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_later(tmp_path_factory.mktemp("later") / "out")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two rounds of a few entities."""
    folder = tmp_path_factory.mktemp("few")
    return write_few(folder / "before", *FEW), write_later(folder / "after", codes=FEW)


@pytest.fixture(scope="module")
def compared(later: Path) -> Compared:
    return compare([EXAMPLE, later])


@pytest.fixture(scope="module")
def there_and_back(few: tuple[Path, Path]) -> Compared:
    """Three rounds, of which the last is the first one again."""
    before, after = few
    return compare([before, after, before], CompareOptions(labels=("2023", "2025", "2027")))


@pytest.fixture(scope="module")
def written_back(there_and_back: Compared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("back") / "out"
    write_comparison(there_and_back, out, ScoreOptions(formats=("csv", "html")))
    return out


@pytest.fixture(scope="module")
def written(compared: Compared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("written") / "out"
    write_comparison(compared, out, ScoreOptions(formats=FORMATS[:5]))
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def sheet_names(path: Path) -> list[str]:
    book = read_workbook(path.read_bytes()).workbook
    assert book is not None
    return [sheet.name for sheet in book.sheets]


def sheet_rows(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a sheet below its headers, as texts; empty where a cell is."""
    sheet = opened(path.read_bytes(), values=True)[name]
    headers, *lines = [
        ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    return [dict(zip(headers, line, strict=True)) for line in lines]


def of_one(compared: Compared) -> Compared:
    """The comparison with EJ-04 alone."""
    (comparison,) = compared.comparisons
    one = next(each for each in comparison.entities if each.entity.code == "EJ-04")
    return replace(compared, comparisons=(replace(comparison, entities=(one,)),))


def refused(*paths: Path, options: CompareOptions | None = None) -> list[str]:
    with pytest.raises(JobError) as error:
        compare(paths, options)
    return [finding.code.id for finding in error.value.diagnostics]


class TestFiles:
    def test_every_change_is_the_sum_of_its_contributions(self, written: Path) -> None:
        sums: dict[tuple[str, ...], float] = {}
        for row in rows(written / "contributions.csv"):
            key = (row["entity_code"], row["measurement"], row["node"])
            sums[key] = sums.get(key, 0.0) + float(row["contribution"])
        changes = [row for row in rows(written / "changes.csv") if row["change"]]
        assert len(changes) > 4000
        for row in changes:
            key = (row["entity_code"], row["measurement"], row["node"])
            assert sums.get(key, 0.0) == pytest.approx(float(row["change"]), abs=1e-12)

    def test_the_published_numbers_are_those_of_both_rounds(self, written: Path, later: Path) -> None:
        found = {row["entity_code"]: row for row in rows(written / "entities.csv")}
        for side, folder in (("before", EXAMPLE), ("after", later)):
            for row in rows(folder / "index.csv"):
                one = found[row["entity_code"]]
                assert (one[f"index_{side}"], one[f"rank_{side}"]) == (row["index"], row["rank"])

    def test_rank_changes_are_split(self, written: Path) -> None:
        found = [row for row in rows(written / "entities.csv") if row["rank_change"]]
        assert len(found) == 7
        for row in found:
            terms = [int(row[f"rank_{name}"]) for name in ("own", "others", "membership")]
            assert sum(terms) == int(row["rank_change"])

    def test_the_json_has_the_same_rows(self, written: Path) -> None:
        found = json.loads((written / "comparison.json").read_text("utf-8"))
        for name in ("entities", "changes", "contributions", "trajectories"):
            assert len(found[name]) == len(rows(written / f"{name}.csv"))
        assert not found["indicative"]
        assert {each["distinguishable"] for each in found["changes"]} <= {None, True, False}

    def test_the_data_package_describes_them_in_spanish(self, written: Path) -> None:
        found = json.loads((written / "datapackage.json").read_text("utf-8"))
        paths = [each["path"] for each in found["resources"]]
        assert paths[:4] == ["entities.csv", "changes.csv", "contributions.csv", "trajectories.csv"]
        assert paths[4:] == [f"entities/{path.name}" for path in sorted((written / "entities").glob("*.csv"))]
        assert all(re.fullmatch(r"[a-z0-9._/-]+", each["name"]) for each in found["resources"])
        for each in found["resources"]:
            header = (written / each["path"]).read_text("utf-8").partition("\n")[0]
            assert header.split(",") == [field["name"] for field in each["schema"]["fields"]]
        assert found["resources"][0]["title"] == "Qué cambió en cada entidad"

    def test_the_same_rounds_give_the_same_bytes(self, compared: Compared, tmp_path: Path) -> None:
        once, again = tmp_path / "once", tmp_path / "again"
        for out in (once, again):
            write_comparison(of_one(compared), out, ScoreOptions(formats=FORMATS[:5]))
        for path in sorted(once.rglob("*")):
            if path.is_file() and path.suffix != ".xlsx" and path.name != "manifest.json":
                assert (again / path.relative_to(once)).read_bytes() == path.read_bytes()


class TestEntityTables:
    def test_each_entity_has_every_format(self, written: Path) -> None:
        places = {path.stem for path in (written / "entities").iterdir()}
        for stem in places:
            for ending in ("csv", "html", "md", "xlsx"):
                assert (written / "entities" / f"{stem}.{ending}").exists()

    def test_its_rows_are_those_of_all(self, written: Path) -> None:
        of_all = [row for row in rows(written / "changes.csv") if row["entity_code"] == "EJ-04"]
        own = rows(written / "entities" / "EJ-04.csv")
        assert [{key: row[key] for key in of_all[0]} for row in own] == of_all
        (entity,) = (row for row in rows(written / "entities.csv") if row["entity_code"] == "EJ-04")
        for name in ("rank_before", "rank_own", "rank_others", "rank_membership", "progress_rank"):
            assert own[0][name] == entity[name]
            assert {row[name] for row in own[1:]} == {""}

    def test_what_its_items_add_sums_to_the_change_of_the_index(self, written: Path) -> None:
        own = rows(written / "entities" / "EJ-04.csv")
        names = [f"index_{source}" for source in ("definition", "reference", "answers", "survey")]
        items = [float(row[name]) for row in own for name in names if row["kind"] == "item" and row[name]]
        sources = [float(own[0][name]) for name in names if own[0][name]]
        assert sum(items) == pytest.approx(float(own[0]["change"]), abs=1e-12)
        assert sum(sources) == pytest.approx(float(own[0]["change"]), abs=1e-12)
        kinds = {row["kind"] for row in own[1:] for name in names if row[name]}
        assert kinds == {"item"}

    def test_it_says_what_was_answered(self, written: Path) -> None:
        own = {row["node"]: row for row in rows(written / "entities" / "EJ-04.csv")}
        met = [row for row in own.values() if row["answer_before"] == "No cumple"]
        assert {row["answer_after"] for row in met} == {"No cumple", "Cumple"}
        assert own["capacities"]["title"] == "Capacidades"
        assert own["capacities"]["answer_before"] == ""


class TestDocuments:
    def test_the_page_of_all_is_whole_and_leads_to_each(self, written: Path) -> None:
        page = Page((written / "index.html").read_text("utf-8"))
        links = {a["href"] for tag, a in page.tags if tag == "a" and "entities/" in (a.get("href") or "")}
        assert links == {f"entities/{each.name}" for each in (written / "entities").glob("*.html")}
        assert "None" not in " ".join(page.text)
        ranking = page.tables["Avance del índice"]
        assert [row[1] for row in ranking[1:8]] == ["1", "2", "3", "4", "5", "6", "7"]

    def test_a_provisional_entity_has_its_interval_and_no_point(self, written: Path) -> None:
        page = Page((written / "index.html").read_text("utf-8"))
        (row,) = (row for row in page.tables["Avance del índice"] if "EJ-09" in row[0])
        assert row[1] == "–"
        assert "–" in row[2]
        assert row[4] == "–"

    def test_the_page_of_an_entity_says_what_it_achieved(self, written: Path) -> None:
        html = (written / "entities" / "EJ-04.html").read_text("utf-8")
        page = Page(html)
        assert ("h1", "Lo que logró su entidad: San Telmo del Páramo") in page.headings
        met = next(row for row in page.tables["Lo que más lo subió"] if row[0].startswith("C-"))
        assert met[2:4] == ["No cumple", "Cumple"]
        assert "Capacidades: de 172 respuestas con puntaje en las dos rondas" in " ".join(page.text)
        assert "no se distingue de la ausencia de cambio" in html
        assert len(page.tables["Lo que más lo subió"]) == 13

    def test_markdown_has_the_same_ranking(self, written: Path) -> None:
        text = (written / "index.md").read_text("utf-8")
        assert text.startswith("# Avance: de Ejemplo a 2027\n")
        assert "Mesa de los Yarumos" in text
        assert (written / "entities" / "EJ-04.md").exists()

    def test_the_workbook_says_what_it_is(self, written: Path) -> None:
        names = sheet_names(written / "index.xlsx")
        assert names[:5] == ["Avance", "Partes", "Preguntas", "Afirmaciones", "Rondas"]
        assert "_cti" in names

    def test_each_entity_has_a_workbook_of_its_own(self, written: Path) -> None:
        place = written / "entities" / "EJ-04.xlsx"
        names = ["Partes", "Preguntas", "Afirmaciones", "Rondas"]
        assert sheet_names(place)[:4] == names
        for sheet in names:
            assert {row["Código"] for row in sheet_rows(place, sheet)} == {"EJ-04"}
        parts = {(row["Medición"], row["Parte"]): row for row in sheet_rows(place, "Partes")}
        changes = {
            (row["measurement"], row["node"]): row
            for row in rows(written / "changes.csv")
            if row["entity_code"] == "EJ-04"
        }
        whole, wanted = parts["capacities", "Capacidades"], changes["capacities", "capacities"]
        pairs = {
            "Antes": "before",
            "Después": "after",
            "Cambio": "change",
            "Mínimo antes": "low_before",
            "Máximo después": "high_after",
            "Niveles de diferencia": "level_change",
        }
        for name, column in pairs.items():
            assert float(whole[name]) == pytest.approx(float(wanted[column]))

    def test_of_a_provisional_entity_only_what_is_certain_has_a_point(self, written: Path) -> None:
        for row in sheet_rows(written / "entities" / "EJ-09.xlsx", "Partes"):
            certain = row["Mínimo antes"] == row["Máximo antes"]
            assert not row["Antes"] or certain


def test_several_rounds_have_trajectories(
    there_and_back: Compared, written_back: Path, written: Path
) -> None:
    assert [(each.before.label, each.after.label) for each in there_and_back.comparisons] == [
        ("2023", "2025"),
        ("2025", "2027"),
    ]
    lines = [row for row in rows(written_back / "trajectories.csv") if row["entity_code"] == "EJ-04"]
    assert [row["round"] for row in lines] == ["2023", "2025", "2027"]
    page = Page((written_back / "index.html").read_text("utf-8"))
    table = page.tables["Índice por ronda"]
    assert table[0] == ["Entidad", "2023", "2025", "2027", "De la primera a la última"]
    # The third round is the first one again: nobody has moved on the whole way.
    assert {row[-1] for row in table[1:]} == {"0,00"}
    known = {row["entity_code"]: row for row in rows(EXAMPLE / "index.csv")}
    for row in rows(written_back / "trajectories.csv"):
        for name in ("capacities", "perception", "results"):
            if row["order"] == "1":
                assert row[name] == known[row["entity_code"]][name]
    told = "Lo demás de esta página compara 2025 con 2027; las tablas tienen cada ronda con la anterior."
    of_entity = (written_back / "entities" / "EJ-04.html").read_text("utf-8")
    assert told in page.text
    assert told in of_entity
    assert "Lo demás de esta página" not in (written / "index.html").read_text("utf-8")


def test_who_comes_back_is_not_simply_new(compared: Compared, written_back: Path) -> None:
    gone = next(each.entity.code for each in compared.comparisons[0].of(Presence.GONE))
    table = Page((written_back / "index.html").read_text("utf-8")).tables["Nuevas en esta ronda"]
    assert table[0][-1] == "Participó antes en"
    assert [(gone in row[0], row[-1]) for row in table[1:]] == [(True, "2023")]


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    """Three rounds; EJ-04 is not in the second, EJ-05 refused there, EJ-06 not in the third."""
    folder = tmp_path_factory.mktemp("gaps")
    stored = scored_example()
    those = ("EJ-01", "EJ-04", "EJ-05", "EJ-06", "EJ-07")
    first = write_few(folder / "first", *those)
    write_later(folder / "2027", codes=those)
    without = {"2025": {"EJ-04"}, "2027": {"EJ-06"}}
    for label, missing in without.items():
        given = load(first if label == "2025" else folder / label)
        answers = {
            code: replace(each, refused=each.refused or (label, code) == ("2025", "EJ-05"))
            for code, each in given.answers.items()
            if code not in missing
        }
        index = score(stored.questionnaire, list(answers.values()), measurements=stored.index.measurements)
        made = replace(given, answers=answers, index=index, options={"round": label}, diagnostics=())
        write_results(folder / f"out-{label}", made)
    return compare([first, *(folder / f"out-{label}" for label in without)])


@pytest.fixture(scope="module")
def gaps_written(gaps: Compared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gaps-written") / "out"
    write_comparison(gaps, out, ScoreOptions(formats=("csv", "html", "md", "xlsx")))
    return out


class TestGaps:
    def test_the_last_two_rounds_of_each_are_compared(self, gaps: Compared) -> None:
        pairs = {
            code: (comparison.before.label, comparison.after.label)
            for code, (comparison, _) in gaps.latest.items()
        }
        assert pairs["EJ-04"] == pairs["EJ-05"] == ("Ejemplo", "2027")
        assert pairs["EJ-06"] == ("Ejemplo", "2025")
        assert pairs["EJ-07"] == ("2025", "2027")

    def test_they_are_in_the_tables_and_sum(self, gaps_written: Path) -> None:
        found = [row for row in rows(gaps_written / "entities.csv") if row["entity_code"] == "EJ-04"]
        assert [(row["from_round"], row["to_round"], row["presence"]) for row in found] == [
            ("Ejemplo", "2025", "gone"),
            ("2025", "2027", "new"),
            ("Ejemplo", "2027", "returning"),
        ]
        own = rows(gaps_written / "entities" / "EJ-04.csv")
        assert (own[0]["score:Ejemplo"], own[0]["score:2025"]) == (own[0]["before"], "")
        sums: dict[str, float] = {}
        for row in rows(gaps_written / "contributions.csv"):
            if (row["from_round"], row["to_round"], row["entity_code"]) == ("Ejemplo", "2027", "EJ-04"):
                sums[row["node"]] = sums.get(row["node"], 0.0) + float(row["contribution"])
        assert sums["index"] == pytest.approx(float(own[0]["change"]), abs=1e-12)

    def test_each_has_a_page_that_says_what_it_missed(self, gaps_written: Path) -> None:
        places = gaps_written / "entities"
        for code, said in (
            ("EJ-04", "Su entidad no participó en 2025."),
            ("EJ-05", "Lo que envió su entidad se rechazó en 2025."),
            ("EJ-06", "Su entidad no participó en 2027."),
        ):
            assert said in (places / f"{code}.md").read_text("utf-8")
            page = Page((places / f"{code}.html").read_text("utf-8"))
            assert page.tables["Índice por ronda"][0] == [
                *("Parte", "Ejemplo", "2025", "2027", "De la primera a la última")
            ]
            assert "Lo que más lo subió" in page.tables or code == "EJ-06"
        main = Page((gaps_written / "index.html").read_text("utf-8"))
        table = main.tables["De vuelta tras una ausencia"]
        assert [row[1] for row in table[1:]] == ["Ejemplo → 2027", "Ejemplo → 2027"]
        links = {a["href"] for tag, a in main.tags if tag == "a"}
        assert "entities/EJ-06.html" in links
        # EJ-04 came back and is not new: only the newcomer of 2027 is.
        tiles = (gaps_written / "index.md").read_text("utf-8")
        assert "- Nuevas: **1**" in tiles
        assert "- De vuelta tras una ausencia: **1**" in tiles
        # The last point of EJ-06 is of 2025, and the chart says so.
        assert "(2025)" in (gaps_written / "index.html").read_text("utf-8")


def rated(answers: EntityAnswers) -> EntityAnswers:
    """With the best range mark wherever there is a criterion mark."""
    given = {
        item: replace(each, own_mark="6") if each.criterion else each
        for item, each in answers.responses.items()
    }
    return replace(answers, responses=given)


def test_other_ranges_are_said_and_are_a_source(tmp_path: Path) -> None:
    stored = scored_example()
    marked = {code: rated(stored.answers[code]) for code in FEW}
    for basis in ("criterion", "self"):
        index = score(stored.questionnaire, list(marked.values()), results_basis=basis)
        made = replace(stored, answers=marked, index=index, options={"round": basis})
        write_results(tmp_path / basis, made)
    found = compare([tmp_path / "criterion", tmp_path / "self"])
    assert [each.code for each in found.diagnostics] == [codes.MARKS_CHANGED]
    sources = {
        part.source.value
        for one in found.comparisons[0].entities
        for node in one.nodes
        for part in node.contributions
    }
    assert sources == {"reference"}
    write_comparison(found, tmp_path / "out", ScoreOptions(formats=("md",)))
    assert "otros rangos de referencia u otra base" in (tmp_path / "out" / "index.md").read_text("utf-8")


def test_an_indication_within_one_edition_is_not_needed(few: tuple[Path, Path]) -> None:
    found = compare(few, INDICATIVE)
    assert [each.code for each in found.diagnostics] == [codes.INDICATIVE_NOT_NEEDED]
    assert found.comparisons
    assert found.indicative is None


def test_a_pdf_for_all_and_for_each(compared: Compared, tmp_path: Path) -> None:
    write_comparison(of_one(compared), tmp_path / "out", ScoreOptions(formats=("pdf",)))
    for name in ("index.pdf", "entities/EJ-04.pdf"):
        assert (tmp_path / "out" / name).read_bytes().startswith(b"%PDF-")


def test_one_folder_twice_is_told_apart_and_doubted(there_and_back: Compared, few: tuple[Path, Path]) -> None:
    assert there_and_back.diagnostics == ()
    found = compare([few[0], few[0]])
    assert [each.label for each in found.rounds] == ["Ejemplo", "Ejemplo (2)"]
    (doubt,) = found.diagnostics
    assert doubt.code is codes.SAME_ROUND
    assert doubt.parameters == {"before": "Ejemplo", "after": "Ejemplo (2)"}


def test_rounds_in_the_wrong_order_are_doubted(few: tuple[Path, Path]) -> None:
    wrong = ("Ronda 2027", "Ronda 2025")
    others = (("2025", "2027"), ("2025-1", "2025-2"), ("2027", "piloto"), ("2026-2027", "2025"))
    found = {
        labels: [each.code for each in compare(few, CompareOptions(labels=labels)).diagnostics]
        for labels in (wrong, *others)
    }
    assert found == {wrong: [codes.ROUNDS_OUT_OF_ORDER], **{labels: [] for labels in others}}


def test_what_is_read_is_never_replaced(compared: Compared, later: Path, tmp_path: Path) -> None:
    before = (later / "manifest.json").read_bytes()
    for out in (later, later / "progress"):
        with pytest.raises(JobError) as error:
            write_comparison(compared, out, ScoreOptions(formats=("csv",), force=True))
        assert [each.code for each in error.value.diagnostics] == [codes.OUTPUT_IS_INPUT]
    assert (later / "manifest.json").read_bytes() == before
    write_comparison(compared, tmp_path / "beside", ScoreOptions(formats=("csv",)))


def test_a_comparison_is_no_round(written: Path) -> None:
    with pytest.raises(JobError) as error:
        compare([EXAMPLE, written])
    (finding,) = error.value.diagnostics
    assert (finding.code, finding.parameters["kind"]) == (codes.FOLDER_OF_ANOTHER_KIND, "comparison")


def test_nobody_in_common_is_a_warning(tmp_path: Path) -> None:
    other = write_round(tmp_path / "other", Library().find("mmmctic@2020-04"))
    found = compare([EXAMPLE, other])
    assert [each.code for each in found.diagnostics] == [codes.NOBODY_IN_COMMON]
    write_comparison(found, tmp_path / "out", ScoreOptions(formats=FORMATS))
    page = Page((tmp_path / "out" / "index.html").read_text("utf-8"))
    assert set(page.tables) == {"Nuevas en esta ronda", "Ya no participan en esta ronda"}


def test_other_measurements_are_refused(tmp_path: Path) -> None:
    questionnaire = Library().find("mmmctic@2020-04")
    one = write_round(tmp_path / "one", questionnaire)
    two = write_round(tmp_path / "two", questionnaire, measurements=("capacities",))
    assert refused(one, two) == [codes.MEASUREMENTS_DIFFER.id]


def test_another_instrument_is_refused(tmp_path: Path) -> None:
    other = Library().find("mmmctic@2020-04").model_copy(update={"id": "other"})
    assert refused(EXAMPLE, write_round(tmp_path / "other", other)) == [codes.INSTRUMENTS_DIFFER.id]


def test_what_cannot_be_read_is_said_of_every_round(tmp_path: Path) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        place.mkdir()
    with pytest.raises(JobError) as error:
        compare(places)
    found = {each.location.file for each in error.value.diagnostics}
    assert found >= {place.as_posix() for place in places}


def test_a_definition_that_changed_within_its_edition_is_a_source(tmp_path: Path) -> None:
    questionnaire = Library().find("mmmctic@2020-04")
    weights = {**questionnaire.index.weights, "capacities": questionnaire.index.weights["results"] * 2}
    heavier = questionnaire.model_copy(
        update={"version": "2.0.0", "index": questionnaire.index.model_copy(update={"weights": weights})}
    )
    found = compare([write_round(tmp_path / "1", questionnaire), write_round(tmp_path / "2", heavier)])
    assert [each.code for each in found.diagnostics] == [codes.DEFINITION_CHANGED]
    for one in found.comparisons[0].entities:
        node = one.node("index", "index")
        assert node is not None
        assert node.before is not None
        assert node.after is not None
        # The same answers under both: all of the change is the definition's.
        assert [each.source.value for each in node.contributions] == ["definition"]
        assert node.contributions[0].value == pytest.approx(node.after.score - node.before.score)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("editions")
    return [
        write_round(folder / edition, Library().find(f"mmmctic@{edition}"), label=edition)
        for edition in ("2020-04", "2021-11")
    ]


@pytest.fixture(scope="module")
def indicated(pair: list[Path]) -> Compared:
    return compare(pair, INDICATIVE)


@pytest.fixture(scope="module")
def indicated_written(indicated: Compared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("indicated") / "out"
    write_comparison(indicated, out, ScoreOptions(formats=FORMATS))
    return out


class TestAcrossEditions:
    def test_they_are_refused_with_the_reasons(self, pair: list[Path]) -> None:
        with pytest.raises(JobError) as error:
            compare(pair)
        (finding,) = error.value.diagnostics
        assert finding.code is codes.EDITIONS_DIFFER
        assert finding.parameters["items"] == 224
        assert 0 < int(finding.parameters["same"]) < 224

    def test_more_than_two_rounds_are_refused_even_as_an_indication(self, pair: list[Path]) -> None:
        assert refused(*pair, pair[1], options=INDICATIVE) == [codes.EDITIONS_DIFFER.id]

    def test_without_a_crosswalk_there_is_no_indication(
        self, pair: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(compare_module, "links_between", lambda *_: None)
        assert refused(*pair, options=INDICATIVE) == [codes.NO_CROSSWALK.id]

    def test_an_indication_is_flagged_everywhere(self, indicated: Compared, indicated_written: Path) -> None:
        assert indicated.comparisons == ()
        assert indicated.indicative
        assert {each.measurement for each in indicated.indicative} <= {
            "index",
            "capacities",
            "perception",
            "results",
        }
        out = indicated_written
        assert {row["indicative"] for row in rows(out / "indicative.csv")} == {"true"}
        assert json.loads((out / "comparison.json").read_text("utf-8"))["indicative"]
        page = Page((out / "index.html").read_text("utf-8"))
        assert all(caption.startswith("Solo un indicio") for caption in page.tables)
        assert "Solo un indicio" in (out / "index.md").read_text("utf-8")
        assert all(
            name.startswith("Solo un indicio") or name == "_cti" for name in sheet_names(out / "index.xlsx")
        )

    def test_each_entity_has_every_format_flagged(self, indicated: Compared, indicated_written: Path) -> None:
        out = indicated_written
        (code, *_) = codes_ = sorted({each.code for each in indicated.indicative or ()})
        stems = {path.stem for path in (out / "entities").iterdir()}
        assert stems == set(codes_)
        html = (out / "entities" / f"{code}.html").read_text("utf-8")
        page = Page(html)
        assert all(caption.startswith("Solo un indicio") for caption in page.tables)
        assert (
            "Lo que logró su entidad, solo como indicio" in html,
            "no es un cambio de puntaje" in html,
        ) == (
            True,
            True,
        )
        assert "Solo un indicio" in (out / "entities" / f"{code}.md").read_text("utf-8")
        names = sheet_names(out / "entities" / f"{code}.xlsx")
        assert all(name.startswith("Solo un indicio") or name == "_cti" for name in names)
        links = {a["href"] for tag, a in Page((out / "index.html").read_text("utf-8")).tags if tag == "a"}
        assert {f"entities/{each}.html" for each in codes_} <= links

    def test_what_the_items_of_an_entity_add_sums_to_the_change(self, indicated_written: Path) -> None:
        out = indicated_written
        for path in sorted((out / "entities").glob("*.csv")):
            own = rows(path)
            assert {row["indicative"] for row in own} == {"true"}
            items = [row for row in own if row["kind"] == "item"]
            added = sum(float(row["contribution"]) for row in items)
            assert added == pytest.approx(float(own[0]["change"]), abs=1e-12)
            assert len(items) == int(own[0]["items"])
            # Each mean is that of the items themselves.
            for side in ("before", "after"):
                mean = sum(float(row[side]) for row in items) / len(items)
                assert mean == pytest.approx(float(own[0][side]), abs=1e-9)
        of_all = rows(out / "indicative_items.csv")
        assert len(of_all) == sum(
            row["kind"] == "item" for path in (out / "entities").glob("*.csv") for row in rows(path)
        )

    def test_all_of_it_lies_between_0_and_100(self, indicated: Compared) -> None:
        found = indicated.indicative or ()
        assert found
        assert all(0 <= score_ <= 100 for each in found for score_ in (each.before, each.after))


def test_another_name_or_type_is_said(later: Path, tmp_path: Path) -> None:
    stored = load(later)
    names = {"EJ-04": "Santelmo", "EJ-05": stored.answers["EJ-05"].entity.name.upper() + " "}
    answers = {
        code: replace(each, entity=replace(each.entity, name=names.get(code, each.entity.name)))
        for code, each in stored.answers.items()
    }
    answers["EJ-06"] = replace(answers["EJ-06"], entity=replace(answers["EJ-06"].entity, type="other"))
    index = score(stored.questionnaire, list(answers.values()), measurements=stored.index.measurements)
    write_results(tmp_path / "renamed", replace(stored, answers=answers, index=index))
    found = compare([EXAMPLE, tmp_path / "renamed"]).diagnostics
    told = {each.code: each.parameters for each in found}
    assert told.keys() == {codes.ENTITY_RENAMED, codes.ENTITY_RETYPED}
    assert len(found) == 2
    assert (told[codes.ENTITY_RENAMED]["entity"], told[codes.ENTITY_RENAMED]["new"]) == ("EJ-04", "Santelmo")
    assert (told[codes.ENTITY_RETYPED]["entity"], told[codes.ENTITY_RETYPED]["new"]) == ("EJ-06", "other")
