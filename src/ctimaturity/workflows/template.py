"""Make blank workbooks: one, or one for each entity of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.indicators.entity_list import EntityList, read_entity_list
from ctimaturity.indicators.register import Claim, EntityRegister
from ctimaturity.language.folding import folded
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.results.reader import read_results
from ctimaturity.workbook.column import LIST_RESPONDENTS
from ctimaturity.workbook.layout import asked_items, parts_of, stays_provisional
from ctimaturity.workbook.previous import previous_answers
from ctimaturity.workbook.template import Content, Perception, TemplateOptions
from ctimaturity.workbook.writer import write_workbook
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.documents import in_the_way, unlike

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers


MOST_ROWS = 5000
"""Rows of a grid that still open at once in an office suite."""

SUFFIX = ".xlsx"
_LONGEST_SLUG = 60
"""Letters; with the folders around them paths stay within the 260 that Windows opens."""


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """What workbooks are wanted.

    Attributes:
        questionnaire: `id@edition`, `id@edition@version` or a path; needed where there are several.
        options: Language, parts, forms, rows, round, contact. Its entity is found here.
        entity: Code of one entity.
        entities: List of entities; they get a workbook each.
        force: Existing files may be replaced.
        previous: Folder of results of the round before: what each entity answered then is shown beside
            the empty cells. Its entities get a workbook each where no others are named.
    """

    questionnaire: str | None = None
    options: TemplateOptions = field(default_factory=TemplateOptions)
    entity: str = ""
    entities: Path | None = None
    force: bool = False
    previous: Path | None = None


@dataclass(frozen=True, slots=True)
class Templates:
    """What was written.

    Attributes:
        files: In the order of the entities.
        diagnostics: What was found on the way.
    """

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class PreviousRound:
    """What was answered in an earlier round.

    Attributes:
        file: The folder of its results, as the user gave it.
        label: Its name; empty without one.
        questionnaire: The definition that was answered.
        answers: By entity code, those that counted; refused ones too.
    """

    file: str
    label: str
    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers]

    @property
    def entities(self) -> dict[str, Entity]:
        """Who took part, by code."""
        return {code: answers.entity for code, answers in sorted(self.answers.items())}


def read_previous(folder: Path) -> PreviousRound:
    """Read the answers of an earlier round from its folder of results.

    Raises:
        JobError: It is no folder of results, or it is damaged.
    """
    stored = read_results(folder)
    label = visible(str(stored.manifest.options.get("round", "")))
    return PreviousRound(visible(folder.as_posix()), label, stored.questionnaire, stored.answers)


def make_templates(out: Path, request: TemplateRequest, advance: Progress | None = None) -> Templates:
    """Write the workbooks that are asked for.

    Args:
        out: The file to write, `.xlsx` being added where it is missing, or an existing folder; with a
            list of entities, and no single one of it, the folder.
        request: What is wanted.
        advance: Told how many of how many are written.

    Raises:
        JobError: Nothing could be written, and why.
    """
    before = read_previous(request.previous) if request.previous else None
    questionnaire = _asked_questionnaire(request, before)
    options = request.options
    problems = (*_problems(questionnaire, options), *_other_edition(questionnaire, before))
    listed = _listed(request, before).under(questionnaire)
    problems += listed.diagnostics
    entity, of_entity = _one_entity(request.entity, EntityRegister.of(questionnaire, listed))
    if has_errors(problems + of_entity):
        raise JobError(problems + of_entity)
    wanted = _wanted(out, request, listed, _single_name(questionnaire, entity), entity)
    digest = definition_hash(questionnaire)
    files: list[Path] = []
    diagnostics = [*problems, *of_entity, *_notes(questionnaire, options)]
    for done, (path, whom) in enumerate(wanted):
        chosen, content = _shown_before(before, replace(options, entity=whom), diagnostics)
        diagnostics += _not_asked(questionnaire, chosen)
        if taken := in_the_way(path, force=request.force):
            diagnostics += taken
        else:
            write_workbook(path, questionnaire, chosen, digest, content)
            files.append(path)
        if advance is not None:
            advance(done + 1, len(wanted))
    if not files:
        raise JobError(diagnostics)
    return Templates(tuple(files), in_order(diagnostics))


def _asked_questionnaire(request: TemplateRequest, before: PreviousRound | None) -> Questionnaire:
    """The questionnaire that was named, else the newest version of the one that was answered before."""
    if before is None or request.questionnaire:
        return chosen_questionnaire(request.questionnaire)
    answered = before.questionnaire
    return Library().newest(answered.id, answered.edition) or answered


def _other_edition(questionnaire: Questionnaire, before: PreviousRound | None) -> Iterator[Diagnostic]:
    """Why earlier answers cannot be shown: ids name the same thing within one edition only."""
    if before is not None and before.questionnaire.key != questionnaire.key:
        about = {
            "folder": before.file,
            "before": before.questionnaire.key,
            "questionnaire": questionnaire.key,
        }
        yield Diagnostic(codes.PREVIOUS_OF_ANOTHER_EDITION, Location(before.file), about)


def _listed(request: TemplateRequest, before: PreviousRound | None) -> EntityList:
    if request.entities is not None:
        return read_entity_list(request.entities)
    known = before.entities if before is not None else {}
    return EntityList(entities=known) if request.entity in {"", *known} else EntityList()


def _shown_before(
    before: PreviousRound | None, options: TemplateOptions, diagnostics: list[Diagnostic]
) -> tuple[TemplateOptions, Content | None]:
    """The options and content of one entity's workbook, with what it answered the round before."""
    if before is None or options.entity is None:
        return options, None
    answers = before.answers.get(options.entity.code)
    if answers is None or answers.refused:
        about = {"entity": options.entity.code, "folder": before.file}
        code = codes.NO_PREVIOUS_ANSWERS if answers is None else codes.PREVIOUS_ANSWERS_REFUSED
        diagnostics.append(Diagnostic(code, Location(item=options.entity.code), about))
        return options, None
    shown = previous_answers(before.questionnaire, answers, options.language)
    return replace(options, previous=before.label), Content(previous=shown)


