"""What stands in the place of a result that there is none of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FailureKind(Enum):
    """Why an input has no result."""

    RAISED = "raised"
    OUT_OF_MEMORY = "out of memory"
    TIMED_OUT = "timed out"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that has no result.

    Attributes:
        kind: Why.
        detail: For a fault of the function, the exception's class and where it arose; never its
            text, which may quote from the input. Empty for the other kinds.
    """

    kind: FailureKind
    detail: str = ""
