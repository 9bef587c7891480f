"""Compare rounds: what changed, what it comes from, who advanced."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ctimaturity.analysis.change import Comparison, Presence
from ctimaturity.analysis.comparison import compare as compare_two
from ctimaturity.analysis.indicative import indicative, indicative_items
from ctimaturity.analysis.round import Round
from ctimaturity.definitions.library import Library
from ctimaturity.definitions.migration import migrate
from ctimaturity.definitions.route import routes, within_edition
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.kind import is_result_folder
from ctimaturity.model.canonical import scoring_hash
from ctimaturity.model.score import Status
from ctimaturity.workflows.definitions import links_between
from ctimaturity.workflows.documents import file_names
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import load, score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from ctimaturity.analysis.change import EntityChange
    from ctimaturity.analysis.indicative import IndicativeChange, IndicativeItem
    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.results.table import Table

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class CompareOptions:
    """What may be said about a comparison.

    Attributes:
        scoring: As for scoring; of result folders nothing of it counts but the language.
        labels: Names of the rounds, in order; without them what each result folder says, else its path.
        indicative: Compare two rounds of different editions by the items that are the same.
    """

    scoring: ScoreOptions = field(default_factory=ScoreOptions)
    labels: tuple[str, ...] = ()
    indicative: bool = False


@dataclass(frozen=True)
class Compared:
    """What was found.

    Attributes:
        rounds: In the order given, the earliest first.
        comparisons: Of each two successive rounds; empty across editions.
        returns: Of rounds that are not successive, each of the entities for which these are the last two in
            which they were read.
        indicative: Across editions, what the items that are the same say; None otherwise.
        matched: Across editions, how many items are the same.
        indicative_items: Across editions, these items of each entity.
        diagnostics: In order; those of scoring too where workbooks were given.
        paths: What was read, as it was given.
    """

    rounds: tuple[Round, ...]
    comparisons: tuple[Comparison, ...]
    indicative: tuple[IndicativeChange, ...] | None
    matched: int
    diagnostics: tuple[Diagnostic, ...]
    paths: tuple[Path, ...] = ()
    returns: tuple[Comparison, ...] = ()
    indicative_items: tuple[IndicativeItem, ...] = ()

    @cached_property
    def latest(self) -> Mapping[str, tuple[Comparison, EntityChange]]:
        """Of each entity, by code, what changed between the last two rounds in which it was read."""
        changes = {
            change.entity.code: (comparison, change)
            for comparison in (*self.comparisons, *self.returns)
            for change in comparison.entities
            if change.nodes
        }
        return dict(sorted(changes.items()))

    @cached_property
    def across(self) -> Mapping[str, tuple[list[IndicativeChange], list[IndicativeItem]]]:
        """Across editions, of each entity, by code, what its nodes and its matched items say."""
        by_code: dict[str, tuple[list[IndicativeChange], list[IndicativeItem]]] = {}
        for change in self.indicative or ():
            by_code.setdefault(change.code, ([], []))[0].append(change)
        for item in self.indicative_items:
            if item.code in by_code:
                by_code[item.code][1].append(item)
        return by_code

    @property
    def file_names(self) -> dict[str, str]:
        """Names of files, without ending, of the entities that were read in two rounds or more, by code."""
        return file_names(list(self.latest if self.indicative is None else self.across))

    def to_frame(self, table: str = "entities") -> pd.DataFrame:
        """One of the tables of the comparison.

        Args:
            table: `entities`, `changes`, `contributions` or `trajectories`; across editions `indicative` or
                `indicative_items`.

        Returns:
            A DataFrame with the columns of that CSV file, unrounded.

        Raises:
            ValueError: There is no such table.
        """
        from ctimaturity.results.tables import frame_of

        return frame_of(self.tables(), table)

    def tables(self) -> tuple[Table, ...]:
        """The tables of the comparison."""
        from ctimaturity.results import progress_tables

        if self.indicative is None:
            return progress_tables.comparison_tables((*self.comparisons, *self.returns), self.rounds)
        before, after = (round_.label for round_ in self.rounds)
        return (
            progress_tables.indicative_table(before, after, self.indicative),
            progress_tables.indicative_items_table(before, after, self.indicative_items),
        )


def compare(
    paths: Sequence[Path],
    options: CompareOptions | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Compare rounds, each with the one before it.

    Args:
        paths: Result folders, workbooks or folders of them; the earliest first, two at least.
        options: What is wanted.
        progress: Told how many returning entities of how many are compared.

    Raises:
        JobError: A round cannot be read or scored, or the rounds cannot be compared; with the reasons.
    """
    chosen = options or CompareOptions()
    rounds, diagnostics = _rounds(paths, chosen)
    problems = [problem for pair in pairwise(rounds) for problem in _measurement_problems(*pair)]
    if len({round_.questionnaire.edition for round_ in rounds}) > 1:
        return replace(_across(rounds, diagnostics, problems, chosen), paths=tuple(paths))
    if problems:
        raise JobError(problems)
    if chosen.indicative:
        diagnostics.append(Diagnostic(codes.INDICATIVE_NOT_NEEDED, parameters=_keys(rounds[0], rounds[-1])))
    comparisons = []
    for before, after in pairwise(rounds):
        carried = _carried(before, after)
        if carried is not None:
            diagnostics.append(_definition_note(before, after))
        comparisons.append(compare_two(before, after, carried, progress))
        if comparisons[-1].remarked:
            names = {"before": before.label, "after": after.label}
            diagnostics.append(Diagnostic(codes.MARKS_CHANGED, parameters=names))
        if not comparisons[-1].of(Presence.RETURNING):
            diagnostics.append(_nobody(before, after))
    diagnostics += _other_names(rounds)
    returns = tuple(_returns(rounds, progress))
    return Compared(tuple(rounds), tuple(comparisons), None, 0, in_order(diagnostics), tuple(paths), returns)


