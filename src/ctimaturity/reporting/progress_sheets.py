"""The sheets of the workbook of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.progress import method
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.progress_figures import SOURCES, ProgressFigures, is_told
from ctimaturity.reporting.progress_surveys import SurveyWords
from ctimaturity.reporting.sheet import SHARE, Field, Sheet
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.score import IndexRow
from ctimaturity.reporting.sheet import Cell

POINTS = "0.00"
SMALL = "0.0000"
Row = list["Cell"]


def progress_sheets(comparison: Comparison, rounds: Sequence[Round], language: str) -> Iterator[Sheet]:
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
    one: EntityChange, comparison: Comparison, rounds: Sequence[Round], language: str
) -> Iterator[Sheet]:
    """The same of one entity: its parts, its items, its rounds, the method.

    Args:
        one: The entity.
        comparison: The last two rounds.
        rounds: All of them, the earliest first.
        language: `es` or `en`.
    """
    yield from _sheets(comparison, (one,), rounds, Words(language), frozenset({one.entity.code}))


def _sheets(
    comparison: Comparison,
    ones: Sequence[EntityChange],
    rounds: Sequence[Round],
    words: Words,
    only: frozenset[str] = frozenset(),
) -> Iterator[Sheet]:
    yield _parts(comparison, ones, words)
    yield _items(comparison, ones, words)
    if _surveys(ProgressFigures.of(comparison, words)):
        yield _statements(comparison, ones, words)
    yield _rounds(rounds, only, words)
    yield said_sheet(words.say("How it is worked out"), tuple(method(words)))


def who_fields(code: str, name: str) -> tuple[Field, Field]:
    """Whose row it is."""
    return Field(code, 10), Field(name, 34)


def said_sheet(title: str, paragraphs: Sequence[str]) -> Sheet:
    """A sheet of paragraphs."""
    return Sheet(title, "method", [Field(title, 110)], [[paragraph] for paragraph in paragraphs], frozen=0)


def _point(row: IndexRow | None) -> float | None:
    """The index of a ranked entity; of a provisional one no point is shown."""
    return row.index if row is not None and row.status is Status.RANKED else None


def _progress(comparison: Comparison, words: Words) -> Sheet:
    t = words.say
    fields = [
        Field(t("Progress"), 10),
        *who_fields(t("Code"), t("Entity")),
        Field(t("State"), 14),
        *(Field(t(name), 13) for name in ("State before", "State after")),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
        *(Field(t(name), 10) for name in ("Level before", "Level after", "Rank before", "Rank after")),
        *(Field(t(name), 10) for name in ("Own", "Others", "In and out")),
    ]
    rows = [_entity(one, words) for one in comparison.entities]
    rows.sort(key=lambda row: (row[0] is None, row[0] or 0, str(row[1])))
    return Sheet(t("Progress"), "progress", fields, rows, frozen=3)


def _entity(one: EntityChange, words: Words) -> Row:
    before, after, rank = one.before, one.after, one.rank
    old, new = _point(before), _point(after)
    pair = (before, after)
    return [
        one.progress.rank if one.progress else None,
        one.entity.code,
        shown(one.entity.name),
        words.say(one.presence.value),
        *("" if row is None else words.say(row.status.value) for row in pair),
        old,
        new,
        None if old is None or new is None else new - old,
        *(None if row is None or _point(row) is None else row.level for row in pair),
        *(None if row is None else row.rank for row in pair),
        *((None,) * 3 if rank is None else (rank.own, rank.others, rank.membership)),
    ]


def _parts(comparison: Comparison, ones: Sequence[EntityChange], words: Words) -> Sheet:
    """Every node; of those that are not ranked a point only where it is certain."""
    t = words.say
    fields = [
        *who_fields(t("Code"), t("Entity")),
        Field(t("Measurement"), 16),
        Field(t("Kind"), 14),
        Field(t("Part"), 46),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
        *(Field(t(name), 10) for name in ("Level before", "Level after", "Levels moved")),
        *(Field(t(name), 11, SHARE) for name in ("Coverage before", "Coverage after")),
        *(Field(t(name), 11, POINTS) for name in ("Low before", "High before", "Low after", "High after")),
        Field(t("Standard error"), 11, POINTS),
        Field(t("What can be said"), 44),
    ]
    figures = ProgressFigures.of(comparison, words)
    rows: list[Row] = [
        _part(one, node, figures) for one in ones for node in one.nodes if not node.place.is_item
    ]
    return Sheet(t("Parts"), "parts", fields, rows)


def _part(one: EntityChange, node: NodeChange, figures: ProgressFigures) -> Row:
    words, pair = figures.words, (node.before, node.after)
    surveys, of_surveys = SurveyWords(figures), _surveys(figures)
    told = [is_told(row, each) for row, each in zip((one.before, one.after), pair, strict=True)]
    return [
        one.entity.code,
        shown(one.entity.name),
        node.place.measurement,
        words.say(node.place.kind),
        words.text(dict(node.place.titles)),
        *(each.score if each and point else None for each, point in zip(pair, told, strict=True)),
        node.change if all(told) else None,
        *(each.level if each and point else None for each, point in zip(pair, told, strict=True)),
        node.level_change if all(told) else None,
        *(each.coverage if each else None for each in pair),
        *(end for each in pair for end in ((each.low, each.high) if each else (None, None))),
        node.standard_error if all(told) else None,
        surveys.certainty(one, node) if all(told) and node.place.measurement in of_surveys else None,
    ]


def _surveys(figures: ProgressFigures) -> set[str]:
    return {column.measurement for column in figures.columns.measurements if column.survey}


def _items(comparison: Comparison, ones: Sequence[EntityChange], words: Words) -> Sheet:
    """What each item adds to the change of the index, and what was answered."""
    t, known = words.say, comparison.after.questionnaire.item_by_id
    fields = [
        *who_fields(t("Code"), t("Entity")),
        Field(t("Source"), 22),
        Field(t("Measurement"), 16),
        Field(t("Item"), 12),
        Field(t("What it says"), 70),
        *(Field(t(name), 24) for name in ("Before", "After")),
        Field(t("Points of the index"), 12, SMALL),
    ]
    rows: list[Row] = []
    for one in ones:
        answers = AnswerWords(one.entity.code, comparison.before, comparison.after, words)
        node = one.node(INDEX, INDEX) if one.progress else None
        for part in node.contributions if node else ():
            item = known.get(part.item)
            said = "" if item is None else shown(words.text(item.text))
            who = (one.entity.code, shown(one.entity.name))
            pair = answers.pair(part.item, one.node(part.measurement, part.item))
            rows.append([*who, t(SOURCES[part.source]), part.measurement, part.item, said, *pair, part.value])
    return Sheet(t("Items"), "items", fields, rows)


def _statements(comparison: Comparison, ones: Sequence[EntityChange], words: Words) -> Sheet:
    """Every statement of a survey with the sampling error of its change."""
    t = words.say
    fields = [
        *who_fields(t("Code"), t("Entity")),
        Field(t("Measurement"), 16),
        Field(t("Item"), 12),
        Field(t("What it says"), 70),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
        Field(t("Standard error"), 11, POINTS),
        Field(t("What can be said"), 44),
    ]
    surveys = SurveyWords(ProgressFigures.of(comparison, words))
    rows: list[Row] = [
        [
            *(one.entity.code, shown(one.entity.name), node.place.measurement, node.place.node),
            shown(words.text(dict(node.place.titles))),
            *(each.score if each else None for each in (node.before, node.after)),
            *(node.change, node.standard_error, surveys.certainty(one, node)),
        ]
        for one in ones
        for node in surveys.statements(one)
    ]
    return Sheet(t("Statements"), "statements", fields, rows)


def _rounds(rounds: Sequence[Round], codes: frozenset[str], words: Words) -> Sheet:
    """The entities of every round; those of these codes, or all where there are none."""
    t = words.say
    last = rounds[-1]
    measured = [last.questionnaire.measurement_by_id[name] for name in last.index.measurements]
    fields = [
        Field(t("Round"), 16),
        *who_fields(t("Code"), t("Entity")),
        Field(t("State"), 14),
        Field(t("Rank"), 8),
        Field(t("Index"), 10, POINTS),
        Field(t("Level"), 8),
        *(Field(words.text(each.title), 14, POINTS) for each in measured),
    ]
    rows: list[Row] = [
        [
            *(shown(each.label), code, shown(row.entity.name), t(row.status.value), row.rank, _point(row)),
            row.level if _point(row) is not None else None,
            *(_measured(each, row, measurement) for measurement in measured),
        ]
        for each in rounds
        for code, row in sorted(each.rows.items())
        if not codes or code in codes
    ]
    return Sheet(t("Rounds"), "rounds", fields, rows, frozen=1)


def _measured(given: Round, row: IndexRow, measurement: Measurement) -> float | None:
    """The score of a measurement, where a point is shown."""
    if row.status is Status.REFUSED:
        return None
    numbers = given.index.node(row, measurement.id, measurement.root.id)
    return numbers.score if is_told(row, numbers) else None
