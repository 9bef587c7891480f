"""Make a small definition to start from, with the JSON Schemas by which editors help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.schema import SCHEMAS, schema_bytes, schema_file
from ctimaturity.definitions.starter import starter_files
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.atomic import write_file

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_FOLDER = "schema"
"""Folder of the schemas, so that an editor helps from the first line."""


def new_definition(folder: Path, name: str, language: str) -> tuple[Path, ...]:
    """Write a definition into a folder that is new or empty.

    Args:
        folder: Where it goes.
        name: Id of the instrument.
        language: Of its remarks; its texts are in all languages.

    Returns:
        The files of the definition.

    Raises:
        JobError: The folder holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JobError([Diagnostic(codes.FOLDER_NOT_EMPTY, Location(folder.as_posix()))])
    write_schemas(folder / SCHEMA_FOLDER)
    written = starter_files(name, language)
    for file, text in written.items():
        write_file(folder / file, text.encode())
    return tuple(folder / file for file in written)


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
