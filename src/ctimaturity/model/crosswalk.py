"""From one edition to another: which items are the same construct, and what becomes of each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ctimaturity.model.text import Text


@dataclass(frozen=True, slots=True)
class Link:
    """Two things of two editions.

    Attributes:
        old: Id of an item of the earlier edition; of a near one perhaps of a node.
        new: Id of an item of the later edition.
        note: What tells them apart.
    """

    old: str
    new: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ScaleLink:
    """How answers on a scale of the earlier edition read on one of the later.

    Attributes:
        old, new: Ids of the scales.
        options: By code of an old option the code of the new one; what is missing has no equal.
    """

    old: str
    new: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """From one edition of an instrument to another.

    Attributes:
        id: Of the instrument.
        old, new: The editions.
        same: Items that are the same construct.
        near: Items that are like an item or node of the other edition, but not the same.
        scales: How answers may be rescaled; nothing else may be.
        notes: What a reader should know.
    """

    id: str
    old: str
    new: str
    same: tuple[Link, ...]
    near: tuple[Link, ...]
    scales: tuple[ScaleLink, ...]
    notes: tuple[Text, ...]


class Fate(StrEnum):
    """What becomes of an answer."""

    CARRIED = "carried"
    """It means the same, and stands as it was."""
    RESCALED = "rescaled"
    """It is said on another scale, as the crosswalk says."""
    LEFT_OUT = "left-out"
    """It does not mean the same any more, or is not asked."""
    NEW = "new"
    """Nothing that was answered says it."""


class Why(StrEnum):
    """Why an answer is left out, or is to be looked at."""

    NONE = ""
    NOT_ASKED = "not-asked"
    """The other definition does not ask it."""
    NEAR = "near"
    """The crosswalk calls the two items near, not the same."""
    SCALE = "scale"
    """It is answered on another scale, and nothing says how the two relate."""
    UNIT = "unit"
    """The value would be in another unit."""
    REASON = "reason"
    """The reason that was given is none of the other definition."""
    POLICY = "policy"
    """The other definition does not take such an answer."""
    ENTITY = "entity"
    """It cannot exist for the type of entity."""
    SEGMENT = "segment"
    """The other definition does not have the respondent's segment."""
    UNREADABLE = "unreadable"
    """It could not be read for certain in the first place."""
    REWORDED = "reworded"
    """Carried, but the words of the question have changed."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of one answer, or of one cell of it.

    Attributes:
        item: Id in the new definition; of what is left out, in the old one where the new one lacks it.
        fate: What became of it.
        source: Id in the old definition; empty for what is new without a near item.
        part: `value`, `criterion`, `own_mark` of an indicator; empty for the whole answer.
        why: Why it is left out or should be looked at.
        count: How many answers this stands for: 1, or those of respondents.
    """

    item: str
    fate: Fate
    source: str = ""
    part: str = ""
    why: Why = Why.NONE
    count: int = 1
