"""The index as one self-contained page."""

from __future__ import annotations

import base64
import hashlib
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.reporting.theme import Theme
from ctimaturity.reporting.view import index_view
from ctimaturity.reporting.words import shortened

if TYPE_CHECKING:
    from jinja2 import Environment

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.columns import Column, Columns
    from ctimaturity.reporting.provenance import Provenance

TEMPLATES = Path(__file__).parent / "templates"
_TITLE_WIDTH = 15


def render_html(
    assessment: Assessment, provenance: Provenance, language: str, theme: Theme | None = None
) -> str:
    """Write the index for a browser: nothing is fetched, no script runs, everything from outside is escaped.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        theme: The look; the house's own without one.

    Returns:
        A whole HTML document.
    """
    view = index_view(assessment, provenance, language)
    environment = _environment()
    columns = view.columns
    css = environment.get_template("theme.css.j2").render(
        theme=theme or Theme(), level_counts=sorted(_level_counts(columns))
    )
    return environment.get_template("index.html.j2").render(
        view=view,
        words=view.words,
        t=view.words.say,
        css=css,
        css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii"),
    )


def _level_counts(columns: Columns) -> set[int]:
    every = [columns.index, *columns.measurements, *(c for grid in columns.grids for c in grid.columns)]
    return {column.levels for column in every if column.levels}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["lines"] = title_lines
    environment.filters["along"] = along
    environment.filters["shortened"] = shortened
    return environment


def title_lines(title: str) -> list[str]:
    """A title in lines that fit above a column of a chart, four at most."""
    lines = textwrap.wrap(title, _TITLE_WIDTH, break_long_words=False)
    return lines if len(lines) <= 4 else [*lines[:3], lines[3] + "…"]  # noqa: PLR2004  (four lines)


def along(value: float, column: Column, width: float) -> str:
    """Where a score lies on an axis of a given width, in pixels with one decimal."""
    low, high = (float(end) for end in column.scale)
    share = (float(value) - low) / (high - low) if high > low else 0.0
    return f"{share * width:.1f}".removesuffix(".0")
