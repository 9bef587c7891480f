"""Roadmaps under other definitions: the second edition, and small instruments of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.model.assessment import Assessment
from ctimaturity.results.folder import write_results
from ctimaturity.scoring.index import score
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.questionnaire_new import new_definition
from ctimaturity.workflows.report import report
from ctimaturity.workflows.roadmap import roadmap
from ctimaturity.workflows.roadmap_files import write_roadmaps
from ctimaturity.workflows.synthetic import synthetic_entities
from other_instruments import NAMES, instrument

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire


def stored(folder: Path, questionnaire: Questionnaire) -> Path:
    """Invented entities of a definition, as a result folder."""
    answers = synthetic_entities(questionnaire, 4)
    by_code = {each.entity.code: each for each in answers}
    made = Assessment(questionnaire, by_code, score(questionnaire, answers), (), {"round": "x"}, {})
    write_results(folder / "out", made)
    return folder / "out"


@pytest.mark.parametrize("name", NAMES)
def test_any_instrument_has_roadmaps_and_dossiers(name: str, tmp_path: Path) -> None:
    out = stored(tmp_path, instrument(name))
    found = roadmap(out)
    write_roadmaps(found, tmp_path / "roadmap", ScoreOptions(formats=("csv", "md", "html", "xlsx")))
    assert len(list((tmp_path / "roadmap" / "entities").glob("*.html"))) == 4
    assert not report(out, tmp_path / "report").diagnostics
    for each in found.roadmaps:
        for at in each.planned_for:
            aim = each.aims[at]
            assert each.outcome is not None
            after, need = each.outcome.scores[at], aim.need
            assert after is not None
            assert need is not None
            assert aim.score is not None
            assert need.met(after - aim.score)


def test_questions_with_more_than_two_answers_go_up_step_by_step(tmp_path: Path) -> None:
    found = roadmap(stored(tmp_path, Library().find("mmmctic@2021-11")))
    assert found.phases[-1].end == 36
    steps = {step.rung: step.effort for each in found.roadmaps for a in each.actions for step in [a.step]}
    # What the edition says: to the second answer 1, the third 2, the fourth 3, the fifth 5.
    assert steps.items() <= {2: 1, 3: 2, 4: 3, 5: 5}.items()
    assert any(each.plan for each in found.roadmaps)


def test_where_measurements_have_no_levels_the_index_is_aimed_for(tmp_path: Path) -> None:
    new_definition(tmp_path / "mine", "my-model", "es")
    found = roadmap(stored(tmp_path, Library().find(str(tmp_path / "mine"))))
    aims = {aim.target.measurement for each in found.roadmaps for aim in each.aims}
    assert aims == {"index"}
    assert found.phases == ()
