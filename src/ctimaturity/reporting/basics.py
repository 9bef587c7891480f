"""The staged level of an entity, and what it lacks on the way to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.reporting.figure import level_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.questionnaire import Measurement, Node, Questionnaire
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn, ScoreColumns
    from ctimaturity.reporting.words import Words


@dataclass(frozen=True, slots=True)
class Lack:
    """What one part lacks.

    Attributes:
        code: Id of the part.
        title: Its name.
        staged: Its staged level.
        level: The lowest level of which something is not met.
        items: Id and text of what is not met there.
    """

    code: str
    title: str
    staged: int
    level: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Basics:
    """The staged level of one measurement.

    Attributes:
        title: Of the measurement.
        level: Its staged level.
        name: Of that level.
        lacks: Every part that lacks something, the lowest first.
    """

    title: str
    level: int
    name: str
    lacks: tuple[Lack, ...]

    @property
    def holding(self) -> tuple[Lack, ...]:
        """The parts that are no higher than the whole, and so hold it where it is."""
        return tuple(lack for lack in self.lacks if lack.staged <= self.level)


def basics(
    questionnaire: Questionnaire, row: IndexRow, index: Index, columns: ScoreColumns, words: Words
) -> tuple[Basics, ...]:
    """The staged levels of an entity, for each measurement that has one.

    Args:
        questionnaire: The definition.
        row: The entity.
        index: The ranked index.
        columns: The columns of the document.
        words: The language.
    """
    staged = (column for column in columns.measurements if column.staged)
    made = (_of_measurement(questionnaire, column, row, index, words) for column in staged)
    return tuple(measurement for measurement in made if measurement is not None)


def _of_measurement(
    questionnaire: Questionnaire, column: ScoreColumn, row: IndexRow, index: Index, words: Words
) -> Basics | None:
    measurement = questionnaire.measurement_by_id[column.measurement]
    level = index.node(row, column.measurement, column.node).staged_level
    if level is None:
        return None
    lacks = sorted(_lacks(measurement, column, row, index, words), key=lambda lack: lack.staged)
    return Basics(column.title, level, level_name(column, level), tuple(lacks))


def _lacks(
    measurement: Measurement, column: ScoreColumn, row: IndexRow, index: Index, words: Words
) -> Iterable[Lack]:
    for node in measurement.nodes:
        staged = index.node(row, measurement.id, node.id).staged_level
        if staged is None or not any(item.level for item in node.items):
            continue
        level, items = _lowest_unmet(measurement, node, row, index, staged)
        if items:
            name = level_name(column, level)
            yield Lack(
                code=node.id,
                title=words.text(node.title),
                staged=staged,
                level=f"{level} · {name}" if name else str(level),
                items=tuple((item, words.text(measurement_text(node, item))) for item in items),
            )


def _lowest_unmet(
    measurement: Measurement, node: Node, row: IndexRow, index: Index, staged: int
) -> tuple[int, list[str]]:
    """The lowest level that holds the staged level back, and its items that are not met."""
    met_at = float(node.met_at or 0)
    met_below = met_at if node.met_below is None else float(node.met_below)
    share = Fraction(1) if node.met_share is None else Fraction(node.met_share)
    scores: dict[int, dict[str, float]] = {}
    for item in node.items:
        score = index.node(row, measurement.id, item.id).score
        if item.level and score is not None:
            scores.setdefault(item.level, {})[item.id] = score
    for level, own in sorted(scores.items()):
        needed = met_at if level > staged else met_below
        unmet = [item for item, score in own.items() if score < needed]
        if len(own) - len(unmet) < share * len(own):
            return level, unmet
    return 0, []


def measurement_text(node: Node, item: str) -> dict[str, str]:
    """The text of an item of a node."""
    return next(asked.text for asked in node.items if asked.id == item)
