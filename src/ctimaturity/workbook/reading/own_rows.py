"""Rows that people add for themselves: sums and averages, signatures, notes."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.folding import folded, nearest
from ctimaturity.workbook.answer import is_blank, plain, read_number
from ctimaturity.workbook.column import TEXT, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.table import AnswerTable

_TOTALS = {
    "average", "cantidad", "conteo", "count", "desviacion", "deviation", "mean", "media", "mediana", "median",
    "moda", "porcentaje", "promedio", "puntaje", "score", "subtotal", "suma", "sumatoria", "sum", "total",
    "totales", "totals", "varianza", "variance",
}  # fmt: skip
_MOST_WORDS = 5
"""Words of the label of a sum; what is longer may be a statement that begins with such a word."""
_MOST_LIKENED = 200
"""Rows for whose text the item that it is like is looked for, which takes its time."""


def says_total(text: str) -> bool:
    """Whether a text labels a sum or an average: `Total`, `Promedio general`, `Suma:`."""
    words = folded(text).replace(":", " ").split()
    return 0 < len(words) <= _MOST_WORDS and (
        words[0] in _TOTALS or words[:2] == ["gran", "total"] or words == ["n"]
    )


class OwnRows:
    """Tells a row of people's own below a table from one that has lost its id."""

    def __init__(
        self, context: ReadingContext, measurement: Measurement, columns: Iterable[AnswerColumn]
    ) -> None:
        """Prepare for a measurement.

        Args:
            context: What all readers share.
            measurement: What is measured.
            columns: The columns that answers stand in.
        """
        self._context = context
        self._measurement = measurement
        self._kinds = {column.id: column.kind for column in columns}
        self._likened = 0

    def holds(self, table: AnswerTable, row: int, *, whole: bool) -> bool:
        """Whether what stands in the columns of answers can be no answer to an item.

        A label says that it is a sum, or all of it is worked out or is words that are like no answer, or no
        item misses its line and this one asks something else; and neither the text nor the id of an item
        stands on the row.

        Args:
            table: The table.
            row: The row.
            whole: Whether every item has its line.
        """
        numbers = {table.columns[name]: kind for name, kind in self._kinds.items() if name in table.columns}
        cells = {column: cell for _, column, cell in table.sheet.within(row, row) if not is_blank(cell)}
        labels = [
            cell for column, cell in cells.items() if column not in numbers and cell.kind is CellKind.TEXT
        ]
        if any(folded(plain(cell)) in self._of_items for cell in cells.values()):
            return False
        if any(says_total(plain(cell)) for cell in labels):
            return True
        asked = [cells.get(column) for column in (table.item_column, table.columns.get(TEXT, 0))]
        if whole and self._asks_other([plain(cell) for cell in asked if cell in labels and cell is not None]):
            return True
        entries = [(cell, numbers[column]) for column, cell in cells.items() if column in numbers]
        return all(cell.formula or self._is_note(cell, kind) for cell, kind in entries)

    def _asks_other(self, texts: list[str]) -> bool:
        """Whether texts are a question of people's own: like none of the items, and naming none."""
        self._likened += 1
        if self._likened > _MOST_LIKENED or not any(map(str.isalpha, "".join(texts))):
            return False
        ids = {folded(item.id) for item in self._measurement.items}
        return not any(
            nearest(text, self._of_items) or not ids.isdisjoint(re.split(r"[^\w-]+", folded(text)))
            for text in texts
        )

    @cached_property
    def _of_items(self) -> frozenset[str]:
        """What only the line of an item says: its text or its id, in whatever column."""
        return frozenset(
            folded(text) for item in self._measurement.items for text in (item.id, *item.text.values())
        )

    @cached_property
    def _answers(self) -> Mapping[str, str]:
        """All closed answers as they may be written, folded."""
        shown = [
            text
            for choices in self._context.lists.values()
            for choice in choices
            for language in self._context.questionnaire.languages
            for text in (choice.code, choice.shown(language), choice.labels.get(language, choice.code))
        ]
        return {folded(text): text for text in shown}

    def _is_note(self, cell: Cell, kind: Kind) -> bool:
        """Whether a cell holds words that are no answer, not even one written wrong."""
        if cell.kind is not CellKind.TEXT or read_number(cell).value is not None:
            return False
        said = folded(plain(cell))
        if not any(character.isalpha() for character in said) or said in self._answers:
            return False
        if kind in {Kind.NUMBER, Kind.TALLY}:
            return not any(character.isdecimal() for character in said)
        scales = {item.scale for item in self._measurement.items}
        reads = any(self._context.is_answer(scale, cell) for scale in scales)
        return not reads and not nearest(said, self._answers)
