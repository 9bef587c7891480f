"""Edition 2021-11 from the blank workbook to the index: another scale, structure and rules, the same code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ctimaturity.cli.app import app
from ctimaturity.definitions.library import Library
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.score import INDEX, PROFILE, Status
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes
from ctimaturity.workflows.score import score

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workflows.outcome import Outcome

EDITION = "mmmctic@2021-11"
AXES = (2, 2, 3, 3, 3)
"""The answer to every question of an axis."""


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return Library().find(EDITION)


def content(questionnaire: Questionnaire, entity: Entity, *, left_out: str = "") -> Content:
    """Every capacity as `AXES` says, every statement 4, every indicator's own mark 5, but for one item."""
    capacities, perception, results = questionnaire.measurements
    responses = {
        item.id: Response(State.ANSWERED, option=str(mark))
        for axis, mark in zip(capacities.root.children, AXES, strict=True)
        for item in axis.items
    }
    responses |= {item.id: Response(State.ANSWERED, own_mark="5") for item in results.items}
    responses.pop(left_out, None)
    marks = dict.fromkeys((item.id for item in perception.items), "4")
    people = [RespondentMarks(segment.id, marks) for segment in questionnaire.segments for _ in range(13)]
    return Content(answers=EntityAnswers(entity, responses), marks={perception.id: people})


@pytest.fixture(scope="module")
def workbooks(questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returned")
    for entity, left_out in (
        (Entity("05001", "Medellín", "alcaldia"), ""),
        (Entity("05", "Antioquia", "gobernacion"), "K-01"),
    ):
        options = TemplateOptions(perception=Perception.GRID, respondents=60, entity=entity)
        filled = content(questionnaire, entity, left_out=left_out)
        data = workbook_bytes(questionnaire, options, definition_hash(questionnaire), filled)
        (folder / f"{entity.code}.xlsx").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def outcome(workbooks: Path) -> Outcome:
    return score([workbooks])


def test_scores_and_levels(outcome: Outcome) -> None:
    first, second = outcome.index.rows
    assert (first.entity.code, first.status, second.status) == ("05001", Status.RANKED, Status.RANKED)
    found = {name: outcome.index.node(first, name, name) for name in outcome.index.measurements}
    # (2 + 2 + 3 + 3 + 3) / 5 = 2.6, on the bound of the second and third fifth of [1, 5]: the third. 5 is the
    # end of the scale and belongs to the last.
    assert {name: (node.score, node.level) for name, node in found.items()} == {
        "capacities": (2.6, 3),
        "perception": (4.0, 4),
        "results": (5.0, 5),
    }
    # (2.6 + 4 + 5) / 3 = 11.6 / 3 = 3.8666..., in (3.4, 4.2): the fourth.
    assert first.index == pytest.approx(11.6 / 3, abs=1e-12)
    assert first.level == 4
    # 0.4, 0.75 and 1 of the way from 0 to 100.
    assert first.index_harmonised == pytest.approx(215 / 3, abs=1e-12)


def test_a_blank_counts_as_the_lowest_step(outcome: Outcome) -> None:
    second = outcome.index.rows[1]
    axis = outcome.index.node(second, "capacities", "institucionalidad-e-innovacion")
    # (1 + 2 + 2 + 2) / 4, with K-01 blank; at its best it could have been 5.
    assert (axis.score, axis.low, axis.high) == (1.75, 1.75, 2.75)
    # The sum of the axes, 1.75 + 2 + 3 + 3 + 3, over 5.
    capacities = outcome.index.node(second, "capacities", "capacities")
    assert capacities.score == pytest.approx(2.55, abs=1e-12)


def test_dimensions_of_perception_and_results_stand_side_by_side(outcome: Outcome) -> None:
    dimensions = [place.node for place in outcome.index.table.places if place.measurement == PROFILE]
    assert len(dimensions) == 6
    # The mean of 4 and 5.
    row = outcome.index.rows[0]
    assert {outcome.index.node(row, PROFILE, name).score for name in dimensions} == {4.5}


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "WORKBOOKS"],
        ["score", "WORKBOOKS", "-o", "OUT"],
        ["explain", "WORKBOOKS/05001.xlsx"],
        ["explain", "WORKBOOKS/05001.xlsx", "tecnologia-y-estandares"],
    ],
    ids=lambda words: " ".join(words[:1] + words[2:]),
)
def test_commands_take_it_as_it_comes(arguments: list[str], workbooks: Path, tmp_path: Path) -> None:
    words = [
        word.replace("WORKBOOKS", str(workbooks)).replace("OUT", str(tmp_path / "out")) for word in arguments
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    if words[0] == "score":
        written = Counter(path.suffix for path in (tmp_path / "out").iterdir())
        assert written[".html"] == 1
        page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        assert "Nivel 4" in page
        assert "Básico" not in page
        assert INDEX in (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8")
