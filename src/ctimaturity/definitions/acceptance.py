"""Warnings that the author of a definition has accepted, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.definitions.document import AcceptanceDocument
    from ctimaturity.definitions.source import YamlSource
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files.yaml import Path, Value
    from ctimaturity.model.text import Text

EVERYTHING = "*"
"""What an acceptance without ids is for."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A warning, and why it stands."""

    diagnostic: Diagnostic
    reason: Mapping[str, str]


def accept(
    diagnostics: Iterable[Diagnostic], acceptances: Iterable[AcceptanceDocument], source: YamlSource
) -> tuple[list[Diagnostic], list[Accepted]]:
    """Part findings into those that stand and those that were accepted.

    An acceptance is for a code and for what its ids name: an item, a node or measurement with all
    that is below it, a scale or another entry. What it accepts nothing of is a finding of its own.
    """
    above = _ids_above(source.value)
    open_findings: list[Diagnostic] = []
    accepted: list[Accepted] = []
    rules: dict[Path, tuple[str, str, Text]] = {
        ("accepted", position, *(() if name == EVERYTHING else ("of", at))): (rule.code, name, rule.reason)
        for position, rule in enumerate(acceptances)
        for at, name in enumerate(rule.of or (EVERYTHING,))
    }
    used: set[Path] = set()
    for diagnostic in diagnostics:
        item = diagnostic.location.item
        names = {EVERYTHING, item, *above.get(item, ())}
        matching = {
            path: reason
            for path, (code, name, reason) in rules.items()
            if code == diagnostic.code.id and name in names
        }
        if diagnostic.severity is not Severity.WARNING or not matching:
            open_findings.append(diagnostic)
            continue
        used |= matching.keys()
        accepted.append(Accepted(diagnostic, next(iter(matching.values()))))
    for path, (code, name, _) in rules.items():
        if path not in used:
            source.report(codes.ACCEPTANCE_WITHOUT_USE, path, {"code": code, "of": name})
            open_findings.append(source.diagnostics[-1])
    return open_findings, accepted


def _ids_above(value: Value) -> dict[str, set[str]]:
    """For each id in a document the ids of what it stands in."""
    ids: dict[str, set[str]] = {}
    waiting: list[tuple[Value, frozenset[str]]] = [(value, frozenset())]
    while waiting:
        entry, above = waiting.pop()
        if isinstance(entry, dict):
            name = entry.get("id")
            if isinstance(name, str):
                ids.setdefault(name, set()).update(above)
                above |= {name}
            waiting += [(below, above) for below in entry.values()]
        elif isinstance(entry, list):
            waiting += [(below, above) for below in entry]
    return ids
