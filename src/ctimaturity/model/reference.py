"""Reference ranges: what value of an indicator is worth which mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ctimaturity.model.entity import Entity
from ctimaturity.model.rule import Direction


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """The cut points of one indicator, for everybody or for one group.

    Attributes:
        item: Id of the indicator.
        direction: Which way it improves; `ambiguous` cannot be marked.
        cuts: Increasing, one fewer than there are marks; a value on a cut gets the better mark.
        worse_on_cut: A value on a cut gets the worse mark instead.
        yes_no: Values are 1 (yes) and 0 (no), worth the highest and the lowest mark; no cuts.
        grouping: The column of the entity list that `group` is a value of; empty for everybody.
        group: The value of that column.
    """

    item: str
    direction: Direction
    cuts: tuple[Decimal, ...] = ()
    worse_on_cut: bool = False
    yes_no: bool = False
    grouping: str = ""
    group: str = ""

    def mark(self, value: Fraction, marks: int) -> int | None:
        """The mark of a value, decided exactly.

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
        return beyond + (value in cuts and not self.worse_on_cut)


@dataclass(frozen=True)
class Reference:
    """A set of reference ranges; those of an entity's group come before those for everybody."""

    ranges: tuple[ReferenceRange, ...]

    @cached_property
    def _by_item(self) -> dict[str, Sequence[ReferenceRange]]:
        found: dict[str, list[ReferenceRange]] = {}
        for each in sorted(self.ranges, key=lambda each: not each.grouping):
            found.setdefault(each.item, []).append(each)
        return dict(found)

    def range_for(self, item: str, entity: Entity) -> ReferenceRange | None:
        """The range that holds for an indicator of an entity; None when it is not covered."""
        for each in self._by_item.get(item, ()):
            if not each.grouping or _group(entity, each.grouping) == each.group:
                return each
        return None


def _group(entity: Entity, grouping: str) -> str:
    return entity.type if grouping == "entity_type" else entity.groups.get(grouping, "")
