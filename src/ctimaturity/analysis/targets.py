"""What each target asks of an entity, and how far it is from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.analysis.knapsack import Need
from ctimaturity.model.roadmap import Target
from ctimaturity.model.rule import Collects
from ctimaturity.model.score import INDEX, PROFILE
from ctimaturity.scoring.evaluation import level_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.round import Round
    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.step import Step


@dataclass(frozen=True, slots=True)
class EntityTarget:
    """A target as one entity has it.

    Attributes:
        target: What is aimed for.
        column: Of the node among the places.
        score: Exactly, now; None without one.
        level: Now; None without one.
        need: What the score is short of; None without a score.
        reached: Whether it is reached already; a cap on the level counts.
        chosen: Whether somebody asked for it, rather than it being the next level.
    """

    target: Target
    column: int
    score: Fraction | None
    level: int | None
    need: Need | None
    reached: bool
    chosen: bool

    def reached_by(self, variants: Evaluation, variant: int) -> bool:
        """Whether a variant of the entity reaches it; decided exactly."""
        if self.target.level is not None:
            return int(level_of(variants, variants.plan.step_at[self.column])[variant]) >= self.target.level
        score = variants.exact_score(self.column, variant)
        return score is not None and score >= Fraction(self.target.score or 0)


def aims_of(
    scored: Round, entity: int, targets: Sequence[Target] | None, level: int | None
) -> Iterator[EntityTarget]:
    """The targets of an entity.

    Args:
        scored: Where it stands.
        entity: Its number.
        targets: Those that were asked for; None for a level of everything.
        level: The level of every measurement that the entity answers itself and of every combined
            dimension; None for the next one of each.
    """
    code = scored.codes[entity]
    own = {(target.measurement, target.node) for target in targets or () if target.entity == code}
    # What is said for the entity alone comes before what is said for everybody.
    wanted = [
        target
        for target in targets or ()
        if target.entity == code or (not target.entity and (target.measurement, target.node) not in own)
    ]
    asked = {(target.measurement, target.node) for target in wanted}
    for target in wanted:
        yield _aim(scored, entity, target, chosen=True)
    for measurement, node in _usual(scored):
        # Who names targets chooses them for what it does itself; the dimensions are still shown.
        if (measurement, node) in asked or (targets is not None and measurement != PROFILE):
            continue
        column = scored.columns[measurement, node]
        step = scored.plan.step_at[column]
        now = _level(scored, step, entity)
        if step.levels is None or now is None:
            continue
        top = len(step.edges) - 1
        following = min(now + 1 if level is None else level, top)
        if level is None and now >= top:
            continue
        aim = Target(measurement, node, level=following)
        yield _aim(scored, entity, aim, chosen=level is not None)


def _usual(scored: Round) -> Iterator[tuple[str, str]]:
    """What has a next level: what the entity answers itself, else the index; and the combined dimensions."""
    own = [
        planned.definition.id
        for planned in scored.plan.measurements
        if planned.definition.collects is Collects.ANSWERS and planned.definition.root.levels is not None
    ]
    yield from ((name, name) for name in own)
    if not own:
        yield INDEX, INDEX
    for step in scored.plan.profile:
        place = scored.plan.places[step.column]
        yield place.measurement, place.node


def _level(scored: Round, step: Step, entity: int) -> int | None:
    if not scored.evaluation.present[step.column, entity]:
        return None
    level = scored.level(step, entity)
    return None if level < 0 else level


def _aim(scored: Round, entity: int, target: Target, *, chosen: bool) -> EntityTarget:
    column = scored.columns[target.measurement, target.node]
    step = scored.plan.step_at[column]
    level = _level(scored, step, entity)
    score = scored.gradients.score(column, entity)
    if score is None:
        return EntityTarget(target, column, None, level, None, reached=False, chosen=chosen)
    bound, more = bound_of(step, target)
    need = Need(bound - score, more)
    reached = level is not None and level >= target.level if target.level else need.met(Fraction(0))
    return EntityTarget(target, column, score, level, need, reached=reached, chosen=chosen)


def bound_of(step: Step, target: Target) -> tuple[Fraction, bool]:
    """The score that a target asks for, and whether it has to be more than it.

    A level begins at its lower edge: above it where edges belong to the band below, on it otherwise; the
    end of a scale that is closed belongs to the lowest level.
    """
    if target.level is None or step.levels is None:
        return Fraction(target.score or 0), False
    upper = step.levels.side == "upper"
    closed = target.level == 1 and step.levels.lowest == "closed"
    return step.edges[target.level - 1], upper and not closed
