"""The dossier of one entity as a self-contained page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.html import levelled
from ctimaturity.reporting.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.reporting.dossier import Dossier
    from ctimaturity.reporting.parts import PartLine
    from ctimaturity.reporting.press import Press
    from ctimaturity.reporting.words import Words


def render_dossier(dossier: Dossier, press: Press, back: str = "") -> str:
    """Write a dossier; nothing is fetched, no script runs, everything from outside is escaped.

    Args:
        dossier: What to show.
        press: The look.
        back: Address of the page of all entities; empty without one.

    Raises:
        JobError: A template of the theme is broken.
    """
    words = dossier.words
    return press.page(
        "dossier.html.j2",
        levelled(dossier.columns),
        dossier=dossier,
        words=words,
        t=words.say,
        back=back,
        part_table=lambda title, lines: part_table(title, lines, words),
        crossing_table=crossing_table(dossier),
    )


def part_table(title: str, lines: Sequence[PartLine], words: Words) -> Table:
    """Parts with score, level, interval, the group's median and the next target."""
    t = words.say
    rows = [
        (
            line.column.title,
            line.figure.text,
            f"{line.figure.level} · {line.figure.level_name}" if line.figure.level is not None else "–",
            words.interval(line.figure.low, line.figure.high, line.column.bounds),
            line.median_text,
            f"{line.target.text} ({line.target.level})" if line.target else "–",
        )
        for line in lines
    ]
    headers = ("Part", "Score", "Level", "Interval", "Median of the group", "Next level")
    return Table(title, tuple(t(header) for header in headers), tuple(rows))


def crossing_table(dossier: Dossier) -> Table:
    """The parts that two measurements have, with their difference."""
    t = dossier.words.say
    rows = tuple(
        (each.title, each.one.figure.text, each.two.figure.text, each.difference)
        for each in dossier.crossings
    )
    first, second = dossier.names
    return Table(
        t("{first} against {second}", first=first, second=second),
        (t("Part"), first, second, t("Difference")),
        rows,
    )
