"""The account of an entity's numbers in plain sentences, made by rules from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import rank_text
from ctimaturity.model.score import Status
from ctimaturity.reporting.entity import type_label
from ctimaturity.reporting.groups import BY_TYPE, grouping_title
from ctimaturity.reporting.parts import target
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import GroupRank, Index, IndexRow
    from ctimaturity.reporting.basics import Basics
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.entity import EntityView
    from ctimaturity.reporting.parts import PartLine, Peers
    from ctimaturity.reporting.words import Words


def standing(
    entity: EntityView, column: ScoreColumn, index: Index, peers: Peers | None, words: Words
) -> Iterable[str]:
    """Where the entity stands: index, level, rank, bounds, group, the next level."""
    t, figure, row = words.say, entity.index, entity.row
    if row.status is Status.REFUSED:
        yield t(
            "The workbook was refused: something in it cannot be read for certain, so nothing was scored."
        )
        return
    if row.status is Status.INCOMPLETE:
        yield t("There are not enough answers for an index. What was answered lies open below, part by part.")
        return
    low, high = (words.number(float(end)) for end in column.scale)
    if row.status is Status.PROVISIONAL:
        yield t(
            "There are enough answers for an interval and not for a rank: on the scale from {low} to {high}"
            " the index lies between {from_} and {to}.",
            low=low,
            high=high,
            from_=words.number(row.index_low, column.bounds),
            to=words.number(row.index_high, column.bounds),
        )
        return
    sentence = "The index is {score} on a scale from {low} to {high}: level {level}."
    if figure.level is None:
        sentence = "The index is {score} on a scale from {low} to {high}."
    name = f"{figure.level}, {figure.level_name}" if figure.level_name else figure.level
    yield t(sentence, score=figure.text, low=low, high=high, level=name)
    yield _rank(row, index, words)
    if row.index_low != row.index_high:
        yield t(
            "What was left open could take it down to {low} or up to {high}.",
            low=words.number(row.index_low, column.bounds),
            high=words.number(row.index_high, column.bounds),
        )
    following = target(column, figure, words)
    if following is not None:
        yield t(
            "The next level, {level}, asks for {bound}: {missing} to go.",
            level=following.level.replace(" · ", ", "),
            bound=following.text,
            missing=following.missing,
        )
    else:
        yield from [t("That is the highest level there is.")] if column.levels else []
    middle = peers.median(column) if peers else None
    if peers is not None and middle is not None and row.index is not None:
        yield t(
            (_OF_ALL if peers.everyone else _OF_GROUP)[(row.index > middle) - (row.index < middle)],
            group=peers.title,
            median=words.number(middle, column.bounds),
            size=peers.size,
        )


_OF_ALL = {
    1: "It lies above the median of all {size} ranked entities, {median}.",
    0: "It is the median of all {size} ranked entities, {median}.",
    -1: "It lies below the median of all {size} ranked entities, {median}.",
}
_OF_GROUP = {
    1: "It lies above the median of its group, {group}: {median}, over {size} ranked entities.",
    0: "It is the median of its group, {group}: {median}, over {size} ranked entities.",
    -1: "It lies below the median of its group, {group}: {median}, over {size} ranked entities.",
}


def _rank(row: IndexRow, index: Index, words: Words) -> str:
    ranked = [other for other in index.rows if other.status is Status.RANKED]
    better = sum((other.rank or 0) < (row.rank or 0) for other in ranked)
    alike = sum(other.rank == row.rank for other in ranked) - 1
    if len(ranked) == 1:
        return words.say("It is the only entity that is ranked.")
    place = words.say("It has rank {rank} of {size}", rank=row.rank, size=len(ranked))
    facts = [
        words.count("{count} entity has a higher index", "{count} entities have a higher index", better)
        if better
        else words.say("no entity has a higher index")
    ]
    if alike:
        facts.append(
            words.count("{count} other has exactly the same", "{count} others have exactly the same", alike)
        )
    return f"{place}: {words.listed(facts)}."


def group_ranks(questionnaire: Questionnaire, row: IndexRow, words: Words) -> tuple[tuple[str, str], ...]:
    """Label and place of each rank within a group."""
    labelled = []
    for name, group in row.groups.items():
        if group.rank is not None:
            by_type = name == BY_TYPE
            title = type_label(questionnaire, group.group, words) if by_type else shown(group.group)
            labelled.append((_group_label(name, title, words), _place(group, words)))
    return tuple(labelled)


def _group_label(name: str, title: str, words: Words) -> str:
    if name == BY_TYPE:
        return words.say("Rank among: {group}", group=title)
    return words.say("Rank in {grouping}: {group}", grouping=grouping_title(name, words), group=title)


def _place(group: GroupRank, words: Words) -> str:
    return words.say("{place} of {size}", place=rank_text(group.rank, tied=group.tied), size=group.size)


def extremes(lines: Sequence[PartLine], words: Words) -> Iterable[str]:
    """The highest and the lowest of some parts; nothing where they cannot be told apart."""
    scored = [(line.figure.score, line) for line in lines if line.figure.score is not None]
    if len(scored) < 2:  # noqa: PLR2004  (an extreme needs another one)
        return
    highest = max(score for score, _ in scored)
    lowest = min(score for score, _ in scored)
    if words.number(highest) == words.number(lowest):
        yield words.say("All parts have the same score, {score}.", score=words.number(highest))
        return
    top = [line.column.title for score, line in scored if score == highest]
    bottom = [line.column.title for score, line in scored if score == lowest]
    yield words.count(
        "The highest score is that of {names} ({score}).",
        "The highest score is shared by {names} ({score}).",
        len(top),
        names=words.listed(top),
        score=words.number(highest),
    )
    yield words.count(
        "The lowest is that of {names} ({score}).",
        "The lowest is shared by {names} ({score}).",
        len(bottom),
        names=words.listed(bottom),
        score=words.number(lowest),
    )


def contrast_sentences(
    names: tuple[str, str], pairs: Sequence[tuple[str, float, float]], words: Words
) -> Iterable[str]:
    """How two measurements differ over the parts that both have: pairs of title, first and second score."""
    if not pairs:
        return
    above = [pair for pair in pairs if pair[2] > pair[1]]
    below = [pair for pair in pairs if pair[2] < pair[1]]
    first, second = names
    for pairs_of, sentence in ((above, _HIGHER), (below, _LOWER)):
        if pairs_of:
            title, one, two = max(pairs_of, key=lambda pair: abs(pair[2] - pair[1]))
            yield words.count(
                *sentence,
                len(pairs_of),
                first=first,
                second=second,
                title=title,
                one=words.number(one),
                two=words.number(two),
            )
    if not above and not below:
        yield words.say("{first} and {second} agree in every part.", first=first, second=second)


_HIGHER = (
    "In {count} part {second} lies above {first}: {title} ({first} {one}, {second} {two}).",
    "In {count} parts {second} lies above {first}; most in {title} ({first} {one}, {second} {two}).",
)
_LOWER = (
    "In {count} part {second} lies below {first}: {title} ({first} {one}, {second} {two}).",
    "In {count} parts {second} lies below {first}; most in {title} ({first} {one}, {second} {two}).",
)


def staged_sentences(staged: Basics, words: Words) -> Iterable[str]:
    """What the staged level says."""
    name = f"{staged.level}, {staged.name}" if staged.name else str(staged.level)
    yield words.say("The staged level of {measurement} is {level}.", measurement=staged.title, level=name)
    if staged.holding:
        yield words.count(
            "{count} part holds it there: until something is met in it, the whole cannot rise.",
            "{count} parts hold it there: until each of them meets what it lacks, the whole cannot rise.",
            len(staged.holding),
        )
    elif not staged.lacks:
        yield words.say("Nothing is missing: everything asked for is met.")
