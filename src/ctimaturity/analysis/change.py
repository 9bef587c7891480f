"""What changed between two rounds: for each entity, node by node, and for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.round import Round
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.score import IndexRow, NodeScore, Place


class Presence(StrEnum):
    """In which of the two rounds an entity took part."""

    RETURNING = "returning"
    NEW = "new"
    GONE = "gone"


class ChangeSource(StrEnum):
    """What a part of a change comes from, in the order in which the sources are told apart."""

    DEFINITION = "definition"
    REFERENCE = "reference"
    ANSWERS = "answers"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one item, or the definition as a whole, adds to the change of a node.

    Attributes:
        source: What changed.
        measurement: Of the item; empty for the definition.
        item: Its id; empty for the definition.
        value: In points of the node.
    """

    source: ChangeSource
    measurement: str
    item: str
    value: float


@dataclass(frozen=True, slots=True)
class NodeChange:
    """One place of one entity, before and after.

    Attributes:
        place: As it is after.
        before, after: The numbers of both rounds; None where the place was not in the definition then.
        change: After less before, in points; None where one of the two has no score.
        level_change: Levels moved; None without a level in both.
        standard_error: Sampling error of the change of a node of a survey; None where it is not known.
        distinguishable: Whether such a change is larger than its sampling error explains; None as above, and
            where it changed although everyone answered alike in both rounds, which hides how far chance goes.
        contributions: They sum to the change; empty where there is none.
    """

    place: Place
    before: NodeScore | None
    after: NodeScore | None
    change: float | None
    level_change: int | None
    standard_error: float | None = None
    distinguishable: bool | None = None
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class RankChange:
    """Why a rank changed; positive is upwards, and the three terms sum to the whole.

    Attributes:
        before, after: The published ranks.
        own: Places that the entity's own change brings among the others as they were.
        others: Places that the changes of the others bring.
        membership: Places that entering and leaving entities bring.
    """

    before: int
    after: int
    own: int
    others: int
    membership: int

    @property
    def total(self) -> int:
        """Places gained."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class ProgressRank:
    """A place in the ranking of those who advanced most; of entities ranked in both rounds."""

    rank: int
    tied: bool
    size: int


@dataclass(frozen=True)
class EntityChange:
    """One entity.

    Attributes:
        entity: As in the later round it took part in.
        presence: Returning, new or gone.
        before, after: Its rows of the two indices.
        nodes: Every place, in the order of the later definition; empty unless returning and read in both.
        rank: None unless ranked in both.
        progress: None unless ranked in both.
    """

    entity: Entity
    presence: Presence
    before: IndexRow | None
    after: IndexRow | None
    nodes: tuple[NodeChange, ...] = ()
    rank: RankChange | None = None
    progress: ProgressRank | None = None

    def node(self, measurement: str, node: str) -> NodeChange | None:
        """The change at one place."""
        return self._by_place.get((measurement, node))

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], NodeChange]:
        return {(each.place.measurement, each.place.node): each for each in self.nodes}


@dataclass(frozen=True)
class Comparison:
    """Two rounds of one edition.

    Attributes:
        before, after: The rounds.
        entities: By code.
        redefined: Whether the definition changed between them in what it scores.
    """

    before: Round
    after: Round
    entities: tuple[EntityChange, ...]
    redefined: bool

    @property
    def remarked(self) -> bool:
        """Whether indicators were marked by other reference ranges, or on another basis."""
        pair = (self.before, self.after)
        ranges = [each.reference.ranges if each.reference else () for each in pair]
        return ranges[0] != ranges[1] or self.before.index.results_basis != self.after.index.results_basis

    def of(self, presence: Presence) -> Sequence[EntityChange]:
        """The entities that returned, are new, or are gone."""
        return [each for each in self.entities if each.presence is presence]
