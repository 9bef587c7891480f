"""What documents are told about an assessment beside its numbers, and where they may be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.reporting.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.reporting.document import Document
    from ctimaturity.reporting.page_templates import PageTemplates
    from ctimaturity.reporting.theme import Theme

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 60
"""Letters; with the folders around them paths stay within the 260 that Windows opens."""


def provenance_of(assessment: Assessment) -> Provenance:
    """Where the numbers come from: tool, definition, round, reference ranges."""
    questionnaire, reference = assessment.questionnaire, assessment.reference
    return Provenance(
        tool_version=__version__,
        definition_hash=definition_hash(questionnaire),
        scoring_hash=scoring_hash(questionnaire),
        round=str(assessment.options.get("round") or ""),
        reference=reference.cited if reference else "",
        example=bool(reference and reference.example),
    )


def basis_record(questionnaire: Questionnaire, provenance: Provenance) -> dict[str, str]:
    """What the manifest of documents says of the definition."""
    return {
        "definition_hash": provenance.definition_hash,
        "scoring_hash": provenance.scoring_hash,
        "key": questionnaire.key,
        "version": questionnaire.version,
    }


def theme_in(folder: Path | None) -> Theme | None:
    """The theme of a folder; None without one.

    Raises:
        JobError: It is broken.
    """
    if folder is None:
        return None
    from ctimaturity.reporting.theme_file import read_theme

    return read_theme(folder)[0]


def write_page(path: Path, page: Document, templates: PageTemplates | None, language: str) -> None:
    """Write a page as PDF where its name ends so, else as HTML, and without templates as Markdown.

    Raises:
        JobError: A template of the theme is broken.
    """
    from ctimaturity.reporting.html import document_html, write_pdf
    from ctimaturity.reporting.markdown import document_markdown

    path.parent.mkdir(exist_ok=True)
    text = document_html(page, templates, language) if templates else document_markdown(page)
    if path.suffix == ".pdf":
        write_pdf(path, text)
    else:
        path.write_text(text, encoding="utf-8", newline="\n")


def in_the_way(*files: Path, force: bool) -> list[Diagnostic]:
    """The files that are there already and may not be replaced."""
    return [
        Diagnostic(codes.TEMPLATE_ALREADY_THERE, Location(visible(path.as_posix())))
        for path in files
        if path.exists() and not force
    ]


def file_names(codes_: Sequence[str]) -> dict[str, str]:
    """A name of a file for each code, safe on every system, no two alike."""
    safe = (_UNSAFE.sub("-", code).strip(".-")[:_LONGEST] or "x" for code in codes_)
    return dict(zip(codes_, unlike(safe), strict=True))


def unlike(names: Iterable[str]) -> Iterator[str]:
    """Names with a number behind those that were there before; case is none where Windows or macOS look."""
    taken: set[str] = set()
    for base in names:
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        yield name
