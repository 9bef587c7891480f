"""The language of the terminal: Spanish where the environment asks for it, else English."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

_LOCALE = Path(__file__).resolve().parents[1] / "language" / "locale"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

# Typer asks gettext's global domain for its own words, so ours is made the global one.
gettext.bindtextdomain("cli", str(_LOCALE))
gettext.textdomain("cli")


def terminal_language() -> str:
    """`es` when the first of the locale variables that is set starts with `es`, else `en`."""
    for name in _VARIABLES:
        value = os.environ.get(name, "")
        if value:
            return "es" if value.lower().startswith("es") else "en"
    return "en"


_catalogue = gettext.translation("cli", _LOCALE, languages=[terminal_language()], fallback=True)


def _(message: str) -> str:
    """A message in the language of the terminal."""
    return _catalogue.gettext(message) if message else ""


def counted(singular: str, plural: str, count: int) -> str:
    """A message with the plural form that the count asks for, `{count}` filled in."""
    return _catalogue.ngettext(singular, plural, count).format(count=count)
