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
from ctimaturity.workbook.column import mark_scales
from ctimaturity.workbook.entry import NUMBERS, OF_INDICATORS, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers, Response

Line = tuple[str, ...]
_COLUMNS = {
    "entity": 10, "name": 22, "item": 12, "part": 14, "question": 46, "stated": 11, "meaning": 22,
    "evidence": 40, "observations": 30, "found in": 26, "ruling": 18, "reason": 40, "by": 22, "date": 13,
}  # fmt: skip
"""The columns and their widths in characters; those that no rulings file has help the reviewer."""
_ASKED = 4
"""So many of them, at the end, the reviewer fills."""
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # so that the same answers give the same file
_LONGEST = 1000
"""Characters of evidence that a reviewer is shown."""


def review_header(language: str) -> Line:
    """The headers of the sheet, in a language; those that are read have the same meaning in any."""
    at = 0 if language == "es" else 1
    return tuple(HEADERS[name][at] if name in HEADERS else translate(name, language) for name in _COLUMNS)


def review_lines(
    questionnaire: Questionnaire, answers: Sequence[EntityAnswers], language: str
) -> Iterator[Line]:
    """A line for each answer that somebody wrote, entity by entity, in the order of the definition.

    Blanks have nothing to rule on, nor have those that the cover turned into answers.
    """
    measured = [part for part in questionnaire.measurements if part.collects is not Collects.RESPONDENTS]
    items = [(measurement, item) for measurement in measured for item in measurement.items]
    for given in sorted(answers, key=lambda given: given.entity.code):
        for measurement, item in items:
            response = given.responses.get(item.id)
            if response is not None and response.state is not State.BLANK and not response.confirmed:
                yield from _lines(questionnaire, measurement, given, item, response, language)


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
    first_asked = len(header) - _ASKED
    for column, (name, width) in enumerate(zip(header, _COLUMNS.values(), strict=True)):
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
        yield (*map(visible, given), *[""] * _ASKED)


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
    if part in NUMBERS:
        unit = questionnaire.unit_by_id.get(item.unit or "")
        return in_language(unit.label, language) if unit else ""
    scale = questionnaire.scales[mark_scales(measurement).get(part, item.scale)]
    labels = {choice.code: choice.labels for choice in scale_choices(scale)}
    return in_language(dict(labels[stated]), language) if stated in labels else ""
