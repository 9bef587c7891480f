"""The evidence that an entity gave, and what of it was verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.response import State
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.reporting.words import Words

RULED = "ruling"
"""The origin of an answer that a reviewer has ruled on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: `verified` is whether a reviewer has ruled on the answer."""

    item: str
    text: str
    evidence: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Proofs:
    """All of it.

    Attributes:
        pieces: In the order of the definition.
        answered: How many items were answered.
        verified: How many answers a reviewer has ruled on, with evidence or without.
    """

    pieces: tuple[Evidence, ...]
    answered: int
    verified: int


def proofs(questionnaire: Questionnaire, answers: EntityAnswers, words: Words) -> Proofs:
    """The evidence beside the answers of an entity; texts of the entity are shown, never linked."""
    pieces, answered, verified = [], 0, 0
    for measurement in questionnaire.measurements:
        for item in measurement.items:
            response = answers.responses.get(item.id)
            if response is None:
                continue
            given = response.state is State.ANSWERED or bool(response.criterion or response.own_mark)
            answered += given
            ruled = response.source.origin == RULED
            verified += ruled
            if response.evidence:
                pieces.append(
                    Evidence(item.id, shown(words.text(item.text)), shown(response.evidence), ruled)
                )
    return Proofs(tuple(pieces), answered, verified)
