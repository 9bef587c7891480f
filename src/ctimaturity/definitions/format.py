"""The format itself, looked at from outside: which type stands where."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from ctimaturity.model.text import Language, Sentence

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


def is_text(annotation: Any) -> bool:
    """Whether a type is a text by language, perhaps optional."""
    bare = _bare(annotation)
    return get_origin(bare) is dict and get_args(bare) == (Language, Sentence)


def are_texts(annotation: Any) -> bool:
    """Whether a type is a text by language, or a list or a table of them, perhaps optional."""
    bare = _bare(annotation)
    if get_origin(bare) is tuple:
        return is_text(get_args(bare)[0])
    return is_text(bare) or (get_origin(bare) is dict and is_text(get_args(bare)[1]))


def _below(annotation: Any, step: str | int) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field for name, field in annotation.model_fields.items()}
        return _bare(fields[step].annotation) if isinstance(step, str) and step in fields else None
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return _bare(arguments[0])
    return _bare(arguments[1]) if get_origin(annotation) is dict else None


def _bare(annotation: Any) -> Any:
    """A type without what is said about it, and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation
