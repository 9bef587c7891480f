"""The files of a comparison, format by format, in a folder put in place as a whole."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ctimaturity._version import __version__
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.reporting.excel import write_sheets
from ctimaturity.reporting.html import require_pdf
from ctimaturity.reporting.page_templates import PageTemplates
from ctimaturity.reporting.progress import progress_page
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.progress_entity import entity_page
from ctimaturity.reporting.progress_figures import ProgressFigures
from ctimaturity.reporting.progress_indicative import Editions, indicative_entity_page, indicative_page
from ctimaturity.reporting.progress_sheets import entity_sheets, indicative_sheets, progress_sheets
from ctimaturity.reporting.words import Words
from ctimaturity.results.entity_progress import entity_table, indicative_entity_table
from ctimaturity.results.folder import new_folder
from ctimaturity.results.package import write_tables
from ctimaturity.results.table import YES
from ctimaturity.workflows.documents import theme_in, write_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.analysis.round import Round
    from ctimaturity.reporting.document import Document
    from ctimaturity.reporting.sheet import TableSheet
    from ctimaturity.reporting.theme import Theme
    from ctimaturity.results.table import Table
    from ctimaturity.workflows.compare import Compared
    from ctimaturity.workflows.options import ScoreOptions


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
                templates = None if form == "md" else PageTemplates(self._theme, paper=form == "pdf")
                write_page(folder / f"index.{form}", self._main(ending), templates, self._language)
                for code, page in self._pages(f"../index{ending}" if ending else ""):
                    path = folder / ENTITIES / f"{self._names[code]}.{form}"
                    write_page(path, page, templates, self._language)
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

    def _basis(self, compared_round: Round) -> str:
        """The definition of a round, and the ranges that marked its indicators."""
        hashed = definition_hash(compared_round.questionnaire)[:12]
        definition = f"{compared_round.questionnaire.key} {compared_round.questionnaire.version} ({hashed})"
        if compared_round.reference is None:
            return definition
        cited = visible(compared_round.reference.cited)
        if compared_round.reference.example:
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


def write_comparison(compared: Compared, out: Path, options: ScoreOptions) -> None:
    """Write the folder of a comparison.

    Args:
        compared: What was found.
        out: New, empty or one of ours.
        options: Formats, language, dialect and theme of the files, and whether the folder may hold someone
            else's; beside those of a scoring `json` and `pdf` are formats too.

    Raises:
        JobError: The folder cannot be written to, the theme is broken, or the extra for PDF is missing;
            nothing was changed.
    """
    formats, language = options.formats, options.language
    if "pdf" in formats:
        require_pdf()
    record = _record(compared, options)
    documents = ProgressDocuments(compared, language, theme_in(options.theme))
    tables = compared.tables()
    with new_folder(out, KIND, record, inputs=compared.paths, force=options.force) as folder:
        if "csv" in formats:
            write_tables(
                folder,
                compared.rounds[-1].questionnaire,
                (*tables, *_entity_tables(compared, language)),
                language,
                options.csv_dialect,
                description="Progress between rounds: changes and what they come from",
            )
        if "json" in formats:
            _write_json(folder / "comparison.json", record, tables)
        documents.write(folder, formats)


def _record(compared: Compared, options: ScoreOptions) -> dict[str, object]:
    """The manifest of a comparison."""
    return {
        "rounds": [
            {
                "round": round_.label,
                "questionnaire": round_.questionnaire.key,
                "version": round_.questionnaire.version,
                "definition_hash": definition_hash(round_.questionnaire),
                "scoring_hash": scoring_hash(round_.questionnaire),
                "reference": round_.reference.cited if round_.reference else "",
                "entities": len(round_.rows),
            }
            for round_ in compared.rounds
        ],
        "indicative": compared.indicative is not None,
        "language": options.language,
        "formats": list(options.formats),
        "csv_dialect": options.csv_dialect,
    }


def _write_json(path: Path, record: dict[str, object], tables: Sequence[Table]) -> None:
    """The same rows as the CSV files have, with the names of the columns."""
    kept = {key: record[key] for key in ("rounds", "indicative")}
    rows = {
        table.name: [
            {
                column.name: cell == YES if column.kind == "boolean" and cell is not None else cell
                for column, cell in zip(table.columns, row, strict=True)
            }
            for row in table.rows()
        ]
        for table in tables
    }
    text = json.dumps({**kept, **rows}, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _entity_tables(compared: Compared, language: str) -> Iterator[Table]:
    """A table for each entity that was read in two rounds or more."""
    words, names = Words(language), compared.file_names
    if compared.indicative is None:
        for code, (comparison, change) in compared.latest.items():
            yield _entity_table(f"{ENTITIES}/{names[code]}", compared, comparison, change, words)
        return
    before, after = compared.rounds
    for code, (changes, items) in compared.across.items():
        yield indicative_entity_table(
            f"{ENTITIES}/{names[code]}",
            (before.label, after.label),
            changes,
            items,
            (after.questionnaire, language),
            AnswerWords(code, before, after, words).across,
        )


def _entity_table(
    file: str, compared: Compared, comparison: Comparison, change: EntityChange, words: Words
) -> Table:
    known = AnswerWords(change.entity.code, comparison.before, comparison.after, words)

    def answers(node: NodeChange) -> tuple[str, str]:
        return known.pair(node.place.node, node)

    return entity_table(file, comparison, change, compared.rounds, words.language, answers)
