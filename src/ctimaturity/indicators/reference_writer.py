"""Reference files on the way out: YAML with the name of each indicator beside its range, or a table."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from ctimaturity.files.csv import table_bytes
from ctimaturity.language.catalogue import translate
from ctimaturity.model.number import decimal_text
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.rule import Direction
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.files.csv import Value
    from ctimaturity.indicators.reference_record import RangeRecord, ReferenceRecord
    from ctimaturity.model.questionnaire import Questionnaire

_HEADS = (
    "Reference ranges of result indicators. docs/indicators.md tells what each line means.",
    "cuts are the points between one mark and the next, from the smallest to the largest.",
    "direction is needed where the questionnaire leaves it open; docs call it ambiguous.",
)


def yaml_bytes(record: ReferenceRecord, questionnaire: Questionnaire, language: str) -> bytes:
    """A record as YAML, with comments in a language."""
    return "".join(f"{line}\n" for line in _lines(record, questionnaire, language)).encode()


def _lines(record: ReferenceRecord, questionnaire: Questionnaire, language: str) -> Iterator[str]:
    for head in _HEADS:
        yield f"# {translate(head, language)}"
    yield f"id: {_text(record.id)}"
    yield f"version: {_text(record.version)}"
    yield f"questionnaire: {_text(record.questionnaire)}"
    for key, texts in (("title", record.title), ("note", record.note)):
        if texts:
            yield f"{key}:"
            yield from (f"  {tongue}: {_text(text)}" for tongue, text in texts.items())
    if record.example:
        yield "example: true"
    if record.calibration is not None:
        yield "calibration:"
        yield f"  method: {record.calibration.method}"
        yield f"  entities: {record.calibration.entities}"
        inputs = record.calibration.inputs
        yield "  inputs:" if inputs else "  inputs: {}"
        yield from (f"    {_text(name)}: {digest}" for name, digest in sorted(inputs.items()))
    yield "ranges:"
    for one in record.ranges:
        yield from _range(one, questionnaire, language)


def _range(one: RangeRecord, questionnaire: Questionnaire, language: str) -> Iterator[str]:
    item = questionnaire.item_by_id[one.item]
    yield f"  # {' '.join(in_language(item.text, language).split())}"
    yield f"  - item: {one.item}"
    if one.grouping:
        yield f"    grouping: {_text(one.grouping)}"
        yield f"    group: {_text(one.group)}"
    if one.unit:
        yield f"    unit: {_text(one.unit)}"
    known = one.direction is not None and one.direction is not Direction.AMBIGUOUS
    yield f"    direction: {one.direction.value}" if known and one.direction else "    direction:"
    if item.unit != YES_NO:
        yield f"    cuts: [{', '.join(map(decimal_text, one.cuts))}]" if one.cuts else "    cuts:"
    yield f"    side: {one.side}"
    yield f"    source: {_text(one.source)}" if one.source else "    source:"
    yield f"    year: {one.year}" if one.year else "    year:"
    if one.sample is not None:
        yield f"    sample: {one.sample}"


def _text(text: str) -> str:
    """A text in quotation marks, as JSON and YAML alike read it."""
    return json.dumps(text, ensure_ascii=False)


def csv_bytes(record: ReferenceRecord, questionnaire: Questionnaire, language: str) -> bytes:
    """A record as a table with a row for each range. How it was calibrated has no place in a table."""
    marks = max(
        len(questionnaire.scales[measurement.range_scale].options)
        for measurement in questionnaire.indicators.values()
        if measurement.range_scale
    )
    texts = [(key, tongue) for key in ("title", "note") for tongue in getattr(record, key)]
    header = (
        *("item", "name", "grouping", "group", "unit", "direction"),
        *(f"cut_{number}" for number in range(1, marks)),
        *("side", "source", "year", "sample", "id", "version", "questionnaire", "example"),
        *(f"{key}_{tongue}" for key, tongue in texts),
    )

    def rows() -> Iterator[tuple[Value, ...]]:
        whole = (record.id, record.version, record.questionnaire, "true" if record.example else "false")
        said = tuple(getattr(record, key)[tongue] for key, tongue in texts)
        for one in record.ranges:
            name = in_language(questionnaire.item_by_id[one.item].text, language)
            open_ = one.direction is None or one.direction is Direction.AMBIGUOUS
            cuts = [*map(Decimal, map(decimal_text, one.cuts)), *(None,) * (marks - 1 - len(one.cuts))]
            direction = "" if open_ or one.direction is None else one.direction.value
            yield (
                *(one.item, name, one.grouping, one.group, one.unit, direction),
                *cuts,
                *(one.side, one.source, one.year, one.sample),
                *whole,
                *said,
            )

    return table_bytes(header, rows())
