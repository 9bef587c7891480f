"""A file that will not be read, on its way up to whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter


class Refusal(Exception):  # noqa: N818  (it is an answer about a file, not a fault of ours)
    """Raised inside the readers of this package only; never leaves them.

    It is made of a code, the place inside the file and what fills the code's texts.

    Attributes:
        diagnostic: Why the file is not read; the caller names the file.
    """

    def __init__(self, code: Code, place: Location | None = None, /, **parameters: Parameter) -> None:
        self.diagnostic = Diagnostic(code, place or Location(), parameters)
        super().__init__(code.id)
