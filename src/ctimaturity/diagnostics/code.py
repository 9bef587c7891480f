"""What kind of finding a finding is, and how bad."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; it belongs to the code, never to the occasion."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst, so that sorting puts errors first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding; its number is never used again.

    What it says, in both languages, stands in the file of its family below `families`.

    Attributes:
        id: A letter of the family and a number, such as `A203`.
        name: Words with hyphens, such as `answer-out-of-scale`.
        severity: How bad it is.
        stored: Message and hint of a code that this version does not know, as a stored finding has them.
    """

    id: str
    name: str
    severity: Severity
    stored: tuple[str, str] | None = None
