"""List every problem of the returned workbooks; nothing is scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import in_order
from ctimaturity.workbook.completion import completeness
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import entity_register, surveys_of, united_answers
from ctimaturity.workflows.returned_files import read_files
from ctimaturity.workflows.rulings import apply_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.workbook.completion import Completeness
    from ctimaturity.workflows.identification import ReadFile


class Verdict(StrEnum):
    """What becomes of a workbook."""

    ACCEPTED = "accepted"
    """It can be scored as it is."""
    REFUSED = "refused"
    """Something in it cannot be read for certain."""
    UNREADABLE = "unreadable"
    """It is no workbook of a known definition, nobody can tell who it is from, or it is held apart."""
    COPY = "copy"
    """It is the same as another file, byte for byte."""


@dataclass(frozen=True, slots=True)
class ValidationRow:
    """One file.

    Attributes:
        file: Its name as given.
        entity_code, entity_name: Who it is from; empty when nobody can tell.
        definition: `mmmctic@2020-04 1.0.0`; empty when none is known.
        completeness: By measurement id.
        errors, warnings: How many findings on the file.
        verdict: What becomes of it.
    """

    file: str
    entity_code: str
    entity_name: str
    definition: str
    completeness: Mapping[str, Completeness]
    errors: int
    warnings: int
    verdict: Verdict

    @property
    def answered(self) -> int:
        """Items answered, in all measurements."""
        return sum(part.answered for part in self.completeness.values())

    @property
    def asked(self) -> int:
        """Items asked, in all measurements."""
        return sum(part.asked for part in self.completeness.values())


@dataclass(frozen=True)
class Validation:
    """What was found in the workbooks.

    Attributes:
        rows: One per file, in order of their names.
        diagnostics: Every finding, in order.
        given: The paths of the files as the user gave them, by their names in findings.
        files: What was read.
        united: The answers of each entity, by its code, with each definition that there is.
        surveyed: The SHA-256 of the survey files that have respondents of an entity, by its code.
    """

    rows: tuple[ValidationRow, ...]
    diagnostics: tuple[Diagnostic, ...]
    given: Mapping[str, str]
    files: tuple[ReadFile, ...] = ()
    united: tuple[tuple[Questionnaire, Mapping[str, EntityAnswers]], ...] = ()
    surveyed: Mapping[str, frozenset[str]] = field(default_factory=dict)


def validate(
    paths: Sequence[Path], options: ReadingOptions | None = None, progress: Progress | None = None
) -> Validation:
    """Read workbooks and list every problem, with its place and its mend.

    Workbooks of different definitions may stand side by side here: each is looked at with its own.

    Args:
        paths: Files and folders.
        options: How they are read.
        progress: Called with how many files are read and how many there are.

    Raises:
        JobError: A path is missing, there is no file, or the list of entities has mistakes.
    """
    chosen = options or ReadingOptions()
    register = entity_register(chosen.entities)
    files, notes = read_files(paths, chosen, register, progress)
    given = {file.name: file.given for file in files}
    findings = [*notes, *(finding for file in files for finding in file.diagnostics)]
    by_definition: dict[int, tuple[Questionnaire, list[ReadFile]]] = {}
    for file in files:
        if file.definition is not None and not file.held:
            by_definition.setdefault(id(file.definition), (file.definition, []))[1].append(file)
    united: list[tuple[Questionnaire, Mapping[str, EntityAnswers]]] = []
    surveyed: dict[str, frozenset[str]] = {}
    for definition, own in by_definition.values():
        # Nothing says which of several definitions survey files and rulings are of.
        alone = len(by_definition) == 1
        surveys = surveys_of(chosen, definition, register) if alone else None
        answers, of_answers = united_answers(own, definition, chosen, surveys)
        findings += of_answers
        if surveys is not None:
            findings += surveys.diagnostics
            given |= surveys.given
            for code, survey in surveys.entities.items():
                read = (name for name in survey.by_file if name in surveys.inputs)
                surveyed[code] = frozenset(surveys.inputs[name] for name in read)
        if chosen.rulings is not None and alone:
            findings += apply_file(chosen.rulings, definition, answers, chosen.language).diagnostics
        united.append((definition, answers))
    diagnostics = in_order(findings)
    rows = tuple(_row(file, diagnostics) for file in files)
    return Validation(rows, diagnostics, given, files, tuple(united), surveyed)


def _row(file: ReadFile, diagnostics: Sequence[Diagnostic]) -> ValidationRow:
    own = [finding.severity for finding in diagnostics if finding.location.file == file.name]
    definition = file.definition
    done: Mapping[str, Completeness] = {}
    if definition is not None and file.returned is not None:
        book = file.returned
        done = completeness(definition, file.entity, book.responses, book.surveys, book.confirmed_items)
    return ValidationRow(
        file=file.name,
        entity_code=file.entity.code if file.entity else "",
        entity_name=file.entity.name if file.entity else "",
        definition=f"{definition.key} {definition.version}" if definition else "",
        completeness=done,
        errors=own.count(Severity.ERROR),
        warnings=own.count(Severity.WARNING),
        verdict=_verdict(file, own),
    )


def _verdict(file: ReadFile, severities: Sequence[Severity]) -> Verdict:
    if file.copy_of:
        return Verdict.COPY
    if file.definition is None or file.entity is None:
        return Verdict.UNREADABLE
    return Verdict.REFUSED if Severity.ERROR in severities else Verdict.ACCEPTED
