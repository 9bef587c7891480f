"""The documents of an index, format by format, and the folder of it that may go public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.indicators.divipola import divipola
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.entity import EntityCodes
from ctimaturity.reporting.index_view import IndexContext
from ctimaturity.results.index_table import index_table
from ctimaturity.results.manifest import DEFINITION
from ctimaturity.results.package import write_tables
from ctimaturity.results.scores_table import scores_table
from ctimaturity.workflows.documents import theme_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.theme import Theme
    from ctimaturity.results.table import Row, Table

_PUBLIC_DOCUMENTS = ("html", "md", "xlsx", "json")
_MORE_PUBLIC = {"pdf", "parquet"}


@dataclass(frozen=True)
class IndexFiles:
    """Writes the documents of one assessment.

    Attributes:
        assessment: What was scored.
        provenance: Where it comes from.
        language: Of the documents.
        theme_folder: Folder of a theme; None without.
        previous: Result folder of the round before; None without.
        public: Whether they may go public: no names of files, no findings, no answers.
    """

    assessment: Assessment
    provenance: Provenance
    language: str
    theme_folder: Path | None = None
    previous: Path | None = None
    public: bool = False

    @cached_property
    def theme(self) -> Theme | None:
        """The theme, read once."""
        return theme_in(self.theme_folder)

    @cached_property
    def context(self) -> IndexContext:
        """Departments and the round before."""
        earlier = None
        if self.previous is not None:
            from ctimaturity.results.reader import earlier_entities

            earlier = earlier_entities(self.previous)
        return IndexContext(_departments(self.assessment), earlier, public=self.public)

    def write(self, folder: Path, formats: Sequence[str], tables: Sequence[Table] | None = None) -> None:
        """Write the documents; the CSV files are none.

        Args:
            folder: Where.
            formats: Of `options.FORMATS` and `options.MORE_FORMATS`.
            tables: What Parquet files are made of; all tables of the results without.

        Raises:
            JobError: The theme is broken, or a format needs an extra that is not installed.
        """
        if "html" in formats:
            self.page(folder / "index.html")
        if "pdf" in formats:
            self.pdf(folder / "index.pdf")
        given = (self.assessment, self.provenance, self.language)
        if "md" in formats:
            from ctimaturity.reporting.index_document import index_markdown

            _write(folder / "index.md", index_markdown(*given, self.context))
        if "xlsx" in formats:
            from ctimaturity.reporting.excel import write_excel

            write_excel(folder / "index.xlsx", *given, self.theme, self.context)
        if "json" in formats:
            from ctimaturity.reporting.record import render_record

            _write(folder / "index.json", render_record(*given))
        if "parquet" in formats:
            from ctimaturity.results.tables import all_tables, write_parquet

            write_parquet(folder, tables or all_tables(self.assessment, self.language))

    def page(self, path: Path, links: dict[str, str] | None = None) -> None:
        """Write the page of the index; `links` lead to pages of entities, by code."""
        from ctimaturity.reporting.index_document import index_html

        around = replace(self.context, links=links or {})
        _write(path, index_html(self.assessment, self.provenance, self.language, self.theme, around))

    def pdf(self, path: Path) -> None:
        """Write the page of the index as PDF."""
        from ctimaturity.reporting.html import require_pdf, write_pdf
        from ctimaturity.reporting.index_document import index_html

        require_pdf()
        given = (self.assessment, self.provenance, self.language, self.theme)
        write_pdf(path, index_html(*given, self.context, paper=True))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _departments(assessment: Assessment) -> dict[str, str]:
    """The department of each entity whose code is one of DIVIPOLA's."""
    if assessment.questionnaire.coding is not EntityCodes.DIVIPOLA:
        return {}
    table = divipola()
    found = {row.entity.code: table.find(row.entity.code) for row in assessment.index.rows}
    return {code: place.department_title for code, place in found.items() if place is not None}


def open_tables(files: IndexFiles) -> tuple[Table, Table]:
    """The tables that may go public: index.csv, and scores.csv down to the lowest node.

    Never an item: an item's score is an answer.
    """
    return index_table(files.assessment, files.language), _nodes_only(scores_table(files.assessment))


def write_publication(folder: Path, files: IndexFiles, formats: Sequence[str]) -> None:
    """Write the folder that may go public.

    In it are the index in every format for people, the open tables, their data package and the definition.

    Args:
        folder: Is made.
        files: Writes the documents.
        formats: Those of the report; of these PDF and Parquet are made of what is public too.

    Raises:
        JobError: The theme is broken, or a format needs an extra that is not installed.
    """
    folder.mkdir()
    assessment, language = files.assessment, files.language
    tables = open_tables(files)
    replace(files, public=True).write(folder, (*_PUBLIC_DOCUMENTS, *(set(formats) & _MORE_PUBLIC)), tables)
    write_tables(folder, assessment.questionnaire, tables, language, reference=assessment.reference)
    (folder / DEFINITION).write_bytes(canonical_json(assessment.questionnaire))


def _nodes_only(scores: Table) -> Table:
    """The scores without those of items."""
    kind = scores.header.index("kind")

    def rows() -> Iterator[Row]:
        return (row for row in scores.rows() if row[kind] != "item")

    return replace(scores, rows=rows)
