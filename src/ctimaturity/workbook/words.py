"""Words of the workbook in every language of the catalogue."""

from __future__ import annotations

from functools import cache

from ctimaturity.language.catalogue import LANGUAGES, translate


@cache
def words(message: str) -> dict[str, str]:
    """A message of the catalogue by language, like a text of a definition."""
    return {language: translate(message, language) for language in LANGUAGES}
