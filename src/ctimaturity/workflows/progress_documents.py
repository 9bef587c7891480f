"""The documents of a comparison: for the ministry, and for each entity."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ctimaturity._version import __version__
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.canonical import definition_hash
from ctimaturity.reporting.excel import write_sheets
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.progress import progress_page
from ctimaturity.reporting.progress_entity import entity_page
from ctimaturity.reporting.progress_figures import ProgressFigures
from ctimaturity.reporting.progress_indicative import Editions, indicative_entity_page, indicative_page
from ctimaturity.reporting.progress_sheets import entity_sheets, indicative_sheets, progress_sheets
from ctimaturity.reporting.words import Words
from ctimaturity.workflows.documents import write_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.analysis.round import Round
    from ctimaturity.reporting.document import Document
    from ctimaturity.reporting.sheet import TableSheet
    from ctimaturity.reporting.theme import Theme
    from ctimaturity.workflows.compare import Compared

KIND = "comparison"
ENTITIES = "entities"
"""The folder of the files of entities."""


class ProgressDocuments:
    """Writes the documents of one comparison.

    Args:
        compared: What was found; of several rounds the last two are shown in full.
        language: Of the documents.
        theme: The look; the house's own without one.
    """

    def __init__(self, compared: Compared, language: str, theme: Theme | None) -> None:
        self._compared = compared
        self._words = Words(language)
        self._language = language
        self._theme = theme
        self._names = compared.file_names

    def write(self, folder: Path, formats: Sequence[str]) -> None:
        """Write those of the formats that are documents.

        Raises:
            JobError: A template of the theme is broken.
        """
        for form in ("html", "md", "pdf"):
            if form in formats:
                # Documents on paper lead nowhere.
                ending = "" if form == "pdf" else f".{form}"
                press = None if form == "md" else Press(self._theme, paper=form == "pdf")
                write_page(folder / f"index.{form}", self._main(ending), press, self._language)
                for code, page in self._pages(f"../index{ending}" if ending else ""):
                    path = folder / ENTITIES / f"{self._names[code]}.{form}"
                    write_page(path, page, press, self._language)
        if "xlsx" in formats:
            self._write_excel(folder)

    def _main(self, ending: str = "") -> Document:
        """The page of all entities, with links to files of this ending; without links where there is none."""
        compared = self._compared
        links = {code: f"{ENTITIES}/{name}{ending}" for code, name in self._names.items() if ending}
        if compared.indicative is not None:
            return indicative_page(compared.indicative, self._editions, self._provenance, links)
        latest = compared.comparisons[-1]
        return progress_page(
            latest, compared.rounds, self._language, self._provenance, links, compared.returns
        )

    @cached_property
    def _editions(self) -> Editions:
        """The two rounds of a comparison across editions."""
        before, after = self._compared.rounds
        return Editions(before, after, self._compared.matched, self._words)

    def _pages(self, back: str = "") -> Iterator[tuple[str, Document]]:
        """Code and page of each entity."""
        compared = self._compared
        link = (self._words.say("All entities"), back) if back else None
        if compared.indicative is not None:
            for code, (changes, items) in compared.across.items():
                yield code, indicative_entity_page(changes, items, self._editions, self._provenance, link)
            return
        figures: dict[int, ProgressFigures] = {}
        for code, (comparison, change) in compared.latest.items():
            if id(comparison) not in figures:
                figures[id(comparison)] = ProgressFigures.of(comparison, self._words)
            shown = figures[id(comparison)]
            yield code, entity_page(change, shown, compared.rounds, self._provenance, link)

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
        compared = self._compared
        if compared.indicative is not None:
            sheets = indicative_sheets(compared.indicative, compared.indicative_items, self._editions)
        else:
            sheets = progress_sheets(compared.comparisons[-1], compared.rounds, self._language)
        self._book(folder / "index.xlsx", self._main(), sheets)
        for code, page in self._pages():
            path = folder / ENTITIES / f"{self._names[code]}.xlsx"
            path.parent.mkdir(exist_ok=True)
            self._book(path, page, self._sheets(code))

    def _sheets(self, code: str) -> Iterator[TableSheet[Any]]:
        """Those of the workbook of an entity."""
        compared = self._compared
        if compared.indicative is not None:
            return indicative_sheets(*compared.across[code], self._editions)
        comparison, change = compared.latest[code]
        return entity_sheets(change, comparison, compared.rounds, self._language)

    def _book(self, path: Path, page: Document, sheets: Iterable[TableSheet[Any]]) -> None:
        latest = self._compared.rounds[-1].questionnaire
        identity = {
            "kind": KIND,
            "questionnaire": latest.id,
            "edition": latest.edition,
            "version": latest.version,
            "definition_hash": definition_hash(latest),
            "language": self._language,
        }
        write_sheets(path, sheets, page.heading, page.over, identity, self._theme)
