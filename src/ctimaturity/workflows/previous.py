"""The round before, for whoever answers again: what each entity answered then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.results.reader import read_results

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers


@dataclass(frozen=True)
class PreviousRound:
    """What was answered in an earlier round.

    Attributes:
        file: The folder of its results, as the user gave it.
        label: Its name; empty without one.
        questionnaire: The definition that was answered.
        answers: By entity code, those that counted; refused ones too.
    """

    file: str
    label: str
    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]

    @property
    def entities(self) -> dict[str, Entity]:
        """Who took part, by code."""
        return {code: answers.entity for code, answers in sorted(self.answers.items())}


def read_previous(folder: Path) -> PreviousRound:
    """Read the answers of an earlier round from its folder of results.

    Raises:
        JobError: It is no folder of results, or it is damaged.
    """
    stored = read_results(folder)
    label = visible(str(stored.manifest.options.get("round", "")))
    return PreviousRound(visible(folder.as_posix()), label, stored.questionnaire, stored.answers)
