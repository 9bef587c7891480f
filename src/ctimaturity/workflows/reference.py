"""Reference ranges of indicators: a new file, a check, a look, and what scoring takes from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.atomic import write_file
from ctimaturity.indicators.reference_document import ReferenceDocument, read_document, yaml_document
from ctimaturity.indicators.reference_record import (
    RangeRecord,
    ReferenceRecord,
    canonical_bytes,
    csv_bytes,
    yaml_bytes,
)
from ctimaturity.indicators.reference_review import named, reviewed
from ctimaturity.model.reference import ENTITY_TYPE
from ctimaturity.model.rule import Collects, Direction, ResultsBasis
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.documents import in_the_way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.score import Index

FIRST_VERSION = "0.1.0"
_VALUES = frozenset({ResultsBasis.AUTO, ResultsBasis.RANGE})
"""The bases that read values."""


@dataclass(frozen=True)
class ReferenceFile:
    """A reference file that was read and held against its questionnaire.

    Attributes:
        questionnaire: The one that its indicators are of; None when the file does not say it.
        document: What it says, with places.
        reference: What it marks; None when something is wrong.
        diagnostics: Every finding, in order.
    """

    questionnaire: Questionnaire | None
    document: ReferenceDocument
    reference: Reference | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def canonical(self) -> bytes:
        """The canonical form; empty where the file cannot be read."""
        return canonical_bytes(self.document.record) if self.document.record else b""


def open_reference(path: Path, questionnaire: str | None = None) -> ReferenceFile:
    """Read a reference file and hold it against a questionnaire: the one it names unless one is given.

    Raises:
        JobError: There is no such questionnaire.
    """
    document = read_document(path)
    if document.record is None:
        return ReferenceFile(None, document, None, document.diagnostics)
    definition = Library().find(questionnaire or document.record.questionnaire)
    return held_against(document, definition)


def held_against(document: ReferenceDocument, questionnaire: Questionnaire) -> ReferenceFile:
    """A document held against a questionnaire."""
    reading = reviewed(document, questionnaire)
    return ReferenceFile(questionnaire, document, reading.reference, reading.diagnostics)


def reference_for(path: Path, questionnaire: Questionnaire) -> ReferenceFile:
    """The reference ranges that a scoring takes.

    Raises:
        JobError: The file has mistakes, or is for another questionnaire.
    """
    file = held_against(read_document(path), questionnaire)
    if has_errors(file.diagnostics):
        raise JobError(file.diagnostics)
    return file


def stored_reference(data: bytes | None, file: str, questionnaire: Questionnaire) -> Reference | None:
    """The reference ranges of a folder of results; None when it has none.

    Raises:
        JobError: They are not what this tool wrote.
    """
    if data is None:
        return None
    document = yaml_document(data, file)
    reference = reviewed(document, questionnaire).reference
    if reference is None or document.record is None or canonical_bytes(document.record) != data:
        raise JobError([Diagnostic(codes.REFERENCE_UNREADABLE, Location(file))])
    return reference


def new_reference(
    out: Path, *, questionnaire: str | None = None, name: str = "", language: str = "es", force: bool = False
) -> ReferenceRecord:
    """Write a file with a range for each indicator, to be filled in.

    Args:
        out: A table where its name ends in `.csv`, else YAML.
        questionnaire: `id@edition` or a path; needed where there are several.
        name: The id of the reference; `ranges` unless said otherwise.
        language: Of the names of the indicators.
        force: Replace a file that exists.

    Raises:
        JobError: There is no such questionnaire, it has no indicators, or the file cannot be written.
    """
    definition = chosen_questionnaire(questionnaire)
    ranges = tuple(
        RangeRecord(item=item.id, direction=_said(item.direction), unit=item.unit or "")
        for item in map(definition.item_by_id.__getitem__, definition.indicators)
    )
    if not ranges:
        raise JobError([Diagnostic(codes.REFERENCE_EMPTY)])
    record = ReferenceRecord(
        id=name or "ranges", version=FIRST_VERSION, questionnaire=definition.key, ranges=ranges
    )
    write_reference(out, record, definition, language, force=force)
    return record


def _said(direction: Direction | None) -> Direction | None:
    return None if direction is Direction.AMBIGUOUS else direction


def write_reference(
    out: Path, record: ReferenceRecord, questionnaire: Questionnaire, language: str, *, force: bool
) -> None:
    """Write a record as YAML, or as a table where the name of the file says so.

    Raises:
        JobError: The file is there already, or cannot be written.
    """
    if taken := in_the_way(out, force=force):
        raise JobError(taken)
    make = csv_bytes if out.suffix.lower() == ".csv" else yaml_bytes
    write_file(out, make(record, questionnaire, language))


def without_ranges(basis: str | None) -> tuple[Diagnostic, ...]:
    """What is wrong with a basis where no reference ranges are given."""
    return (Diagnostic(codes.RANGE_WITHOUT_REFERENCE),) if basis == ResultsBasis.RANGE else ()


def findings_of_reference(
    file: ReferenceFile | None, questionnaire: Questionnaire, index: Index, entities: Mapping[str, Entity]
) -> Iterator[Diagnostic]:
    """What the reference ranges leave open for the entities that are scored.

    Args:
        file: The reference file; None without one.
        questionnaire: The definition.
        index: What came out.
        entities: Who is scored, by code.
    """
    if file is None or file.reference is None:
        return
    place = Location(file.document.file)
    for name in index.measurements:
        measurement = questionnaire.measurement_by_id[name]
        if measurement.collects is not Collects.INDICATORS:
            continue
        basis = ResultsBasis(index.results_basis)
        if basis in _VALUES:
            yield from _coverage(file.reference, questionnaire, measurement, basis, place, entities)
        else:
            yield Diagnostic(codes.REFERENCE_UNUSED, place, {"basis": basis.value})


def _coverage(
    reference: Reference,
    questionnaire: Questionnaire,
    measurement: Measurement,
    basis: ResultsBasis,
    place: Location,
    entities: Mapping[str, Entity],
) -> Iterator[Diagnostic]:
    """Indicators that no range covers, or that some cover for some entities only."""
    uncovered = []
    for item in measurement.items:
        asked = [
            entity for entity in entities.values() if questionnaire.applies(item, entity.type, entity.code)
        ]
        yield from _overlaps(reference, item.id, asked, Location(place.file, item=item.id))
        count = sum(reference.range_for(item.id, entity) is not None for entity in asked)
        if asked and not count:
            uncovered.append(item.id)
        elif count < len(asked):
            counts = {"count": count, "total": len(asked)}
            where = Location(place.file, item=item.id)
            yield Diagnostic(codes.REFERENCE_COVERS_SOME, where, {"item": item.id, **counts})
    if uncovered and basis is ResultsBasis.AUTO:
        counts = {"count": len(uncovered), "total": len(measurement.items)}
        yield Diagnostic(codes.REFERENCE_NOT_COVERING, place, {"items": named(uncovered), **counts})


def _overlaps(
    reference: Reference, item: str, entities: Sequence[Entity], place: Location
) -> Iterator[Diagnostic]:
    """Entities that are in several groups with a range of their own."""
    for entity in entities:
        ranges = reference.group_ranges(item, entity)
        if len(ranges) > 1:
            groups = "; ".join(f"{visible(each.grouping)} = {visible(each.group)}" for each in ranges)
            about = {"item": item, "entity": visible(entity.code), "groups": groups}
            yield Diagnostic(codes.REFERENCE_GROUPS_OVERLAP, place, about)


def missing_groupings(file: ReferenceFile, known: set[str]) -> list[Diagnostic]:
    """Columns that ranges depend on, which no entity has."""
    groupings = file.reference.groupings if file.reference else ()
    return [
        Diagnostic(
            codes.REFERENCE_GROUP_MISSING, Location(file.document.file), {"grouping": visible(grouping)}
        )
        for grouping in groupings
        if grouping not in known and grouping != ENTITY_TYPE
    ]
