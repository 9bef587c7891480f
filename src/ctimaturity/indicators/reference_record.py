"""What a reference file says, checked, and the one way to write it down."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from ctimaturity.model.number import Flag, Number, Whole
from ctimaturity.model.questionnaire import Version
from ctimaturity.model.rule import Direction, NodeId
from ctimaturity.model.text import Text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


Words = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True), AfterValidator(_composed)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Year = Annotated[Whole, Field(ge=1000, le=9999)]
WORSE = "worse"
"""The side that gives a value on a cut the worse mark."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class RangeRecord(_Record):
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


class CalibrationRecord(_Record):
    """How cuts came from a sample: the method, its size, and the SHA-256 of its files."""

    method: Literal["sd", "quantile", "goal"]
    entities: Annotated[Whole, Field(ge=0)]
    inputs: dict[str, Sha256]


class ReferenceRecord(_Record):
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
    value["ranges"] = sorted(
        value["ranges"], key=lambda each: (each["item"], each["grouping"], each["group"])
    )
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest_of(record: ReferenceRecord) -> str:
    """SHA-256 of the canonical form: comments, order and kind of file make no difference."""
    return hashlib.sha256(canonical_bytes(record)).hexdigest()
