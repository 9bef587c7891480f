"""What changed between two definitions, and what it does to entities."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.definitions.diff import difference
from ctimaturity.definitions.library import Library, version_numbers
from ctimaturity.definitions.migration import lost_answers, migrate
from ctimaturity.definitions.route import routes
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.difference import Bump, EntityStanding, Impact, Move
from ctimaturity.model.node_scale import index_scale
from ctimaturity.scoring.index import score
from ctimaturity.workflows.definitions import links_between
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.reading import entity_register, united_answers
from ctimaturity.workflows.returned_files import read_files
from ctimaturity.workflows.synthetic import synthetic_entities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.batch.pool import Progress
    from ctimaturity.definitions.route import Routes
    from ctimaturity.model.difference import Difference
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import IndexRow
    from ctimaturity.workflows.identification import ReadFile


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """What is wanted beside the changes.

    Attributes:
        workbooks: Returned workbooks or folders of them, to show the impact with.
        synthetic: How many invented entities to show it with, where there are no workbooks.
        reading: How they are read.
    """

    workbooks: tuple[Path, ...] = ()
    synthetic: int = 0
    reading: ReadingOptions = field(default_factory=ReadingOptions)


@dataclass(frozen=True, slots=True)
class DefinitionDiff:
    """What was found.

    Attributes:
        old, new: The two definitions.
        difference: What changed.
        impact: What it does to entities; None where nobody was scored.
        diagnostics: Whether the version says it, and what was found in the workbooks, in order.
    """

    old: Questionnaire
    new: Questionnaire
    difference: Difference
    impact: Impact | None
    diagnostics: tuple[Diagnostic, ...]


def diff_definitions(
    old: str, new: str, request: DiffRequest | None = None, progress: Progress | None = None
) -> DefinitionDiff:
    """Compare two definitions, and score with both what workbooks answer.

    Args:
        old: `id@edition`, `id@edition@version` or a path.
        new: The same.
        request: Whom to show the impact with.
        progress: Told how many workbooks of how many are read.

    Raises:
        JobError: One of the two is missing or has mistakes, or the workbooks cannot be read.
    """
    wanted = request or DiffRequest()
    before, after = _both(old, new)
    changes = difference(before, after)
    diagnostics = list(_version_findings(changes, Path(new)))
    impact = None
    if wanted.workbooks:
        paths = tuple(Path(each) for each in (old, new) if Path(each).exists())
        impact, of_workbooks = _impact_of_workbooks(before, after, wanted, paths, progress)
        diagnostics += of_workbooks
    elif wanted.synthetic:
        answers = [synthetic_entities(each, wanted.synthetic) for each in (before, after)]
        impact = _impact(before, after, *answers, synthetic=True, lost={})
    return DefinitionDiff(before, after, changes, impact, in_order(diagnostics))


def _both(old: str, new: str) -> tuple[Questionnaire, Questionnaire]:
    """Both definitions; the mistakes of both where they have any."""
    library = Library()
    definitions: list[Questionnaire] = []
    problems: list[Diagnostic] = []
    for reference in (old, new):
        try:
            definitions.append(library.find(reference))
        except JobError as error:
            problems += error.diagnostics
    if problems:
        raise JobError(problems)
    return definitions[0], definitions[1]


def _version_findings(changes: Difference, path: Path) -> list[Diagnostic]:
    step = changes.step
    if step is None or step.enough:
        return []
    about = {
        "before": changes.old.version,
        "after": changes.new.version,
        "wanted": _raised(changes.old.version, step.asked),
    }
    code = codes.VERSION_BACKWARDS if step.backwards else codes.VERSION_NOT_RAISED
    return [Diagnostic(code, _version_place(path), about)]


def _raised(version: str, bump: Bump) -> str:
    """The lowest version that is a step of that size above another."""
    major, minor, patch = version_numbers(version)
    if bump is Bump.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if bump is Bump.MINOR else f"{major}.{minor}.{patch + 1}"


def _version_place(path: Path) -> Location:
    """The line of the version in the new definition's file, if it is YAML."""
    from ctimaturity.definitions.load import MAIN_FILE, read_source

    main = path / MAIN_FILE if path.is_dir() else path
    if main.suffix not in {".yaml", ".yml"} or not main.is_file():
        return Location(main.as_posix() if main.is_file() else "")
    return read_source(main).at_key(("version",))


