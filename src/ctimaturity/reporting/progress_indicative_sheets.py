"""The sheets of the workbooks of a comparison across editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.progress_sheets import POINTS, SMALL, Row, said_sheet, who_fields
from ctimaturity.reporting.sheet import Field, Sheet
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.reporting.progress_indicative import Editions


def indicative_sheets(
    changes: Sequence[IndicativeChange], items: Sequence[IndicativeItem], editions: Editions
) -> Iterator[Sheet]:
    """The warning stands in front, and in the names of the others.

    Args:
        changes: What the items that are the same say, of all entities or of one.
        items: These items.
        editions: The two rounds.
    """
    yield said_sheet(editions.flag, (editions.flag, editions.warning))
    yield _nodes(changes, editions)
    yield _items(items, editions)


def _nodes(changes: Sequence[IndicativeChange], editions: Editions) -> Sheet:
    t = editions.words.say
    fields = [
        *who_fields(t("Code"), t("Entity")),
        Field(t("Measurement"), 16),
        Field(t("Part"), 46),
        Field(t("Items"), 11),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
    ]
    questionnaire = editions.after.questionnaire
    titles = {
        (measurement.id, node.id): editions.words.text(node.title)
        for measurement in questionnaire.measurements
        for node in measurement.nodes
    }
    titles[INDEX, INDEX] = t("All matched items")
    rows: list[Row] = [
        [
            *(each.code, shown(each.name), each.measurement, titles[each.measurement, each.node], each.items),
            *(each.before, each.after, each.change),
        ]
        for each in changes
    ]
    return Sheet(t("Only an indication"), "indicative", fields, rows)


def _items(items: Sequence[IndicativeItem], editions: Editions) -> Sheet:
    """Every matched item, with what was answered, its rescaled scores and what it adds."""
    t, words, known = editions.words.say, editions.words, editions.after.questionnaire.item_by_id
    fields = [
        *who_fields(t("Code"), t("Entity")),
        Field(t("Measurement"), 16),
        Field(t("Item"), 12),
        Field(t("Item before"), 12),
        Field(t("What it says"), 70),
        *(Field(t(name), 24) for name in ("Answer before", "Answer after")),
        *(Field(t(name), 10, POINTS) for name in ("Before", "After", "Change")),
        Field(t("Points of 100"), 12, SMALL),
    ]
    rows: list[Row] = [
        [
            *(item.code, shown(item.name), item.measurement, item.item, item.old_item),
            shown(words.text(known[item.item].text)),
            *AnswerWords(item.code, editions.before, editions.after, words).across(item),
            *(item.before, item.after, item.change, item.contribution),
        ]
        for item in items
    ]
    return Sheet(t("Only an indication: items"), "indicative_items", fields, rows)
