"""The cover of a returned workbook."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import CellKind, reference
from ctimaturity.language.folding import folded
from ctimaturity.model.entity import EntityCodes
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.answer import Problem, is_blank, plain, read_remark, shown_otherwise
from ctimaturity.workbook.cover import CoverEntries, CoverEntry, confirm_section, entity_section
from ctimaturity.workbook.marker import COVER_MARKER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.reading.table import Word

_NO_VALUE = {CellKind.EMPTY: codes.FORMULA_WITHOUT_VALUE, CellKind.ERROR: codes.ERROR_CELL}
_ENTITY_KEYS = {keys.ENTITY_CODE, keys.ENTITY_NAME, keys.ENTITY_TYPE}


def read_covers(workbook: Workbook, texts_of: Mapping[str, list[Word]]) -> list[CoverEntries]:
    """The entries of each cover, found by its marker, else by its keys, else by its labels.

    Args:
        workbook: The workbook.
        texts_of: The texts of each sheet, by its name.

    Returns:
        The cover; copies of it behind, those that say more first. Empty without one.
    """
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    for find in (_by_marker, _by_keys, _by_labels):
        found = [
            CoverEntries(name, _entries(by_name[name], lines))
            for name, words in texts_of.items()
            if (lines := find(words))
        ]
        if found:
            return sorted(found, key=lambda cover: (-len(cover.entries), cover.sheet))
    return []


def unreadable_entries(
    workbook: Workbook, texts_of: Mapping[str, list[Word]]
) -> list[tuple[Problem, str, str, str]]:
    """Cells of the covers that decide something and hold nothing certain: why, sheet, cell and key of each.

    What such a cell should say is never taken from elsewhere: the workbook might be another entity's.
    """
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    found = []
    for name, words in texts_of.items():
        lines = _by_marker(words) or _by_keys(words)
        at = _entry_column(by_name[name], lines) if lines else 0
        for key, word in lines.items():
            cell = by_name[name].cells.get((word.row, at))
            wrong = _wrong(cell) if cell is not None else None
            if wrong is not None and _decides(key):
                found.append((wrong, name, reference(word.row, at), key))
    return found


def _wrong(cell: Cell) -> Problem | None:
    """Why an entry of the cover holds nothing that can be taken for certain."""
    if cell.kind in _NO_VALUE:
        return Problem(_NO_VALUE[cell.kind])
    if cell.struck:
        return Problem(codes.ANSWER_STRUCK)
    return shown_otherwise(cell) if cell.shown is not None and not cell.shown.same else None


def _decides(key: str) -> bool:
    return key in {keys.ENTITY_CODE, keys.ENTITY_TYPE} or key.startswith(keys.CONFIRM_BLANK)


def moved_labels(
    texts_of: Mapping[str, list[Word]], questionnaire: Questionnaire
) -> list[tuple[str, str, str]]:
    """Lines of the covers whose label is no longer beside its key: sheet, cell and key of each.

    People write beside the labels and see no keys. A label that was reworded says nothing.
    """
    confirmed = confirm_section(questionnaire, tuple(questionnaire.measurement_by_id))
    sections = (entity_section(questionnaire.coding), confirmed)
    fields = [field for section in sections for field in section.fields]
    labels = {folded(text): field.key for field in fields for text in field.label.values()}
    found = []
    for name, words in texts_of.items():
        rows: dict[str, set[int]] = {}
        for word in words:
            rows.setdefault(labels.get(folded(word.text), ""), set()).add(word.row)
        for key, word in (_by_marker(words) or _by_keys(words)).items():
            elsewhere = rows.get(key) and word.row not in rows[key]
            others = [other for other in rows if other not in {"", key} and word.row in rows[other]]
            if key in labels.values() and (elsewhere or others):
                found.append((name, reference(word.row, word.column), key))
    return found


def contradiction(covers: Sequence[CoverEntries]) -> tuple[CoverEntries, CoverEntries, str] | None:
    """The first two covers that say different things of the entity's type or its blanks, and of what."""
    for first, second in itertools.combinations(covers, 2):
        for key in sorted(first.entries.keys() & second.entries.keys()):
            # Of the entity itself the contradictions are told apart from these.
            told = key == keys.ENTITY_CODE or not _decides(key)
            if not told and folded(first.text(key)) != folded(second.text(key)):
                return first, second, key
    return None


def united(covers: Sequence[CoverEntries]) -> CoverEntries:
    """The cover, with what only copies of it say; places are those of the cover itself."""
    if not covers:
        return CoverEntries()
    entries: dict[str, CoverEntry] = {}
    for cover in reversed(covers):
        entries |= cover.entries
    return CoverEntries(covers[0].sheet, entries)


def with_confirmations(
    cover: CoverEntries, workbook: Workbook, words: Sequence[Word], questionnaire: Questionnaire
) -> CoverEntries:
    """The cover with the confirmations whose keys are gone, found by what people read beside them."""
    fields = confirm_section(questionnaire, tuple(questionnaire.measurement_by_id)).fields
    labels = {folded(text): field.key for field in fields for text in field.label.values()}
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == cover.sheet), None)
    found: dict[str, CoverEntry] = {}
    for word in words if sheet is not None else ():
        key = labels.get(folded(word.text), "")
        cell = sheet.cells.get((word.row, word.column + 1)) if sheet is not None else None
        if key and key not in cover.entries and not is_blank(cell) and _text(cell):
            found[key] = CoverEntry(_text(cell), reference(word.row, word.column + 1))
    return replace(cover, entries={**cover.entries, **found}) if found else cover


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
    sections = [entity_section(kind) for kind in EntityCodes]
    fields = [field for section in sections for field in section.fields]
    labels = {folded(text): field.key for field in fields for text in field.label.values()}
    lines = {labels[folded(word.text)]: word for word in words if folded(word.text) in labels}
    return lines if lines.keys() >= _ENTITY_KEYS else {}


def _entries(sheet: Sheet, lines: Mapping[str, Word]) -> dict[str, CoverEntry]:
    """Right of each key stands its label, then its entry; right of a label, the entry."""
    at = _entry_column(sheet, lines)
    entries = {}
    for key, word in lines.items():
        cell = sheet.cells.get((word.row, at))
        if not is_blank(cell):
            text = _text(cell)
            if text:
                entries[key] = CoverEntry(text, reference(word.row, at))
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
