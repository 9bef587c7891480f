"""What a workbook is made of: what may be chosen, and what it is filled with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.entity import Entity
    from ctimaturity.model.response import EntityAnswers


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


@dataclass(frozen=True, slots=True)
class RespondentMarks:
    """What one respondent answered.

    Attributes:
        segment: Id of the segment; empty when it was not said.
        marks: By item id: code of an option, or of don't know; an item that is missing was left blank.
    """

    segment: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What a workbook is filled with.

    Attributes:
        answers: The entity's answers; tallies fill the `counts` form.
        marks: Respondents by measurement id; they fill the `list` and `grid` forms.
        cover: Entries of the cover by key.
        previous: What was answered the round before, as it is shown: by item id and id of the entry.
    """

    answers: EntityAnswers | None = None
    marks: Mapping[str, Sequence[RespondentMarks]] = field(default_factory=lambda: MappingProxyType({}))
    cover: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    previous: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
