"""Whether the texts beside the ids are those of their items: where they parted, answers belong elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import column_letters
from ctimaturity.language.folding import folded
from ctimaturity.model.text import in_language
from ctimaturity.workbook.answer import is_blank
from ctimaturity.workbook.column import DEFINITION, EVIDENCE_SOUGHT, GROUP, TEXT, UNIT
from ctimaturity.workbook.layout import with_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.table import AnswerTable

_GIVEN = (TEXT, EVIDENCE_SOUGHT, DEFINITION, GROUP, UNIT)
"""Columns of ours that say which item a line asks; each tells whether what is right of it was moved."""
_SEVERAL = 3
"""So many wrong texts that several items share are a moved column; fewer may have been corrected."""
_ALIKE = 0.8
"""Share of the words that a reworded text has in common with the text it was made of."""
_MOST_REWORDED = 200
"""Texts of no item for which the one they were made of is looked for, which takes its time."""
_ONE_SHIFT = 0.8
"""Share of the rows that must stand equally far from their ids to be called shifted; the ends may differ."""


def given_texts(questionnaire: Questionnaire, measurement: Measurement, column: str) -> dict[str, set[str]]:
    """What a given column may say of each item, by its id, in any language of the definition."""
    if column == GROUP:
        return {
            item.id: {
                " › ".join(in_language(node.title, language) for node in path)
                for language in questionnaire.languages
            }
            for item, path in with_paths(measurement.root)
        }
    said: dict[str, set[str]] = {}
    for item in measurement.items:
        unit = questionnaire.unit_by_id.get(item.unit or "")
        texts = {
            TEXT: item.text,
            DEFINITION: item.definition,
            EVIDENCE_SOUGHT: item.evidence,
            UNIT: unit.label if unit else None,
        }
        said[item.id] = set((texts.get(column) or {}).values())
    return said


def note_texts(context: ReadingContext, table: AnswerTable, rows: Mapping[int, str]) -> None:
    """Compare what stands beside the ids with the definition: one finding for a table.

    Args:
        context: What all readers share.
        table: The table.
        rows: The items of its lines, by their row.
    """
    table = _with_texts(context, table)
    for column in _GIVEN:
        if column not in table.columns:
            continue
        said = given_texts(context.questionnaire, table.measurement, column)
        texts = {row: cell.text for row in rows if (cell := table.cell(row, column)) and not is_blank(cell)}
        compared = _TextComparison(said, rows, texts, reworded=column == TEXT)
        moved = compared.moved
        if column not in {TEXT, DEFINITION}:
            moved = compared.parted(several=column in {GROUP, UNIT})
        if compared.reworded:
            row, count = min(compared.reworded), len(compared.reworded)
            at = table.place(row, column)
            context.findings.add(codes.TEXT_REWORDED, table.sheet.name, at, rows[row], count=count)
        if moved:
            _note_moved(context, table.sheet.name, table.columns[column], rows, moved)
            return


def _with_texts(context: ReadingContext, table: AnswerTable) -> AnswerTable:
    """The table with the column of its texts, found by them where its id and header are lost."""
    if TEXT in table.columns:
        return table
    said = set().union(*given_texts(context.questionnaire, table.measurement, TEXT).values())
    taken = {*table.columns.values(), table.item_column}
    cells = table.sheet.within(table.first, table.last)
    columns = Counter(column for _, column, cell in cells if column not in taken and cell.text in said)
    if not columns:
        return table
    return replace(table, columns={**table.columns, TEXT: columns.most_common(1)[0][0]})


def note_keys(context: ReadingContext, measurement: Measurement, sheets: Iterable[str]) -> None:
    """Find a key of a grid's statements whose ids and texts parted: who answered was misled by it.

    Args:
        context: What all readers share.
        measurement: What is measured.
        sheets: Names of the sheets without a table.
    """
    said = given_texts(context.questionnaire, measurement, TEXT)
    all_said = set().union(*said.values())
    for sheet in sheets:
        words = context.words_of[sheet]
        rows = {word.row: word.text for word in words if word.text in said}
        beside = [word for word in words if word.row in rows and word.text in all_said]
        moved = _TextComparison(said, rows, {word.row: word.text for word in beside}).moved
        if moved:
            column = next(word.column for word in beside if word.row in moved)
            _note_moved(context, sheet, column, rows, moved)


class _TextComparison:
    """The texts of one column, held against the definition.

    Attributes:
        moved: By row, the items that a text is of, where it is not its own.
        reworded: Rows whose text is of no item at all.
    """

    def __init__(
        self,
        said: Mapping[str, set[str]],
        rows: Mapping[int, str],
        texts: Mapping[int, str],
        *,
        reworded: bool = False,
    ) -> None:
        """Compare.

        Args:
            said: What the column may say of each item.
            rows: The items by their row.
            texts: The texts that are not blank, by their row.
            reworded: Look at texts of no item too.
        """
        self._said, self._rows, self._texts = said, rows, texts
        self.moved: dict[int, set[str]] = {}
        self.reworded: list[int] = []
        # Nearly all texts are as they were written; only the others are made comparable.
        missed = {row: text for row, text in texts.items() if text not in said[rows[row]]}
        if missed:
            self._look(missed, reworded=reworded)

    def _look(self, missed: Mapping[int, str], *, reworded: bool) -> None:
        of: dict[str, set[str]] = {}
        for item, texts in self._said.items():
            for text in texts:
                of.setdefault(folded(text), set()).add(item)
        words = {text: frozenset(text.split()) for text in of} if reworded else {}
        for row, text in missed.items():
            own, written = self._rows[row], folded(text)
            items = of.get(written, set())
            if not items and reworded:
                enough = len(self.reworded) < _MOST_REWORDED
                items = _made_of(frozenset(written.split()), own, of, words) if enough else set()
                if not items:
                    self.reworded.append(row)
            if items and own not in items:
                self.moved[row] = items

    def parted(self, *, several: bool) -> dict[int, set[str]]:
        """The moved texts that stand nowhere else: a copied part of a line is no part that was moved.

        Args:
            several: Only where there are so many that nobody has corrected them.
        """
        row_of = {item: row for row, item in self._rows.items()}
        moved = {
            row: items
            for row, items in self.moved.items()
            if any((at := row_of.get(item)) in self.moved or at not in self._texts for item in items)
        }
        return {} if several and len(moved) < min(_SEVERAL, len(self._rows)) else moved


def _made_of(
    written: frozenset[str], own: str, of: Mapping[str, set[str]], words: Mapping[str, frozenset[str]]
) -> set[str]:
    """The items whose text a reworded one resembles more than that of its own; nothing where it does not."""
    shares = {text: 2 * len(written & known) / (len(written) + len(known)) for text, known in words.items()}
    best = max(shares, key=lambda text: shares[text], default="")
    of_own = max((share for text, share in shares.items() if own in of[text]), default=0.0)
    return of[best] if best and shares[best] >= _ALIKE and shares[best] > of_own else set()


def _note_moved(
    context: ReadingContext, sheet: str, column: int, rows: Mapping[int, str], moved: Mapping[int, set[str]]
) -> None:
    """Say how far texts and ids are apart where that is one distance, else give an example."""
    row_of = {item: row for row, item in rows.items()}
    distances = Counter(
        distance
        for row, items in moved.items()
        for distance in {row - row_of[item] for item in items if item in row_of}
    )
    first, last = min(moved), max(moved)
    at, letters = (first, column), column_letters(column)
    distance, count = max(distances.items(), key=lambda pair: (pair[1], -abs(pair[0])), default=(0, 0))
    if count > 1 and count >= len(moved) * _ONE_SHIFT:
        code = codes.TEXTS_BELOW_IDS if distance > 0 else codes.TEXTS_ABOVE_IDS
        context.findings.add(code, sheet, at, first=first, last=last, count=abs(distance), column=letters)
    else:
        context.findings.add(
            codes.TEXTS_OF_OTHERS,
            sheet,
            at,
            rows[first],
            count=len(moved),
            row=first,
            column=letters,
            other=min(moved[first]),
        )
