"""Score returned workbooks: the main job."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.files.kind import is_result_folder
from ctimaturity.language.folding import nearest
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.ruling import Verification
from ctimaturity.results.manifest import REFERENCE
from ctimaturity.results.reader import read_results
from ctimaturity.scoring.findings import findings as findings_of_scoring
from ctimaturity.scoring.index import score as score_answers
from ctimaturity.workflows.letters import letters_of
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.outcome import Outcome
from ctimaturity.workflows.reading import ReadRound, read_all
from ctimaturity.workflows.reference import (
    ReferenceFile,
    findings_of_reference,
    missing_groupings,
    reference_for,
    stored_reference,
    without_ranges,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.letters import Letter
    from ctimaturity.results.reader import StoredResults

EXAMPLE_WORKBOOKS = "workbooks"
EXAMPLE_ENTITIES = "entities.csv"
EXAMPLE_RESULTS = "results"
EXAMPLE_ROUND = "Ejemplo"
EXAMPLE_GROUPS = ("categoria", "region")


def score(
    paths: Sequence[Path], options: ScoreOptions | None = None, progress: Progress | None = None
) -> Outcome:
    """Score returned workbooks and rank the entities.

    One bad workbook never stops the others: it is refused, with a finding at the cell.

    Args:
        paths: Workbooks, or folders of them.
        options: What is wanted.
        progress: Told how many files of how many are read.

    Returns:
        The scored round; nothing is written until `Outcome.write`.

    Raises:
        JobError: Nothing could be scored, or the options do not fit.
    """
    chosen = options or ScoreOptions()
    reading = read_all(paths, chosen, progress)
    ranges = reference_for(chosen.reference, reading.questionnaire) if chosen.reference else None
    problems = [
        *_measurement_problems(reading.questionnaire, chosen),
        *_group_problems(reading, chosen),
        *(missing_groupings(ranges, _columns(reading)) if ranges else without_ranges(chosen.results_basis)),
    ]
    if not reading.answers:
        problems.append(Diagnostic(codes.NOBODY_TO_SCORE))
    elif all(answers.refused for answers in reading.answers.values()):
        problems.append(Diagnostic(codes.ALL_REFUSED))
    if problems:
        raise JobError([*reading.diagnostics, *problems], reading.given)
    assessment = _assessment(reading, chosen, ranges)
    letters: tuple[Letter, ...] = ()
    if chosen.letters is not None:
        united = [(reading.questionnaire, reading.answers)]
        rows = {row.entity.code: row for row in assessment.index.rows}
        letters = letters_of(united, reading.files, assessment.diagnostics, chosen.letters.language, rows)
    reference = ranges.canonical if ranges else None
    return Outcome(assessment, chosen, reading.given, letters, reference)


def demo(
    out: Path, *, language: str = "es", force: bool = False, progress: Progress | None = None
) -> Outcome:
    """Score the invented entities of the bundled example.

    Args:
        out: Where the results go; new, empty or an earlier result folder, unless `force`.
        language: Of the documents.
        force: Use a folder that holds other files too.
        progress: Told how many workbooks of how many are read.

    Returns:
        What `score` gives; the results are written.

    Raises:
        JobError: The folder cannot be written to.
    """
    folder = data_folder("examples")
    options = ScoreOptions(
        entities=folder / EXAMPLE_ENTITIES,
        groups=EXAMPLE_GROUPS,
        round_label=EXAMPLE_ROUND,
        language=language,
        force=force,
    )
    outcome = score([folder / EXAMPLE_WORKBOOKS], options, progress)
    outcome.write(out)
    return outcome


def load_or_score(path: Path, options: ScoreOptions | None = None, only: str | None = None) -> Assessment:
    """What a result folder holds, or what a workbook or a folder of them scores.

    A result folder carries its own options; those given are for workbooks, which are always all read. `only`
    is as for `load`.

    Raises:
        JobError: It is damaged, or nothing could be scored.
    """
    return load(path, only) if is_result_folder(path) else score([path], options).assessment


def load(folder: Path, only: str | None = None) -> Assessment:
    """Score again what a result folder holds; the same numbers, bit by bit.

    Args:
        folder: OUT.
        only: Code of the one entity that is wanted, which is quicker: nobody's numbers depend on the others,
            and its rank is the one that was given. Ranks within groups are left out.

    Raises:
        JobError: Some file of it is missing, changed or broken.
    """
    stored = read_results(folder, only)
    manifest = stored.manifest
    place = (folder / REFERENCE).as_posix()
    reference = stored_reference(stored.reference, place, stored.questionnaire)
    scorer = partial(
        score_answers,
        stored.questionnaire,
        measurements=manifest.measurements,
        results_basis=manifest.results_basis or None,
        groupings=manifest.groupings,
        reference=reference,
    )
    verification = None
    if stored.rulings is not None:
        before = [
            replace(each, responses={**each.responses, **stored.reported.get(code, {})})
            for code, each in stored.answers.items()
        ]
        file = str(manifest.options.get("rulings", ""))
        verification = Verification(file, tuple(stored.rulings), scorer(before), stored.reported)
    return Assessment(
        questionnaire=stored.questionnaire,
        answers=stored.answers,
        index=_as_ranked(scorer(list(stored.answers.values())), stored, only),
        diagnostics=stored.diagnostics,
        options=MappingProxyType(dict(manifest.options)),
        inputs=MappingProxyType(dict(manifest.inputs)),
        awaited=tuple(manifest.awaited),
        awaited_names=MappingProxyType(dict(manifest.awaited)),
        verification=verification,
        reference=reference,
    )


def _as_ranked(index: Index, stored: StoredResults, only: str | None) -> Index:
    """The index of one entity alone with the rank that it was given among all; any other as it is."""
    if only is None or only not in stored.answers or len(stored.answers) > 1:
        return index
    rank = stored.ranks.get(only)
    tied = rank is not None and list(stored.ranks.values()).count(rank) > 1
    row = replace(index.rows[0], rank=rank, tied=tied, groups=MappingProxyType({}))
    return replace(index, rows=(row,))


def _assessment(reading: ReadRound, options: ScoreOptions, ranges: ReferenceFile | None) -> Assessment:
    reference = ranges.reference if ranges else None
    scorer = partial(
        score_answers,
        reading.questionnaire,
        measurements=options.measurements,
        results_basis=options.results_basis,
        groupings=options.groups,
        reference=reference,
    )
    ruled = reading.rulings
    answers = ruled.verified.answers if ruled else reading.answers
    index = scorer(list(answers.values()))
    diagnostics = [
        *reading.diagnostics,
        *findings_of_scoring(reading.questionnaire, answers, index, reference),
    ]
    diagnostics += ranges.diagnostics if ranges else ()
    entities = {code: each.entity for code, each in answers.items() if not each.refused}
    diagnostics += findings_of_reference(ranges, reading.questionnaire, index, entities)
    read = {ranges.document.file: ranges.document.digest} if ranges else {}
    return Assessment(
        questionnaire=reading.questionnaire,
        answers=answers,
        index=index,
        diagnostics=in_order(diagnostics),
        options=MappingProxyType(options.recorded),
        inputs=MappingProxyType({**reading.inputs, **read}),
        awaited=tuple(reading.awaited),
        awaited_names=MappingProxyType({code: entity.name for code, entity in reading.awaited.items()}),
        verification=ruled.verification(scorer(list(reading.answers.values()))) if ruled else None,
        reference=reference,
    )


def _measurement_problems(questionnaire: Questionnaire, options: ScoreOptions) -> list[Diagnostic]:
    known = tuple(questionnaire.measurement_by_id)
    return [
        Diagnostic(codes.MEASUREMENT_UNKNOWN, parameters={"name": name, "known": ", ".join(known)})
        for name in options.measurements or ()
        if name not in known
    ]


def _columns(reading: ReadRound) -> set[str]:
    """The columns of the list of entities that are groups."""
    known = {name for answers in reading.answers.values() for name in answers.entity.groups}
    return known | {name for entity in reading.awaited.values() for name in entity.groups}


def _group_problems(reading: ReadRound, options: ScoreOptions) -> list[Diagnostic]:
    known = _columns(reading)
    return [
        Diagnostic(
            codes.GROUP_UNKNOWN,
            parameters={"name": name, "known": nearest(name, known) or ", ".join(sorted(known)) or "–"},
        )
        for name in options.groups
        if name not in known and name != "entity_type"
    ]
