"""Report: the page of the index and the dossier of each entity, as documents for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.language.folding import nearest
from ctimaturity.model.score import Status
from ctimaturity.results.folder import new_folder
from ctimaturity.workflows.documents import file_names, provenance_of
from ctimaturity.workflows.index_files import IndexFiles
from ctimaturity.workflows.roadmap import dossier_roadmaps
from ctimaturity.workflows.score import ScoreOptions, load_or_score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.dossier import Dossier
    from ctimaturity.reporting.press import Press

FORMATS = ("html", "pdf", "formulas", "parquet")
"""Pages of the index and of each entity; a workbook for each that works out its index; the open tables."""
_OF_ENTITIES = {"html", "pdf", "formulas"}
DOSSIERS = "entities"
PUBLIC = "public"


@dataclass(frozen=True)
class ReportOptions:
    """What may be said about a report.

    Attributes:
        scoring: As for scoring; of a result folder only the language counts.
        formats: Of `FORMATS`.
        entities: Codes of the entities that get a dossier; all when empty.
        previous: Result folder of the round before.
        theme: Folder of a theme.
        publish: Also write the folder that may go public.
        force: Write into a folder that holds someone else's files.
    """

    scoring: ScoreOptions = field(default_factory=ScoreOptions)
    formats: tuple[str, ...] = ("html",)
    entities: tuple[str, ...] = ()
    previous: Path | None = None
    theme: Path | None = None
    publish: bool = False
    force: bool = False


@dataclass(frozen=True)
class Report:
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
    progress: Callable[[int, int], None] | None = None,
) -> Report:
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
    from ctimaturity.files.kind import is_result_folder

    chosen = options or ReportOptions()
    if "pdf" in chosen.formats:
        from ctimaturity.reporting.pdf import require_pdf

        require_pdf()
    doubts = _doubts(chosen.theme)
    stored = is_result_folder(path)
    assessment = load_or_score(path, chosen.scoring)
    rows = _chosen_rows(assessment, chosen.entities)
    provenance = provenance_of(assessment)
    files = IndexFiles(assessment, provenance, chosen.scoring.language, chosen.theme, chosen.previous)
    writer = _Writer(files, chosen, rows)
    record = {
        "definition": {
            "definition_hash": provenance.definition_hash,
            "scoring_hash": provenance.scoring_hash,
            "key": assessment.questionnaire.key,
            "version": assessment.questionnaire.version,
        },
        "reference": provenance.reference,
        "language": chosen.scoring.language,
        "formats": list(chosen.formats),
    }
    with new_folder(out, "report", record, inputs=(path,), force=chosen.force) as folder:
        writer.write(folder, progress)
    return Report(
        assessment=assessment,
        diagnostics=(*doubts, *(() if stored else assessment.diagnostics)),
        files=writer.files,
        page=out / "index.html" if "html" in chosen.formats else None,
    )


def _doubts(theme: Path | None) -> tuple[Diagnostic, ...]:
    """What is doubtful about the theme, which is read first, so that its mistakes show at once."""
    if theme is None:
        return ()
    from ctimaturity.reporting.theme_file import read_theme

    return read_theme(theme)[1]


def _chosen_rows(assessment: Assessment, wanted: Sequence[str]) -> list[IndexRow]:
    """The entities that get a dossier."""
    rows = list(assessment.index.rows)
    if not wanted:
        return rows
    known = {row.entity.code: row for row in rows}
    problems = [
        Diagnostic(
            codes.DOSSIER_OF_NOBODY,
            parameters={"code": code, "known": nearest(code, known) or ", ".join(sorted(known)[:10])},
        )
        for code in wanted
        if code not in known
    ]
    if problems:
        raise JobError(problems)
    return [known[code] for code in dict.fromkeys(wanted)]


class _Writer:
    """Writes the files of a report into a folder; what they share is made once."""

    def __init__(self, files: IndexFiles, options: ReportOptions, rows: Sequence[IndexRow]) -> None:
        self.files = 0
        self._index_files = files
        self._options = options
        self._rows = rows
        self._names = file_names([row.entity.code for row in rows])

    def write(self, folder: Path, progress: Callable[[int, int], None] | None) -> None:
        """Everything that was asked for."""
        if "html" in self._options.formats:
            links = {code: f"{DOSSIERS}/{name}.html" for code, name in self._names.items()}
            self._index_files.page(folder / "index.html", links)
        if "pdf" in self._options.formats:
            self._index_files.pdf(folder / "index.pdf")
        if self._options.publish:
            from ctimaturity.workflows.publication import write_publication

            write_publication(folder / PUBLIC, self._index_files, self._options.formats)
        if "parquet" in self._options.formats:
            from ctimaturity.results.tables import write_parquet
            from ctimaturity.workflows.publication import open_tables

            write_parquet(folder, open_tables(self._index_files))
        if _OF_ENTITIES & {*self._options.formats}:
            inside = folder / DOSSIERS
            inside.mkdir()
            for number, _ in enumerate(self._dossiers(inside), 1):
                if progress is not None:
                    progress(number, len(self._rows))
        self.files = sum(path.is_file() for path in folder.rglob("*"))

    def _dossiers(self, folder: Path) -> Iterator[None]:
        """Write the dossiers one by one."""
        from ctimaturity.reporting.dossier import Dossiers
        from ctimaturity.reporting.press import Press

        given = self._index_files
        roadmaps = dossier_roadmaps(given.assessment, self._options.scoring.questionnaire)
        dossiers = Dossiers(given.assessment, given.provenance, given.language, roadmaps)
        screen, paper = Press(given.theme), Press(given.theme, paper=True)
        for row in self._rows:
            path = folder / self._names[row.entity.code]
            if {"html", "pdf"} & {*self._options.formats}:
                self._dossier(dossiers.of(row), path, screen, paper)
            if "formulas" in self._options.formats and row.status is not Status.REFUSED:
                from ctimaturity.reporting.formulas import write_formulas

                target = path.with_name(f"{path.name}.xlsx")
                write_formulas(target, given.assessment, row, given.provenance, given.language)
            yield

    def _dossier(self, dossier: Dossier, path: Path, screen: Press, paper: Press) -> None:
        from ctimaturity.reporting.dossier_html import render_dossier

        if "html" in self._options.formats:
            page = render_dossier(dossier, screen, "../index.html")
            path.with_name(f"{path.name}.html").write_text(page, encoding="utf-8", newline="\n")
        if "pdf" in self._options.formats:
            from ctimaturity.reporting.pdf import write_pdf

            write_pdf(path.with_name(f"{path.name}.pdf"), render_dossier(dossier, paper))
