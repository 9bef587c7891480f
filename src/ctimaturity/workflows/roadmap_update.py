"""Plans that come back: what is done, what is late, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ctimaturity.batch.pool import available_cores
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.discovery import discover, read_file
from ctimaturity.model.roadmap import FollowLine, Standing
from ctimaturity.workbook.plan_reader import read_plan
from ctimaturity.workflows.forwarded import unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.model.roadmap import PlanLine

ORDER = (Standing.LATE, Standing.NEXT, Standing.DONE, Standing.DROPPED)
"""What asks for attention comes first."""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that was read.

    Attributes:
        file: What outputs call it.
        entity: Code of the entity.
        name: Its name.
        lines: With where each stands: late first, then what comes next by date, then done and dropped.
    """

    file: str
    entity: str
    name: str
    lines: tuple[tuple[Standing, PlanLine], ...]

    def count(self, standing: Standing) -> int:
        """How many actions stand there."""
        return sum(each is standing for each, _ in self.lines)


@dataclass(frozen=True)
class Follow:
    """What came of reading plans.

    Attributes:
        day: What dates are compared with.
        plans: By code of the entity.
        diagnostics: Every finding, in order.
        given: Paths as the user gave them, by the names in findings.
    """

    day: date
    plans: tuple[PlanFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    given: Mapping[str, str]


def update(paths: Sequence[Path], day: date, progress: Progress | None = None) -> Follow:
    """Read plans that came back.

    Args:
        paths: Plans, or folders of them.
        day: What dates are compared with: an action is late when its date is before that day.
        progress: Told how many files of how many are read.

    Raises:
        JobError: No plan could be read.
    """
    discovery, unopened = unpacked(discover(paths), available_cores())
    diagnostics = [*discovery.diagnostics, *unopened.values()]
    plans = []
    for number, file in enumerate(discovery.files, 1):
        data = read_file(file)
        if file.name in unopened:
            continue
        if isinstance(data, Diagnostic):
            diagnostics.append(data)
        else:
            returned = read_plan(data)
            diagnostics += [finding.in_file(file.name) for finding in returned.diagnostics]
            if returned.lines:
                lines = _ordered(returned.lines, day)
                plans.append(PlanFile(file.name, returned.entity, returned.name, lines))
        if progress is not None:
            progress(number, len(discovery.files))
    if not plans:
        raise JobError(in_order([*diagnostics, Diagnostic(codes.NO_PLAN_READ)]), discovery.given)
    by_entity: dict[str, list[str]] = {}
    for plan in plans:
        if plan.entity:
            by_entity.setdefault(plan.entity, []).append(plan.file)
    diagnostics += [
        Diagnostic(
            codes.PLANS_OF_ONE_ENTITY,
            parameters={"code": quoted(code), "count": len(files), "files": ", ".join(sorted(files))},
        )
        for code, files in by_entity.items()
        if len(files) > 1
    ]
    ordered = sorted(plans, key=lambda plan: (plan.entity, plan.file))
    return Follow(day, tuple(ordered), in_order(diagnostics), discovery.given)


def _ordered(lines: Sequence[PlanLine], day: date) -> tuple[tuple[Standing, PlanLine], ...]:
    placed = [(line.standing(day), number, line) for number, line in enumerate(lines)]
    placed.sort(
        key=lambda placing: (
            ORDER.index(placing[0]),
            placing[2].due or date.max if placing[0] in {Standing.LATE, Standing.NEXT} else date.max,
            placing[1],
        )
    )
    return tuple((standing, line) for standing, _, line in placed)


def follow_lines(follow: Follow) -> tuple[FollowLine, ...]:
    """Every action of every plan, in their order."""
    return tuple(
        FollowLine(plan.entity, plan.name, plan.file, standing, line)
        for plan in follow.plans
        for standing, line in plan.lines
    )
