"""What scoring gives back: the assessment, as tables and as a folder of results."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.results.folder import ResultSettings, write_results
from ctimaturity.workflows.documents import provenance_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.letters import Letter
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.workflows.letters import Correspondence

LETTERS = "letters"
"""Folder of the letters in a folder of results."""
FORMATS = ("csv", "md", "html", "xlsx")
"""What is written unless something else is asked for."""
MORE_FORMATS = ("json", "parquet", "pdf")
"""What is written only when it is asked for; the last two need extras."""


@dataclass(frozen=True)
class Outcome:
    """A scored round.

    Attributes:
        assessment: Answers, scores and findings.
        round_label: Name of the round; empty without.
        language: Of documents and labels.
        formats: What `write` writes.
        csv_dialect: `standard` or `excel-es`.
        force: Whether `write` may use a folder that holds someone else's files.
        given: The paths of the files as the user gave them, by their names in findings.
        theme: Folder of a theme; the house's own look without one.
        previous: Result folder of the round before, which says who is new.
        letters: To those who were refused or are incomplete.
        correspondence: How letters are written; None writes none.
        reference: Canonical form of the reference ranges; None without.
    """

    assessment: Assessment
    round_label: str = ""
    language: str = "es"
    formats: tuple[str, ...] = FORMATS
    csv_dialect: str = "standard"
    force: bool = False
    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    theme: Path | None = None
    previous: Path | None = None
    letters: tuple[Letter, ...] = ()
    correspondence: Correspondence | None = None
    reference: bytes | None = None

    @property
    def index(self) -> Index:
        """The ranked index."""
        return self.assessment.index

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding, in order."""
        return self.assessment.diagnostics

    @cached_property
    def provenance(self) -> Provenance:
        """What documents say of their making."""
        return replace(provenance_of(self.assessment), round=self.round_label)

    def to_frame(self, table: str = "index") -> pd.DataFrame:
        """One of the tables of the result folder.

        Args:
            table: `index`, `scores`, `answers`, `tallies`, `covariances` or `findings`.

        Returns:
            A DataFrame with the columns of that CSV file (docs/outputs.md), unrounded.

        Raises:
            ValueError: There is no such table.
        """
        from ctimaturity.results.tables import frame, scored_tables

        tables = {scored.name: scored for scored in scored_tables(self.assessment, self.language)}
        if table not in tables:
            raise ValueError(f"no table {table!r}; there are {', '.join(tables)}")
        return frame(tables[table])

    def write(self, out: str | Path) -> Path:
        """Write the folder of results, as a whole.

        Args:
            out: New, empty or an earlier result folder.

        Returns:
            The folder.

        Raises:
            JobError: The folder cannot be written to, the theme is broken, or a format needs an extra
                that is not installed; nothing was changed.
        """
        folder = Path(out)
        settings = ResultSettings(
            language=self.language, dialect=self.csv_dialect, tables="csv" in self.formats, force=self.force
        )
        write_results(folder, self.assessment, settings, reference=self.reference, add=self._write_documents)
        return folder

    def _write_documents(self, folder: Path) -> None:
        from ctimaturity.workflows.index_files import IndexFiles

        files = IndexFiles(self.assessment, self.provenance, self.language, self.theme, self.previous)
        files.write(folder, self.formats)
        if self.correspondence is not None:
            from ctimaturity.workflows.letters import write_letters

            title = self.assessment.questionnaire.title
            write_letters(folder / LETTERS, self.letters, title, self.correspondence, self.provenance)
