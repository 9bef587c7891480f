"""A CSV file of the results, read back: by column names, every problem with its line and column."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.csv import CsvDialect, neutralised

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from ctimaturity.results.table import Column

_WHOLE = re.compile(r"[0-9]{1,18}")
"""So many digits fit the 64 bits of the arrays that counts are put into."""
_NUMBERS = {
    mark: re.compile(rf"-?[0-9]{{1,400}}(?:{re.escape(mark)}[0-9]{{1,400}})?(?:[eE][+-]?[0-9]{{1,3}})?")
    for mark in (".", ",")
}
"""By the decimal mark; bounded, so that no exponent asks for more memory than there is."""


def rows_of(data: bytes, code: str, dialect: CsvDialect) -> bytes:
    """The header and the records of one entity, of a table whose first column is the entity's code.

    Found by their bytes, which is quicker by far than reading every record. A line inside of a quoted text
    may begin like a record of the entity: there the quotation marks before it are odd in number.
    """
    start = data.find(b"\n") + 1
    if not data[:start].decode("utf-8-sig").startswith(f"entity_code{dialect.delimiter}"):
        return data
    field = io.StringIO()
    csv.writer(field, delimiter=dialect.delimiter, lineterminator=dialect.delimiter).writerow(
        [neutralised(code)]
    )
    begin = b"\n" + field.getvalue().encode()
    kept, quotes, counted = [data[:start]], 0, 0
    at = data.find(begin, start - 1)
    while at >= 0:
        quotes += data.count(b'"', counted, at)
        counted = at
        if quotes % 2:
            at = data.find(begin, at + 1)
            continue
        end = data.find(b"\n", at + 1)
        while end >= 0 and data.count(b'"', at, end) % 2:
            end = data.find(b"\n", end + 1)
        end = len(data) if end < 0 else end
        kept.append(data[at + 1 : end + 1])
        at = data.find(begin, end)
    return b"".join(kept)


class StoredTable:
    """The rows of one file, and what is wrong with them.

    Attributes:
        file: The path, as diagnostics show it.
        header: The names of its columns; empty when the file cannot be read at all.
        line: Where the present row begins, from 1.
        problems: What was found so far; reading goes on behind each.
    """

    def __init__(self, file: str, data: bytes, dialect: CsvDialect) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self._decimal = dialect.decimal
        self._number = _NUMBERS[dialect.decimal]
        self.line = 0
        self._seen: dict[Hashable, int] = {}
        text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
        self._reader = csv.reader(text, delimiter=dialect.delimiter, strict=True)
        self.header: tuple[str, ...] = tuple(next(self._records(), ()))

    def records(self, columns: Sequence[Column[Any]]) -> Iterator[dict[str, str]]:
        """The cells of these columns by their names, row by row; nothing when a column is missing."""
        names = [column.name for column in columns]
        return (dict(zip(names, cells, strict=True)) for cells in self.rows(columns))

    def rows(self, columns: Sequence[Column[Any]]) -> Iterator[tuple[str, ...]]:
        """The same in the order of the columns, of which there are at least two."""
        names = [column.name for column in columns]
        missing = [name for name in names if name not in self.header]
        if missing:
            if not self.problems:
                place = Location(self.file, line=1)
                name = self.file.rpartition("/")[2]
                self.problems += [
                    Diagnostic(codes.RESULT_COLUMN_MISSING, place, {"name": name, "column": column})
                    for column in missing
                ]
            return
        chosen = itemgetter(*(self.header.index(name) for name in names))
        width = len(self.header)
        for record in self._records():
            if len(record) != width:
                self._broken()
                return
            yield chosen(record)

    def _records(self) -> Iterator[list[str]]:
        while True:
            self.line = self._reader.line_num + 1
            try:
                record = next(self._reader, None)
            except (csv.Error, UnicodeDecodeError):
                self._broken()
                return
            if record is None:
                return
            yield record

    def number(self, cell: str, column: str) -> Decimal | None:
        """A number exactly as written; None when empty or none."""
        if self._number.fullmatch(cell):
            return Decimal(cell.replace(self._decimal, "."))
        if cell:
            self.refuse(cell, column)
        return None

    def whole(self, cell: str, column: str) -> int | None:
        """A whole number that is not negative; None when empty or none."""
        if _WHOLE.fullmatch(cell):
            return int(cell)
        if cell:
            self.refuse(cell, column)
        return None

    def refuse(self, cell: str, column: str) -> None:
        """Report a cell of the present row."""
        place = Location(self.file, line=self.line, column=self.header.index(column) + 1)
        self.problems.append(
            Diagnostic(codes.RESULT_VALUE_UNREADABLE, place, {"column": column}, quoted(cell))
        )

    def refuse_row(self, earlier: int) -> None:
        """Report the present row as one that an earlier line has already given."""
        self.problems.append(
            Diagnostic(codes.RESULT_ROW_DOUBLE, Location(self.file, line=self.line), {"line": earlier})
        )

    def is_new(self, key: Hashable) -> bool:
        """Whether no earlier row has this key; one that has is reported."""
        earlier = self._seen.setdefault(key, self.line)
        if earlier != self.line:
            self.refuse_row(earlier)
        return earlier == self.line

    def _broken(self) -> None:
        name = self.file.rpartition("/")[2]
        self.problems.append(
            Diagnostic(codes.RESULT_TABLE_BROKEN, Location(self.file, line=self.line), {"name": name})
        )
