from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from ctimaturity.definitions.library import Library
from ctimaturity.definitions.roadmap_files import load_frame
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.roadmap import RoadmapOptions, roadmap
from ctimaturity.workflows.roadmap_files import write_roadmaps
from documents import Page
from rounds import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.workflows.roadmap import Roadmaps


@pytest.fixture(scope="module")
def found() -> Roadmaps:
    return roadmap(EXAMPLE)


@pytest.fixture(scope="module")
def out(found: Roadmaps, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roadmap") / "out"
    write_roadmaps(found, folder, ScoreOptions(formats=("csv", "md", "html")))
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def written(folder: Path, text: str, name: str = "targets.yaml") -> Path:
    path = folder / name
    path.write_text(f"schema: 1\n{text}", encoding="utf-8")
    return path


def refusal(options: RoadmapOptions) -> list[tuple[str, int | None]]:
    with pytest.raises(JobError) as raised:
        roadmap(EXAMPLE, options)
    return [(each.code.id, each.location.line) for each in raised.value.diagnostics]


class TestFiles:
    def test_every_table_is_described(self, out: Path) -> None:
        package = json.loads((out / "datapackage.json").read_text("utf-8"))
        described = {each["path"]: each["schema"]["fields"] for each in package["resources"]}
        assert set(described) == {path.name for path in out.glob("*.csv")}
        for name, fields in described.items():
            with (out / name).open(encoding="utf-8") as stream:
                assert next(csv.reader(stream)) == [field["name"] for field in fields]

    def test_the_gains_of_a_node_add_up_to_what_it_lacks(self, out: Path) -> None:
        # In 2020-04 a capacity is 6 times points met over points: doing all of what is missing gives 6.
        missing: dict[tuple[str, str], float] = {}
        for row in rows(out / "actions.csv"):
            key = (row["entity_code"], row["node"])
            missing[key] = missing.get(key, 0.0) + float(row["gain_node"])
        scores = {
            (row["entity_code"], row["node"]): float(row["score"])
            for row in rows(EXAMPLE / "scores.csv")
            if row["kind"] == "capacity" and row["score"]
        }
        assert missing
        for key, now in scores.items():
            assert now + missing.get(key, 0.0) == pytest.approx(6, abs=1e-12)

    def test_targets_and_sets_agree_with_the_plan(self, out: Path) -> None:
        plans = {(r["entity_code"], r["item"]) for r in rows(out / "actions.csv") if r["in_plan"] == "true"}
        first = {(r["entity_code"], r["item"]) for r in rows(out / "sets.csv") if r["set"] == "1"}
        assert plans == first
        for row in rows(out / "targets.csv"):
            if row["planned"] == "true":
                assert float(row["score_after"]) > float(row["target_score"])

    def test_a_refused_entity_says_so(self, out: Path) -> None:
        page = (out / "entities" / "EJ-12.md").read_text("utf-8")
        assert "Su libro fue rechazado" in page

    def test_an_entity_that_is_not_ranked_has_intervals_in_documents(self, out: Path) -> None:
        page = (out / "entities" / "EJ-09.md").read_text("utf-8")
        assert "no tiene puesto" in page
        (target,) = (
            row
            for row in rows(out / "targets.csv")
            if row["entity_code"] == "EJ-09" and row["measurement"] == "capacities"
        )
        assert float(target["score"]) == pytest.approx(3.27, abs=0.01)

    def test_the_page_has_every_section_in_spanish(self, out: Path) -> None:
        page = Page((out / "entities" / "EJ-06.html").read_text("utf-8"))
        headings = {text for _, text in page.headings}
        assert {
            "El plan: el menor esfuerzo que alcanza la meta",
            "Qué hacer ahora",
            "Dimensiones: percepción frente a resultados",
            "Los pasos del modelo",
            "Lista técnica para formular iniciativas",
        } <= headings

    def test_the_checklist_is_whole(self, out: Path) -> None:
        entries = rows(out / "checklist.csv")
        assert len(entries) == 98
        assert {entry["axis"] for entry in entries} == {
            "tecnologia-y-estandares",
            "infraestructura-digital-e-interoperabilidad",
        }

    def test_the_same_bytes_again(self, out: Path, tmp_path: Path) -> None:
        write_roadmaps(roadmap(EXAMPLE), tmp_path / "again", ScoreOptions(formats=("csv", "md", "html")))
        once = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        again = tmp_path / "again"
        assert once == {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}


class TestTargets:
    def test_a_level_by_its_name(self) -> None:
        found = roadmap(EXAMPLE, RoadmapOptions(target="optimizado", entities=("EJ-06",)))
        (aim, *_) = found.roadmaps[0].aims
        assert (aim.target.level, aim.chosen) == (6, True)

    def test_a_file(self, tmp_path: Path) -> None:
        path = written(
            tmp_path,
            "targets:\n"
            "  - {node: C-07, level: 4, by: 2027-12-31}\n"
            "  - {node: tecnologia-y-estandares, level: Conectado}\n"
            "  - {node: habitat, score: 4.5}\n"
            "  - {node: index, level: 6, entity: EJ-06}\n",
        )
        one, other = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-06", "EJ-07"))).roadmaps
        by_node = {aim.target.node: aim for aim in one.aims}
        assert by_node["C-07"].target.by == date(2027, 12, 31)
        assert by_node["habitat"].target.measurement == "profile"
        assert [one.aims[at].target.node for at in one.planned_for] == ["C-07", "tecnologia-y-estandares"]
        # No capacity makes up for perception and results: level 6 of the index is out of reach.
        assert [one.aims[at].target.node for at in one.out_of_reach] == ["index"]
        assert "index" not in {aim.target.node for aim in other.aims}
        assert one.least is not None
        assert one.least.exact

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("targets:\n  - {node: C-99, level: 4}\n", codes.TARGET_NODE_UNKNOWN, 3),
            ("targets:\n  - node: C-07\n    level: 7\n", codes.TARGET_LEVEL_UNKNOWN, 4),
            ("targets:\n  - node: C-07\n    level: Excelente\n", codes.TARGET_LEVEL_UNKNOWN, 4),
            ("targets:\n  - node: C-07\n    score: 6.5\n", codes.TARGET_SCORE_OUTSIDE, 4),
            ("targets:\n  - {node: C-07}\n", codes.TARGET_WITHOUT_AIM, 3),
            ("targets:\n  - {node: C-07, level: 4, score: 3}\n", codes.TARGET_WITHOUT_AIM, 3),
            ("targets:\n  - {node: C-07, level: 4, by: 31/12/2027}\n", codes.DATE_MALFORMED, 3),
            ("targets:\n  - {node: salud-y-bienestar, level: 4, measurement: results}\n",
             codes.TARGET_NODE_UNKNOWN, 3),
            ("targets:\n  - {node: C-07, level: 4}\n  - {node: C-07, level: 5}\n", codes.TARGET_TWICE, 4),
            ("targets:\n  - {node: agua-y-saneamiento, level: 4}\n", codes.TARGET_NODE_UNKNOWN, 3),
            ("targets: []\n", codes.TARGETS_MISSING, 1),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told_with_its_line(
        self, tmp_path: Path, text: str, code: Code, line: int
    ) -> None:
        path = written(tmp_path, text)
        assert refusal(RoadmapOptions(target=str(path))) == [(code.id, line)]

    def test_another_key_is_told(self, tmp_path: Path) -> None:
        path = written(tmp_path, "targets: [{node: C-07, level: 4}]\ngoals: []\n")
        assert refusal(RoadmapOptions(target=str(path))) == [(codes.UNKNOWN_KEY.id, 3)]

    def test_what_is_said_for_one_entity_comes_before_what_is_said_for_all(self, tmp_path: Path) -> None:
        path = written(
            tmp_path, "targets:\n  - {node: C-07, level: 4}\n  - {node: C-07, level: 6, entity: EJ-06}\n"
        )
        one, other = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-06", "EJ-07"))).roadmaps
        levels_ = [
            [aim.target.level for aim in each.aims if aim.target.node == "C-07"] for each in (one, other)
        ]
        assert levels_ == [[6], [4]]

    def test_an_entity_that_the_file_leaves_out_is_told_so(self, tmp_path: Path) -> None:
        path = written(tmp_path, "targets:\n  - {node: C-07, level: 6, entity: EJ-06}\n")
        found = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-07",)))
        write_roadmaps(found, tmp_path / "out", ScoreOptions(formats=("md",)))
        page = (tmp_path / "out" / "entities" / "EJ-07.md").read_text("utf-8")
        assert "El archivo de metas no nombra ninguna para ella" in page

    def test_a_date_that_is_none_is_shown_as_it_was_written(self, tmp_path: Path) -> None:
        path = written(tmp_path, "targets:\n  - {node: C-07, level: 4, by: 2026-13-45}\n")
        with pytest.raises(JobError) as raised:
            roadmap(EXAMPLE, RoadmapOptions(target=str(path)))
        assert raised.value.diagnostics[0].parameters["date"] == "2026-13-45"

    def test_a_node_of_several_measurements_that_is_not_combined_is_ambiguous(self, tmp_path: Path) -> None:
        questionnaire = Library().find("mmmctic@2020-04")
        below = [
            {node.id for node in measurement.nodes if node.kind == "subdimension"}
            for measurement in questionnaire.measurements
            if measurement.id != "capacities"
        ]
        shared = min(below[0] & below[1])
        path = written(tmp_path, f"targets:\n  - {{node: {shared}, score: 4}}\n")
        assert refusal(RoadmapOptions(target=str(path))) == [(codes.TARGET_NODE_AMBIGUOUS.id, 3)]
        path = written(tmp_path, f"targets:\n  - {{node: {shared}, score: 4, measurement: results}}\n")
        assert roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-06",))).diagnostics == ()

    def test_a_target_of_nobody_is_a_warning(self, tmp_path: Path) -> None:
        path = written(tmp_path, "targets:\n  - {node: C-07, level: 4, entity: EJ-99}\n")
        found = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-06",)))
        assert [(each.code, each.location.line) for each in found.diagnostics] == [
            (codes.TARGET_OF_NOBODY, 3)
        ]

    def test_a_level_that_does_not_exist(self) -> None:
        assert refusal(RoadmapOptions(target="9")) == [(codes.TARGET_LEVEL_UNKNOWN.id, None)]

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        options = RoadmapOptions(target=str(tmp_path / "none.yaml"))
        assert refusal(options) == [(codes.PATH_MISSING.id, None)]
        folder = RoadmapOptions(target=str(tmp_path), effort=tmp_path)
        assert refusal(folder) == [(codes.PATH_NOT_A_REGULAR_FILE.id, None)]

    def test_a_code_of_nobody(self) -> None:
        assert refusal(RoadmapOptions(entities=("EJ-99",))) == [(codes.DOSSIER_OF_NOBODY.id, None)]


class TestEfforts:
    def test_those_of_a_file_count(self, tmp_path: Path) -> None:
        usual = roadmap(EXAMPLE, RoadmapOptions(entities=("EJ-10",))).roadmaps[0]
        dear = usual.plan[0].choice.item
        path = written(tmp_path, f"items: {{{dear}: 900}}\nowners: {{C-10-b: Planeación}}\n", "effort.yaml")
        found = roadmap(EXAMPLE, RoadmapOptions(effort=path, entities=("EJ-10",)))
        assert dear not in {one.choice.item for one in found.roadmaps[0].plan}
        assert found.effort.owners == {"C-10-b": "Planeación"}

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("items:\n  C-99-a: 3\n", codes.EFFORT_ITEM_UNKNOWN, 3),
            ("items:\n  P-PER-01: 3\n", codes.EFFORT_ITEM_UNKNOWN, 3),
            ("owners:\n  R-HAB-03: Hacienda\n", codes.EFFORT_ITEM_UNKNOWN, 3),
            ("items:\n  C-07-b: 0\n", codes.EFFORT_NOT_POSITIVE, 3),
            ("levels:\n  3: 1000\n", codes.EFFORT_NOT_POSITIVE, 3),
            ("levels:\n  3: -1\n", codes.EFFORT_NOT_POSITIVE, 3),
            ("levels:\n  7: 4\n", codes.EFFORT_LEVEL_UNKNOWN, 3),
            ("levels:\n  0: 4\n", codes.EFFORT_LEVEL_UNKNOWN, 3),
            ("levels:\n  3: mucho\n", codes.NOT_A_WHOLE_NUMBER, 3),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(
        self, tmp_path: Path, text: str, code: Code, line: int
    ) -> None:
        path = written(tmp_path, text, "effort.yaml")
        assert refusal(RoadmapOptions(effort=path)) == [(code.id, line)]


@pytest.mark.parametrize("page", ["roadmap.md", "es/hoja-de-ruta.md"])
def test_the_files_that_the_documents_print_can_be_used(root: Path, tmp_path: Path, page: str) -> None:
    text = (root / "docs" / page).read_text("utf-8")
    blocks = [part.partition("```")[0] for part in text.split("```yaml\n")[1:]]
    assert len(blocks) == 2
    for name, block in zip(("targets.yaml", "effort.yaml"), blocks, strict=True):
        (tmp_path / name).write_text(block, encoding="utf-8")
    options = RoadmapOptions(
        target=str(tmp_path / "targets.yaml"), effort=tmp_path / "effort.yaml", entities=("EJ-06",),
        start=date(2026, 1, 1),
    )  # fmt: skip
    found = roadmap(EXAMPLE, options)
    # 05001 is no entity of the example.
    assert {each.code for each in found.diagnostics} <= {codes.TARGET_OF_NOBODY, codes.TARGET_AFTER_DATE}
    assert found.effort.items == {"C-07-b": 4}
    assert found.roadmaps[0].plan


class TestTheFrame:
    def test_lies_beside_the_edition(self) -> None:
        frame = load_frame(Library().find("mmmctic@2020-04"))
        assert frame.horizon == (6, 18, 36)
        assert [step.number for step in frame.route] == list(range(8))
        assert len(frame.checklist) == 98

    def test_a_definition_of_ones_own_may_have_one(self, tmp_path: Path) -> None:
        own = tmp_path / "mine" / "2020-04"
        shutil.copytree(data_folder("questionnaires") / "mmmctic" / "2020-04", own)
        beside = tmp_path / "mine" / "roadmap" / "2020-04"
        beside.mkdir(parents=True)
        written(beside, "horizon: [12]\n", "roadmap.yaml")
        assert load_frame(Library().find("mmmctic@2020-04"), own).horizon == (12,)

    @pytest.mark.shared
    def test_says_what_the_tables_of_the_model_say(self, root: Path) -> None:
        model = root.parent / "shared" / "model"
        frame = load_frame(Library().find("mmmctic@2020-04"))
        assert [
            (str(s.number), s.name["es"], s.name["en"], s.text["es"], s.text["en"]) for s in frame.route
        ] == [tuple(row.values()) for row in rows(model / "route.csv")]
        assert [
            (e.id, e.node, e.name["es"], e.name["en"], e.text["es"], e.text["en"], e.standards)
            for e in frame.checklist
        ] == [tuple(row.values()) for row in rows(model / "checklist_2020.csv")]


AXES = (
    "liderazgo-y-capital-humano",
    "tecnologia-y-estandares",
    "analitica-y-gestion-de-datos",
    "infraestructura-digital-e-interoperabilidad",
    "institucionalidad-e-innovacion",
)


def test_without_scipy_a_few_targets_are_exact_and_a_rule_of_thumb_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from ctimaturity.analysis import least_effort

    path = written(tmp_path, "targets:\n  - {node: C-07, level: 6}\n  - {node: C-08, level: 6}\n")
    options = RoadmapOptions(target=str(path), entities=("EJ-07",))
    with_scipy = roadmap(EXAMPLE, options)
    monkeypatch.setitem(sys.modules, "ctimaturity.analysis.solver", None)
    found = roadmap(EXAMPLE, options)
    assert found.diagnostics == ()
    assert found.roadmaps[0].least == with_scipy.roadmaps[0].least
    monkeypatch.setattr(least_effort, "_MOST_STEPS", 0)
    found = roadmap(EXAMPLE, options)
    assert [each.code for each in found.diagnostics] == [codes.EFFORT_WITHOUT_SOLVER]
    write_roadmaps(found, tmp_path / "out", ScoreOptions(formats=("md", "csv")))
    assert "hace falta SciPy" in (tmp_path / "out" / "entities" / "EJ-07.md").read_text("utf-8")
    assert {row["proof"] for row in rows(tmp_path / "out" / "sets.csv")} == {"no-solver"}


def test_a_search_that_took_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ctimaturity.analysis import least_effort, solver

    path = written(tmp_path, "targets:\n  - {node: C-07, level: 6}\n  - {node: C-08, level: 6}\n")
    monkeypatch.setattr(least_effort, "_MOST_STEPS", 0)
    monkeypatch.setattr(solver, "propose", lambda _: None)
    found = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-07",)))
    assert [each.code for each in found.diagnostics] == [codes.EFFORT_BY_RULE_OF_THUMB]


class TestDatesOfTargets:
    TARGETS = "targets:\n  - {node: C-07, level: 4, by: 2027-06-30}\n  - {node: capacities, level: 4}\n"

    def test_its_actions_stand_in_phases_that_end_by_it(self, tmp_path: Path) -> None:
        path = written(tmp_path, self.TARGETS)
        # Six months from January: the first phase ends on the last of June.
        options = RoadmapOptions(target=str(path), entities=("EJ-06",), start=date(2027, 1, 1))
        found = roadmap(EXAMPLE, options)
        (made,) = found.roadmaps
        assert found.diagnostics == ()
        assert {one.phase for one in made.plan if one.opening.node.id == "C-07"} == {0}
        assert len({one.phase for one in made.plan}) > 1
        write_roadmaps(found, tmp_path / "out", ScoreOptions(formats=("csv",)))
        in_time = {row["node"]: row["in_time"] for row in rows(tmp_path / "out" / "targets.csv")}
        assert (in_time["C-07"], in_time["capacities"]) == ("true", "")

    def test_one_that_cannot_be_kept_is_said(self, tmp_path: Path) -> None:
        path = written(tmp_path, self.TARGETS.replace("06-30", "06-29"))
        options = RoadmapOptions(target=str(path), entities=("EJ-06",), start=date(2027, 1, 1))
        found = roadmap(EXAMPLE, options)
        (finding,) = found.diagnostics
        assert finding.code is codes.TARGET_AFTER_DATE
        assert finding.parameters["reached"] == "2027-06-30"
        write_roadmaps(found, tmp_path / "out", ScoreOptions(formats=("csv", "md")))
        assert "La fecha no se puede cumplir" in (tmp_path / "out" / "entities" / "EJ-06.md").read_text(
            "utf-8"
        )
        in_time = {row["node"]: row["in_time"] for row in rows(tmp_path / "out" / "targets.csv")}
        assert in_time["C-07"] == "false"

    def test_one_that_no_phase_has_room_for_is_said(self, tmp_path: Path) -> None:
        path = written(tmp_path, self.TARGETS)
        options = RoadmapOptions(
            target=str(path), entities=("EJ-06",), start=date(2027, 1, 1), limits=(1,), horizon=(6, 12)
        )
        (finding,) = roadmap(EXAMPLE, options).diagnostics
        assert finding.code is codes.TARGET_BEYOND_HORIZON

    def test_without_a_start_the_dates_move_nothing_and_that_is_said(self, tmp_path: Path) -> None:
        path = written(tmp_path, self.TARGETS)
        found = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-06", "EJ-07")))
        assert [each.code for each in found.diagnostics] == [codes.TARGET_DATES_UNPLACED]


class TestWhatStandsBesideThePlan:
    def test_gain_by_effort(self, out: Path) -> None:
        for row in rows(out / "actions.csv"):
            effort = int(row["effort"])
            assert float(row["part_per_effort"]) == pytest.approx(float(row["gain_part"]) / effort, abs=1e-15)
            if row["gain_index"]:
                index = float(row["gain_index"]) / effort
                assert float(row["index_per_effort"]) == pytest.approx(index, abs=1e-15)
        page = Page((out / "entities" / "EJ-06.html").read_text("utf-8"))
        assert "Índice por esfuerzo" in page.text

    def test_other_sets_and_what_is_left_out_are_in_every_output_of_several_targets(
        self, tmp_path: Path
    ) -> None:
        path = written(tmp_path, "targets:\n" + "".join(f"  - {{node: {axis}, level: 5}}\n" for axis in AXES))
        found = roadmap(EXAMPLE, RoadmapOptions(target=str(path), entities=("EJ-06",)))
        (made,) = found.roadmaps
        assert made.least is not None
        assert (len(made.least.sets), made.least.exact) == (5, True)
        write_roadmaps(found, tmp_path / "out", ScoreOptions(formats=("csv", "md", "html", "xlsx")))
        planned = {one.choice.item for one in made.plan}
        left = [action.item.id for action in made.actions if action.item.id not in planned]
        assert {row["set"] for row in rows(tmp_path / "out" / "sets.csv")} == set("12345")
        marked = rows(tmp_path / "out" / "actions.csv")
        assert [row["item"] for row in marked if row["in_plan"] == "false"] == left
        for name in ("EJ-06.md", "EJ-06.html"):
            text = (tmp_path / "out" / "entities" / name).read_text("utf-8")
            assert "Otros conjuntos del mismo esfuerzo" in text
            _, _, after = text.partition("Lo que queda fuera del plan")
            assert all(item in after for item in left)
        sheet = load_workbook(tmp_path / "out" / "plans" / "EJ-06.xlsx")["Otras acciones"]
        shown = [row[0].value for row in sheet.iter_rows(min_row=4)]
        assert shown == left
        having = {row[0].value: row[6].value for row in sheet.iter_rows(min_row=4) if row[6].value}
        assert set(having) == {c.item for chosen in made.least.sets[1:] for c in chosen} - planned
