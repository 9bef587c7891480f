"""What is found while a workbook is read, and where."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import LONGEST, quoted
from ctimaturity.files.cell import CellKind, reference
from ctimaturity.workbook.answer import shortest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.files.cell import Cell
    from ctimaturity.workbook.answer import Problem

Place = tuple[int, int]
"""Row and column of a cell, counted from 1."""

MOST_OF_A_KIND = 1_000
"""Findings of one code that are listed for one workbook; more of them help nobody, and fill the memory."""


class Findings:
    """Collects the findings of one workbook; nothing stops at the first.

    Of each code the first `MOST_OF_A_KIND` are kept and the others counted: what refuses a workbook
    refuses it all the same.
    """

    def __init__(self, file: str) -> None:
        """Begin with nothing found.

        Args:
            file: The workbook's path as given.
        """
        self.file = file
        self._kept: list[Diagnostic] = []
        self._count: Counter[Code] = Counter()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in order."""
        where = Location(file=self.file)
        more = [
            Diagnostic(
                codes.MORE_FINDINGS,
                where,
                {"id": code.id, "name": code.name, "count": count - MOST_OF_A_KIND},
            )
            for code, count in self._count.items()
            if count > MOST_OF_A_KIND
        ]
        return in_order([*self._kept, *more])

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over findings that lack only the file."""
        self._kept.extend(diagnostic.in_file(self.file) for diagnostic in diagnostics)

    def add(
        self, code: Code, sheet: str = "", at: Place | str = "", item: str = "", **parameters: Parameter
    ) -> None:
        """Add a finding on a sheet, a cell or the whole workbook; the item fills the field `{item}`."""
        self._keep(code, sheet, at, item, {"item": item, **parameters} if item else parameters)

    def answer(self, problem: Problem, sheet: str, at: Place, item: str, cell: Cell | None) -> None:
        """Add a finding on an answer cell, with the value that offends."""
        text = "" if cell is None else shortest(cell) if cell.kind is CellKind.NUMBER else cell.text
        # A number with decimals is no telephone, however many digits it has.
        decimal = cell is not None and cell.kind is CellKind.NUMBER and "." in text
        value = text[:LONGEST] if decimal else quoted(text)
        self._keep(problem.code, sheet, at, item, {"item": item, **problem.parameters}, value)

    def _keep(
        self,
        code: Code,
        sheet: str,
        at: Place | str,
        item: str,
        parameters: dict[str, Parameter],
        value: str = "",
    ) -> None:
        self._count[code] += 1
        if self._count[code] <= MOST_OF_A_KIND:
            cell = at if isinstance(at, str) else reference(*at)
            where = Location(file=self.file, sheet=sheet, cell=cell, item=item)
            self._kept.append(Diagnostic(code, where, parameters, value))
