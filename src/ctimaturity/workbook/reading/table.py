"""The tables of answers in a workbook, found by what stands in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, reference
from ctimaturity.language.folding import folded
from ctimaturity.model.rule import Collects
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.column import ITEM, Kind
from ctimaturity.workbook.layout import describe
from ctimaturity.workbook.marker import Form, Marker
from ctimaturity.workbook.template import Perception, TemplateOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.reading.report import Report

FORMS = {
    Collects.ANSWERS: (Form.ANSWERS,),
    Collects.INDICATORS: (Form.INDICATORS,),
    Collects.RESPONDENTS: (Form.LIST, Form.GRID, Form.COUNTS),
}
_HEADER_DEPTH = 2
"""Rows below the column ids in which the visible headers may stand."""
_UNDECIDED = {Kind.GIVEN, Kind.FORMULA, Kind.PROSE}
"""Kinds of columns by which nothing is scored, whichever of them stands where."""
_MOST_TABLES = 20
"""On one sheet; people paste a few below each other, never more."""


@dataclass(frozen=True)
class Table:
    """A table of answers on a sheet.

    Attributes:
        sheet: The sheet.
        marker: What it holds.
        header: The row that names the columns.
        item_column: The column of the item ids (of respondents' numbers in a grid); 0 without one.
        columns: Number of each column found, by its id.
        first, last: The rows that belong to it; lines may have been sorted above the header.
    """

    sheet: Sheet
    marker: Marker
    header: int
    item_column: int
    columns: Mapping[str, int]
    last: int
    first: int = 1

    def cell(self, row: int, column: str) -> Cell | None:
        """The cell of a column, by its id; None also where the column is missing."""
        number = self.columns.get(column)
        return None if number is None else self.sheet.cells.get((row, number))

    def place(self, row: int, column: str) -> tuple[int, int]:
        """Row and column number, for findings."""
        return (row, self.columns.get(column, self.item_column))

    @cached_property
    def ids(self) -> tuple[tuple[int, str], ...]:
        """Rows of the table with the text in the item column, from top to bottom."""
        return tuple(
            (row, plain(cell))
            for row, column, cell in self.sheet.within(self.first, self.last)
            if column == self.item_column and row != self.header
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A text on a sheet."""

    row: int
    column: int
    text: str


def texts(sheet: Sheet) -> list[Word]:
    """All texts of a sheet, from top to bottom and left to right."""
    found = [
        Word(row, column, plain(cell))
        for (row, column), cell in sheet.cells.items()
        if cell.kind is CellKind.TEXT
    ]
    return sorted(found, key=lambda word: (word.row, word.column))


def _between(words: list[Word], first: int, last: int) -> list[Word]:
    """The texts between two rows, both with them, of texts from top to bottom."""
    return words[
        bisect_left(words, first, key=lambda word: word.row) : bisect_right(
            words, last, key=lambda word: word.row
        )
    ]


def columns_of(questionnaire: Questionnaire, marker: Marker) -> tuple[Column, ...]:
    """The columns that a table has in the template, by its marker."""
    perception = (
        Perception(marker.form.value) if marker.form in FORMS[Collects.RESPONDENTS] else Perception.NONE
    )
    options = TemplateOptions(parts=(marker.measurement,), perception=perception, respondents=0)
    sheets = describe(questionnaire, options).sheets
    return sheets[0].columns if sheets else ()


def marked_tables(
    workbook: Workbook, questionnaire: Questionnaire, texts_of: Mapping[str, list[Word]], report: Report
) -> list[Table]:
    """The tables whose marker stands in their row of column ids."""
    found = []
    for sheet in workbook.sheets:
        marks = [
            (word, marker)
            for word in texts_of[sheet.name]
            if (marker := Marker.read(word.text)) and _belongs(questionnaire, marker)
        ]
        if len(marks) > _MOST_TABLES:
            report.add(codes.TOO_MANY_TABLES, sheet.name, limit=_MOST_TABLES)
            continue
        for position, (word, marker) in enumerate(marks):
            below = [other.row for other, _ in marks[position + 1 :] if other.row > word.row]
            last = min(below) - 1 if below else max(row for row, _ in sheet.cells)
            rows = (word.row if position else 1, last)
            found.append(_table(questionnaire, sheet, marker, word, rows, texts_of[sheet.name], report))
    return found


def names_items(table: Table, questionnaire: Questionnaire) -> bool:
    """Whether an id of an item is left in a table, where its form has them: as rows, or as columns."""
    measurement = questionnaire.measurement_by_id[table.marker.measurement]
    ids = {folded(item.id) for item in measurement.items}
    named = table.columns if table.marker.form is Form.GRID else (text for _, text in table.ids)
    return any(folded(text) in ids for text in named)


def _belongs(questionnaire: Questionnaire, marker: Marker) -> bool:
    measurement = questionnaire.measurement_by_id.get(marker.measurement)
    return measurement is not None and marker.form in FORMS[measurement.collects]


def _table(
    questionnaire: Questionnaire,
    sheet: Sheet,
    marker: Marker,
    mark: Word,
    rows: tuple[int, int],
    words: list[Word],
    report: Report,
) -> Table:
    expected = columns_of(questionnaire, marker)
    top = _between(words, mark.row, mark.row + _HEADER_DEPTH)
    named = [word for word in top if word.row == mark.row and word.column != mark.column]
    columns = numbered(sheet, _by_id(expected, named), (mark.row, rows[1]), report)
    lost = [column for column in expected if column.id not in columns and column.id != ITEM]
    if lost:
        found = set(columns.values())
        below = [word for word in top if word.row > mark.row and word.column not in found]
        columns |= numbered(sheet, by_header(lost, below), (mark.row, rows[1]), report)
    _note_contradictions(sheet, expected, columns, (mark.row, top), report)
    return Table(sheet, marker, mark.row, mark.column, columns, last=rows[1], first=rows[0])


def _note_contradictions(
    sheet: Sheet,
    expected: Sequence[Column],
    columns: Mapping[str, int],
    below: tuple[int, Iterable[Word]],
    report: Report,
) -> None:
    """Say where a column's visible header is that of another, so that its id may be wrong.

    What people write freely may stand below either header; so may the respondents of a list.
    """
    known = {column.id: column for column in expected}
    named = {number: name for name, number in columns.items() if name in known or is_respondent(name)}
    by_text: dict[str, set[str]] = {}
    for column in expected:
        for text in column.header.values():
            by_text.setdefault(folded(text), set()).add(column.id)
    header, words = below
    rows: dict[int, list[tuple[str, set[str]]]] = {}
    for word in words:
        said = by_text.get(folded(word.text)) if word.column in named else None
        if said and word.row > header:
            rows.setdefault(word.row, []).append((named[word.column], said))
    for row in rows.values():
        for name, said in row if len(row) > 1 else ():  # one alone may be what somebody wrote
            kinds = {known[each].kind if each in known else Kind.ANSWER for each in (name, *said)}
            respondents = all(is_respondent(each) for each in (name, *said))
            if name not in said and not kinds <= _UNDECIDED and not respondents:
                place = reference(header, columns[name])
                other = ", ".join(sorted(said))
                report.add(codes.HEADER_CONTRADICTS, sheet.name, place, column=name, other=other)


def is_respondent(name: str) -> bool:
    """Whether a column is that of a respondent of a list: R1, R2, and so on."""
    return name[:1] == "R" and name[1:].isdigit()


def _by_id(expected: Iterable[Column], words: Iterable[Word]) -> Iterator[tuple[str, Word]]:
    known = {folded(column.id): column.id for column in expected}
    for word in words:
        # A list may have been lengthened: every R and number is a respondent.
        respondent = "r1" in known and is_respondent(word.text.upper())
        name = word.text.upper() if respondent else known.get(folded(word.text))
        if name is not None:
            yield name, word


def by_header(expected: Iterable[Column], words: Iterable[Word]) -> Iterator[tuple[str, Word]]:
    """Columns with the words that stand above them, in any language."""
    known = {folded(text): column.id for column in expected for text in column.header.values()}
    for word in words:
        name = known.get(folded(word.text))
        if name is not None:
            yield name, word


def numbered(
    sheet: Sheet, named: Iterable[tuple[str, Word]], rows: tuple[int, int], report: Report
) -> dict[str, int]:
    """The number of each column; of a copied one that which holds something, and both are a finding."""
    places: dict[str, list[Word]] = {}
    for name, word in named:
        places.setdefault(name, []).append(word)
    columns: dict[str, int] = {}
    copied = {word.column for words in places.values() if len(words) > 1 for word in words}
    in_use = _filled(sheet, copied, rows)
    for name, words in places.items():
        filled = [word for word in words if word.column in in_use]
        if len(filled) > 1:
            for word in filled[1:]:
                report.add(codes.COLUMN_TWICE, sheet.name, reference(word.row, word.column), column=name)
        columns[name] = (filled or words)[0].column
    return columns


def _filled(sheet: Sheet, columns: set[int], rows: tuple[int, int]) -> set[int]:
    """Which of these columns hold something below their headers; one pass over the rows for all."""
    if not columns:
        return set()
    first, last = rows
    return {
        column
        for _, column, cell in sheet.within(first + _HEADER_DEPTH, last)
        if column in columns and not is_blank(cell)
    }


def decisive(columns: Iterable[Column]) -> list[str]:
    """The columns without which answers would be lost: all that are filled in, but remarks and years."""
    return [
        column.id for column in columns if column.kind in {Kind.ANSWER, Kind.CHOICE, Kind.NUMBER, Kind.TALLY}
    ]
