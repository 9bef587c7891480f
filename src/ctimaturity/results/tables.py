"""All tables of the results, in the order of the data package; any table as a data frame or as Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.answers_table import answers_table, reported_table
from ctimaturity.results.findings_table import findings_table
from ctimaturity.results.index_table import index_table
from ctimaturity.results.rulings_table import rulings_table
from ctimaturity.results.scores_table import scores_table
from ctimaturity.results.survey_tables import covariances_table, tallies_table
from ctimaturity.results.table import YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pandas as pd
    from duckdb import DuckDBPyConnection

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.results.table import Kind, Table

_DTYPES: dict[Kind, str] = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # one order of rows and groups, whatever the machine
    "autoinstall_known_extensions": False,  # nothing is ever fetched
    "autoload_known_extensions": False,
}


def all_tables(assessment: Assessment, language: str) -> tuple[Table, ...]:
    """Every CSV file of an assessment; labels in them in a language."""
    if assessment.verification is None:
        return scored_tables(assessment, language)
    return (*scored_tables(assessment, language), rulings_table(assessment), reported_table(assessment))


def scored_tables(assessment: Assessment, language: str) -> tuple[Table, ...]:
    """Those that there are with and without rulings."""
    return (
        index_table(assessment, language),
        scores_table(assessment),
        answers_table(assessment),
        tallies_table(assessment),
        covariances_table(assessment),
        findings_table(assessment, language),
    )


def frame(table: Table) -> pd.DataFrame:
    """A table as a data frame: nullable types, so that whole numbers stay whole beside missing ones."""
    import pandas as pd

    rows = ([None if cell == "" else cell for cell in row] for row in table.rows())
    whole = pd.DataFrame(rows, columns=list(table.header), dtype=object)
    yes_or_no = [column.name for column in table.columns if column.kind == "boolean"]
    whole[yes_or_no] = whole[yes_or_no] == YES
    return whole.astype({column.name: _DTYPES[column.kind] for column in table.columns})


def frame_of(tables: Iterable[Table], name: str) -> pd.DataFrame:
    """The table of a name among some, as a data frame.

    Raises:
        ValueError: There is no such table.
    """
    by_name = {table.name: table for table in tables}
    if name not in by_name:
        raise ValueError(f"no table {name!r}; there are {', '.join(by_name)}")
    return frame(by_name[name])


def write_parquet(folder: Path, tables: Sequence[Table]) -> None:
    """Write each table to a file of its name, with the columns and types of its CSV file.

    Args:
        folder: Where.
        tables: What is written; one is held in memory at a time.

    Raises:
        JobError: DuckDB, of the extra `panel`, is not installed.
    """
    with in_memory() as connection:
        for table in tables:
            connection.register("contents", frame(table))
            target = (folder / f"{table.name}.parquet").as_posix().replace("'", "''")
            connection.execute(f"COPY contents TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            connection.unregister("contents")


def in_memory() -> DuckDBPyConnection:
    """A database in memory that fetches nothing.

    Raises:
        JobError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        parameters = {"what": "Parquet", "package": "DuckDB", "reason": str(error), "extra": "panel"}
        raise JobError([Diagnostic(codes.EXTRA_MISSING, parameters=parameters)]) from error
    return duckdb.connect(":memory:", config=_SETTINGS)
