"""The cover: what this is, who answers, how far it is, who approves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.rule import Collects
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.cover import EntryKind
from ctimaturity.workbook.identity import SHOWN_DIGITS
from ctimaturity.workbook.layout import stays_provisional
from ctimaturity.workbook.marker import COVER_MARKER
from ctimaturity.workbook.template import Perception
from ctimaturity.workbook.writing.canvas import address, height, listed, span
from ctimaturity.workbook.writing.frame import SheetProgress
from ctimaturity.workbook.writing.rules import list_prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.workbook.cover import CoverField, CoverSection
    from ctimaturity.workbook.layout import AnswerSheet, Layout
    from ctimaturity.workbook.template import Content
    from ctimaturity.workbook.writing.canvas import Canvas

_KEY, _LABEL, _ENTRY, _NOTE = range(4)
_WIDTHS = {_KEY: 2, _LABEL: 44, _ENTRY: 46, _NOTE: 44}
_LIST_COLUMN = 6
_SQUARES = 20
"""Of the bar that shows progress."""
_LIST_ROW = 1

_NOTES = {
    keys.ENTITY_CODE: "Two digits for a gobernación, five for an alcaldía. The code decides, not the name.",
    keys.DATE: "Year, month and day, for example 2026-03-31.",
    keys.SIGNED_ACT: "The act by which the entity makes these answers its own.",
    keys.CONFIRM_BLANK: "Choose Yes only if the team has gone through all of it.",
}
_CODE_DECIDES = "The code decides, not the name."

_STYLES = {EntryKind.TEXT: "field-text", EntryKind.CHOICE: "field", EntryKind.DATE: "field-date"}

_FEW = "A list in this workbook, for ten people at most: the result is provisional."
_FORMS = {
    Perception.LIST: "A list in this workbook, for ten people at most.",
    Perception.GRID: "A grid in this workbook, a row per person.",
    Perception.COUNTS: "Counts in this workbook, a sheet per segment.",
    Perception.NONE: "The survey is delivered as a file; this workbook does not ask it.",
}


@dataclass
class Cover:
    """The cover being drawn.

    Attributes:
        canvas: To draw on.
        layout: The whole workbook's.
        content: What it is filled with.
        definition_hash: Of the definition.
        row: The next free row.
    """

    canvas: Canvas
    layout: Layout
    content: Content
    definition_hash: str
    row: int = 0

    def draw(self, progress: Mapping[str, tuple[AnswerSheet, SheetProgress]], footer: str) -> None:
        """Draw all of it.

        Args:
            progress: By the sheets' markers, how far each is.
            footer: Left part of the printed footer.
        """
        for column, width in _WIDTHS.items():
            self.canvas.column(column, width)
        self._lists()
        self._heading()
        entity, *others = self.layout.cover
        self._section(entity)
        self._progress(progress)
        for section in others:
            self._section(section)
        self.canvas.page(footer, (self.row, _NOTE))
        self.canvas.sheet.fit_to_pages(1, 1)
        self.canvas.sheet.ignore_errors({"number_stored_as_text": span(0, _ENTRY, self.row, _ENTRY)})
        self.canvas.protect()

    def _lists(self) -> None:
        for offset, name in enumerate(("types", "confirm")):
            values = listed(self.layout.lists[name], self.layout.language)
            if values:
                self.canvas.hidden_list(name, values, _LIST_ROW, _LIST_COLUMN + offset)

    def _heading(self) -> None:
        questionnaire = self.layout.questionnaire
        self.canvas.text(0, _KEY, COVER_MARKER, "key")
        self.canvas.row(0, 8)
        for column in (_LABEL, _ENTRY, _NOTE):
            self.canvas.blank(0, column, "stripe")
        self.canvas.text(1, _LABEL, self.layout.named(questionnaire.title), "cover-title")
        self.canvas.row(1, 40)
        said = "Questionnaire of the edition {edition}, version {version}"
        edition = self.layout.say(said, edition=questionnaire.edition, version=questionnaire.version)
        self.canvas.text(2, _LABEL, edition, "subtitle")
        self.canvas.row(2, 20)
        about = self.layout.named(questionnaire.description)
        about = "\n".join(filter(None, [about, self.layout.say(_ABOUT)]))
        self.canvas.paragraph(3, (_LABEL, _NOTE), about, "paragraph")
        self.canvas.row(3, height([(about, sum(_WIDTHS.values()) - _WIDTHS[_KEY])]))
        self.row = 4

    def _section(self, section: CoverSection) -> None:
        if section.fields:
            self._title(self.layout.named(section.title))
        for field in section.fields:
            self._field(field)

    def _title(self, title: str) -> None:
        for column in (_LABEL, _ENTRY, _NOTE):
            self.canvas.blank(self.row, column, "section")
        self.canvas.text(self.row, _LABEL, title, "section")
        self.canvas.row(self.row, 32)
        self.row += 1

    def _field(self, field: CoverField) -> None:
        row, label = self.row, self.layout.named(field.label)
        value = self.content.cover.get(field.key) or self._known.get(field.key, "")
        self.canvas.text(row, _KEY, field.key, "key")
        self.canvas.text(row, _LABEL, label, "label")
        kind = field.key.partition(":")[0] + (":" if ":" in field.key else "")
        is_code = kind == keys.ENTITY_CODE and self.layout.questionnaire.coding is not EntityCodes.DIVIPOLA
        note = self.layout.say(_CODE_DECIDES if is_code else _NOTES.get(kind, ""))
        self.canvas.text(row, _NOTE, note, "note")
        texts = [(label, _WIDTHS[_LABEL]), (value, _WIDTHS[_ENTRY]), (note, 48.0)]
        self.canvas.row(row, height(texts, at_least=24))
        self.row += 1
        fixed = field.entry is EntryKind.GIVEN or (value and field.key in self._fixed)
        self.canvas.text(row, _ENTRY, value, "given" if fixed else _STYLES[field.entry])
        if not fixed and field.choices and field.choices in self.canvas.lists:
            prompt = list_prompt(self.layout, label, self.layout.lists[field.choices])
            self.canvas.choose([(row, _ENTRY, row, _ENTRY)], field.choices, prompt)

    @cached_property
    def _fixed(self) -> set[str]:
        """Keys whose entry was given when the workbook was made."""
        options = self.layout.options
        given = {
            keys.ENTITY_CODE: options.entity,
            keys.ENTITY_NAME: options.entity,
            keys.ENTITY_TYPE: options.entity,
            keys.ROUND: options.round,
            keys.CONTACT: options.contact,
        }
        return {key for key, value in given.items() if value}

    @cached_property
    def _known(self) -> dict[str, str]:
        """What is known of the entries when the workbook is made."""
        questionnaire, options, answers = self.layout.questionnaire, self.layout.options, self.content.answers
        entity = options.entity or (answers.entity if answers else None)
        titles = [self.layout.named(sheet.measurement.title) for sheet in self.layout.sheets]
        types = {choice.code: choice.shown(options.language) for choice in self.layout.lists["types"]}
        known = {
            keys.ROUND: options.round,
            keys.CONTACT: options.contact,
            keys.QUESTIONNAIRE: questionnaire.key,
            keys.VERSION: questionnaire.version,
            keys.DEFINITION: self.definition_hash[:SHOWN_DIGITS],
            keys.PARTS: ", ".join(dict.fromkeys(titles)),
            keys.LANGUAGE: options.language,
        }
        if entity is not None:
            known[keys.ENTITY_CODE] = entity.code
            known[keys.ENTITY_NAME] = entity.name
            known[keys.ENTITY_TYPE] = types.get(entity.type, "")
        for part in questionnaire.measurements:
            if part.collects is Collects.RESPONDENTS:
                few = options.perception is Perception.LIST and stays_provisional(part)
                source = self.layout.say(_FEW if few else _FORMS[options.perception])
                known[f"{keys.PERCEPTION_SOURCE}{part.id}"] = source
            if answers and any(
                answers.responses[item.id].confirmed for item in part.items if item.id in answers.responses
            ):
                known[f"{keys.CONFIRM_BLANK}{part.id}"] = self.layout.say("Yes")
        return known

    def _progress(self, progress: Mapping[str, tuple[AnswerSheet, SheetProgress]]) -> None:
        self._title(self.layout.say("Progress"))
        counted: list[tuple[int, SheetProgress]] = []
        for marker, (sheet, done) in progress.items():
            if done.total is not None:
                counted.append((self.row, done))
            self._progress_line(f"{keys.PROGRESS}{marker}", sheet.name, done)
        if len(counted) < 2:  # noqa: PLR2004  (a sum of one says nothing)
            return
        total = sum(done.total or 0 for _, done in counted)
        formula = "=" + "+".join(address(row, _ENTRY) for row, _ in counted)
        shown = sum(done.shown for _, done in counted)
        in_all = SheetProgress(formula, shown, self.layout.say("of {total}", total=total), total)
        label = self.layout.say("In all, questions to the entity")
        self._progress_line(keys.PROGRESS.rstrip(":"), label, in_all)

    def _progress_line(self, key: str, label: str, done: SheetProgress) -> None:
        self.canvas.text(self.row, _KEY, key, "key")
        self.canvas.text(self.row, _LABEL, label, "label")
        self.canvas.count(self.row, _ENTRY, done.formula, done.shown, done.phrase)
        self._bar(self.row, done.shown, done.total)
        self.canvas.row(self.row, 22)
        self.row += 1

    def _bar(self, row: int, shown: int, total: int | None) -> None:
        """Show a count also as filled and empty squares."""
        if not total:
            self.canvas.blank(row, _NOTE, "note")
            return
        squares = f"ROUND({address(row, _ENTRY)}*{_SQUARES}/{total},0)"
        filled = (2 * shown * _SQUARES + total) // (2 * total)
        formula = f'=REPT("■",{squares})&REPT("□",{_SQUARES}-{squares})'
        self.canvas.formula(row, _NOTE, formula, "■" * filled + "□" * (_SQUARES - filled), "bar")


_ABOUT = (
    "With this workbook the entity tells where it stands today. Begin with the sheet of instructions; "
    "several people may fill a sheet each. Write only in the white and the yellow cells."
)
