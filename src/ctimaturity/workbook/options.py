"""What may be chosen when a workbook is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctimaturity.model.entity import Entity


class Perception(StrEnum):
    """How a workbook asks what many respondents answer."""

    LIST = "list"
    GRID = "grid"
    COUNTS = "counts"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TemplateOptions:
    """What may be chosen when a workbook is made.

    Attributes:
        language: Of all its texts: `es` or `en`.
        parts: Ids of the measurements in it, in any order; all when empty.
        perception: The form of measurements that respondents answer.
        respondents: Rows of the `grid` form.
        entity: Who answers; without one the workbook has all items and the cover asks.
        round: Label of the round; the cover asks when empty.
        contact: Whom to ask in the ministry; the cover leaves the line open when empty.
        previous: Label of the round whose answers are shown beside the empty cells, which may be empty;
            None for none.
    """

    language: str = "es"
    parts: tuple[str, ...] = ()
    perception: Perception = Perception.LIST
    respondents: int = 200
    entity: Entity | None = None
    round: str = ""
    contact: str = ""
    previous: str | None = None
