"""The numbers of the panorama as tables of words, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.document import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.reporting.panorama import DimensionContrast, IndexDistribution, Stack
    from ctimaturity.reporting.words import Words


NUMBERS = "numbers left"
"""The look of a table whose cells are numbers."""


def distribution_table(distribution: IndexDistribution, words: Words) -> Table:
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
    return Table(
        t("Ranked entities by level of the index; median {median}", median=distribution.median_text),
        (t("Level"), t("Range"), t("Entities"), t("Share")),
        tuple(rows),
        look=NUMBERS,
    )


def stack_table(title: str, stacks: Sequence[Stack], words: Words) -> Table:
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
    return Table(title, (t("Part"), *headers, t("Entities"), t("Median")), tuple(rows), look=NUMBERS)


def contrast_table(names: tuple[str, str], contrasts: Sequence[DimensionContrast], words: Words) -> Table:
    """The medians of two measurements, part by part."""
    t = words.say
    rows = [
        (
            each.title,
            each.sides[0].text,
            each.sides[1].text,
            each.difference,
            t("{count} of {all}", count=each.above, all=each.entities),
        )
        for each in contrasts
    ]
    headers = (
        t("Part"),
        t("{measurement} (median)", measurement=names[0]),
        t("{measurement} (median)", measurement=names[1]),
        t("Difference"),
        t("{second} above {first}", first=names[0], second=names[1]),
    )
    return Table(
        t("{first} against {second}", first=names[0], second=names[1]), headers, tuple(rows), look=NUMBERS
    )
