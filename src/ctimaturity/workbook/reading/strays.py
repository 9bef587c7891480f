"""Answers that stand where nobody looks for them: what would be lost in silence is said to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, column_letters, reference
from ctimaturity.language.folding import folded
from ctimaturity.model.text import in_language
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.choice import choice_lists
from ctimaturity.workbook.column import ITEM, PREVIOUS, TEXT
from ctimaturity.workbook.marker import Form, Marker
from ctimaturity.workbook.reading.table import FORMS, by_header, columns_of, decisive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.lines import Lines
    from ctimaturity.workbook.reading.report import Report
    from ctimaturity.workbook.reading.table import Table, Word

_SEVERAL = 3
"""So many different ids in one column are a list of items, not a remark that names one."""


def note_second_ids(
    tables: Sequence[Table], questionnaire: Questionnaire, texts_of: Mapping[str, list[Word]], report: Report
) -> frozenset[str]:
    """Find ids of items pasted beside a table, in a column that is not the one of its ids.

    An instrument may have no words but its ids: these stand in the column of texts by right.

    Returns:
        The names of the sheets where there are such ids.
    """
    sheets = set()
    ids = {folded(item) for item in questionnaire.item_by_id}
    wordless = _read_as_their_ids(questionnaire)
    for name in sorted({table.sheet.name for table in tables}):
        own = [table for table in tables if table.sheet.name == name]
        known = {table.item_column for table in own if table.marker.form is not Form.GRID}
        of_texts = {table.columns[TEXT] for table in own if TEXT in table.columns}
        columns: dict[int, dict[str, Word]] = {}
        for word in texts_of[name]:
            if word.column in known:
                continue
            said = folded(word.text)
            if said in ids and not (word.column in of_texts and said in wordless):
                columns.setdefault(word.column, {}).setdefault(said, word)
        for column, words in sorted(columns.items()):
            if len(words) >= _SEVERAL:
                first = min(words.values(), key=lambda word: word.row)
                cell = reference(first.row, column)
                report.add(codes.IDS_ELSEWHERE, name, cell, column=column_letters(column))
                sheets.add(name)
    return frozenset(sheets)


def _read_as_their_ids(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of items whose text, in some language, is the id itself."""
    return frozenset(
        folded(item.id)
        for item in questionnaire.item_by_id.values()
        if folded(item.id) in map(folded, item.text.values())
    )


def note_unnamed_columns(context: Context, table: Table, rows: Iterable[tuple[int, str]]) -> None:
    """Find columns of marks that nothing names, on the lines of a list or of a grid's respondents.

    What has a header of its own beside a grid that has lost no statement is people's own: a stratum, an age.
    The hidden lists of the drop-downs hold marks too, each answer once.

    Args:
        context: What all readers share.
        table: The table.
        rows: The rows with marks, each with the scale that they are on.
    """
    named = {*table.columns.values(), table.item_column}
    scales = dict(rows)
    marks: dict[int, dict[int, str]] = {}
    readable: dict[int, int] = {}
    for (row, column), cell in table.sheet.cells.items():
        if column in named or is_blank(cell) or not table.header + 1 < row <= table.last:
            continue
        marks.setdefault(column, {})[row] = folded(plain(cell))
        if row in scales and context.scale(scales[row]).read(cell).value is not None:
            readable[column] = min(row, readable.get(column, row))
    lists = _drop_downs(context) if readable else []
    measurement = context.questionnaire.measurement_by_id[table.marker.measurement]
    whole = table.marker.form is Form.GRID and all(one.id in table.columns for one in measurement.items)
    for column, row in sorted(readable.items()):
        if whole and _has_words(table.sheet.cells.get((table.header + 1, column))):
            continue
        if not _is_drop_down(table, column, marks[column], lists, scales):
            place = reference(row, column)
            context.report.add(codes.COLUMN_UNNAMED, table.sheet.name, place, column=column_letters(column))


def _has_words(header: Cell | None) -> bool:
    return header is not None and any(sign.isalpha() for sign in plain(header))


