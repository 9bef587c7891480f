"""Edits of the miniature's canonical JSON, by the ids of what is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builders import mini
from ctimaturity.model.canonical import canonical_value
from ctimaturity.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable

Written = dict[str, Any]


def edited(edit: Callable[[Written], object], start: Questionnaire | None = None) -> Questionnaire:
    """The miniature (or another definition) after an edit of its canonical JSON."""
    written = canonical_value(start or mini())
    edit(written)
    return Questionnaire.model_validate(written)


def item(written: Written, name: str) -> Written:
    return next(each for each in nodes(written, "items") if each["id"] == name)


def node(written: Written, name: str) -> Written:
    return next(each for each in nodes(written, "children") if each["id"] == name)


def nodes(written: object, key: str) -> list[Written]:
    """Everything in lists under a key, anywhere."""
    found: list[Written] = []
    if isinstance(written, dict):
        for name, value in written.items():
            if name == key and isinstance(value, list):
                found += value
            found += nodes(value, key)
    elif isinstance(written, list):
        for value in written:
            found += nodes(value, key)
    return found


def put(target: Written, key: str, value: object) -> None:
    target[key] = value
