"""Make a small definition to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.starter import starter_files
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.atomic import write_file
from ctimaturity.workflows.questionnaire_schema import write_schemas

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = "schema"
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
    write_schemas(folder / SCHEMAS)
    written = starter_files(name, language)
    for file, text in written.items():
        write_file(folder / file, text.encode())
    return tuple(folder / file for file in written)
