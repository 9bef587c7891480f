"""The words of a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Wording:
    """A finding in words: what is wrong, and what to do."""

    message: str
    hint: str


def wording(diagnostic: Diagnostic, language: str) -> Wording:
    """The message and hint of a finding, its parameters filled in."""
    return Wording(
        message=_filled(diagnostic.code.message, diagnostic, language),
        hint=_filled(diagnostic.code.hint, diagnostic, language),
    )


def _filled(text: str, diagnostic: Diagnostic, language: str) -> str:
    return translate(text, language).format_map(diagnostic.parameters)
