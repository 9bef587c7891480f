from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.round_new import RoundFolder, new_round
from ctimaturity.workflows.round_status import RoundStage, round_status
from ctimaturity.workflows.score import score
from ctimaturity.workflows.template import TemplateRequest, make_templates
from returned import on_cover

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.workflows.round_status import RoundStatus

BOOKS = data_folder("examples") / "workbooks"
LIST = "code,name,type\nEJ-04,San Telmo del Páramo,alcaldía\nEJ-11,Campo Turpial,alcaldía\n"
LIST += "EJ-12,Cerro de las Garzas,alcaldía\nEJ-13,Cañada Honda del Sur,alcaldía\n"
SHORT = TemplateOptions(parts=("capacities",), perception=Perception.NONE, round="2026")


def begun(tmp_path: Path, **options: object) -> RoundFolder:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST, encoding="utf-8")
    request = TemplateRequest("mmmctic@2020-04", SHORT, entities=listed)
    return new_round(tmp_path / "2026", request, **options).folder  # type: ignore[arg-type]


def stages(status: RoundStatus) -> dict[str, RoundStage]:
    return {one.entity.code: one.stage for one in status.entities}


class TestNew:
    def test_a_list_a_workbook_for_each_and_room_for_what_comes_back(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        assert sorted(path.name for path in there.root.iterdir()) == [
            *("LEAME.md", "devueltos", "encuestas", "entidades.csv", "plantillas")
        ]
        assert there.entities().read_text(encoding="utf-8") == LIST
        assert len(list(there.templates.iterdir())) == 4
        assert list(there.returned.iterdir()) == []

    def test_the_steps_name_the_folders_that_there_are(self, tmp_path: Path) -> None:
        text = begun(tmp_path).guide.read_text(encoding="utf-8")
        root = (tmp_path / "2026").as_posix()
        assert f"cti round status {root}\n" in text
        assert f"cti score {root}/devueltos --entities {root}/entidades.csv" in text
        assert "cti compare" not in text

    def test_names_in_english(self, tmp_path: Path) -> None:
        listed = tmp_path / "list.csv"
        listed.write_text(LIST, encoding="utf-8")
        options = TemplateOptions(language="en", parts=("capacities",), round="2026")
        request = TemplateRequest("mmmctic@2020-04", options, entities=listed)
        there = new_round(tmp_path / "2026", request).folder
        assert {"README.md", "returned", "entities.csv", "templates"} <= {
            p.name for p in there.root.iterdir()
        }
        assert RoundFolder(there.root).returned.name == "returned"

    def test_a_folder_with_something_in_it_is_left_alone(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        with pytest.raises(JobError) as caught:
            begun(tmp_path)
        assert caught.value.diagnostics[0].code.name == "output-folder-occupied"
        (there.returned / "a.xlsx").write_bytes(b"kept")
        begun(tmp_path, force=True)
        assert (there.returned / "a.xlsx").read_bytes() == b"kept"

    def test_a_list_with_mistakes_makes_nothing(self, tmp_path: Path) -> None:
        listed = tmp_path / "list.csv"
        listed.write_text("name\nNobody\n", encoding="utf-8")
        with pytest.raises(JobError):
            new_round(tmp_path / "2026", TemplateRequest("mmmctic@2020-04", SHORT, entities=listed))
        assert not (tmp_path / "2026").exists()


class TestStatus:
    def test_nothing_came_back_yet(self, tmp_path: Path) -> None:
        status = round_status(begun(tmp_path).root)
        assert set(stages(status).values()) == {RoundStage.SENT}
        assert status.counts == {
            "listed": 4,
            "sent": 4,
            "returned": 0,
            "refused": 0,
            "scored": 0,
            "awaited": 4,
        }

    def test_returned_refused_scored_awaited(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        for name in ("EJ-04.xlsx", "EJ-12.xlsx"):
            shutil.copy(BOOKS / name, there.returned)
        (there.templates / "EJ-13-canada-honda-del-sur.xlsx").unlink()
        before = stages(round_status(there.root))
        assert before == {
            "EJ-04": RoundStage.RETURNED,
            "EJ-11": RoundStage.SENT,
            "EJ-12": RoundStage.REFUSED,
            "EJ-13": RoundStage.NOT_SENT,
        }
        score([there.returned], ScoreOptions(entities=there.entities())).write(there.results)
        after = round_status(there.root)
        assert stages(after) == {**before, "EJ-04": RoundStage.SCORED}
        assert after.counts == {
            "listed": 4,
            "sent": 3,
            "returned": 2,
            "refused": 1,
            "scored": 1,
            "awaited": 2,
        }

    def test_what_came_back_after_the_scoring_is_to_be_scored(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        shutil.copy(BOOKS / "EJ-04.xlsx", there.returned)
        score([there.returned], ScoreOptions(entities=there.entities())).write(there.results)
        shutil.copy(BOOKS / "EJ-11.xlsx", there.returned)
        found = {one.entity.code: one for one in round_status(there.root).entities}
        assert (found["EJ-04"].stage, found["EJ-11"].stage) == (RoundStage.SCORED, RoundStage.RETURNED)
        openpyxl.load_workbook(BOOKS / "EJ-04.xlsx").save(there.returned / "EJ-04.xlsx")  # sent again
        assert round_status(there.root).counts["scored"] == 0

    def test_three_files_of_one_entity_are_one_return(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        with there.entities().open("a", encoding="utf-8") as stream:
            stream.write("EJ-07,Mesa de los Yarumos,alcaldía\n")
        for part in ("capacities", "perception", "results"):
            shutil.copy(BOOKS / f"EJ-07-{part}.xlsx", there.returned)
        (found,) = (one for one in round_status(there.root).entities if one.entity.code == "EJ-07")
        assert len(found.files) == 3
        # 172 sub-capacities, 82 statements, 72 indicators of an alcaldía.
        assert found.asked == 172 + 82 + 72
        assert found.respondents == 12 + 20 + 14 + 18

    def test_a_workbook_that_says_two_entities_is_nobodys(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        book = openpyxl.load_workbook(BOOKS / "EJ-11.xlsx")
        on_cover("entity_code", "EJ-04")(book)
        book.save(there.returned / "EJ-11.xlsx")
        shutil.copy(BOOKS / "EJ-04.xlsx", there.returned)
        status = round_status(there.root)
        found = stages(status)
        assert (found["EJ-04"], found["EJ-11"]) == (RoundStage.RETURNED, RoundStage.SENT)
        assert status.unknown == ("EJ-11.xlsx",)
        assert "entity-of-another-template" in {finding.code.name for finding in status.elsewhere}

    def test_it_is_to_be_scored_as_the_round_its_workbooks_were_made_for(self, tmp_path: Path) -> None:
        """Not as the name of the folder: workbooks of another round would be held apart."""
        there = begun(tmp_path)
        assert round_status(there.root).label == there.root.name
        shutil.copy(BOOKS / "EJ-04.xlsx", there.returned)
        assert round_status(there.root).label == there.root.name  # "Ejemplo" may be any round
        (there.returned / "EJ-04.xlsx").unlink()
        earlier = data_folder("examples") / "rounds" / "2024" / "devueltos"
        shutil.copy(next(earlier.glob("EJ-04*.xlsx")), there.returned)
        assert round_status(there.root).label == "2024"

    def test_the_survey_of_an_entity_counts_as_an_answer(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        shutil.copy(BOOKS / "EJ-11.xlsx", there.returned)
        with (there.surveys / "encuesta.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["entity_code", "segment", "P-PER-01"])
            writer.writerows([["EJ-13", "academia", "4"], ["EJ-13", "academia", "5"]])
        found = {one.entity.code: one for one in round_status(there.root).entities}
        assert (found["EJ-13"].stage, found["EJ-13"].respondents) == (RoundStage.RETURNED, 2)

    def test_a_survey_that_cannot_be_read_is_told_and_changes_nobody(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        shutil.copy(BOOKS / "EJ-11.xlsx", there.returned)
        (there.surveys / "encuesta.csv").write_text(
            "entity_code,segment,P-PER-01\nEJ-11,academia,4\n", encoding="utf-8"
        )
        options = ScoreOptions(entities=there.entities(), surveys=(str(there.surveys / "encuesta.csv"),))
        score([there.returned], options).write(there.results)
        (there.surveys / "otra.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        status = round_status(there.root)
        assert stages(status)["EJ-11"] is RoundStage.SCORED
        assert [(each.code.id, each.location.file) for each in status.elsewhere] == [("P401", "otra.csv")]
        assert status.given["otra.csv"] == (there.surveys / "otra.csv").as_posix()

    def test_a_new_survey_is_new_for_those_who_are_in_it(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        for name in ("EJ-04.xlsx", "EJ-11.xlsx"):
            shutil.copy(BOOKS / name, there.returned)
        score([there.returned], ScoreOptions(entities=there.entities())).write(there.results)
        (there.surveys / "encuesta.csv").write_text(
            "entity_code,segment,P-PER-01\nEJ-11,academia,4\n", encoding="utf-8"
        )
        found = stages(round_status(there.root))
        assert (found["EJ-04"], found["EJ-11"]) == (RoundStage.SCORED, RoundStage.RETURNED)

    def test_two_workbooks_that_contradict_each_other_are_a_refusal(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        shutil.copy(BOOKS / "EJ-04.xlsx", there.returned)
        book = openpyxl.load_workbook(BOOKS / "EJ-04.xlsx")
        assert book["Capacidades"]["A8"].value == "C-01-a"
        assert book["Capacidades"]["C8"].value == "1 - Cumple"
        book["Capacidades"]["C8"] = "0 - No cumple"
        book.save(there.returned / "EJ-04-bis.xlsx")
        status = round_status(there.root)
        assert stages(status)["EJ-04"] is RoundStage.REFUSED
        assert (status.counts["returned"], status.counts["refused"]) == (1, 1)

    def test_why_a_file_is_from_nobody_is_told(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        shutil.copy(BOOKS / "EJ-01.xlsx", there.returned)
        status = round_status(there.root)
        assert status.unknown == ("EJ-01.xlsx",)
        assert [(each.code.id, each.location.file) for each in status.elsewhere] == [("E102", "EJ-01.xlsx")]

    def test_files_that_nobody_is_known_by(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        (there.returned / "respuesta.xlsx").write_bytes(b"no workbook")
        status = round_status(there.root)
        assert status.unknown == ("respuesta.xlsx",)
        assert set(stages(status).values()) == {RoundStage.SENT}

    def test_who_was_not_asked_stands_below(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        make_templates(there.returned, TemplateRequest("mmmctic@2020-04", SHORT, entity="05001"))
        shutil.copy(BOOKS / "EJ-01.xlsx", there.returned)  # neither of the list nor of DIVIPOLA
        status = round_status(there.root)
        others = [(one.entity.code, one.stage) for one in status.entities if not one.listed]
        assert others == [("05001", RoundStage.RETURNED)]
        assert status.unknown == ("EJ-01.xlsx",)
        assert status.counts["listed"] == 4

    def test_a_letter_in_place_of_a_workbook_is_no_return(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        (there.returned / "oficio.pdf").write_bytes(b"%PDF-1.7")
        status = round_status(there.root)
        assert status.counts["returned"] == 0
        assert [finding.code.name for finding in status.diagnostics] == ["other-file-passed-over"]

    def test_damaged_results_are_a_finding(self, tmp_path: Path) -> None:
        there = begun(tmp_path)
        shutil.copy(BOOKS / "EJ-04.xlsx", there.returned)
        score([there.returned], ScoreOptions(entities=there.entities())).write(there.results)
        (there.results / "answers.csv").unlink()
        status = round_status(there.root)
        assert stages(status)["EJ-04"] is RoundStage.RETURNED
        assert any(finding.code.id.startswith("O") for finding in status.diagnostics)

    def test_a_folder_without_a_list(self, tmp_path: Path) -> None:
        with pytest.raises(JobError) as caught:
            round_status(tmp_path)
        (finding,) = caught.value.diagnostics
        assert (finding.code.id, finding.location.file) == ("E401", tmp_path.as_posix())
