"""The documents of an index, format by format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.reporting.surroundings import Surroundings
from ctimaturity.workflows.documents import departments_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.theme import Theme
    from ctimaturity.results.table import Table


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
        if self.theme_folder is None:
            return None
        from ctimaturity.reporting.theme_file import read_theme

        return read_theme(self.theme_folder)[0]

    @cached_property
    def surroundings(self) -> Surroundings:
        """Departments and the round before."""
        earlier = None
        if self.previous is not None:
            from ctimaturity.results.reader import earlier_entities

            earlier = earlier_entities(self.previous)
        return Surroundings(departments_of(self.assessment), earlier, public=self.public)

    def write(self, folder: Path, formats: Sequence[str], tables: Sequence[Table] | None = None) -> None:
        """Write the documents; the CSV files are none.

        Args:
            folder: Where.
            formats: Of `outcome.FORMATS` and `outcome.MORE_FORMATS`.
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

            _write(folder / "index.md", index_markdown(*given, self.surroundings))
        if "xlsx" in formats:
            from ctimaturity.reporting.excel import write_excel

            write_excel(folder / "index.xlsx", *given, self.theme, self.surroundings)
        if "json" in formats:
            from ctimaturity.reporting.record import render_record

            _write(folder / "index.json", render_record(*given))
        if "parquet" in formats:
            from ctimaturity.results.tables import all_tables, write_parquet

            write_parquet(folder, tables or all_tables(self.assessment, self.language))

    def page(self, path: Path, links: dict[str, str] | None = None) -> None:
        """Write the page of the index; `links` lead to pages of entities, by code."""
        from ctimaturity.reporting.index_document import index_html

        around = replace(self.surroundings, links=links or {})
        _write(path, index_html(self.assessment, self.provenance, self.language, self.theme, around))

    def pdf(self, path: Path) -> None:
        """Write the page of the index as PDF."""
        from ctimaturity.reporting.index_document import index_html
        from ctimaturity.reporting.pdf import require_pdf, write_pdf

        require_pdf()
        given = (self.assessment, self.provenance, self.language, self.theme)
        write_pdf(path, index_html(*given, self.surroundings, paper=True))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
