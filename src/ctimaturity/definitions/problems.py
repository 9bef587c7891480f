"""What Pydantic finds wrong with a definition, as findings with places."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.format import keys_of, type_at
from ctimaturity.definitions.source import Source, child
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import Path, Value

if TYPE_CHECKING:
    from pydantic import BaseModel
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


def report_problem(
    source: Source, problem: ErrorDetails, model: type[BaseModel] = QuestionnaireDocument
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


def _unknown_key(source: Source, path: Path, model: type[BaseModel]) -> None:
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
