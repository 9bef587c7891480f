"""The cover of a returned workbook."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.cell import CellKind, reference
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded
from ctimaturity.language.lexicon import confirms
from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.text import in_language
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.answer import Problem, is_blank, plain, read_remark, shown_otherwise
from ctimaturity.workbook.cover import CoverEntries, CoverEntry, confirm_section, entity_section
from ctimaturity.workbook.marker import COVER_MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.cover import CoverSection
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.table import Word

_NO_VALUE = {CellKind.EMPTY: codes.FORMULA_WITHOUT_VALUE, CellKind.ERROR: codes.ERROR_CELL}
_ENTITY_KEYS = {keys.ENTITY_CODE, keys.ENTITY_NAME, keys.ENTITY_TYPE}
# Said so, it is taken in silence; what else means yes or no is taken with a warning.
_YES = {"yes", "si"}
_NO = {"no", "n", "0"}


def read_covers(workbook: Workbook, words_of: Mapping[str, list[Word]]) -> list[CoverEntries]:
    """The entries of each cover, found by its marker, else by its keys, else by its labels.

    Args:
        workbook: The workbook.
        words_of: The texts of each sheet, by its name.

    Returns:
        The cover; copies of it behind, those that say more first. Empty without one.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for find in (_by_marker, _by_keys, _by_labels):
        covers = [
            CoverEntries(name, _entries(sheets[name], lines))
            for name, words in words_of.items()
            if (lines := find(words))
        ]
        if covers:
            return sorted(covers, key=lambda cover: (-len(cover.entries), cover.sheet))
    return []


def united(covers: Sequence[CoverEntries]) -> CoverEntries:
    """The cover, with what only copies of it say; places are those of the cover itself."""
    if not covers:
        return CoverEntries()
    entries: dict[str, CoverEntry] = {}
    for cover in reversed(covers):
        entries |= cover.entries
    return CoverEntries(covers[0].sheet, entries)


def with_confirmations(context: ReadingContext, cover: CoverEntries) -> CoverEntries:
    """The cover with the confirmations whose keys are gone, found by what people read beside them."""
    sheet = next((sheet for sheet in context.workbook.sheets if sheet.name == cover.sheet), None)
    if sheet is None:
        return cover
    labels = _labels([_confirmations(context.questionnaire)])
    entries: dict[str, CoverEntry] = {}
    for word in context.words_of[cover.sheet]:
        key, at = labels.get(folded(word.text), ""), (word.row, word.column + 1)
        text = _text(sheet.cells.get(at))
        if key and key not in cover.entries and text:
            entries[key] = CoverEntry(text, reference(*at))
    return replace(cover, entries={**cover.entries, **entries})


def note_covers(context: ReadingContext, covers: Sequence[CoverEntries]) -> None:
    """Say where covers are unclear, where people were misled by them, and where two contradict each other."""
    for sheet in context.workbook.sheets:
        words = context.words_of[sheet.name]
        lines = _by_marker(words) or _by_keys(words)
        if lines:
            _note_unreadable(context, sheet, lines)
            _note_moved_labels(context, sheet, lines)
    _note_contradiction(context, covers)


def _note_unreadable(context: ReadingContext, sheet: Sheet, lines: Mapping[str, Word]) -> None:
    """Find cells that decide something and hold nothing certain.

    What such a cell should say is never taken from elsewhere: the workbook might be another entity's.
    """
    at = _entry_column(sheet, lines)
    for key, word in lines.items():
        cell = sheet.cells.get((word.row, at))
        problem = _wrong(cell) if cell is not None and _decides(key) else None
        if problem is not None:
            context.findings.add(problem.code, sheet.name, (word.row, at), key, **problem.parameters)


def _wrong(cell: Cell) -> Problem | None:
    """Why an entry of the cover holds nothing that can be taken for certain."""
    if cell.kind in _NO_VALUE:
        return Problem(_NO_VALUE[cell.kind])
    if cell.struck:
        return Problem(codes.ANSWER_STRUCK)
    return shown_otherwise(cell) if cell.shown is not None and not cell.shown.same else None


