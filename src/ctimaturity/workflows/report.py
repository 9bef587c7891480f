"""WrittenReport: the page of the index and the dossier of each entity, as documents for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.files.kind import is_result_folder
from ctimaturity.model.score import Status
from ctimaturity.results.folder import new_folder
from ctimaturity.workflows.documents import basis_record, file_names, provenance_of
from ctimaturity.workflows.index_files import IndexFiles, open_tables, write_publication
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.roadmap import dossier_roadmaps, wanted_entities
from ctimaturity.workflows.score import load_or_score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.dossier import Dossier
    from ctimaturity.reporting.page_templates import PageTemplates

_OF_ENTITIES = {"html", "pdf", "formulas"}
DOSSIERS = "entities"
PUBLIC = "public"


@dataclass(frozen=True)
class ReportOptions:
    """What may be said about a report.

    Attributes:
        scoring: As for scoring; of a result folder only language, formats, theme and `force` count. Formats
            are `html` and `pdf`, pages of the index and of each entity; `formulas`, a workbook for each that
            works out its index; `parquet`, the open tables.
        entities: Codes of the entities that get a dossier; all when empty.
        previous: Result folder of the round before.
        publish: Also write the folder that may go public.
    """

    scoring: ScoreOptions = field(default_factory=lambda: ScoreOptions(formats=("html",)))
    entities: tuple[str, ...] = ()
    previous: Path | None = None
    publish: bool = False


@dataclass(frozen=True)
class WrittenReport:
    """What was written.

    Attributes:
        assessment: What it is about.
        diagnostics: Findings about the theme; those of the scoring where workbooks were given.
        files: How many.
        page: The page to open first; None where no HTML was asked for.
    """

    assessment: Assessment
    diagnostics: tuple[Diagnostic, ...]
    files: int
    page: Path | None


def report(
    path: Path,
    out: Path,
    options: ReportOptions | None = None,
    progress: Progress | None = None,
) -> WrittenReport:
    """Write the report of a result folder, or of workbooks, which are scored first.

    Args:
        path: A result folder, a workbook or a folder of them.
        out: New, empty or one of ours.
        options: What is wanted.
        progress: Told how many dossiers of how many are written.

    Returns:
        What was written.

    Raises:
        JobError: Nothing could be read or scored, an option does not fit, a template or an extra is
            missing or broken, or the folder cannot be written to; nothing was changed.
    """
    chosen = options or ReportOptions()
    scoring = chosen.scoring
    if "pdf" in scoring.formats:
        from ctimaturity.reporting.html import require_pdf

        require_pdf()
    # Read first, so that mistakes of the theme show at once.
    doubts = _doubts(scoring.theme)
    stored = is_result_folder(path)
    assessment = load_or_score(path, scoring)
    by_code = {row.entity.code: row for row in assessment.index.rows}
    rows = [by_code[code] for code in wanted_entities(assessment, chosen.entities)]
    provenance = provenance_of(assessment)
    files = IndexFiles(assessment, provenance, scoring.language, scoring.theme, chosen.previous)
    writer = _ReportWriter(files, chosen, rows)
    record = {
        "definition": basis_record(assessment.questionnaire, provenance),
        "reference": provenance.reference,
        "language": scoring.language,
        "formats": list(scoring.formats),
    }
    with new_folder(out, "report", record, inputs=(path,), force=scoring.force) as folder:
        writer.write(folder, progress)
    return WrittenReport(
        assessment=assessment,
        diagnostics=(*doubts, *(() if stored else assessment.diagnostics)),
        files=writer.files,
        page=out / "index.html" if "html" in scoring.formats else None,
    )


def _doubts(theme: Path | None) -> tuple[Diagnostic, ...]:
    """What is doubtful about the theme."""
    if theme is None:
        return ()
    from ctimaturity.reporting.theme_file import read_theme

    return read_theme(theme)[1]


class _ReportWriter:
    """Writes the files of a report into a folder; what they share is made once."""

    def __init__(self, files: IndexFiles, options: ReportOptions, rows: Sequence[IndexRow]) -> None:
        self.files = 0
        self._index_files = files
        self._options = options
        self._formats = options.scoring.formats
        self._rows = rows
        self._names = file_names([row.entity.code for row in rows])

    def write(self, folder: Path, progress: Progress | None) -> None:
        """Everything that was asked for."""
        if "html" in self._formats:
            links = {code: f"{DOSSIERS}/{name}.html" for code, name in self._names.items()}
            self._index_files.page(folder / "index.html", links)
        if "pdf" in self._formats:
            self._index_files.pdf(folder / "index.pdf")
        if self._options.publish:
            write_publication(folder / PUBLIC, self._index_files, self._formats)
        if "parquet" in self._formats:
            from ctimaturity.results.tables import write_parquet

            write_parquet(folder, open_tables(self._index_files))
        if _OF_ENTITIES & {*self._formats}:
            inside = folder / DOSSIERS
            inside.mkdir()
            for number, _ in enumerate(self._dossiers(inside), 1):
                if progress is not None:
                    progress(number, len(self._rows))
        self.files = sum(path.is_file() for path in folder.rglob("*"))

    def _dossiers(self, folder: Path) -> Iterator[None]:
        """Write the dossiers one by one."""
        from ctimaturity.reporting.dossier import Dossiers
        from ctimaturity.reporting.page_templates import PageTemplates

        given = self._index_files
        roadmaps = dossier_roadmaps(given.assessment, self._options.scoring.questionnaire)
        dossiers = Dossiers(given.assessment, given.provenance, given.language, roadmaps)
        screen, paper = PageTemplates(given.theme), PageTemplates(given.theme, paper=True)
        for row in self._rows:
            path = folder / self._names[row.entity.code]
            if {"html", "pdf"} & {*self._formats}:
                self._dossier(dossiers.of(row), path, screen, paper)
            if "formulas" in self._formats and row.status is not Status.REFUSED:
                from ctimaturity.reporting.formulas import write_formulas

                target = path.with_name(f"{path.name}.xlsx")
                write_formulas(target, given.assessment, row, given.provenance, given.language)
            yield

    def _dossier(self, dossier: Dossier, path: Path, screen: PageTemplates, paper: PageTemplates) -> None:
        from ctimaturity.reporting.dossier_document import dossier_html

        if "html" in self._formats:
            page = dossier_html(dossier, screen, "../index.html")
            path.with_name(f"{path.name}.html").write_text(page, encoding="utf-8", newline="\n")
        if "pdf" in self._formats:
            from ctimaturity.reporting.html import write_pdf

            write_pdf(path.with_name(f"{path.name}.pdf"), dossier_html(dossier, paper))
