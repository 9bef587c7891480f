"""The `list` and `grid` forms: what each respondent answered, turned into tallies at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, column_letters, reference
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Source
from ctimaturity.workbook.answer import is_blank
from ctimaturity.workbook.choice import SEGMENTS
from ctimaturity.workbook.column import COUNT, SEGMENT
from ctimaturity.workbook.layout import SEGMENT_ROW
from ctimaturity.workbook.reading.lines import note_hidden
from ctimaturity.workbook.reading.merges import Merges
from ctimaturity.workbook.reading.own_rows import says_total
from ctimaturity.workbook.reading.strays import note_unnamed_columns
from ctimaturity.workbook.reading.table import columns_of, is_respondent
from ctimaturity.workbook.template import RespondentMarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.response import Tallies
    from ctimaturity.workbook.choice import Choice
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.lines import Lines
    from ctimaturity.workbook.reading.table import Table

_BLANK = -1
_DONT_KNOW = -2
_NO_SEGMENT = -1

Place = tuple[int, int]


@dataclass
class _Marks:
    """The marks of a sheet: by respondent (row of a grid, column of a list) and statement."""

    context: Context
    measurement: Measurement
    table: Table
    by_respondent: dict[int, dict[int, int]] = field(default_factory=dict)
    segments: dict[int, tuple[Place, Cell]] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    segment_row: int | None = None

    def __post_init__(self) -> None:
        from ctimaturity.scoring.moments import option_columns

        self._options = option_columns(self.context.questionnaire, self.measurement)
        self._known: dict[tuple[str, int], int] = {}

    def add(self, respondent: int, statement: int, place: Place, cell: Cell) -> None:
        """Take a mark; equal cells are one object, so each different one is read once."""
        item = self.measurement.items[statement]
        key = (item.scale, id(cell))
        mark = self._known.get(key)
        if mark is None:
            reading = self.context.scale(item.scale).read(cell)
            mark = self._index(reading.value)
            if reading.problem is None:
                self._known[key] = mark
            else:
                self.context.report.answer(reading.problem, self.table.sheet, place, item.id, cell)
        if mark != _BLANK:
            self.by_respondent.setdefault(respondent, {})[statement] = mark
            self.places.append(place)

    def _index(self, choice: Choice | None) -> int:
        if choice is None or choice.not_applicable:
            return _BLANK
        return _DONT_KNOW if choice.dont_know else self._options.index(choice.code)

    def tallies(self) -> Tallies | None:
        """The tallies, or None where nobody answered."""
        import numpy as np

        from ctimaturity.scoring.tallies import tally
        from ctimaturity.workbook.reading.repetition import note_repetition

        answered = {
            respondent: marks
            for respondent, marks in self.by_respondent.items()
            if any(mark >= 0 for mark in marks.values())
        }
        self._set_aside(len(self.by_respondent) - len(answered))
        note_hidden(self.table.sheet, self.places, self.context.report)
        if not answered:
            return None
        segment_of = np.array([self._segment(respondent) for respondent in answered], dtype=np.int64)
        missing = [respondent for respondent in answered if respondent not in self.segments]
        if missing:
            sheet, cell = self.table.sheet.name, self._segment_cell(min(missing))
            self.context.report.add(codes.SEGMENT_MISSING, sheet, cell, count=len(missing))
        marks = np.full((len(answered), len(self.measurement.items)), _BLANK, dtype=np.int8)
        for row, given in enumerate(answered.values()):
            marks[row, list(given)] = list(given.values())
        note_repetition(marks, self.table.sheet.name, self.context.report)
        source = Source(file=self.context.report.file, sheet=self.table.sheet.name)
        return tally(self.context.questionnaire, self.measurement.id, segment_of, marks, source)

    def _segment_cell(self, respondent: int) -> str:
        """The cell where the segment of a respondent should stand; empty where there is no place for it."""
        if self.segment_row is not None:
            return reference(self.segment_row, respondent)
        column = self.table.columns.get(SEGMENT)
        return "" if column is None else reference(respondent, column)

    def people(self) -> list[RespondentMarks]:
        """What each respondent answered, in the order of the sheet."""
        return [self._person(respondent) for respondent in sorted(self.by_respondent)]

    def _person(self, respondent: int) -> RespondentMarks:
        segment = self._segment(respondent, silent=True)
        segments = self.context.questionnaire.segments
        marks = {}
        for statement, mark in sorted(self.by_respondent[respondent].items()):
            item = self.measurement.items[statement]
            scale = self.context.questionnaire.scales[item.scale]
            if mark >= 0:
                marks[item.id] = self._options[mark]
            elif scale.dont_know is not None:
                marks[item.id] = scale.dont_know.code
        return RespondentMarks(segments[segment].id if segment >= 0 else "", marks)

    def _set_aside(self, count: int) -> None:
        if count:
            self.context.report.add(codes.ONLY_DONT_KNOW, self.table.sheet.name, count=count)

    def _segment(self, respondent: int, *, silent: bool = False) -> int:
        if respondent not in self.segments:
            return _NO_SEGMENT
        place, cell = self.segments[respondent]
        reading = self.context.choices(SEGMENTS).read(cell)
        if reading.problem is not None and not silent:
            self.context.report.answer(reading.problem, self.table.sheet, place, SEGMENT, cell)
        if reading.value is None:
            return _NO_SEGMENT
        ids = [segment.id for segment in self.context.questionnaire.segments]
        return ids.index(reading.value.code)


def read_list(
    context: Context,
    measurement: Measurement,
    table: Table,
    lines: Lines,
    people: list[RespondentMarks] | None = None,
) -> Tallies | None:
    """The tallies of a `list` sheet: statements as lines, a column per respondent.

    What each person answered is added to `people`, where that is wanted.
    """
    marks = _Marks(context, measurement, table)
    respondents = {name: number for name, number in table.columns.items() if is_respondent(name)}
    segment_row = next((row for row, text in table.ids if folded(text) == SEGMENT_ROW), None)
    marks.segment_row = segment_row
    for name, column in respondents.items():
        if segment_row is not None:
            cell = table.sheet.cells.get((segment_row, column))
            if cell is not None and not is_blank(cell):
                marks.segments[column] = ((segment_row, column), cell)
        for statement, item in enumerate(measurement.items):
            line = lines.by_item.get(item.id)
            cell = lines.cell(line, name) if line is not None and line.table is table else None
            if line is not None and cell is not None and not is_blank(cell):
                marks.add(column, statement, (line.row, column), cell)
    scales = [
        (line.row, item.scale)
        for item in measurement.items
        if (line := lines.by_item.get(item.id)) is not None
    ]
    note_unnamed_columns(context, table, scales)
    if people is not None:
        people += marks.people()
    return marks.tallies()


def read_grid(
    context: Context, measurement: Measurement, table: Table, people: list[RespondentMarks] | None = None
) -> Tallies | None:
    """The tallies of a `grid` sheet: a row per respondent, a column per statement.

    What each person answered is added to `people`, where that is wanted.
    """
    marks = _Marks(context, measurement, table)
    statement_at = {
        table.columns[item.id]: position
        for position, item in enumerate(measurement.items)
        if item.id in table.columns
    }
    segment_at = table.columns.get(SEGMENT)
    aside = _header_rows(context, table, statement_at)
    aside |= _worked_out(context, table, statement_at, aside)
    _report_merges(context, measurement, table, statement_at)
    for place, cell in sorted(table.sheet.cells.items()):
        row, column = place
        if row in aside or not table.header < row <= table.last:
            continue
        if column in statement_at:
            if not is_blank(cell):
                marks.add(row, statement_at[column], place, cell)
        elif column == segment_at and not is_blank(cell):
            marks.segments[row] = (place, cell)
    _note_past_the_end(context, measurement, table, marks)
    scale = measurement.items[0].scale
    # Where a statement has lost its column, its marks may stand on rows of nobody else.
    whole = len(statement_at) == len(measurement.items)
    below = (row for row, _ in table.sheet.cells if table.header + 1 < row <= table.last)
    rows = set(marks.by_respondent if whole else below)
    note_unnamed_columns(context, table, ((row, scale) for row in rows))
    if people is not None:
        people += marks.people()
    return marks.tallies()


def _worked_out(
    context: Context, table: Table, statement_at: Mapping[int, int], headers: set[int]
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
    for row in sorted(totals):
        context.report.add(codes.ROW_OF_TOTALS, table.sheet.name, reference(row, min(statement_at)))
    unclear = {row for row, by_hand in typed.items() if not by_hand} - said
    if any(typed.values()):
        for row in sorted(unclear):
            context.report.add(codes.ROW_OF_FORMULAS, table.sheet.name, reference(row, min(statement_at)))
        totals |= unclear
    return totals


def _note_past_the_end(context: Context, measurement: Measurement, table: Table, marks: _Marks) -> None:
    """Find marks typed over the count of a row with gaps, as where the row was moved by one column."""
    column = table.columns.get(COUNT)
    if column is None:
        return
    scale = measurement.items[-1].scale
    for row, given in marks.by_respondent.items():
        cell = table.sheet.cells.get((row, column))
        if cell is None or is_blank(cell) or cell.formula or not context.is_answer(scale, cell):
            continue
        gap = next(
            (
                place
                for place, item in enumerate(measurement.items)
                if place not in given and item.id in table.columns
            ),
            None,
        )
        if gap is not None:
            name = measurement.items[gap].id
            context.report.add(
                codes.ANSWERS_IN_OTHER_COLUMN,
                table.sheet.name,
                reference(row, column),
                column=column_letters(column),
                wanted=f"{column_letters(table.columns[name])} ({name})",
                count=1,
            )


def _header_rows(context: Context, table: Table, statement_at: Mapping[int, int]) -> set[int]:
    """The rows of the visible headers: the statements' ids stand there once more."""
    headers = {
        (table.columns[column.id], text)
        for column in columns_of(context.questionnaire, table.marker)
        if column.id in table.columns
        for text in column.header.values()
    }
    rows = Counter(row for (row, column), cell in table.sheet.cells.items() if (column, cell.text) in headers)
    return {row for row, count in rows.items() if count * 2 > len(statement_at)}


def _report_merges(
    context: Context, measurement: Measurement, table: Table, statement_at: Mapping[int, int]
) -> None:
    below = {row for row, _ in table.sheet.cells if table.header < row <= table.last}
    for merged, _, columns in Merges(table.sheet, below, statement_at).covering:
        items = [measurement.items[statement_at[column]].id for column in columns]
        context.report.add(
            codes.MERGED_OVER_ANSWERS, table.sheet.name, str(merged), items[0], items=", ".join(items)
        )
