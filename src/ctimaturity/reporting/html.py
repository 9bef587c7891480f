"""Documents as self-contained pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from ctimaturity.reporting.document import Document
    from ctimaturity.reporting.page_templates import PageTemplates


def document_html(
    document: Document,
    press: PageTemplates,
    language: str,
    template: str = "document.html.j2",
    script: str = "",
    **values: object,
) -> str:
    """A page: nothing is fetched, no script runs but the house's own, everything from outside is escaped.

    Args:
        document: What it says.
        press: The look.
        language: `es` or `en`.
        template: The one that a theme may replace for this kind of document.
        script: Name of the script that it may run; none runs without.
        values: What else the template is given.

    Raises:
        JobError: A template of the theme is broken.
    """
    words = Words(language)
    given = {"document": document, "words": words, "t": words.say, **values}
    return press.page(template, document.columns, script, **given)
