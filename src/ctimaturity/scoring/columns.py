"""The columns of the score table: every place of a definition, in order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.node_scale import combined_scale, index_scale, level_ends, level_values, node_scales
from ctimaturity.model.rule import Collects, Rule
from ctimaturity.model.score import INDEX, PROFILE, Place
from ctimaturity.scoring.step import PlannedMeasurement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire


class PlaceColumns:
    """Gives every place its column.

    The index comes first, then each measurement depth first (a node, its children, then its own
    items), then the nodes that several measurements share, combined.

    Attributes:
        places: By column.
        of: Columns by (measurement, node).
        items: The items by their column.
        level_ends: By the column of a node: the lowest and the highest that its level may count as.
        level_values: By the column of a node: what its levels count as, from level 0.
        told_apart: By the column of an item: its doubles are never mistaken for one another.
        measurements: Those that are scored, with their columns.
        combined: The columns that each combined node joins, by its own.
    """

    def __init__(self, questionnaire: Questionnaire, measurements: Sequence[Measurement]) -> None:
        self._questionnaire = questionnaire
        self.places: list[Place] = []
        self.of: dict[tuple[str, str], int] = {}
        self.items: dict[int, Item] = {}
        self.told_apart: dict[int, bool] = {}
        self.level_ends: dict[int, Ends] = {}
        self.level_values: dict[int, tuple[Fraction, ...]] = {}
        ends = index_scale(questionnaire, [measurement.id for measurement in measurements])
        self.places.append(Place(INDEX, INDEX, INDEX, "", *ends, questionnaire.index.title))
        self.measurements = tuple(self._measurement(measurement) for measurement in measurements)
        first = len(self.places)
        shared = self._shared(measurements)
        self.places.extend(self._combined(name, columns) for name, columns in shared.items())
        self.combined = {first + number: columns for number, columns in enumerate(shared.values())}

    def ends(self, column: int) -> Ends:
        """The ends of a place's scale."""
        return self.places[column].scale_min, self.places[column].scale_max

    @property
    def profile_rule(self) -> Rule:
        """The rule of the combined nodes."""
        profile = self._questionnaire.profile
        return profile.rule if profile else Rule.MEAN

    def _measurement(self, measurement: Measurement) -> PlannedMeasurement:
        start = len(self.places)
        self._node(measurement, measurement.root, INDEX, node_scales(measurement, self._questionnaire))
        return PlannedMeasurement(
            definition=measurement,
            root=start,
            columns=range(start, len(self.places)),
            items=tuple(self.of[measurement.id, item.id] for item in measurement.items),
        )

    def _node(self, measurement: Measurement, node: Node, parent: str, scales: Mapping[str, Ends]) -> None:
        column = self._add(Place(measurement.id, node.id, node.kind, parent, *scales[node.id], node.title))
        self.level_ends[column] = level_ends(node)
        self.level_values[column] = level_values(node.levels) if node.levels else (Fraction(0),)
        for child in node.children:
            self._node(measurement, child, node.id, scales)
        surveyed = measurement.collects is Collects.RESPONDENTS
        for item in node.items:
            scale = self._questionnaire.scales[item.scale]
            ends = (scale.minimum, scale.maximum)
            column = self._add(Place(measurement.id, item.id, "item", node.id, *ends, item.text))
            self.items[column] = item
            self.told_apart[column] = not surveyed and scale.range is None

    def _add(self, place: Place) -> int:
        column = len(self.places)
        self.places.append(place)
        self.of[place.measurement, place.node] = column
        return column

    def _shared(self, measurements: Sequence[Measurement]) -> dict[str, list[int]]:
        """The columns of the nodes that each combined node joins, by their id."""
        profile = self._questionnaire.profile
        joined: dict[str, list[int]] = {}
        for measurement in measurements:
            if profile is None or measurement.id not in profile.measurements:
                continue
            for node in measurement.nodes:
                if node.kind == profile.kind:
                    joined.setdefault(node.id, []).append(self.of[measurement.id, node.id])
        return joined

    def _combined(self, name: str, columns: list[int]) -> Place:
        first = self.places[columns[0]]
        weights = [Decimal(1)] * len(columns)
        ends = combined_scale(self.profile_rule, weights, [self.ends(column) for column in columns], None)
        return Place(PROFILE, name, first.kind, "", *ends, first.titles)
