"""The page of a comparison across editions: an indication, flagged everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX
from ctimaturity.reporting.panorama import signed
from ctimaturity.reporting.progress_page import Page, Section
from ctimaturity.reporting.table import Table
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.indicative import IndicativeChange
    from ctimaturity.analysis.round import Round


def indicative_page(
    changes: Sequence[IndicativeChange],
    rounds: tuple[Round, Round],
    matched: int,
    language: str,
    provenance: Sequence[tuple[str, str]],
) -> Page:
    """The page of all entities, across editions.

    Args:
        changes: What the items that are the same say.
        rounds: The two rounds.
        matched: How many items are the same.
        language: `es` or `en`.
        provenance: Labels and values.
    """
    words = Words(language)
    t, (before, after) = words.say, rounds
    flag = t("Only an indication: this is no change of score.")
    warning = t(
        "{old} and {new} are different editions. Only the {count} items that mean the same in both are "
        "compared, each rescaled from 0 to 100 and all equal; weights, rules and levels of neither edition "
        "count.",
        old=before.questionnaire.key,
        new=after.questionnaire.key,
        count=matched,
    )
    title = t("An indication across editions: {before} to {after}", before=before.label, after=after.label)
    return Page(
        heading=shown(title),
        over=words.text(after.questionnaire.title),
        lead=(flag, warning),
        tiles=((t("Items that are the same"), str(matched)),),
        sections=(
            Section("warning", flag, (warning,), flagged=True),
            Section("whole", t("All matched items"), (flag,), tables=(_whole(changes, words),)),
            Section("nodes", t("Part by part"), (flag,), tables=_parts(changes, after, words)),
        ),
        provenance=tuple(provenance),
    )


def _whole(changes: Sequence[IndicativeChange], words: Words) -> Table:
    t = words.say
    rows = tuple(
        (_name(each), str(each.items), *_numbers(each, words))
        for each in changes
        if each.measurement == INDEX
    )
    headers = (t("Entity"), t("Items"), t("Before"), t("After"), t("Change"))
    return Table(t("Only an indication: matched items, from 0 to 100"), headers, rows)


def _parts(changes: Sequence[IndicativeChange], after: Round, words: Words) -> tuple[Table, ...]:
    """A table per measurement: its own line and that of its top nodes, for each entity."""
    t = words.say
    tables = []
    for name in after.index.measurements:
        root = after.questionnaire.measurement_by_id[name].root
        titles = {node.id: words.text(node.title) for node in (root, *root.children)}
        rows = tuple(
            (_name(each), titles[each.node], str(each.items), *_numbers(each, words))
            for each in changes
            if each.measurement == name and each.node in titles
        )
        if rows:
            caption = t("Only an indication: {title}", title=titles[root.id])
            headers = (t("Entity"), t("Part"), t("Items"), t("Before"), t("After"), t("Change"))
            tables.append(Table(caption, headers, rows))
    return tuple(tables)


def _numbers(each: IndicativeChange, words: Words) -> tuple[str, str, str]:
    return words.number(each.before), words.number(each.after), signed(each.change, words)


def _name(each: IndicativeChange) -> str:
    return f"{shown(each.name)} ({shown(each.code)})" if each.name else shown(each.code)
