"""The files of roadmaps, format by format, in a folder put in place as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.files.csv import DIALECTS, write_csv
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.progress_text import render_progress_html, render_progress_markdown
from ctimaturity.reporting.roadmap import RoadmapPages
from ctimaturity.reporting.theme_file import read_theme
from ctimaturity.results.document_folder import write_documents
from ctimaturity.results.package import PACKAGE, package_bytes
from ctimaturity.results.roadmap_tables import RoadmapTables
from ctimaturity.workflows.documents import file_names, provenance_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.workflows.roadmap import Roadmaps

KIND = "roadmap"
ENTITIES, PLANS = "entities", "plans"


def write_roadmaps(
    found: Roadmaps,
    out: Path,
    *,
    formats: Sequence[str],
    language: str = "es",
    dialect: str = "standard",
    theme: Path | None = None,
    force: bool = False,
) -> None:
    """Write the folder of roadmaps.

    Args:
        found: What was found.
        out: New, empty or one of ours.
        formats: Of `roadmap.FORMATS`.
        language: Of the documents.
        dialect: Of the CSV files.
        theme: Folder of a theme for the pages.
        force: Write into a folder that holds someone else's files.

    Raises:
        JobError: The folder cannot be written to, or the theme is broken; nothing was changed.
    """
    questionnaire, provenance = found.assessment.questionnaire, provenance_of(found.assessment)
    record = {
        "definition": {
            "definition_hash": provenance.definition_hash,
            "scoring_hash": provenance.scoring_hash,
            "key": questionnaire.key,
            "version": questionnaire.version,
        },
        "horizon": [phase.end for phase in found.phases],
        "limits": [phase.limit for phase in found.phases if phase.limit is not None],
        "language": language,
        "formats": list(formats),
        "csv_dialect": dialect,
    }
    look = None if theme is None else read_theme(theme)[0]
    names = file_names([each.row.entity.code for each in found.roadmaps])
    tables = RoadmapTables(
        found.standpoint, found.roadmaps, found.phases, found.effort, found.frame, language
    ).tables()
    pages = RoadmapPages(
        found.assessment, found.standpoint, found.phases, found.effort, found.frame, provenance, language
    )

    def add(folder: Path) -> None:
        if "csv" in formats:
            for table in tables:
                write_csv(folder / table.file, table.header, table.rows(), DIALECTS[dialect])
            (folder / PACKAGE).write_bytes(
                package_bytes(
                    questionnaire,
                    tables,
                    language=language,
                    dialect=DIALECTS[dialect],
                    description="Roadmaps: targets, actions and the least effort that reaches them",
                )
            )
        for form in ("md", "html"):
            if form in formats:
                _write_pages(folder, form, Press(look) if form == "html" else None)

    def _write_pages(folder: Path, form: str, press: Press | None) -> None:
        links = {code: f"{ENTITIES}/{name}.{form}" for code, name in names.items()}
        inside = folder / ENTITIES
        inside.mkdir(exist_ok=True)
        targets = [(folder / f"index.{form}", pages.main(found.roadmaps, links))]
        for each in found.roadmaps:
            page = pages.entity(each, f"../index.{form}")
            targets.append((inside / f"{names[each.row.entity.code]}.{form}", page))
        for path, page in targets:
            if press is not None:
                text = render_progress_html(page, press, language)
            else:
                text = render_progress_markdown(page, language)
            path.write_text(text, encoding="utf-8", newline="\n")

    write_documents(out, KIND, record, add, force=force)
