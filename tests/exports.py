"""Survey exports of the small questionnaire, read from real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders
from ctimaturity.indicators.register import EntityRegister
from ctimaturity.survey.quality import QualityRules
from ctimaturity.survey.reading import SurveyRequest
from ctimaturity.workflows.survey_reading import read_survey_files, survey_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.workflows.survey_reading import Surveys

MINI = builders.mini()
MEDELLIN, ABEJORRAL = "05001", "05002"
OPTIONS = ("1", "2", "3", "4", "5", "6", "blank", "dont_know")


def export(folder: Path, text: str, name: str = "05001.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def surveys(*paths: Path | str, rules: QualityRules | None = None, jobs: int = 1) -> Surveys:
    request = SurveyRequest(MINI, rules or QualityRules(), jobs)
    return read_survey_files(survey_inputs([str(path) for path in paths]), request, EntityRegister())


def read(folder: Path, text: str, name: str = "05001.csv", rules: QualityRules | None = None) -> Surveys:
    return surveys(export(folder, text, name), rules=rules)


def codes(found: Surveys) -> list[str]:
    return [finding.code.id for finding in found.diagnostics]


def counted(found: Surveys, item: str, entity: str = MEDELLIN, segment: str = "academia") -> dict[str, int]:
    """How often each option was chosen, without what nobody chose."""
    (tallies,) = found.tallies(entity)
    row = tallies.counts[tallies.segments.index(segment), tallies.items.index(item)].tolist()
    return {option: count for option, count in zip(OPTIONS, row, strict=True) if count}
