"""A questionnaire from its YAML files, with every mistake found at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ctimaturity.definitions.document import QuestionnaireDocument
from ctimaturity.definitions.resolve import Resolution, resolve
from ctimaturity.definitions.source import Source
from ctimaturity.diagnostics.codes import definitions as codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.yaml import MAX_BYTES, read_yaml
from ctimaturity.model.questionnaire import Questionnaire

if TYPE_CHECKING:
    from ctimaturity.files.yaml import Value

MAIN_FILE = "questionnaire.yaml"


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a definition.

    Args:
        path: A folder with `questionnaire.yaml` and the files it names, or a single YAML file.

    Raises:
        JobError: It has mistakes; all of them are in `diagnostics`.
    """
    main = path / MAIN_FILE if path.is_dir() else path
    source = read_source(main)
    resolution = check_source(source)
    if resolution is None or source.diagnostics:
        raise JobError(source.diagnostics)
    return resolution.questionnaire


def read_source(main: Path) -> Source:
    """Read `questionnaire.yaml` and put the measurements' files into it."""
    source = Source(None, main.as_posix())
    source.value = _read(main, source, ())
    if not isinstance(source.value, dict):
        return source
    measurements = source.value.get("measurements")
    if isinstance(measurements, list):
        for position, entry in enumerate(measurements):
            if isinstance(entry, str):
                path = ("measurements", position)
                measurements[position] = _read_beside(main, entry, source, path)
    return source


def _read_beside(main: Path, name: str, source: Source, path: tuple[str | int, ...]) -> Value:
    if Path(name).name != name or "\\" in name:
        source.report(codes.FILE_OUTSIDE, path, {"name": name})
        return None
    if not (main.parent / name).is_file():
        source.report(codes.FILE_MISSING, path, {"name": name})
        return None
    return _read(main.parent / name, source, path)


def _read(file: Path, source: Source, path: tuple[str | int, ...]) -> Value:
    name = file.as_posix()
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        source.diagnostics.append(Diagnostic(codes.FILE_MISSING, Location(name), {"name": file.name}))
        return None
    document = read_yaml(data, name)
    source.add(document, path)
    return document.value


def check_source(source: Source) -> Resolution | None:
    """Validate what was read; findings go to the source."""
    if not isinstance(source.value, dict):
        return None
    try:
        document = QuestionnaireDocument.model_validate(source.value)
    except ValidationError as error:
        for problem in error.errors():
            source.report(codes.INVALID_VALUE, problem["loc"], {"key": str(problem)})
        return None
    return resolve(document, source)
