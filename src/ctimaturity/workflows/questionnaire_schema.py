"""The JSON Schema of the format, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.schema import SCHEMAS, schema_bytes, schema_file
from ctimaturity.files.atomic import write_file

if TYPE_CHECKING:
    from pathlib import Path


def schema_text(kind: str) -> str:
    """The schema of a kind of file, one of `SCHEMAS`."""
    return schema_bytes(kind).decode()


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schema of every kind of file into a folder.

    Raises:
        JobError: One cannot be written.
    """
    files = tuple(folder / schema_file(kind) for kind in SCHEMAS)
    for kind, file in zip(SCHEMAS, files, strict=True):
        write_file(file, schema_bytes(kind))
    return files
