"""Answers in a column for something else: status, evidence, source, total, while their own is blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, column_letters
from ctimaturity.language.folding import folded
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook import column as ids
from ctimaturity.workbook.answer import is_blank, plain, read_count, read_number, read_year
from ctimaturity.workbook.choice import scale_choices
from ctimaturity.workbook.column import Kind, mark_scales
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.reading.correspondence import given_texts
from ctimaturity.workbook.reading.table import is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.table import AnswerTable

_SEVERAL = 3
"""So many bare codes or numbers are a column of answers; one or two may be a remark."""
_BARE = 3
"""Letters of what is no label, but a mark or a word that people answer with: x, sí, no."""
_EXPLAINED = re.compile(r"\s*[.,;:(–-]\s*\S")
"""What stands behind an answer that is explained: `Cumple, ver acta 12`."""


def note_displaced(context: ReadingContext, table: AnswerTable, rows: Mapping[int, str]) -> None:
    """Find answers in a column for something else, on lines whose own is blank: an error that names both.

    Args:
        context: What all readers share.
        table: The table.
        rows: The items of its lines, by their row.
    """
    items = {row: context.questionnaire.item_by_id[item] for row, item in rows.items()}
    _DisplacedAnswers(context, table, items).note()


class _Wanted(NamedTuple):
    """Columns of which something may have been written elsewhere.

    Attributes:
        name: The id of the column it belongs to.
        blank: Ids of the columns that are blank on a line where it is missing.
        choice: Whether it is an answer of a scale; else it is a number.
        mark_scale: Of the answers, where it is not the item's own.
    """

    name: str
    blank: tuple[str, ...]
    choice: bool = True
    mark_scale: str = ""


@dataclass
class _DisplacedAnswers:
    """A table whose answers may stand in a column for something else."""

    context: ReadingContext
    table: AnswerTable
    rows: Mapping[int, Item]

    @cached_property
    def _headers(self) -> dict[str, str]:
        """What findings call each column."""
        return {
            column.id: self._named(column, self.table.columns[column.id])
            for column in self.table.template
            if column.id in self.table.columns
        }

    def _named(self, column: AnswerColumn, number: int) -> str:
        return f"{column_letters(number)} ({in_language(dict(column.header), self.context.language)})"

    def note(self) -> None:
        """Look at each column that is for something else."""
        columns = [column for column in self.table.template if column.id in self.table.columns]
        answers = [
            column.id
            for column in columns
            if column.decides and column.id not in {ids.VALUE_BEFORE, ids.REASON}
        ]
        others = [column for column in columns if column.id not in {*answers, ids.YEAR}]
        of_list = self.table.marker.form is Form.LIST
        if of_list:  # which may have been lengthened
            answers += [name for name in self.table.columns if is_respondent(name) and name not in answers]
        for wanted in self._wanted(answers):
            lines = [row for row in self.rows if all(self._is_blank(row, name) for name in wanted.blank)]
            for column in others:
                if self._is_beside_several(column):
                    self._look(column, wanted, self.rows)
                elif lines:
                    self._look(column, wanted, lines)
            self._look_over_ids(wanted)
            if of_list:
                self._look_beside_marks(wanted, others)

    def _is_beside_several(self, column: AnswerColumn) -> bool:
        """Whether one of several answers may have slid into a column, while others of its line stand."""
        several = self.table.marker.form in {Form.COUNTS, Form.LIST}
        return column.id == ids.COUNT or (several and column.kind is Kind.GIVEN)

    def _is_blank(self, row: int, column: str) -> bool:
        return is_blank(self.table.cell(row, column))

    def _wanted(self, answers: list[str]) -> list[_Wanted]:
        """What the form of the table asks."""
        measurement = self.table.measurement
        if measurement.collects is not Collects.INDICATORS:
            choice = self.table.marker.form is not Form.COUNTS
            return [_Wanted(answers[0], tuple(answers), choice=choice)] if answers else []
        values = [_Wanted(ids.VALUE, (ids.VALUE, ids.NO_DATA), choice=False)] if ids.VALUE in answers else []
        marks = mark_scales(measurement).items()
        return values + [
            _Wanted(mark, (mark, ids.NO_DATA), mark_scale=scale) for mark, scale in marks if mark in answers
        ]

    def _look(self, column: AnswerColumn, wanted: _Wanted, lines: Iterable[int]) -> None:
        """Find one column's answers on the lines where they are missed."""
        cells = {
            row: cell for row in lines if (cell := self.table.cell(row, column.id)) and not is_blank(cell)
        }
        if column.kind is Kind.FORMULA:
            cells = {row: cell for row, cell in cells.items() if not cell.formula}
        elif column.kind is Kind.GIVEN and cells:
            given = given_texts(self.context.questionnaire, self.table.measurement, column.id)
            cells = {row: cell for row, cell in cells.items() if cell.text not in given[self.rows[row].id]}
        if column.id == ids.COUNT:
            cells = {row: cell for row, cell in cells.items() if not self._is_count(row, cell, wanted)}
        read = [row for row, cell in cells.items() if self._reads(cell, self.rows[row], wanted)]
        certain = any(self._is_certain(cells[row], column, self.rows[row], wanted) for row in read)
        most = len(read) * 2 > len(cells) and (len(read) >= _SEVERAL or len(read) == len(self.rows))
        if certain or most:
            gaps = (
                name
                for name in (wanted.blank if self._is_beside_several(column) else ())
                if name in self._headers and self._is_blank(min(read), name)
            )
            number = self.table.columns[column.id]
            self._add(number, self._headers[column.id], read, next(gaps, wanted.name))

    def _look_over_ids(self, wanted: _Wanted) -> None:
        """Find answers put over the ids, as the drop-down shows them; their lines are none any more."""
        number, item = self.table.item_column, self.table.measurement.items[0]
        id_column = next(column for column in self.table.template if column.id == ids.ITEM)
        cells = self.table.sheet.cells
        over = [
            row
            for row, _ in self.table.ids
            if row not in self.rows and self._is_certain(cells[row, number], id_column, item, wanted)
        ]
        self._add(number, self._named(id_column, number), over, wanted.name)

    def _look_beside_marks(self, wanted: _Wanted, others: Iterable[AnswerColumn]) -> None:
        """Find the mark of one respondent of a list, as the drop-down shows it, where one lacks a mark."""
        used = [name for name in wanted.blank if not all(self._is_blank(row, name) for row in self.rows)]
        lacking = {row: item for row, item in self.rows.items() if any(self._is_blank(row, n) for n in used)}
        for column in others if lacking else ():
            marks = {row: cell for row in lacking if (cell := self.table.cell(row, column.id)) is not None}
            over = [
                row for row, cell in marks.items() if self._is_certain(cell, column, lacking[row], wanted)
            ]
            self._add(self.table.columns[column.id], self._headers[column.id], over, wanted.name)

    def _add(self, number: int, header: str, rows: list[int], wanted: str) -> None:
        if rows:
            self.context.findings.add(
                codes.ANSWERS_IN_OTHER_COLUMN,
                self.table.sheet.name,
                (min(rows), number),
                count=len(rows),
                column=header,
                wanted=self._headers[wanted],
            )

    def _is_count(self, row: int, cell: Cell, wanted: _Wanted) -> bool:
        """Whether a number typed over the count of the answers of a line is that count."""
        answered = sum(not self._is_blank(row, name) for name in wanted.blank)
        return read_number(cell).value == answered

    def _reads(self, cell: Cell, item: Item, wanted: _Wanted) -> bool:
        """Whether a cell is an answer and nothing else; a year is none, nor words that begin with a code."""
        scale = wanted.mark_scale or item.scale
        if not wanted.choice or self._is_range(scale):
            if read_year(cell).value is not None:
                return False
            if wanted.choice:
                return self.context.is_answer(scale, cell)
            if self.table.marker.form is Form.COUNTS:
                return read_count(cell, codes.ANSWERS_IN_OTHER_COLUMN).value is not None
            return read_number(cell).value is not None
        choice = self.context.scale(scale).read(cell).value
        if choice is None:
            return self._begins_with_label(cell, scale)
        known = {word for text in (choice.code, *choice.labels.values()) for word in _words(text)}
        return cell.kind is CellKind.NUMBER or len(plain(cell)) <= _BARE or _words(plain(cell)) <= known

    def _begins_with_label(self, cell: Cell, scale: str) -> bool:
        """Whether an answer stands before its explanation."""
        said = folded(plain(cell))
        shown = {
            folded(text)
            for choice in scale_choices(self.context.questionnaire.scales[scale])
            for label in choice.labels.values()
            for text in (label, f"{choice.code} - {label}")
        }
        return any(said.startswith(text) and _EXPLAINED.match(said, len(text)) for text in shown)

    def _is_certain(self, cell: Cell, column: AnswerColumn, item: Item, wanted: _Wanted) -> bool:
        """Whether one such cell is enough: written over a formula, or chosen as the drop-down shows it."""
        if column.kind is Kind.FORMULA and column.id != ids.COUNT:
            return True
        if column.id == ids.VALUE_BEFORE:
            unit = self.context.questionnaire.unit_by_id.get(item.unit or "")
            return unit is None or unit.derive is None
        scale = wanted.mark_scale or item.scale
        if not wanted.choice or self._is_range(scale):
            return False
        choice = self.context.scale(scale).read(cell).value
        shown = [choice.shown(language) for language in choice.labels] if choice else []
        return folded(plain(cell)) in {folded(text) for text in shown}

    def _is_range(self, scale: str) -> bool:
        return self.context.questionnaire.scales[scale].range is not None


def _words(text: str) -> set[str]:
    """The words and codes of a text, whatever stands between them."""
    return set("".join(sign if sign.isalnum() else " " for sign in folded(text)).split())
