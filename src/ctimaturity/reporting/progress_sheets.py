"""The sheets of the workbooks of a comparison, of one edition or across two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.progress import method
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.progress_figures import SOURCES, ProgressFigures, is_told
from ctimaturity.reporting.progress_surveys import SurveyWords
from ctimaturity.reporting.sheet import POINTS, SHARE, SheetColumn, TableSheet
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.change import Comparison, Contribution, EntityChange, NodeChange
    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.progress_indicative import Editions

SMALL = "0.0000"


def progress_sheets(
    comparison: Comparison, rounds: Sequence[Round], language: str
) -> Iterator[TableSheet[Any]]:
    """Ranking of progress, parts, items, rounds, method; numbers unrounded.

    Args:
        comparison: The last two rounds.
        rounds: All of them, the earliest first.
        language: `es` or `en`.
    """
    words = Words(language)
    yield _progress(comparison, words)
    yield from _sheets(comparison, comparison.entities, rounds, words)


def entity_sheets(
    change: EntityChange, comparison: Comparison, rounds: Sequence[Round], language: str
) -> Iterator[TableSheet[Any]]:
    """The same of one entity: its parts, its items, its rounds, the method.

    Args:
        change: Of the entity.
        comparison: The last two rounds.
        rounds: All of them, the earliest first.
        language: `es` or `en`.
    """
    yield from _sheets(comparison, (change,), rounds, Words(language), frozenset({change.entity.code}))


def indicative_sheets(
    changes: Sequence[IndicativeChange], items: Sequence[IndicativeItem], editions: Editions
) -> Iterator[TableSheet[Any]]:
    """Those across editions: the warning stands in front, and in the names of the others.

    Args:
        changes: What the items that are the same say, of all entities or of one.
        items: These items.
        editions: The two rounds.
    """
    yield _said(editions.flag, (editions.flag, editions.warning))
    yield _indicative_nodes(changes, editions)
    yield _indicative_items(items, editions)


def _sheets(
    comparison: Comparison,
    changes: Sequence[EntityChange],
    rounds: Sequence[Round],
    words: Words,
    only: frozenset[str] = frozenset(),
) -> Iterator[TableSheet[Any]]:
    figures = ProgressFigures.of(comparison, words)
    yield _parts(changes, figures)
    yield _items(changes, figures)
    if _surveys(figures):
        yield _statements(changes, figures)
    yield _rounds(rounds, only, words)
    yield _said(words.say("How it is worked out"), tuple(method(words)))


def _who(words: Words, path: str) -> tuple[SheetColumn[Any], ...]:
    """Whose row it is; `path` leads from a record to its entity."""
    name = attrgetter(f"{path}name")
    return (
        SheetColumn(words.say("Code"), 10, f"{path}code"),
        SheetColumn(words.say("Entity"), 34, lambda record: shown(name(record))),
    )


def _moved(words: Words, before: str, after: str, change: str) -> tuple[SheetColumn[Any], ...]:
    """Points before and after, and their change."""
    return (
        SheetColumn(words.say("Before"), 10, before, POINTS),
        SheetColumn(words.say("After"), 10, after, POINTS),
        SheetColumn(words.say("Change"), 10, change, POINTS),
    )


def _said(title: str, paragraphs: Sequence[str]) -> TableSheet[str]:
    """A sheet of paragraphs."""
    return TableSheet(title, "method", [SheetColumn(title, 110, str)], paragraphs, frozen=0)


def _point(row: IndexRow | None) -> float | None:
    """The index of a ranked entity; of a provisional one no point is shown."""
    return row.index if row is not None and row.status is Status.RANKED else None


def _level(row: IndexRow | None) -> int | None:
    return row.level if row is not None and _point(row) is not None else None


def _index_change(change: EntityChange) -> float | None:
    before, after = _point(change.before), _point(change.after)
    return None if before is None or after is None else after - before


def _progress(comparison: Comparison, words: Words) -> TableSheet[EntityChange]:
    t = words.say

    def status(row: IndexRow | None) -> str:
        return "" if row is None else t(row.status.value)

    columns: list[SheetColumn[EntityChange]] = [
        SheetColumn(t("Progress"), 10, "progress.rank"),
        *_who(words, "entity."),
        SheetColumn(t("State"), 14, lambda change: t(change.presence.value)),
        SheetColumn(t("State before"), 13, lambda change: status(change.before)),
        SheetColumn(t("State after"), 13, lambda change: status(change.after)),
        SheetColumn(t("Before"), 10, lambda change: _point(change.before), POINTS),
        SheetColumn(t("After"), 10, lambda change: _point(change.after), POINTS),
        SheetColumn(t("Change"), 10, _index_change, POINTS),
        SheetColumn(t("Level before"), 10, lambda change: _level(change.before)),
        SheetColumn(t("Level after"), 10, lambda change: _level(change.after)),
        SheetColumn(t("Rank before"), 10, "before.rank"),
        SheetColumn(t("Rank after"), 10, "after.rank"),
        SheetColumn(t("Own"), 10, "rank.own"),
        SheetColumn(t("Others"), 10, "rank.others"),
        SheetColumn(t("In and out"), 10, "rank.membership"),
    ]
    # Who advanced most stands first, then, by code, whoever was not ranked in both rounds.
    records = sorted(
        comparison.entities,
        key=lambda change: (
            change.progress is None,
            change.progress.rank if change.progress else 0,
            change.entity.code,
        ),
    )
    return TableSheet(t("Progress"), "progress", columns, records, frozen=3)


@dataclass(frozen=True, slots=True)
class _NodeRow:
    """A node of an entity in both rounds; a point is shown only where it is certain."""

    of: EntityChange
    node: NodeChange

    @property
    def before(self) -> NodeScore | None:
        return self.node.before

    @property
    def after(self) -> NodeScore | None:
        return self.node.after

    @property
    def point_before(self) -> NodeScore | None:
        return self.before if is_told(self.of.before, self.before) else None

    @property
    def point_after(self) -> NodeScore | None:
        return self.after if is_told(self.of.after, self.after) else None

    @property
    def told(self) -> NodeChange | None:
        """The change, where a point is shown in both rounds."""
        return self.node if self.point_before is not None and self.point_after is not None else None


def _parts(changes: Sequence[EntityChange], figures: ProgressFigures) -> TableSheet[_NodeRow]:
    """Every node; of those that are not ranked a point only where it is certain."""
    words, of_surveys, surveys = figures.words, _surveys(figures), SurveyWords(figures)
    t = words.say

    def certainty(part: _NodeRow) -> str | None:
        if part.told is None or part.node.place.measurement not in of_surveys:
            return None
        return surveys.certainty(part.of, part.node)

    columns: list[SheetColumn[_NodeRow]] = [
        *_who(words, "of.entity."),
        SheetColumn(t("Measurement"), 16, "node.place.measurement"),
        SheetColumn(t("Kind"), 14, lambda part: t(part.node.place.kind)),
        SheetColumn(t("Part"), 46, lambda part: words.text(dict(part.node.place.titles))),
        *_moved(words, "point_before.score", "point_after.score", "told.change"),
        SheetColumn(t("Level before"), 10, "point_before.level"),
        SheetColumn(t("Level after"), 10, "point_after.level"),
        SheetColumn(t("Levels moved"), 10, "told.level_change"),
        SheetColumn(t("Coverage before"), 11, "before.coverage", SHARE),
        SheetColumn(t("Coverage after"), 11, "after.coverage", SHARE),
        SheetColumn(t("Low before"), 11, "before.low", POINTS),
        SheetColumn(t("High before"), 11, "before.high", POINTS),
        SheetColumn(t("Low after"), 11, "after.low", POINTS),
        SheetColumn(t("High after"), 11, "after.high", POINTS),
        SheetColumn(t("Standard error"), 11, "told.standard_error", POINTS),
        SheetColumn(t("What can be said"), 44, certainty),
    ]
    records = [
        _NodeRow(change, node) for change in changes for node in change.nodes if not node.place.is_item
    ]
    return TableSheet(t("Parts"), "parts", columns, records)


def _surveys(figures: ProgressFigures) -> set[str]:
    return {column.measurement for column in figures.columns.measurements if column.survey}


class _Added(NamedTuple):
    """What an item adds to the change of the index, and what was answered."""

    of: EntityChange
    part: Contribution
    said: str
    answers: tuple[str, str]


def _items(changes: Sequence[EntityChange], figures: ProgressFigures) -> TableSheet[_Added]:
    """What each item adds to the change of the index, and what was answered."""
    words, comparison = figures.words, figures.comparison
    t, known = words.say, comparison.after.questionnaire.item_by_id
    columns: list[SheetColumn[_Added]] = [
        *_who(words, "of.entity."),
        SheetColumn(t("Source"), 22, lambda item: t(SOURCES[item.part.source])),
        SheetColumn(t("Measurement"), 16, "part.measurement"),
        SheetColumn(t("Item"), 12, "part.item"),
        SheetColumn(t("What it says"), 70, "said"),
        SheetColumn(t("Before"), 24, lambda item: item.answers[0]),
        SheetColumn(t("After"), 24, lambda item: item.answers[1]),
        SheetColumn(t("Points of the index"), 12, "part.value", SMALL),
    ]
    records = []
    for change in changes:
        answers = AnswerWords(change.entity.code, comparison.before, comparison.after, words)
        node = change.node(INDEX, INDEX) if change.progress else None
        for part in node.contributions if node else ():
            item = known.get(part.item)
            said = "" if item is None else shown(words.text(item.text))
            pair = answers.pair(part.item, change.node(part.measurement, part.item))
            records.append(_Added(change, part, said, pair))
    return TableSheet(t("Items"), "items", columns, records)


def _statements(changes: Sequence[EntityChange], figures: ProgressFigures) -> TableSheet[_NodeRow]:
    """Every statement of a survey with the sampling error of its change."""
    words, surveys = figures.words, SurveyWords(figures)
    t = words.say
    columns: list[SheetColumn[_NodeRow]] = [
        *_who(words, "of.entity."),
        SheetColumn(t("Measurement"), 16, "node.place.measurement"),
        SheetColumn(t("Item"), 12, "node.place.node"),
        SheetColumn(t("What it says"), 70, lambda part: shown(words.text(dict(part.node.place.titles)))),
        *_moved(words, "before.score", "after.score", "node.change"),
        SheetColumn(t("Standard error"), 11, "node.standard_error", POINTS),
        SheetColumn(t("What can be said"), 44, lambda part: surveys.certainty(part.of, part.node)),
    ]
    records = [_NodeRow(change, node) for change in changes for node in surveys.statements(change)]
    return TableSheet(t("Statements"), "statements", columns, records)


class _InRound(NamedTuple):
    """An entity in a round."""

    round: Round
    row: IndexRow


def _rounds(rounds: Sequence[Round], codes: frozenset[str], words: Words) -> TableSheet[_InRound]:
    """The entities of every round; those of these codes, or all where there are none."""
    t, last = words.say, rounds[-1]
    measured = [last.questionnaire.measurement_by_id[name] for name in last.index.measurements]
    columns: list[SheetColumn[_InRound]] = [
        SheetColumn(t("Round"), 16, lambda there: shown(there.round.label)),
        *_who(words, "row.entity."),
        SheetColumn(t("State"), 14, lambda there: t(there.row.status.value)),
        SheetColumn(t("Rank"), 8, "row.rank"),
        SheetColumn(t("Index"), 10, lambda there: _point(there.row), POINTS),
        SheetColumn(t("Level"), 8, lambda there: _level(there.row)),
        *(
            SheetColumn(words.text(measurement.title), 14, partial(_measured, measurement), POINTS)
            for measurement in measured
        ),
    ]
    records = [
        _InRound(there, row)
        for there in rounds
        for code, row in sorted(there.rows.items())
        if not codes or code in codes
    ]
    return TableSheet(t("Rounds"), "rounds", columns, records, frozen=1)


def _measured(measurement: Measurement, there: _InRound) -> float | None:
    """The score of a measurement, where a point is shown."""
    if there.row.status is Status.REFUSED:
        return None
    numbers = there.round.index.node(there.row, measurement.id, measurement.root.id)
    return numbers.score if is_told(there.row, numbers) else None


def _indicative_nodes(
    changes: Sequence[IndicativeChange], editions: Editions
) -> TableSheet[IndicativeChange]:
    words = editions.words
    t = words.say
    titles = {
        (measurement.id, node.id): words.text(node.title)
        for measurement in editions.after.questionnaire.measurements
        for node in measurement.nodes
    }
    titles[INDEX, INDEX] = t("All matched items")
    columns: list[SheetColumn[IndicativeChange]] = [
        *_who(words, ""),
        SheetColumn(t("Measurement"), 16, "measurement"),
        SheetColumn(t("Part"), 46, lambda change: titles[change.measurement, change.node]),
        SheetColumn(t("Items"), 11, "items"),
        *_moved(words, "before", "after", "change"),
    ]
    return TableSheet(t("Only an indication"), "indicative", columns, changes)


class _Matched(NamedTuple):
    """An item that is the same in both editions, and what was answered."""

    item: IndicativeItem
    answers: tuple[str, str]


def _indicative_items(items: Sequence[IndicativeItem], editions: Editions) -> TableSheet[_Matched]:
    """Every matched item, with what was answered, its rescaled scores and what it adds."""
    words, known = editions.words, editions.after.questionnaire.item_by_id
    t = words.say
    columns: list[SheetColumn[_Matched]] = [
        *_who(words, "item."),
        SheetColumn(t("Measurement"), 16, "item.measurement"),
        SheetColumn(t("Item"), 12, "item.item"),
        SheetColumn(t("Item before"), 12, "item.old_item"),
        SheetColumn(t("What it says"), 70, lambda row: shown(words.text(known[row.item.item].text))),
        SheetColumn(t("Answer before"), 24, lambda row: row.answers[0]),
        SheetColumn(t("Answer after"), 24, lambda row: row.answers[1]),
        *_moved(words, "item.before", "item.after", "item.change"),
        SheetColumn(t("Points of 100"), 12, "item.contribution", SMALL),
    ]
    records = [
        _Matched(item, AnswerWords(item.code, editions.before, editions.after, words).across(item))
        for item in items
    ]
    return TableSheet(t("Only an indication: items"), "indicative_items", columns, records)
