"""Rulings of reviewers: read, applied to what was answered, scored beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.indicators.rulings import RulingFile, read_rulings, ruled_entity
from ctimaturity.model.ruling import Ruled, Verification
from ctimaturity.workbook.ruling import Verified, apply_rulings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers, Response
    from ctimaturity.model.score import Index


@dataclass(frozen=True)
class Hearing:
    """The rulings of one file, applied.

    Attributes:
        file: The file.
        verified: What it makes of the answers.
    """

    file: RulingFile
    verified: Verified

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is doubtful about the file and its rulings."""
        return (*self.file.diagnostics, *self.verified.diagnostics)

    def verification(self, index: Index) -> Verification:
        """What the assessment says of it; `index` is that of the answers as reported."""
        reported = {code: MappingProxyType(each) for code, each in self.verified.reported.items()}
        return Verification(self.file.file, tuple(self.verified.rulings), index, MappingProxyType(reported))


def hear(
    path: Path, questionnaire: Questionnaire, answers: Mapping[str, EntityAnswers], language: str
) -> Hearing:
    """Apply the rulings of a file to the answers of all entities.

    Raises:
        JobError: The file cannot be read as rulings.
    """
    file = read_rulings(path)
    rulings = [
        replace(ruling, entity=ruled_entity(ruling.entity, answers) or ruling.entity)
        for ruling in file.rulings
    ]
    return Hearing(file, apply_rulings(questionnaire, answers, rulings, file.file, language))


def as_reported(
    answers: Mapping[str, EntityAnswers], reported: Mapping[str, Mapping[str, Response]]
) -> list[EntityAnswers]:
    """The answers of everybody before the rulings, from those after them and what was changed."""
    return [
        replace(each, responses={**each.responses, **reported.get(code, {})})
        for code, each in answers.items()
    ]


def stored_verification(
    file: str,
    rulings: Sequence[Ruled] | None,
    answers: Mapping[str, EntityAnswers],
    reported: Mapping[str, Mapping[str, Response]],
    score: Callable[[list[EntityAnswers]], Index],
) -> Verification | None:
    """The verification of a folder of results; None when it has no rulings."""
    if rulings is None:
        return None
    return Verification(file, tuple(rulings), score(as_reported(answers, reported)), reported)
