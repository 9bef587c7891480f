"""Answers that stand where nobody looks for them: what would be lost in silence is said to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes import returned as codes
from ctimaturity.files.cell import column_letters, reference
from ctimaturity.language.folding import folded
from ctimaturity.workbook.answer import is_blank, plain
from ctimaturity.workbook.choice import choice_lists
from ctimaturity.workbook.column import TEXT
from ctimaturity.workbook.marker import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.report import Report
    from ctimaturity.workbook.reading.table import Table, Word

_SEVERAL = 3
"""So many different ids in one column are a list of items, not a remark that names one."""


def note_second_ids(
    tables: Sequence[Table], questionnaire: Questionnaire, texts_of: Mapping[str, list[Word]], report: Report
) -> None:
    """Find ids of items pasted beside a table, in a column that is not the one of its ids.

    An instrument may have no words but its ids: these stand in the column of texts by right.
    """
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


def _read_as_their_ids(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of items whose text, in some language, is the id itself."""
    return frozenset(
        folded(item.id)
        for item in questionnaire.item_by_id.values()
        if folded(item.id) in map(folded, item.text.values())
    )


def note_unnamed_columns(context: Context, table: Table, rows: Iterable[tuple[int, str]]) -> None:
    """Find columns of marks that nothing names, on the lines of a list or of a grid's respondents.

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
    for column, row in sorted(readable.items()):
        if not _is_drop_down(table, column, marks[column], lists, scales):
            place = reference(row, column)
            context.report.add(codes.COLUMN_UNNAMED, table.sheet.name, place, column=column_letters(column))


def _drop_downs(context: Context) -> list[frozenset[str]]:
    """The texts of each list of closed answers, as a template in any language has them, and its codes."""
    lists = choice_lists(context.questionnaire).values()
    shown = [
        frozenset(folded(choice.shown(language)) for choice in choices)
        for choices in lists
        for language in context.questionnaire.languages
    ]
    return [*shown, *(frozenset(folded(choice.code) for choice in choices) for choices in lists)]


def _is_drop_down(
    table: Table,
    column: int,
    marks: Mapping[int, str],
    lists: list[frozenset[str]],
    scales: Mapping[int, str],
) -> bool:
    """Whether a column holds each answer of a list once: all of them, or hidden, or on lines of no item."""
    texts = set(marks.values())
    if len(texts) < len(marks):
        return False
    beside = column in table.sheet.hidden_columns or any(row not in scales for row in marks)
    return any(texts == known or (beside and texts < known) for known in lists)
