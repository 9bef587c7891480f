"""Folders of ours: allowed, written aside with their manifest, and put in place as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
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
from ctimaturity.files.installation import writers_of
from ctimaturity.files.kind import MANIFEST, is_result_folder
from ctimaturity.model.canonical import canonical_json, definition_hash, scoring_hash
from ctimaturity.results.manifest import DEFINITION, KIND, REFERENCE, TOOL, json_bytes, sealed, sha256_of
from ctimaturity.results.package import write_tables
from ctimaturity.results.tables import all_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers

_NAMED = 3
"""How many foreign files a finding names."""


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


@contextmanager
def new_folder(
    folder: Path,
    kind: str,
    record: Mapping[str, object],
    *,
    can_be_read: bool = False,
    inputs: Sequence[Path] = (),
    force: bool = False,
) -> Iterator[Path]:
    """A folder to write into, which gets a manifest and takes its place as a whole when the body ends.

    Args:
        folder: New, empty or one of ours, unless forced.
        kind: What it holds, such as `report`.
        record: What its manifest says beside the tool and the sums of its files; the body may add to it.
        can_be_read: Whether it is read back: its manifest carries its own sum.
        inputs: What the job reads; the folder may be none of it, nor lie in results.
        force: Files of someone else are no reason to refuse; they stay.

    Raises:
        JobError: The folder cannot be written to; nothing was changed.
    """
    problems = [*_overlaps(folder, inputs), *refusals(folder, force=force)]
    if problems:
        raise JobError(problems)
    with folder_aside(folder) as aside:
        yield aside
        manifest = {
            **record,
            "tool": TOOL,
            "schema": 1,
            "kind": kind,
            "tool_version": __version__,
            "outputs": {path.relative_to(aside).as_posix(): sha256_of(path) for path in _files(aside)},
        }
        (aside / MANIFEST).write_bytes(json_bytes(sealed(manifest) if can_be_read else manifest))


def write_results(
    folder: Path,
    assessment: Assessment,
    settings: ResultSettings | None = None,
    *,
    reference: bytes | None = None,
    add: Callable[[Path], None] | None = None,
) -> None:
    """Write a folder of results.

    Args:
        folder: OUT; new, empty or one of ours, unless the settings force it.
        assessment: What was scored.
        settings: How to write; a standard folder in Spanish without them.
        reference: The canonical reference file used.
        add: Writes further files, such as documents, into the folder that it is given; the manifest lists
            them.

    Raises:
        JobError: The folder cannot be written to; nothing was changed.
    """
    chosen = settings or ResultSettings()
    questionnaire, ranges = assessment.questionnaire, assessment.reference
    record = _record(assessment, chosen)
    with new_folder(folder, KIND, record, can_be_read=True, force=chosen.force) as aside:
        (aside / DEFINITION).write_bytes(canonical_json(questionnaire))
        if reference is not None:
            (aside / REFERENCE).write_bytes(reference)
        if chosen.tables:
            tables = all_tables(assessment, chosen.language)
            write_tables(aside, questionnaire, tables, chosen.language, chosen.dialect, reference=ranges)
        if add is not None:
            add(aside)
        record["libraries"] = writers_of(path.suffix for path in _files(aside))


def definition_record(questionnaire: Questionnaire) -> dict[str, str]:
    """What a manifest that is read back says of the definition."""
    return {
        "id": questionnaire.id,
        "edition": questionnaire.edition,
        "version": questionnaire.version,
        "definition_hash": definition_hash(questionnaire),
        "scoring_hash": scoring_hash(questionnaire),
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _overlaps(folder: Path, inputs: Sequence[Path]) -> Iterator[Diagnostic]:
    """The folder that is read and would be replaced, or the results that the documents would lie in."""
    target = folder.resolve()
    for path in inputs:
        source = path.resolve()
        if source == target or (source in target.parents and is_result_folder(source)):
            place = Location(visible(folder.as_posix()))
            yield Diagnostic(codes.OUTPUT_IS_INPUT, place, {"path": visible(path.as_posix())})


def _record(assessment: Assessment, settings: ResultSettings) -> dict[str, object]:
    """The manifest of results, as `Manifest` reads it back."""
    index, reference = assessment.index, assessment.reference
    record: dict[str, object] = {
        "definition": definition_record(assessment.questionnaire),
        "options": _recorded(assessment.options),
        "seeds": dict(settings.seeds),
        "language": settings.language,
        "csv_dialect": settings.dialect,
        "measurements": index.measurements,
        "results_basis": index.results_basis,
        "groupings": index.groupings,
        "awaited": {code: assessment.awaited_names.get(code, "") for code in assessment.awaited},
        "inputs": dict(assessment.inputs),
        "sources": {code: _source(answers) for code, answers in assessment.answers.items()},
    }
    if reference is not None:
        record["reference"] = {
            "id": reference.id,
            "version": reference.version,
            "digest": reference.digest,
            "example": reference.example,
        }
    return record


def _source(answers: EntityAnswers) -> dict[str, object]:
    return {
        "files": answers.files,
        "surveys": {
            measurement: {
                "file": survey.source.file,
                "sheet": survey.source.sheet,
                "origin": survey.source.origin,
                "respondents": dict(zip(survey.segments, survey.respondents.tolist(), strict=True)),
            }
            for measurement, survey in answers.tallies.items()
        },
    }


def _recorded(value: object) -> JsonValue:
    """A value of the options as JSON has it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _recorded(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_recorded(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return visible(value.as_posix() if isinstance(value, PurePath) else str(value))
