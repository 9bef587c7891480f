"""The forms that go out."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from pyxform.xls2xform import convert

import builders
from ctimaturity.definitions.library import Library
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.model.entity import Entity
from ctimaturity.survey.columns import Role
from ctimaturity.survey.form import FormOptions, form_pages, microsoft_forms, paper_sheet
from ctimaturity.survey.header import HeaderReader
from ctimaturity.survey.xlsform import xlsform, xlsform_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

MODEL = Library().find("mmmctic@2020-04")
OPTIONS = FormOptions("ab" * 32)
ENTITIES = (Entity("05001", "Medellín", "alcaldia"), Entity("EJ-1", 'Villa "A" & <B>', "alcaldia"))


@pytest.mark.parametrize("questionnaire", [MODEL, builders.mini()], ids=["model", "mini"])
@pytest.mark.parametrize("options", [OPTIONS, replace(OPTIONS, language="en", entities=ENTITIES)])
def test_pyxform_converts_without_errors_or_warnings(
    questionnaire: Questionnaire, options: FormOptions, tmp_path: Path
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform_bytes(questionnaire, options))
    warnings: list[str] = []
    form = convert(path, warnings=warnings).xform
    assert warnings == []
    for measurement in questionnaire.measurements:
        if measurement.collects == "respondents":
            assert all(f"/{item.id}" in form for item in measurement.items)


def test_every_statement_in_both_languages_on_a_page_of_its_subdimension() -> None:
    rows = xlsform(MODEL, OPTIONS)["survey"]
    pages = [row["name"] for row in rows if row.get("appearance") == "table-list"]
    assert len(pages) == len(form_pages(MODEL)) == 26
    asked = {row["name"]: row for row in rows if row["type"].startswith("select_one") and "P-" in row["name"]}
    assert len(asked) == 82
    text = MODEL.item_by_id["P-PER-01"].text
    assert asked["P-PER-01"]["label::Español (es)"] == text["es"]
    assert asked["P-PER-01"]["label::English (en)"] == text["en"]


def test_the_segment_is_the_opening_question_and_consent_comes_before() -> None:
    questions = [row for row in xlsform(MODEL, OPTIONS)["survey"] if row["type"].startswith("select_one")]
    assert [row["name"] for row in questions[:2]] == ["consent", "segment"]


def test_version_is_that_of_the_questionnaire_and_its_hash() -> None:
    (settings,) = xlsform(MODEL, OPTIONS)["settings"]
    assert settings["version"] == f"{MODEL.version}-abababababab"
    assert settings["default_language"] == "Español (es)"


def test_the_same_form_has_the_same_bytes() -> None:
    assert xlsform_bytes(MODEL, OPTIONS) == xlsform_bytes(MODEL, OPTIONS)


def test_an_export_with_the_forms_own_names_is_read_whole() -> None:
    workbook = read_workbook(xlsform_bytes(MODEL, OPTIONS)).workbook
    assert workbook is not None
    rows = xlsform(MODEL, OPTIONS)["survey"]
    header = HeaderReader(MODEL).read([row["name"] for row in rows if row["type"].startswith("select_one")])
    assert [column.role for column in header.columns[:2]] == [Role.TECHNICAL, Role.SEGMENT]
    assert len(header.items) == 82


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("language", ["es", "en"])
def test_paper_has_every_statement_and_answer(language: str) -> None:
    reader = _Text()
    reader.feed(paper_sheet(MODEL, replace(OPTIONS, language=language)))
    text = "".join(reader.words)
    for item in MODEL.measurement_by_id["perception"].items:
        assert f"{item.id}. {item.text[language]}" in text
    assert text.count("☐") == 82 * 7 + 4 + 2


@pytest.mark.parametrize("language", ["es", "en"])
def test_statements_pasted_into_microsoft_forms_come_back_as_headers(language: str) -> None:
    lines = microsoft_forms(MODEL, replace(OPTIONS, language=language)).splitlines()
    header = HeaderReader(MODEL).read([line.strip() for line in lines])
    assert len(header.items) == 82
    assert header.twice() == []
