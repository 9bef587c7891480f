"""The CSV file of each entity in a comparison, and what its files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.words import Words
from ctimaturity.results.entity_progress import entity_table, indicative_entity_table
from ctimaturity.workflows.documents import file_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.results.table import Table
    from ctimaturity.workflows.compare import Compared

ENTITIES = "entities"
"""The folder of the files of entities."""


def entity_file_names(compared: Compared) -> dict[str, str]:
    """Names of files, without ending, of the entities that were read in two rounds or more."""
    if compared.indicative is None:
        return file_names(list(compared.latest))
    return file_names(list(changes_of(compared)))


def changes_of(compared: Compared) -> dict[str, list[IndicativeChange]]:
    """The nodes of a comparison across editions, by entity."""
    found: dict[str, list[IndicativeChange]] = {}
    for each in compared.indicative or ():
        found.setdefault(each.code, []).append(each)
    return found


def items_of(compared: Compared) -> dict[str, list[IndicativeItem]]:
    """The matched items of a comparison across editions, by entity."""
    found: dict[str, list[IndicativeItem]] = {}
    for each in compared.indicative_items:
        found.setdefault(each.code, []).append(each)
    return found


def entity_tables(compared: Compared, language: str) -> Iterator[Table]:
    """A table for each of these entities."""
    words, names = Words(language), entity_file_names(compared)
    if compared.indicative is not None:
        yield from _across(compared, words, names)
        return
    for code, (comparison, one) in compared.latest.items():
        yield _table(f"{ENTITIES}/{names[code]}", compared, comparison, one, words)


def _table(file: str, compared: Compared, comparison: Comparison, one: EntityChange, words: Words) -> Table:
    known = AnswerWords(one.entity.code, comparison.before, comparison.after, words)

    def answers(node: NodeChange) -> tuple[str, str]:
        return known.pair(node.place.node, node)

    return entity_table(file, comparison, one, compared.rounds, words.language, answers)


def _across(compared: Compared, words: Words, names: dict[str, str]) -> Iterator[Table]:
    before, after = compared.rounds
    items = items_of(compared)
    for code, changes in changes_of(compared).items():
        known = AnswerWords(code, before, after, words)
        yield indicative_entity_table(
            f"{ENTITIES}/{names[code]}",
            (before.label, after.label),
            changes,
            items[code],
            (after.questionnaire, words.language),
            known.across,
        )
