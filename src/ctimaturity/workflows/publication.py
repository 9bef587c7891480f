"""The folder that may go public: the index and open data; no answers, no names of files, no findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.model.canonical import canonical_json
from ctimaturity.results.index_table import index_table
from ctimaturity.results.manifest import DEFINITION
from ctimaturity.results.package import write_tables
from ctimaturity.results.scores_table import scores_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.results.table import Row, Table
    from ctimaturity.workflows.index_files import IndexFiles

_DOCUMENTS = ("html", "md", "xlsx", "json")
_MORE = {"pdf", "parquet"}


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
    replace(files, public=True).write(folder, (*_DOCUMENTS, *(set(formats) & _MORE)), tables)
    write_tables(folder, assessment.questionnaire, tables, language, reference=assessment.reference)
    (folder / DEFINITION).write_bytes(canonical_json(assessment.questionnaire))


def _nodes_only(scores: Table) -> Table:
    """The scores without those of items."""
    kind = scores.header.index("kind")

    def rows() -> Iterator[Row]:
        return (row for row in scores.rows() if row[kind] != "item")

    return replace(scores, rows=rows)
