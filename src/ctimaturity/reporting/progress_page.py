"""What a page about progress consists of, the same for HTML and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.reporting.columns import Column
    from ctimaturity.reporting.table import Table

MOST_LINES = 40
"""Entities that a chart shows; the tables have all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entity, or one part of one, along the rounds.

    Attributes:
        name: Of whom.
        scores: One per round; None where no point is shown.
        texts: As they are shown.
    """

    name: str
    scores: tuple[float | None, ...]
    texts: tuple[str, ...]

    @property
    def last(self) -> tuple[str, int]:
        """The last point as it is shown, and the number of its round."""
        number = max(number for number, score in enumerate(self.scores) if score is not None)
        return self.texts[number], number


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines along rounds.

    Attributes:
        title: What it is.
        description: How to read it.
        rounds: Names, the earliest first.
        lines: At least one, each with a score.
        table: The same numbers.
        small: Whether each line has a small chart of its own.
    """

    title: str
    description: str
    rounds: tuple[str, ...]
    lines: tuple[Line, ...]
    table: Table
    small: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Whole points that all scores lie between."""
        scores = [score for line in self.lines for score in line.scores if score is not None]
        low, high = min(scores) // 1, -(-max(scores) // 1)
        return low, max(high, low + 1)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Attributes:
        id: Its anchor.
        heading: For people.
        paragraphs: What is said.
        charts: Below them.
        tables: Below the charts.
        flagged: Whether what is said is a warning.
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page about progress.

    Attributes:
        heading: The title.
        over: What stands above it.
        lead: Sentences at the head.
        tiles: Labels and values.
        sections: In order.
        provenance: Labels and values.
        columns: Whose levels have colours on it.
        links: Names and addresses of other pages.
    """

    heading: str
    over: str
    lead: tuple[str, ...]
    tiles: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    provenance: tuple[tuple[str, str], ...]
    columns: Sequence[Column] = ()
    links: tuple[tuple[str, str], ...] = ()
