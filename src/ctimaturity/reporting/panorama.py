"""What the ranked entities show together: how they are spread, level by level and part by part."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from ctimaturity.model.score import Status
from ctimaturity.reporting.document import DocumentTable
from ctimaturity.reporting.words import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn, ScoreColumns
    from ctimaturity.reporting.words import Words


_STEPS = 6
"""Bars of the distribution within one level; an even number."""
_UNLEVELLED = 36
"""Bars of the distribution of an index without levels; an even number."""


@dataclass(frozen=True, slots=True)
class Band:
    """How many entities are at a level: number, name, range, count, share."""

    level: int
    name: str
    interval: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class Stack:
    """The levels of one part, from the lowest one that there is; `total` entities have one."""

    column: ScoreColumn
    bands: tuple[Band, ...]
    total: int
    median: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Some entities whose index lies between two places of the scale."""

    start: float
    end: float
    count: int
    level: int | None


@dataclass(frozen=True, slots=True)
class IndexDistribution:
    """The index of the ranked entities.

    Attributes:
        bars: Equal steps of the scale, from the lowest.
        bands: By level.
        median: Unrounded and as shown.
    """

    column: ScoreColumn
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    median: float
    median_text: str

    @property
    def coarse(self) -> tuple[Bar, ...]:
        """Every two bars of a level as one, for a drawing that is half as wide."""
        return tuple(
            Bar(one.start, two.end, one.count + two.count, one.level)
            for one, two in zip(self.bars[::2], self.bars[1::2], strict=True)
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One measurement of a dimension: the scores of the ranked entities and their median."""

    column: ScoreColumn
    scores: tuple[float, ...]
    median: float
    text: str


@dataclass(frozen=True, slots=True)
class MedianContrast:
    """A part that two measurements have: `difference` is the second's median less the first's.

    Attributes:
        above: Entities whose second score is above the first.
        entities: Entities with both.
    """

    title: str
    sides: tuple[Side, Side]
    difference: str
    above: int
    entities: int


@dataclass(frozen=True, slots=True)
class Panorama:
    """All of it, with its tables.

    Attributes:
        distribution: None where nobody is ranked.
        stacks: A tuple for each grid of columns with levels; empty without.
        contrasts: The parts that two measurements share.
        names: Of those two measurements.
        tables: By `distribution`, `stacks-<number of the grid>` and `contrasts`.
    """

    distribution: IndexDistribution | None
    stacks: tuple[tuple[Stack, ...], ...]
    contrasts: tuple[MedianContrast, ...]
    names: tuple[str, str]
    tables: Mapping[str, DocumentTable]


def panorama(questionnaire: Questionnaire, index: Index, columns: ScoreColumns, words: Words) -> Panorama:
    """What the ranked entities of an index show together.

    Args:
        questionnaire: The definition.
        index: The ranked index.
        columns: The columns of the document.
        words: The language.
    """
    ranked = [row for row in index.rows if row.status is Status.RANKED]
    distribution = _distribution(ranked, columns.index, words) if ranked else None
    stacks = tuple(
        tuple(_stack(ranked, index, column, words) for column in grid.columns if column.levels and ranked)
        for grid in columns.grids
    )
    contrasts = tuple(_contrasts(questionnaire, ranked, index, columns, words))
    combined = questionnaire.profile.measurements if questionnaire.profile else ()
    titles = [column.title for column in columns.measurements if column.measurement in combined]
    names = (titles[0], titles[1]) if contrasts else ("", "")
    tables: dict[str, DocumentTable] = {}
    if distribution is not None:
        tables["distribution"] = distribution_table(distribution, words)
    for number, (grid, of_grid) in enumerate(zip(columns.grids, stacks, strict=True), 1):
        if of_grid:
            tables[f"stacks-{number}"] = stack_table(
                words.say("{title}: entities by level", title=grid.title), of_grid, words
            )
    if contrasts:
        tables["contrasts"] = contrast_table(names, contrasts, words)
    return Panorama(distribution, stacks, contrasts, names, tables)


def signed(difference: float, words: Words) -> str:
    """A difference with its sign; none when it is shown as 0."""
    text = words.number(difference)
    return f"+{text}" if difference > 0 and words.number(0.0) != text else text


def _distribution(ranked: Sequence[IndexRow], column: ScoreColumn, words: Words) -> IndexDistribution:
    scores = [row.index for row in ranked if row.index is not None]
    edges = [float(bound) for bound in column.bounds] or [float(end) for end in column.scale]
    steps = _STEPS if column.bounds else _UNLEVELLED
    bars = []
    for number, (start, end) in enumerate(itertools.pairwise(edges), 1):
        inside = [
            row.index
            for row in ranked
            if row.index is not None and (not column.bounds or max(row.level or 0, 1) == number)
        ]
        width = (end - start) / steps
        places = [min(max(int((score - start) / width), 0), steps - 1) for score in inside]
        level = number if column.bounds else None
        bars += [
            Bar(start + step * width, start + (step + 1) * width, places.count(step), level)
            for step in range(steps)
        ]
    middle = median(scores)
    return IndexDistribution(
        column=column,
        bars=tuple(bars),
        bands=_bands(column, [row.level for row in ranked], words),
        median=middle,
        median_text=words.number(middle, column.bounds),
    )


def _bands(column: ScoreColumn, levels: Sequence[int | None], words: Words) -> tuple[Band, ...]:
    """How many there are at each level; level 0 only where the scale has one."""
    known = [level for level in levels if level is not None]
    first = 0 if column.has_zero else 1
    return tuple(
        Band(
            level=level,
            name=column.level_names[level],
            interval=_interval(column, level, words),
            count=known.count(level),
            share=words.percent(known.count(level) / len(known) if known else 0.0),
        )
        for level in range(first, column.levels + 1)
    )


def _interval(column: ScoreColumn, level: int, words: Words) -> str:
    if level == 0:
        return words.number(float(column.bounds[0]))
    low, high = column.bounds[level - 1], column.bounds[level]
    return BETWEEN.join((words.number(float(low)), words.number(float(high))))


def _stack(ranked: Sequence[IndexRow], index: Index, column: ScoreColumn, words: Words) -> Stack:
    numbers = [index.node(row, column.measurement, column.node) for row in ranked]
    levels = [number.level for number in numbers if number.score is not None]
    scores = [number.score for number in numbers if number.score is not None]
    return Stack(
        column=column,
        bands=_bands(column, levels, words),
        total=len(scores),
        median=words.number(median(scores) if scores else None, column.bounds),
    )


def _contrasts(
    questionnaire: Questionnaire,
    ranked: Sequence[IndexRow],
    index: Index,
    columns: ScoreColumns,
    words: Words,
) -> Iterable[MedianContrast]:
    """The parts that the first two combined measurements share."""
    profile = questionnaire.profile
    scored = [m for m in profile.measurements if m in index.measurements] if profile else []
    if len(scored) < 2:  # noqa: PLR2004  (a contrast has two sides)
        return
    first, second = (columns.parts[name] for name in scored[:2])
    others = {column.node: column for column in second}
    for column in first:
        other = others.get(column.node)
        if other is None:
            continue
        pairs = []
        for row in ranked:
            one = index.node(row, column.measurement, column.node).score
            two = index.node(row, other.measurement, other.node).score
            if one is not None and two is not None:
                pairs.append((one, two))
        if pairs:
            yield _contrast(column, other, pairs, words)


def _contrast(
    column: ScoreColumn, other: ScoreColumn, pairs: Sequence[tuple[float, float]], words: Words
) -> MedianContrast:
    sides = []
    for at, side_column in enumerate((column, other)):
        scores = tuple(pair[at] for pair in pairs)
        middle = median(scores)
        sides.append(Side(side_column, scores, middle, words.number(middle, side_column.bounds)))
    return MedianContrast(
        title=column.title,
        sides=(sides[0], sides[1]),
        difference=signed(sides[1].median - sides[0].median, words),
        above=sum(two > one for one, two in pairs),
        entities=len(pairs),
    )


NUMBERS = "numbers left"
"""The look of a table whose cells are numbers."""


def distribution_table(distribution: IndexDistribution, words: Words) -> DocumentTable:
    """How many entities are at each level of the index; the median in the caption."""
    t = words.say
    rows = [
        (f"{band.level} · {band.name}", band.interval, str(band.count), band.share)
        for band in distribution.bands
    ]
    if not rows:
        rows = [
            (
                words.number(distribution.median),
                words.interval(bar.start, bar.end),
                str(bar.count),
                "",
            )
            for bar in distribution.bars
            if bar.count
        ]
    return DocumentTable(
        t("Ranked entities by level of the index; median {median}", median=distribution.median_text),
        (t("Level"), t("Range"), t("Entities"), t("Share")),
        tuple(rows),
        look=NUMBERS,
    )


def stack_table(title: str, stacks: Sequence[Stack], words: Words) -> DocumentTable:
    """Entities by part and level, with the median of each part."""
    t = words.say
    levels = max(stack.column.levels for stack in stacks)
    lowest = 0 if any(stack.column.has_zero for stack in stacks) else 1
    rows = []
    for stack in stacks:
        counts = {band.level: band.count for band in stack.bands}
        cells = [str(counts.get(level, "–")) for level in range(lowest, levels + 1)]
        rows.append((stack.column.title, *cells, str(stack.total), stack.median))
    headers = [f"{t('L')}{level}" for level in range(lowest, levels + 1)]
    return DocumentTable(title, (t("Part"), *headers, t("Entities"), t("Median")), tuple(rows), look=NUMBERS)


def contrast_table(
    names: tuple[str, str], contrasts: Sequence[MedianContrast], words: Words
) -> DocumentTable:
    """The medians of two measurements, part by part."""
    t = words.say
    rows = [
        (
            contrast.title,
            contrast.sides[0].text,
            contrast.sides[1].text,
            contrast.difference,
            t("{count} of {all}", count=contrast.above, all=contrast.entities),
        )
        for contrast in contrasts
    ]
    headers = (
        t("Part"),
        t("{measurement} (median)", measurement=names[0]),
        t("{measurement} (median)", measurement=names[1]),
        t("Difference"),
        t("{second} above {first}", first=names[0], second=names[1]),
    )
    return DocumentTable(
        t("{first} against {second}", first=names[0], second=names[1]), headers, tuple(rows), look=NUMBERS
    )
