"""The documents of a comparison: for the ministry, and for each entity."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.definitions.hashes import definition_hash
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.score import Status
from ctimaturity.reporting.excel import write_sheets
from ctimaturity.reporting.pdf import write_pdf
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.progress import progress_page
from ctimaturity.reporting.progress_entity import entity_page
from ctimaturity.reporting.progress_figures import ProgressFigures
from ctimaturity.reporting.progress_indicative import indicative_page
from ctimaturity.reporting.progress_sheets import entity_sheets, indicative_sheets, progress_sheets
from ctimaturity.reporting.progress_text import render_progress_html, render_progress_markdown
from ctimaturity.reporting.words import Words
from ctimaturity.workflows.documents import file_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.analysis.round import Round
    from ctimaturity.reporting.progress_page import Page
    from ctimaturity.reporting.sheet import Sheet
    from ctimaturity.reporting.theme import Theme
    from ctimaturity.workflows.compare import Compared

ENTITIES = "entities"


class ProgressDocuments:
    """Writes the documents of one comparison.

    Args:
        compared: What was found; of several rounds the last two are shown in full.
        language: Of the documents.
        theme: The look; the house's own without one.
        kind: What the workbook says it is.
    """

    def __init__(self, compared: Compared, language: str, theme: Theme | None, kind: str) -> None:
        self._compared = compared
        self._language = language
        self._theme = theme
        self._kind = kind

    def write(self, folder: Path, formats: Sequence[str]) -> None:
        """Write those of the formats that are documents.

        Raises:
            JobError: A template of the theme is broken.
        """
        if "html" in formats:
            press = Press(self._theme)
            self._write(
                folder / "index.html", render_progress_html(self._main(".html"), press, self._language)
            )
            for name, page in self._pages(".html", "../index.html"):
                self._write(folder / ENTITIES / name, render_progress_html(page, press, self._language))
        if "md" in formats:
            self._write(folder / "index.md", render_progress_markdown(self._main(".md"), self._language))
            for name, page in self._pages(".md", "../index.md"):
                self._write(folder / ENTITIES / name, render_progress_markdown(page, self._language))
        if "pdf" in formats:
            self._write_pdfs(folder)
        if "xlsx" in formats:
            self._write_excel(folder)

    def _write_pdfs(self, folder: Path) -> None:
        paper = Press(self._theme, paper=True)
        write_pdf(folder / "index.pdf", render_progress_html(self._main(), paper, self._language))
        for name, page in self._pages(".pdf"):
            path = folder / ENTITIES / name
            path.parent.mkdir(exist_ok=True)
            write_pdf(path, render_progress_html(page, paper, self._language))

    def _write(self, path: Path, text: str) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    @cached_property
    def _names(self) -> dict[str, str]:
        """File names of the entities that were read in both rounds."""
        if not self._compared.comparisons:
            return {}
        ones = self._compared.comparisons[-1].entities
        return file_names(
            [
                one.entity.code
                for one in ones
                if one.before is not None
                and one.after is not None
                and Status.REFUSED not in {one.before.status, one.after.status}
            ]
        )

    def _main(self, ending: str = "") -> Page:
        """The page of all entities, with links to files of this ending; without links where there is none."""
        compared = self._compared
        if compared.indicative is not None:
            before, after = compared.rounds
            pair = (before, after)
            return indicative_page(
                compared.indicative, pair, compared.matched, self._language, self._provenance()
            )
        links = {code: f"{ENTITIES}/{name}{ending}" for code, name in self._names.items() if ending}
        return progress_page(
            compared.comparisons[-1], compared.rounds, self._language, self._provenance(), links
        )

    def _pages(self, ending: str, back: str = "") -> Iterator[tuple[str, Page]]:
        if not self._names:
            return
        comparison, words = self._compared.comparisons[-1], Words(self._language)
        figures = ProgressFigures.of(comparison, words)
        for one in comparison.entities:
            name = self._names.get(one.entity.code)
            if name is not None:
                link = (words.say("All entities"), back) if back else None
                yield (
                    f"{name}{ending}",
                    entity_page(one, figures, self._compared.rounds, self._provenance(), link),
                )

    def _provenance(self) -> tuple[tuple[str, str], ...]:
        """The tool, then each round with its definition."""
        rounds = ((each.label, self._basis(each)) for each in self._compared.rounds)
        return ((translate("Made with", self._language), f"ctimaturity {__version__}"), *rounds)

    def _basis(self, one: Round) -> str:
        """The definition of a round, and the ranges that marked its indicators."""
        hashed = definition_hash(one.questionnaire)[:12]
        definition = f"{one.questionnaire.key} {one.questionnaire.version} ({hashed})"
        if one.reference is None:
            return definition
        cited = visible(one.reference.cited)
        if one.reference.example:
            text = translate("{name}: an example, its marks mean nothing", self._language)
            cited = text.format(name=cited)
        return f"{definition}; {translate('Reference ranges', self._language)}: {cited}"

    def _write_excel(self, folder: Path) -> None:
        compared, page = self._compared, self._main(".html")
        if compared.indicative is not None:
            self._book(
                folder / "index.xlsx", page, indicative_sheets(compared.indicative, page.lead, self._language)
            )
            return
        comparison, rounds = compared.comparisons[-1], compared.rounds
        self._book(folder / "index.xlsx", page, progress_sheets(comparison, rounds, self._language))
        ones = {one.entity.code: one for one in comparison.entities}
        pages = dict(self._pages(".xlsx"))
        for code, name in self._names.items():
            path = folder / ENTITIES / f"{name}.xlsx"
            path.parent.mkdir(exist_ok=True)
            sheets = entity_sheets(ones[code], comparison, rounds, self._language)
            self._book(path, pages[path.name], sheets)

    def _book(self, path: Path, page: Page, sheets: Iterable[Sheet]) -> None:
        latest = self._compared.rounds[-1].questionnaire
        identity = {
            "kind": self._kind,
            "questionnaire": latest.id,
            "edition": latest.edition,
            "version": latest.version,
            "definition_hash": definition_hash(latest),
            "language": self._language,
        }
        write_sheets(path, sheets, page.heading, page.over, identity, self._theme)
