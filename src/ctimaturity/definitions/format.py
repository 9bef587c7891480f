"""The format itself, looked at from outside: which type stands where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from ctimaturity.model.text import bare, is_text

if TYPE_CHECKING:
    from ctimaturity.files.yaml import Path, Value


def type_at(annotation: Any, path: Path) -> Any:
    """The type of what stands at a path below something of another type; None where nothing can stand."""
    for step in path:
        annotation = _below(annotation, step)
    return annotation


def keys_of(model: Any) -> list[str]:
    """The keys a mapping of that type may have; empty when it is no model."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def texts(value: Value, annotation: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Value]]]:
    """All texts by language that were written, with their paths."""
    if is_text(annotation):
        if isinstance(value, dict):
            yield path, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from texts(entry, _below(annotation, key), (*path, key))
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            yield from texts(entry, _below(annotation, position), (*path, position))


def _below(annotation: Any, step: str | int) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field for name, field in annotation.model_fields.items()}
        return bare(fields[step].annotation) if isinstance(step, str) and step in fields else None
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return bare(arguments[0])
    return bare(arguments[1]) if get_origin(annotation) is dict else None
