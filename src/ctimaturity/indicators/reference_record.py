"""What a reference file says, checked, and how it is written: canonically, as YAML or as a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from ctimaturity.files.csv import Value, table_bytes
from ctimaturity.language.catalogue import translate
from ctimaturity.model.canonical import json_bytes
from ctimaturity.model.number import Flag, Number, Whole, decimal_text
from ctimaturity.model.questionnaire import YES_NO, Questionnaire, Version
from ctimaturity.model.rule import Direction, NodeId
from ctimaturity.model.strict import StrictModel
from ctimaturity.model.text import Text, composed, in_language

Words = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True), AfterValidator(composed)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Year = Annotated[Whole, Field(ge=1000, le=9999)]
WORSE = "worse"
"""The side that gives a value on a cut the worse mark."""
_HEADS = (
    "Reference ranges of result indicators. docs/indicators.md tells what each line means.",
    "cuts are the points between one mark and the next, from the smallest to the largest.",
    "direction is needed where the questionnaire leaves it open; docs call it ambiguous.",
)


class RangeRecord(StrictModel):
    """One range, as it is written.

    Attributes:
        item: Id of the indicator.
        direction: Which way it improves; None for what the questionnaire says.
        cuts: From the smallest to the largest; none where they are not filled in, or for yes and no.
        side: Whether a value on a cut gets the better or the worse mark.
        unit: Id of the unit of the cuts; empty for that of the questionnaire.
        source, year: Where the cuts come from and what they describe.
        grouping, group: The column of the entity list and its value that it holds for.
        sample: How many entities it was calibrated on.
    """

    item: NodeId
    direction: Annotated[Direction, Field(strict=False)] | None = None
    cuts: Annotated[tuple[Number, ...], Field(strict=False)] = ()
    side: Literal["better", "worse"] = "better"
    unit: Words = ""
    source: Words = ""
    year: Year | None = None
    grouping: Words = ""
    group: Words = ""
    sample: Annotated[Whole, Field(ge=1)] | None = None


class CalibrationRecord(StrictModel):
    """How cuts came from a sample: the method, its size, and the SHA-256 of its files."""

    method: Literal["sd", "quantile", "goal"]
    entities: Annotated[Whole, Field(ge=0)]
    inputs: dict[str, Sha256]


class ReferenceRecord(StrictModel):
    """A whole file."""

    schema_: Annotated[Literal["1"], Field(alias="schema")] = "1"
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    version: Version
    questionnaire: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}@[A-Za-z0-9][\w.-]{0,31}$")
    ]
    title: Text = Field(default_factory=dict)
    note: Text = Field(default_factory=dict)
    example: Flag = False
    calibration: CalibrationRecord | None = None
    ranges: Annotated[tuple[RangeRecord, ...], Field(strict=False)]


def canonical_bytes(record: ReferenceRecord) -> bytes:
    """Canonical JSON: sorted keys and ranges, no spaces, numbers as decimal strings."""
    value = record.model_dump(mode="json", by_alias=True)
    value["ranges"].sort(key=itemgetter("item", "grouping", "group"))
    return json_bytes(value)


def digest_of(record: ReferenceRecord) -> str:
    """SHA-256 of the canonical form: comments, order and kind of file make no difference."""
    return hashlib.sha256(canonical_bytes(record)).hexdigest()


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
    for row in record.ranges:
        yield from _range_lines(row, questionnaire, language)


def _range_lines(row: RangeRecord, questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """A range; what has to be filled in keeps its empty key."""
    item = questionnaire.item_by_id[row.item]
    yield f"  # {' '.join(in_language(item.text, language).split())}"
    yield f"  - item: {row.item}"
    if row.grouping:
        yield f"    grouping: {_text(row.grouping)}"
        yield f"    group: {_text(row.group)}"
    if row.unit:
        yield f"    unit: {_text(row.unit)}"
    yield f"    direction: {_direction(row)}".rstrip()
    if item.unit != YES_NO:
        yield f"    cuts: [{', '.join(map(decimal_text, row.cuts))}]" if row.cuts else "    cuts:"
    yield f"    side: {row.side}"
    yield f"    source: {_text(row.source)}" if row.source else "    source:"
    yield f"    year: {row.year}" if row.year else "    year:"
    if row.sample is not None:
        yield f"    sample: {row.sample}"


def _direction(row: RangeRecord) -> str:
    """Which way an indicator improves; empty while that is open."""
    return "" if row.direction in {None, Direction.AMBIGUOUS} else str(row.direction)


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
        for row in record.ranges:
            name = in_language(questionnaire.item_by_id[row.item].text, language)
            cuts = [*map(Decimal, map(decimal_text, row.cuts)), *(None,) * (marks - 1 - len(row.cuts))]
            yield (
                *(row.item, name, row.grouping, row.group, row.unit, _direction(row)),
                *cuts,
                *(row.side, row.source, row.year, row.sample),
                *whole,
                *said,
            )

    return table_bytes(header, rows())
