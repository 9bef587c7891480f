"""The one way to write a questionnaire down: canonical JSON, which hashes and releases are made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from pydantic import JsonValue


def canonical_json(questionnaire: Questionnaire) -> bytes:
    """Sorted keys, no spaces, UTF-8 in NFC, numbers as decimal strings, no line break at the end."""
    return json_bytes(canonical_value(questionnaire))


def canonical_value(questionnaire: Questionnaire) -> dict[str, JsonValue]:
    """The same before it is written."""
    return questionnaire.model_dump(mode="json", by_alias=True)


def json_bytes(value: JsonValue) -> bytes:
    """A value as canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def read_canonical(data: bytes, file: str = "definition.json") -> Questionnaire:
    """Read a questionnaire from its canonical JSON.

    Args:
        data: As `canonical_json` wrote it.
        file: How a finding names it.

    Raises:
        JobError: It is none, or says something else when it is written again.
    """
    try:
        questionnaire = Questionnaire.model_validate_json(data)
    except ValidationError as error:
        raise JobError([Diagnostic(codes.NOT_CANONICAL, Location(file))]) from error
    if canonical_json(questionnaire) != data:
        raise JobError([Diagnostic(codes.NOT_CANONICAL, Location(file))])
    return questionnaire
