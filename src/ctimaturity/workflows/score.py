"""Score returned workbooks: the main job."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.kind import is_result_folder
from ctimaturity.language.folding import nearest
from ctimaturity.model.assessment import Assessment
from ctimaturity.results.manifest import REFERENCE
from ctimaturity.results.reader import read_results
from ctimaturity.scoring.findings import findings as findings_of_scoring
from ctimaturity.scoring.index import score as score_answers
from ctimaturity.workflows.letters import Correspondence, letters_of, letters_on_files
from ctimaturity.workflows.outcome import FORMATS, Outcome
from ctimaturity.workflows.reading import Reading, ReadingOptions, read_all
from ctimaturity.workflows.reference import (
    ReferenceFile,
    findings_of_reference,
    missing_groupings,
    reference_for,
    stored_reference,
    without_ranges,
)
from ctimaturity.workflows.rulings import stored_verification
from ctimaturity.workflows.survey_reading import survey_inputs

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.letters import Letter
    from ctimaturity.results.reader import StoredResults

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ScoreOptions(ReadingOptions):
    """What may be said about a scoring, beside how workbooks are read.

    Attributes:
        groups: Columns of the list of entities to rank within.
        measurements: Score everyone on these only; None for all.
        results_basis: Which mark of an indicator counts; None for the definition's own.
        formats: What is written.
        csv_dialect: `standard` or `excel-es`.
        force: Write into a folder that holds someone else's files.
        theme: Folder of a theme for documents.
        letters: How to write letters to those who were refused or are incomplete; None writes none.
    """

    groups: tuple[str, ...] = ()
    measurements: tuple[str, ...] | None = None
    results_basis: str | None = None
    formats: tuple[str, ...] = FORMATS
    csv_dialect: str = "standard"
    force: bool = False
    theme: Path | None = None
    letters: Correspondence | None = None

    @property
    def recorded(self) -> dict[str, object]:
        """What the manifest says was asked for: whatever can change a number, a label or a document.

        Files are named without their folders; how many are read at once changes nothing.
        """
        rules = self.survey_rules
        left_out = {"exclude": sorted(rules.exclude), "seconds": rules.seconds} if self.surveys else {}
        return left_out | {
            "entities": _named(self.entities),
            "groups": list(self.groups),
            "keep": Path(self.keep).name if self.keep else "",
            "language": self.language,
            **({"limits": sorted(self.limits)} if self.limits else {}),
            "measurements": list(self.measurements or ()),
            "previous": _named(self.previous),
            "questionnaire": Path(self.questionnaire).name if self.questionnaire else "",
            "reference": _named(self.reference),
            "results_basis": self.results_basis or "",
            "round": self.round_label,
            "rulings": _named(self.rulings),
            "statistics": _named(self.statistics),
            "surveys": _named_surveys(self.surveys),
            "theme": _named(self.theme),
        }


def _named(path: Path | None) -> str:
    """A file or folder without where it is."""
    return visible(path.name) if path is not None else ""


def _named_surveys(given: tuple[str, ...]) -> list[str]:
    """Survey files as outputs name them, each behind the code that was given with it."""
    inputs = survey_inputs(given)
    return [f"{one.entity}={one.name}" if one.entity else one.name for one in inputs]


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
    elif all(one.refused for one in reading.answers.values()):
        problems.append(Diagnostic(codes.ALL_REFUSED))
    if problems:
        raise JobError([*reading.diagnostics, *problems], reading.given)
    assessment = _assessment(reading, chosen, ranges)
    return Outcome(
        assessment=assessment,
        reference=ranges.canonical if ranges else None,
        round_label=chosen.round_label,
        language=chosen.language,
        formats=chosen.formats,
        csv_dialect=chosen.csv_dialect,
        force=chosen.force,
        given=reading.given,
        theme=chosen.theme,
        previous=chosen.previous,
        letters=tuple(_letters(reading, assessment, chosen.letters.language)) if chosen.letters else (),
        correspondence=chosen.letters,
    )


def _letters(reading: Reading, assessment: Assessment, language: str) -> Iterator[Letter]:
    """Letters to who was refused or is incomplete, and about files that nobody is known by."""
    rows = {row.entity.code: row for row in assessment.index.rows}
    told = assessment.diagnostics
    answers = reading.answers.values()
    letters = list(letters_of(reading.questionnaire, answers, reading.files, told, language, rows))
    yield from letters
    about = (name for letter in letters for name in letter.files)
    yield from letters_on_files(reading.files, told, language, about)


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
    file = str(manifest.options.get("rulings", ""))
    return Assessment(
        questionnaire=stored.questionnaire,
        answers=stored.answers,
        index=_as_ranked(scorer(list(stored.answers.values())), stored, only),
        diagnostics=stored.diagnostics,
        options=MappingProxyType(dict(manifest.options)),
        inputs=MappingProxyType(dict(manifest.inputs)),
        awaited=tuple(manifest.awaited),
        awaited_names=MappingProxyType(dict(manifest.awaited)),
        verification=stored_verification(file, stored.rulings, stored.answers, stored.reported, scorer),
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


def _assessment(reading: Reading, options: ScoreOptions, ranges: ReferenceFile | None) -> Assessment:
    reference = ranges.reference if ranges else None
    scorer = partial(
        score_answers,
        reading.questionnaire,
        measurements=options.measurements,
        results_basis=options.results_basis,
        groupings=options.groups,
        reference=reference,
    )
    hearing = reading.hearing
    answers = hearing.verified.answers if hearing else reading.answers
    index = scorer(list(answers.values()))
    reported = scorer(list(reading.answers.values())) if hearing else None
    found = [*reading.diagnostics, *findings_of_scoring(reading.questionnaire, answers, index, reference)]
    found += ranges.diagnostics if ranges else ()
    entities = {code: each.entity for code, each in answers.items() if not each.refused}
    found += findings_of_reference(ranges, reading.questionnaire, index, entities)
    read = {ranges.document.file: ranges.document.digest} if ranges else {}
    return Assessment(
        questionnaire=reading.questionnaire,
        answers=answers,
        index=index,
        diagnostics=in_order(found),
        options=MappingProxyType(options.recorded),
        inputs=MappingProxyType({**reading.inputs, **read}),
        awaited=tuple(reading.awaited),
        awaited_names=MappingProxyType({code: entity.name for code, entity in reading.awaited.items()}),
        verification=hearing.verification(reported) if hearing and reported is not None else None,
        reference=reference,
    )


def _measurement_problems(questionnaire: Questionnaire, options: ScoreOptions) -> list[Diagnostic]:
    known = tuple(questionnaire.measurement_by_id)
    return [
        Diagnostic(codes.MEASUREMENT_UNKNOWN, parameters={"name": name, "known": ", ".join(known)})
        for name in options.measurements or ()
        if name not in known
    ]


def _columns(reading: Reading) -> set[str]:
    """The columns of the list of entities that are groups."""
    known = {name for answers in reading.answers.values() for name in answers.entity.groups}
    return known | {name for entity in reading.awaited.values() for name in entity.groups}


def _group_problems(reading: Reading, options: ScoreOptions) -> list[Diagnostic]:
    known = _columns(reading)
    return [
        Diagnostic(
            codes.GROUP_UNKNOWN,
            parameters={"name": name, "known": nearest(name, known) or ", ".join(sorted(known)) or "–"},
        )
        for name in options.groups
        if name not in known and name != "entity_type"
    ]
