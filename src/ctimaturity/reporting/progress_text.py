"""A page about progress as HTML and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.markdown import escaped, markdown_table
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.reporting.press import Press
    from ctimaturity.reporting.progress_page import Page, Section


def render_progress_html(page: Page, press: Press, language: str) -> str:
    """Write a page; nothing is fetched, no script runs, everything from outside is escaped.

    Raises:
        JobError: A template of the theme is broken.
    """
    words = Words(language)
    return press.page("progress.html.j2", page.columns, page=page, words=words, t=words.say)


def render_progress_markdown(page: Page, language: str) -> str:
    """Write a page as Markdown, with a line feed at its end."""
    words = Words(language)
    blocks = [f"# {escaped(page.heading)}", escaped(page.over), *map(escaped, page.lead)]
    if page.tiles:
        blocks.append("\n".join(f"- {escaped(label)}: **{escaped(value)}**" for label, value in page.tiles))
    for section in page.sections:
        blocks += _section(section)
    blocks.append(f"## {escaped(words.say('Provenance'))}")
    blocks.append("\n".join(f"- {escaped(label)}: {escaped(value)}" for label, value in page.provenance))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.heading)}"
    yield from map(escaped, section.paragraphs)
    tables = dict.fromkeys([*(chart.table for chart in section.charts), *section.tables])
    for table in tables:
        yield f"### {escaped(table.caption)}"
        yield markdown_table(table.headers, table.rows)
