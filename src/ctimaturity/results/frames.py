"""The tables as pandas data frames, for people who program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.results.table import YES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from ctimaturity.results.table import Kind, Table

_DTYPES: dict[Kind, str] = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def frame_of(tables: Iterable[Table], name: str) -> pd.DataFrame:
    """The table of a name among some, as a data frame.

    Raises:
        ValueError: There is no such table.
    """
    by_name = {table.name: table for table in tables}
    if name not in by_name:
        raise ValueError(f"no table {name!r}; there are {', '.join(by_name)}")
    return frame(by_name[name])


def frame(table: Table) -> pd.DataFrame:
    """A table as a data frame: nullable types, so that whole numbers stay whole beside missing ones."""
    import pandas as pd

    rows = ([None if cell == "" else cell for cell in row] for row in table.rows())
    whole = pd.DataFrame(rows, columns=list(table.header), dtype=object)
    yes_or_no = [column.name for column in table.columns if column.kind == "boolean"]
    whole[yes_or_no] = whole[yes_or_no] == YES
    return whole.astype({column.name: _DTYPES[column.kind] for column in table.columns})
