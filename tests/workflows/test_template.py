from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import builders
import sheets
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.entity import Entity
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.template import TemplateRequest, file_name, make_templates

if TYPE_CHECKING:
    from pathlib import Path

NO_SURVEY = TemplateOptions(perception=Perception.NONE, parts=("results",))
ENTITIES = (
    "codigo,nombre,tipo,region\nEJ-01,Villa Almendro,alcaldía,Andina\nEJ-02,Peña/Roja,gobernación,Caribe\n"
)


def request(**changes: object) -> TemplateRequest:
    return TemplateRequest(**{"questionnaire": "mmmctic@2020-04", "options": NO_SURVEY, **changes})  # type: ignore[arg-type]


def codes(error: pytest.ExceptionInfo[JobError]) -> list[str]:
    return [diagnostic.code.id for diagnostic in error.value.diagnostics]


def test_one_workbook_for_whoever_answers(tmp_path: Path) -> None:
    out = tmp_path / "plantilla.xlsx"
    made = make_templates(out, request())
    assert made.files == (out,)
    assert made.diagnostics == ()
    table = sheets.table(openpyxl.load_workbook(out), "cti:results:indicators")
    assert {"R-PER-01", "R-GOB-05"} <= set(table.rows)


def test_an_entity_gets_only_what_can_exist_for_it(tmp_path: Path) -> None:
    counts = {}
    for code in ("05001", "5", "11001"):
        out = tmp_path / f"{code}.xlsx"
        make_templates(out, request(entity=code))
        book = openpyxl.load_workbook(out)
        rows = sheets.table(book, "cti:results:indicators").rows
        counts[sheets.cover(book)["entity_code"].value] = len([row for row in rows if row.startswith("R-")])
    # 92 indicators; 20 exist only for a gobernación and the alcaldía has 72; Bogotá, D.C. is both
    assert counts["05001"] == 72
    assert counts["11001"] == 92
    assert set(counts) == {"05001", "05", "11001"}


def test_the_name_of_the_entity_is_that_of_its_code(tmp_path: Path) -> None:
    make_templates(tmp_path, request(entity="05001"))
    (written,) = tmp_path.iterdir()
    assert written.name == "05001-medellin.xlsx"
    cover = sheets.cover(openpyxl.load_workbook(written))
    assert cover["entity_name"].value == "Medellín"
    assert cover["entity_type"].value == "Alcaldía"
    assert cover["entity_code"].protection.locked


def test_a_list_gives_a_workbook_each(tmp_path: Path) -> None:
    listed = tmp_path / "entidades.csv"
    listed.write_text(ENTITIES, encoding="utf-8")
    told: list[tuple[int, int]] = []
    made = make_templates(
        tmp_path / "out", request(entities=listed), lambda done, total: told.append((done, total))
    )
    assert [path.name for path in made.files] == ["EJ-01-villa-almendro.xlsx", "EJ-02-pena-roja.xlsx"]
    assert told == [(1, 2), (2, 2)]
    cover = sheets.cover(openpyxl.load_workbook(made.files[1]))
    assert (cover["entity_code"].value, cover["entity_type"].value) == ("EJ-02", "Gobernación")


def test_one_of_a_list(tmp_path: Path) -> None:
    listed = tmp_path / "entidades.csv"
    listed.write_text(ENTITIES, encoding="utf-8")
    made = make_templates(tmp_path / "una", request(entities=listed, entity="EJ-01"))
    assert made.files == (tmp_path / "una.xlsx",)


