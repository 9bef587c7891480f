"""Whom an entity is compared with: the ranked ones of its group, and their medians."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from ctimaturity.model.score import Status
from ctimaturity.reporting.entity import type_label
from ctimaturity.reporting.groups import BY_TYPE, grouping_title
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn, ScoreColumns
    from ctimaturity.reporting.words import Words

FEWEST = 5
"""Ranked entities that a median is made of; with fewer it is only somebody's score."""


@dataclass(frozen=True, slots=True)
class Peers:
    """A group to be compared with.

    Attributes:
        title: Such as `intermedia (Categoría)`.
        size: How many of them are ranked, the entity itself among them.
        everyone: Whether they are all that are ranked.
        medians: By (measurement, node); of nodes that too few of them have a score of, none.
    """

    title: str
    size: int
    everyone: bool
    medians: Mapping[tuple[str, str], float]

    def median(self, column: ScoreColumn) -> float | None:
        """Their median in a column."""
        return self.medians.get((column.measurement, column.node))


class PeerGroups:
    """The groups of an index; the medians of each are made once.

    An entity is compared within the first grouping that was asked for, else with its type; where that
    group has fewer than `FEWEST` ranked entities, with all ranked ones; where they are too few, with
    nobody.
    """

    def __init__(
        self, questionnaire: Questionnaire, index: Index, columns: ScoreColumns, words: Words
    ) -> None:
        self._questionnaire = questionnaire
        self._index = index
        self._words = words
        self._columns = _compared(columns)
        self._ranked = [row for row in index.rows if row.status is Status.RANKED]
        asked = [name for name in index.groupings if name != BY_TYPE]
        self._grouping = asked[0] if asked else BY_TYPE
        self._made: dict[str | None, Peers | None] = {}

    def of(self, row: IndexRow) -> Peers | None:
        """Whom an entity is compared with; None where there are too few."""
        own = row.groups.get(self._grouping)
        group = own.group if own is not None else ""
        if group not in self._made:
            members = [
                each
                for each in self._ranked
                if group and self._grouping in each.groups and each.groups[self._grouping].group == group
            ]
            self._made[group] = self._peers(members, self._title(group))
        found = self._made[group]
        if found is None and None not in self._made:
            self._made[None] = self._peers(self._ranked, self._words.say("all ranked entities"))
        return found or self._made.get(None)

    def _title(self, group: str) -> str:
        if self._grouping == BY_TYPE:
            return type_label(self._questionnaire, group, self._words)
        return f"{shown(group)} ({grouping_title(self._grouping, self._words)})"

    def _peers(self, members: Sequence[IndexRow], title: str) -> Peers | None:
        if len(members) < FEWEST:
            return None
        medians = {}
        for column in self._columns:
            numbers = (self._index.node(row, column.measurement, column.node).score for row in members)
            scores = [score for score in numbers if score is not None]
            if len(scores) >= FEWEST:
                medians[column.measurement, column.node] = median(scores)
        return Peers(title, len(members), len(members) == len(self._ranked), medians)


def _compared(columns: ScoreColumns) -> list[ScoreColumn]:
    parts = [column for of_measurement in columns.parts.values() for column in of_measurement]
    grids = [column for grid in columns.grids for column in grid.columns]
    found = [columns.index, *columns.measurements, *grids, *parts]
    return list({(column.measurement, column.node): column for column in found}.values())
