"""From the paths a user gives to what each entity has answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import version_numbers
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.indicators.entity_list import read_entity_list, unknown_segments
from ctimaturity.indicators.register import EntityRegister
from ctimaturity.model.response import EntityAnswers
from ctimaturity.results.reader import read_results
from ctimaturity.survey.reading import SurveyRequest
from ctimaturity.workbook.completion import complete
from ctimaturity.workbook.copies import NOBODY, unite
from ctimaturity.workbook.cover import ROUND
from ctimaturity.workbook.round import told_apart
from ctimaturity.workbook.suspicion import suspicions
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.returned_files import definition_search, read_files
from ctimaturity.workflows.rulings import AppliedRulings, apply_file
from ctimaturity.workflows.statistics import complete_by_statistics
from ctimaturity.workflows.survey_reading import Surveys, read_survey_files, survey_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import Tallies
    from ctimaturity.workbook.returned import ReturnedWorkbook
    from ctimaturity.workflows.identification import ReadFile

_SHOWN = 40
"""Letters of the label of a round that a finding shows; people write whole sentences there."""


@dataclass(frozen=True)
class ReadRound:
    """What was read.

    Attributes:
        questionnaire: The definition of all answers.
        answers: By entity code, refused ones too.
        files: Every file, in order of their names; a copy that is the same counts once.
        diagnostics: Every finding, in order.
        inputs: SHA-256 of every input file, by its name.
        awaited: Entities of the list that have sent nothing, by code, in the list's order.
        given: The paths of the files as the user gave them, by their names in outputs.
        rulings: A reviewer's rulings, applied to the answers; None without a rulings file.
    """

    questionnaire: Questionnaire
    answers: Mapping[str, EntityAnswers] = field(default_factory=dict)
    files: tuple[ReadFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    awaited: Mapping[str, Entity] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    rulings: AppliedRulings | None = None


def read_all(
    paths: Sequence[Path], options: ReadingOptions | None = None, progress: Progress | None = None
) -> ReadRound:
    """Read returned workbooks and tell what each entity has answered.

    Args:
        paths: Files and folders.
        options: How they are read.
        progress: Called with how many files are read and how many there are.

    Raises:
        JobError: A path is missing, the list of entities has mistakes, no workbook can be read,
            or they follow definitions that cannot be ranked together.
    """
    chosen = options or ReadingOptions()
    register = entity_register(chosen.entities)
    files: tuple[ReadFile, ...] = ()
    notes = register.listed.diagnostics
    if paths or not chosen.surveys:
        files, notes = read_files(paths, chosen, register, progress)
    questionnaire = common_definition(files, chosen, notes)
    register = register.under(questionnaire)
    strange = unknown_segments(register.listed, [segment.id for segment in questionnaire.segments])
    if strange:
        raise JobError(strange)
    return _together(files, questionnaire, register, chosen, notes)


def entity_register(file: Path | None) -> EntityRegister:
    """The entities of a list that may answer; what their codes are the questionnaire says (`under`).

    Raises:
        JobError: The list of entities has mistakes, whatever its codes are.
    """
    if file is None:
        return EntityRegister()
    listed = read_entity_list(file)
    in_any_case = [each for each in listed.as_own().diagnostics if each.code is not codes.LIST_TYPE_UNKNOWN]
    if has_errors((*listed.notes, *in_any_case)):
        raise JobError(listed.diagnostics)
    return EntityRegister(listed)


def common_definition(
    files: Sequence[ReadFile], options: ReadingOptions, notes: Sequence[Diagnostic]
) -> Questionnaire:
    """The one definition that all answers can be scored with.

    Raises:
        JobError: There is none, or there are several.
    """
    search = definition_search(options)
    if search.asked is not None:
        return search.asked
    by_hash: dict[str, list[Questionnaire]] = {}
    for file in files:
        if file.definition is not None and not file.held:
            by_hash.setdefault(search.scoring(file.definition), []).append(file.definition)
    everything = [*notes, *(diagnostic for file in files for diagnostic in file.diagnostics)]
    if not by_hash and options.surveys and not files:
        raise JobError([Diagnostic(codes.SURVEY_NEEDS_QUESTIONNAIRE)])
    given = {file.name: file.given for file in files}
    if not by_hash:
        nothing = [] if has_errors(everything) else [Diagnostic(codes.NO_WORKBOOK)]
        raise JobError([*everything, *nothing], given)
    if len(by_hash) > 1:
        newest = [_newest(same) for same in by_hash.values()]
        keys = [definition.key for definition in newest]
        several = [
            Diagnostic(
                codes.DEFINITIONS_DIFFER,
                parameters={
                    "count": len(same),
                    "definition": definition.key
                    if keys.count(definition.key) == 1
                    else f"{definition.key}@{definition.version}",
                },
            )
            for definition, same in zip(newest, by_hash.values(), strict=True)
        ]
        raise JobError([*everything, *several], given)
    (same,) = by_hash.values()
    return _newest(same)


def _newest(definitions: Sequence[Questionnaire]) -> Questionnaire:
    return max(definitions, key=lambda definition: version_numbers(definition.version))


def _together(
    files: Sequence[ReadFile],
    questionnaire: Questionnaire,
    register: EntityRegister,
    options: ReadingOptions,
    notes: Sequence[Diagnostic],
) -> ReadRound:
    """Unite the copies of each entity, and look at all entities together."""
    listed = register.listed
    diagnostics = [*notes, *(diagnostic for file in files for diagnostic in file.diagnostics)]
    inputs = {listed.file: listed.digest} if listed.digest else {}
    inputs |= {file.name: file.digest for file in files if file.digest}
    given = {file.name: file.given for file in files}
    surveys = surveys_of(options, questionnaire, register)
    answers, of_entities = united_answers(files, questionnaire, options, surveys)
    diagnostics += of_entities
    if surveys is not None:
        diagnostics += surveys.diagnostics
        inputs |= surveys.inputs
        given = {**surveys.given, **given}
    if options.statistics is not None:
        completed = complete_by_statistics(questionnaire, answers, listed.entities, options)
        answers = completed.answers
        diagnostics += completed.diagnostics
        inputs |= completed.inputs
    rulings = None
    if options.rulings is not None:
        rulings = apply_file(options.rulings, questionnaire, answers, options.language)
        diagnostics += rulings.diagnostics
        inputs[rulings.file.file] = rulings.file.digest
    awaited = {code: entity for code, entity in listed.entities.items() if code not in answers}
    return ReadRound(
        questionnaire=questionnaire,
        answers=MappingProxyType(answers),
        files=tuple(files),
        diagnostics=in_order(diagnostics),
        inputs=MappingProxyType(inputs),
        awaited=MappingProxyType(awaited),
        given=MappingProxyType(given),
        rulings=rulings,
    )


def surveys_of(
    options: ReadingOptions, questionnaire: Questionnaire, register: EntityRegister
) -> Surveys | None:
    """What the survey files say; None without any.

    Raises:
        JobError: A file is missing, or the questionnaire has nothing that respondents answer.
    """
    if not options.surveys:
        return None
    request = SurveyRequest(questionnaire, options.survey_rules, options.jobs)
    return read_survey_files(survey_inputs(options.surveys), request, register)


def united_answers(
    files: Sequence[ReadFile],
    questionnaire: Questionnaire,
    options: ReadingOptions,
    surveys: Surveys | None = None,
) -> tuple[dict[str, EntityAnswers], list[Diagnostic]]:
    """The answers of each entity, by its code, from all its workbooks, and what is found on the way."""
    by_code: dict[str, list[ReadFile]] = {}
    for file in files:
        if file.entity is not None:
            by_code.setdefault(file.entity.code, []).append(file)
    answers: dict[str, EntityAnswers] = {}
    diagnostics = list(_mixed_rounds(files, options))
    by_survey = surveys.entities if surveys else {}
    for code in sorted({*by_code, *by_survey}):
        of_code = by_code.get(code, [])
        entity = next((file.entity for file in of_code if file.entity is not None), None)
        entity = entity or by_survey[code].entity
        tallies = surveys.tallies(code) if surveys else []
        answers[code], of_entity = _of_entity(entity, of_code, questionnaire, options, tallies)
        diagnostics += of_entity
    before = read_results(options.previous).answers if options.previous else None
    diagnostics += suspicions(questionnaire, answers.values(), options.language, before)
    return answers, diagnostics


def _of_entity(
    entity: Entity,
    files: Sequence[ReadFile],
    questionnaire: Questionnaire,
    options: ReadingOptions,
    surveys: Sequence[Tallies],
) -> tuple[EntityAnswers, list[Diagnostic]]:
    """What one entity has answered, in all its workbooks and survey files together."""
    readable = [file for file in files if file.definition is not None and file.returned is not None]
    keep = _keep(options, files, surveys)
    books, apart = _of_one_round([file.returned for file in readable if file.returned is not None], keep)
    united = unite(books, questionnaire, keep, surveys)
    united.diagnostics.extend(apart)
    names = tuple(book.file for book in books)
    where = Location(file=names[0] if names else "", item=entity.code)
    if len(books) > 1:
        copies = {"entity": entity.code, "files": ", ".join(names)}
        united.diagnostics.append(Diagnostic(codes.COPIES_UNITED, where, {**copies, "count": len(books)}))
    unread = bool(files) and not readable
    refused = unread or any(file.refused for file in readable) or has_errors(united.diagnostics)
    if books and (united.responses or united.tallies or united.confirmed):
        united.diagnostics.extend(complete(united, questionnaire, entity, names, options.language))
    elif books:
        united.diagnostics.append(Diagnostic(codes.NOTHING_ANSWERED, where))
    answers = EntityAnswers(
        entity=entity,
        responses=MappingProxyType(united.responses),
        tallies=MappingProxyType(united.tallies),
        refused=refused,
        files=(*(file.name for file in files), *dict.fromkeys(each.source.file for each in surveys)),
    )
    return answers, united.diagnostics


def _mixed_rounds(files: Sequence[ReadFile], options: ReadingOptions) -> Iterator[Diagnostic]:
    """Workbooks that were made for different rounds, where nothing says which of them is meant."""
    made = Counter(
        file.returned.identity.round
        for file in files
        if file.entity is not None and file.returned is not None and file.returned.identity.round
    )
    if not options.round_label and any(told_apart(one, other) for one, other in combinations(made, 2)):
        rounds = "; ".join(f"{visible(label[:_SHOWN])} ({made[label]})" for label in sorted(made))
        yield Diagnostic(codes.ROUNDS_MIXED, parameters={"rounds": rounds})


def _of_one_round(
    books: list[ReturnedWorkbook], keep: str
) -> tuple[list[ReturnedWorkbook], list[Diagnostic]]:
    """The copies of an entity that are of one round, and what is said of the others.

    Answers of two rounds are never united. Where no copy was kept all are left as they are, and refused.
    """
    kept = next((book for book in books if book.file == keep), None)
    first = kept or next((book for book in books if book.identity.round), None)
    if first is None:
        return books, []
    other = [book for book in books if told_apart(book.identity.round, first.identity.round)]
    code = codes.COPIES_OF_TWO_ROUNDS if kept is None else codes.COPY_LEFT_OUT
    diagnostics = [
        Diagnostic(
            code,
            Location(file=book.file, sheet=book.cover.sheet, cell=book.cover.cell(ROUND)),
            {
                "file": first.file,
                "said": visible(first.identity.round[:_SHOWN]),
                "made": visible(book.identity.round[:_SHOWN]),
            },
        )
        for book in other
    ]
    return (books if kept is None else [book for book in books if book not in other]), diagnostics


def _keep(options: ReadingOptions, files: Sequence[ReadFile], surveys: Sequence[Tallies]) -> str:
    """The file whose values win, by its name in findings."""
    if not options.keep or options.keep == NOBODY:
        return options.keep or ""
    wanted = Path(options.keep)
    for file in files:
        if file.name == options.keep or Path(file.given).resolve() == wanted.resolve():
            return file.name
    for tallies in surveys:
        if tallies.source.file in {options.keep, wanted.name}:
            return tallies.source.file
    return ""
