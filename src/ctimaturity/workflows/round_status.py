"""How far a round is: who was sent a workbook, whose came back, was refused, is scored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.discovery import discover
from ctimaturity.files.kind import is_result_folder
from ctimaturity.model.score import Status
from ctimaturity.workbook.completion import completeness
from ctimaturity.workbook.round import told_apart
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import entity_register
from ctimaturity.workflows.round_new import RoundFolder
from ctimaturity.workflows.score import load
from ctimaturity.workflows.template import SUFFIX
from ctimaturity.workflows.validate import Validation, Verdict, validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import IndexRow
    from ctimaturity.workflows.validate import ValidationRow


class RoundStage(StrEnum):
    """How far one entity is."""

    NOT_SENT = "not_sent"
    """There is no workbook for it to send."""
    SENT = "sent"
    """Nothing came back yet."""
    REFUSED = "refused"
    """What came back cannot be read for certain."""
    RETURNED = "returned"
    """It came back, and is not in the results, or not as it is now."""
    SCORED = "scored"
    """It is in the results."""


@dataclass(frozen=True, slots=True)
class EntityStage:
    """One entity in a round.

    Attributes:
        entity: Who.
        template: Name of its workbook to send; empty without one.
        files: Names of what came back.
        refused: Something of it cannot be read for certain.
        errors, warnings: How many findings on its files.
        answered, asked: Items answered and asked, in its workbooks.
        respondents: People who answered its survey.
        row: Its row in the results; None where it is in none.
        stale: Something came back since the results were made.
        listed: It is in the list of entities.
    """

    entity: Entity
    template: str
    files: tuple[str, ...]
    refused: bool
    errors: int
    warnings: int
    answered: int
    asked: int
    respondents: int
    row: IndexRow | None
    stale: bool
    listed: bool

    @property
    def is_returned(self) -> bool:
        """Whether anything came back."""
        return bool(self.files or self.respondents)

    @property
    def is_scored(self) -> bool:
        """Whether the results have it as it is now; what was refused has no score."""
        return self.row is not None and self.row.status is not Status.REFUSED and not self.stale

    @property
    def stage(self) -> RoundStage:
        """How far it is."""
        if self.refused:
            return RoundStage.REFUSED
        if self.is_scored:
            return RoundStage.SCORED
        if self.is_returned:
            return RoundStage.RETURNED
        return RoundStage.SENT if self.template else RoundStage.NOT_SENT


@dataclass(frozen=True)
class RoundStatus:
    """How far a round is.

    Attributes:
        folder: The folder of the round.
        entities: Those of the list in its order, then others that answered, by code.
        unknown: Files of which nobody can tell who they are from.
        diagnostics: Every finding on what came back.
        elsewhere: Those that belong to no entity's workbook: why a file is from nobody, what of a survey
            cannot be read, what else lies there.
        given: The paths of files, by their names in findings.
        label: Name of the round: the folder's, unless most of what came back was made for another.
    """

    folder: RoundFolder
    entities: tuple[EntityStage, ...]
    unknown: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    elsewhere: tuple[Diagnostic, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    label: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many were sent a workbook, have returned one, are refused, are scored, and are awaited."""
        every = self.entities
        return {
            "listed": sum(progress.listed for progress in every),
            "sent": sum(bool(progress.template) for progress in every),
            "returned": sum(progress.is_returned for progress in every),
            "refused": sum(progress.refused for progress in every),
            "scored": sum(progress.is_scored and not progress.refused for progress in every),
            "awaited": sum(
                progress.listed and not progress.is_returned and not progress.is_scored for progress in every
            ),
        }


def round_status(
    folder: Path, *, jobs: int | None = None, language: str = "es", progress: Progress | None = None
) -> RoundStatus:
    """Tell how far a round is, from what lies in its folder.

    Everything is read as `cti validate` reads it; the results are those that `cti score` wrote.

    Args:
        folder: The folder of the round.
        jobs: Files read at once.
        language: Of what findings show.
        progress: Called with how many files are read and how many there are.

    Raises:
        JobError: There is no list of entities in it, or the list has mistakes.
    """
    there = RoundFolder(folder)
    if not there.entities().is_file():
        place = Location(visible(folder.as_posix()))
        raise JobError([Diagnostic(codes.ROUND_WITHOUT_LIST, place)])
    surveys = tuple(path.as_posix() for path in there.survey_files())
    options = ReadingOptions(entities=there.entities(), jobs=jobs, language=language, surveys=surveys)
    register = entity_register(options.entities)
    back = _came_back(there, options, progress)
    followed = next((file.definition for file in back.files if file.definition is not None), None)
    listed = (register.under(followed) if followed else register).listed.entities
    diagnostics = list(back.diagnostics)
    results = _results(there, diagnostics)
    return _RoundState(there, listed, back, results).status(in_order(diagnostics))


