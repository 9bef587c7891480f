"""OUT: the folder of results, written aside and put in place as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.atomic import folder_aside
from ctimaturity.files.csv import DIALECTS, write_csv
from ctimaturity.files.installation import writers_of
from ctimaturity.files.results import MANIFEST, is_result_folder
from ctimaturity.results.manifest import (
    DEFINITION,
    KIND,
    REFERENCE,
    TOOL,
    DefinitionRecord,
    Manifest,
    ReferenceRecord,
    SourceRecord,
    SurveyRecord,
    manifest_bytes,
    sha256,
    sha256_of,
)
from ctimaturity.results.package import PACKAGE, package_bytes
from ctimaturity.results.tables import all_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pydantic import JsonValue

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers

_NAMED = 3
"""How many foreign files a finding names."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The definition that everybody was scored with.

    Attributes:
        canonical: Its canonical JSON, whose SHA-256 is its `definition_hash`.
        scoring_hash: Equal for definitions that give the same scores.
    """

    canonical: bytes
    scoring_hash: str


@dataclass(frozen=True, slots=True)
class ResultSettings:
    """How results are written down.

    Attributes:
        language: Of labels in the tables and of the data package.
        dialect: How CSV files are written: `standard` or `excel-es`.
        tables: Whether the CSV files and their data package are written; without them the folder cannot be
            read back.
        force: Whether a folder with files of someone else may be written to.
        seeds: Of random draws, by their use.
    """

    language: str = "es"
    dialect: str = "standard"
    tables: bool = True
    force: bool = False
    seeds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def refusals(folder: Path, *, force: bool = False) -> tuple[Diagnostic, ...]:
    """Why results cannot be written to a folder; nothing when it is new, empty or ours.

    Args:
        folder: OUT.
        force: Files of someone else are no reason; they stay.
    """
    shown = visible(folder.as_posix())
    place = Location(shown)
    try:
        if not folder.exists():
            return ()
        if not folder.is_dir():
            return (Diagnostic(codes.OUTPUT_NOT_A_FOLDER, place),)
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return (Diagnostic(codes.OUTPUT_NOT_WRITTEN, place, {"path": shown, "reason": reason}),)
    if force or not names or is_result_folder(folder):
        return ()
    first = ", ".join(visible(name) for name in names[:_NAMED])
    listed = first if len(names) <= _NAMED else f"{first} …"
    return (Diagnostic(codes.OUTPUT_FOLDER_OCCUPIED, place, {"names": listed}),)


def write_results(
    folder: Path,
    assessment: Assessment,
    definition: Definition,
    settings: ResultSettings | None = None,
    *,
    reference: bytes | None = None,
    add: Callable[[Path], None] | None = None,
) -> Manifest:
    """Write a folder of results and put it in place as a whole.

    Args:
        folder: OUT; new, empty or one of ours, unless the settings force it.
        assessment: What was scored.
        definition: The canonical definition used.
        settings: How to write; a standard folder in Spanish without them.
        reference: The canonical reference file used.
        add: Writes further files, such as documents, into the folder that it is given; the manifest lists
            them.

    Returns:
        The manifest that was written.

    Raises:
        JobError: The folder cannot be written to; nothing was changed.
    """
    chosen = settings or ResultSettings()
    problems = refusals(folder, force=chosen.force)
    if problems:
        raise JobError(problems)
    with folder_aside(folder) as aside:
        (aside / DEFINITION).write_bytes(definition.canonical)
        if reference is not None:
            (aside / REFERENCE).write_bytes(reference)
        if chosen.tables:
            _write_tables(aside, assessment, chosen)
        if add is not None:
            add(aside)
        manifest = _manifest(aside, assessment, definition, chosen)
        (aside / MANIFEST).write_bytes(manifest_bytes(manifest))
    return manifest


def _write_tables(aside: Path, assessment: Assessment, settings: ResultSettings) -> None:
    dialect = DIALECTS[settings.dialect]
    tables = all_tables(assessment, settings.language)
    for table in tables:
        write_csv(aside / table.file, table.header, table.rows(), dialect)
    package = package_bytes(
        assessment.questionnaire,
        tables,
        language=settings.language,
        dialect=dialect,
        reference=assessment.reference,
    )
    (aside / PACKAGE).write_bytes(package)


def _manifest(
    aside: Path, assessment: Assessment, definition: Definition, settings: ResultSettings
) -> Manifest:
    questionnaire, index = assessment.questionnaire, assessment.index
    files = sorted(path for path in aside.rglob("*") if path.is_file())
    return Manifest.model_validate(
        {
            "tool": TOOL,
            "schema": 1,
            "kind": KIND,
            "tool_version": __version__,
            "libraries": writers_of(path.suffix for path in files),
            "definition": DefinitionRecord(
                id=questionnaire.id,
                edition=questionnaire.edition,
                version=questionnaire.version,
                definition_hash=sha256(definition.canonical),
                scoring_hash=definition.scoring_hash,
            ),
            "options": _recorded(assessment.options),
            "seeds": dict(settings.seeds),
            "language": settings.language,
            "csv_dialect": settings.dialect,
            "measurements": index.measurements,
            "results_basis": index.results_basis,
            "reference": _reference(assessment.reference),
            "groupings": index.groupings,
            "awaited": {code: assessment.awaited_names.get(code, "") for code in assessment.awaited},
            "inputs": dict(assessment.inputs),
            "sources": {code: _source(answers) for code, answers in assessment.answers.items()},
            "outputs": {path.relative_to(aside).as_posix(): sha256_of(path) for path in files},
        }
    )


def _reference(reference: Reference | None) -> ReferenceRecord | None:
    if reference is None:
        return None
    return ReferenceRecord(
        id=reference.id, version=reference.version, digest=reference.digest, example=reference.example
    )


def _source(answers: EntityAnswers) -> SourceRecord:
    return SourceRecord(
        files=answers.files,
        surveys={
            measurement: SurveyRecord(
                file=survey.source.file,
                sheet=survey.source.sheet,
                origin=survey.source.origin,
                respondents=dict(zip(survey.segments, survey.respondents.tolist(), strict=True)),
            )
            for measurement, survey in answers.tallies.items()
        },
    )


def _recorded(value: object) -> JsonValue:
    """A value of the options as JSON has it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _recorded(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_recorded(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return visible(value.as_posix() if isinstance(value, PurePath) else str(value))
