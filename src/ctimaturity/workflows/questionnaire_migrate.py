"""Take a returned workbook over into another definition: a new workbook, and what became of each answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.definitions.migration import migrate
from ctimaturity.definitions.route import routes
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import LANGUAGES
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.crosswalk import Fate, Passage, Why
from ctimaturity.model.entity import Entity
from ctimaturity.model.rule import Collects
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.column import LIST_RESPONDENTS
from ctimaturity.workbook.marker import Form, Marker
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import write_workbook
from ctimaturity.workflows.definitions import links_between
from ctimaturity.workflows.documents import in_the_way
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import entity_register, united_answers
from ctimaturity.workflows.returned_files import read_files
from ctimaturity.workflows.template import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.definitions.route import Routes
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.workbook.returned import ReturnedWorkbook
    from ctimaturity.workflows.identification import ReadFile


@dataclass(frozen=True, slots=True)
class MigrationRequest:
    """What workbook is wanted.

    Attributes:
        to: `id@edition`, `id@edition@version` or a path.
        source: The definition the workbook was made from, where that is none of the bundled ones.
        entities: List of entities, for their names and types.
        round_label: Label of the round; that of the workbook when empty.
        language: Of the new workbook; that of the old one when empty.
        force: An existing file may be replaced.
    """

    to: str
    source: str | None = None
    entities: Path | None = None
    round_label: str = ""
    language: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True)
class Migration:
    """What came of it.

    Attributes:
        target: The new workbook.
        old, new: The two definitions.
        passages: What became of each answer.
        diagnostics: What was found in the old workbook, in order.
        given: The path of the old workbook as the user gave it, by its name in findings.
    """

    target: Path
    old: Questionnaire
    new: Questionnaire
    passages: tuple[Passage, ...]
    diagnostics: tuple[Diagnostic, ...]
    given: Mapping[str, str]


def migrate_workbook(workbook: Path, out: Path, request: MigrationRequest) -> Migration:
    """Make a workbook of another definition with every answer that still means the same.

    Nothing is invented, and the old workbook is only read. The date and the approval are not taken over.

    Args:
        workbook: A returned workbook.
        out: The new file, `.xlsx` being added where it is missing, or an existing folder.
        request: What is wanted.

    Raises:
        JobError: It cannot be done, and why.
    """
    target = _target(workbook, out, force=request.force)
    new = Library().find(request.to)
    options = ReadingOptions(
        questionnaire=request.source,
        entities=request.entities,
        jobs=1,
        definitions=(Path(request.to),) if Path(request.to).exists() else (),
        with_marks=True,
    )
    (file, *_), _notes = read_files((workbook,), options, entity_register(options.entities))
    old, returned = file.definition, file.returned
    if old is None or returned is None or file.held:
        raise JobError(finding.in_file(file.given) for finding in file.diagnostics)
    digest = definition_hash(new)
    if definition_hash(old) == digest:
        about = {"definition": new.key, "version": new.version}
        raise JobError([Diagnostic(codes.NOTHING_TO_MIGRATE, Location(file.given), about)])
    links = links_between(Library(given=options.definitions), old, new)
    if links is None:
        between = {"old": old.key, "new": new.key}
        raise JobError([Diagnostic(codes.NO_CROSSWALK, Location(file.given), between)])
    ways = routes(old, new, links)
    carrier = _Carrier(file, returned, ways, request)
    carried = migrate(carrier.answers(options), ways)
    write_workbook(target, new, carrier.options(), digest, carrier.content(carried.answers))
    passages = tuple(carrier.judged(carried.passages))
    return Migration(target, old, new, passages, file.diagnostics, {file.name: file.given})


def _target(workbook: Path, out: Path, *, force: bool) -> Path:
    if not workbook.is_file():
        if workbook.is_dir():
            raise JobError([Diagnostic(codes.ONE_WORKBOOK_ONLY, Location(visible(workbook.as_posix())))])
        return out  # reading it will say what is wrong
    target = out / workbook.name if out.is_dir() else out
    if target.suffix.lower() != SUFFIX:
        target = target.with_name(target.name + SUFFIX)
    shown = Location(file=visible(target.as_posix()))
    if target.exists() and target.samefile(workbook):
        raise JobError([Diagnostic(codes.SOURCE_IS_TARGET, shown)])
    if taken := in_the_way(target, force=force):
        raise JobError(taken)
    return target


@dataclass(frozen=True)
class _Carrier:
    """One workbook on its way."""

    file: ReadFile
    returned: ReturnedWorkbook
    routes: Routes
    request: MigrationRequest

    def answers(self, options: ReadingOptions) -> EntityAnswers:
        """What the workbook answers, confirmed blanks included."""
        cover = self.returned.cover
        nobody = Entity(cover.text(keys.ENTITY_CODE), cover.text(keys.ENTITY_NAME), "")
        known = replace(self.file, entity=self.file.entity or nobody)
        answers, _ = united_answers((known,), self.routes.old, options)
        (each,) = answers.values()
        return each

    @property
    def entity(self) -> Entity | None:
        """Whom the workbook was made for; None for anyone."""
        return self.file.entity if self.returned.identity.entity_code else None

    def options(self) -> TemplateOptions:
        """What the old workbook was made with, as far as the new definition has it."""
        new, identity = self.routes.new, self.returned.identity
        spoken = [each for each in new.languages if each in LANGUAGES]
        wanted = self.request.language or identity.language
        return TemplateOptions(
            language=wanted if wanted in spoken else spoken[0],
            parts=self._parts(),
            perception=self._perception(),
            entity=self.entity,
            round=self.request.round_label or identity.round,
        )

    def _parts(self) -> tuple[str, ...]:
        """Measurements the workbook asks; all where it asks all of its own."""
        old, new = self.routes.old.measurement_by_id, self.routes.new.measurement_by_id
        issued = self.returned.issued or frozenset(old)
        if issued >= old.keys():
            return ()
        return tuple(name for name in new if name in issued) or tuple(new)

    def _perception(self) -> Perception:
        """The form of the survey in the old workbook; a grid where a list has no room."""
        markers = [Marker.read(text) for text in self.returned.identity.sheets]
        forms = {marker.form for marker in markers if marker} & {Form.LIST, Form.GRID, Form.COUNTS}
        people = max((len(marks) for marks in self.returned.marks.values()), default=0)
        if Form.COUNTS in forms or (self.returned.surveys and not people):
            return Perception.COUNTS
        if Form.GRID in forms or people > LIST_RESPONDENTS:
            return Perception.GRID
        return Perception.LIST if Form.LIST in forms or people else Perception.NONE

    def content(self, answers: EntityAnswers) -> Content:
        """What the new workbook is filled with."""
        cover, entries = self.returned.cover, {}
        if self.entity is None:
            entries = {key: cover.text(key) for key in (keys.ENTITY_CODE, keys.ENTITY_NAME)}
        if not (self.request.round_label or self.returned.identity.round):
            entries[keys.ROUND] = cover.text(keys.ROUND)
        entries[keys.CONTACT] = cover.text(keys.CONTACT)
        return Content(answers, self._marks(), {key: text for key, text in entries.items() if text})

    def _marks(self) -> dict[str, list[RespondentMarks]]:
        """What each respondent answered, in the words of the new definition."""
        people = [person for marks in self.returned.marks.values() for person in marks]
        return {
            measurement.id: [
                taken
                for person in people
                if (taken := self._person(person, [item.id for item in measurement.items])).marks
            ]
            for measurement in self.routes.new.measurements
            if measurement.collects is Collects.RESPONDENTS and people
        }

    def _person(self, person: RespondentMarks, items: Sequence[str]) -> RespondentMarks:
        known = any(segment.id == person.segment for segment in self.routes.new.segments)
        if person.segment and not known:
            return RespondentMarks("", {})
        marks = {}
        for item in items:
            route = self.routes.by_item.get(item)
            code = route.answers.codes.get(person.marks.get(route.source.id, "")) if route else None
            if code is not None:
                marks[item] = code
        return RespondentMarks(person.segment, marks)

    def judged(self, passages: Sequence[Passage]) -> Iterator[Passage]:
        """The passages, with what could not be read and what cannot exist for the entity."""
        for passage in passages:
            item = self.routes.new.item_by_id.get(passage.item)
            impossible = item is not None and self.entity is not None and not self._applies(passage.item)
            if not impossible:
                yield passage
            elif passage.fate is not Fate.NEW:
                yield replace(passage, fate=Fate.LEFT_OUT, why=Why.ENTITY)
        unreadable = dict.fromkeys(
            finding.location.item
            for finding in self.file.diagnostics
            if finding.severity is Severity.ERROR and finding.location.item in self.routes.old.item_by_id
        )
        for name in unreadable:
            yield Passage(name, Fate.LEFT_OUT, name, why=Why.UNREADABLE)

    def _applies(self, name: str) -> bool:
        entity, new = self.entity, self.routes.new
        return entity is None or new.applies(new.item_by_id[name], entity.type, entity.code)
