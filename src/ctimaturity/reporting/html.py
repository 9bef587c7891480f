"""The index as one self-contained page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.press import Press
from ctimaturity.reporting.surroundings import ALONE
from ctimaturity.reporting.view import index_view

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.columns import Column, Columns
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.surroundings import Surroundings
    from ctimaturity.reporting.theme import Theme


def render_html(
    assessment: Assessment,
    provenance: Provenance,
    language: str,
    theme: Theme | None = None,
    surroundings: Surroundings = ALONE,
    *,
    paper: bool = False,
) -> str:
    """Write the index for a browser: nothing is fetched, everything from outside is escaped.

    One script of the house runs, by its hash, and only sorts and filters what is there.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        theme: The look; the house's own without one.
        surroundings: Departments, the round before, pages of entities.
        paper: Whether the page is for PDF.

    Returns:
        A whole HTML document.

    Raises:
        JobError: A template of the theme is broken.
    """
    view = index_view(assessment, provenance, language, surroundings)
    return Press(theme, paper=paper).page(
        "index.html.j2",
        levelled(view.columns),
        "index.js",
        view=view,
        words=view.words,
        t=view.words.say,
    )


def levelled(columns: Columns) -> list[Column]:
    """Every column whose levels may be shown."""
    parts = [column for of_measurement in columns.parts.values() for column in of_measurement]
    grids = [column for grid in columns.grids for column in grid.columns]
    return [columns.index, *columns.measurements, *parts, *grids]
