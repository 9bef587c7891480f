"""The tables as Parquet, written by DuckDB from the extra `panel`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.frames import frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from ctimaturity.results.table import Table

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # one order of rows and groups, whatever the machine
    "autoinstall_known_extensions": False,  # nothing is ever fetched
    "autoload_known_extensions": False,
}


def write_parquet(folder: Path, tables: Sequence[Table]) -> None:
    """Write each table to a file of its name, with the columns and types of its CSV file.

    Args:
        folder: Where.
        tables: What is written; one is held in memory at a time.

    Raises:
        JobError: DuckDB is not installed.
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
