"""What the columns of a document are: measurements, the combined dimensions, the axes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.model.node_scale import Ends, level_bounds
from ctimaturity.model.rule import Collects, Levels, Rule
from ctimaturity.model.score import INDEX, PROFILE, Index

if TYPE_CHECKING:
    from fractions import Fraction

    from ctimaturity.model.questionnaire import Measurement, Node, Profile, Questionnaire
    from ctimaturity.reporting.words import Words

RULES = {
    Rule.MEAN: "weighted mean",
    Rule.SUM: "weighted sum",
    Rule.PRODUCT: "product",
    Rule.POINTS_SHARE: "share of points met",
    Rule.STAGED: "highest level met in full",
    Rule.MIN: "minimum",
    Rule.MAX: "maximum",
    Rule.MEDIAN: "median",
    Rule.GEOMETRIC: "weighted geometric mean",
    Rule.HARMONIC: "weighted harmonic mean",
    Rule.POWER: "weighted power mean",
}
"""What the rules are called."""
PLAIN_RULES = {
    **RULES,
    Rule.MEAN: "mean",
    Rule.SUM: "sum",
    Rule.GEOMETRIC: "geometric mean",
    Rule.HARMONIC: "harmonic mean",
    Rule.POWER: "power mean",
}
"""What they are called where all weights are the same."""


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One place of the score table, with what is needed to show its numbers.

    Attributes:
        measurement: As in the score table.
        node: As in the score table.
        kind: What such nodes are called, for people.
        title: For people.
        scale: The ends of its scale.
        bounds: The edges of its levels; empty without levels.
        level_names: From level 0, "below the lowest"; empty without levels.
        upper: Whether a score on a bound belongs to the level below it.
        staged: Whether a staged level stands beside the score.
        survey: Whether it is a measurement that many people answer.
    """

    measurement: str
    node: str
    kind: str
    title: str
    scale: Ends
    bounds: tuple[Fraction, ...]
    level_names: tuple[str, ...]
    upper: bool = True
    staged: bool = False
    survey: bool = False

    @property
    def levels(self) -> int:
        """How many levels there are, the one below the lowest not counted."""
        return max(len(self.level_names) - 1, 0)

    @property
    def has_zero(self) -> bool:
        """Whether there is a level below the lowest."""
        return bool(self.level_names and self.level_names[0])


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns that belong side by side: the combined dimensions, or the top nodes of a measurement.

    Attributes:
        title: For people.
        explanation: What its numbers are.
        columns: In the order of the definition.
    """

    title: str
    explanation: str
    columns: tuple[ScoreColumn, ...]


class ScoreColumns:
    """All columns of an index.

    Attributes:
        index: The overall index.
        measurements: The roots of the measurements that were scored.
        grids: The combined dimensions first, then the top nodes of each measurement outside them.
        parts: The top nodes of every measurement.
    """

    def __init__(self, questionnaire: Questionnaire, index: Index, words: Words) -> None:
        self._scales = {
            (place.measurement, place.node): (place.scale_min, place.scale_max)
            for place in index.table.places
        }
        self._titles = {(place.measurement, place.node): dict(place.titles) for place in index.table.places}
        self._words = words
        self._kinds = questionnaire.kinds
        self._made: dict[tuple[str, str], ScoreColumn] = {}
        measurements = [m for m in questionnaire.measurements if m.id in index.measurements]
        self.index = self._column(INDEX, INDEX, INDEX, questionnaire.index.levels)
        self.measurements = tuple(
            replace(self.of_node(m.id, m.root), survey=m.collects is Collects.RESPONDENTS)
            for m in measurements
        )
        self.parts = {m.id: tuple(self.of_node(m.id, node) for node in m.root.children) for m in measurements}
        profile = questionnaire.profile
        combined = () if profile is None else profile.measurements
        outside = [m for m in measurements if m.id not in combined and m.root.children]
        self.grids = (*self._profile(profile, questionnaire, index), *map(self._top, outside))

    @property
    def levelled(self) -> tuple[ScoreColumn, ...]:
        """Every column whose levels may be shown."""
        parts = (column for of_measurement in self.parts.values() for column in of_measurement)
        grids = (column for grid in self.grids for column in grid.columns)
        return (self.index, *self.measurements, *parts, *grids)

    def title_of(self, node: str) -> str:
        """The title of a node of the grids; its id where no grid has it."""
        return next((c.title for grid in self.grids for c in grid.columns if c.node == node), node)

    def _profile(
        self, profile: Profile | None, questionnaire: Questionnaire, index: Index
    ) -> tuple[Grid, ...]:
        places = [place for place in index.table.places if place.measurement == PROFILE]
        if profile is None or not places:
            return ()
        say, kind = self._words.say, self._words.kind(profile.kind, self._kinds)
        titles = [self._words.text(questionnaire.measurement_by_id[m].title) for m in profile.measurements]
        explanation = say(
            "The score of a {kind} is the {rule} of its scores in {measurements}.",
            kind=kind,
            rule=say(PLAIN_RULES[profile.rule]),
            measurements=self._words.listed(titles),
        )
        columns = tuple(self._column(PROFILE, place.node, place.kind, profile.levels) for place in places)
        return (Grid(say("Scores by {kind}", kind=kind), explanation, columns),)

    def _top(self, measurement: Measurement) -> Grid:
        say, title = self._words.say, self._words.text(measurement.title)
        columns = self.parts[measurement.id]
        kind = columns[0].kind
        explanation = say("The scores of {measurement}, one per {kind}.", measurement=title, kind=kind)
        return Grid(say("{measurement} by {kind}", measurement=title, kind=kind), explanation, columns)

    def of_node(self, measurement: str, node: Node) -> ScoreColumn:
        """The column of any node, made once."""
        key = (measurement, node.id)
        if key not in self._made:
            self._made[key] = self._column(measurement, node.id, node.kind, node.levels, staged=node.staged)
        return self._made[key]

    def _column(
        self, measurement: str, node: str, kind: str, levels: Levels | None, *, staged: bool = False
    ) -> ScoreColumn:
        scale = self._scales[measurement, node]
        names: tuple[str, ...] = ()
        bounds: tuple[Fraction, ...] = ()
        if levels is not None:
            bounds = level_bounds(levels, scale)
            names = (
                self._words.text(levels.below),
                *(self._words.text(level.name) for level in levels.names),
            )
        title = self._words.text(self._titles[measurement, node])
        upper = levels is None or levels.side == "upper"
        called = self._words.kind(kind, self._kinds)
        return ScoreColumn(measurement, node, called, title, scale, bounds, names, upper, staged)
