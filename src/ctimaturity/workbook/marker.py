"""The marks by which sheets of a questionnaire workbook are recognised, wherever they were moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COVER_MARKER = "cti:cover"
"""Stands above the keys of the cover."""

IDENTITY_SHEET = "_cti"
"""Name of the sheet that says what the workbook is."""

WORKBOOK_KIND = "questionnaire"
"""What `_cti` says a workbook to be filled in is."""

_PREFIX = "cti"


class Form(StrEnum):
    """How a sheet asks for answers."""

    ANSWERS = "answers"
    INDICATORS = "indicators"
    LIST = "list"
    GRID = "grid"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Marker:
    """What a sheet holds; written `cti:<measurement>:<form>`, for counts with `:<segment>` behind it.

    Attributes:
        measurement: Id of the measurement.
        form: How it is asked.
        segment: Id of the segment whose answers are counted (counts only).
    """

    measurement: str
    form: Form
    segment: str = ""

    def __str__(self) -> str:
        parts = [_PREFIX, self.measurement, self.form.value, self.segment]
        return ":".join(part for part in parts if part)

    @classmethod
    def read(cls, text: str) -> Marker | None:
        """The marker that a cell's text says, or nothing."""
        prefix, *parts = text.strip().split(":")
        if prefix != _PREFIX or len(parts) < 2 or parts[1] not in set(Form):  # noqa: PLR2004  (measurement, form)
            return None
        form = Form(parts[1])
        if len(parts) != (3 if form is Form.COUNTS else 2):
            return None
        return cls(parts[0], form, *parts[2:])
