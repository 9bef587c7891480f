"""All codes there are."""

from __future__ import annotations

from functools import cache

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code

FAMILIES = {
    "Q": "questionnaires",
    "F": "files",
    "W": "workbooks",
    "A": "answers",
    "P": "surveys",
    "R": "references",
    "E": "entities",
    "S": "scoring",
    "I": "index",
    "D": "documents",
    "O": "output",
}
"""The file of each family below `families`, by the letter of its codes."""


@cache
def all_codes() -> dict[str, Code]:
    """Every code by its id, sorted."""
    found = {value.id: value for value in vars(codes).values() if isinstance(value, Code)}
    return dict(sorted(found.items()))
