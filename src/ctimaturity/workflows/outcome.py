"""What scoring gives back: the assessment, as tables and as a folder of results."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.results.folder import ResultSettings, write_results
from ctimaturity.workflows.documents import provenance_of
from ctimaturity.workflows.options import ScoreOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.letters import Letter
    from ctimaturity.reporting.provenance import Provenance

LETTERS = "letters"
"""Folder of the letters in a folder of results."""


@dataclass(frozen=True)
class Outcome:
    """A scored round.

    Attributes:
        assessment: Answers, scores and findings.
        options: What was asked for; they say what `write` writes, and how.
        given: The paths of the files as the user gave them, by their names in findings.
        letters: To those who were refused or are incomplete; written where the options ask for letters.
        reference: Canonical form of the reference ranges; None without.
    """

    assessment: Assessment
    options: ScoreOptions = field(default_factory=ScoreOptions)
    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    letters: tuple[Letter, ...] = ()
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
        return replace(provenance_of(self.assessment), round=self.options.round_label)

    def to_frame(self, table: str = "index") -> pd.DataFrame:
        """One of the tables of the result folder.

        Args:
            table: `index`, `scores`, `answers`, `tallies`, `covariances` or `findings`.

        Returns:
            A DataFrame with the columns of that CSV file (docs/outputs.md), unrounded.

        Raises:
            ValueError: There is no such table.
        """
        from ctimaturity.results.tables import frame_of, scored_tables

        return frame_of(scored_tables(self.assessment, self.options.language), table)

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
        folder, asked = Path(out), self.options
        settings = ResultSettings(
            language=asked.language,
            dialect=asked.csv_dialect,
            tables="csv" in asked.formats,
            force=asked.force,
        )
        write_results(folder, self.assessment, settings, reference=self.reference, add=self._write_documents)
        return folder

    def _write_documents(self, folder: Path) -> None:
        from ctimaturity.workflows.index_files import IndexFiles

        asked = self.options
        files = IndexFiles(self.assessment, self.provenance, asked.language, asked.theme, asked.previous)
        files.write(folder, asked.formats)
        if asked.letters is not None:
            from ctimaturity.workflows.letters import write_letters

            title = self.assessment.questionnaire.title
            write_letters(folder / LETTERS, self.letters, title, asked.letters, self.provenance)
