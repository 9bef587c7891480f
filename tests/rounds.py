"""Rounds built in code, for comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.round import Round
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers


def round_of(definition: Questionnaire, *answers: EntityAnswers, label: str = "") -> Round:
    """These entities, scored."""
    by_code = {each.entity.code: each for each in answers}
    return Round(label, definition, by_code, score(definition, answers))
