"""The text of a definition merged from its files, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import Path, Value, YamlDocument, read_yaml
from ctimaturity.language.folding import nearest

_LONGEST = 400
"""Characters of a parameter that a message shows."""
_CHOICES = 200
"""Words offered, or compared with what was written; more would help nobody."""
_NEAR_MISSES = 500
"""Findings after which near misses are no longer looked for, so that checking ends in bounded time."""


@dataclass
class YamlSource:
    """One mapping for the whole definition, and where each of its values stands.

    Attributes:
        value: The merged document.
        file: The file it begins with.
        unread: Paths whose file could not be read, which is a finding already.
        incomplete: Paths of values that are wrong and were left out; what they are missed in is not
            reported as well.
        diagnostics: Everything found so far.
    """

    value: Value
    file: str
    unread: set[Path] = field(default_factory=set)
    incomplete: set[Path] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _places: dict[Path, Location] = field(default_factory=dict)
    _keys: dict[Path, Location] = field(default_factory=dict)

    def add(self, document: YamlDocument, prefix: Path = ()) -> None:
        """Take over the places and findings of a file whose document stands at `prefix`."""
        self.diagnostics += document.diagnostics
        self._places |= {(*prefix, *path): place for path, place in document.places.items()}
        self._keys |= {(*prefix, *path): place for path, place in document.keys.items()}

    def read(self, data: bytes) -> bool:
        """Take over a file that holds one mapping; False where it does not, which has been said then."""
        document = read_yaml(data, self.file)
        self.add(document)
        self.value = document.value
        if isinstance(self.value, dict):
            return True
        if not document.diagnostics:
            self.report(codes.NOT_A_MAPPING, (), {"key": quoted(PurePath(self.file).name)})
        return False

    def at(self, path: Path) -> Location:
        """The place of a value, else of the nearest one around it.

        A value that begins in a line below its key is shown at the key, where a reader looks for it.
        """
        for length in range(len(path), -1, -1):
            place, key = self._places.get(path[:length]), self._keys.get(path[:length])
            if place is not None:
                return key if key is not None and (key.line or 0) < (place.line or 0) else place
        return Location(self.file)

    def at_key(self, path: Path) -> Location:
        """The place of the key of a value, else of the value."""
        return self._keys.get(path) or self.at(path)

    def has(self, path: Path) -> bool:
        """Whether a value is written there."""
        return path in self._places

    def owner(self, path: Path) -> str:
        """The id of the innermost thing with an id around a path; empty where there is none."""
        value = self.value
        names = [value.get("id")] if isinstance(value, dict) else []
        for step in path:
            value = child(value, step)
            if isinstance(value, dict):
                names.append(value.get("id"))
        return next((name[:64] for name in reversed(names) if isinstance(name, str)), "")

    def report(
        self,
        code: Code,
        where: Path | Location,
        parameters: Mapping[str, Parameter] | None = None,
        item: str = "",
    ) -> None:
        """Note a finding at a place, or at that of a value."""
        if isinstance(where, tuple) and any(path[: len(where)] == where for path in self.incomplete):
            return
        at = where if isinstance(where, Location) else self.at(where)
        location = Location(at.file, line=at.line, column=at.column, item=item)
        shown = {name: _cut(value) for name, value in (parameters or {}).items()}
        self.diagnostics.append(Diagnostic(code, location, shown))

    def report_choice(
        self,
        pair: tuple[Code, Code],
        where: Path | Location,
        word: str,
        allowed: Iterable[str],
        parameters: dict[str, Parameter],
        item: str = "",
    ) -> None:
        """Note that a word is none of those allowed, offering the nearest.

        Args:
            pair: The code without, and the one with a near miss.
            where: The place or the path of the word.
            word: What was written.
            allowed: What could have been.
            parameters: More fields of the messages.
            item: Id of what it is about.
        """
        choices = list(islice(allowed, _CHOICES))
        closest = nearest(word, choices) if len(self.diagnostics) < _NEAR_MISSES else ""
        if closest:
            self.report(pair[1], where, parameters | {"closest": closest}, item)
        else:
            self.report(pair[0], where, parameters | {"allowed": ", ".join(choices) or "–"}, item)


def child(value: Value, step: str | int) -> Value:
    """What stands at a key or a position of a value.

    Raises:
        KeyError: Nothing stands there.
    """
    if isinstance(value, dict) and isinstance(step, str):
        return value[step]
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    raise KeyError(step)


def _cut(value: Parameter) -> Parameter:
    """A parameter that leaves the message readable, however long a key somebody wrote."""
    return f"{value[: _LONGEST - 1]}…" if isinstance(value, str) and len(value) > _LONGEST else value