def _impact_of_workbooks(
    old: Questionnaire,
    new: Questionnaire,
    request: DiffRequest,
    paths: tuple[Path, ...],
    progress: Progress | None,
) -> tuple[Impact, list[Diagnostic]]:
    """Read workbooks with the definitions they were made from, and take their answers to both sides."""
    options = replace(request.reading, definitions=paths)
    files, notes = read_files(request.workbooks, options, entity_register(options.entities), progress)
    diagnostics = [*notes, *(diagnostic for file in files for diagnostic in file.diagnostics)]
    library = Library(given=paths)
    before: dict[str, EntityAnswers] = {}
    after: dict[str, EntityAnswers] = {}
    lost: dict[str, int] = {}
    for definition, own in _by_definition(files):
        answers, of_entities = united_answers(own, definition, options)
        diagnostics += of_entities
        ways = [_routes(library, definition, side) for side in (old, new)]
        missing = [side for side, way in zip((old, new), ways, strict=True) if way is None]
        diagnostics += [
            Diagnostic(codes.NO_CROSSWALK, Location(own[0].name), {"old": definition.key, "new": side.key})
            for side in missing
        ]
        for code, entity_answers in answers.items():
            if missing or ways[0] is None or ways[1] is None:
                continue
            if code in before:
                about = {"entity": code, "definition": definition.key, "version": definition.version}
                diagnostics.append(Diagnostic(codes.ENTITY_SCORED_ONCE, Location(item=code), about))
            before[code] = migrate(entity_answers, ways[0]).answers
            taken = migrate(entity_answers, ways[1])
            after[code] = taken.answers
            for item, count in lost_answers(taken.passages).items():
                lost[item] = lost.get(item, 0) + count
    impact = _impact(old, new, list(before.values()), list(after.values()), synthetic=False, lost=lost)
    return impact, diagnostics


def _by_definition(files: Sequence[ReadFile]) -> list[tuple[Questionnaire, list[ReadFile]]]:
    """The files by their definition, the newest version last, which counts for an entity with several."""
    files_of: dict[str, tuple[Questionnaire, list[ReadFile]]] = {}
    for file in files:
        if file.definition is not None:
            digest = definition_hash(file.definition)
            files_of.setdefault(digest, (file.definition, []))[1].append(file)
    return sorted(files_of.values(), key=lambda pair: _age(pair[0]))


def _age(questionnaire: Questionnaire) -> tuple[str, tuple[int, ...]]:
    return questionnaire.edition, version_numbers(questionnaire.version)


def _routes(library: Library, source: Questionnaire, target: Questionnaire) -> Routes | None:
    links = links_between(library, source, target)
    return None if links is None else routes(source, target, links)


def _impact(
    old: Questionnaire,
    new: Questionnaire,
    before: Sequence[EntityAnswers],
    after: Sequence[EntityAnswers],
    *,
    synthetic: bool,
    lost: Mapping[str, int],
) -> Impact:
    """Score with both, and put each entity's two standings side by side."""
    indices = score(old, before), score(new, after)
    rows = [{row.entity.code: row for row in index.rows} for index in indices]
    scales = [index_scale(each, [measurement.id for measurement in each.measurements]) for each in (old, new)]
    same = scales[0] == scales[1]
    moves = [
        Move(
            code=code,
            name=row.entity.name,
            before=_standing(rows[0][code], old),
            after=_standing(row, new),
            change=_change(rows[0][code], row, same_scale=same),
        )
        for code, row in rows[1].items()
    ]
    return Impact(tuple(moves), same, synthetic, dict(lost))


def _standing(row: IndexRow, questionnaire: Questionnaire) -> EntityStanding:
    levels = questionnaire.index.levels
    name: dict[str, str] = {}
    if levels is not None and row.level is not None:
        name = levels.names[row.level - 1].name if row.level else levels.below or {}
    return EntityStanding(row.status, row.rank, row.index, row.level, name)


def _change(before: IndexRow, after: IndexRow, *, same_scale: bool) -> float | None:
    pair = (before.index, after.index) if same_scale else (before.index_harmonised, after.index_harmonised)
    return None if pair[0] is None or pair[1] is None else pair[1] - pair[0]
