"""The smallest instrument that ranks: two areas of equal weight, answers 1 to 3, two levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.workbook.template import Content, TemplateOptions
from ctimaturity.workbook.writer import write_workbook
from returned import who

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = """\
schema: 1
id: plain
edition: v1
version: 1.0.0
title: {en: A plain instrument}
languages: [en]
scales:
  marks:
    options:
      - {code: 1, points: 1, label: {en: Poor}}
      - {code: 2, points: 2, label: {en: Fair}}
      - {code: 3, points: 3, label: {en: Good}}
measurements:
  - id: practice
    title: {en: Practice}
    collects: answers
    blanks: worst
    rule: mean
    item_defaults: {scale: marks}
    kinds: [{id: area, rule: mean}]
    tree:
      - id: one
        title: {en: Area one}
        items:
          - {id: a, text: {en: First}, weight: 1}
          - {id: b, text: {en: Second}}
      - id: two
        title: {en: Area two}
        items:
          - {id: c, text: {en: Third}}
index:
  title: {en: The index}
  rule: mean
  weights: {practice: 1}
  harmonised: {minimum: 0, maximum: 100}
  levels:
    parts: 2
    side: lower
    names: [{name: {en: Low}}, {name: {en: High}}]
"""


def plain(*edits: tuple[str, str]) -> str:
    """The instrument with snippets replaced; each must stand in it once."""
    text = PLAIN
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


ANSWERS = {
    # Each is the marks of a, b (of one area) and c (of another).
    "05001": ("3", "1", "1"),
    "05002": ("1", "3", "2"),
}


def returned(folder: Path, definition: str, answers: dict[str, tuple[str, ...]] = ANSWERS) -> Path:
    """A folder of workbooks of a definition, one per entity."""
    questionnaire = Library().find(definition)
    folder.mkdir()
    items = list(questionnaire.item_by_id)
    for code, marks in answers.items():
        entity = who(code)
        given = {
            item: Response(State.ANSWERED, option=mark) for item, mark in zip(items, marks, strict=False)
        }
        content = Content(EntityAnswers(entity, given))
        options = TemplateOptions(language="en", entity=entity)
        digest = definition_hash(questionnaire)
        write_workbook(folder / f"{code}.xlsx", questionnaire, options, digest, content)
    return folder
