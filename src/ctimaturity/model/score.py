"""What comes out: scores of nodes, the ranked index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.entity import Entity

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

INDEX = "index"
"""The measurement, node and kind of the overall index in tables."""
PROFILE = "profile"
"""The measurement of the combined dimensions in tables."""


class Status(StrEnum):
    """Whether an entity has an index, and whether it is ranked; the best last."""

    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    PROVISIONAL = "provisional"
    RANKED = "ranked"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entity is not ranked: a threshold that it falls short of, or what is missing.

    Attributes:
        status: What it leads to.
        rule: `missing`, `min_coverage`, `max_excluded`, `min_respondents`, `min_per_segment`,
            `max_segment_share`, `min_answers` or `refused`.
        measurement: Where.
        node: The node, item or segment that falls short; empty for the measurement.
        value: What was found; NaN where there is nothing to count.
        threshold: What is asked for.
    """

    status: Status
    rule: str
    measurement: str = ""
    node: str = ""
    value: float = float("nan")
    threshold: float = float("nan")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the score table: a node or item, the index, or a combined dimension.

    Attributes:
        measurement: Its id; `index` for the index, `profile` for a combined dimension.
        node: Its id.
        kind: `index`, `measurement`, a node's kind, or `item`.
        parent: Id of the node above it in the same measurement; `index` for a root; empty for the
            index and combined dimensions.
        scale_min, scale_max: The ends of its scale, exactly.
        titles: What people read, by language.
    """

    measurement: str
    node: str
    kind: str
    parent: str
    scale_min: Fraction
    scale_max: Fraction
    titles: Mapping[str, str]

    @property
    def is_item(self) -> bool:
        """Whether it is an item."""
        return self.kind == "item"


@dataclass(frozen=True, slots=True)
class NodeScore:
    """One entity's numbers at one place; None where there is none.

    Attributes:
        state: Of an item; empty for nodes and for statements.
        score: Unrounded, on the place's scale.
        level: 1 for the lowest level, 0 for below it; None without a score or without levels.
        coverage: In [0, 1]; None when nothing is applicable.
        low, high: The bounds of the score.
        excluded: The excluded share, in [0, 1].
        weight_effective: Share in this entity's index, in [0, 1]; None off the path.
        n: Answers; of surveys, respondents.
        staged_level: Where the definition gives one.
    """

    place: Place
    state: str
    score: float | None
    level: int | None
    coverage: float | None
    low: float | None
    high: float | None
    excluded: float | None
    weight_effective: float | None
    n: int
    staged_level: int | None


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """All numbers of all entities: arrays of shape (entities, places); NaN and -1 stand for none."""

    places: tuple[Place, ...]
    score: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    coverage: NDArray[np.float64]
    excluded: NDArray[np.float64]
    weight_effective: NDArray[np.float64]
    level: NDArray[np.int16]
    staged_level: NDArray[np.int16]
    n: NDArray[np.int64]
    state: tuple[tuple[str, ...], ...]

    def place_index(self) -> dict[tuple[str, str], int]:
        """Column by (measurement, node)."""
        return {(place.measurement, place.node): column for column, place in enumerate(self.places)}

    def at(self, row: int, column: int) -> NodeScore:
        """The numbers of one entity at one place."""
        return NodeScore(
            place=self.places[column],
            state=self.state[row][column],
            score=_number(self.score[row, column]),
            level=_whole(self.level[row, column]),
            coverage=_number(self.coverage[row, column]),
            low=_number(self.low[row, column]),
            high=_number(self.high[row, column]),
            excluded=_number(self.excluded[row, column]),
            weight_effective=_number(self.weight_effective[row, column]),
            n=int(self.n[row, column]),
            staged_level=_whole(self.staged_level[row, column]),
        )


def _number(value: float) -> float | None:
    number = float(value)
    return None if number != number else number  # noqa: PLR0124  (NaN is unlike itself)


def _whole(value: int) -> int | None:
    return None if value < 0 else int(value)


@dataclass(frozen=True, slots=True)
class GroupRank:
    """A rank within a group; `rank` is None unless the entity is ranked and the group has three or more."""

    group: str
    rank: int | None
    tied: bool
    size: int


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One entity in the index.

    Attributes:
        entity: Who.
        row: Its row in the score table.
        status: Whether it has an index, and whether it is ranked.
        reasons: Why it is not ranked; empty when it is.
        rank: Competition rank; None unless ranked.
        tied: Whether others share the rank ("2=").
        index: Unrounded; None when refused or incomplete.
        index_harmonised: On the definition's common scale; None when refused or incomplete.
        index_low, index_high: Bounds; given also when the score is withheld; None when refused.
        groups: Group ranks by the name of the grouping, `entity_type` first.
        results_basis: Bases that were used, joined by `;`.
    """

    entity: Entity
    row: int
    status: Status
    reasons: tuple[Reason, ...] = ()
    rank: int | None = None
    tied: bool = False
    index: float | None = None
    level: int | None = None
    index_low: float | None = None
    index_high: float | None = None
    coverage: float | None = None
    index_harmonised: float | None = None
    weakest: tuple[str, ...] = ()
    respondents: int = 0
    na_share: float | None = None
    dont_know_share: float | None = None
    results_basis: str = ""
    groups: Mapping[str, GroupRank] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Index:
    """The ranked index of a set of entities.

    Attributes:
        rows: In the order of `index.csv`: ranked by rank, provisional, incomplete, refused, each by code.
        table: All numbers; row `r.row` belongs to the index row `r`.
        measurements: Ids of the measurements that were scored.
        results_basis: What was asked for.
    """

    rows: tuple[IndexRow, ...]
    table: ScoreTable
    measurements: tuple[str, ...]
    results_basis: str
    groupings: tuple[str, ...]

    @cached_property
    def _columns(self) -> dict[tuple[str, str], int]:
        return self.table.place_index()

    def node(self, row: IndexRow, measurement: str, node: str) -> NodeScore:
        """The numbers of one entity at one node; KeyError when there is no such node."""
        return self.table.at(row.row, self._columns[measurement, node])
