"""What is found while a workbook is read, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.workbook.answer import Problem


class Report:
    """Collects the findings of one workbook; nothing stops at the first."""

    def __init__(self, file: str) -> None:
        """Begin with nothing found.

        Args:
            file: The workbook's path as given.
        """
        self.file = file
        self._found: list[Diagnostic] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in order."""
        return in_order(self._found)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over findings that lack only the file."""
        self._found.extend(diagnostic.in_file(self.file) for diagnostic in diagnostics)

    def add(
        self, code: Code, sheet: str = "", cell: str = "", item: str = "", **parameters: Parameter
    ) -> None:
        """Add a finding on a sheet, a cell or the whole workbook; the item fills the field `{item}`."""
        parameters = {"item": item, **parameters} if item else parameters
        where = Location(file=self.file, sheet=sheet, cell=cell, item=item)
        self._found.append(Diagnostic(code, where, parameters))

    def answer(
        self, problem: Problem, sheet: Sheet, place: tuple[int, int], item: str, cell: Cell | None
    ) -> None:
        """Add a finding on an answer cell, with the value that offends."""
        where = Location(file=self.file, sheet=sheet.name, cell=reference(*place), item=item)
        value = quoted(cell.text) if cell is not None else ""
        self._found.append(Diagnostic(problem.code, where, {"item": item, **problem.parameters}, value))
