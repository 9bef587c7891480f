"""The workbook of live formulas gives the engine's numbers when an office suite recalculates it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import builders as b
import other_instruments as others
import random_trees as trees
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.score import Status
from ctimaturity.reporting.formulas import HEAD, write_formulas
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.scoring.index import score
from rounds import scored_example

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.score import IndexRow

KINDS = ("EJ-01", "EJ-03", "EJ-07", "EJ-09", "EJ-11")
"""A municipality, a department, one in two files, a provisional and an incomplete one."""
PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)


def recalculated(folder: Path, profile: str) -> Path:
    out = folder / "again"
    files = [str(path) for path in sorted(folder.glob("*.xlsx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", str(out), *files], check=True, capture_output=True, timeout=600)
    return out


def differences(path: Path, assessment: Assessment, row: IndexRow) -> tuple[int, list[object]]:
    """How many scores were compared with the engine's, and those that differ."""
    book = load_workbook(path, data_only=True)
    index = assessment.index
    known = {(place.measurement, place.node): c for c, place in enumerate(index.table.places)}
    names = [m.id for m in assessment.questionnaire.measurements if m.id in index.measurements]
    compared, found = 0, []
    for number, sheet in enumerate(book.worksheets[:-1]):
        for cells in sheet.iter_rows(min_row=HEAD + 2, max_col=9, values_only=True):
            node = str(cells[0])
            where = (
                [("index", node), ("profile", node), (node, node)]
                if number == 0
                else [(names[number - 1], node)]
            )
            column = next((known[place] for place in where if place in known), None)
            if column is None:
                continue
            numbers = index.table.at(row.row, column)
            if numbers.score is None:
                continue
            compared += 1
            same = isinstance(cells[6], int | float) and cells[6] == pytest.approx(numbers.score, abs=1e-9)
            level = cells[7] in {None, ""} or numbers.level is None or cells[7] == numbers.level
            if not (same and level):
                found.append((path.name, sheet.title, cells, numbers.score, numbers.level))
    return compared, found


@pytest.mark.office
def test_every_node_of_the_example(tmp_path: Path, office_profile: str) -> None:
    assessment = scored_example()
    rows = [row for row in assessment.index.rows if row.entity.code in KINDS]
    assert len(rows) == len(KINDS)
    for row in rows:
        write_formulas(tmp_path / f"{row.entity.code}.xlsx", assessment, row, PROVENANCE, "es")
    again = recalculated(tmp_path, office_profile)
    total = 0
    for row in rows:
        compared, found = differences(again / f"{row.entity.code}.xlsx", assessment, row)
        assert found == []
        total += compared
    assert total > 1500


@pytest.mark.office
def test_random_trees_with_every_rule(tmp_path: Path, office_profile: str) -> None:
    made: dict[str, tuple[Assessment, IndexRow]] = {}

    @settings(
        max_examples=30,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def make(data: Any) -> None:
        definition = data.draw(trees.definitions())
        answers = data.draw(trees.answers(definition))
        questionnaire = trees.as_questionnaire(definition, trees.never_applicable(answers))
        given_answers = trees.as_answers("00001", answers, definition, questionnaire)
        index = score(questionnaire, [given_answers])
        code = given_answers.entity.code
        assessment = Assessment(questionnaire, {code: given_answers}, index, (), {}, {})
        if index.rows[0].status is not Status.REFUSED:
            name = f"{len(made):03d}"
            made[name] = (assessment, index.rows[0])
            write_formulas(tmp_path / f"{name}.xlsx", assessment, index.rows[0], PROVENANCE, "en")

    make()
    again = recalculated(tmp_path, office_profile)
    total = 0
    for name, (assessment, row) in made.items():
        compared, found = differences(again / f"{name}.xlsx", assessment, row)
        assert found == []
        total += compared
    assert total > 150


@pytest.mark.office
def test_instruments_of_other_kinds(tmp_path: Path, office_profile: str) -> None:
    made: dict[str, tuple[Assessment, IndexRow]] = {}
    for name in others.NAMES:
        definition = others.instrument(name)
        answers = others.entity_answers(definition, others.ANSWERS[name])
        index = score(definition, [answers])
        made[name] = Assessment(definition, {"X-1": answers}, index, (), {}, {}), index.rows[0]
        write_formulas(tmp_path / f"{name}.xlsx", *made[name], PROVENANCE, "en")
    again = recalculated(tmp_path, office_profile)
    for name, (assessment, row) in made.items():
        compared, found = differences(again / f"{name}.xlsx", assessment, row)
        assert found == []
        assert compared >= len(assessment.questionnaire.measurements[0].nodes) - 1


def test_texts_are_never_formulas(tmp_path: Path) -> None:
    given_answers = b.mini_answers(b.entity("90001"), 3)
    index = score(b.mini(), [given_answers])
    assessment = Assessment(b.mini(), {"90001": given_answers}, index, (), {}, {})
    write_formulas(tmp_path / "x.xlsx", assessment, index.rows[0], PROVENANCE, "es")
    book = load_workbook(tmp_path / "x.xlsx")
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f" or cell.column in {6, 7, 8}
    assert [cell.value for cell in book["_cti"][1]] == ["kind", "formulas"]