def _returns(rounds: Sequence[Round], progress: Progress | None) -> Iterator[Comparison]:
    """The comparisons of those who came back after a round without them, or with a refused workbook."""
    pairs: dict[tuple[int, int], set[str]] = {}
    for code in {code for round_ in rounds for code in round_.rows}:
        *_, before, after = (
            -1,
            -1,
            *(number for number, round_ in enumerate(rounds) if _read_in(round_, code)),
        )
        if before >= 0 and after - before > 1:
            pairs.setdefault((before, after), set()).add(code)
    for (old, new), codes_ in sorted(pairs.items()):
        before_, after_ = rounds[old], rounds[new]
        yield compare_two(before_, after_, _carried(before_, after_), progress, only=codes_)


def _read_in(given: Round, code: str) -> bool:
    row = given.rows.get(code)
    return row is not None and row.status is not Status.REFUSED


def _rounds(paths: Sequence[Path], options: CompareOptions) -> tuple[list[Round], list[Diagnostic]]:
    """The rounds, with unlike names; the problems of all where there are any."""
    rounds: list[Round] = []
    read: list[Assessment] = []
    diagnostics: list[Diagnostic] = []
    problems: list[Diagnostic] = []
    for number, path in enumerate(paths):
        try:
            assessment, told = _read(path, options.scoring)
        except JobError as error:
            problems += [finding.as_given(error.given) for finding in error.diagnostics]
            continue
        diagnostics += told
        read.append(assessment)
        given = options.labels[number] if number < len(options.labels) else ""
        said = given or str(assessment.options.get("round") or "") or path.resolve().name
        taken = {round_.label for round_ in rounds}
        label = visible(said)
        if label in taken:
            label = f"{label} ({number + 1})"
        rounds.append(Round.of(assessment, label))
    if not problems:
        problems = [problem for pair in pairwise(rounds) for problem in _instrument_problems(*pair)]
    if problems:
        raise JobError(problems)
    return rounds, [*diagnostics, *_doubts(rounds, read)]


def _doubts(rounds: Sequence[Round], read: Sequence[Assessment]) -> Iterator[Diagnostic]:
    """What makes one doubt that these are the rounds meant, in this order."""
    for (number, before), (later, after) in pairwise(enumerate(rounds)):
        names = {"before": before.label, "after": after.label}
        old, new = (year_in(round_.label) for round_ in (before, after))
        if old is not None and new is not None and new < old:
            yield Diagnostic(codes.ROUNDS_OUT_OF_ORDER, parameters=names)
        if _alike(read[number], read[later]):
            yield Diagnostic(codes.SAME_ROUND, parameters=names)


def _alike(one: Assessment, other: Assessment) -> bool:
    """Whether two rounds rest on the same files and have the same scores."""
    scores = [
        [(row.entity.code, row.status, row.index) for row in round_.index.rows] for round_ in (one, other)
    ]
    return bool(one.inputs) and one.inputs == other.inputs and scores[0] == scores[1]


def year_in(label: str) -> int | None:
    """The year that the name of a round has; None where it has none, or more than one."""
    years = {int(year) for year in _YEAR.findall(label)}
    return years.pop() if len(years) == 1 else None


