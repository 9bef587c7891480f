"""Surveys from a blank form to a ranked index, as the guide has it, and what scoring makes of them."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import terminal
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.scoring.tallies import ALL_SEGMENTS
from ctimaturity.survey.folder import stored_covariances
from ctimaturity.survey.quality import QualityRules, Suspicion
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import load, score
from ctimaturity.workflows.survey_check import Expectation, check_surveys
from ctimaturity.workflows.survey_import import SurveyOptions, import_surveys

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

MODEL = "mmmctic@2020-04"


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("survey_make", root / "examples" / "surveys" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cti(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("LANG", "LANGUAGE", "LC_ALL"):
            patch.setenv(name, "en")
        return subprocess.CompletedProcess(words, *terminal.cti(*words))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def options(**more: object) -> SurveyOptions:
    return SurveyOptions(questionnaire=MODEL, **more)  # type: ignore[arg-type]


def test_twenty_entities_from_a_blank_form_to_a_ranked_index(tmp_path: Path, maker: ModuleType) -> None:
    codes = [f"INV-{n:02d}" for n in range(1, 21)]
    listed = "".join(f"{code},Entidad {code},alcaldia,1000,3000,2500,9000\n" for code in codes)
    segments = ("academia", "sector-publico", "sector-privado", "sociedad-civil")
    head = "code,name,type," + ",".join(f"population:{name}" for name in segments)
    (tmp_path / "entities.csv").write_text(f"{head}\n{listed}", encoding="utf-8")
    form = ("survey", "export", "-q", MODEL, "--format", "xlsform", "--entities", "entities.csv")
    assert cti(tmp_path, *form, "-o", "form.xlsx").returncode == 0
    exported = maker.kobo(Library().find(MODEL), {code: 2 + n / 8 for n, code in enumerate(codes)}, 150)
    (tmp_path / "export.csv").write_text(exported, encoding="utf-8", newline="")
    checked = cti(tmp_path, "survey", "check", "export.csv", "-q", MODEL, "--entities", "entities.csv")
    assert (checked.returncode, "P422" in checked.stdout) == (0, True)
    given = ("export.csv", "-q", MODEL, "--entities", "entities.csv")
    imported = cti(tmp_path, "survey", "import", *given, "-o", "survey")
    assert imported.returncode == 0, imported.stderr
    scoring = ("-q", MODEL, "--entities", "entities.csv", "--measurements", "perception")
    direct = cti(tmp_path, "score", "--survey", "export.csv", *scoring, "-o", "direct")
    assert direct.returncode == 0, direct.stderr
    through = cti(tmp_path, "score", "--survey", "survey", *scoring, "-o", "through")
    assert through.returncode == 0, through.stderr
    ranking = rows_of(tmp_path / "direct" / "index.csv")
    assert [row["rank"] for row in ranking] == [str(n) for n in range(1, 21)]
    assert {row["respondents"] for row in ranking} == {"150"}
    assert ranking[0]["entity_code"] in codes[-3:]
    for name in ("index.csv", "scores.csv", "tallies.csv"):
        assert (tmp_path / "direct" / name).read_bytes() == (tmp_path / "through" / name).read_bytes()
    statistics = rows_of(tmp_path / "survey" / "statistics.csv")
    means = {
        r["entity_code"]: float(r["mean"])
        for r in statistics
        if (r["node"], r["segment"]) == ("perception", "all")
    }
    assert means == pytest.approx({row["entity_code"]: float(row["perception"]) for row in ranking})
    assert {row["weighting"] for row in statistics if row["segment"] == "all"} == {"design"}


@pytest.mark.parametrize(
    ("page", "heading", "out"),
    [("surveys.md", "## From a blank form", "out"), ("es/encuestas.md", "## Del formulario", "salida")],
)
def test_the_way_is_walked_as_printed(root: Path, tmp_path: Path, page: str, heading: str, out: str) -> None:
    shutil.copytree(root / "examples" / "surveys", tmp_path / "examples" / "surveys")
    _, _, below = (root / "docs" / page).read_text(encoding="utf-8").partition(heading)
    blocks = re.findall(r"```sh\n(.*?)```", below.split("\n## ")[0], re.DOTALL)
    for line in "".join(blocks).splitlines():
        program, *words = shlex.split(line)
        if program == "cti":
            ran = cti(tmp_path, *words)
        else:
            command = [sys.executable, *words]
            ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, (line, ran.stderr)
    ranking = rows_of(tmp_path / out / "index.csv")
    assert [(row["rank"], row["respondents"]) for row in ranking] == [(str(n), "150") for n in range(1, 21)]


@pytest.fixture(scope="module")
def example(root: Path) -> Path:
    return root / "examples"


class TestExamples:
    def test_the_committed_export_is_what_the_script_makes(self, example: Path, maker: ModuleType) -> None:
        made = maker.kobo(Library().find(MODEL), {"EJ-01": 3.2, "EJ-02": 3.9, "EJ-03": 4.3}, 60)
        assert (example / "surveys" / "kobo.csv").read_text(encoding="utf-8") == made

    def test_both_are_read_whole_and_nobody_is_in_the_results(self, example: Path, tmp_path: Path) -> None:
        files = [str(example / "surveys" / name) for name in ("kobo.csv", "forms.xlsx")]
        read = import_surveys(files, options(entities=example / "entities.csv"))
        assert [finding.code.id for finding in read.diagnostics] == ["P408", "P408"]
        read.write(tmp_path / "out")
        written = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
        assert b"example.org" not in written
        assert b"Persona Inventada" not in written
        assert sorted({row["entity_code"] for row in rows_of(tmp_path / "out" / "tallies.csv")}) == [
            "EJ-01",
            "EJ-02",
            "EJ-03",
            "EJ-04",
        ]


class TestImport:
    def test_files_of_one_entity_are_added_up_and_it_is_said(self, tmp_path: Path) -> None:
        for name, marks in (("05001.csv", "4,5"), ("05001-b.csv", "6,1")):
            (tmp_path / name).write_text(f"segment,P-PER-01,P-PER-02\nacademia,{marks}\n", encoding="utf-8")
        read = import_surveys([str(tmp_path / "05001.csv"), str(tmp_path / "05001-b.csv")], options())
        assert "P417" in [finding.code.id for finding in read.diagnostics]
        first = next(each for each in read.estimates["05001", "perception"] if each.node == "P-PER-01")
        assert (first.mean, first.n) == (5.0, 2)

    def test_a_segment_that_drops_out_of_its_weights_is_said(self, tmp_path: Path) -> None:
        segments = ("academia", "sector-publico", "sector-privado", "sociedad-civil")
        header = ",".join(f"population:{segment}" for segment in segments)
        (tmp_path / "list.csv").write_text(
            f"code,name,type,{header}\nE-1,Uno,alcaldia,1000,2000,3000,4000\n", encoding="utf-8"
        )
        rows = "academia,4,\nsector-publico,3,2\nsector-publico,5,2\n"
        rows += "sector-privado,2,6\nsector-privado,3,5\nsector-privado,4,4\n"
        (tmp_path / "E-1.csv").write_text(f"segment,P-PER-01,P-PER-02\n{rows}", encoding="utf-8")
        read = import_surveys([str(tmp_path / "E-1.csv")], options(entities=tmp_path / "list.csv"))
        told = [dict(each.parameters) for each in read.diagnostics if each.code.id == "S306"]
        assert told == [{"segment": "academia", "entity": "E-1", "item": "P-PER-02"}]
        of_all = {
            each.node: each for each in read.estimates["E-1", "perception"] if each.segment == ALL_SEGMENTS
        }
        # (1000 * 4 + 2000 * 4 + 3000 * 3) / 6000; one of the academia has no deviation, so there is no error.
        assert of_all["P-PER-01"].mean == 3.5
        assert of_all["P-PER-01"].standard_error is None
        # (2000 * 2 + 3000 * 5) / 5000; s = 0 in the one segment and 1 in the other, of whose 3000 answered 3.
        assert of_all["P-PER-02"].mean == pytest.approx(3.8, abs=1e-15)
        error = ((3 / 5) ** 2 * (1 - 3 / 3000) * 1 / 3) ** 0.5
        assert of_all["P-PER-02"].standard_error == pytest.approx(error, abs=1e-15)

    def test_products_merge(self, tmp_path: Path) -> None:
        (tmp_path / "05001.csv").write_text(
            "segment,P-PER-01,P-PER-02\nacademia,4,5\nacademia,2,\n", encoding="utf-8"
        )
        read = import_surveys([str(tmp_path / "05001.csv")], options(products=True))
        read.write(tmp_path / "out")
        rows = {
            (row["item_a"], row["item_b"]): row
            for row in rows_of(tmp_path / "out" / "products.csv")
            if row["segment"] == "academia"
        }
        pair, own = rows["P-PER-01", "P-PER-02"], rows["P-PER-01", "P-PER-01"]
        assert [pair[name] for name in ("n", "sum_a", "sum_b", "sum_ab")] == ["1", "4", "5", "20"]
        assert [own[name] for name in ("n", "sum_a", "sum_ab")] == ["2", "6", "20"]

    def test_manifest_names_inputs_and_what_was_left_out(self, tmp_path: Path, example: Path) -> None:
        rules = QualityRules(exclude=frozenset({Suspicion.FAST}))
        read = import_surveys(
            [str(example / "surveys" / "kobo.csv")],
            options(entities=example / "entities.csv", survey_rules=rules),
        )
        read.write(tmp_path / "out")
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
        assert (manifest["kind"], manifest["options"]["exclude"]) == ("survey", ["too-fast"])
        assert list(manifest["inputs"]) == ["kobo.csv"]

    def test_score_leaves_out_whom_it_is_told_to(self, tmp_path: Path) -> None:
        # a stays, b gave one answer throughout, c took three seconds for twelve answers, d is a again.
        items = [item.id for item in Library().find(MODEL).measurement_by_id["perception"].items[:12]]
        begin = "2026-05-04T08:00:00"
        mixed = ["1", "2", "3", "4", "5", "6"] * 2
        people = [
            ["u1", begin, "2026-05-04T08:20:00", *mixed],
            ["u2", begin, "2026-05-04T08:20:00", *["4"] * 12],
            ["u3", begin, "2026-05-04T08:00:03", *mixed],
            ["u1", begin, "2026-05-04T08:20:00", *mixed],
        ]
        with (tmp_path / "05001.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([["_uuid", "start", "end", *items], *people])
        told = {"": 3, "straight-lining": 2, "straight-lining,too-fast": 1, "none": 4, "too-fast": 2}
        for kinds, people_left in told.items():
            words = ["--survey", "05001.csv", "-q", MODEL, "-o", "out", "--force", "-f", "csv", "--quiet"]
            more = ["--exclude", kinds] if kinds else []
            assert cti(tmp_path, "score", *words, *more).returncode == 0
            assert rows_of(tmp_path / "out" / "index.csv")[0]["respondents"] == str(people_left)
            if kinds in {"", "straight-lining,too-fast"}:
                assert cti(tmp_path, "verify", "out", "--inputs", ".").returncode == 0
        assert cti(tmp_path, "score", *words, "--exclude", "slow").returncode == 2

    def test_p424_changed_folder_is_not_taken(self, tmp_path: Path, example: Path) -> None:
        read = import_surveys(
            [str(example / "surveys" / "kobo.csv")], options(entities=example / "entities.csv")
        )
        read.write(tmp_path / "out")
        stored, problems = stored_covariances(tmp_path / "out")
        assert (sorted(stored), problems) == (["EJ-01", "EJ-02", "EJ-03"], ())
        tallies = tmp_path / "out" / "tallies.csv"
        tallies.write_text(tallies.read_text(encoding="utf-8").replace(",1\n", ",2\n", 1), encoding="utf-8")
        _, (problem,) = stored_covariances(tmp_path / "out")
        assert problem.code.id == "P424"


class TestCheck:
    def test_few_targets_and_balance(self, tmp_path: Path) -> None:
        rows = "academia,4\n" * 40 + "sector-publico,4\n" * 9
        (tmp_path / "05001.csv").write_text(f"segment,P-PER-01\n{rows}", encoding="utf-8")
        found = check_surveys(
            [str(tmp_path / "05001.csv")], options(), Expectation(target=(("", 10), ("academia", 40)))
        )
        by_code: dict[str, list[dict[str, object]]] = {}
        for finding in found.diagnostics:
            by_code.setdefault(finding.code.id, []).append(dict(finding.parameters))
        assert by_code["P420"] == [{"entity": "05001", "count": 49, "threshold": 50, "margin": "±14"}]
        assert sorted(str(each["segment"]) for each in by_code["P421"]) == [
            "sector-privado",
            "sector-publico",
            "sociedad-civil",
        ]
        assert [(each["segment"], each["share"], each["expected"]) for each in by_code["P422"]] == [
            ("academia", 82, 25)
        ]

    def test_thresholds_are_the_users(self, tmp_path: Path) -> None:
        (tmp_path / "05001.csv").write_text("segment,P-PER-01\nacademia,4\n", encoding="utf-8")
        found = check_surveys([str(tmp_path / "05001.csv")], options(), Expectation(few=(1,)))
        assert "P420" not in [finding.code.id for finding in found.diagnostics]


class TestScore:
    def test_p418_without_workbooks_the_questionnaire_must_be_said(self, example: Path) -> None:
        with pytest.raises(JobError) as error:
            score(
                [],
                ScoreOptions(
                    surveys=(str(example / "surveys" / "kobo.csv"),), entities=example / "entities.csv"
                ),
            )
        assert [finding.code.id for finding in error.value.diagnostics] == ["P418"]

    def test_sheet_and_file_contradict_until_keep_settles_it(self, example: Path, tmp_path: Path) -> None:
        workbook, survey = example / "workbooks" / "EJ-01.xlsx", str(example / "surveys" / "kobo.csv")
        given = ScoreOptions(surveys=(survey,), entities=example / "entities.csv")
        refused = score([workbook], given)
        assert {"P101"} <= {finding.code.id for finding in refused.diagnostics}
        statuses = {row.entity.code: row.status.value for row in refused.index.rows}
        assert statuses["EJ-01"] == "refused"
        settled = score([workbook], ScoreOptions(surveys=(survey,), entities=given.entities, keep=survey))
        assert "P102" in [finding.code.id for finding in settled.diagnostics]
        row = next(row for row in settled.index.rows if row.entity.code == "EJ-01")
        assert (row.respondents, row.status.value != "refused") == (60, True)
        source = settled.assessment.answers["EJ-01"].tallies["perception"].source
        assert (source.file, source.origin) == ("kobo.csv", "survey")
        settled.write(tmp_path / "out")
        again = load(tmp_path / "out")
        assert again.answers["EJ-01"].tallies["perception"].source == source

    def test_explain_says_where_a_mean_comes_from(self, example: Path, tmp_path: Path) -> None:
        for file in ("kobo.csv", "entities.csv"):
            source = example / ("surveys" if file == "kobo.csv" else "") / file
            shutil.copy(source, tmp_path / file)
        words = ["--survey", "kobo.csv", "-q", MODEL, "--entities", "entities.csv", "-o", "out", "-f", "csv"]
        assert cti(tmp_path, "score", *words).returncode == 0
        shown = cti(tmp_path, "explain", "out", "P-PER-01", "--entity", "EJ-01").stdout
        assert shown.endswith("mean of all respondents\n    from kobo.csv (survey)\n")
        told = cti(tmp_path, "explain", "out", "P-PER-01", "--entity", "EJ-01", "-f", "json").stdout
        (node,) = json.loads(told)["nodes"]
        assert (node["origin"], node["file"]) == ("survey", "kobo.csv")

    def test_parts_that_are_missing_are_named(self, example: Path) -> None:
        survey = str(example / "surveys" / "kobo.csv")
        outcome = score(
            [], ScoreOptions(questionnaire=MODEL, surveys=(survey,), entities=example / "entities.csv")
        )
        row = next(row for row in outcome.index.rows if row.entity.code == "EJ-02")
        assert row.status.value == "incomplete"
        assert {r.measurement for r in row.reasons if r.rule == "missing"} == {"capacities", "results"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--population", "10000", "--margin", "0.05"], "all\t370\n"),
        (["--population", "a=1000", "--population", "b=3000"], "a\t88\nb\t264\nall\t352\n"),
        (["--population", "a=1000", "--population", "b=3000", "--by-segment"], "a\t278\nb\t341\nall\t619\n"),
    ],
)
def test_sample_size(tmp_path: Path, words: list[str], expected: str) -> None:
    assert cti(tmp_path, "survey", "sample-size", *words).stdout == expected


def test_sample_size_says_its_formula_and_what_is_wrong(tmp_path: Path) -> None:
    assert "n0 = z^2 p (1 - p) / e^2" in " ".join(
        cti(tmp_path, "survey", "sample-size", "--help").stdout.split()
    )
    assert cti(tmp_path, "survey", "sample-size", "--population", "many").returncode == 2
    assert cti(tmp_path, "survey", "sample-size", "--by-segment").returncode == 2
    assert cti(tmp_path, "survey", "sample-size", "--population", "0").returncode == 2
