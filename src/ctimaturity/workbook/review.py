"""The sheet a reviewer fills: every answer with its evidence, and room for a ruling."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.model.ruling import HEADERS, PARTS, RuledPart
from ctimaturity.model.text import in_language
from ctimaturity.workbook.choice import scale_choices
from ctimaturity.workbook.entry import OF_INDICATORS, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers, Response

Line = tuple[str, ...]
_SHOWN = ("name", "question", "meaning", "evidence", "observations", "found in")
"""Columns that help the reviewer and are not read."""
_GIVEN = ("entity", "item", "part", "stated")
_ASKED = ("ruling", "reason", "by", "date")
_WIDTHS = (10, 22, 12, 14, 46, 11, 22, 40, 30, 26, 18, 40, 22, 13)
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
_LONGEST = 1000
"""Characters of evidence that a reviewer is shown."""


def review_header(language: str) -> Line:
    """The headers of the sheet, in a language; those that are read have the same meaning in any."""
    spanish = language == "es"
    name, question, meaning, evidence, observations, place = (translate(each, language) for each in _SHOWN)
    own = {column: HEADERS[column][0 if spanish else 1] for column in HEADERS}
    entity, item, part, stated = (own[column] for column in _GIVEN)
    helping = (meaning, evidence, observations, place)
    return (entity, name, item, part, question, stated, *helping, *(own[column] for column in _ASKED))


def review_lines(
    questionnaire: Questionnaire, answers: Sequence[EntityAnswers], language: str
) -> Iterator[Line]:
    """A line for each answer that somebody wrote, entity by entity, in the order of the definition.

    Blanks have nothing to rule on, nor have those that the cover turned into answers.
    """
    for each in sorted(answers, key=lambda one: one.entity.code):
        for measurement in questionnaire.measurements:
            if measurement.collects is Collects.RESPONDENTS:
                continue
            for item in measurement.items:
                response = each.responses.get(item.id)
                if response is not None and response.state is not State.BLANK and not response.confirmed:
                    yield from _lines(questionnaire, measurement, each, item, response, language)


def review_bytes(header: Line, lines: Iterator[Line]) -> bytes:
    """The sheet as a workbook; every text is a text, whatever it begins with."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "ctimaturity", "created": _CREATED})
    top = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF1EE"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    asked = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#FFF8DC"})
    sheet = book.add_worksheet()
    first_asked = len(header) - len(_ASKED)
    for column, (name, width) in enumerate(zip(header, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, top)
    row = 0
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(line):
            style = asked if column >= first_asked else text
            if cell:
                sheet.write_string(row, column, cell, style)
            else:
                sheet.write_blank(row, column, None, style)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(row, 1), len(header) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()


def _lines(
    questionnaire: Questionnaire,
    measurement: Measurement,
    answers: EntityAnswers,
    item: Item,
    response: Response,
    language: str,
) -> Iterator[Line]:
    indicator = measurement.collects is Collects.INDICATORS
    scale = questionnaire.scales[item.scale]
    not_applicable = scale.not_applicable.code if scale.not_applicable else ""
    source = response.source
    place = "!".join(part for part in (source.sheet, source.cell) if part)
    for part in OF_INDICATORS if indicator else (RuledPart.ANSWER,):
        stated = said(response, part, not_applicable)
        if not stated:
            continue
        name = PARTS[part] if language == "es" else part.value
        given = (
            answers.entity.code,
            answers.entity.name,
            item.id,
            name if indicator else "",
            in_language(item.text, language),
            stated,
            _meaning(questionnaire, measurement, item, part, stated, language),
            _evidence(response)[:_LONGEST],
            response.observation[:_LONGEST],
            f"{source.file}[{place}]" if place else source.file,
        )
        yield (*map(visible, given), *("" for _ in _ASKED))


def _evidence(response: Response) -> str:
    year = "" if response.year is None else str(response.year)
    return " · ".join(text for text in (response.reference, year, response.evidence) if text)


def _meaning(
    questionnaire: Questionnaire,
    measurement: Measurement,
    item: Item,
    part: RuledPart,
    stated: str,
    language: str,
) -> str:
    """The label of an option, or the unit of a value."""
    if part in {RuledPart.VALUE, RuledPart.VALUE_BEFORE}:
        unit = questionnaire.unit_by_id.get(item.unit or "")
        return in_language(unit.label, language) if unit else ""
    names = {RuledPart.CRITERION: measurement.criterion_scale, RuledPart.OWN_MARK: measurement.range_scale}
    scale = questionnaire.scales[names.get(part) or item.scale]
    found = (choice for choice in scale_choices(scale) if choice.code == stated)
    return next((in_language(dict(choice.labels), language) for choice in found), "")
