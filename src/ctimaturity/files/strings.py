"""The table of texts that a workbook's cells share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import unescape
from ctimaturity.files.limits import Refusal
from ctimaturity.files.xml import TRUE, Handlers, spreadsheet_names

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits

_NAMES = spreadsheet_names("sst", "si", "r", "t", "rPh", "strike")
_HEAD = re.compile(
    rb'(?:<\?xml version="1.0" encoding="(?:UTF|utf)-8"[^<>]*\?>\s*)?<sst [^<>]*(?<!/)>',
)
_TAIL = b"</sst>"
_CHARACTERS = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_ENTRY = re.compile(
    r'<si><t(?: xml:space="preserve")?+>'
    rf"({_CHARACTERS}(?:&(?:amp|lt|gt|quot|apos);{_CHARACTERS})*+)</t>"
)
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


class StruckText(str):
    """A text of which a part is crossed out."""

    __slots__ = ()


class _StringsHandlers(Handlers):
    """Joins the runs of each text; what only says how to pronounce it (`rPh`) is left out."""

    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._run_struck = False
        self._struck = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _NAMES.get(name)
        self.depth += 1
        if tag == "t":
            self._in_text = not self._phonetic
        elif tag == "si":
            self._pieces, self._struck = [], False
        elif tag == "r":
            self._run_struck = False
        elif tag == "strike":
            self._run_struck = attributes.get("val", "1") in TRUE
        elif tag == "rPh":
            self._phonetic += 1
        if self.depth == 1 and tag != "sst":
            raise Refusal(codes.PART_STRANGE, part=self.part)
        if self.depth > self.limits.depth:
            raise self.too_deep()

    def end(self, name: str) -> None:
        tag = _NAMES.get(name)
        self.depth -= 1
        if tag == "t":
            self._in_text = False
        elif tag == "r":
            self._run_struck = False
        elif tag == "si":
            self._finish()
        elif tag == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)
            self._struck = self._struck or (self._run_struck and not text.isspace())

    def _finish(self) -> None:
        text = unescape("".join(self._pieces))
        if len(text) > self.limits.string_length:
            raise Refusal(codes.TEXT_TOO_LONG, limit=self.limits.string_length)
        if len(self.strings) == self.limits.strings:
            raise Refusal(codes.TOO_MANY_ENTRIES, part=self.part, limit=self.limits.strings)
        self.strings.append(StruckText(text) if self._struck else text)


def read_strings(data: bytes, part: str, limits: Limits) -> list[str]:
    """The shared texts by their number; how many the part says it has is not believed.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    return _by_grammar(data, part, limits) or _parse(data, part, limits)


def _parse(data: bytes, part: str, limits: Limits) -> list[str]:
    handlers = _StringsHandlers(part, limits)
    handlers.parse(data)
    return handlers.strings


def _by_grammar(data: bytes, part: str, limits: Limits) -> list[str]:
    """Entries of one run, as nearly all are, by a grammar and only the others by the parser.

    As with plain rows (`rows.py`), where anything is not certain all of them are for the parser,
    and the list is empty.
    """
    head = _HEAD.match(data)
    entries = _entries(data[head.end() :], limits) if head else []
    strings = [_plain(entry) for entry in entries]
    others = [number for number, text in enumerate(strings) if text is None]
    if not head or not all(_is_one(entries[number]) for number in others):
        return []
    inside = "".join(f"{entries[number]}</si>" for number in others)
    try:
        parsed = _parse(head[0] + inside.encode() + _TAIL, part, limits)
    except Refusal:
        return []  # the parser will say where in the whole of it
    if len(parsed) == len(others):
        for number, text in zip(others, parsed, strict=True):
            strings[number] = text
    found = [text for text in strings if text is not None and len(text) <= limits.string_length]
    return found if len(found) == len(entries) else []


def _entries(data: bytes, limits: Limits) -> list[str]:
    """What stands before each `</si>`; nothing where that is not all there is."""
    if not data.endswith(_TAIL) or data.count(b"</si>") > limits.strings:
        return []
    try:
        *entries, rest = data.removesuffix(_TAIL).decode().split("</si>")
    except UnicodeDecodeError:
        return []
    return [] if rest else entries


def _plain(entry: str) -> str | None:
    """The text of an entry of one run; None where the entry is of another form."""
    match = _ENTRY.fullmatch(entry)
    if match is None:
        return None
    text = match[1]
    if "&" in text:
        for reference, character in _REFERENCES:
            text = text.replace(reference, character)
    return unescape(text)


def _is_one(entry: str) -> bool:
    """Whether what stands before `</si>` is the beginning and inside of that one entry."""
    return entry.startswith("<si>") and entry.count("<si") == 1 and "<!" not in entry and "<?" not in entry
