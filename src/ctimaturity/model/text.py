"""Texts in several languages."""

from __future__ import annotations

import unicodedata
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, StringConstraints

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=False)]


def composed(text: str) -> str:
    """A text in NFC: the same letters are the same characters, and give the same hash."""
    return unicodedata.normalize("NFC", text)


def _all_composed(texts: dict[str, str]) -> dict[str, str]:
    return {language: composed(text) for language, text in texts.items()}


Text = Annotated[dict[Language, Sentence], AfterValidator(_all_composed)]
"""A text by language, such as `{es: Cumple, en: Complies}`, in NFC."""


def in_language(text: dict[str, str] | None, language: str) -> str:
    """The text in a language, else in the first there is; empty without a text."""
    if not text:
        return ""
    return text.get(language) or next(iter(text.values()))


def is_text(annotation: Any) -> bool:
    """Whether a type is a text by language, perhaps optional."""
    inner = bare(annotation)
    return get_origin(inner) is dict and get_args(inner) == (Language, Sentence)


def are_texts(annotation: Any) -> bool:
    """Whether a type is a text by language, or a list or a table of them, perhaps optional."""
    inner = bare(annotation)
    if get_origin(inner) is tuple:
        return is_text(get_args(inner)[0])
    return is_text(inner) or (get_origin(inner) is dict and is_text(get_args(inner)[1]))


def bare(annotation: Any) -> Any:
    """A type without what is said about it, and without None."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return bare(next(kind for kind in get_args(annotation) if kind is not type(None)))
    return annotation
