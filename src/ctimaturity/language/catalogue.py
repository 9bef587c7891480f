"""Words by language, from gettext catalogues.

The message ids are English. Each room has a catalogue of its own below
`locale/<language>/LC_MESSAGES`; all of them are one to the caller.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("es", "en")
"""What documents and messages can be written in; the first is the default of documents."""

_LOCALE = Path(__file__).parent / "locale"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the message ids themselves.

    Raises:
        ValueError: The language is not one of `LANGUAGES`.
        FileNotFoundError: The catalogues were not compiled (see CONTRIBUTING).
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    if language == "en":
        return gettext.NullTranslations()
    domains = sorted(path.stem for path in (_LOCALE / language / "LC_MESSAGES").glob("*.mo"))
    if not domains:
        raise FileNotFoundError(f"no compiled catalogue below {_LOCALE.name}/{language}")
    first, *others = (gettext.translation(domain, _LOCALE, languages=[language]) for domain in domains)
    for other in others:
        first.add_fallback(other)
    return first


def translate(message: str, language: str) -> str:
    """A message in a language; the English itself where nothing else is known."""
    return translations(language).gettext(message) if message else ""


@cache
def words(message: str) -> dict[str, str]:
    """A message in every language, like a text of a definition."""
    return {language: translate(message, language) for language in LANGUAGES}


def translate_count(singular: str, plural: str, count: int, language: str) -> str:
    """A message with the plural form that a count asks for; `{count}` stays to be filled in."""
    return translations(language).ngettext(singular, plural, count)
