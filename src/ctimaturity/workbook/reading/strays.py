"""Answers that stand where nobody looks for them: what would be lost in silence is said to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, column_letters
from ctimaturity.language.folding import folded
from ctimaturity.model.text import in_language
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.column import ITEM, PREVIOUS, TEXT, mark_scales
from ctimaturity.workbook.layout import form_columns
from ctimaturity.workbook.marker import Form, Marker
from ctimaturity.workbook.reading.headers import FORMS, by_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.findings import Place
    from ctimaturity.workbook.reading.lines import ItemLines
    from ctimaturity.workbook.reading.table import AnswerTable

_SEVERAL = 3
"""So many different ids in one column are a list of items, not a remark that names one."""


def note_second_ids(context: ReadingContext, tables: Sequence[AnswerTable]) -> frozenset[str]:
    """Find ids of items pasted beside a table, in a column that is not the one of its ids.

    An instrument may have no words but its ids: these stand in the column of texts by right.

    Returns:
        The names of the sheets where there are such ids.
    """
    sheets = set()
    texts = {folded(item.id): item.text.values() for item in context.questionnaire.item_by_id.values()}
    wordless = {item for item, said in texts.items() if item in map(folded, said)}
    for name in sorted({table.sheet.name for table in tables}):
        own = [table for table in tables if table.sheet.name == name]
        known = {table.item_column for table in own if table.marker.form is not Form.GRID}
        of_texts = {table.columns[TEXT] for table in own if TEXT in table.columns}
        columns: dict[int, dict[str, int]] = {}
        for word in context.words_of[name]:
            said = folded(word.text) if word.column not in known else ""
            if said in texts and not (word.column in of_texts and said in wordless):
                columns.setdefault(word.column, {}).setdefault(said, word.row)
        for column, row_of in sorted(columns.items()):
            if len(row_of) >= _SEVERAL:
                _note_column(context, codes.IDS_ELSEWHERE, name, (min(row_of.values()), column))
                sheets.add(name)
    return frozenset(sheets)


def _note_column(context: ReadingContext, code: Code, sheet: str, at: Place) -> None:
    context.findings.add(code, sheet, at, column=column_letters(at[1]))


def note_unnamed_columns(context: ReadingContext, table: AnswerTable, scales: Mapping[int, str]) -> None:
    """Find columns of marks that nothing names, on the lines of a list or of a grid's respondents.

    What has a header of its own beside a grid that has lost no statement is people's own: a stratum, an age.
    The hidden lists of the drop-downs hold marks too, each answer once.

    Args:
        context: What all readers share.
        table: The table.
        scales: The scale of the marks on each row that has some.
    """
    named = {*table.columns.values(), table.item_column}
    marks: dict[int, dict[int, str]] = {}
    readable: dict[int, int] = {}
    for (row, column), cell in table.sheet.cells.items():
        if column in named or is_blank(cell) or not table.header + 1 < row <= table.last:
            continue
        marks.setdefault(column, {})[row] = folded(plain(cell))
        if row in scales and context.scale(scales[row]).read(cell).value is not None:
            readable[column] = min(row, readable.get(column, row))
    of_grid = table.marker.form is Form.GRID
    whole = of_grid and all(item.id in table.columns for item in table.measurement.items)
    for column, row in sorted(readable.items()):
        header = table.sheet.cells.get((table.header + 1, column))
        if whole and header is not None and any(sign.isalpha() for sign in plain(header)):
            continue
        if not _is_drop_down(context, table, column, marks[column], scales):
            _note_column(context, codes.COLUMN_UNNAMED, table.sheet.name, (row, column))


def note_answers_beside(context: ReadingContext, lines: ItemLines, table: AnswerTable) -> None:
    """Find answers in columns that nothing names, beside the lines of agreed answers and indicators.

    What people add for themselves (a number, a note, a mark of priority below a header of its own) is
    theirs. It is an answer where the line has none, or where no header of its own says what it is.

    Args:
        context: What all readers share.
        lines: The lines of the items.
        table: One of their tables.
    """
    items = lines.rows(table)
    empty = {row for row in items if all(is_blank(table.cell(row, column.id)) for column in lines.columns)}
    scales = {row: context.questionnaire.item_by_id[item].scale for row, item in items.items()}
    ids = {folded(column.id) for column in lines.columns}
    ours = {folded(text) for column in lines.columns for text in column.header.values()}
    for column, cells in sorted(_unnamed_cells(table).items()):
        texts = {row: folded(plain(cell)) for row, cell in cells.items()}
        if texts.get(table.header) in ids:
            continue  # a copy of a column that has its id, which is a finding of its own
        header = {texts.pop(row) for row in (table.header, table.header + 1) if row in texts}
        if _is_of_before(table, column, header, lines.columns):
            continue
        # Yes, no and ticks below a header of people's own answer what that header asks.
        plainly = bool(header) and not header & ours
        beside = [row for row in cells if row in scales]
        read = [row for row in beside if context.is_answer(scales[row], cells[row], plainly=plainly)]
        lost = [row for row in read if row in empty]
        if not lost and not plainly and not _is_part_of_list(context, texts):
            lost = read if len(read) * 2 > len(beside) else []
        in_list = _is_outside(table, column) and _is_part_of_list(context, texts, half=True)
        if lost and not in_list and not _is_drop_down(context, table, column, texts, scales):
            _note_column(context, codes.ANSWER_BESIDE, table.sheet.name, (min(lost), column))


def _unnamed_cells(table: AnswerTable) -> dict[int, dict[int, Cell]]:
    """The cells of each column that nothing names, by its number and their row."""
    named = {*table.columns.values(), table.item_column}
    columns: dict[int, dict[int, Cell]] = {}
    for row, column, cell in table.sheet.within(table.first, table.last):
        if column not in named and not is_blank(cell):
            columns.setdefault(column, {})[row] = cell
    return columns


def _is_of_before(
    table: AnswerTable, column: int, header: Iterable[str], entries: Iterable[AnswerColumn]
) -> bool:
    """Whether a column of the template shows what was answered the round before.

    Its id says so; where the row of ids is lost, its place beside the entry and the header that names both.
    """
    if any(text.startswith(folded(PREVIOUS)) for text in header):
        return True
    for entry in entries:
        named = table.cell(table.header, entry.id)
        has_id = named is not None and folded(plain(named)) == folded(entry.id)
        if table.columns.get(entry.id) == column + 1 and not has_id:
            names = tuple(f"{folded(text)}{sign}" for text in entry.header.values() for sign in (":", " ("))
            if any(text.startswith(names) for text in header):
                return True
    return False


def note_sheets_without_ids(context: ReadingContext, tables: Sequence[AnswerTable]) -> None:
    """Find sheets of a measurement that has no table left, where answers stand without ids of items.

    Such a sheet has the name it was given in the template, or headers of ours with something below.

    Args:
        context: What all readers share.
        tables: The tables that were found.
    """
    taken = {table.sheet.name for table in tables}
    for measurement in context.questionnaire.measurements:
        own = [table.marker for table in tables if table.measurement is measurement]
        lost = _lost_sheets(context, measurement, own)
        for sheet in context.workbook.sheets if lost or not own else ():
            at = None if sheet.name in taken else _without_ids(context, measurement, sheet, lost)
            if at is not None:
                title = in_language(measurement.title, context.language)
                context.findings.add(codes.SHEET_WITHOUT_IDS, sheet.name, at, measurement=title)


def _lost_sheets(
    context: ReadingContext, measurement: Measurement, markers: Sequence[Marker]
) -> dict[Marker, str]:
    """The sheets of a measurement that have no table: their names in the template, by their marker.

    Of several like sheets each is looked for; the segments say which there are where the workbook does not.
    """
    issued = {Marker.read(text): name for text, name in context.issued.items()}
    made = {
        marker: name for marker, name in issued.items() if marker and marker.measurement == measurement.id
    }
    if not markers:
        return made
    if all(marker.form is not Form.COUNTS for marker in markers):
        return {}
    segments = context.questionnaire.segments
    every = made or {Marker(measurement.id, Form.COUNTS, segment.id): "" for segment in segments}
    return {marker: name for marker, name in every.items() if marker not in markers}


def _without_ids(
    context: ReadingContext, measurement: Measurement, sheet: Sheet, lost: Mapping[Marker, str]
) -> Place | None:
    """The first cell of such a sheet that holds an answer."""
    words = context.words_of[sheet.name]
    for form in FORMS[measurement.collects]:
        columns = form_columns(context.questionnaire, measurement, form)
        expected = {column.id for column in columns if column.id != ITEM}
        deciding = {column.id for column in columns if column.decides}
        rows: dict[int, dict[int, str]] = {}
        by_id = [(word.text, word) for word in words if word.text in expected]
        for name, word in (*by_header(columns, words), *by_id):
            rows.setdefault(word.row, {})[word.column] = name
        for header, named in sorted(rows.items()):
            wanted = {column for column, name in named.items() if name in deciding}
            below = (
                at
                for at, cell in sheet.cells.items()
                if at[0] > header + 1 and at[1] in wanted and not is_blank(cell)
            )
            first = min(below, default=None) if len(named) > 1 and wanted else None
            if first is not None:
                return first
    ids = {folded(item.id) for item in measurement.items}
    asked = {word.row for word in words if folded(word.text) in ids}
    if sheet.name not in lost.values() and len(asked) < _SEVERAL:
        return None
    return _first_answer(context, measurement, sheet, asked, counts=any(m.form is Form.COUNTS for m in lost))


def _first_answer(
    context: ReadingContext, measurement: Measurement, sheet: Sheet, asked: set[int], *, counts: bool
) -> Place | None:
    """The first cell of a sheet that holds what may be an answer, the lists of the drop-downs aside.

    What stands on a row with an id of an item is no list.
    """
    scales = {*(item.scale for item in measurement.items), *mark_scales(measurement).values()}
    columns: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        may_be = column not in sheet.hidden_columns and not is_blank(cell)
        if may_be and (
            cell.kind is CellKind.NUMBER
            if counts
            else any(context.is_answer(scale, cell) for scale in scales)
        ):
            columns.setdefault(column, {})[row] = folded(plain(cell))
    answers = (
        (min(marks), column)
        for column, marks in columns.items()
        if asked & marks.keys() or not _is_part_of_list(context, marks)
    )
    return min(answers, default=None)


def _is_part_of_list(context: ReadingContext, marks: Mapping[int, str], *, half: bool = False) -> bool:
    """Whether a column holds answers of one list, each once, as where rows were deleted through it.

    Args:
        context: What all readers share, the lists among it.
        marks: The folded texts of the column by their row.
        half: Only where at least half of a list is there, and that is more than one answer.
    """
    texts = set(marks.values())
    several = len(texts) == len(marks) > 1
    return several and any(
        texts <= known and (not half or len(texts) * 2 >= len(known)) for known in context.drop_downs
    )


def _is_outside(table: AnswerTable, column: int) -> bool:
    """Whether a column is hidden, or right of all that have a name, as the lists of the drop-downs are."""
    return column in table.sheet.hidden_columns or column > max(table.columns.values(), default=0)


def _is_drop_down(
    context: ReadingContext,
    table: AnswerTable,
    column: int,
    marks: Mapping[int, str],
    scales: Mapping[int, str],
) -> bool:
    """Whether a column holds each answer of a list once: all of them, or hidden, or on lines of no item."""
    texts = set(marks.values())
    if len(texts) < len(marks) or not _is_outside(table, column):
        return False
    beside = column in table.sheet.hidden_columns or any(row not in scales for row in marks)
    return any(texts == known or (beside and texts < known) for known in context.drop_downs)
