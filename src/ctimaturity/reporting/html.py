"""Documents as self-contained pages, for the screen and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.reporting.document import Document
    from ctimaturity.reporting.page_templates import PageTemplates


def document_html(
    document: Document,
    templates: PageTemplates,
    language: str,
    template: str = "document.html.j2",
    script: str = "",
    **values: object,
) -> str:
    """A page: nothing is fetched, no script runs but the house's own, everything from outside is escaped.

    Args:
        document: What it says.
        templates: The look.
        language: `es` or `en`.
        template: The one that a theme may replace for this kind of document.
        script: Name of the script that it may run; none runs without.
        values: What else the template is given.

    Raises:
        JobError: A template of the theme is broken.
    """
    words = Words(language)
    given = {"document": document, "words": words, "t": words.say, **values}
    return templates.page(template, document.columns, script, **given)


def require_pdf() -> None:
    """See whether PDF can be made at all, before anything else is done.

    Raises:
        JobError: WeasyPrint, or a library that it needs, is not there.
    """
    try:
        import weasyprint  # noqa: F401  (only whether it is there)
    except (ImportError, OSError) as error:  # its libraries are loaded when it is imported
        reason = str(error).split("\n", maxsplit=1)[0]
        parameters = {"what": "PDF", "package": "WeasyPrint", "reason": reason, "extra": "pdf"}
        raise JobError([Diagnostic(codes.EXTRA_MISSING, parameters=parameters)]) from error


def write_pdf(target: Path, html: str) -> None:
    """Write a page, made for paper, as PDF; nothing is fetched, fonts are embedded.

    Args:
        target: The file.
        html: As `PageTemplates(paper=True)` makes it.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    HTML(string=html, url_fetcher=fetcher).write_pdf(str(target), pdf_variant="pdf/ua-1")
