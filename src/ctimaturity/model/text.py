"""Texts in several languages."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=False)]


def _composed(texts: dict[str, str]) -> dict[str, str]:
    return {language: unicodedata.normalize("NFC", text) for language, text in texts.items()}


Text = Annotated[dict[Language, Sentence], AfterValidator(_composed)]
"""A text by language, such as `{es: Cumple, en: Complies}`, in NFC."""


def in_language(text: dict[str, str] | None, language: str) -> str:
    """The text in a language, else in the first there is; empty without a text."""
    if not text:
        return ""
    return text.get(language) or next(iter(text.values()))