def file_name(entity: Entity) -> str:
    """A safe name for an entity's workbook: its code and its name in plain letters."""
    code = re.sub(r"[^0-9A-Za-z._-]+", "-", entity.code).strip(".-")
    slug = re.sub(r"[^0-9a-z]+", "-", folded(entity.name))[:_LONGEST_SLUG].strip("-")
    return "-".join(part for part in (code, slug) if part) + SUFFIX


def _single_name(questionnaire: Questionnaire, entity: Entity | None) -> str:
    """What one workbook is called inside a folder."""
    return file_name(entity) if entity else f"{questionnaire.id}-{questionnaire.edition}{SUFFIX}"


def _problems(questionnaire: Questionnaire, options: TemplateOptions) -> Iterator[Diagnostic]:
    """Why these options cannot give a workbook of this questionnaire."""
    known = tuple(questionnaire.measurement_by_id)
    for part in options.parts:
        if part not in known:
            choice = {"part": visible(part), "parts": ", ".join(known)}
            yield Diagnostic(codes.PART_UNKNOWN, parameters=choice)
    if options.language not in questionnaire.languages:
        languages = {"language": visible(options.language), "languages": ", ".join(questionnaire.languages)}
        yield Diagnostic(codes.TEMPLATE_LANGUAGE_MISSING, parameters=languages)
    parts = parts_of(questionnaire, options)
    surveyed = {part.id for part in parts if part.collects is Collects.RESPONDENTS}
    if parts and options.perception is Perception.NONE and len(surveyed) == len(parts):
        yield Diagnostic(codes.NOTHING_ASKED)
    if options.perception is Perception.GRID and not 1 <= options.respondents <= MOST_ROWS:
        rows = {"rows": options.respondents, "most": MOST_ROWS}
        yield Diagnostic(codes.RESPONDENT_ROWS_OUT_OF_RANGE, parameters=rows)


def _notes(questionnaire: Questionnaire, options: TemplateOptions) -> Iterator[Diagnostic]:
    """What the choice of the list means for the survey."""
    for part in parts_of(questionnaire, options):
        if options.perception is Perception.LIST and stays_provisional(part) and part.respondents:
            threshold = part.respondents.min_respondents
            needed = format(threshold.value, "f") if threshold else ""
            title = in_language(part.title, options.language)
            about: dict[str, str | int] = {"part": title, "room": LIST_RESPONDENTS, "needed": needed}
            yield Diagnostic(codes.LIST_STAYS_PROVISIONAL, parameters=about)


def _not_asked(questionnaire: Questionnaire, options: TemplateOptions) -> Iterator[Diagnostic]:
    """Parts of which nothing can exist for the entity."""
    for part in parts_of(questionnaire, options):
        if options.entity is not None and part.items and not asked_items(questionnaire, part, options.entity):
            about = {
                "part": in_language(part.title, options.language),
                "entity": options.entity.code,
                "type": options.entity.type,
            }
            yield Diagnostic(codes.NO_ITEM_APPLIES, Location(item=options.entity.code), about)


def _one_entity(code: str, register: EntityRegister) -> tuple[Entity | None, tuple[Diagnostic, ...]]:
    if not code:
        return None, ()
    resolved = register.resolve(Claim(code=code))
    return resolved.entity, resolved.diagnostics


def _wanted(
    out: Path, request: TemplateRequest, listed: EntityList, single: str, entity: Entity | None
) -> list[tuple[Path, Entity | None]]:
    """The files to write and whose they are."""
    if request.entity or (request.entities is None and request.previous is None):
        if out.is_dir():
            return [(out / single, entity)]
        return [(out if out.suffix.lower() == SUFFIX else out.with_name(out.name + SUFFIX), entity)]
    stems = unlike(file_name(each).removesuffix(SUFFIX) for each in listed.entities.values())
    return [
        (out / f"{stem}{SUFFIX}", each) for stem, each in zip(stems, listed.entities.values(), strict=True)
    ]
