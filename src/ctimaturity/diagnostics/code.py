"""What kind of finding a finding is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctimaturity.diagnostics.severity import Severity


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
