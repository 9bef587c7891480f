from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

import sheets
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.folder import write_results
from ctimaturity.workbook.template import TemplateOptions
from ctimaturity.workflows.template import TemplateRequest, make_templates
from rounds import EXAMPLE, scored_example

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

CAPACITIES = "cti:capacities:answers"
ONLY = TemplateOptions(parts=("capacities",))


def before(out: Path, questionnaire: Questionnaire) -> Path:
    """The bundled example as if another version of its definition had been answered."""
    stored = replace(scored_example(), questionnaire=questionnaire, options={"round": "2024"})
    write_results(out, stored)
    return out


def codes(diagnostics: object) -> list[str]:
    return [finding.code.id for finding in diagnostics]  # type: ignore[attr-defined]


def test_one_workbook_for_each_entity_of_the_round_before(tmp_path: Path) -> None:
    made = make_templates(tmp_path, TemplateRequest(options=ONLY, previous=EXAMPLE))
    assert len(made.files) == 12
    stored = scored_example()
    for path in made.files:
        code = path.name[:5]
        table = sheets.table(openpyxl.load_workbook(path), CAPACITIES)
        if stored.answers[code].refused:
            assert "previous_answer" not in table.columns
            continue
        response = stored.answers[code].responses.get("C-01-a")
        shown = table.value("C-01-a", "previous_answer")
        assert isinstance(shown, str)
        assert shown.startswith(f"{response.option} - " if response and response.option else "sin responder")
        assert table.value("C-01-a", "answer") is None
    assert codes(made.diagnostics) == ["W111"]
    assert made.diagnostics[0].location.item == "EJ-12"


def test_who_is_new_gets_the_workbook_without_that_column(tmp_path: Path) -> None:
    listed = tmp_path / "entities.csv"
    listed.write_text(
        "code,name,type\nEJ-01,Villa Almendro,alcaldía\nEJ-77,Nueva,alcaldía\n", encoding="utf-8"
    )
    request = TemplateRequest(options=ONLY, previous=EXAMPLE, entities=listed)
    made = make_templates(tmp_path / "out", request)
    columns = [sheets.table(openpyxl.load_workbook(path), CAPACITIES).columns for path in made.files]
    assert ["previous_answer" in each for each in columns] == [True, False]
    assert [(each.code.id, each.location.item) for each in made.diagnostics] == [("W110", "EJ-77")]


def test_one_entity_of_the_round_before(tmp_path: Path) -> None:
    made = make_templates(tmp_path / "one", TemplateRequest(options=ONLY, previous=EXAMPLE, entity="EJ-03"))
    assert [path.name for path in made.files] == ["one.xlsx"]
    book = openpyxl.load_workbook(made.files[0])
    assert sheets.cover(book)["entity_code"].value == "EJ-03"


def test_an_earlier_version_is_shown_in_its_own_words(tmp_path: Path) -> None:
    questionnaire = scored_example().questionnaire
    name = next(key for key, scale in questionnaire.scales.items() if "0" in scale.by_code)
    label = {"label": {"es": "Sí", "en": "Yes"}}
    scale = questionnaire.scales[name]
    options = tuple(option.model_copy(update=label) for option in scale.options)
    scales = {**questionnaire.scales, name: scale.model_copy(update={"options": options})}
    older = questionnaire.model_copy(update={"version": "0.9.0", "scales": scales})
    out = before(tmp_path / "before", older)
    made = make_templates(tmp_path / "new", TemplateRequest(options=ONLY, previous=out, entity="EJ-01"))
    book = openpyxl.load_workbook(made.files[0])
    assert sheets.cover(book)["version"].value == "1.0.0"
    table = sheets.table(book, CAPACITIES)
    assert table.header("previous_answer") == "Respuesta: 2024"
    assert str(table.value("C-01-a", "previous_answer")).endswith(" - Sí")


def test_ids_mean_the_same_within_one_edition_only(tmp_path: Path) -> None:
    request = TemplateRequest("mmmctic@2021-11", ONLY, previous=EXAMPLE, entity="05001")
    with pytest.raises(JobError) as caught:
        make_templates(tmp_path / "new", request)
    (finding,) = caught.value.diagnostics
    assert (finding.code.id, finding.location.file) == ("W109", EXAMPLE.as_posix())


def test_a_folder_without_results(tmp_path: Path) -> None:
    with pytest.raises(JobError) as caught:
        make_templates(tmp_path / "new", TemplateRequest(options=ONLY, previous=tmp_path))
    assert codes(caught.value.diagnostics)[0].startswith("O")


def test_who_is_in_no_list_gets_one_too(tmp_path: Path) -> None:
    made = make_templates(tmp_path / "new", TemplateRequest(options=ONLY, previous=EXAMPLE, entity="05001"))
    assert codes(made.diagnostics) == ["W110"]
