"""Answers in a column for something else: status, evidence, source, total, while their own is blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, column_letters, reference
from ctimaturity.language.folding import folded
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.answer import is_blank, plain, read_count, read_number, read_year
from ctimaturity.workbook.choice import scale_choices
from ctimaturity.workbook.column import (
    COUNT,
    CRITERION,
    ITEM,
    NO_DATA,
    OWN_MARK,
    REASON,
    VALUE,
    VALUE_BEFORE,
    YEAR,
    Kind,
)
from ctimaturity.workbook.marker import Form
from ctimaturity.workbook.reading.correspondence import given_texts
from ctimaturity.workbook.reading.table import decisive, is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Item, Measurement
    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.table import Table

_SEVERAL = 3
"""So many bare codes or numbers are a column of answers; one or two may be a remark."""
_BARE = 3
"""Letters of what is no label, but a mark or a word that people answer with: x, sí, no."""


_EXPLAINED = re.compile(r"\s*[.,;:(–-]\s*\S")


class _Wanted(NamedTuple):
    """Columns of which something may have been written elsewhere.

    Attributes:
        name: The id of the column it belongs to.
        blank: Ids of the columns that are blank on a line where it is missing.
        scale: Of the answers; the item's own where there is none, a number without `choice`.
    """

    name: str
    blank: tuple[str, ...]
    choice: bool = True
    scale: str = ""


@dataclass
class _Search:
    """A table whose answers may stand in a column for something else."""

    context: Context
    measurement: Measurement
    table: Table
    columns: Sequence[Column]
    rows: Mapping[int, Item]
    _headers: dict[str, str] = field(default_factory=dict)

    def note(self) -> None:
        """Look at each column that is for something else."""
        columns = [column for column in self.columns if column.id in self.table.columns]
        answers = [name for name in decisive(columns) if name not in {VALUE_BEFORE, REASON}]
        others = [column for column in columns if column.id not in {*answers, YEAR}]
        if self.table.marker.form is Form.LIST:  # which may have been lengthened
            answers += [name for name in self.table.columns if is_respondent(name) and name not in answers]
        self._headers = {
            column.id: f"{column_letters(self.table.columns[column.id])} ({header})"
            for column in columns
            for header in (in_language(dict(column.header), self.context.language),)
        }
        for wanted in self._wanted(answers):
            lines = [row for row in self.rows if all(self._is_blank(row, name) for name in wanted.blank)]
            for column in others:
                if self._is_beside_several(column):
                    self._look(column, wanted, self.rows)
                elif lines:
                    self._look(column, wanted, lines)
            self._look_over_ids(wanted)
            if self.table.marker.form is Form.LIST:
                self._look_beside_marks(wanted, others)

    def _is_beside_several(self, column: Column) -> bool:
        """Whether one of several answers may have slid into a column, while others of its line stand."""
        several = self.table.marker.form in {Form.COUNTS, Form.LIST}
        return column.id == COUNT or (several and column.kind is Kind.GIVEN)

    def _is_blank(self, row: int, column: str) -> bool:
        return is_blank(self.table.cell(row, column))

    def _wanted(self, answers: list[str]) -> list[_Wanted]:
        """What the form of the table asks."""
        if self.measurement.collects is not Collects.INDICATORS:
            choice = self.table.marker.form is not Form.COUNTS
            return [_Wanted(answers[0], tuple(answers), choice=choice)] if answers else []
        marks = {CRITERION: self.measurement.criterion_scale, OWN_MARK: self.measurement.range_scale}
        return [
            *(_Wanted(name, (VALUE, NO_DATA), choice=False) for name in answers if name == VALUE),
            *(
                _Wanted(name, (name, NO_DATA), scale=scale)
                for name, scale in marks.items()
                if scale and name in answers
            ),
        ]

    def _look(self, column: Column, wanted: _Wanted, lines: Iterable[int]) -> None:
        """Find one column's answers on the lines where they are missed."""
        cells = {
            row: cell for row in lines if (cell := self.table.cell(row, column.id)) and not is_blank(cell)
        }
        if column.kind is Kind.FORMULA:
            cells = {row: cell for row, cell in cells.items() if not cell.formula}
        elif column.kind is Kind.GIVEN and cells:
            given = given_texts(self.context.questionnaire, self.measurement, column.id)
            cells = {row: cell for row, cell in cells.items() if cell.text not in given[self.rows[row].id]}
        written, certain = 0, False
        read = []
        for row, cell in cells.items():
            item = self.rows[row]
            if column.id == COUNT and self._is_count(row, cell, wanted):
                continue
            written += 1
            if self._reads(cell, item, wanted):
                read.append(row)
                certain = certain or self._is_certain(cell, column, item, wanted)
        most = len(read) * 2 > written and (len(read) >= _SEVERAL or len(read) == len(self.rows))
        if certain or most:
            first = min(read)
            known = (name for name in wanted.blank if name in self._headers)
            slid = self._is_beside_several(column)
            gaps = (name for name in known if slid and self._is_blank(first, name))
            self.context.report.add(
                codes.ANSWERS_IN_OTHER_COLUMN,
                self.table.sheet.name,
                reference(first, self.table.columns[column.id]),
                count=len(read),
                column=self._headers[column.id],
                wanted=self._headers[next(gaps, wanted.name)],
            )

    def _look_over_ids(self, wanted: _Wanted) -> None:
        """Find answers put over the ids, as the drop-down shows them; their lines are none any more."""
        column, item = self.table.item_column, self.measurement.items[0]
        own = next(one for one in self.columns if one.id == ITEM)
        cells = self.table.sheet.cells
        over = [
            row
            for row, _ in self.table.ids
            if row not in self.rows and self._is_certain(cells[row, column], own, item, wanted)
        ]
        header = in_language(dict(own.header), self.context.language)
        self._report(column, f"{column_letters(column)} ({header})", over, wanted)

    def _look_beside_marks(self, wanted: _Wanted, others: Iterable[Column]) -> None:
        """Find the mark of one respondent of a list, as the drop-down shows it, where one lacks a mark."""
        used = [name for name in wanted.blank if not all(self._is_blank(row, name) for row in self.rows)]
        lacking = {row: item for row, item in self.rows.items() if any(self._is_blank(row, n) for n in used)}
        for column in others if lacking else ():
            marks = {row: cell for row in lacking if (cell := self.table.cell(row, column.id)) is not None}
            over = [
                row for row, cell in marks.items() if self._is_certain(cell, column, lacking[row], wanted)
            ]
            number = self.table.columns[column.id]
            self._report(number, self._headers[column.id], over, wanted)

    def _report(self, column: int, header: str, rows: list[int], wanted: _Wanted) -> None:
        if rows:
            self.context.report.add(
                codes.ANSWERS_IN_OTHER_COLUMN,
                self.table.sheet.name,
                reference(min(rows), column),
                count=len(rows),
                column=header,
                wanted=self._headers[wanted.name],
            )

    def _is_count(self, row: int, cell: Cell, wanted: _Wanted) -> bool:
        """Whether a number typed over the count of the answers of a line is that count."""
        answered = sum(not self._is_blank(row, name) for name in wanted.blank)
        return read_number(cell).value == answered

    def _reads(self, cell: Cell, item: Item, wanted: _Wanted) -> bool:
        """Whether a cell is an answer and nothing else; a year is none, nor words that begin with a code."""
        if not wanted.choice or self._is_range(wanted.scale or item.scale):
            if read_year(cell).value is not None:
                return False
            if not wanted.choice:
                counts = self.table.marker.form is Form.COUNTS
                return (
                    read_count(cell, codes.ANSWERS_IN_OTHER_COLUMN) if counts else read_number(cell)
                ).value is not None
            return self.context.is_answer(wanted.scale or item.scale, cell)
        scale = wanted.scale or item.scale
        choice = self.context.scale(scale).read(cell).value
        if choice is None:
            return self._begins_with_label(cell, scale)
        known = {word for text in (choice.code, *choice.labels.values()) for word in _words(text)}
        return cell.kind is CellKind.NUMBER or len(plain(cell)) <= _BARE or _words(plain(cell)) <= known

    def _begins_with_label(self, cell: Cell, scale: str) -> bool:
        """Whether an answer stands before its explanation: `Cumple, ver acta 12`."""
        said = folded(plain(cell))
        choices = scale_choices(self.context.questionnaire.scales[scale])
        shown = {
            folded(text)
            for choice in choices
            for label in choice.labels.values()
            for text in (label, f"{choice.code} - {label}")
        }
        return any(said.startswith(text) and _EXPLAINED.match(said, len(text)) for text in shown)

    def _is_certain(self, cell: Cell, column: Column, item: Item, wanted: _Wanted) -> bool:
        """Whether one such cell is enough: written over a formula, or chosen as the drop-down shows it."""
        if column.kind is Kind.FORMULA and column.id != COUNT:
            return True
        if column.id == VALUE_BEFORE:
            unit = self.context.questionnaire.unit_by_id.get(item.unit or "")
            return unit is None or unit.derive is None
        scale = wanted.scale or item.scale
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


def note_displaced(
    context: Context,
    measurement: Measurement,
    table: Table,
    columns: Sequence[Column],
    rows: Mapping[int, str],
) -> None:
    """Find answers in a column for something else, on lines whose own is blank: an error that names both.

    Args:
        context: What all readers share.
        measurement: What is measured.
        table: The table.
        columns: Those it has in the template.
        rows: The items of its lines, by their row.
    """
    items = {row: context.questionnaire.item_by_id[item] for row, item in rows.items()}
    _Search(context, measurement, table, columns, items).note()
