"""Files of targets: which node is to reach which level or score, and by when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.definitions.document import DefinitionDocument, Listed, Schema
from ctimaturity.definitions.roadmap_files import SHOWN, Words, read_model
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import LONGEST, quoted, visible
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.node_scale import index_scale, node_scales
from ctimaturity.model.number import Number
from ctimaturity.model.roadmap import Target
from ctimaturity.model.rule import NodeId
from ctimaturity.model.score import INDEX, PROFILE

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.rule import Levels


class TargetDocument(DefinitionDocument):
    """One target.

    Attributes:
        node: Id of a measurement, an axis, a capacity, a dimension; `index` for the index.
        measurement: Where the node is; without it the only one, else the dimension of both.
        level: Number or name of a level.
        score: A score instead.
        by: A date, as 2027-12-31.
        entity: Code of the only entity it is for.
    """

    node: NodeId
    measurement: NodeId | None = None
    level: Words | None = None
    score: Number | None = None
    by: Words | None = None
    entity: Words | None = None


class TargetsDocument(DefinitionDocument):
    """A file of targets.

    Attributes:
        schema: The version of this format: 1.
        targets: In any order.
    """

    schema_: Schema
    targets: Listed[TargetDocument] = ()


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
    source, written = read_model(path, TargetsDocument)
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
                "known": nearest(written.node, names) or ", ".join(names[:SHOWN]),
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