def _came_back(there: RoundFolder, options: ReadingOptions, progress: Progress | None) -> Validation:
    """What came back, looked at; where nothing did yet, what lies there instead."""
    if not there.returned.is_dir():
        return Validation((), (), {})
    discovery = discover([there.returned])
    if discovery.files:
        return validate([there.returned], options, progress)
    passed = tuple(
        finding for finding in discovery.diagnostics if finding.code is not codes.FOLDER_WITHOUT_WORKBOOKS
    )
    return Validation((), passed, discovery.given)


def _results(there: RoundFolder, diagnostics: list[Diagnostic]) -> Assessment | None:
    """The results that there are; damaged ones are a finding, and count as none."""
    if not is_result_folder(there.results):
        return None
    try:
        return load(there.results)
    except JobError as error:
        diagnostics.extend(error.diagnostics)
        return None


class _RoundState:
    """What lies in the folder, entity by entity."""

    def __init__(
        self,
        there: RoundFolder,
        listed: Mapping[str, Entity],
        back: Validation,
        results: Assessment | None,
    ) -> None:
        self.there = there
        self.listed = listed
        self.back = back
        self.scored = set(results.inputs.values()) if results else set()
        self.rows = {row.entity.code: row for row in results.index.rows} if results else {}
        self.templates = _templates(there.templates)
        self.files: dict[str, list[ValidationRow]] = {}
        for row in back.rows:
            if row.entity_code and row.verdict is not Verdict.COPY:
                self.files.setdefault(row.entity_code, []).append(row)
        self.known = {file.entity.code: file.entity for file in back.files if file.entity is not None}
        self.digests = {file.name: file.digest for file in back.files}
        self.answers: dict[str, list[tuple[Questionnaire, EntityAnswers]]] = {}
        for questionnaire, united in back.united:
            for code, answers in united.items():
                self.answers.setdefault(code, []).append((questionnaire, answers))

    def status(self, diagnostics: tuple[Diagnostic, ...]) -> RoundStatus:
        others = sorted({*self.files, *self.answers} - {*self.listed})
        nobodys = (row for row in self.back.rows if row.verdict is Verdict.UNREADABLE)
        unknown = tuple(row.file for row in nobodys if not row.entity_code)
        return RoundStatus(
            folder=self.there,
            entities=tuple(map(self._stage, [*self.listed, *others])),
            unknown=unknown,
            diagnostics=diagnostics,
            elsewhere=tuple(self._elsewhere(diagnostics)),
            given=self.back.given,
            label=self._label(),
        )

    def _label(self) -> str:
        books = (file.returned for file in self.back.files if file.entity is not None)
        made = Counter(book.identity.round for book in books if book is not None and book.identity.round)
        folder = self.there.root.resolve().name
        most = max(sorted(made), key=lambda name: made[name], default=folder)
        return most if told_apart(most, folder) else folder

    def _elsewhere(self, diagnostics: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
        """Findings that no line of an entity counts; of survey files the errors only."""
        own = {row.file for row in self.back.rows if row.entity_code}
        surveys = {name for name, path in self.back.given.items() if self.there.surveys in Path(path).parents}
        for finding in diagnostics:
            file = finding.location.file
            quiet = not file or file in surveys
            if file not in own and (finding.severity is Severity.ERROR or not quiet):
                yield finding

    def _stage(self, code: str) -> EntityStage:
        files, united = self.files.get(code, []), self.answers.get(code, [])
        answers = [each for _, each in united]
        done = [
            part
            for questionnaire, each in united
            for part in completeness(
                questionnaire, each.entity, each.responses, each.tallies.values()
            ).values()
        ]
        digests = {self.digests.get(row.file, "") for row in files} | self.back.surveyed.get(
            code, frozenset()
        )
        unread = any(row.verdict in {Verdict.REFUSED, Verdict.UNREADABLE} for row in files)
        return EntityStage(
            entity=self.listed.get(code) or self.known.get(code) or answers[0].entity,
            template=self._template(code),
            files=tuple(row.file for row in files),
            refused=unread or any(each.refused for each in answers),
            errors=sum(row.errors for row in files),
            warnings=sum(row.warnings for row in files),
            answered=sum(part.answered for part in done),
            asked=sum(part.asked for part in done),
            respondents=sum(
                int(tally.respondents.sum()) for each in answers for tally in each.tallies.values()
            ),
            row=self.rows.get(code),
            stale=not digests <= self.scored,
            listed=code in self.listed,
        )

    def _template(self, code: str) -> str:
        """The workbook whose name begins with the code, and not with a longer one of the list."""
        own = [name for name in self.templates if _begins(name, code)]
        longer = [other for other in self.listed if len(other) > len(code)]
        return next((name for name in own if not any(_begins(name, other) for other in longer)), "")


def _templates(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.rglob(f"*{SUFFIX}") if not path.name.startswith("~")))


def _begins(name: str, code: str) -> bool:
    rest = name.removeprefix(code)
    return rest != name and not rest[:1].isalnum()
