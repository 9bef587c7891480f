"""The pages of a comparison across editions: an indication, flagged everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.score import INDEX
from ctimaturity.reporting.document import Document, DocumentTable, Prose, leading, origin, section
from ctimaturity.reporting.panorama import signed
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.progress_figures import ARROW
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.analysis.round import Round

MOST_ITEMS = 12
"""Items that are named on each side; the tables have all."""


@dataclass(frozen=True)
class Editions:
    """Two rounds of different editions, and how to speak of them.

    Attributes:
        before, after: The rounds.
        matched: How many items are the same.
        words: The language.
    """

    before: Round
    after: Round
    matched: int
    words: Words

    @property
    def flag(self) -> str:
        """What stands wherever a number does."""
        return self.words.say("Only an indication: this is no change of score.")

    @property
    def warning(self) -> str:
        """Why it is none."""
        return self.words.say(
            "{old} and {new} are different editions. Only the {count} items that mean the same in both are "
            "compared, each rescaled from 0 to 100 and all equal; weights, rules and levels of neither "
            "edition count.",
            old=self.before.questionnaire.key,
            new=self.after.questionnaire.key,
            count=self.matched,
        )

    @property
    def title(self) -> str:
        """Of the whole comparison."""
        return shown(
            self.words.say(
                "An indication across editions: {before} to {after}",
                before=self.before.label,
                after=self.after.label,
            )
        )


def indicative_page(
    changes: Sequence[IndicativeChange],
    editions: Editions,
    provenance: Sequence[tuple[str, str]],
    links: Mapping[str, str] | None = None,
) -> Document:
    """The page of all entities, across editions.

    Args:
        changes: What the items that are the same say.
        editions: The two rounds.
        provenance: Labels and values.
        links: Addresses of the pages of entities, by code.
    """
    t, flag, addresses = editions.words.say, editions.flag, links or {}
    wholes = [change for change in changes if change.measurement == INDEX]
    linked = [whole for whole in wholes if whole.code in addresses]
    named = [(shown(whole.name or whole.code), addresses[whole.code]) for whole in linked]
    return Document(
        heading=editions.title,
        over=editions.words.text(editions.after.questionnaire.title),
        lead=(Prose((flag, editions.warning), "prose one"),),
        tiles=((t("Items that are the same"), str(editions.matched)),),
        sections=(
            section("warning", flag, (editions.warning,)),
            section("whole", t("All matched items"), (flag,), _whole(wholes, editions.words)),
            section("nodes", t("Part by part"), (flag,), *_parts(changes, editions)),
            *leading(named, editions.words),
            origin(provenance, editions.words),
        ),
    )


def indicative_entity_page(
    changes: Sequence[IndicativeChange],
    items: Sequence[IndicativeItem],
    editions: Editions,
    provenance: Sequence[tuple[str, str]],
    back: tuple[str, str] | None = None,
) -> Document:
    """The page of one entity, across editions.

    Args:
        changes: Its nodes.
        items: Its matched items.
        editions: The two rounds.
        provenance: Labels and values.
        back: Name and address of the page of all entities.
    """
    words, flag = editions.words, editions.flag
    t = words.say
    whole = next(change for change in changes if change.measurement == INDEX)
    before, after, change = _numbers(whole, words)
    up, down = (sum(item.change * sign > 0 for item in items) for sign in (1, -1))
    counted = t(
        "Of {count} matched items with a score in both rounds, {up} are worth more than before and "
        "{down} less.",
        count=len(items),
        up=up,
        down=down,
    )
    return Document(
        heading=t("What you achieved, only as an indication: {name}", name=shown(whole.name or whole.code)),
        over=editions.title,
        lead=(Prose((flag, editions.warning, counted), "prose one"),),
        tiles=(
            (t("Only an indication: after, from 0 to 100"), after),
            (t("Before, from 0 to 100"), before),
            (t("Change"), change),
            (t("Matched items"), str(whole.items)),
        ),
        sections=(
            section("warning", flag, (editions.warning,)),
            section("nodes", t("Part by part"), (flag,), _own_parts(changes, editions)),
            section("items", t("What moved it"), _moved(flag, words), *_items(items, editions)),
            origin(provenance, words),
        ),
        back=back,
    )


def _moved(flag: str, words: Words) -> tuple[str, str]:
    said = words.say(
        "All matched items count alike: each adds its own change, divided by how many they are, to the "
        "change of all of them together. Their scales may differ between the editions, so the same answer "
        "may be worth more or less from 0 to 100."
    )
    return flag, said


def _whole(wholes: Sequence[IndicativeChange], words: Words) -> DocumentTable:
    t = words.say
    rows = tuple((_name(change), str(change.items), *_numbers(change, words)) for change in wholes)
    headers = (t("Entity"), t("Items"), t("Before"), t("After"), t("Change"))
    return DocumentTable(t("Only an indication: matched items, from 0 to 100"), headers, rows)


def _titles(editions: Editions, measurement: str) -> dict[str, str]:
    """Of a measurement and its top nodes, by id."""
    root = editions.after.questionnaire.measurement_by_id[measurement].root
    return {node.id: editions.words.text(node.title) for node in (root, *root.children)}


def _parts(changes: Sequence[IndicativeChange], editions: Editions) -> tuple[DocumentTable, ...]:
    """A table per measurement: its own line and that of its top nodes, for each entity."""
    t, words = editions.words.say, editions.words
    tables = []
    for name in editions.after.index.measurements:
        titles = _titles(editions, name)
        rows = tuple(
            (_name(change), titles[change.node], str(change.items), *_numbers(change, words))
            for change in changes
            if change.measurement == name and change.node in titles
        )
        if rows:
            caption = t("Only an indication: {title}", title=next(iter(titles.values())))
            headers = (t("Entity"), t("Part"), t("Items"), t("Before"), t("After"), t("Change"))
            tables.append(DocumentTable(caption, headers, rows))
    return tuple(tables)


def _own_parts(changes: Sequence[IndicativeChange], editions: Editions) -> DocumentTable:
    """The measurements of one entity, each with its top nodes."""
    t, words = editions.words.say, editions.words
    rows = [(t("All matched items"), str(change.items), *_numbers(change, words)) for change in changes[:1]]
    for name in editions.after.index.measurements:
        titles = _titles(editions, name)
        root = next(iter(titles.values()))
        rows += [
            (
                root if titles[change.node] == root else f"{root}: {titles[change.node]}",
                str(change.items),
                *_numbers(change, words),
            )
            for change in changes
            if change.measurement == name and change.node in titles
        ]
    headers = (t("Part"), t("Items"), t("Before"), t("After"), t("Change"))
    return DocumentTable(t("Only an indication: matched items, from 0 to 100"), headers, tuple(rows))


def _items(items: Sequence[IndicativeItem], editions: Editions) -> Iterator[DocumentTable]:
    """What raised and what lowered the mean of all matched items most."""
    t, words = editions.words.say, editions.words
    moved = sorted(items, key=lambda item: (-abs(item.contribution), item.item))
    headers = ("Item", "What it says", "Answer before", "Answer after", "From 0 to 100", "Points of 100")
    captions = (t("Only an indication: what raised it most"), t("Only an indication: what lowered it most"))
    for caption, sign in zip(captions, (1, -1), strict=True):
        rows = [
            (
                item.item,
                shown(words.text(editions.after.questionnaire.item_by_id[item.item].text)),
                *AnswerWords(item.code, editions.before, editions.after, words).across(item),
                f"{words.number(item.before)} {ARROW} {words.number(item.after)}",
                signed(item.contribution, words),
            )
            for item in moved
            if item.contribution * sign > 0
        ]
        if rows:
            yield DocumentTable(caption, tuple(map(t, headers)), tuple(rows[:MOST_ITEMS]))


def _numbers(change: IndicativeChange, words: Words) -> tuple[str, str, str]:
    return words.number(change.before), words.number(change.after), signed(change.change, words)


def _name(change: IndicativeChange) -> str:
    return f"{shown(change.name)} ({shown(change.code)})" if change.name else shown(change.code)
