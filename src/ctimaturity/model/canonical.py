"""Canonical JSON, the one way to write a questionnaire down, and the hashes that name it beyond doubt."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.questionnaire import Questionnaire
from ctimaturity.model.text import are_texts

if TYPE_CHECKING:
    from pydantic import JsonValue

_NOT_SCORING = frozenset({"version", "languages"})
"""Fields of the questionnaire that are no texts and change no number either."""


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


def definition_hash(questionnaire: Questionnaire) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits: the same iff all that is said is the same."""
    return hashlib.sha256(canonical_json(questionnaire)).hexdigest()


def scoring_hash(questionnaire: Questionnaire) -> str:
    """The same without version, languages and every text: entities are ranked together iff it is equal."""
    value = without_texts(questionnaire, canonical_value(questionnaire))
    return hashlib.sha256(json_bytes(value)).hexdigest()


def without_texts(value: object, written: JsonValue) -> JsonValue:
    """Take texts out of what was written, by the types of the model and never by the names of keys.

    Args:
        value: A questionnaire, a part of it, or a value of one of its fields that is no text itself.
        written: The same as canonical JSON has it.
    """
    if isinstance(value, BaseModel) and isinstance(written, dict):
        return {
            key: without_texts(getattr(value, name), written[key])
            for name, key in _kept(type(value)).items()
            if key in written
        }
    if isinstance(value, tuple) and isinstance(written, list):
        return [without_texts(part, out) for part, out in zip(value, written, strict=True)]
    if isinstance(value, dict) and isinstance(written, dict):
        return {key: without_texts(value[key], out) for key, out in written.items()}
    return written


@cache
def _kept(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a model that matter to scoring, with their names in JSON."""
    dropped = _NOT_SCORING if model is Questionnaire else frozenset[str]()
    return {
        name: field.alias or name
        for name, field in model.model_fields.items()
        if name not in dropped and not are_texts(field.annotation)
    }
