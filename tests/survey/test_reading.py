"""Exports read from files: every kind of them, and everything that is said on the way."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import exports as e
from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.indicators.entity_list import read_entity_list
from ctimaturity.indicators.register import EntityRegister
from ctimaturity.scoring.tallies import ALL_SEGMENTS
from ctimaturity.survey import answer_rows, gathering, reading, sums, text_table
from ctimaturity.survey.quality import QualityRules, Suspicion
from ctimaturity.survey.reading import SurveyRequest, read_surveys
from ctimaturity.workflows.survey_reading import read_survey_files, survey_inputs

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "segment,P-1,P-2,P-3,P-4\n"


class TestKindsOfFiles:
    def test_wide_csv_with_ids(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, HEADER + "academia,1,2,3,4\nacademia,1,NS,,6\nsector-publico,5,5,5,5\n")
        assert e.codes(found) == []
        assert e.counted(found, "P-1") == {"1": 2}
        assert e.counted(found, "P-2") == {"2": 1, "dont_know": 1}
        assert e.counted(found, "P-3") == {"3": 1, "blank": 1}

    def test_kobo_semicolons_quotes_groups_and_line_breaks(self, tmp_path: Path) -> None:
        text = (
            '"start";"opening/segment";"p/P-1";"p/P-2";"p/P-3";"p/P-4";"_uuid";"comentario"\r\n'
            '"2026-05-04T08:00:00Z";"academia";"4";"";"NS";"1";"a";"una; o\r\ndos"\r\n'
            '"2026-05-04T08:00:00Z";"academia";"4";"2";"NS";"1";"b";"tres ""citas"""\r\n'
        )
        found = e.read(tmp_path, text)
        assert e.counted(found, "P-1") == {"4": 2}
        assert e.counted(found, "P-2") == {"2": 1, "blank": 1}
        assert e.codes(found) == ["P403"]
        assert found.diagnostics[0].parameters["column"] == "comentario"

    def test_labels_in_either_language(self, tmp_path: Path) -> None:
        names = "segmento\ttexto de P-1\tTEXTO DE P-2.\tP_3\tg-P-4\n"
        text = f"{names}academia\topción 4\t4 - opción 4\t4.0\tNo sabe\n"
        found = e.read(tmp_path, text)
        assert [e.counted(found, f"P-{n}") for n in (1, 2, 3, 4)] == [{"4": 1}] * 3 + [{"dont_know": 1}]

    def test_microsoft_forms_workbook(self, tmp_path: Path) -> None:
        path = tmp_path / "encuesta.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("Portada").write_string(0, 0, "Resultados")
            sheet = book.add_worksheet("Form1")
            sheet.write_row(
                0, 0, ["ID", "Correo electrónico", "Segmento", *(f"texto de P-{n}" for n in (1, 2, 3, 4))]
            )
            sheet.write_row(1, 0, [1, "ana@example.org", "academia", "opción 4", 4, "4", "x"])
            sheet.write_row(2, 0, [2, "ana@example.org", "academia", "opción 5", 5, "5"])
        found = e.surveys(f"05001={path}")
        assert e.counted(found, "P-2") == {"4": 1, "5": 1}
        assert e.counted(found, "P-4") == {"blank": 2}
        assert e.codes(found) == ["P408", "P405", "P410"]
        assert str(found.diagnostics[1].location) == "encuesta.xlsx[Form1!G2]"
        assert "ana@" not in "".join(str(finding) for finding in found.diagnostics)

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("people", [1, 50])
    def test_unicode_text_of_excel(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, people: int
    ) -> None:
        monkeypatch.setattr(reading, "_WORTH_CUTTING", 1000)
        monkeypatch.setattr(text_table, "_BLOCK", 7)
        row = 'Academia\topción 4\tNo sabe\t"año\r\n😀"\r\n'
        text = "segmento\ttexto de P-1\tP-2\tnota\r\n" + row * people
        path = tmp_path / "05001.txt"
        path.write_bytes(f"\ufeff{text}".encode(encoding))
        found = e.surveys(path, jobs=2 if people > 1 else 1)
        assert e.codes(found) == ["P403", "P404"]
        assert e.counted(found, "P-1") == {"4": people}
        assert e.counted(found, "P-2") == {"dont_know": people}
        assert found.inputs["05001.txt"] == hashlib.sha256(path.read_bytes()).hexdigest()

    def test_lines_of_unicode_text_are_those_of_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "05001.csv"
        path.write_bytes("\ufeffsegment\tP-1\r\nacademia\t1\r\nacademia\tx\r\n".encode("utf-16-le"))
        located = [str(finding.location) for finding in e.surveys(path).diagnostics if finding.value == "x"]
        assert located == ["05001.csv:3:2"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_line_ends_of_an_old_mac(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "05001.csv"
        path.write_bytes("segment,P-1\racademia,1\racademia,x\r".encode(encoding))
        found = e.surveys(path)
        assert e.counted(found, "P-1") == {"1": 1}
        located = [str(finding.location) for finding in found.diagnostics if finding.value == "x"]
        assert located == ["05001.csv:3:2"]

    def test_windows_text_is_said_once_and_read(self, tmp_path: Path) -> None:
        rows = ("Academia,opción 4,1\n", 'Academia,"opción 4",1\n')
        for row in rows:
            path = tmp_path / "05001.csv"
            path.write_bytes(("segmento,texto de P-1,P-2\n" + row * 3).encode("cp1252"))
            found = e.surveys(path)
            assert e.codes(found) == ["F501", "P404"]
            assert e.counted(found, "P-1") == {"4": 3}

    def test_a_damaged_byte_spoils_its_line_only(self, tmp_path: Path) -> None:
        path = tmp_path / "05001.csv"
        row = 'Academia,"opción 4",{}\n'.encode()
        lines = row.replace(b"{}", b"1") * 2 + b'Academia,"opci\xe2n 3",2\n' + row.replace(b"{}", b"5")
        path.write_bytes(b"segmento,texto de P-1,P-2\n" + lines)
        found = e.surveys(path)
        assert "F501" in e.codes(found)
        assert e.counted(found, "P-1") == {"4": 3, "blank": 1}
        assert e.counted(found, "P-2") == {"1": 2, "2": 1, "5": 1}
        located = [str(each.location) for each in found.diagnostics if each.code.id == "P405"]
        assert located == ["05001.csv:4:2"]

    def test_a_damaged_byte_is_said_wherever_it_stands(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Also behind blocks that are sound UTF-8, and once however many there are."""
        monkeypatch.setattr(text_table, "_BLOCK", 40)
        path = tmp_path / "05001.csv"
        sound, damaged = "Academia,opción 4,1\n".encode(), b"Academia,opci\xe2n 3,2\n"
        path.write_bytes(b"segmento,texto de P-1,P-2\n" + sound * 20 + damaged * 5 + sound)
        found = e.surveys(path)
        assert e.codes(found).count("F501") == 1
        assert e.counted(found, "P-1") == {"4": 21, "blank": 5}

    def test_row_per_answer(self, tmp_path: Path) -> None:
        rows = [("b", "P-2", "5"), ("a", "P-1", "4"), ("b", "P-1", "3"), ("a", "P-2", "NS")]
        text = "respondent,segment,item,answer\n" + "".join(f"{who},academia,{i},{x}\n" for who, i, x in rows)
        found = e.read(tmp_path, text)
        assert e.counted(found, "P-1") == {"3": 1, "4": 1}
        assert e.counted(found, "P-2") == {"5": 1, "dont_know": 1}
        assert e.counted(found, "P-3") == {"blank": 2}

    def test_row_per_answer_in_words(self, tmp_path: Path) -> None:
        text = (
            "id_encuestado;segmento;afirmacion;respuesta\n"
            "7;Academia;TEXTO DE P-1;opción 4\n7;Academia;P_2;No sabe\n7;Academia;texto de nada;1\n"
        )
        found = e.read(tmp_path, text)
        assert e.counted(found, "P-1") == {"4": 1}
        assert e.counted(found, "P-2") == {"dont_know": 1}
        (stranger,) = found.diagnostics
        assert (stranger.code.id, stranger.location.line, stranger.value) == ("P427", 4, "texto de nada")

    def test_counts_in_words(self, tmp_path: Path) -> None:
        table = (
            "segmento,afirmacion,opción 4,5 - opción 5,No sabe,En blanco\nAcademia,texto de P-1,10,2,3,1\n"
        )
        rows = (
            "segmento,afirmacion,opcion,cantidad\nAcademia,texto de P-1,opción 4,10\n"
            "Academia,texto de P-1,5 - opción 5,2\nAcademia,P-1,No sabe,3\nAcademia,P-1,en blanco,1\n"
        )
        for text in (table, rows):
            found = e.read(tmp_path, text)
            assert e.counted(found, "P-1") == {"4": 10, "5": 2, "dont_know": 3, "blank": 1}

    def test_counts_as_rows_and_as_a_table(self, tmp_path: Path) -> None:
        rows = "segment,item,option,count\nacademia,P-1,4,10\nacademia,P-1,blank,2\nacademia,P-2,NS,3\n"
        table = "segment,item,4,blank,NS,total\nacademia,P-1,10,2,0,12\nacademia,P-2,0,0,3,3\n"
        for text in (rows, table):
            found = e.read(tmp_path, text)
            assert e.counted(found, "P-1") == {"4": 10, "blank": 2}
            assert e.counted(found, "P-2") == {"dont_know": 3, "blank": 9}
            assert e.codes(found) == ["P108", "P415"]
            assert found.tallies("05001")[0].covariances == ()


class TestEntities:
    def test_column_then_given_then_name_of_the_file(self, tmp_path: Path) -> None:
        path = e.export(tmp_path, "entity,P-1\n05002,4\n,5\n5002,6\n", "05001-kobo.csv")
        assert sorted(e.surveys(path).entities) == ["05001", "05002"]
        # Who gives the file for one entity says that all its rows are: two rows that say another count for
        # neither, and the third is of whom it was given for.
        given = e.surveys(f"05045={path}")
        assert {code: sum(given.tallies(code)[0].respondents.tolist()) for code in given.entities} == {
            "05045": 1
        }
        other = [dict(each.parameters) for each in given.diagnostics if each.code.id == "E114"]
        assert other == [{"entity": "05002", "issued": "05045"}]
        assert "P428" not in e.codes(given)
        same = e.export(tmp_path, "entity,P-1\n5002,4\n,5\n", "same.csv")
        assert list(e.surveys(f"05002={same}").entities) == ["05002"]

    def test_names_and_labels_of_a_list_are_codes(self, tmp_path: Path) -> None:
        listed = tmp_path / "entities.csv"
        listed.write_text("code,name\nA-1,Uno\nA-2,Doble\nA-3,Doble\nDoble,Tres\nA-5,A-1\n", encoding="utf-8")
        names = ("a-1 uno", "UNO", "A-3 Doble", "Doble", "A-1", "Nadie", "Nadie", "x@example.org")
        path = e.export(tmp_path, "municipio,P-1\n" + "".join(f"{name},4\n" for name in names))
        register = EntityRegister(read_entity_list(listed))
        found = read_survey_files(survey_inputs([str(path)]), SurveyRequest(e.MINI, jobs=1), register)
        people = {code: sum(found.tallies(code)[0].respondents.tolist()) for code in found.entities}
        # `Doble` is a code, so it is not the name of; `A-1` is a code, so not the name of A-5.
        assert people == {"A-1": 3, "A-3": 1, "Doble": 1}
        (lost,) = [each for each in found.diagnostics if each.code.id == "P428"]
        assert lost.parameters == {"count": 3, "entities": "Nadie; [@]"}

    def test_nothing_says_whose_answers_they_are(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "P-1\n4\n5\n", "encuesta.csv")
        assert "P407" in e.codes(found)
        assert found.entities == {}
        (unsaid,) = [each for each in found.diagnostics if each.code.id == "P407"]
        assert unsaid.parameters["count"] == 2

    def test_two_digits_are_a_code_only_alone(self, tmp_path: Path) -> None:
        assert "P407" in e.codes(e.read(tmp_path, "P-1\n4\n", "25 encuestas.csv"))
        assert list(e.read(tmp_path, "P-1\n4\n", "25.csv").entities) == ["25"]

    def test_files_of_one_entity_stay_apart(self, tmp_path: Path) -> None:
        one = e.export(tmp_path, "P-1\n4\n", "05001.csv")
        two = e.export(tmp_path, "P-1\n5\n", "05001-b.csv")
        assert len(e.surveys(one, two).tallies("05001")) == 2


class TestFindings:
    def test_p401_and_nothing_is_counted(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "nombre,ciudad\nAna,Bello\n")
        assert "P401" in e.codes(found)
        assert found.entities == {}

    def test_p402_names_both_columns(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "P-1,texto de P-1\n4,5\n")
        (twice,) = [each for each in found.diagnostics if each.code.id == "P402"]
        assert {twice.parameters["column"], twice.parameters["other"]} == {"P-1", "texto de P-1"}
        assert found.entities == {}

    def test_p403_every_unmatched_column_is_named(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "P-1,Comentarios,texto de P-9\n4,x,y\n")
        named = [each.parameters["column"] for each in found.diagnostics if each.code.id == "P403"]
        assert sorted(map(str, named)) == ["Comentarios", "texto de P-9"]

    def test_p404_missing_statements(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "segment,P-1\nacademia,4\n")
        (missing,) = [each for each in found.diagnostics if each.code.id == "P404"]
        assert (missing.parameters["count"], missing.parameters["items"]) == (3, "P-2, P-3, P-4")

    def test_p405_sets_one_answer_aside_at_its_place(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, HEADER + "academia,1,9,3,4\nacademia,1,9,3,4\nacademia,1,6,3,4\n")
        (strange,) = found.diagnostics
        assert (strange.code.id, str(strange.location), strange.value) == ("P405", "05001.csv:2:3", "9")
        assert strange.parameters["count"] == 2
        assert e.counted(found, "P-2") == {"blank": 2, "6": 1}

    def test_p406_strange_segment_and_p104_none(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, HEADER + "otro,1,1,1,1\n,2,2,2,2\nacademia,3,3,3,3\n")
        assert e.codes(found) == ["P104", "P406"]
        assert e.counted(found, "P-1", segment="unknown") == {"1": 1, "2": 1}

    def test_p409_same_submission_is_left_out_unless_nobody_is(self, tmp_path: Path) -> None:
        one = e.export(tmp_path, "_uuid,segment,P-1\na,academia,4\nb,academia,5\n", "05001.csv")
        two = e.export(tmp_path, "_uuid,segment,P-1\nb,academia,5\nc,academia,6\n", "05001-mayo.csv")
        found = e.surveys(one, two)
        assert {"P409", "P413"} <= set(e.codes(found))
        assert sum(int(t.respondents.sum()) for t in found.tallies("05001")) == 3
        everyone = e.surveys(one, two, rules=QualityRules(exclude=frozenset()))
        assert "P413" not in e.codes(everyone)
        assert sum(int(t.respondents.sum()) for t in everyone.tallies("05001")) == 4

    def test_a_column_of_few_values_tells_nobody_apart(self, tmp_path: Path) -> None:
        names = "comuna_id,sexo_encuestado,tipo_documento,¿Tiene celular?,"
        found = e.read(tmp_path, names + HEADER + "1,M,CC,sí,academia,1,2,3,4\n" * 3)
        assert e.counted(found, "P-1") == {"1": 3}
        assert not {"P409", "P410"} & {*e.codes(found)}

    def test_p410_p411_p412_are_suspicions_until_excluded(self, tmp_path: Path) -> None:
        text = (
            "start,end,Email,segment,P-1,P-2,P-3,P-4\n"
            "2026-01-01T08:00:00,2026-01-01T08:09:00,a@b.co,academia,1,2,3,4\n"
            "2026-01-01T08:00:00,2026-01-01T08:09:00,a@b.co,academia,1,2,3,4\n"
            "2026-01-01T08:00:00,2026-01-01T08:09:00,c@b.co,academia,5,5,5,5\n"
            "2026-01-01T08:00:00,2026-01-01T08:00:03,d@b.co,academia,6,5,6,5\n"
        )
        kinds = frozenset({Suspicion.PERSON, Suspicion.STRAIGHT, Suspicion.FAST})
        found = e.read(tmp_path, text, rules=QualityRules(exclude=frozenset(), alike=4))
        assert e.codes(found) == ["P408", "P410", "P411", "P412"]
        assert [each.location.line for each in found.diagnostics] == [None, 3, 4, 5]
        assert e.counted(found, "P-1") == {"1": 2, "5": 1, "6": 1}
        without = e.read(tmp_path, text, rules=QualityRules(exclude=kinds, alike=4))
        assert e.counted(without, "P-1") == {"1": 1}

    def test_p414_form_of_another_definition(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "cti_definition,P-1\nother@2020 1.0.0 0123456789ab,4\n")
        assert "P414" in e.codes(found)

    def test_p416_rows_that_belong_nowhere(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "item,option,count\nP-9,4,1\nP-1,9,1\nP-1,4,1\nP-1,4,2\n")
        assert [each.location.line for each in found.diagnostics if each.code.id == "P416"] == [2, 3, 5]
        assert found.entities == {}

    def test_p107_counts_are_of_people(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, "item,option,count\nP-1,4,45%\n")
        assert "P107" in e.codes(found)

    def test_p419_nothing_to_survey(self, tmp_path: Path) -> None:
        only = e.MINI.model_copy(update={"measurements": e.MINI.measurements[:1]})
        path = e.export(tmp_path, "P-1\n4\n")
        with pytest.raises(JobError) as error:
            read_survey_files(survey_inputs([str(path)]), SurveyRequest(only), EntityRegister())
        assert [each.code.id for each in error.value.diagnostics] == ["P419"]

    def test_p423_nobody_answered(self, tmp_path: Path) -> None:
        assert "P423" in e.codes(e.read(tmp_path, HEADER + "academia,,,,\n"))

    def test_p106_only_dont_know(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, HEADER + "academia,NS,NS,,\nacademia,1,1,1,1\n")
        assert e.codes(found) == ["P106"]

    def test_p425_long_tables_have_an_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answer_rows, "_MOST_PEOPLE", 1)
        found = e.read(tmp_path, "respondent,item,answer\na,P-1,4\nb,P-1,4\n")
        assert e.codes(found) == ["P425"]

    def test_p426_a_worker_that_did_not_come_back(self) -> None:
        plan = reading._Plan(reading.ReadSurvey("ab"))
        read = reading._read_survey(plan, [Failure(FailureKind.TIMED_OUT)], e.MINI, 1)
        assert read.problem is not None
        assert read.problem.code.id == "P426"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "F506"),
            (b"\n\n", "F506"),
            (b"P-1\n4\0\n", "F503"),
            (b"\xff\xfeP\0-\0" + b"1\0\n\0004", "F503"),
            (b"\xff\xfe\0\xd8\n\0", "F503"),
            ("\ufeffP-1\n4\n".encode("utf-32-le"), "F503"),
            (b"\xff\xfe", "F506"),
            (b'P-1\n"4\n', "F505"),
            (b'P-1,P-2\n"4"x,5\n', "F505"),
            (b"PK\x03\x04 nothing", "F"),
        ],
    )
    def test_broken_files(self, tmp_path: Path, content: bytes, code: str) -> None:
        path = tmp_path / "05001.csv"
        path.write_bytes(content)
        (finding,) = e.surveys(path).diagnostics
        assert finding.code.id.startswith(code)

    def test_ragged_rows_are_left_out(self, tmp_path: Path) -> None:
        found = e.read(tmp_path, HEADER + "academia,1\nacademia,1,1,1,1\n")
        assert e.codes(found) == ["F502"]
        assert e.counted(found, "P-1") == {"1": 1}

    def test_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(JobError):
            e.surveys(tmp_path / "none.csv")


def many(folder: Path, rows: int) -> Path:
    segments = ("academia", "sector-publico", "")
    lines = [
        f"{i},0500{1 + i % 2},{segments[i % 3]},{1 + i % 6},{1 + i // 7 % 6},NS,{i % 5 or ''}"
        for i in range(rows)
    ]
    lines[rows // 3] = '"x","05001","academia","4","9","NS","4"'
    text = "_uuid,entity,segment,P-1,P-2,P-3,P-4\n" + "\n".join(lines) + "\n" + lines[5] + "\n"
    return e.export(folder, text, "many.csv")


@pytest.mark.parametrize("jobs", [1, 5])
@pytest.mark.parametrize("many_groups", [0, 3, 256], ids=["all aside", "some aside", "none aside"])
def test_parts_and_workers_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, many_groups: int
) -> None:
    path = many(tmp_path, 20_000)
    whole = e.surveys(path, jobs=1)
    monkeypatch.setattr(reading, "_WORTH_CUTTING", 1_000)
    monkeypatch.setattr(text_table, "_BLOCK", 20_000)
    monkeypatch.setattr(sums, "_WORTH_KEEPING", 1)
    monkeypatch.setattr(gathering, "_AT_ONCE", 1_500)
    monkeypatch.setattr(gathering, "_MANY_GROUPS", many_groups)
    parts = e.surveys(path, jobs=jobs)
    assert [str(each) for each in parts.diagnostics] == [str(each) for each in whole.diagnostics]
    assert {each.code.id for each in whole.diagnostics} == {"P104", "P405", "P409", "P413"}
    for code in ("05001", "05002"):
        (one,), (other,) = whole.tallies(code), parts.tallies(code)
        assert (one.counts == other.counts).all()
        assert one.covariances == other.covariances
        assert {each.segment for each in one.covariances} >= {"academia", ALL_SEGMENTS}


def test_respondents_that_were_put_aside_and_never_counted_are_not_lost_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = many(tmp_path, 2_000)
    monkeypatch.setattr(reading, "_WORTH_CUTTING", 1_000)
    monkeypatch.setattr(gathering, "_MANY_GROUPS", 0)
    monkeypatch.setattr(gathering.Packing, "add", failing)
    (read,) = read_surveys([path], SurveyRequest(e.MINI, jobs=1))
    assert read.problem is not None
    assert read.problem.code.id == "P426"
    assert read.result is None


def failing(*_: object) -> None:
    raise MemoryError


@given(
    header=st.lists(
        st.sampled_from(
            ["P-1", "P-2", "segment", "entity", "item", "option", "count", "_uuid", "", "x", "start"]
        ),
        min_size=1,
        max_size=6,
    ),
    body=st.text(st.sampled_from('14NS,;\t"\n\r =@ñ.\u202e9'), max_size=200),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_in_is_findings_and_never_a_traceback(
    tmp_path: Path, header: list[str], body: str
) -> None:
    path = e.export(tmp_path, ",".join(header) + "\n" + body)
    (found,) = read_surveys([path], SurveyRequest(e.MINI, jobs=1))
    assert found.problem is not None or found.result is not None
    e.surveys(path)
