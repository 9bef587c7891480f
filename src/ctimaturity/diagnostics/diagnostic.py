"""A finding: what was found, where, and what to do about it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.diagnostics.code import Code

Parameter = str | int | float


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. It carries its parameters; the words are chosen when it is shown.

    Attributes:
        code: The kind of finding, with its severity and texts.
        location: Where it is.
        parameters: What fills the fields of the code's texts.
        value: The offending value, quoted only from answer cells and already made safe
            (`quoted`); empty otherwise.
    """

    code: Code
    location: Location = field(default_factory=Location)
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    value: str = ""

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return self.code.severity

    def in_file(self, file: str) -> Diagnostic:
        """The same finding placed in a file."""
        return replace(self, location=replace(self.location, file=file))

    def as_given(self, given: Mapping[str, str]) -> Diagnostic:
        """The finding with the paths that the user gave, so that what it says to run can be run.

        Args:
            given: These paths by the names that files have in findings.
        """
        commands = {shlex.quote(name): shlex.quote(path) for name, path in given.items()}
        parameters = {
            name: commands.get(str(value), value) if name == "file" else value
            for name, value in self.parameters.items()
        }
        place = given.get(self.location.file, self.location.file)
        return replace(self, parameters=parameters).in_file(place)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, sheet, row and column, then code; the same finding counts once."""
    unique: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        key = (
            diagnostic.location.sort_key,
            diagnostic.location.cell,
            diagnostic.code.id,
            tuple(sorted((name, str(value)) for name, value in diagnostic.parameters.items())),
        )
        unique.setdefault(key, diagnostic)
    return tuple(unique[key] for key in sorted(unique, key=lambda key: (key[0], key[2], key[1], key[3])))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
