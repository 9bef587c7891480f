"""Files about roadmaps: targets and efforts of a user, and the frame that lies beside an edition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ctimaturity.definitions.document import Document
from ctimaturity.definitions.format import validated
from ctimaturity.definitions.roadmap_document import (
    ChecklistDocument,
    EffortDocument,
    EffortFileDocument,
    FrameDocument,
    TargetDocument,
    TargetsDocument,
)
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import LONGEST, quoted, visible
from ctimaturity.files.resources import data_folder
from ctimaturity.files.yaml import bounded_bytes
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.node_scale import index_scale, node_scales
from ctimaturity.model.roadmap import CheckEntry, Effort, Frame, RouteStep, Target
from ctimaturity.model.rule import Collects
from ctimaturity.model.score import INDEX, PROFILE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.rule import Levels

Written = TypeVar("Written", bound=Document)
FOLDER = "roadmap"
"""Beside the folders of the editions of an instrument."""
FRAME, CHECKLIST = "roadmap.yaml", "checklist.yaml"
_LARGEST_EFFORT = 999
_SHOWN = 6


def load_frame(questionnaire: Questionnaire, given: Path | None = None) -> Frame:
    """The frame of roadmaps under an edition; an empty one where it has none.

    Args:
        questionnaire: The definition. Its frame is bundled below its id and edition.
        given: The folder of a definition of the user's own: its frame lies in `roadmap` beside it.

    Raises:
        JobError: It has mistakes.
    """
    folders = [given.resolve().parent] if given is not None else []
    folders.append(data_folder("questionnaires") / questionnaire.id)
    for folder in folders:
        place = folder / FOLDER / questionnaire.edition
        if (place / FRAME).is_file():
            return _frame(place)
    return Frame()


def _frame(place: Path) -> Frame:
    _, written = _read(place / FRAME, FrameDocument)
    checklist: tuple[CheckEntry, ...] = ()
    if (place / CHECKLIST).is_file():
        _, entries = _read(place / CHECKLIST, ChecklistDocument)
        checklist = tuple(
            CheckEntry(each.id, each.node, each.name, each.text, each.standards or "")
            for each in entries.checklist
        )
    return Frame(
        effort=_effort(written.effort, Effort()),
        horizon=written.horizon,
        route=tuple(RouteStep(each.step, each.name, each.text, each.part or "") for each in written.route),
        checklist=checklist,
    )


def _read(path: Path, model: type[Written]) -> tuple[YamlSource, Written]:
    """A file as its model.

    Raises:
        JobError: It is missing or has mistakes; all of them, with their lines.
    """
    source = YamlSource(None, path.as_posix())
    data = bounded_bytes(path)
    if data is None:
        code = codes.PATH_NOT_A_REGULAR_FILE if path.exists() else codes.PATH_MISSING
        raise JobError([Diagnostic(code, Location(visible(source.file)))])
    written = validated(source, model) if source.read(data) else None
    if written is None or has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return source, written


def read_effort(path: Path, questionnaire: Questionnaire, usual: Effort) -> Effort:
    """A file of efforts, laid over the usual ones.

    Raises:
        JobError: It is missing or has mistakes; all of them, with their lines.
    """
    source, written = _read(path, EffortFileDocument)
    own = [
        item.id
        for measurement in questionnaire.measurements
        if measurement.collects is Collects.ANSWERS
        for item in measurement.items
    ]
    for key, names in (("items", written.items), ("owners", written.owners)):
        for name in names:
            if name not in own:
                about = {
                    "item": quoted(name),
                    "questionnaire": questionnaire.key,
                    "known": nearest(name, own) or ", ".join(own[:_SHOWN]) or "–",
                }
                source.report(codes.EFFORT_ITEM_UNKNOWN, source.at_key((key, name)), about, name)
    known = _effort_levels(questionnaire)
    for number in written.levels:
        if number not in known:
            about = {"level": str(number), "questionnaire": questionnaire.key, "known": _wholes(known)}
            source.report(codes.EFFORT_LEVEL_UNKNOWN, source.at_key(("levels", str(number))), about)
    for number, effort in written.levels.items():
        _check_effort(source, ("levels", str(number)), str(number), effort)
    for name, effort in written.items.items():
        _check_effort(source, ("items", name), name, effort)
    if has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return _effort(written, usual)


def _effort_levels(questionnaire: Questionnaire) -> set[int]:
    """The levels of items that the entity answers itself; of items without one, the positions of options."""
    found: set[int] = set()
    for measurement in questionnaire.measurements:
        if measurement.collects is Collects.ANSWERS:
            for item in measurement.items:
                options = len(questionnaire.scales[item.scale].options) or 1
                found |= {item.level} if item.level else set(range(1, options + 1))
    return found


def _wholes(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def _check_effort(source: YamlSource, path: tuple[str, str], name: str, effort: int) -> None:
    if not 1 <= effort <= _LARGEST_EFFORT:
        source.report(codes.EFFORT_NOT_POSITIVE, path, {"item": quoted(name), "effort": effort}, name)


def _effort(written: EffortDocument, usual: Effort) -> Effort:
    return Effort({**usual.levels, **written.levels}, {**usual.items, **written.items}, written.owners)


def read_targets(
    path: Path, questionnaire: Questionnaire, measurements: Sequence[str], entities: Container[str]
) -> tuple[tuple[Target, ...], tuple[Diagnostic, ...]]:
    """A file of targets, and what is doubtful about it.

    Args:
        path: The file.
        questionnaire: What the targets are about.
        measurements: Ids of those that were scored.
        entities: Codes of those that were read.

    Raises:
        JobError: It is missing or has mistakes; all of them, with their lines.
    """
    source, written = _read(path, TargetsDocument)
    if not written.targets:
        source.report(codes.TARGETS_MISSING, (), {"name": quoted(path.name)})
    reader = _Targets(source, questionnaire, measurements)
    found: list[Target] = []
    seen: set[tuple[str, str, str]] = set()
    for position, each in enumerate(written.targets):
        target = reader.target(("targets", position), each)
        if target is None:
            continue
        key = (target.measurement, target.node, target.entity)
        if key in seen:
            source.report(codes.TARGET_TWICE, ("targets", position), {"node": quoted(target.node)})
        seen.add(key)
        if target.entity and target.entity not in entities:
            about = {"code": quoted(target.entity)}
            source.report(codes.TARGET_OF_NOBODY, ("targets", position, "entity"), about)
        found.append(target)
    if has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return tuple(found), tuple(source.diagnostics)


class _Targets:
    """Reads targets one by one."""

    def __init__(self, source: YamlSource, questionnaire: Questionnaire, measurements: Sequence[str]) -> None:
        self.source, self.questionnaire, self.measurements = source, questionnaire, measurements
        self.places = places_of(questionnaire, measurements)

    def target(self, path: tuple[str, int], written: TargetDocument) -> Target | None:
        measurement = self._measurement(path, written)
        until = self._date(path, written)
        if (written.level is None) == (written.score is None):
            self.source.report(codes.TARGET_WITHOUT_AIM, path, {"node": quoted(written.node)})
            return None
        if measurement is None:
            return None
        levels, (low, high) = self.places[measurement, written.node]
        level = None
        if written.level is not None:
            level = level_number(levels, written.level)
            if level is None:
                about = {
                    "level": quoted(written.level),
                    "node": quoted(written.node),
                    "known": known_levels(levels),
                }
                self.source.report(codes.TARGET_LEVEL_UNKNOWN, (*path, "level"), about)
                return None
        elif written.score is not None and not low <= written.score <= high:
            about = {
                "score": str(written.score),
                "node": quoted(written.node),
                "low": f"{float(low):g}",
                "high": f"{float(high):g}",
            }
            self.source.report(codes.TARGET_SCORE_OUTSIDE, (*path, "score"), about)
            return None
        return Target(measurement, written.node, level, written.score, until, written.entity or "")

    def _measurement(self, path: tuple[str, int], written: TargetDocument) -> str | None:
        """Where the node of a target is; a dimension of several measurements is the combined one."""
        where = [m for m, node in self.places if node == written.node]
        if written.measurement is not None:
            if written.measurement in where:
                return written.measurement
            where = []
        if not where:
            names = list(dict.fromkeys(node for _, node in self.places))
            about = {
                "node": quoted(written.node),
                "questionnaire": self.questionnaire.key,
                "known": nearest(written.node, names) or ", ".join(names[:_SHOWN]),
            }
            self.source.report(codes.TARGET_NODE_UNKNOWN, (*path, "node"), about, written.node)
            return None
        if len(where) > 1 and PROFILE not in where:
            about = {"node": quoted(written.node), "measurements": ", ".join(where)}
            self.source.report(codes.TARGET_NODE_AMBIGUOUS, (*path, "node"), about, written.node)
            return None
        return PROFILE if PROFILE in where else where[0]

    def _date(self, path: tuple[str, int], written: TargetDocument) -> date | None:
        if written.by is None:
            return None
        found = parsed_date(written.by)
        if found is None:
            self.source.report(codes.DATE_MALFORMED, (*path, "by"), {"date": visible(written.by)[:LONGEST]})
        return found


def places_of(
    questionnaire: Questionnaire, measurements: Sequence[str]
) -> dict[tuple[str, str], tuple[Levels | None, Ends]]:
    """The levels and the scale of every node that can be a target, by measurement and node."""
    found: dict[tuple[str, str], tuple[Levels | None, Ends]] = {
        (INDEX, INDEX): (questionnaire.index.levels, index_scale(questionnaire, measurements))
    }
    profile = questionnaire.profile
    for name in measurements:
        measurement = questionnaire.measurement_by_id[name]
        scales = node_scales(measurement, questionnaire)
        for node in measurement.nodes:
            found[name, node.id] = (node.levels, scales[node.id])
            if profile is not None and name in profile.measurements and node.kind == profile.kind:
                found[PROFILE, node.id] = (profile.levels, scales[node.id])
    return found


def level_number(levels: Levels | None, written: str) -> int | None:
    """The number of a level from its number or its name in either language; None where it is none."""
    if levels is None:
        return None
    if written.isascii() and written.isdigit():
        number = int(written)
        return number if 1 <= number <= len(levels.names) else None
    wanted = folded(written)
    for number, level in enumerate(levels.names, 1):
        if wanted in {folded(name) for name in level.name.values()}:
            return number
    return None


def known_levels(levels: Levels | None) -> str:
    """The levels there are, for a hint."""
    if levels is None:
        return "–"
    return ", ".join(
        f"{number} ({level.name.get('es') or next(iter(level.name.values()))})"
        for number, level in enumerate(levels.names, 1)
    )


def parsed_date(written: str) -> date | None:
    """A date from year, month and day; None where it is none."""
    try:
        return date.fromisoformat(written) if len(written) == len("2027-12-31") else None
    except ValueError:
        return None
