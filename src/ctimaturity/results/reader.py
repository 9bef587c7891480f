"""A folder of results, read back: everything that scoring needs to give the same numbers again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.csv import DIALECTS
from ctimaturity.files.kind import MANIFEST
from ctimaturity.model.canonical import read_canonical
from ctimaturity.model.response import EntityAnswers
from ctimaturity.results.answers_table import read_answers, read_reported
from ctimaturity.results.findings_table import read_findings
from ctimaturity.results.index_table import read_entities
from ctimaturity.results.manifest import (
    DEFINITION,
    NO_SOURCE,
    REFERENCE,
    Manifest,
    difference,
    read_manifest,
    unknown_field,
)
from ctimaturity.results.rulings_table import read_rulings
from ctimaturity.results.stored_table import StoredTable, rows_of
from ctimaturity.results.survey_tables import read_covariances, read_tallies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import Response
    from ctimaturity.model.ruling import Ruled
    from ctimaturity.results.index_table import StoredEntity

_T = TypeVar("_T")
RULINGS, REPORTED = "rulings.csv", "reported.csv"
_INDEX, _FINDINGS = "index.csv", "findings.csv"
_TABLES = (_INDEX, "answers.csv", "tallies.csv", "covariances.csv", _FINDINGS)


@dataclass(frozen=True)
class StoredResults:
    """What a folder of results holds, its scores apart, which follow from the rest.

    Attributes:
        manifest: How the results were made: options, measurements, basis, groupings, inputs, awaited.
        questionnaire: The definition everybody was scored with.
        answers: By entity code, in the order of the index, refused ones too.
        diagnostics: The findings of the run.
        reference: The canonical reference file; None without one.
        rulings: What reviewers decided; None without a rulings file.
        reported: The answers that rulings have changed, as reported: by entity code and item id.
        ranks: By entity code, the ranks that were given, of everybody ranked, also where the answers of one
            entity alone were read.
    """

    manifest: Manifest
    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]
    diagnostics: tuple[Diagnostic, ...]
    reference: bytes | None
    rulings: tuple[Ruled, ...] | None = None
    reported: Mapping[str, Mapping[str, Response]] = field(default_factory=lambda: MappingProxyType({}))
    ranks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def read_results(folder: Path, only: str | None = None) -> StoredResults:
    """Read a folder that `write_results` has written.

    Args:
        folder: OUT.
        only: Code of the one entity whose answers are wanted: the others' are not read, nor the findings.
            Where it is not there, or a table is broken, all is read.

    Raises:
        JobError: It is no such folder, or some file of it is missing, changed or broken; with every
            problem and its place.
    """
    manifest = manifest_of(folder)
    problems = _differences(folder, manifest)
    if any(
        each.code is codes.RESULT_FILE_MISSING or each.location.file.endswith(DEFINITION) for each in problems
    ):
        raise JobError(problems)
    questionnaire = read_canonical((folder / DEFINITION).read_bytes())
    place = Location(_shown(folder, MANIFEST))
    problems += [
        unknown_field(place, f"measurements.{number}")
        for number, measurement in enumerate(manifest.measurements)
        if measurement not in questionnaire.measurement_by_id
    ]
    tables = _Tables(folder, manifest.csv_dialect)
    entities = tables.read(_INDEX, read_entities)
    if tables.problems:
        raise JobError([*problems, *tables.problems])
    ranks = {code: stored.rank for code, stored in entities.items() if stored.rank is not None}
    if only in entities:
        tables.only, entities = only, {only: entities[only]}
    answers = _answers(tables, manifest, questionnaire, entities)
    findings = () if tables.only else tables.read(_FINDINGS, read_findings)
    rulings: tuple[Ruled, ...] | None = None
    reported: dict[str, dict[str, Response]] = {}
    if RULINGS in manifest.outputs:
        rulings = tables.read(RULINGS, read_rulings)
        rulings = tuple(each for each in rulings if each.ruling.entity in entities or not tables.only)
        reported = tables.read(REPORTED, partial(read_reported, questionnaire, entities, rulings))
    if problems or tables.problems:
        if tables.only and not problems:
            return read_results(folder)  # which names the right lines
        raise JobError([*problems, *tables.problems])
    return StoredResults(
        manifest=manifest,
        questionnaire=questionnaire,
        answers=answers,
        diagnostics=findings,
        reference=(folder / REFERENCE).read_bytes() if REFERENCE in manifest.outputs else None,
        rulings=rulings,
        reported=reported,
        ranks=ranks,
    )


def _answers(
    tables: _Tables, manifest: Manifest, questionnaire: Questionnaire, entities: Mapping[str, StoredEntity]
) -> dict[str, EntityAnswers]:
    sources = {code: manifest.sources.get(code, NO_SOURCE) for code in entities}
    responses = tables.read("answers.csv", partial(read_answers, questionnaire, entities))
    counts = tables.read("tallies.csv", partial(read_tallies, questionnaire, sources))
    surveys = tables.read("covariances.csv", partial(read_covariances, questionnaire, counts))
    return {
        code: EntityAnswers(
            stored.entity, responses[code], surveys[code], stored.refused, sources[code].files
        )
        for code, stored in entities.items()
    }


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a folder of results.

    Raises:
        JobError: There is none, or it was edited.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        raise JobError([Diagnostic(codes.NOT_A_RESULT_FOLDER, Location(folder.as_posix()))]) from None
    manifest = read_manifest(data, _shown(folder, MANIFEST))
    if isinstance(manifest, Manifest):
        return manifest
    raise JobError(manifest)


def earlier_entities(folder: Path) -> frozenset[str]:
    """The codes of all entities of an earlier index, whatever became of them.

    Args:
        folder: OUT of that round.

    Raises:
        JobError: It is no folder of results, or its index cannot be read.
    """
    tables = _Tables(folder, manifest_of(folder).csv_dialect)
    try:
        entities = frozenset(tables.read(_INDEX, read_entities))
    except OSError:
        place = Location(_shown(folder, _INDEX))
        raise JobError([Diagnostic(codes.RESULT_FILE_MISSING, place, {"name": _INDEX})]) from None
    if tables.problems:
        raise JobError(tables.problems)
    return entities


def findings_of(folder: Path, manifest: Manifest) -> tuple[Diagnostic, ...]:
    """The findings of the run that wrote a folder; nothing where they cannot be read."""
    try:
        data = (folder / _FINDINGS).read_bytes()
    except OSError:
        return ()
    return read_findings(StoredTable(_shown(folder, _FINDINGS), data, DIALECTS[manifest.csv_dialect]))


def _differences(folder: Path, manifest: Manifest) -> list[Diagnostic]:
    """Which of the files that are read are missing, or not as the manifest says."""
    optional = [name for name in (REFERENCE, RULINGS) if name in manifest.outputs]
    optional += [REPORTED] if RULINGS in manifest.outputs else []
    told = (
        difference(folder, name, manifest.outputs.get(name)) for name in (DEFINITION, *_TABLES, *optional)
    )
    return [finding for finding in told if finding is not None]


class _Tables:
    """Reads one table after the other, so that only one is held in memory, and gathers their problems."""

    def __init__(self, folder: Path, dialect: str) -> None:
        self.problems: list[Diagnostic] = []
        self.only: str | None = None
        self._folder = folder
        self._dialect = DIALECTS[dialect]

    def read(self, name: str, contents: Callable[[StoredTable], _T]) -> _T:
        data = (self._folder / name).read_bytes()
        if self.only is not None:
            data = rows_of(data, self.only, self._dialect)
        table = StoredTable(_shown(self._folder, name), data, self._dialect)
        read = contents(table)
        self.problems += table.problems
        return read


def _shown(folder: Path, name: str) -> str:
    return (folder / name).as_posix()
