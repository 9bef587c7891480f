"""Which items of two editions are the same construct, and which are only near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
