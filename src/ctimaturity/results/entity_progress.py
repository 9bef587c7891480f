"""The CSV file of one entity in a comparison: every place and item, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.change import ChangeSource
from ctimaturity.model.score import INDEX, Status
from ctimaturity.model.text import in_language
from ctimaturity.results.progress_tables import CHANGE_COLUMNS, ENTITY, FROM, INDICATIVE, TO, node_numbers
from ctimaturity.results.table import YES, Column, Row, Table, legible, row_maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.questionnaire import Questionnaire

    Answers = Callable[[NodeChange], tuple[str, str]]
    IndicativeAnswers = Callable[[IndicativeItem], tuple[str, str]]

_ENTITY = {column.name: column for column in ENTITY}
_NAMED = tuple(_ENTITY[name] for name in ("entity_code", "entity_name"))
_WHO = (FROM, TO, *_NAMED)
_STATUS = tuple(_ENTITY[name] for name in ("status_before", "status_after"))
_PLACE = (
    *CHANGE_COLUMNS[3:6],
    Column("title", "string", "What it is called, or says"),
    Column("answer_before", "string", "What was answered in the earlier round, in words; items only"),
    Column("answer_after", "string", "What was answered in the later round, in words; items only"),
)
_NUMBERS = CHANGE_COLUMNS[6:]
_ADDED = {
    "definition": "What the definition adds to the change of the index; in the row of the index only",
    "reference": "What it adds to the change of the index by other reference ranges or another basis",
    "answers": "What it adds to the change of the index by its answer",
    "survey": "What it adds to the change of the index by what people answered",
}
_SOURCES: tuple[Column, ...] = tuple(
    Column(f"index_{source}", "number", _ADDED[source], "points") for source in ChangeSource
)
_RANKS = ("rank_before", "rank_after", "rank_own", "rank_others", "rank_membership")
_STANDING = tuple(_ENTITY[name] for name in (*_RANKS, "progress_rank", "progress_size"))
_INDICATIVE = (
    *_WHO,
    *_PLACE,
    Column("item_before", "string", "Id of the same item in the earlier edition; items only"),
    INDICATIVE,
    Column("items", "integer", "Matched items with a score in both rounds", required=True),
    Column("before", "number", "Their mean in the earlier round, from 0 to 100", required=True),
    Column("after", "number", "Their mean in the later round, from 0 to 100", required=True),
    Column("change", "number", "Later less earlier", required=True),
    Column("contribution", "number", "What it adds to the change of all matched items; items only"),
)


def entity_table(
    file: str,
    comparison: Comparison,
    one: EntityChange,
    rounds: Sequence[Round],
    language: str,
    answers: Answers,
) -> Table:
    """What one entity achieved: the rows of changes.csv that are its own, with words, ranks and sources.

    Args:
        file: Of the table, without its ending.
        comparison: The last two rounds in which it was read.
        one: What changed.
        rounds: All rounds; of more than two, each has a column of scores.
        language: Of titles.
        answers: What was answered to an item in both rounds, in words.
    """
    several = rounds if len(rounds) > 2 else ()  # noqa: PLR2004  (of two rounds all is said)
    said = "Score in this round of several"
    scores = tuple(Column(f"score:{legible(each.label)}", "number", said, "points") for each in several)
    columns = (*_WHO, *_STATUS, *_PLACE, *_NUMBERS, *_SOURCES, *_STANDING, *scores)
    labels = (legible(comparison.before.label), legible(comparison.after.label))
    who = (*labels, *row_maker((*_NAMED, *_STATUS))(one))
    standing = row_maker(_STANDING)(one)
    added = _added(one)

    def rows() -> Iterator[Row]:
        for node in one.nodes:
            place = node.place
            whole = (place.measurement, place.node) == (INDEX, INDEX)
            yield (
                *who,
                *(place.measurement, place.node, place.kind),
                legible(in_language(dict(place.titles), language)),
                *(map(legible, answers(node)) if place.is_item else (None, None)),
                *node_numbers(node),
                *(added.get((source, place.measurement, place.node)) for source in ChangeSource),
                *(standing if whole else (None,) * len(_STANDING)),
                *(_score(each, one.entity.code, node) for each in several),
            )

    return Table(file, "What changed for one entity", columns, ("measurement", "node"), rows)


def _added(one: EntityChange) -> dict[tuple[ChangeSource, str, str], float]:
    """What each item adds to the change of the index, by source; and the sums, in the row of the index."""
    added: dict[tuple[ChangeSource, str, str], float] = {}
    node = one.node(INDEX, INDEX)
    for part in node.contributions if node else ():
        for where in {(INDEX, INDEX), (part.measurement, part.item)} - {("", "")}:
            key = (part.source, *where)
            added[key] = added.get(key, 0.0) + part.value
    return added


def _score(given: Round, code: str, node: NodeChange) -> float | None:
    row = given.rows.get(code)
    column = given.index.table.place_index().get((node.place.measurement, node.place.node))
    if row is None or column is None or row.status is Status.REFUSED:
        return None
    return given.index.table.at(row.row, column).score


def indicative_entity_table(
    file: str,
    labels: tuple[str, str],
    changes: Sequence[IndicativeChange],
    items: Sequence[IndicativeItem],
    words: tuple[Questionnaire, str],
    answers: IndicativeAnswers,
) -> Table:
    """What the items that are the same say of one entity: its nodes, then the items themselves.

    Args:
        file: Of the table, without its ending.
        labels: Names of the two rounds.
        changes: Its nodes.
        items: Its matched items.
        words: The later definition, and the language of titles.
        answers: What was answered to an item in both rounds, in words.
    """
    questionnaire, language = words
    titles: Mapping[tuple[str, str], str] = {
        (measurement.id, node.id): in_language(node.title, language)
        for measurement in questionnaire.measurements
        for node in measurement.nodes
    }

    def rows() -> Iterator[Row]:
        pair = tuple(map(legible, labels))
        for each in changes:
            title = titles.get((each.measurement, each.node), in_language(questionnaire.title, language))
            place = (each.measurement, each.node, each.kind, legible(title), None, None, None)
            numbers = (each.items, each.before, each.after, each.change, None)
            yield (*pair, each.code, legible(each.name), *place, YES, *numbers)
        for item in items:
            said = legible(in_language(questionnaire.item_by_id[item.item].text, language))
            told = map(legible, answers(item))
            asked = (item.measurement, item.item, "item", said, *told, item.old_item)
            values = (1, item.before, item.after, item.change, item.contribution)
            yield (*pair, item.code, legible(item.name), *asked, YES, *values)

    key = ("measurement", "node")
    return Table(file, "Matched items of one entity: an indication, not scores", _INDICATIVE, key, rows)
