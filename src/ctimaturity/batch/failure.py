"""What stands in the place of a result that there is none of."""

from __future__ import annotations

import copyreg
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location

# Findings and answers hold read-only mappings, which do not travel between processes by themselves.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


def _read_only(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(mapping)


class FailureKind(Enum):
    """Why an input has no result."""

    RAISED = "raised"
    OUT_OF_MEMORY = "out of memory"
    TIMED_OUT = "timed out"
    DIED = "died"
    BROKEN = "broken"
    """Whatever the input, the function cannot do its work: of no result, and of none of the others."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that has no result.

    Attributes:
        kind: Why.
        detail: For a fault of the function, the exception's class and where it arose; never its
            text, which may quote from the input. Empty for the other kinds.
        reasons: Why nothing can be done with any input; empty for the other kinds.
    """

    kind: FailureKind
    detail: str = ""
    reasons: tuple[Diagnostic, ...] = ()

    def finding(self, file: str) -> Diagnostic:
        """The same as a finding about the file that was being read."""
        place = Location(file=file)
        if self.kind is FailureKind.RAISED:
            return Diagnostic(codes.READING_BROKE, place, {"where": self.detail})
        return Diagnostic(_CODES[self.kind], place)


_CODES = {
    FailureKind.OUT_OF_MEMORY: codes.FILE_NEEDS_TOO_MUCH_MEMORY,
    FailureKind.TIMED_OUT: codes.READING_FAILED,
    FailureKind.DIED: codes.FILE_STOPPED_ITS_WORKER,
}
