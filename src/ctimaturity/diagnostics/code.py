"""What kind of finding a finding is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctimaturity.diagnostics.severity import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding; its number is never reused.

    The texts are the English message ids of the catalogue, with `{parameter}` fields that
    the finding fills in. The Spanish stands in the catalogue.

    Attributes:
        id: A letter of the family and a number, such as `A203`.
        name: Words with hyphens, such as `answer-out-of-scale`.
        severity: How bad it is.
        message: What is wrong; no advice.
        hint: What to do about it; the mend.
        explanation: A paragraph for the code's page: why it matters and what the tool did.
    """

    id: str
    name: str
    severity: Severity
    message: str
    hint: str
    explanation: str
