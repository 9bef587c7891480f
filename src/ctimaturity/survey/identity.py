"""What a form says of the questionnaire it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire

_DIGITS = 12


def form_identity(questionnaire: Questionnaire, definition_hash: str) -> str:
    """`mmmctic@2020-04 1.0.0 0123456789ab`: the definition, its version and the begin of its hash."""
    return f"{questionnaire.key} {questionnaire.version} {definition_hash[:_DIGITS]}"


def form_version(questionnaire: Questionnaire, definition_hash: str) -> str:
    """The version of a form: that of the questionnaire and the begin of its hash."""
    return f"{questionnaire.version}-{definition_hash[:_DIGITS]}"
