"""From exports of surveys to what is known of each entity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.discovery import file_names
from ctimaturity.indicators.register import Claim
from ctimaturity.language.folding import folded
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.response import Source
from ctimaturity.scoring.moments import Moments, SurveyFrame, total_of
from ctimaturity.scoring.tallies import tallies_of
from ctimaturity.survey.findings import findings, segment_names
from ctimaturity.survey.folder import TALLIES, stored_covariances
from ctimaturity.survey.form import form_identity
from ctimaturity.survey.lookup import survey_frames
from ctimaturity.survey.reading import SurveyRequest, read_surveys
from ctimaturity.survey.sums import SegmentSums

if TYPE_CHECKING:
    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.indicators.register import EntityRegister
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import Covariance, Tallies
    from ctimaturity.survey.reading import ReadSurvey
    from ctimaturity.survey.sums import PackedSums


ORIGIN = "survey"
"""Where tallies from a survey file come from, beside `workbook`."""

_SPLIT = re.compile(r"[ ._-]+")
_MUNICIPALITY_DIGITS = 5
"""Codes of municipalities have five digits in DIVIPOLA; two are a department, or the day of a date."""
_NAMED = 5
"""Unknown entities that a finding names; one wrong column would name thousands."""


@dataclass(frozen=True, slots=True)
class SurveyInput:
    """An export, or the folder of an import.

    Attributes:
        path: Where it is.
        name: What outputs call it.
        entity: Code given with it; empty without.
    """

    path: Path
    name: str
    entity: str = ""

    @property
    def file(self) -> Path:
        """The file to read: of an import, its table of counts."""
        return self.path / TALLIES if self.path.is_dir() else self.path


Sums = Mapping[str, Mapping[str, Moments]]
"""By measurement, then by segment in the order of the definition."""


@dataclass(frozen=True)
class EntitySurvey:
    """What the exports say of one entity.

    Attributes:
        entity: Who.
        by_file: The sums, by the name of the file.
        covariances: Of files that carry no sums of products but covariances, by file and measurement.
    """

    entity: Entity
    by_file: dict[str, Sums] = field(default_factory=dict)
    covariances: dict[str, Mapping[str, tuple[Covariance, ...]]] = field(default_factory=dict)

    def joined(self) -> Sums:
        """The sums of all files together."""
        measurements = {name: None for sums in self.by_file.values() for name in sums}
        joined: dict[str, Mapping[str, Moments]] = {}
        for measurement in measurements:
            each = [sums[measurement] for sums in self.by_file.values() if measurement in sums]
            segments = dict.fromkeys(segment for sums in each for segment in sums)
            made = {segment: partial(_total, each, segment) for segment in segments}
            joined[measurement] = SegmentSums(made)
        return joined


def _total(each: Sequence[Mapping[str, Moments]], segment: str) -> Moments:
    return total_of([sums[segment] for sums in each if segment in sums])


@dataclass(frozen=True)
class Surveys:
    """What was read.

    Attributes:
        questionnaire: The definition.
        frames: What marks stand for, by measurement.
        entities: By code.
        inputs: SHA-256 of every file, by its name.
        given: The paths as the user gave them, by name.
        diagnostics: Every finding, in order.
    """

    questionnaire: Questionnaire
    frames: Mapping[str, SurveyFrame]
    entities: Mapping[str, EntitySurvey]
    inputs: Mapping[str, str]
    given: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]

    def tallies(self, code: str) -> list[Tallies]:
        """The tallies of an entity, file by file and measurement by measurement."""
        survey = self.entities.get(code)
        if survey is None:
            return []
        counted = []
        for file, sums in survey.by_file.items():
            for measurement, by_segment in sums.items():
                source = Source(file=file, origin=ORIGIN)
                tallies = tallies_of(self.frames[measurement], by_segment, source)
                known = survey.covariances.get(file, {}).get(measurement, ())
                counted.append(replace(tallies, covariances=known) if known else tallies)
        return counted


def survey_inputs(given: Sequence[str], entity: str = "") -> tuple[SurveyInput, ...]:
    """The files of `--survey`, each `FILE` or `CODE=FILE`; the order they are given in changes nothing.

    Args:
        given: As the user wrote them.
        entity: Code of the entity that all of them are about; empty without.

    Raises:
        JobError: A file is missing, or is neither a file nor the folder of an import.
    """
    paths: dict[Path, str] = {}
    problems: list[Diagnostic] = []
    for text in given:
        path, code = Path(text), entity
        if not path.exists() and "=" in text:
            head, _, tail = text.partition("=")
            path, code = Path(tail), head.strip()
        place = Location(file=visible(path.as_posix()))
        if not path.exists():
            problems.append(Diagnostic(codes.PATH_MISSING, place))
        elif not (path.is_file() or (path / TALLIES).is_file()):
            problems.append(Diagnostic(codes.PATH_NOT_A_REGULAR_FILE, place))
        paths[path] = code
    if problems:
        raise JobError(problems)
    names = file_names({path: path for path in paths})
    inputs = [SurveyInput(path, names[path], code) for path, code in paths.items()]
    return tuple(sorted(inputs, key=attrgetter("name")))


def read_survey_files(
    inputs: Sequence[SurveyInput],
    request: SurveyRequest,
    register: EntityRegister,
    progress: Progress | None = None,
) -> Surveys:
    """Read exports and tell which entities they are about.

    Args:
        inputs: The files.
        request: How they are read.
        register: The entities there may be.
        progress: Called with how many parts are read and how many there are.

    Raises:
        JobError: The questionnaire has nothing that respondents answer.
    """
    questionnaire = request.questionnaire
    register = register.under(questionnaire)
    frames = survey_frames(questionnaire)
    if not frames:
        raise JobError([Diagnostic(codes.SURVEY_NOT_ASKED, parameters={"questionnaire": questionnaire.key})])
    identity = form_identity(questionnaire, definition_hash(questionnaire))
    read = read_surveys([export.file for export in inputs], request, progress)
    assignment = _Assignment(request, register, frames)
    diagnostics: list[Diagnostic] = []
    for export, survey in zip(inputs, read, strict=True):
        own = findings(survey, export.name, request, identity)
        diagnostics += own
        if not any(finding.code in _SPOILT for finding in own):
            diagnostics += assignment.add(export, survey)
    digests = {
        export.name: survey.digest for export, survey in zip(inputs, read, strict=True) if survey.digest
    }
    return Surveys(
        questionnaire=questionnaire,
        frames=MappingProxyType(frames),
        entities=MappingProxyType(dict(sorted(assignment.entities.items()))),
        inputs=MappingProxyType(digests),
        given=MappingProxyType({export.name: visible(export.path.as_posix()) for export in inputs}),
        diagnostics=in_order(diagnostics),
    )


_SPOILT = {
    codes.SURVEY_COLUMN_TWICE,
    codes.SURVEY_WITHOUT_STATEMENTS,
    codes.SURVEY_OF_NOBODY,
    codes.SURVEY_ROWS_UNUSABLE,
    codes.COUNT_UNREADABLE,
}
"""What makes a file say nothing that can be counted for certain."""


class _Assignment:
    """Gives the sums of files to the entities they are about."""

    def __init__(
        self, request: SurveyRequest, register: EntityRegister, frames: Mapping[str, SurveyFrame]
    ) -> None:
        self.segments = segment_names(request.questionnaire)
        self.register = register
        self.frames = frames
        self.labels = _labels(register)
        self.entities: dict[str, EntitySurvey] = {}

    def add(self, export: SurveyInput, survey: ReadSurvey) -> list[Diagnostic]:
        """Take the sums of a file; what is found about whom they are of."""
        result = survey.result
        if result is None:
            return []
        diagnostics: list[Diagnostic] = []
        numbers: dict[str, list[int]] = {}
        rows = {name: _rows(sums) for name, sums in result.sums.items()}
        lost: dict[str, int] = {}
        for number in sorted({entity for of_entity in rows.values() for entity in of_entity}):
            text = result.entities[number]
            entity, problems = self._entity(export, self.labels.get(folded(text), text))
            diagnostics += problems
            if entity is not None:
                self.entities.setdefault(entity.code, EntitySurvey(entity))
                numbers.setdefault(entity.code, []).append(number)
                continue
            people = max(_people(sums, rows[name].get(number, {})) for name, sums in result.sums.items())
            if not problems:
                where = Location(file=export.name)
                diagnostics.append(Diagnostic(codes.SURVEY_ENTITY_UNSAID, where, {"count": people}))
            elif all(finding.code is not codes.SURVEY_OF_ANOTHER for finding in problems):
                # Of rows that are of another entity than was given the finding says it all.
                lost[text] = people
        diagnostics += _lost(export, lost)
        stored, damaged = stored_covariances(export.path) if export.path.is_dir() else ({}, ())
        if damaged:
            return [*diagnostics, *(finding.in_file(export.name) for finding in damaged)]
        for code, of_code in numbers.items():
            self.entities[code].by_file[export.name] = {
                name: self._by_segment(
                    self.frames[name],
                    sums,
                    [rows[name].get(number, {}) for number in of_code],
                    joint=result.joint,
                )
                for name, sums in result.sums.items()
                if any(number in rows[name] for number in of_code)
            }
            if code in stored:
                self.entities[code].covariances[export.name] = stored[code]
            elif not result.joint:
                place = Location(file=export.name, item=code)
                diagnostics.append(Diagnostic(codes.SURVEY_COUNTS_ONLY, place, {"entity": code}))
        return diagnostics

    def _entity(self, export: SurveyInput, text: str) -> tuple[Entity | None, tuple[Diagnostic, ...]]:
        """The entity of rows: by their column, what was given, or the begin of the name of the file."""
        written = text or export.entity
        if not written:
            return self.register.entity(_code_in_name(export.path.stem, self.register)), ()
        claim = Claim(code=written, issued=export.entity, file=export.name, of_survey=True)
        resolved = self.register.resolve(claim)
        return resolved.entity, resolved.diagnostics

    def _by_segment(
        self, frame: SurveyFrame, sums: PackedSums, rows: Sequence[Mapping[int, int]], *, joint: bool
    ) -> Mapping[str, Moments]:
        """The sums of an entity, written in whatever ways, by segment; `unknown` only if there."""
        made = {}
        for segment, name in self.segments.items():
            own = [of_text[segment] for of_text in rows if segment in of_text]
            if own or segment < len(self.segments) - 1:
                made[name] = partial(sums.moments, frame, own, joint=joint)
        return SegmentSums(made)


def _labels(register: EntityRegister) -> dict[str, str]:
    """The codes of listed entities by what forms show of them, and by their name where no other has it."""
    listed = register.listed.entities
    names = Counter(folded(entity.name) for entity in listed.values())
    shown = {folded(f"{code} {entity.name}"): code for code, entity in listed.items()}
    named = {folded(entity.name): code for code, entity in listed.items() if names[folded(entity.name)] == 1}
    # A code is never taken for the name of another entity.
    codes_of_others = {folded(code) for code in listed}
    return {text: code for text, code in {**named, **shown}.items() if text and text not in codes_of_others}


def _lost(export: SurveyInput, lost: Mapping[str, int]) -> Iterator[Diagnostic]:
    """How many respondents name an entity that nobody knows, and which."""
    if lost:
        named = "; ".join(quoted(text) for text in list(lost)[:_NAMED]) + (" …" if len(lost) > _NAMED else "")
        about: dict[str, Parameter] = {"count": sum(lost.values()), "entities": named}
        yield Diagnostic(codes.SURVEY_ENTITIES_UNKNOWN, Location(file=export.name), about)


def _rows(sums: PackedSums) -> dict[int, dict[int, int]]:
    """The row of each entity's segments."""
    rows: dict[int, dict[int, int]] = {}
    for row, (entity, segment) in enumerate(sums.groups):
        rows.setdefault(entity, {})[segment] = row
    return rows


def _people(sums: PackedSums, rows: Mapping[int, int]) -> int:
    return int(sums.respondents[list(rows.values())].sum())


def _code_in_name(stem: str, register: EntityRegister) -> str:
    """The longest begin of a file's name that is a code; two digits are a code only alone."""
    listed = register.listed.entities
    ends = [len(stem), *(match.start() for match in reversed(list(_SPLIT.finditer(stem))))]
    for end in ends:
        head = stem[:end]
        digits = head.isascii() and head.isdigit()
        certain = digits and (len(head) == _MUNICIPALITY_DIGITS or end == len(stem))
        certain = certain and register.kind is EntityCodes.DIVIPOLA
        if head in listed or (certain and register.entity(head) is not None):
            return head
    return ""
