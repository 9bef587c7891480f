"""A list of entities from its file: a CSV file or a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.indicators.entity_list import EntityList, entity_list
from ctimaturity.indicators.table_file import read_table_file

if TYPE_CHECKING:
    from pathlib import Path


def read_entity_file(path: Path) -> EntityList:
    """A list of entities from a CSV file, or from the first sheet of a workbook that holds something.

    Args:
        path: The file.

    Returns:
        The list; what is wrong with the file or in it are its findings.
    """
    table = read_table_file(path)
    if table.rows is None:
        return EntityList(table.name, diagnostics=table.diagnostics)
    return entity_list(table.name, table.rows).from_file(table.digest, table.diagnostics)
