"""The cover of a returned workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.files.cell import CellKind, reference
from ctimaturity.language.folding import folded
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.answer import is_blank, plain, read_remark
from ctimaturity.workbook.cover import entity_section
from ctimaturity.workbook.marker import COVER_MARKER
from ctimaturity.workbook.returned import CoverEntries, Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.workbook.reading.table import Word

_ENTITY_KEYS = {keys.ENTITY_CODE, keys.ENTITY_NAME, keys.ENTITY_TYPE}


def read_cover(workbook: Workbook, texts_of: Mapping[str, list[Word]]) -> CoverEntries:
    """The entries of the cover, found by its marker, else by its keys, else by its labels.

    Args:
        workbook: The workbook.
        texts_of: The texts of each sheet, by its name.
    """
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    for find in (_by_marker, _by_keys, _by_labels):
        for name, words in texts_of.items():
            lines = find(words)
            if lines:
                return CoverEntries(name, _entries(by_name[name], lines))
    return CoverEntries()


def _by_marker(words: list[Word]) -> dict[str, Word]:
    marker = next((word for word in words if word.text == COVER_MARKER), None)
    return {} if marker is None else {word.text: word for word in words if word.column == marker.column}


def _by_keys(words: list[Word]) -> dict[str, Word]:
    code = next((word for word in words if word.text == keys.ENTITY_CODE), None)
    lines = {} if code is None else {word.text: word for word in words if word.column == code.column}
    # The hidden sheet has the code of the entity too, but neither its name nor its type.
    return lines if lines.keys() >= _ENTITY_KEYS else {}


def _by_labels(words: list[Word]) -> dict[str, Word]:
    """The lines of the entity by what people read beside them; the rest can do without."""
    labels = {folded(text): field.key for field in entity_section().fields for text in field.label.values()}
    lines = {labels[folded(word.text)]: word for word in words if folded(word.text) in labels}
    return lines if lines.keys() >= _ENTITY_KEYS else {}


def _entries(sheet: Sheet, lines: Mapping[str, Word]) -> dict[str, Entry]:
    """Right of each key stands its label, then its entry; right of a label, the entry."""
    at = _entry_column(sheet, lines)
    entries = {}
    for key, word in lines.items():
        cell = sheet.cells.get((word.row, at))
        if not is_blank(cell):
            text = _text(cell)
            if text:
                entries[key] = Entry(text, reference(word.row, at))
    return entries


def _entry_column(sheet: Sheet, lines: Mapping[str, Word]) -> int:
    """The column of the entries: that of the edition, which is always there, else the usual one."""
    line = lines.get(keys.QUESTIONNAIRE)
    if line is not None:
        for (row, column), cell in sheet.cells.items():
            if row == line.row and column > line.column and "@" in cell.text:
                return column
    labels = {word.column for word in lines.values()}
    has_keys = COVER_MARKER in lines or keys.ENTITY_CODE in {word.text for word in lines.values()}
    return max(labels) + (2 if has_keys else 1)


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return plain(cell) if cell.kind is CellKind.TEXT else read_remark(cell).value or ""
