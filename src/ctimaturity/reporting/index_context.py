"""What stands around an index: departments, the round before, the pages of entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.language.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.score import Index, IndexRow

COLUMNS = frozenset({"participacion", "participation"})
"""Columns of the entity list that say who takes part again."""
_NEW = frozenset({"nueva", "nuevo", "new"})
_RETURNING = frozenset({"recurrente", "returning"})


@dataclass(frozen=True)
class IndexContext:
    """What a document knows beyond its assessment.

    Attributes:
        departments: Names of departments by entity code.
        previous: Codes of the entities of the round before; None when it is not known.
        links: Addresses of entities' own pages by code, relative to the document.
        public: Whether the document may go public: it names no file and no finding.
    """

    departments: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    previous: frozenset[str] | None = None
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    public: bool = False

    def newcomers(self, index: Index) -> tuple[int, int] | None:
        """How many take part for the first time, and how many again; None when nothing says so."""
        known = [again for row in index.rows if (again := self._returns(row)) is not None]
        return (known.count(False), known.count(True)) if known else None

    def _returns(self, row: IndexRow) -> bool | None:
        if self.previous is not None:
            return row.entity.code in self.previous
        for name, value in row.entity.groups.items():
            if folded(name) in COLUMNS:
                word = folded(value)
                return False if word in _NEW else True if word in _RETURNING else None
        return None


ALONE = IndexContext()
"""Nothing is known."""
