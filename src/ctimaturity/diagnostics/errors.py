"""The one exception a caller should expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class JobError(Exception):
    """The job could not be done; the findings say why.

    Attributes:
        diagnostics: At least one finding of severity error, in order.
        given: Paths of files as the user gave them, by their names in findings.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], given: Mapping[str, str] | None = None) -> None:
        self.diagnostics = in_order(diagnostics)
        self.given = given or {}
        super().__init__(
            "; ".join(f"{d.code.id} {d.code.name} {d.location}".strip() for d in self.diagnostics)
        )
