"""The folder that may go public: the index and open data; no answers, no names of files, no findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.definitions.canonical import canonical_json
from ctimaturity.files.csv import STANDARD, write_csv
from ctimaturity.results.index_table import index_table
from ctimaturity.results.manifest import DEFINITION
from ctimaturity.results.package import PACKAGE, package_bytes
from ctimaturity.results.scores_table import scores_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ctimaturity.results.table import Row, Table
    from ctimaturity.workflows.index_files import IndexFiles

_DOCUMENTS = ("html", "md", "xlsx", "json")


def write_publication(folder: Path, files: IndexFiles, *, pdf: bool = False, parquet: bool = False) -> None:
    """Write the folder that may go public.

    In it are the index in every format for people, index.csv and scores.csv down to the lowest node
    (never an item: an item's score is an answer), their data package and the definition.

    Args:
        folder: Is made.
        files: Writes the documents.
        pdf: Also write PDF.
        parquet: Also write the tables as Parquet.

    Raises:
        JobError: The theme is broken, or a format needs an extra that is not installed.
    """
    folder.mkdir()
    assessment, language = files.assessment, files.language
    formats = (*_DOCUMENTS, *(["pdf"] if pdf else []), *(["parquet"] if parquet else []))
    tables = (index_table(assessment, language), _nodes_only(scores_table(assessment)))
    replace(files, public=True).write(folder, formats, tables)
    for table in tables:
        write_csv(folder / table.file, table.header, table.rows(), STANDARD)
    package = package_bytes(assessment.questionnaire, tables, language=language, dialect=STANDARD)
    (folder / PACKAGE).write_bytes(package)
    (folder / DEFINITION).write_bytes(canonical_json(assessment.questionnaire))


def _nodes_only(scores: Table) -> Table:
    """The scores without those of items."""
    kind = scores.header.index("kind")

    def rows() -> Iterator[Row]:
        return (row for row in scores.rows() if row[kind] != "item")

    return replace(scores, rows=rows)
