"""The sheets of the workbook of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.progress import method
from ctimaturity.reporting.progress_figures import SOURCES
from ctimaturity.reporting.sheet import SHARE, Field, Sheet
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange
    from ctimaturity.analysis.indicative import IndicativeChange
    from ctimaturity.analysis.round import Round
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
    yield _parts(comparison, words)
    yield _items(comparison, words)
    yield _rounds(rounds, words)
    yield _said(words.say("How it is worked out"), tuple(method(words)))


def indicative_sheets(
    changes: Sequence[IndicativeChange], warning: Sequence[str], language: str
) -> Iterator[Sheet]:
    """The sheets of a comparison across editions; the warning stands in front and in the name of the other.

    Args:
        changes: What the items that are the same say.
        warning: Paragraphs.
        language: `es` or `en`.
    """
    t = Words(language).say
    yield _said(t("Only an indication: this is no change of score."), warning)
    fields = [
        *_who(t("Code"), t("Entity")),
        Field(t("Measurement"), 16),
        Field(t("Part"), 24),
        Field(t("Items"), 8),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
    ]
    rows: list[Row] = [
        [
            *(each.code, shown(each.name), each.measurement, each.node, each.items),
            *(each.before, each.after, each.change),
        ]
        for each in changes
    ]
    yield Sheet(t("Only an indication"), "indicative", fields, rows)


def _who(code: str, name: str) -> tuple[Field, Field]:
    return Field(code, 10), Field(name, 34)


def _said(title: str, paragraphs: Sequence[str]) -> Sheet:
    return Sheet(title, "method", [Field(title, 110)], [[paragraph] for paragraph in paragraphs], frozen=0)


def _point(row: IndexRow | None) -> float | None:
    """The index of a ranked entity; of a provisional one no point is shown."""
    return row.index if row is not None and row.status is Status.RANKED else None


def _progress(comparison: Comparison, words: Words) -> Sheet:
    t = words.say
    fields = [
        Field(t("Progress"), 10),
        *_who(t("Code"), t("Entity")),
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


def _parts(comparison: Comparison, words: Words) -> Sheet:
    """Every node of those ranked in both rounds."""
    t, kinds = words.say, comparison.after.questionnaire.kinds
    fields = [
        *_who(t("Code"), t("Entity")),
        Field(t("Measurement"), 16),
        Field(t("Kind"), 14),
        Field(t("Part"), 46),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
        *(Field(t(name), 10) for name in ("Level before", "Level after")),
        *(Field(t(name), 11, SHARE) for name in ("Coverage before", "Coverage after")),
        Field(t("Standard error"), 11, POINTS),
    ]
    rows: list[Row] = []
    for one in comparison.entities:
        for node in one.nodes if one.progress else ():
            if node.place.is_item or node.change is None or node.before is None or node.after is None:
                continue
            pair = (node.before, node.after)
            rows.append(
                [
                    one.entity.code,
                    shown(one.entity.name),
                    node.place.measurement,
                    words.kind(node.place.kind, kinds),
                    words.text(dict(node.place.titles)),
                    *(each.score for each in pair),
                    node.change,
                    *(each.level for each in pair),
                    *(each.coverage for each in pair),
                    node.standard_error,
                ]
            )
    return Sheet(t("Parts"), "parts", fields, rows)


def _items(comparison: Comparison, words: Words) -> Sheet:
    """What each item adds to the change of the index."""
    t, known = words.say, comparison.after.questionnaire.item_by_id
    fields = [
        *_who(t("Code"), t("Entity")),
        Field(t("Source"), 22),
        Field(t("Measurement"), 16),
        Field(t("Item"), 12),
        Field(t("What it says"), 70),
        Field(t("Points of the index"), 12, SMALL),
    ]
    rows: list[Row] = []
    for one in comparison.entities:
        node = one.node(INDEX, INDEX) if one.progress else None
        for part in node.contributions if node else ():
            item = known.get(part.item)
            said = "" if item is None else shown(words.text(item.text))
            who = (one.entity.code, shown(one.entity.name))
            rows.append([*who, t(SOURCES[part.source]), part.measurement, part.item, said, part.value])
    return Sheet(t("Items"), "items", fields, rows)


def _rounds(rounds: Sequence[Round], words: Words) -> Sheet:
    t = words.say
    fields = [
        Field(t("Round"), 16),
        *_who(t("Code"), t("Entity")),
        Field(t("State"), 14),
        Field(t("Rank"), 8),
        Field(t("Index"), 10, POINTS),
    ]
    rows: list[Row] = [
        [shown(each.label), code, shown(row.entity.name), t(row.status.value), row.rank, _point(row)]
        for each in rounds
        for code, row in sorted(each.rows.items())
    ]
    return Sheet(t("Rounds"), "rounds", fields, rows, frozen=1)
