"""What a compiled questionnaire consists of: places, and how each is made from its parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.rule import CoverageThreshold, Levels, UpperThreshold
    from ctimaturity.model.score import Place

UNWEIGHTED = frozenset({Rule.STAGED, Rule.PRODUCT, Rule.MIN, Rule.MAX, Rule.MEDIAN})
"""Rules that ignore weights: every part counts 1 in coverage and shares."""
LINEAR = frozenset({Rule.MEAN, Rule.SUM, Rule.POINTS_SHARE})
"""Rules that are quotients of weighted sums."""


class RescaleKind(Enum):
    """How a part is brought to the common scale."""

    LINE = "line"
    LOGARITHM = "logarithm"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Rescale:
    """A part brought from its own ends to common ones; values outside move to the nearer end.

    Attributes:
        own: The ends on the part's own scale; of a logarithm as it is answered.
        common: The ends on the common scale; of levels their lowest and highest number.
        kind: By a line, by a line through logarithms, or the number of the part's level.
        values: What each level counts as, from level 0 (level).
        turn: The sum of the ends of a reversed item's scale, from which its score is taken to have the
            answer again (logarithm).
    """

    own: Ends
    common: Ends
    kind: RescaleKind = RescaleKind.LINE
    turn: Fraction | None = None
    values: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedGate:
    """A gate with the column of the part it looks at."""

    column: int
    below: Fraction | None
    equals: Fraction | None
    cap_level: int | None
    cap_score: Fraction | None
    set_zero: bool

    def shuts(self, value: Fraction) -> bool:
        """Whether the part's exact score makes the gate apply."""
        return (self.below is not None and value < self.below) or value == self.equals


@dataclass(frozen=True, slots=True)
class StagedRule:
    """When a level is reached.

    Attributes:
        met_at: The score from which a part of the level itself is met.
        met_below: The score from which a part of a level below is.
        share: How many of a level's parts must be met, of all that take part.
    """

    met_at: Fraction
    met_below: Fraction
    share: Fraction = Fraction(1)

    def reached(self, parts: Sequence[tuple[int, Fraction]]) -> int:
        """The highest level that parts with their levels and exact scores reach; 0 for none.

        A level counts only if it has parts, and all levels below it that have parts must be met.
        """
        highest = 0
        for level in sorted({level for level, _ in parts}):
            values = [value for own, value in parts if own == level]
            needed = self.share * len(values)
            if sum(value >= self.met_at for value in values) >= needed:
                highest = level
            if sum(value >= self.met_below for value in values) < needed:
                break
        return highest


@dataclass(frozen=True, slots=True)
class StagedBeside:
    """What makes the staged level that is given beside a score.

    Attributes:
        items: Columns of items with their levels.
        nodes: Columns of the nodes whose staged levels count; the lowest is taken.
        stage: From which score an item is met.
    """

    items: tuple[tuple[int, int], ...]
    nodes: tuple[int, ...]
    stage: StagedRule


@dataclass(frozen=True, slots=True)
class Step:
    """How one place is made from its parts.

    Attributes:
        column: Its own column.
        measurement: Number of the measurement, -1 for the index and combined nodes.
        rule: Of the score.
        parts: Columns of the parts, in the order of the definition.
        weights: What multiplies each part; whole numbers unless the rule is a sum. Under
            `points_share` they contain `out_of` and the inverse of the part's full score.
        divisors: What each part that takes part adds to the divisor; 0 each for a sum.
        shares: Weights in coverage and in shares: 1 each for rules without weights.
        rescale: By part; None takes a part as it is.
        complete: No score unless every part has one: parts on different scales, the index.
        ends: The ends of its scale.
        exponent: Of the power mean.
        stage: What counts as met under the rule `staged`.
        reach: How many of the parts must reach the score under the rule `min`.
        levels_of_parts: The level of each part; 0 for one that has none.
        beside: The staged level beside the score.
        edges: Of the level bands, the lowest first.
        told_apart: Its scores are correctly rounded quotients of small whole numbers: no level
            bound, gate or tie can be mistaken, so nothing is ever recomputed.
        critical: Level bounds, gates and caps near which a score is recomputed exactly.
    """

    column: int
    measurement: int
    rule: Rule
    parts: tuple[int, ...]
    weights: tuple[Fraction, ...]
    divisors: tuple[Fraction, ...]
    shares: tuple[Fraction, ...]
    rescale: tuple[Rescale | None, ...]
    complete: bool
    ends: Ends
    exponent: Fraction | None = None
    stage: StagedRule | None = None
    reach: Fraction = Fraction(1)
    levels_of_parts: tuple[int, ...] = ()
    beside: StagedBeside | None = None
    gates: tuple[PlannedGate, ...] = ()
    min_coverage: tuple[CoverageThreshold, ...] = ()
    max_excluded: UpperThreshold | None = None
    levels: Levels | None = None
    edges: tuple[Fraction, ...] = ()
    told_apart: bool = False
    critical: tuple[Fraction, ...] = ()

    @property
    def width(self) -> float:
        """The width of its scale, by which nearness is measured; 1 for a scale that is a point."""
        return float(self.ends[1] - self.ends[0]) or 1.0


@dataclass(frozen=True, slots=True)
class PlannedMeasurement:
    """One measurement in the plan.

    Attributes:
        definition: Its definition.
        root: Column of its root.
        columns: All its columns, the root first.
        items: Columns of its items, in the order of the definition.
    """

    definition: Measurement
    root: int
    columns: range
    items: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Everything needed to score answers, and nothing about them.

    Attributes:
        places: The columns of the score table: the index, each measurement depth first (a node, its
            children, then its own items), then the combined nodes. One more column, after the last
            place, belongs to the harmonised index.
        trees: The steps of the measurements, children before parents.
        combined: The steps of the combined nodes, of the index and of the harmonised index, in this order.
        told_apart: By column, as `Step.told_apart`; items answered by options are.
    """

    questionnaire: Questionnaire
    measurements: tuple[PlannedMeasurement, ...]
    places: tuple[Place, ...]
    trees: tuple[Step, ...]
    combined: tuple[Step, ...]
    told_apart: tuple[bool, ...]

    @property
    def index(self) -> Step:
        """The step of the index."""
        return self.combined[-2]

    @property
    def harmonised(self) -> Step:
        """The step of the harmonised index."""
        return self.combined[-1]

    @property
    def profile(self) -> tuple[Step, ...]:
        """The steps of the combined nodes."""
        return self.combined[:-2]

    @cached_property
    def step_at(self) -> dict[int, Step]:
        """The steps by their column."""
        return {step.column: step for step in (*self.trees, *self.combined)}
