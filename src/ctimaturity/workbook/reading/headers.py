"""Where the tables of answers are: by their marker, else by their item ids and visible headers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.language.folding import folded
from ctimaturity.model.rule import Collects
from ctimaturity.workbook.answer import is_blank
from ctimaturity.workbook.column import ITEM, TEXT, Kind
from ctimaturity.workbook.layout import form_columns
from ctimaturity.workbook.marker import Form, Marker
from ctimaturity.workbook.reading.table import AnswerTable, is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctimaturity.files.sheet import Sheet
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.table import Word

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


def marked_tables(context: ReadingContext) -> list[AnswerTable]:
    """The tables whose marker stands in their row of column ids."""
    tables = []
    for sheet in context.workbook.sheets:
        marks = [
            (word, marker)
            for word in context.words_of[sheet.name]
            if (marker := Marker.read(word.text)) and _belongs(context, marker)
        ]
        if len(marks) > _MOST_TABLES:
            context.findings.add(codes.TOO_MANY_TABLES, sheet.name, limit=_MOST_TABLES)
            continue
        for position, (word, marker) in enumerate(marks):
            below = [other.row for other, _ in marks[position + 1 :] if other.row > word.row]
            last = min(below) - 1 if below else _last_row(sheet)
            tables.append(_marked(context, sheet, marker, word, (word.row if position else 1, last)))
    return tables


def _belongs(context: ReadingContext, marker: Marker) -> bool:
    measurement = context.questionnaire.measurement_by_id.get(marker.measurement)
    return measurement is not None and marker.form in FORMS[measurement.collects]


def _last_row(sheet: Sheet) -> int:
    return max(row for row, _ in sheet.cells)


def _marked(
    context: ReadingContext, sheet: Sheet, marker: Marker, mark: Word, rows: tuple[int, int]
) -> AnswerTable:
    measurement = context.questionnaire.measurement_by_id[marker.measurement]
    template = form_columns(context.questionnaire, measurement, marker.form)
    first, last = rows
    top = _between(context.words_of[sheet.name], mark.row, mark.row + _HEADER_DEPTH)
    named = [word for word in top if word.row == mark.row and word.column != mark.column]
    columns = _numbered(context, sheet, _by_id(template, named), mark.row, last)
    lost = [column for column in template if column.id not in columns and column.id != ITEM]
    if lost:
        taken = set(columns.values())
        below = [word for word in top if word.row > mark.row and word.column not in taken]
        columns |= _numbered(context, sheet, by_header(lost, below), mark.row, last)
    table = AnswerTable(sheet, marker, measurement, template, mark.row, mark.column, columns, last, first)
    _note_contradictions(context, table, top)
    return table


def _between(words: list[Word], first: int, last: int) -> list[Word]:
    """The texts between two rows, both with them, of texts from top to bottom."""
    start = bisect_left(words, first, key=lambda word: word.row)
    return words[start : bisect_right(words, last, key=lambda word: word.row)]


def _note_contradictions(context: ReadingContext, table: AnswerTable, top: Iterable[Word]) -> None:
    """Say where a column's visible header is that of another, so that its id may be wrong.

    What people write freely may stand below either header; so may the respondents of a list.
    """
    known = {column.id: column for column in table.template}
    named = {at: name for name, at in table.columns.items() if name in known or is_respondent(name)}
    by_text: dict[str, set[str]] = {}
    for column in table.template:
        for text in column.header.values():
            by_text.setdefault(folded(text), set()).add(column.id)
    rows: dict[int, list[tuple[str, set[str]]]] = {}
    for word in top:
        said = by_text.get(folded(word.text)) if word.column in named else None
        if said and word.row > table.header:
            rows.setdefault(word.row, []).append((named[word.column], said))
    for row in rows.values():
        for name, said in row if len(row) > 1 else ():  # one alone may be what somebody wrote
            names = (name, *said)
            kinds = {known[other].kind if other in known else Kind.ANSWER for other in names}
            if name not in said and not kinds <= _UNDECIDED and not all(map(is_respondent, names)):
                at, other = table.place(table.header, name), ", ".join(sorted(said))
                context.findings.add(codes.HEADER_CONTRADICTS, table.sheet.name, at, column=name, other=other)


def _by_id(template: Iterable[AnswerColumn], words: Iterable[Word]) -> Iterator[tuple[str, Word]]:
    known = {folded(column.id): column.id for column in template}
    for word in words:
        # A list may have been lengthened: every R and number is a respondent.
        respondent = "r1" in known and is_respondent(word.text.upper())
        name = word.text.upper() if respondent else known.get(folded(word.text))
        if name is not None:
            yield name, word


def by_header(template: Iterable[AnswerColumn], words: Iterable[Word]) -> Iterator[tuple[str, Word]]:
    """Columns with the words that stand above them, in any language."""
    known = {folded(text): column.id for column in template for text in column.header.values()}
    return ((known[text], word) for word in words if (text := folded(word.text)) in known)


def _numbered(
    context: ReadingContext, sheet: Sheet, named: Iterable[tuple[str, Word]], header: int, last: int
) -> dict[str, int]:
    """The number of each column; of a copied one that which holds something, and both are a finding."""
    places: dict[str, list[Word]] = {}
    for name, word in named:
        places.setdefault(name, []).append(word)
    copied = {word.column for words in places.values() if len(words) > 1 for word in words}
    # One pass over the rows for all copied columns.
    below = sheet.within(header + _HEADER_DEPTH, last) if copied else ()
    in_use = {column for _, column, cell in below if column in copied and not is_blank(cell)}
    columns: dict[str, int] = {}
    for name, words in places.items():
        filled = [word for word in words if word.column in in_use]
        for word in filled[1:]:
            context.findings.add(codes.COLUMN_TWICE, sheet.name, (word.row, word.column), column=name)
        columns[name] = (filled or words)[0].column
    return columns


def unmarked_tables(context: ReadingContext, marked: Sequence[AnswerTable]) -> list[AnswerTable]:
    """The tables on sheets without a marker, each with a note; of a measurement that has one elsewhere, too.

    A sheet that was copied and lost its row of column ids may be the one that was filled.
    """
    taken = {table.sheet.name for table in marked}
    tables = []
    for measurement in context.questionnaire.measurements:
        for sheet in context.workbook.sheets:
            table = None if sheet.name in taken else _SheetSearch(context, measurement, sheet).table()
            if table is not None:
                context.findings.add(codes.COLUMNS_BY_HEADER, sheet.name)
                tables.append(table)
    return tables


class _SheetSearch:
    """One measurement looked for on one sheet."""

    def __init__(self, context: ReadingContext, measurement: Measurement, sheet: Sheet) -> None:
        self.context, self.measurement, self.sheet = context, measurement, sheet
        self.words = context.words_of[sheet.name]
        ids = {folded(item.id) for item in measurement.items}
        self.ids = [word for word in self.words if folded(word.text) in ids]

    def table(self) -> AnswerTable | None:
        forms = FORMS[self.measurement.collects] if self.ids else ()
        tables = (self._grid() if form is Form.GRID else self._rows(form) for form in forms)
        return next((table for table in tables if table is not None), None)

    def _rows(self, form: Form) -> AnswerTable | None:
        """Items as rows: their ids in one column, the headers in the row that has most of them."""
        item_column, _ = Counter(word.column for word in self.ids).most_common(1)[0]
        template = form_columns(self.context.questionnaire, self.measurement, form)
        others = [column for column in template if column.id != ITEM]
        named = list(by_header(others, (word for word in self.words if word.column != item_column)))
        deciding = {column.id for column in others if column.decides}
        rows = Counter(word.row for name, word in named if name in deciding or name == TEXT)
        if not rows or not deciding & {name for name, _ in named}:
            return None
        header, _ = rows.most_common(1)[0]
        last = _last_row(self.sheet)
        on_header = ((name, word) for name, word in named if word.row == header)
        columns = _numbered(self.context, self.sheet, on_header, header, last)
        marker = self._marker(form)
        return AnswerTable(self.sheet, marker, self.measurement, template, header, item_column, columns, last)

    def _grid(self) -> AnswerTable | None:
        """Items as columns: the row with most of their ids names the columns."""
        different = {(word.row, folded(word.text)) for word in self.ids}
        header, count = Counter(row for row, _ in sorted(different)).most_common(1)[0]
        if count == 1 and len(self.measurement.items) > 1:
            return None
        template = form_columns(self.context.questionnaire, self.measurement, Form.GRID)
        last = _last_row(self.sheet)
        named = by_header(template, (word for word in self.words if word.row == header))
        columns = _numbered(self.context, self.sheet, named, header, last)
        item_column = columns.pop(ITEM, 0)
        marker = Marker(self.measurement.id, Form.GRID)
        return AnswerTable(self.sheet, marker, self.measurement, template, header, item_column, columns, last)

    def _marker(self, form: Form) -> Marker:
        """The marker the sheet had: by its name in the template, else a counted segment by its label."""
        made = {name: marker for marker, name in self.context.issued.items()}
        known = Marker.read(made.get(self.sheet.name, ""))
        if known is not None and known.form is form and known.measurement == self.measurement.id:
            return known
        if form is not Form.COUNTS:
            return Marker(self.measurement.id, form)
        title = folded(" ".join([self.sheet.name, *(word.text for word in self.words[:1])]))
        segments = (
            segment.id
            for segment in self.context.questionnaire.segments
            if any(folded(label) in title for label in segment.label.values())
        )
        return Marker(self.measurement.id, form, next(segments, ""))
