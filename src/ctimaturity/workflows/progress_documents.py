"""The documents of a comparison: for the ministry, and for each entity."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ctimaturity._version import __version__
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.canonical import definition_hash
from ctimaturity.reporting.excel import write_sheets
from ctimaturity.reporting.pdf import write_pdf
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.progress import progress_page
from ctimaturity.reporting.progress_entity import entity_page
from ctimaturity.reporting.progress_figures import ProgressFigures
from ctimaturity.reporting.progress_indicative import Editions, indicative_entity_page, indicative_page
from ctimaturity.reporting.progress_sheets import entity_sheets, indicative_sheets, progress_sheets
from ctimaturity.reporting.progress_text import render_progress_html, render_progress_markdown
from ctimaturity.reporting.words import Words
from ctimaturity.workflows.progress_entities import ENTITIES, changes_of, entity_file_names, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.analysis.round import Round
    from ctimaturity.reporting.progress_page import Page
    from ctimaturity.reporting.sheet import TableSheet
    from ctimaturity.reporting.theme import Theme
    from ctimaturity.workflows.compare import Compared


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
        """File names of the entities that have documents of their own."""
        return entity_file_names(self._compared)

    def _main(self, ending: str = "") -> Page:
        """The page of all entities, with links to files of this ending; without links where there is none."""
        compared = self._compared
        links = {code: f"{ENTITIES}/{name}{ending}" for code, name in self._names.items() if ending}
        if compared.indicative is not None:
            return indicative_page(compared.indicative, self._across, self._provenance, links)
        return progress_page(
            compared.comparisons[-1],
            compared.rounds,
            self._language,
            self._provenance,
            links,
            compared.returns,
        )

    @cached_property
    def _across(self) -> Editions:
        """The two rounds of a comparison across editions."""
        before, after = self._compared.rounds
        return Editions(before, after, self._compared.matched, Words(self._language))

    def _pages(self, ending: str, back: str = "") -> Iterator[tuple[str, Page]]:
        """Name of the file and page of each entity."""
        words = Words(self._language)
        link = (words.say("All entities"), back) if back else None
        if self._compared.indicative is not None:
            items = items_of(self._compared)
            for code, changes in changes_of(self._compared).items():
                page = indicative_entity_page(changes, items[code], self._across, self._provenance, link)
                yield f"{self._names[code]}{ending}", page
            return
        figures: dict[int, ProgressFigures] = {}
        for code, (comparison, one) in self._compared.latest.items():
            if id(comparison) not in figures:
                figures[id(comparison)] = ProgressFigures.of(comparison, words)
            page = entity_page(one, figures[id(comparison)], self._compared.rounds, self._provenance, link)
            yield f"{self._names[code]}{ending}", page

    @cached_property
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
        compared, main = self._compared, self._main(".html")
        if compared.indicative is not None:
            sheets = indicative_sheets(compared.indicative, compared.indicative_items, self._across)
        else:
            sheets = progress_sheets(compared.comparisons[-1], compared.rounds, self._language)
        self._book(folder / "index.xlsx", main, sheets)
        codes = {f"{name}.xlsx": code for code, name in self._names.items()}
        for name, page in self._pages(".xlsx"):
            path = folder / ENTITIES / name
            path.parent.mkdir(exist_ok=True)
            self._book(path, page, self._sheets(codes[name]))

    def _sheets(self, code: str) -> Iterator[TableSheet[Any]]:
        """Those of the workbook of an entity."""
        compared = self._compared
        if compared.indicative is not None:
            changes, items = changes_of(compared)[code], items_of(compared)[code]
            return indicative_sheets(changes, items, self._across)
        comparison, one = compared.latest[code]
        return entity_sheets(one, comparison, compared.rounds, self._language)

    def _book(self, path: Path, page: Page, sheets: Iterable[TableSheet[Any]]) -> None:
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
