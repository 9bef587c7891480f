"""Roadmaps: what each entity can do next, what it brings, and the least that reaches its targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.analysis.least_effort import EffortProof
from ctimaturity.analysis.phases import Phase, phases_of
from ctimaturity.analysis.roadmap import Roadmap, Wish, roadmap_of
from ctimaturity.analysis.round import Round
from ctimaturity.definitions.roadmap_files import load_frame, read_effort
from ctimaturity.definitions.targets import known_levels, level_number, places_of, read_targets
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.kind import is_result_folder
from ctimaturity.language.folding import nearest
from ctimaturity.model.rule import Collects
from ctimaturity.reporting.dossier_roadmap import DossierRoadmaps
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import load_or_score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.roadmap import Effort, Frame, Target

_FILES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class RoadmapOptions:
    """What may be said about roadmaps.

    Attributes:
        scoring: As for scoring; of a result folder only the language counts.
        target: Number or name of a level, or a file of targets; the next level without it.
        horizon: Ends of the phases in months; those of the edition without it.
        limits: The most effort of each phase, or one for all; none without.
        effort: File of efforts and owners.
        start: First day of the plan, from which phases get dates; None leaves them without.
        entities: Codes of the entities that get a roadmap; all when empty.
    """

    scoring: ScoreOptions = field(default_factory=ScoreOptions)
    target: str = ""
    horizon: tuple[int, ...] = ()
    limits: tuple[int, ...] = ()
    effort: Path | None = None
    start: date | None = None
    entities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roadmaps:
    """What was found.

    Attributes:
        assessment: What it is about.
        standpoint: The same, compiled and scored.
        roadmaps: In the order of the index.
        phases: Of the plans; empty where neither the edition nor anybody gives a horizon.
        effort: Of actions.
        frame: Of the edition.
        start: First day of the plans; None without.
        diagnostics: In order; those of scoring too where workbooks were given.
    """

    assessment: Assessment
    standpoint: Round
    roadmaps: tuple[Roadmap, ...]
    phases: tuple[Phase, ...]
    effort: Effort
    frame: Frame
    start: date | None
    diagnostics: tuple[Diagnostic, ...]


def roadmap(
    path: Path,
    options: RoadmapOptions | None = None,
    progress: Progress | None = None,
) -> Roadmaps:
    """Work out the roadmaps of a result folder, or of workbooks, which are scored first.

    Args:
        path: A result folder, a workbook or a folder of them.
        options: What is wanted.
        progress: Told how many roadmaps of how many are worked out.

    Raises:
        JobError: Nothing could be read or scored, or a target, an effort or a code is wrong.
    """
    chosen = options or RoadmapOptions()
    stored = is_result_folder(path)
    assessment = load_or_score(path, chosen.scoring)
    questionnaire = assessment.questionnaire
    diagnostics = [] if stored else list(assessment.diagnostics)
    frame = load_frame(questionnaire, _own_definition(chosen.scoring.questionnaire))
    effort = (
        frame.effort if chosen.effort is None else read_effort(chosen.effort, questionnaire, frame.effort)
    )
    targets, level, doubts = _targets(assessment, chosen.target)
    diagnostics += doubts
    horizon = chosen.horizon or frame.horizon
    if chosen.limits and (not horizon or len(chosen.limits) not in {1, len(horizon)}):
        about = {"limits": len(chosen.limits), "phases": len(horizon)}
        raise JobError([Diagnostic(codes.LIMITS_WITHOUT_PHASES, parameters=about)])
    phases = phases_of(horizon, chosen.limits)
    scored = Round.of(assessment)
    wish = Wish(targets, level, effort, phases, chosen.start)
    made = []
    wanted = wanted_entities(assessment, chosen.entities)
    for number, code in enumerate(wanted, 1):
        made.append(roadmap_of(scored, code, wish))
        if progress is not None:
            progress(number, len(wanted))
    diagnostics += [
        _by_rule_of_thumb(each) for each in made if each.least is not None and not each.least.exact
    ]
    diagnostics += list(_dates(made, phases, chosen.start))
    return Roadmaps(
        assessment, scored, tuple(made), phases, effort, frame, chosen.start, in_order(diagnostics)
    )


def dossier_roadmaps(assessment: Assessment, questionnaire: str | None = None) -> DossierRoadmaps:
    """What dossiers say of what to do next: the next level, with the efforts and phases of the edition.

    Args:
        assessment: What was scored.
        questionnaire: How the definition was named, where it is one of the user's own.

    Raises:
        JobError: The frame of the definition has mistakes.
    """
    frame = load_frame(assessment.questionnaire, _own_definition(questionnaire))
    wish = Wish(effort=frame.effort, phases=phases_of(frame.horizon), rescored=False)
    return DossierRoadmaps(Round.of(assessment), wish, frame)


def _by_rule_of_thumb(roadmap: Roadmap) -> Diagnostic:
    without = roadmap.least is not None and roadmap.least.proof is EffortProof.NO_SOLVER
    code = codes.EFFORT_WITHOUT_SOLVER if without else codes.EFFORT_BY_RULE_OF_THUMB
    return Diagnostic(code, parameters={"code": quoted(roadmap.row.entity.code)})


def _dates(made: Sequence[Roadmap], phases: Sequence[Phase], start: date | None) -> Iterator[Diagnostic]:
    """Targets whose date the phases do not keep, and dates that cannot be held against them."""
    dated = [
        (roadmap, at)
        for roadmap in made
        for at in roadmap.planned_for
        if roadmap.aims[at].target.by is not None
    ]
    if start is None or not phases:
        if dated and phases:
            yield Diagnostic(codes.TARGET_DATES_UNPLACED)
        return
    for roadmap, at in dated:
        if at in roadmap.late:
            reached, target = roadmap.late[at], roadmap.aims[at].target
            about = {"node": quoted(target.node), "code": quoted(roadmap.row.entity.code)}
            about["date"] = "" if target.by is None else target.by.isoformat()
            if reached is not None:
                about["reached"] = phases[reached].last_day(start).isoformat()
            code = codes.TARGET_BEYOND_HORIZON if reached is None else codes.TARGET_AFTER_DATE
            yield Diagnostic(code, parameters=about)


def _own_definition(reference: str | None) -> Path | None:
    """The folder of a definition that was given by its path."""
    if not reference:
        return None
    path = Path(reference)
    if path.is_dir():
        return path
    return path.parent if path.suffix in {*_FILES, ".json"} and path.is_file() else None


def wanted_entities(assessment: Assessment, wanted: Sequence[str]) -> list[str]:
    """The codes of the entities that are wanted, all where none is named.

    Raises:
        JobError: There is no such entity.
    """
    known = [row.entity.code for row in assessment.index.rows]
    problems = [
        Diagnostic(
            codes.DOSSIER_OF_NOBODY,
            parameters={"code": quoted(code), "known": nearest(code, known) or ", ".join(sorted(known)[:10])},
        )
        for code in wanted
        if code not in known
    ]
    if problems:
        raise JobError(problems)
    return list(dict.fromkeys(wanted)) or known


def _targets(
    assessment: Assessment, asked: str
) -> tuple[tuple[Target, ...] | None, int | None, tuple[Diagnostic, ...]]:
    """The targets of a file, or the level that was asked for, or neither: the next level."""
    if not asked:
        return None, None, ()
    path = Path(asked)
    questionnaire = assessment.questionnaire
    if path.suffix.lower() in _FILES or path.is_file():
        targets, doubts = read_targets(path, questionnaire, assessment.index.measurements, assessment.answers)
        return targets, None, doubts
    return None, _level(questionnaire, assessment.index.measurements, asked), ()


def _level(questionnaire: Questionnaire, measurements: Sequence[str], asked: str) -> int:
    """A level of what the entities answer themselves, by number or name.

    Raises:
        JobError: There is no such level.
    """
    places = places_of(questionnaire, measurements)
    own = [m for m in measurements if questionnaire.measurement_by_id[m].collects is Collects.ANSWERS]
    for name in own or measurements:
        levels, _ = places[name, name]
        number = level_number(levels, asked)
        if number is not None:
            return number
    name = (own or [*measurements])[0]
    about = {"level": quoted(asked), "node": quoted(name), "known": known_levels(places[name, name][0])}
    raise JobError([Diagnostic(codes.TARGET_LEVEL_UNKNOWN, parameters=about)])
