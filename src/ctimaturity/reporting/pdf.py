"""Pages as PDF, tagged for screen readers (PDF/UA-1), with WeasyPrint from the extra `pdf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError

if TYPE_CHECKING:
    from pathlib import Path


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
