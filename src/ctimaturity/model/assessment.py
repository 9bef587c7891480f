"""Everything that one run of scoring knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.model.questionnaire import Questionnaire
from ctimaturity.model.reference import Reference
from ctimaturity.model.response import EntityAnswers
from ctimaturity.model.ruling import Verification
from ctimaturity.model.score import Index


@dataclass(frozen=True)
class Assessment:
    """Answers, scores and findings of one run.

    Attributes:
        questionnaire: The definition everybody was scored with.
        answers: By entity code, refused ones too.
        index: The ranked index.
        diagnostics: Every finding, in order.
        options: What was asked for, as the manifest records it.
        inputs: SHA-256 of every input file, by its relative path.
        awaited: Codes of the entity list that have sent nothing.
        awaited_names: Their names, by code.
        reference: The reference ranges that indicators were marked by.
        verification: What rulings changed, and the scores of the answers as reported; None without rulings.
            The answers and the index are the verified ones.
    """

    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]
    index: Index
    diagnostics: tuple[Diagnostic, ...]
    options: Mapping[str, object]
    inputs: Mapping[str, str]
    awaited: tuple[str, ...] = ()
    awaited_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reference: Reference | None = None
    verification: Verification | None = None
