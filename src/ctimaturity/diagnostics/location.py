"""Where a finding is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)(?::.*)?")


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: a cell of a sheet, a line and column of a text, or the whole file.

    Attributes:
        file: The path as the user gave it, with `/` between its parts; empty for the whole run.
        sheet: The sheet's name as the file has it.
        cell: A reference such as `D7` or `D7:D9`.
        line: Counted from 1.
        column: Counted from 1.
        item: The id of the item, node or entity the finding is about.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    column: int | None = None
    item: str = ""

    @property
    def sort_key(self) -> tuple[str, str, int, int, int, str]:
        """File, sheet, row, column, then item."""
        row, column = self._row_and_column()
        return (self.file, self.sheet, row, column, self.line or 0, self.item)

    def _row_and_column(self) -> tuple[int, int]:
        match = _CELL.fullmatch(self.cell)
        if match is None:
            return (self.line or 0, self.column or 0)
        letters, digits = match.groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return (int(digits), column)

    def __str__(self) -> str:
        """`file[Sheet!D7]`, `file:12:5`, `file` or an empty string."""
        if self.cell or self.sheet:
            inside = "!".join(part for part in (self.sheet, self.cell) if part)
            return f"{self.file}[{inside}]"
        parts = [self.file, *(str(part) for part in (self.line, self.column) if part is not None)]
        return ":".join(parts)
