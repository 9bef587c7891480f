"""The files of roadmaps, format by format, in a folder put in place as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.html import document_html
from ctimaturity.reporting.markdown import document_markdown
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.roadmap import RoadmapPages
from ctimaturity.reporting.theme_file import read_theme
from ctimaturity.results.folder import new_folder
from ctimaturity.results.package import write_tables
from ctimaturity.results.roadmap_tables import RoadmapTables
from ctimaturity.workflows.documents import file_names, provenance_of
from ctimaturity.workflows.roadmap_plans import write_plans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.reporting.document import Document
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
        "start": found.start.isoformat() if found.start else "",
        "language": language,
        "formats": list(formats),
        "csv_dialect": dialect,
    }
    look = None if theme is None else read_theme(theme)[0]
    names = file_names([each.row.entity.code for each in found.roadmaps])
    tables = RoadmapTables(
        found.standpoint, found.roadmaps, found.phases, found.effort, found.frame, language,
        dated=found.start is not None,
    ).tables()  # fmt: skip
    pages = RoadmapPages(
        found.assessment, found.standpoint, found.phases, found.effort, found.frame, provenance, language
    )

    def write_pages(folder: Path, form: str, press: Press | None) -> None:
        links = {code: f"{ENTITIES}/{name}.{form}" for code, name in names.items()}
        inside = folder / ENTITIES
        inside.mkdir(exist_ok=True)
        _write(folder / f"index.{form}", pages.main(found.roadmaps, links), press, language)
        for each in found.roadmaps:
            page = pages.entity(each, f"../index.{form}")
            _write(inside / f"{names[each.row.entity.code]}.{form}", page, press, language)

    with new_folder(out, KIND, record, force=force) as folder:
        if "csv" in formats:
            write_tables(
                folder,
                questionnaire,
                tables,
                language,
                dialect,
                description="Roadmaps: targets, actions and the least effort that reaches them",
                reference=found.assessment.reference,
            )
        if "xlsx" in formats:
            write_plans(folder / PLANS, found, names, language)
        if "md" in formats:
            write_pages(folder, "md", None)
        if "html" in formats:
            write_pages(folder, "html", Press(look))


def _write(path: Path, page: Document, press: Press | None, language: str) -> None:
    text = document_markdown(page) if press is None else document_html(page, press, language)
    path.write_text(text, encoding="utf-8", newline="\n")
