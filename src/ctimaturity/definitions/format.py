"""The format looked at from outside: which type stands where, and what is wrong there as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ctimaturity.definitions.document import DefinitionDocument, QuestionnaireDocument
from ctimaturity.definitions.source import YamlSource, child
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import Path, Value
from ctimaturity.model.text import bare, is_text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from ctimaturity.diagnostics.code import Code

_CODES: dict[str, Code] = {
    "not_a_number": codes.NOT_A_NUMBER,
    "not_whole": codes.NOT_A_WHOLE_NUMBER,
    "not_a_flag": codes.NOT_TRUE_OR_FALSE,
    "model_type": codes.NOT_A_MAPPING,
    "model_attributes_type": codes.NOT_A_MAPPING,
    "dict_type": codes.NOT_A_MAPPING,
    "tuple_type": codes.NOT_A_LIST,
    "string_type": codes.NOT_A_TEXT,
    "string_too_short": codes.NOT_A_TEXT,
    "string_too_long": codes.DEFINITION_TEXT_TOO_LONG,
    "string_pattern_mismatch": codes.MALFORMED_ID,
}
_CLOSED_PATTERN = re.compile(r"\^\(([a-z_|]+)\)\$")
_Written = TypeVar("_Written", bound=DefinitionDocument)


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


def validated(source: YamlSource, model: type[_Written]) -> _Written | None:
    """What a source holds, as its model; None where that has mistakes, all of which go to the source."""
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        for problem in error.errors():
            report_problem(source, problem, model)
        return None


def report_problem(
    source: YamlSource, problem: ErrorDetails, model: type[BaseModel] = QuestionnaireDocument
) -> Path:
    """Note one of Pydantic's errors.

    Args:
        source: What was validated, and where its values stand.
        problem: The error.
        model: What it was validated as.

    Returns:
        The path of the value to blame, as far as it was written.
    """
    path = written_path(source.value, problem["loc"])
    if path in source.unread:
        return path
    kind = problem["type"]
    if kind == "extra_forbidden":
        _unknown_key(source, path, model)
    elif kind == "missing":
        source.report(codes.MISSING_KEY, path, {"key": str(problem["loc"][-1])}, source.owner(path))
    elif choices := _choices(path, problem, model):
        pair = (codes.UNKNOWN_VALUE, codes.MISSPELT_VALUE)
        source.report_choice(
            pair, path, str(problem["input"]), choices, {"key": _key(path)}, source.owner(path)
        )
    else:
        parameters: dict[str, str | int] = {"key": _key(path)}
        if kind == "string_too_long":
            parameters["limit"] = problem["ctx"]["max_length"]
        code = _CODES.get(kind, codes.INVALID_VALUE)
        source.report(code, path, parameters, source.owner(path))
    return path


def written_path(value: Value, loc: Path) -> Path:
    """The part of Pydantic's location that was written; the rest is missing keys and names of its own."""
    path: list[str | int] = []
    for step in loc:
        try:
            value = child(value, step)
        except KeyError:
            break
        path.append(step)
    return tuple(path)


def _unknown_key(source: YamlSource, path: Path, model: type[BaseModel]) -> None:
    key = str(path[-1])
    allowed = keys_of(type_at(model, path[:-1]))
    pair = (codes.UNKNOWN_KEY, codes.MISSPELT_KEY)
    item = source.owner(path)
    source.report_choice(pair, source.at_key(path), quoted(key), allowed, {"key": quoted(key)}, item)


def _key(path: Path) -> str:
    """How a message names a value: the last key, with the position below it."""
    words = [str(step + 1) if isinstance(step, int) else step for step in path[-2:]]
    return quoted(words[-1] if isinstance(path[-1], str) else " ".join(words))


def _choices(path: Path, problem: ErrorDetails, model: type[BaseModel]) -> list[str]:
    """The closed set of values that would have been allowed; empty where it is open."""
    if problem["type"] == "string_pattern_mismatch":
        closed = _CLOSED_PATTERN.fullmatch(problem["ctx"]["pattern"])
        return closed.group(1).split("|") if closed else []
    if problem["type"] == "literal_error":
        return re.findall(r"'?(\w+)'?", problem["ctx"]["expected"].replace(" or ", ", "))
    if problem["type"] == "enum":
        annotation = type_at(model, path)
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return [member.value for member in annotation]
    return []