def _decides(key: str) -> bool:
    return key in {keys.ENTITY_CODE, keys.ENTITY_TYPE} or key.startswith(keys.CONFIRM_BLANK)


def _note_moved_labels(context: ReadingContext, sheet: Sheet, lines: Mapping[str, Word]) -> None:
    """Find lines whose label is no longer beside its key.

    People write beside the labels and see no keys. A label that was reworded says nothing.
    """
    entity = entity_section(context.questionnaire.coding)
    labels = _labels([entity, _confirmations(context.questionnaire)])
    rows: dict[str, set[int]] = {}
    for word in context.words_of[sheet.name]:
        rows.setdefault(labels.get(folded(word.text), ""), set()).add(word.row)
    for key, word in lines.items():
        elsewhere = rows.get(key) and word.row not in rows[key]
        others = [other for other in rows if other not in {"", key} and word.row in rows[other]]
        if key in labels.values() and (elsewhere or others):
            context.findings.add(codes.COVER_LABELS_MOVED, sheet.name, (word.row, word.column), key)


def _note_contradiction(context: ReadingContext, covers: Sequence[CoverEntries]) -> None:
    """Find the first two covers that say different things of the entity's type or its blanks."""
    for first, second in itertools.combinations(covers, 2):
        for key in sorted(first.entries.keys() & second.entries.keys()):
            # Of the entity itself the contradictions are told apart from these.
            told = key == keys.ENTITY_CODE or not _decides(key)
            if not told and folded(first.text(key)) != folded(second.text(key)):
                other = str(Location(sheet=first.sheet, cell=first.cell(key)))
                context.findings.add(codes.COVERS_CONTRADICT, second.sheet, second.cell(key), other=other)
                return


def confirmed_measurements(context: ReadingContext, cover: CoverEntries) -> frozenset[str]:
    """The measurements whose blanks the cover confirms to be answers; what is unclear is a finding."""
    confirmed = set()
    for measurement in context.questionnaire.measurements:
        key = f"{keys.CONFIRM_BLANK}{measurement.id}"
        written = folded(cover.text(key))
        if measurement.confirm_blank is None or not written:
            continue
        said = confirms(written)
        if said:
            confirmed.add(measurement.id)
        if written in (_YES if said else _NO):
            continue
        code = codes.CONFIRMATION_UNREADABLE
        about = {"measurement": in_language(measurement.title, context.language)}
        if said is not None:
            code = codes.CONFIRMATION_TAKEN
            about["taken"] = translate("yes" if said else "no", context.language)
        context.findings.add(code, cover.sheet, cover.cell(key), **about)
    return frozenset(confirmed)


def _confirmations(questionnaire: Questionnaire) -> CoverSection:
    return confirm_section(questionnaire, tuple(questionnaire.measurement_by_id))


def _labels(sections: Iterable[CoverSection]) -> dict[str, str]:
    """The keys by the folded labels, in any language, that stand beside them."""
    return {
        folded(text): field.key
        for section in sections
        for field in section.fields
        for text in field.label.values()
    }


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
    labels = _labels(entity_section(kind) for kind in EntityCodes)
    lines = {labels[folded(word.text)]: word for word in words if folded(word.text) in labels}
    return lines if lines.keys() >= _ENTITY_KEYS else {}


def _entries(sheet: Sheet, lines: Mapping[str, Word]) -> dict[str, CoverEntry]:
    """Right of each key stands its label, then its entry; right of a label, the entry."""
    at = _entry_column(sheet, lines)
    return {
        key: CoverEntry(text, reference(word.row, at))
        for key, word in lines.items()
        if (text := _text(sheet.cells.get((word.row, at))))
    }


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
    if cell is None or is_blank(cell):
        return ""
    return plain(cell) if cell.kind is CellKind.TEXT else read_remark(cell).value or ""
