"""What stands in the place of a result that there is none of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ctimaturity.diagnostics.codes.files import (
    FILE_CRASHED,
    FILE_FAILED,
    FILE_OUT_OF_MEMORY,
    FILE_TIMED_OUT,
)
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location


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

    def finding(self, file: str) -> Diagnostic:
        """The same as a finding about the file that was being read."""
        place = Location(file=file)
        if self.kind is FailureKind.RAISED:
            return Diagnostic(FILE_FAILED, place, {"reason": self.detail})
        return Diagnostic(_CODES[self.kind], place)


_CODES = {
    FailureKind.OUT_OF_MEMORY: FILE_OUT_OF_MEMORY,
    FailureKind.TIMED_OUT: FILE_TIMED_OUT,
    FailureKind.DIED: FILE_CRASHED,
}
