"""Rulings of reviewers: read, applied to what was answered, scored beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.indicators.rulings import RulingFile, read_rulings, ruled_entity
from ctimaturity.model.ruling import Verification
from ctimaturity.workbook.ruling import Verified, apply_rulings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import Index


@dataclass(frozen=True)
class AppliedRulings:
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


def apply_file(
    path: Path, questionnaire: Questionnaire, answers: Mapping[str, EntityAnswers], language: str
) -> AppliedRulings:
    """Apply the rulings of a file to the answers of all entities.

    Raises:
        JobError: The file cannot be read as rulings.
    """
    file = read_rulings(path)
    rulings = [
        replace(ruling, entity=ruled_entity(ruling.entity, answers) or ruling.entity)
        for ruling in file.rulings
    ]
    return AppliedRulings(file, apply_rulings(questionnaire, answers, rulings, file.file, language))
