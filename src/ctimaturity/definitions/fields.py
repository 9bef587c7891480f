"""Two of the same kind of part, field by field: what differs, and whether only words do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, JsonValue

from ctimaturity.model.canonical import without_texts
from ctimaturity.model.text import are_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs.

    Attributes:
        key: Its name in the definition.
        before, after: Its values as canonical JSON has them.
        only_words: Whether everything but texts is the same.
    """

    key: str
    before: JsonValue
    after: JsonValue
    only_words: bool


def field_changes(old: BaseModel, new: BaseModel, skip: Collection[str] = ()) -> Iterator[FieldChange]:
    """The fields of two parts of one type that differ, in the order of the format.

    Args:
        old: A part.
        new: Another of its type.
        skip: Names of fields that are compared elsewhere.
    """
    for name, field in type(new).model_fields.items():
        if name in skip:
            continue
        before, after = _written(old, name), _written(new, name)
        if before == after:
            continue
        words = are_texts(field.annotation)
        if not words:
            bare = without_texts(getattr(old, name), before), without_texts(getattr(new, name), after)
            words = bare[0] == bare[1]
        yield FieldChange(field.alias or name, before, after, words)


def _written(part: BaseModel, name: str) -> JsonValue:
    """A field as canonical JSON has it; None where it is unsaid."""
    written: JsonValue = part.model_dump(mode="json", by_alias=False, include={name}).get(name)
    return written