def _read(path: Path, options: ScoreOptions) -> tuple[Assessment, list[Diagnostic]]:
    """A round, with the findings of scoring where that was done now."""
    if is_result_folder(path):
        return load(path), []
    outcome = score([path], options)
    return outcome.assessment, [finding.as_given(outcome.given) for finding in outcome.assessment.diagnostics]


def _instrument_problems(before: Round, after: Round) -> list[Diagnostic]:
    if before.questionnaire.id == after.questionnaire.id:
        return []
    return [Diagnostic(codes.INSTRUMENTS_DIFFER, parameters=_keys(before, after))]


def _measurement_problems(before: Round, after: Round) -> list[Diagnostic]:
    old, new = before.index.measurements, after.index.measurements
    if set(old) == set(new) or before.questionnaire.edition != after.questionnaire.edition:
        return []
    about = {"before": before.label, "after": after.label, "old": ", ".join(old), "new": ", ".join(new)}
    return [Diagnostic(codes.MEASUREMENTS_DIFFER, parameters=about)]


def _keys(before: Round, after: Round) -> dict[str, str | int | float]:
    return {"before": before.questionnaire.key, "after": after.questionnaire.key}


def _across(
    rounds: Sequence[Round],
    diagnostics: list[Diagnostic],
    problems: list[Diagnostic],
    options: CompareOptions,
) -> Compared:
    """Two rounds of different editions: refused with reasons, or compared as an indication."""
    library = Library()
    same: Mapping[str, str] = {}
    for before, after in pairwise(rounds):
        if before.questionnaire.edition == after.questionnaire.edition:
            continue
        links = links_between(library, before.questionnaire, after.questionnaire)
        same = {} if links is None else links.same
        about = {**_keys(before, after), "same": len(same), "items": len(after.questionnaire.item_by_id)}
        if not options.indicative or len(rounds) > 2:  # noqa: PLR2004  (an indication is of two rounds)
            problems.append(Diagnostic(codes.EDITIONS_DIFFER, parameters=about))
        elif links is None:
            keys = {"old": before.questionnaire.key, "new": after.questionnaire.key}
            problems.append(Diagnostic(codes.NO_CROSSWALK, parameters=keys))
    if problems:
        raise JobError(problems)
    before, after = rounds
    diagnostics += _other_names(rounds)
    changes = indicative(before, after, same)
    if not changes:
        diagnostics.append(_nobody(before, after))
    items = indicative_items(before, after, same)
    return Compared(tuple(rounds), (), changes, len(same), in_order(diagnostics), indicative_items=items)


def _other_names(rounds: Sequence[Round]) -> Iterator[Diagnostic]:
    """Entities whose name or type is not the one of the last round in which they took part."""
    known: dict[str, tuple[Entity, str]] = {}
    for round_ in rounds:
        for code, row in sorted(round_.rows.items()):
            entity = row.entity
            before, label = known.get(code, (entity, round_.label))
            about = {"entity": visible(code), "before": label, "after": round_.label}
            if plain(before.name) and plain(entity.name) and plain(before.name) != plain(entity.name):
                names = {"old": visible(before.name), "new": visible(entity.name)}
                yield Diagnostic(codes.ENTITY_RENAMED, parameters={**about, **names})
            if before.type != entity.type:
                types = {"old": before.type, "new": entity.type}
                yield Diagnostic(codes.ENTITY_RETYPED, parameters={**about, **types})
            known[code] = (entity, round_.label)


def plain(name: str) -> str:
    """A name without case, accents and spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not letter.isspace() and not unicodedata.combining(letter))


def _nobody(before: Round, after: Round) -> Diagnostic:
    return Diagnostic(codes.NOBODY_IN_COMMON, parameters={"before": before.label, "after": after.label})


def _definition_note(before: Round, after: Round) -> Diagnostic:
    old, new = before.questionnaire, after.questionnaire
    about = {"edition": new.key, "old": old.version, "new": new.version}
    return Diagnostic(codes.DEFINITION_CHANGED, Location(), about)


def _carried(before: Round, after: Round) -> dict[str, EntityAnswers] | None:
    """The old answers as the new definition reads them; None where both score alike."""
    old, new = before.questionnaire, after.questionnaire
    if scoring_hash(old) == scoring_hash(new):
        return None
    ways = routes(old, new, within_edition(old, new))
    return {code: migrate(old_answers, ways).answers for code, old_answers in before.answers.items()}
