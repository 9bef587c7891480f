"""The words of codes and findings, from the file of each family."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctimaturity import diagnostics
from ctimaturity.diagnostics.catalogue import FAMILIES

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Diagnostic

_FOLDER = Path(diagnostics.__path__[0]) / "families"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code says, with `{parameter}` fields, or a finding, with these filled in.

    Attributes:
        message: What is wrong; no advice.
        hint: What to do about it, the mend; empty where nothing can be done.
        explanation: A paragraph for the code's page: why it matters and what the tool did.
    """

    message: str
    hint: str
    explanation: str = ""


@cache
def family(name: str) -> dict[str, dict[str, Any]]:
    """The entries of a family's file by the ids of its codes: name, severity, and texts by language.

    A family is parsed when the first of its findings is shown: some 5 ms.
    """
    with (_FOLDER / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def texts(code: Code, language: str) -> Wording:
    """What a code says in a language."""
    if code.stored is not None:
        return Wording(*code.stored)
    entry = family(FAMILIES[code.id[0]])[code.id]
    message, hint, explanation = (
        entry.get(part, {}).get(language, "") for part in ("message", "hint", "explanation")
    )
    return Wording(message, hint, explanation)


def wording(diagnostic: Diagnostic, language: str) -> Wording:
    """The message and hint of a finding, its parameters filled in."""
    said = texts(diagnostic.code, language)
    return Wording(
        message=said.message.format_map(diagnostic.parameters),
        hint=said.hint.format_map(diagnostic.parameters),
    )
