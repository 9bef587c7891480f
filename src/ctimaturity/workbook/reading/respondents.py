"""The `list` and `grid` forms: what each respondent answered, turned into tallies at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, column_letters
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Source
from ctimaturity.workbook.answer import is_blank
from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import COUNT, SEGMENT
from ctimaturity.workbook.layout import SEGMENT_ROW
from ctimaturity.workbook.reading.own_rows import says_total
from ctimaturity.workbook.reading.strays import note_unnamed_columns
from ctimaturity.workbook.reading.table import Merges, is_respondent
from ctimaturity.workbook.template import RespondentMarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.model.response import Tallies
    from ctimaturity.workbook.choice import ClosedAnswer
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.findings import Place
    from ctimaturity.workbook.reading.lines import ItemLines
    from ctimaturity.workbook.reading.table import AnswerTable

# As `scoring.tallies.tally` takes them.
_BLANK = -1
_DONT_KNOW = -2
_NO_SEGMENT = -1


def read_list(
    context: ReadingContext, table: AnswerTable, lines: ItemLines, people: list[RespondentMarks] | None = None
) -> Tallies | None:
    """The tallies of a `list` sheet: statements as lines, a column per respondent.

    What each person answered is added to `people`, where that is wanted.
    """
    marks = _RespondentSheet(context, table)
    row = next((row for row, text in table.ids if folded(text) == SEGMENT_ROW), None)
    asked = [
        (position, lines.by_item[item.id])
        for position, item in enumerate(table.measurement.items)
        if item.id in lines.by_item
    ]
    for name, column in table.columns.items():
        if not is_respondent(name):
            continue
        if row is not None:
            marks.set_segment(column, (row, column))
        for position, line in asked:
            cell = lines.cell(line, name)
            if cell is not None and not is_blank(cell):
                marks.add(column, position, (line.row, column), cell)
    items = table.measurement.items
    note_unnamed_columns(context, table, {line.row: items[position].scale for position, line in asked})
    return marks.tallies(people, segment_row=row)


def read_grid(
    context: ReadingContext, table: AnswerTable, people: list[RespondentMarks] | None = None
) -> Tallies | None:
    """The tallies of a `grid` sheet: a row per respondent, a column per statement.

    What each person answered is added to `people`, where that is wanted.
    """
    marks = _RespondentSheet(context, table)
    items = table.measurement.items
    statement_at = {
        table.columns[item.id]: position for position, item in enumerate(items) if item.id in table.columns
    }
    segment_at = table.columns.get(SEGMENT)
    aside = _header_rows(table, statement_at)
    aside |= _worked_out(context, table, statement_at, aside)
    _note_merges(context, table, statement_at)
    for place, cell in sorted(table.sheet.cells.items()):
        row, column = place
        if row in aside or not table.header < row <= table.last:
            continue
        if column in statement_at:
            if not is_blank(cell):
                marks.add(row, statement_at[column], place, cell)
        elif column == segment_at:
            marks.set_segment(row, place)
    _note_past_the_end(context, table, marks)
    # Where a statement has lost its column, its marks may stand on rows of nobody else.
    whole = len(statement_at) == len(items)
    below = (row for row, _ in table.sheet.cells if table.header + 1 < row <= table.last)
    rows = set(marks.by_respondent if whole else below)
    note_unnamed_columns(context, table, dict.fromkeys(rows, items[0].scale))
    return marks.tallies(people)


class _RespondentSheet:
    """The marks of a sheet: by respondent (row of a grid, column of a list) and statement."""

    def __init__(self, context: ReadingContext, table: AnswerTable) -> None:
        from ctimaturity.scoring.moments import option_columns

        self.context, self.table = context, table
        self.by_respondent: dict[int, dict[int, int]] = {}
        self._segments: dict[int, tuple[Place, Cell]] = {}
        self._places: list[Place] = []
        self._options = option_columns(context.questionnaire, table.measurement)
        self._known: dict[tuple[str, int], int] = {}

    def add(self, respondent: int, statement: int, place: Place, cell: Cell) -> None:
        """Take a mark; equal cells are one object, so each different one is read once."""
        item = self.table.measurement.items[statement]
        key = (item.scale, id(cell))
        mark = self._known.get(key)
        if mark is None:
            reading = self.context.scale(item.scale).read(cell)
            mark = self._index(reading.value)
            if reading.problem is None:
                self._known[key] = mark
            else:
                self.context.findings.answer(reading.problem, self.table.sheet.name, place, item.id, cell)
        if mark != _BLANK:
            self.by_respondent.setdefault(respondent, {})[statement] = mark
            self._places.append(place)

    def set_segment(self, respondent: int, place: Place) -> None:
        """Take the cell that says a respondent's segment, where it says anything."""
        cell = self.table.sheet.cells.get(place)
        if cell is not None and not is_blank(cell):
            self._segments[respondent] = (place, cell)

    def _index(self, choice: ClosedAnswer | None) -> int:
        if choice is None or choice.not_applicable:
            return _BLANK
        return _DONT_KNOW if choice.dont_know else self._options.index(choice.code)

    def tallies(self, people: list[RespondentMarks] | None, segment_row: int | None = None) -> Tallies | None:
        """The tallies, or None where nobody answered.

        Args:
            people: Takes what each respondent answered, in the order of the sheet, where that is wanted.
            segment_row: The row of the segments of a list.
        """
        import numpy as np

        from ctimaturity.scoring.tallies import tally
        from ctimaturity.workbook.reading.repetition import note_repetition

        if people is not None:
            people += [self._person(respondent) for respondent in sorted(self.by_respondent)]
        answered = {
            respondent: marks
            for respondent, marks in self.by_respondent.items()
            if any(mark >= 0 for mark in marks.values())
        }
        context, sheet = self.context, self.table.sheet.name
        aside = len(self.by_respondent) - len(answered)
        if aside:
            context.findings.add(codes.ONLY_DONT_KNOW, sheet, count=aside)
        context.note_hidden(self.table.sheet, self._places)
        if not answered:
            return None
        segment_of = np.array([self._segment(respondent) for respondent in answered], dtype=np.int64)
        missing = [respondent for respondent in answered if respondent not in self._segments]
        if missing:
            column = self.table.columns.get(SEGMENT)
            at: Place | str = "" if column is None else (min(missing), column)
            at = at if segment_row is None else (segment_row, min(missing))
            context.findings.add(codes.SEGMENT_MISSING, sheet, at, count=len(missing))
        marks = np.full((len(answered), len(self.table.measurement.items)), _BLANK, dtype=np.int8)
        for row, given in enumerate(answered.values()):
            marks[row, list(given)] = list(given.values())
        note_repetition(marks, sheet, context.findings)
        source = Source(file=context.findings.file, sheet=sheet)
        return tally(context.questionnaire, self.table.measurement.id, segment_of, marks, source)

    def _person(self, respondent: int) -> RespondentMarks:
        segment = self._segment(respondent, silent=True)
        segments, scales = self.context.questionnaire.segments, self.context.questionnaire.scales
        marks = {}
        for statement, mark in sorted(self.by_respondent[respondent].items()):
            item = self.table.measurement.items[statement]
            dont_know = scales[item.scale].dont_know
            if mark >= 0:
                marks[item.id] = self._options[mark]
            elif dont_know is not None:
                marks[item.id] = dont_know.code
        return RespondentMarks(segments[segment].id if segment >= 0 else "", marks)

    def _segment(self, respondent: int, *, silent: bool = False) -> int:
        if respondent not in self._segments:
            return _NO_SEGMENT
        place, cell = self._segments[respondent]
        reading = self.context.choices(SEGMENTS).read(cell)
        if reading.problem is not None and not silent:
            self.context.findings.answer(reading.problem, self.table.sheet.name, place, SEGMENT, cell)
        if reading.value is None:
            return _NO_SEGMENT
        ids = [segment.id for segment in self.context.questionnaire.segments]
        return ids.index(reading.value.code)