def note_answers_beside(
    context: Context, lines: Lines, tables: Sequence[Table], wanted: Sequence[Column]
) -> None:
    """Find answers in columns that nothing names, beside the lines of agreed answers and indicators.

    What people add for themselves (a number, a note, a mark of priority below a header of its own) is
    theirs. It is an answer where the line has none, or where no header of its own says what it is.

    Args:
        context: What all readers share.
        lines: The lines of the items.
        tables: Their tables.
        wanted: The columns that answers stand in.
    """
    texts = {folded(text) for column in wanted for text in column.header.values()}
    ids = {folded(column.id) for column in wanted}
    for table in tables:
        items = {line.row: item for item, line in lines.by_item.items() if line.table is table}
        empty = {row for row in items if all(is_blank(table.cell(row, column.id)) for column in wanted)}
        marks = _beside(table)
        lists = _drop_downs(context) if marks else []
        scales = {row: context.questionnaire.item_by_id[item].scale for row, item in items.items()}
        for column, cells in sorted(marks.items()):
            header = {folded(plain(cells[row])) for row in cells if row in _header_rows(table)}
            # Yes, no and ticks below a header of people's own answer what that header asks.
            plainly = bool(header) and not header & texts
            read = [
                row
                for row, cell in cells.items()
                if row in items and context.is_answer(scales[row], cell, plainly=plainly)
            ]
            named = cells.get(table.header)
            if (
                named is not None and folded(plain(named)) in ids
            ):  # a copy of a column that has its id, which is a finding of its own
                continue
            if _is_of_before(table, column, header, wanted):
                continue
            lost = [row for row in read if row in empty]
            below = {
                row: folded(plain(cell)) for row, cell in cells.items() if row not in _header_rows(table)
            }
            if not lost and (not header or header & texts) and not _is_part_of_one(below, lists):
                beside = sum(row in items for row in cells)
                lost = read if len(read) * 2 > beside else []
            if lost and not (
                _is_drop_down(table, column, below, lists, scales)
                or (_is_outside(table, column) and _is_part_of_one(below, lists, half=True))
            ):
                place = reference(min(lost), column)
                context.report.add(
                    codes.ANSWER_BESIDE, table.sheet.name, place, column=column_letters(column)
                )


def _is_of_before(table: Table, column: int, header: Iterable[str], wanted: Sequence[Column]) -> bool:
    """Whether a column of the template shows what was answered the round before.

    Its id says so; where the row of ids is lost, its place beside the entry and the header that names both.
    """
    if any(text.startswith(folded(PREVIOUS)) for text in header):
        return True
    for entry in wanted:
        number = table.columns.get(entry.id)
        named = table.cell(table.header, entry.id)
        if number is None or (named is not None and folded(plain(named)) == folded(entry.id)):
            continue
        names = tuple(f"{folded(text)}{sign}" for text in entry.header.values() for sign in (":", " ("))
        if column == number - 1 and any(text.startswith(names) for text in header):
            return True
    return False


def _header_rows(table: Table) -> tuple[int, int]:
    return (table.header, table.header + 1)


def _is_part_of_one(marks: Mapping[int, str], lists: Iterable[frozenset[str]], *, half: bool = False) -> bool:
    """Whether a column holds answers of one list, each once, as where rows were deleted through it.

    Args:
        marks: The folded texts of the column by their row.
        lists: The lists.
        half: Only where at least half of a list is there, and that is more than one answer.
    """
    texts = set(marks.values())
    several = len(texts) == len(marks) > 1
    return several and any(texts <= known and (not half or len(texts) * 2 >= len(known)) for known in lists)


def _beside(table: Table) -> dict[int, dict[int, Cell]]:
    """The cells of each column that nothing names, by its number and their row."""
    named = {*table.columns.values(), table.item_column}
    found: dict[int, dict[int, Cell]] = {}
    for row, column, cell in table.sheet.within(table.first, table.last):
        if column not in named and not is_blank(cell):
            found.setdefault(column, {})[row] = cell
    return found


def note_sheets_without_ids(
    context: Context,
    workbook: Workbook,
    texts_of: Mapping[str, list[Word]],
    tables: Sequence[Table],
    issued: Mapping[str, str],
) -> None:
    """Find sheets of a measurement that has no table left, where answers stand without ids of items.

    Such a sheet has the name it was given in the template, or headers of ours with something below.

    Args:
        context: What all readers share.
        workbook: The workbook.
        texts_of: The texts of each sheet, by its name.
        tables: The tables that were found.
        issued: Name of each sheet in the template, by its marker.
    """
    taken = {table.sheet.name for table in tables}
    for measurement in context.questionnaire.measurements:
        own = [table.marker for table in tables if table.marker.measurement == measurement.id]
        lost = _lost(context.questionnaire, measurement, own, issued)
        if own and not lost:
            continue
        for sheet in workbook.sheets:
            if sheet.name in taken:
                continue
            cell = _without_ids(context, measurement, sheet, texts_of[sheet.name], lost)
            if cell:
                title = in_language(measurement.title, context.language)
                context.report.add(codes.SHEET_WITHOUT_IDS, sheet.name, cell, measurement=title)


