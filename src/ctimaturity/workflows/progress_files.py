"""The files of a comparison, format by format, in a folder put in place as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.reporting.pdf import require_pdf
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.words import Words
from ctimaturity.results.entity_progress import entity_table, indicative_entity_table
from ctimaturity.results.folder import new_folder
from ctimaturity.results.package import write_tables
from ctimaturity.results.table import YES
from ctimaturity.workflows.documents import theme_in
from ctimaturity.workflows.progress_documents import ENTITIES, KIND, ProgressDocuments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.analysis.change import Comparison, EntityChange, NodeChange
    from ctimaturity.results.table import Table
    from ctimaturity.workflows.compare import Compared
    from ctimaturity.workflows.options import ScoreOptions


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
