"""Tables of text on the way out: full precision, and nothing a spreadsheet would run.

A text that a spreadsheet program would take for a formula gets an apostrophe in front, as those
programs write it themselves; `restored` takes it off again. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from math import isnan
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

Value = str | int | float | Decimal | None

_STARTERS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
_RAW_STARTERS = ("\t", "\r", "\n", "\0")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_UNENCODED = "backslashreplace"
"""A file's name may hold what no encoding has; it is shown, never a reason to fail."""
_MOST_REMEMBERED = 50_000
"""Different texts; more than that are the free words of people, which do not come again."""
_ROWS_AT_ONCE = 1_024
"""Enough that looking at a column costs little for each of its fields, and few enough to keep in memory."""


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How a table is written.

    Attributes:
        delimiter: Between the fields.
        decimal: The decimal point.
        mark: Whether the file begins with a byte order mark, by which Excel knows UTF-8.
    """

    delimiter: str
    decimal: str
    mark: bool

    @property
    def encoding(self) -> str:
        """UTF-8, with the mark or without."""
        return "utf-8-sig" if self.mark else "utf-8"


STANDARD = CsvDialect(delimiter=",", decimal=".", mark=False)
EXCEL_ES = CsvDialect(delimiter=";", decimal=",", mark=True)
DIALECTS: Mapping[str, CsvDialect] = MappingProxyType({"standard": STANDARD, "excel-es": EXCEL_ES})
"""By the name a user gives; `excel-es` is for double-clicking in a Spanish Excel."""


def neutralised(text: str) -> str:
    """A text as it is written: with an apostrophe in front where a spreadsheet would run it.

    That is where its first visible character is one of `= + - @`, full-width ones too, or its
    first character is a tab, a line break or NUL. A text that begins with an apostrophe and
    would be run without it gets another one, so that `restored` gives back every text.
    """
    return f"'{text}" if _would_run(text.lstrip("'")) else text


def restored(text: str) -> str:
    """A text as it was before `neutralised`."""
    return text[1:] if text.startswith("'") and _would_run(text.lstrip("'")) else text


def _would_run(text: str) -> bool:
    if text.startswith(_RAW_STARTERS):
        return True
    for character in text:
        if character in _STARTERS:
            return True
        if unicodedata.category(character) not in _UNSEEN:
            return False
    return False


class _Texts(dict[str, str]):
    """Texts as they are written, each worked out once: codes and ids come again and again."""

    def __missing__(self, text: str) -> str:
        if len(self) == _MOST_REMEMBERED:
            self.clear()
        written = self[text] = neutralised(text)
        return written


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]], dialect: CsvDialect = STANDARD
) -> None:
    """Write a table: UTF-8, a header, lines that end in LF, numbers with all their digits.

    None and NaN are empty fields.

    Raises:
        OSError: The file cannot be written.
    """
    with path.open("w", encoding=dialect.encoding, errors=_UNENCODED, newline="") as stream:
        _write(stream, header, rows, dialect)


def table_bytes(
    header: Sequence[str], rows: Iterable[Sequence[Value]], dialect: CsvDialect = STANDARD
) -> bytes:
    """The same table as bytes, for whoever writes it to its place as a whole."""
    stream = io.StringIO(newline="")
    _write(stream, header, rows, dialect)
    return stream.getvalue().encode(dialect.encoding, _UNENCODED)


def _write(
    stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[Value]], dialect: CsvDialect
) -> None:
    writer = csv.writer(stream, delimiter=dialect.delimiter, lineterminator="\n")
    writer.writerow(map(neutralised, header))
    writer.writerows(_written(rows, dialect.decimal))


def _written(rows: Iterable[Sequence[Value]], decimal: str) -> Iterator[Sequence[Value]]:
    """The rows as they are written; several at a time, because most columns hold one kind of value."""
    texts = _Texts()
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS_AT_ONCE)):
        columns = [_column(values, texts, decimal) for values in zip(*some, strict=True)]
        yield from zip(*columns, strict=True)


def _column(values: tuple[Value, ...], texts: _Texts, decimal: str) -> Iterable[Value]:
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {int}:
        return values
    if kinds == {str} and len(values) == len(list(filter(None, values))):
        return map(texts.__getitem__, values)  # type: ignore[arg-type]
    if kinds == {float} and decimal == "." and not isnan(sum(filter(None, values))):  # type: ignore[arg-type]
        return values
    return [_value(value, texts, decimal) for value in values]


def _value(value: Value, texts: _Texts, decimal: str) -> Value:
    if isinstance(value, str):
        return texts[value]
    if not isinstance(value, (float, Decimal)):
        return value
    if value != value:  # noqa: PLR0124  (NaN, the one that differs from itself)
        return ""
    return value if decimal == "." else str(value).replace(".", decimal)
