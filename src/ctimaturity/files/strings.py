"""The table of texts that a workbook's cells share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes.packages import PART_STRANGE, TEXT_TOO_LONG, TOO_MANY_ENTRIES, XML_DEPTH
from ctimaturity.files.cell import unescape
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.xml import new_parser, parse, spreadsheet_names

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits

_NAMES = spreadsheet_names("sst", "si", "t", "rPh")
_HEAD = re.compile(
    rb'(?:<\?xml version="1.0" encoding="(?:UTF|utf)-8"[^<>]*\?>\s*)?<sst [^<>]*(?<!/)>',
)
_TAIL = b"</sst>"
_CHARACTERS = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_ENTRY = re.compile(
    r'<si><t(?: xml:space="preserve")?+>'
    rf"({_CHARACTERS}(?:&(?:amp|lt|gt|quot|apos);{_CHARACTERS})*+)"
)
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


class _StringsParser:
    """Joins the runs of each text; what only says how to pronounce it (`rPh`) is left out."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.strings: list[str] = []
        self._part = part
        self._limits = limits
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = 0
        self._depth = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        tag = _NAMES.get(name)
        self._depth += 1
        if tag == "t":
            self._in_text = not self._phonetic
        elif tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._phonetic += 1
        if self._depth == 1 and tag != "sst":
            raise Refusal(PART_STRANGE, part=self._part)
        if self._depth > self._limits.depth:
            raise Refusal(XML_DEPTH, part=self._part, limit=self._limits.depth)

    def end(self, name: str) -> None:
        tag = _NAMES.get(name)
        self._depth -= 1
        if tag == "t":
            self._in_text = False
        elif tag == "si":
            self._finish()
        elif tag == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def _finish(self) -> None:
        text = unescape("".join(self._pieces))
        if len(text) > self._limits.string_length:
            raise Refusal(TEXT_TOO_LONG, limit=self._limits.string_length)
        if len(self.strings) == self._limits.strings:
            raise Refusal(TOO_MANY_ENTRIES, part=self._part, limit=self._limits.strings)
        self.strings.append(text)


def read_strings(data: bytes, part: str, limits: Limits) -> list[str]:
    """The shared texts by their number; how many the part says it has is not believed.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    head = _HEAD.match(data)
    if head is not None and data.endswith(_TAIL):
        plain = _plain_strings(data[head.end() : -len(_TAIL)], limits)
        if plain is not None:
            _parse(head[0] + _TAIL, part, limits)
            return plain
    return _parse(data, part, limits)


def _parse(data: bytes, part: str, limits: Limits) -> list[str]:
    handlers = _StringsParser(part, limits)
    parser = new_parser(part)
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.characters
    parse(parser, data, part)
    return handlers.strings


def _plain_strings(entries: bytes, limits: Limits) -> list[str] | None:
    """Entries of one run each, as nearly all are, by a grammar; None where the parser must read them.

    As with plain rows (`rows.py`), one character beyond the grammar, or one limit broken, and all of
    them are for the parser.
    """
    try:
        *texts, rest = entries.decode().split("</t></si>")
    except UnicodeDecodeError:
        return None
    if rest or len(texts) > limits.strings:
        return None
    strings = []
    for text in texts:
        match = _ENTRY.fullmatch(text)
        if match is None:
            return None
        found = match[1]
        if "&" in found:
            for reference, character in _REFERENCES:
                found = found.replace(reference, character)
        if len(found) > limits.string_length:
            return None
        strings.append(unescape(found))
    return strings
