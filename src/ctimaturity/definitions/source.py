"""The text of a definition merged from its files, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.yaml import Path, Place, Value, YamlDocument


@dataclass
class Source:
    """One mapping for the whole definition, and where each of its values stands.

    Attributes:
        value: The merged document.
        file: The file it begins with.
        diagnostics: Everything found so far.
    """

    value: Value
    file: str
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _places: dict[Path, Place] = field(default_factory=dict)
    _keys: dict[Path, Place] = field(default_factory=dict)

    def add(self, document: YamlDocument, prefix: Path = ()) -> None:
        """Take over the places and findings of a file whose document stands at `prefix`."""
        self.diagnostics += document.diagnostics
        self._places |= {(*prefix, *path): place for path, place in document.places.items()}
        self._keys |= {(*prefix, *path): place for path, place in document.keys.items()}

    def at(self, path: Path) -> Location:
        """The place of a value, else of the nearest one around it."""
        for length in range(len(path), -1, -1):
            place = self._places.get(path[:length])
            if place is not None:
                return place.location
        return Location(self.file)

    def at_key(self, path: Path) -> Location:
        """The place of the key of a value, else of the value."""
        place = self._keys.get(path)
        return place.location if place is not None else self.at(path)

    def has(self, path: Path) -> bool:
        """Whether a value is written there."""
        return path in self._places

    def report(
        self, code: Code, path: Path, parameters: Mapping[str, Parameter] | None = None, item: str = ""
    ) -> None:
        """Note a finding at the place of a value."""
        at = self.at(path)
        location = Location(at.file, line=at.line, column=at.column, item=item)
        self.diagnostics.append(Diagnostic(code, location, parameters or {}))

    def report_choice(
        self,
        codes: tuple[Code, Code],
        path: Path,
        word: str,
        allowed: Iterable[str],
        parameters: dict[str, Parameter],
    ) -> None:
        """Note that a word is none of those allowed, offering the nearest.

        Args:
            codes: The code without, and the one with a near miss.
            path: Of the word.
            word: What was written.
            allowed: What could have been.
            parameters: More fields of the messages.
        """
        choices = list(allowed)
        closest = near_miss(word, choices)
        if closest:
            self.report(codes[1], path, parameters | {"closest": closest})
        else:
            self.report(codes[0], path, parameters | {"allowed": ", ".join(choices) or "–"})


def near_miss(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that was probably meant; empty when none is near."""
    from difflib import get_close_matches

    by_folded = {choice.casefold(): choice for choice in allowed}
    close = get_close_matches(word.casefold()[:200], by_folded, n=1, cutoff=0.7)
    return by_folded[close[0]] if close else ""
