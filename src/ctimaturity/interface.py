"""What an analyst calls from a notebook: the same jobs as the commands, with the same words."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.reporting.explanation import Explanation
    from ctimaturity.workflows.compare import Compared
    from ctimaturity.workflows.outcome import Outcome
    from ctimaturity.workflows.roadmap import Roadmaps
    from ctimaturity.workflows.round_new import NewRound
    from ctimaturity.workflows.round_status import RoundStatus
    from ctimaturity.workflows.template import Templates
    from ctimaturity.workflows.validate import Validation

AnyPath = str | PathLike[str]


def load_questionnaire(reference: AnyPath) -> Questionnaire:
    """A definition, read and checked.

    Args:
        reference: `mmmctic@2020-04`, or the path of a folder, a YAML file or canonical JSON.

    Raises:
        JobError: There is no such definition, or it has mistakes; each with file, line and column.
    """
    from ctimaturity.definitions.library import Library

    return Library().find(str(reference))


def template(
    out: AnyPath,
    *,
    questionnaire: AnyPath | None = None,
    entity: str = "",
    entities: AnyPath | None = None,
    parts: Sequence[str] = (),
    perception: str = "list",
    respondents: int = 200,
    round_label: str = "",
    contact: str = "",
    previous: AnyPath | None = None,
    language: str = "es",
    force: bool = False,
) -> Templates:
    """Make a blank workbook, or one per entity of a list, as `cti template` does.

    Args:
        out: The file; with `entities`, the folder.
        questionnaire: Which; needed where there are several.
        entity: Code of the entity that will answer.
        entities: List of entities (CSV or xlsx); a workbook each.
        parts: Ids of the measurements in it; all when empty.
        perception: `list`, `grid`, `counts` or `none`.
        respondents: Rows of the grid.
        round_label: Name of the round, for the cover.
        contact: Whom to ask, for the cover.
        previous: Result folder of the round before, whose answers are shown beside the empty cells.
        language: `es` or `en`.
        force: Replace workbooks that exist.

    Returns:
        The files written and what was found.

    Raises:
        JobError: Nothing could be written.
        ValueError: There is no such form of perception.
    """
    from ctimaturity.workbook.template import Perception, TemplateOptions
    from ctimaturity.workflows.template import TemplateRequest, make_templates

    options = TemplateOptions(
        language=language,
        parts=tuple(parts),
        perception=Perception(perception),
        respondents=respondents,
        round=round_label,
        contact=contact,
    )
    request = TemplateRequest(
        _reference(questionnaire), options, entity, _path(entities), force, _path(previous)
    )
    return make_templates(Path(out), request)


def validate(
    paths: AnyPath | Iterable[AnyPath],
    *,
    questionnaire: AnyPath | None = None,
    entities: AnyPath | None = None,
    keep: str | None = None,
    round_label: str = "",
    jobs: int | None = 1,
) -> Validation:
    """List every problem of returned workbooks, as `cti validate` does; nothing is scored.

    Args:
        paths: Workbooks, or folders of them.
        questionnaire: Which; what each workbook says it is without one.
        entities: List of entities (CSV or xlsx).
        keep: The file that wins where copies of one entity contradict each other, or `none`.
        round_label: Name of the round.
        jobs: Files read at once.

    Raises:
        JobError: There is nothing to read.
    """
    from ctimaturity.workflows.options import ReadingOptions
    from ctimaturity.workflows.validate import validate as validate_workbooks

    options = ReadingOptions(
        questionnaire=_reference(questionnaire),
        entities=_path(entities),
        keep=keep,
        round_label=round_label,
        jobs=jobs,
    )
    return validate_workbooks(_paths(paths), options)


def score(
    paths: AnyPath | Iterable[AnyPath],
    *,
    questionnaire: AnyPath | None = None,
    entities: AnyPath | None = None,
    groups: Sequence[str] = (),
    measurements: Sequence[str] | None = None,
    results_basis: str | None = None,
    reference: AnyPath | None = None,
    statistics: AnyPath | None = None,
    round_label: str = "",
    keep: str | None = None,
    language: str = "es",
    jobs: int | None = 1,
) -> Outcome:
    """Score returned workbooks, as `cti score` does; nothing is written until `Outcome.write`.

    Args:
        paths: Workbooks, or folders of them.
        questionnaire: Which; what each workbook says it is without one.
        entities: List of entities (CSV or xlsx): code, name, type, any columns.
        groups: Columns of that list to rank within.
        measurements: Score everyone on these only.
        results_basis: `auto`, `range`, `criterion` or `self`; the definition's own without one.
        reference: File with the reference ranges of indicators.
        statistics: Table of official statistics that fill what was left blank.
        round_label: Name of the round.
        keep: The file that wins where copies of one entity contradict each other, or `none`.
        language: Of documents and labels.
        jobs: Files read at once.

    Returns:
        The scored round, with `.to_frame()` and `.write()`.

    Raises:
        JobError: Nothing could be scored.
    """
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.score import score as score_workbooks

    options = ScoreOptions(
        questionnaire=_reference(questionnaire),
        entities=_path(entities),
        groups=tuple(groups),
        measurements=tuple(measurements) if measurements is not None else None,
        results_basis=results_basis,
        reference=_path(reference),
        statistics=_path(statistics),
        round_label=round_label,
        keep=keep,
        language=language,
        jobs=jobs,
    )
    return score_workbooks(_paths(paths), options)


def explain(
    path: AnyPath,
    entity: str | None = None,
    node: str | None = None,
    *,
    what_if: Mapping[str, object] | None = None,
) -> Explanation | None:
    """The tree of one entity's score, as `cti explain` shows it.

    Args:
        path: A workbook, a folder of them, or a result folder.
        entity: Code of the entity; needed where there are several.
        node: Id of a node or item; the whole index without one.
        what_if: Answers set otherwise: by item id, or `ITEM.PART` for one part of an indicator, the
            code of the answer or a number.

    Returns:
        None when the entity is not there, or not named where there are several.

    Raises:
        JobError: Nothing could be read or scored, or an answer does not fit.
    """
    from ctimaturity.workflows.explain import explain as explain_entity

    settings = tuple(f"{item}={answer}" for item, answer in (what_if or {}).items())
    return explain_entity(Path(path), entity, node, settings=settings)


def compare(
    *rounds: AnyPath,
    labels: Sequence[str] = (),
    indicative: bool = False,
    out: AnyPath | None = None,
    formats: Sequence[str] = ("csv", "md", "html", "xlsx"),
    language: str = "es",
    force: bool = False,
) -> Compared:
    """Compare rounds, each with the one before it, as `cti compare` does.

    Args:
        rounds: Result folders, workbooks or folders of them; the earliest first, two at least.
        labels: Names of the rounds, in order.
        indicative: Compare two rounds of different editions by the items that are the same.
        out: Folder for tables and documents; nothing is written without one.
        formats: What is written: `csv`, `md`, `html`, `xlsx`, `json`.
        language: Of documents and labels.
        force: Write into a folder that holds someone else's files.

    Returns:
        What was found, with `.to_frame()`.

    Raises:
        JobError: A round cannot be read, the rounds cannot be compared, or nothing can be written.
        ValueError: There are fewer than two rounds.
    """
    from ctimaturity.workflows.compare import CompareOptions
    from ctimaturity.workflows.compare import compare as compare_rounds
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.progress_files import write_comparison

    if len(rounds) < 2:  # noqa: PLR2004  (a change needs a before and an after)
        raise ValueError("a comparison needs two rounds at least")
    scoring = ScoreOptions(language=language, formats=tuple(formats), force=force)
    options = CompareOptions(scoring, tuple(labels), indicative)
    compared = compare_rounds([Path(path) for path in rounds], options)
    if out is not None:
        write_comparison(compared, Path(out), scoring)
    return compared


def roadmap(
    path: AnyPath,
    *,
    target: AnyPath = "",
    horizon: Sequence[int] = (),
    limits: Sequence[int] = (),
    effort: AnyPath | None = None,
    entities: Sequence[str] = (),
    out: AnyPath | None = None,
    formats: Sequence[str] = ("csv", "md", "html", "xlsx"),
    language: str = "es",
    force: bool = False,
) -> Roadmaps:
    """Work out what each entity can do next and what it brings, as `cti roadmap` does.

    Args:
        path: A result folder, a workbook or a folder of them.
        target: A level by number or name, or a file of targets; the next level without it.
        horizon: Ends of the phases in months.
        limits: Most effort of a phase: one number, or one for each.
        effort: File with efforts and owners of actions.
        entities: Codes of those wanted; all without.
        out: Folder for tables, documents and plans; nothing is written without one.
        formats: What is written: `csv`, `md`, `html`, `xlsx`.
        language: Of documents and labels.
        force: Write into a folder that holds someone else's files.

    Raises:
        JobError: Nothing could be read or scored, a target or an effort is wrong, or nothing can be written.
    """
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.roadmap import RoadmapOptions
    from ctimaturity.workflows.roadmap import roadmap as plan
    from ctimaturity.workflows.roadmap_files import write_roadmaps

    scoring = ScoreOptions(language=language, formats=tuple(formats), force=force)
    options = RoadmapOptions(
        scoring=scoring,
        target=str(target),
        horizon=tuple(horizon),
        limits=tuple(limits),
        effort=_path(effort),
        entities=tuple(entities),
    )
    roadmaps = plan(Path(path), options)
    if out is not None:
        write_roadmaps(roadmaps, Path(out), scoring)
    return roadmaps


def new_round(
    label: str,
    entities: AnyPath,
    *,
    out: AnyPath | None = None,
    questionnaire: AnyPath | None = None,
    previous: AnyPath | None = None,
    parts: Sequence[str] = (),
    perception: str = "list",
    respondents: int = 200,
    contact: str = "",
    language: str = "es",
    force: bool = False,
) -> NewRound:
    """Begin a round, as `cti round new` does.

    Args:
        label: Name of the round.
        entities: List of entities (CSV or xlsx).
        out: The folder to make; without it one with the round's name.
        questionnaire: Which; with `previous` the newest version of that edition without one.
        previous: Result folder of the round before, whose answers are shown beside the empty cells.
        parts: Ids of the measurements in the workbooks; all when empty.
        perception: `list`, `grid`, `counts` or `none`.
        respondents: Rows of the grid.
        contact: Whom to ask, for the cover.
        language: Of the workbooks and of the names in the folder.
        force: Use a folder that holds files; what came back stays.

    Returns:
        The folder, the workbooks to send and what was found.

    Raises:
        JobError: The folder is occupied, or no workbook could be written.
        ValueError: There is no such form of perception.
    """
    from ctimaturity.workbook.template import Perception, TemplateOptions
    from ctimaturity.workflows.documents import file_names
    from ctimaturity.workflows.round_new import new_round as begin
    from ctimaturity.workflows.template import TemplateRequest

    options = TemplateOptions(
        language=language,
        parts=tuple(parts),
        perception=Perception(perception),
        respondents=respondents,
        round=label,
        contact=contact,
    )
    asked = _reference(questionnaire)
    request = TemplateRequest(asked, options, entities=_path(entities), previous=_path(previous))
    return begin(Path(out if out is not None else file_names([label])[label]), request, force=force)


def round_status(folder: AnyPath, *, language: str = "es", jobs: int | None = 1) -> RoundStatus:
    """How far a round is, as `cti round status` shows it.

    Args:
        folder: The folder of the round.
        language: Of what findings show.
        jobs: Files read at once.

    Raises:
        JobError: There is no list of entities in it, or the list has mistakes.
    """
    from ctimaturity.workflows.round_status import round_status as status_of

    return status_of(Path(folder), language=language, jobs=jobs)


def _paths(paths: AnyPath | Iterable[AnyPath]) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | PathLike) else [Path(path) for path in paths]


def _path(path: AnyPath | None) -> Path | None:
    return None if path is None else Path(path)


def _reference(reference: AnyPath | None) -> str | None:
    return None if reference is None else str(reference)
