"""Offending values made safe to show."""

from __future__ import annotations

import re
import sys
import unicodedata

LONGEST = 60
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
# Dates, spans of years and numbers in thousands are no telephones, which never come in groups of three alone.
_NO_PHONE = r"(?:19|20)\d\d-(?:[01]\d-[0-3]\d|(?:19|20)\d\d)(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\w.-])"
_PHONE = re.compile(rf"(?<![\w.,-])(?!{_NO_PHONE})\+?\d(?:[\s().-]?\d){{6,14}}(?![\w-])")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(text: str) -> str:
    r"""Write control, format and bidirectional characters as `\x1b` or `\u202e`."""
    if text.isprintable():
        return text
    return "".join(character if is_seen(character) else _escape(character) for character in text)


def as_it_was(shown: str) -> str:
    """What `visible` was given; what it never writes stays, so that a backslash is still one."""
    return _ESCAPE.sub(_unescape, shown)


def _unescape(escape: re.Match[str]) -> str:
    number = int(escape[escape.lastindex or 0], 16)
    character = chr(number) if 0 < number <= sys.maxunicode else ""
    return (
        character if character and _escape(character) == escape[0] and not is_seen(character) else escape[0]
    )


def is_seen(character: str) -> bool:
    """Whether people see a character, and nothing else is done by it."""
    return unicodedata.category(character) not in _UNSEEN


def _escape(character: str) -> str:
    number = ord(character)
    if number < 1 << 8:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 1 << 16 else f"\\U{number:08x}"


def quoted(value: object) -> str:
    """A value from an answer cell, ready for a message.

    Mail addresses and phone numbers are masked, control characters made visible and the
    whole cut at 60 characters.
    """
    text = _PHONE.sub("[tel.]", _MAIL.sub("[@]", str(value)[:400]))
    shown = visible(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
