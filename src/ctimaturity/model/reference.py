"""Reference ranges: what value of an indicator is worth which mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ctimaturity.model.entity import Entity
from ctimaturity.model.rule import Direction

_DIGITS = 12
"""Of a hash, where people read it."""
ENTITY_TYPE = "entity_type"
"""The grouping that every entity has; all others are columns of the entity list."""


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """The cut points of one indicator, for everybody or for one group.

    Attributes:
        item: Id of the indicator.
        direction: Which way it improves; `ambiguous` cannot be marked.
        cuts: Not decreasing, one fewer than there are marks; a value on a cut gets the better mark.
        worse_on_cut: A value on a cut gets the worse mark instead.
        yes_no: Values are 1 (yes) and 0 (no), worth the highest and the lowest mark; no cuts.
        grouping: The column of the entity list that `group` is a value of; empty for everybody.
        group: The value of that column.
        unit: Id of the unit of the cut points.
        source: Where the cut points come from, in words.
        year: Which year they describe.
        sample: How many entities they were calibrated on; None when they were written by hand.
    """

    item: str
    direction: Direction
    cuts: tuple[Decimal, ...] = ()
    worse_on_cut: bool = False
    yes_no: bool = False
    grouping: str = ""
    group: str = ""
    unit: str = ""
    source: str = ""
    year: int | None = None
    sample: int | None = None

    def mark(self, value: Fraction, marks: int) -> int | None:
        """The mark of a value, decided exactly: how many cuts it has reached.

        Args:
            value: Of the indicator.
            marks: How many marks there are.

        Returns:
            0 for the lowest mark, `marks` - 1 for the highest; None when the value cannot be marked.
        """
        if self.direction is Direction.AMBIGUOUS:
            return None
        turned = self.direction is Direction.LOWER
        if self.yes_no:
            if value not in {0, 1}:
                return None
            return marks - 1 if (value == 1) is not turned else 0
        if len(self.cuts) != marks - 1:
            return None
        cuts = [Fraction(cut) for cut in self.cuts]
        beyond = sum(value < cut if turned else value > cut for cut in cuts)
        return beyond + (0 if self.worse_on_cut else cuts.count(value))


@dataclass(frozen=True)
class Reference:
    """A set of reference ranges; those of an entity's group come before those for everybody.

    Attributes:
        ranges: In the order of the file.
        id, version: What outputs call it.
        example: Invented, to show how it is done; outputs say so.
        digest: SHA-256 of the canonical file; empty until it is known.
    """

    ranges: tuple[ReferenceRange, ...]
    id: str = ""
    version: str = ""
    example: bool = False
    digest: str = ""

    @property
    def name(self) -> str:
        """Id and version."""
        return f"{self.id} {self.version}".strip()

    @property
    def cited(self) -> str:
        """Id and version with the begin of the hash, as outputs cite it."""
        return f"{self.name} ({self.digest[:_DIGITS]})"

    @property
    def groupings(self) -> tuple[str, ...]:
        """The columns of the entity list that some range depends on, sorted."""
        return tuple(sorted({cuts.grouping for cuts in self.ranges} - {""}))

    @cached_property
    def _by_item(self) -> dict[str, list[ReferenceRange]]:
        by_item: dict[str, list[ReferenceRange]] = {}
        for cuts in sorted(self.ranges, key=lambda cuts: not cuts.grouping):
            by_item.setdefault(cuts.item, []).append(cuts)
        return by_item

    def range_for(self, item: str, entity: Entity) -> ReferenceRange | None:
        """The range that holds for an indicator of an entity; None when it is not covered."""
        return next(self._holding(item, entity), None)

    def group_ranges(self, item: str, entity: Entity) -> tuple[ReferenceRange, ...]:
        """The ranges of all groups that hold for an indicator of an entity; only the first of them counts."""
        return tuple(cuts for cuts in self._holding(item, entity) if cuts.grouping)

    def _holding(self, item: str, entity: Entity) -> Iterator[ReferenceRange]:
        for cuts in self._by_item.get(item, ()):
            if not cuts.grouping or group_of(entity, cuts.grouping) == cuts.group:
                yield cuts


def group_of(entity: Entity, grouping: str) -> str:
    """The group of an entity; empty when it has none."""
    return entity.type if grouping == ENTITY_TYPE else entity.groups.get(grouping, "")