def _worked_out(
    context: ReadingContext, table: AnswerTable, statement_at: Mapping[int, int], headers: set[int]
) -> set[int]:
    """The rows that are no person's: sums and averages by their label, or unclear ones of formulas only."""
    totals, said = set(), set()
    typed: dict[int, bool] = {}
    for (row, column), cell in table.sheet.cells.items():
        if row in headers or not table.header < row <= table.last or is_blank(cell):
            continue
        if column in statement_at:
            worked_out = cell.formula or cell.kind is CellKind.EMPTY
            typed[row] = typed.get(row, False) or not worked_out
        elif cell.kind is CellKind.TEXT and not cell.formula and column not in table.sheet.hidden_columns:
            if column in {table.item_column, table.columns.get(SEGMENT)}:
                said.add(row)
            if says_total(cell.text):
                totals.add(row)
    totals &= typed.keys()
    by_hand = any(typed.values())
    unclear = {row for row, was_typed in typed.items() if by_hand and not was_typed} - said
    for code, rows in ((codes.ROW_OF_TOTALS, totals), (codes.ROW_OF_FORMULAS, unclear)):
        for row in sorted(rows):
            context.findings.add(code, table.sheet.name, (row, min(statement_at)))
    return totals | unclear


def _note_past_the_end(context: ReadingContext, table: AnswerTable, marks: _RespondentSheet) -> None:
    """Find marks typed over the count of a row with gaps, as where the row was moved by one column."""
    items = table.measurement.items
    column = table.columns.get(COUNT)
    if column is None:
        return
    for row, given in marks.by_respondent.items():
        cell = table.cell(row, COUNT)
        if cell is None or is_blank(cell) or cell.formula or not context.is_answer(items[-1].scale, cell):
            continue
        gaps = (item.id for at, item in enumerate(items) if at not in given and item.id in table.columns)
        gap = next(gaps, "")
        if gap:
            context.findings.add(
                codes.ANSWERS_IN_OTHER_COLUMN,
                table.sheet.name,
                (row, column),
                column=column_letters(column),
                wanted=f"{column_letters(table.columns[gap])} ({gap})",
                count=1,
            )


def _header_rows(table: AnswerTable, statement_at: Mapping[int, int]) -> set[int]:
    """The rows of the visible headers: the statements' ids stand there once more."""
    headers = {
        (table.columns[column.id], text)
        for column in table.template
        if column.id in table.columns
        for text in column.header.values()
    }
    rows = Counter(row for (row, column), cell in table.sheet.cells.items() if (column, cell.text) in headers)
    return {row for row, count in rows.items() if count * 2 > len(statement_at)}


def _note_merges(context: ReadingContext, table: AnswerTable, statement_at: Mapping[int, int]) -> None:
    below = {row for row, _ in table.sheet.cells if table.header < row <= table.last}
    for merged, _, columns in Merges(table.sheet, below, statement_at).covering:
        items = [table.measurement.items[statement_at[column]].id for column in columns]
        about = {"items": ", ".join(items)}
        context.findings.add(codes.MERGED_OVER_ANSWERS, table.sheet.name, str(merged), items[0], **about)
