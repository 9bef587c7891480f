"""What a reviewer decides on answers, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ctimaturity.model.response import Response
from ctimaturity.model.score import Index, IndexRow


class RuledPart(StrEnum):
    """What of an answer is ruled: the answer itself, or one entry of an indicator."""

    ANSWER = "answer"
    VALUE = "value"
    VALUE_BEFORE = "value_before"
    CRITERION = "criterion"
    OWN_MARK = "own_mark"


PARTS = MappingProxyType(
    {
        RuledPart.ANSWER: "respuesta",
        RuledPart.VALUE: "valor",
        RuledPart.VALUE_BEFORE: "valor del año base",
        RuledPart.CRITERION: "criterio",
        RuledPart.OWN_MARK: "marca propia",
    }
)
"""What the parts are called in a Spanish rulings file."""

HEADERS = MappingProxyType(
    {
        "entity": ("entidad", "entity"),
        "item": ("ítem", "item"),
        "part": ("parte", "part"),
        "stated": ("respuesta", "stated"),
        "ruling": ("decisión", "ruling"),
        "reason": ("motivo", "reason"),
        "by": ("revisado por", "by"),
        "date": ("fecha", "date"),
    }
)
"""The columns of a rulings file, each with its header in Spanish and in English."""


class Decision(StrEnum):
    """What came of a ruling."""

    STANDS = "stands"
    """The answer is confirmed."""
    CHANGED = "changed"
    """Another answer counts."""
    BLANK = "blank"
    """No answer counts."""
    NOT_APPLIED = "not_applied"
    """The ruling could not be applied; a finding says why."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line of a rulings file, as written.

    Attributes:
        entity: Code of the entity.
        item: Id of the item.
        part: What of it is ruled; empty for the answer, of an indicator for its mark.
        stated: The answer that the reviewer saw; empty when the file does not say.
        ruling: What the reviewer decides: that it stands, that it is set aside, or the answer that counts.
        reason: Why.
        by: Who decided.
        date: When, as written.
        line: Of the file, counted from 1.
    """

    entity: str
    item: str
    part: str = ""
    stated: str = ""
    ruling: str = ""
    reason: str = ""
    by: str = ""
    date: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling and what came of it.

    Attributes:
        ruling: The line; its part is what was ruled.
        measurement: Id of the item's measurement; empty when there is no such item.
        decision: What came of it.
        reported: The answer as the entity reported it: an option's code or a number; empty when blank.
        verified: The answer that counts.
    """

    ruling: Ruling
    measurement: str
    decision: Decision
    reported: str = ""
    verified: str = ""


@dataclass(frozen=True)
class Verification:
    """What rulings made of an assessment whose own numbers are the verified ones.

    Attributes:
        file: Name of the rulings file.
        rulings: All of them, in the order of the file.
        reported: The answers that were changed, as the entities reported them: by entity code and item id.
        index: The index of the answers as reported.
    """

    file: str
    rulings: tuple[Ruled, ...]
    index: Index
    reported: Mapping[str, Mapping[str, Response]] = field(default_factory=lambda: MappingProxyType({}))

    def row(self, code: str) -> IndexRow | None:
        """The row of an entity in the index of the answers as reported."""
        return next((row for row in self.index.rows if row.entity.code == code), None)