def _lost(
    questionnaire: Questionnaire,
    measurement: Measurement,
    found: Sequence[Marker],
    issued: Mapping[str, str],
) -> dict[str, str]:
    """The sheets of a measurement that have no table: their names in the template, by their marker.

    Of several like sheets each is looked for; the segments say which there are where the workbook does not.
    """
    made = {text: name for text, name in issued.items() if _is_of(text, measurement)}
    if not found:
        return made
    if all(marker.form is not Form.COUNTS for marker in found):
        return {}
    known = {str(marker) for marker in found}
    each = [str(Marker(measurement.id, Form.COUNTS, segment.id)) for segment in questionnaire.segments]
    return {text: name for text, name in (made or dict.fromkeys(each, "")).items() if text not in known}


def _without_ids(
    context: Context,
    measurement: Measurement,
    sheet: Sheet,
    words: list[Word],
    lost: Mapping[str, str],
) -> str:
    """The first cell of such a sheet that holds an answer; empty where there is none."""
    for form in FORMS[measurement.collects]:
        columns = columns_of(context.questionnaire, Marker(measurement.id, form))
        expected = {column.id for column in columns if column.id != ITEM}
        wanted = set(decisive(columns))
        rows: dict[int, dict[int, str]] = {}
        by_id = [(word.text, word) for word in words if word.text in expected]
        for name, word in (*by_header(columns, words), *by_id):
            rows.setdefault(word.row, {})[word.column] = name
        for header, found in sorted(rows.items()):
            if len(found) > 1 and wanted & set(found.values()):
                below = [
                    place
                    for place, cell in sheet.cells.items()
                    if place[0] > header + 1 and found.get(place[1]) in wanted and not is_blank(cell)
                ]
                if below:
                    return reference(*min(below))
    ids = {folded(item.id) for item in measurement.items}
    asked = {word.row for word in words if folded(word.text) in ids}
    if sheet.name not in lost.values() and len(asked) < _SEVERAL:
        return ""
    counts = any(marker.form is Form.COUNTS for text in lost if (marker := Marker.read(text)))
    return _first_answer(context, measurement, sheet, asked, counts=counts)


def _first_answer(
    context: Context, measurement: Measurement, sheet: Sheet, asked: set[int], *, counts: bool
) -> str:
    """The first cell of a sheet that holds what may be an answer, the lists of the drop-downs aside.

    What stands on a row with an id of an item is no list.
    """
    marks = (measurement.criterion_scale, measurement.range_scale)
    scales = {scale for scale in (*(item.scale for item in measurement.items), *marks) if scale}
    columns: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        may_be = column not in sheet.hidden_columns and not is_blank(cell)
        if may_be and (
            cell.kind is CellKind.NUMBER
            if counts
            else any(context.is_answer(scale, cell) for scale in scales)
        ):
            columns.setdefault(column, {})[row] = folded(plain(cell))
    lists = _drop_downs(context) if columns else []
    answers = [
        (min(marks), column)
        for column, marks in columns.items()
        if asked & marks.keys() or not _is_part_of_one(marks, lists)
    ]
    return reference(*min(answers)) if answers else ""


def _is_of(text: str, measurement: Measurement) -> bool:
    marker = Marker.read(text)
    return marker is not None and marker.measurement == measurement.id


def _drop_downs(context: Context) -> list[frozenset[str]]:
    """The texts of each list of closed answers, as a template in any language has them, and its codes."""
    lists = choice_lists(context.questionnaire).values()
    shown = [
        frozenset(folded(choice.shown(language)) for choice in choices)
        for choices in lists
        for language in context.questionnaire.languages
    ]
    return [*shown, *(frozenset(folded(choice.code) for choice in choices) for choices in lists)]


def _is_outside(table: Table, column: int) -> bool:
    """Whether a column is hidden, or right of all that have a name, as the lists of the drop-downs are."""
    return column in table.sheet.hidden_columns or column > max(table.columns.values(), default=0)


def _is_drop_down(
    table: Table,
    column: int,
    marks: Mapping[int, str],
    lists: list[frozenset[str]],
    scales: Mapping[int, str],
) -> bool:
    """Whether a column holds each answer of a list once: all of them, or hidden, or on lines of no item."""
    texts = set(marks.values())
    if len(texts) < len(marks) or not _is_outside(table, column):
        return False
    beside = column in table.sheet.hidden_columns or any(row not in scales for row in marks)
    return any(texts == known or (beside and texts < known) for known in lists)
