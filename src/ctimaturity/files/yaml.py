"""YAML as plain text with places: mappings, lists and strings, nothing guessed.

`NO`, `22:22`, `010`, `1.10` and `on` stay what was written; whoever validates the document converts
them. A value that is left empty, `null` or `~` is None. There are no anchors, aliases or tags, so that
a small file stays small, and every mistake that can be told apart is told with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from ctimaturity.diagnostics.code import Code

Value = dict[str, "Value"] | list["Value"] | str | None
Path = tuple[str | int, ...]
"""The keys and positions that lead to a value."""

MAX_BYTES = 4_000_000
MAX_DEPTH = 64
MAX_VALUES = 200_000
MAX_FINDINGS = 100
"""Findings of one file; what follows is more of the same."""

_NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = "\0"
_NOTHING = frozenset({"", "~", "null"})


@dataclass(frozen=True)
class YamlDocument:
    """What a file says and where.

    Attributes:
        value: The document; None when it is empty or could not be read.
        places: Where every value begins, by its path.
        keys: The same of every key of a mapping, by the path of its value.
        diagnostics: What is wrong with it as YAML.
    """

    value: Value
    places: dict[Path, Location]
    keys: dict[Path, Location]
    diagnostics: tuple[Diagnostic, ...]


def read_yaml(data: bytes, file: str) -> YamlDocument:
    """Read one document.

    Args:
        data: The bytes of the file.
        file: How findings name it.
    """
    refusal = _refusal(data, file)
    if refusal is not None:
        return YamlDocument(None, {}, {}, (refusal,))
    text = data.decode("utf-8-sig")
    builder = _Builder(file)
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.diagnostics.append(_syntax(error, text, file))
        return YamlDocument(None, builder.places, builder.keys, tuple(builder.diagnostics))
    value = None if builder.stopped else builder.value
    return YamlDocument(value, builder.places, builder.keys, tuple(builder.diagnostics))


def bounded_bytes(file: FilePath) -> bytes | None:
    """What a file holds, up to a little more than is allowed; None where there is no file to read."""
    try:
        # A pipe would be waited for; only a file is read.
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError:
        return None


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
    return events


def _refusal(data: bytes, file: str) -> Diagnostic | None:
    """What makes the bytes no text at all."""
    if len(data) > MAX_BYTES:
        return Diagnostic(codes.DEFINITION_TOO_LARGE, Location(file), {"limit": MAX_BYTES // 1_000_000})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Diagnostic(codes.YAML_NOT_UTF8, Location(file, line=data.count(b"\n", 0, error.start) + 1))
    bad = _NOT_TEXT.search(text)
    if bad is None:
        return None
    line = text.count("\n", 0, bad.start()) + 1
    column = bad.start() - text.rfind("\n", 0, bad.start())
    character = f"U+{ord(bad.group()):04X}"
    return Diagnostic(
        codes.CONTROL_CHARACTER_IN_YAML, Location(file, line=line, column=column), {"character": character}
    )


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.splitlines()
    shown = lines[line] if line < len(lines) else ""
    code, parameters = codes.YAML_SYNTAX, dict[str, int]()
    if "nesting depth" in (error.problem or ""):
        # libyaml from 0.2.6 on counts brackets while it looks ahead, before the first event.
        code, parameters = codes.TOO_DEEP, {"limit": MAX_DEPTH}
    elif "\t" in shown[: len(shown) - len(shown.lstrip())]:
        code = codes.TAB_IN_INDENTATION
    elif "mapping values are not allowed" in (error.problem or ""):
        code = codes.COLON_IN_TEXT
    elif "undefined alias" in (error.problem or ""):
        code = codes.ANCHOR_OR_ALIAS
    return Diagnostic(code, Location(file, line=line + 1, column=column + 1), parameters)


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    path: Path
    value: dict[str, Value] | list[Value]
    key: str | None = None
    awaits_value: bool = False
    skipped: int = 0


@dataclass
class _Builder:
    """Builds the document from parse events, without recursion, so that depth costs nothing."""

    file: str
    value: Value = None
    places: dict[Path, Location] = field(default_factory=dict)
    keys: dict[Path, Location] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    stopped: bool = False
    _open: list[_Open] = field(default_factory=list)
    _documents: int = 0
    _values: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False when nothing more should be read."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            return self._documents == 1 or self._stop(codes.SECOND_DOCUMENT, event)
        if isinstance(event, yaml.AliasEvent):
            self._report(codes.ANCHOR_OR_ALIAS, event)
            self._place(event, None)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            return self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
        if self._values > MAX_VALUES:
            return self._stop(codes.TOO_MANY_VALUES, event, limit=MAX_VALUES)
        return len(self.diagnostics) < MAX_FINDINGS

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._no_extras(event)
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and not parent.awaits_value:
            self._key(parent, event)
            return
        plain = event.implicit[0]
        self._place(event, None if plain and event.value in _NOTHING else event.value)

    def _key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        path = (*parent.path, event.value)
        parent.key, parent.awaits_value = event.value, True
        if path in self.keys:
            first = self.keys[path]
            self._report(codes.DUPLICATE_KEY, event, key=event.value, line=first.line or 0)
            # What the second key says is read, so that its own mistakes are told, but not kept.
            # Its path is marked with NUL, which no key of a file can hold.
            parent.skipped += 1
            parent.key = f"{event.value}{_SKIPPED}{parent.skipped}"
            return
        self.keys[path] = self._at(event)

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        self._no_extras(event)
        if len(self._open) >= MAX_DEPTH:
            return self._stop(codes.TOO_DEEP, event, limit=MAX_DEPTH)
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and not parent.awaits_value:
            return self._stop(codes.KEY_NOT_TEXT, event)
        value: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(self._place(event, value), value))
        return True

    def _place(self, event: yaml.Event, value: Value) -> Path:
        """Put a value where it belongs and note its place."""
        self._values += 1
        if not self._open:
            self.value = value
            path: Path = ()
        else:
            parent = self._open[-1]
            if isinstance(parent.value, list):
                path = (*parent.path, len(parent.value))
                parent.value.append(value)
            else:
                key = parent.key or ""
                path = (*parent.path, key)
                if _SKIPPED not in key:
                    parent.value[key] = value
                parent.awaits_value = False
        self.places[path] = self._at(event)
        return path

    def _no_extras(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if event.anchor is not None:
            self._report(codes.ANCHOR_OR_ALIAS, event)
        if event.tag is not None:
            self._report(codes.YAML_TAG, event)

    def _at(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        # The C parser marks every event; its stubs do not promise it.
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        return Location(self.file, line=line + 1, column=column + 1)

    def _report(self, code: Code, event: yaml.Event, **parameters: str | int) -> None:
        self.diagnostics.append(Diagnostic(code, self._at(event), parameters))

    def _stop(self, code: Code, event: yaml.Event, **parameters: str | int) -> bool:
        self.stopped = True
        self._report(code, event, **parameters)
        return False
