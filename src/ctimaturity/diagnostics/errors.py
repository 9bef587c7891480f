"""The one exception a caller should expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable


class JobError(Exception):
    """The job could not be done; the findings say why.

    Attributes:
        diagnostics: At least one finding of severity error, in order.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__(
            "; ".join(f"{d.code.id} {d.code.name} {d.location}".strip() for d in self.diagnostics)
        )
