"""The files of a comparison, format by format, in a folder put in place as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.reporting.pdf import require_pdf
from ctimaturity.reporting.theme_file import read_theme
from ctimaturity.results.folder import new_folder
from ctimaturity.results.package import write_tables
from ctimaturity.results.progress_tables import comparison_tables, indicative_items_table, indicative_table
from ctimaturity.results.table import YES
from ctimaturity.workflows.progress_documents import ProgressDocuments
from ctimaturity.workflows.progress_entities import entity_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.results.table import Table
    from ctimaturity.workflows.compare import Compared

KIND = "comparison"
DOCUMENTS = frozenset({"html", "md", "pdf", "xlsx"})


def tables_of(compared: Compared) -> tuple[Table, ...]:
    """The tables of what was compared."""
    if compared.indicative is not None:
        before, after = compared.rounds
        labels = (before.label, after.label)
        return (
            indicative_table(*labels, compared.indicative),
            indicative_items_table(*labels, compared.indicative_items),
        )
    return comparison_tables((*compared.comparisons, *compared.returns), compared.rounds)


def write_comparison(
    compared: Compared,
    out: Path,
    *,
    formats: Sequence[str],
    language: str = "es",
    dialect: str = "standard",
    theme: Path | None = None,
    force: bool = False,
) -> None:
    """Write the folder of a comparison.

    Args:
        compared: What was found.
        out: New, empty or one of ours.
        formats: Of `compare.FORMATS`.
        language: Of the documents.
        dialect: Of the CSV files.
        theme: Folder of a theme for the documents.
        force: Write into a folder that holds someone else's files.

    Raises:
        JobError: The folder cannot be written to, the theme is broken, or the extra for PDF is missing;
            nothing was changed.
    """
    record = {
        "rounds": [
            {
                "round": each.label,
                "questionnaire": each.questionnaire.key,
                "version": each.questionnaire.version,
                "definition_hash": definition_hash(each.questionnaire),
                "scoring_hash": scoring_hash(each.questionnaire),
                "reference": each.reference.cited if each.reference else "",
                "entities": len(each.rows),
            }
            for each in compared.rounds
        ],
        "indicative": compared.indicative is not None,
        "language": language,
        "formats": list(formats),
        "csv_dialect": dialect,
    }

    if "pdf" in formats:
        require_pdf()
    look = None if theme is None else read_theme(theme)[0]
    documents = ProgressDocuments(compared, language, look, KIND)

    tables = tables_of(compared)
    with new_folder(out, KIND, record, inputs=compared.paths, force=force) as folder:
        if "csv" in formats:
            write_tables(
                folder,
                compared.rounds[-1].questionnaire,
                (*tables, *entity_tables(compared, language)),
                language,
                dialect,
                description="Progress between rounds: changes and what they come from",
            )
        if "json" in formats:
            _write_json(folder / "comparison.json", record, tables)
        if DOCUMENTS & {*formats}:
            documents.write(folder, formats)


def _write_json(path: Path, record: dict[str, object], tables: Sequence[Table]) -> None:
    """The same rows as the CSV files have, with the names of the columns."""
    kept = {key: record[key] for key in ("rounds", "indicative")}
    found = {
        table.name: [
            {
                column.name: cell == YES if column.kind == "boolean" and cell is not None else cell
                for column, cell in zip(table.columns, row, strict=True)
            }
            for row in table.rows()
        ]
        for table in tables
    }
    text = json.dumps({**kept, **found}, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