def test_the_list_form_says_that_it_stays_provisional(tmp_path: Path) -> None:
    for perception, expected in ((Perception.LIST, ["W106"]), (Perception.GRID, [])):
        options = TemplateOptions(parts=("perception",), perception=perception, respondents=3)
        made = make_templates(tmp_path / f"{perception}.xlsx", request(options=options))
        assert [diagnostic.code.id for diagnostic in made.diagnostics] == expected
        if made.diagnostics:
            assert made.diagnostics[0].parameters["needed"] == "50"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"options": TemplateOptions(parts=("capacidades",))}, "W101"),
        ({"options": TemplateOptions(language="fr")}, "W102"),
        ({"options": TemplateOptions(parts=("perception",), perception=Perception.NONE)}, "W103"),
        ({"options": TemplateOptions(perception=Perception.GRID, respondents=0)}, "W104"),
        ({"options": TemplateOptions(perception=Perception.GRID, respondents=5001)}, "W104"),
        ({"entity": "99999"}, "E103"),
    ],
)
def test_what_cannot_be_made_says_why(changes: dict[str, object], expected: str, tmp_path: Path) -> None:
    with pytest.raises(JobError) as error:
        make_templates(tmp_path / "x.xlsx", request(**changes))
    assert codes(error) == [expected]
    assert not list(tmp_path.iterdir())


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    options = TemplateOptions(language="fr", parts=("a", "b"))
    with pytest.raises(JobError) as error:
        make_templates(tmp_path / "x.xlsx", request(options=options, entity="999"))
    assert codes(error) == ["E102", "W101", "W101", "W102"]


def test_an_existing_file_is_replaced_only_when_told(tmp_path: Path) -> None:
    out = tmp_path / "llena.xlsx"
    out.write_bytes(b"answers")
    with pytest.raises(JobError) as error:
        make_templates(out, request())
    assert codes(error) == ["W105"]
    assert out.read_bytes() == b"answers"
    assert make_templates(out, request(force=True)).files == (out,)
    assert out.read_bytes() != b"answers"


def test_one_file_in_the_way_does_not_stop_the_others(tmp_path: Path) -> None:
    listed = tmp_path / "entidades.csv"
    listed.write_text(ENTITIES, encoding="utf-8")
    first = tmp_path / "out" / "EJ-01-villa-almendro.xlsx"
    first.parent.mkdir()
    first.write_bytes(b"answers")
    made = make_templates(tmp_path / "out", request(entities=listed))
    assert [path.name for path in made.files] == ["EJ-02-pena-roja.xlsx"]
    assert [diagnostic.code.id for diagnostic in made.diagnostics] == ["W105"]


def test_a_part_of_which_nothing_can_exist_is_said(tmp_path: Path) -> None:
    only = builders.tree(builders.item("A-1", applies_to=["gobernacion"]))
    definition = tmp_path / "definition.json"
    definition.write_bytes(canonical_json(only))
    options = TemplateOptions(perception=Perception.NONE)
    made = make_templates(
        tmp_path / "x.xlsx", request(questionnaire=str(definition), options=options, entity="05001")
    )
    assert [diagnostic.code.id for diagnostic in made.diagnostics] == ["W107"]


def test_without_a_choice_the_only_questionnaire_is_taken(tmp_path: Path) -> None:
    other = tmp_path / "mini.json"
    other.write_bytes(canonical_json(builders.mini()))
    assert chosen_questionnaire(None, Library(given=(other,), folder=tmp_path)).key == "mini@1"
    with pytest.raises(JobError) as error:
        chosen_questionnaire(None)
    assert codes(error) == ["W108"]
    assert error.value.diagnostics[0].parameters == {"questionnaires": "mmmctic@2020-04, mmmctic@2021-11"}


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("05001", "Medellín", "05001-medellin.xlsx"),
        ("11001", "Bogotá, D.C.", "11001-bogota-d-c.xlsx"),
        ("EJ-01", "../../etc", "EJ-01-etc.xlsx"),
        ("..", "", ".xlsx"),
        ("Ñ 1", "x" * 200, "1-" + "x" * 60 + ".xlsx"),
    ],
)
def test_file_names_are_plain(code: str, name: str, expected: str) -> None:
    assert file_name(Entity(code, name, "alcaldia")) == expected
