"""Words of the forms in every language of the catalogue."""

from __future__ import annotations

from functools import cache

from ctimaturity.language.catalogue import LANGUAGES, translate


@cache
def words(message: str) -> dict[str, str]:
    """A message of the catalogue by language, like a text of a definition."""
    return {language: translate(message, language) for language in LANGUAGES}


def segment_question() -> dict[str, str]:
    """What forms ask first, and what their exports have for a header."""
    return words("Which of these groups do you belong to?")


def entity_question() -> dict[str, str]:
    """What forms ask next, and what their exports have for a header."""
    return words("Which city or territory do you answer about?")


def consent() -> dict[str, str]:
    """What respondents agree to."""
    return words(
        "Answering is voluntary and anonymous. Your answers are published only as counts. "
        "Do you agree to take part?"
    )
