"""What an entity can still do: every answer of its own that can be better, and what one step of it brings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.scoring.items import SCORE, STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.analysis.round import Brought, Round
    from ctimaturity.model.questionnaire import Item, Measurement, Node
    from ctimaturity.model.roadmap import Effort
    from ctimaturity.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class BetterAnswer:
    """An answer that is better than the one there is.

    Attributes:
        value: Code of the option; of a scale that is a range, its best number.
        points: Its score.
        effort: Of getting there from the answer there is.
        rung: Level of the item; where it has none, the position of the option, the worst being 1.
    """

    value: str
    points: Fraction
    effort: int
    rung: int


KnownAnswers = dict[tuple[str, Fraction | None], tuple[BetterAnswer, ...]]
"""Better answers by item and present score, which are the same for every entity."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item whose answer can be better.

    Attributes:
        position: Of the item in the definition.
        column: Of the item among the places.
        measurement: Where it is.
        node: What it belongs to.
        part: The top node above it; the measurement's root where it has no other.
        state: Of its answer now.
        score: Of its answer now; 0 where a blank has none.
        steps: The better answers, the nearest first.
    """

    position: int
    column: int
    measurement: Measurement
    node: Node
    part: Node
    item: Item
    state: State
    score: Fraction
    steps: tuple[BetterAnswer, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One step up at one item, and what it brings; gains are exact.

    Attributes:
        opening: The item.
        step: The step.
        gain_node, gain_part, gain_measurement: What it adds to the node, the top node and the measurement.
        gain_index: What it adds to the index; None for an entity without one.
        is_next: It belongs to the lowest level of its node of which something is missing.
        below: Items of the same node and lower levels that are missing.
        staged, staged_after: Staged level of the node, now and with this action alone; None without levels.
        payoff, foundation: Its places in the two orders, from 1.
    """

    opening: OpenItem
    step: BetterAnswer
    gain_node: Fraction
    gain_part: Fraction
    gain_measurement: Fraction
    gain_index: Fraction | None
    is_next: bool
    below: tuple[str, ...]
    staged: int | None
    staged_after: int | None
    payoff: int = 0
    foundation: int = 0

    @property
    def item(self) -> Item:
        """The item."""
        return self.opening.item

    @property
    def part_per_effort(self) -> Fraction:
        """What it adds to the top node for each unit of its effort."""
        return self.gain_part / self.step.effort

    @property
    def index_per_effort(self) -> Fraction | None:
        """What it adds to the index for each unit of its effort; None for an entity without one."""
        return None if self.gain_index is None else self.gain_index / self.step.effort


def open_items(scored: Round, entity: int, effort: Effort, known: KnownAnswers) -> Iterator[OpenItem]:
    """The items whose answers can be better, in the order of the definition.

    Only what the entity answers itself counts: what inhabitants think and what indicators show follows
    from what it does, but nobody can answer it better.

    Args:
        scored: Where it stands.
        entity: Its number.
        effort: Of actions.
        known: Better answers by item and score, the same for every entity; filled as they are needed.
    """
    plan = scored.plan
    position = 0
    for planned, values in zip(plan.measurements, scored.items, strict=True):
        measurement = planned.definition
        if measurement.collects is not Collects.ANSWERS:
            position += len(planned.items)
            continue
        owners = {item.id: node for node in measurement.nodes for item in node.items}
        parts = {
            item.id: top for top in (measurement.root, *measurement.root.children) for item in top.all_items()
        }
        for number, (item, column) in enumerate(zip(measurement.items, planned.items, strict=True)):
            position += 1
            state = STATES[int(values.state[number, entity])]
            if state is State.NOT_APPLICABLE:
                continue
            score = values.exact(number, SCORE, entity)
            key = (item.id, score)
            if key not in known:
                known[key] = tuple(_steps(scored, item, score, effort))
            # What has no score now is in no mean; only the best answer cannot lower the one it comes into.
            steps = known[key] if score is not None else known[key][-1:]
            if steps:
                yield OpenItem(
                    position, column, measurement, owners[item.id], parts[item.id],
                    item, state, score or Fraction(0), steps,
                )  # fmt: skip


def _steps(scored: Round, item: Item, score: Fraction | None, effort: Effort) -> Iterator[BetterAnswer]:
    scale = scored.questionnaire.scales[item.scale]
    ends = scale.minimum + scale.maximum
    if scale.range is not None:
        if score is None or score < scale.maximum:
            best = scale.range.minimum if item.reverse else scale.range.maximum
            level = item.level or 1
            yield BetterAnswer(
                str(best), scale.maximum, effort.items.get(item.id, effort.levels.get(level, level)), level
            )
        return
    options = sorted(scale.options, key=lambda option: option.points, reverse=item.reverse)
    given = next(
        (o.points for o in options if score == (ends - Fraction(o.points) if item.reverse else o.points)),
        None,
    )
    for rung, option in enumerate(options, 1):
        points = ends - Fraction(option.points) if item.reverse else Fraction(option.points)
        if score is None or points > score:
            cost = effort.of(item, options, given, option.points)
            yield BetterAnswer(option.code, points, cost, item.level or rung)


def without_harm(scored: Round, entity: int, improvable: list[OpenItem]) -> list[OpenItem]:
    """Without the items that would lower some score even at their best, because they come into it anew.

    That is so where an item, or a node above it, has no score yet and so takes part in nothing: an item on a
    shorter scale, say, that comes into a mean which left it out. Of such items only the best answer counts.
    """
    doubtful = _newcomers(scored, entity, improvable)
    if not doubtful:
        return improvable
    items = scored.questionnaire.item_by_id
    columns = [column for (_, node), column in scored.columns.items() if node not in items]
    kept = [
        replace(opening, steps=opening.steps[-1:]) if opening.column in doubtful else opening
        for opening in improvable
    ]
    tried = [opening for opening in kept if opening.column in doubtful]
    best = [{opening.column: opening.steps[-1].points} for opening in tried]
    tried_out = scored.variants(entity, [{}, *best])
    harmful = set()
    for column in columns:
        now = tried_out.exact_score(column, 0)
        for number, opening in enumerate(tried, 1):
            after = tried_out.exact_score(column, number)
            if now is not None and after is not None and after < now:
                harmful.add(opening.column)
    return [opening for opening in kept if opening.column not in harmful]


def _newcomers(scored: Round, entity: int, improvable: Sequence[OpenItem]) -> set[int]:
    """The columns of items that have no score, or stand below a node that has none."""
    present = scored.evaluation.present[:, entity]
    without: dict[str, set[str]] = {}
    for measurement in dict.fromkeys(opening.measurement.id for opening in improvable):
        nodes = scored.questionnaire.measurement_by_id[measurement].nodes
        absent = [node for node in nodes if not present[scored.columns[measurement, node.id]]]
        without[measurement] = {item.id for node in absent for item in node.all_items()}
    return {
        opening.column
        for opening in improvable
        if not present[opening.column] or opening.item.id in without[opening.measurement.id]
    }


def actions_of(scored: Round, entity: int, improvable: Sequence[OpenItem]) -> tuple[Action, ...]:
    """The next step of every item, in the order of the definition, with its places in both orders.

    What pays most comes first by its gain on the index (on the measurement where there is no index), then
    by less effort; what is sound, by the lowest level first.
    """
    gains = _Gains(scored, entity, improvable)
    lowest = _lowest_missing(improvable)
    made = [_action(scored, entity, opening, gains, lowest) for opening in improvable]

    def pays(at: int) -> tuple[Fraction, int, int]:
        action = made[at]
        most = action.gain_measurement if action.gain_index is None else action.gain_index
        return -most, action.step.effort, action.opening.position

    payoff = {at: place for place, at in enumerate(sorted(range(len(made)), key=pays), 1)}
    sound = sorted(range(len(made)), key=lambda at: (made[at].step.rung, made[at].opening.position))
    foundation = {at: place for place, at in enumerate(sound, 1)}
    return tuple(
        replace(action, payoff=payoff[at], foundation=foundation[at]) for at, action in enumerate(made)
    )


def is_missing(opening: OpenItem) -> bool:
    """Whether an item is not met: without an answer, below what its node calls met, else below its best."""
    met_at = opening.node.met_at
    return met_at is None or opening.state is not State.ANSWERED or opening.score < Fraction(met_at)


def _lowest_missing(improvable: Sequence[OpenItem]) -> Mapping[str, int]:
    """The lowest rung of each node of which something is missing."""
    lowest: dict[str, int] = {}
    for opening in improvable:
        rung = opening.steps[0].rung
        lowest[opening.node.id] = min(rung, lowest.get(opening.node.id, rung))
    return lowest


def _action(
    scored: Round,
    entity: int,
    opening: OpenItem,
    gains: _Gains,
    lowest: Mapping[str, int],
) -> Action:
    step, level = opening.steps[0], opening.item.level
    missing = gains.missing[opening.node.id]
    below = tuple(
        other.item.id for other in missing if level and other.item.level and other.item.level < level
    )
    staged = staged_after = None
    if opening.node.staged and level:
        staged = scored.staged(opening.node, entity, {other.item.id for other in missing})
        met = step.points >= Fraction(opening.node.met_at or 0)
        rest = {other.item.id for other in missing if not met or other.item.id != opening.item.id}
        staged_after = scored.staged(opening.node, entity, rest)
    node, part, whole, index = gains.of(opening)
    return Action(
        opening=opening,
        step=step,
        gain_node=node,
        gain_part=part,
        gain_measurement=whole,
        gain_index=index,
        is_next=step.rung == lowest[opening.node.id],
        below=below,
        staged=staged,
        staged_after=staged_after,
    )


class _Gains:
    """What the next step of each item adds to any node: by gradient, else by scoring it.

    Attributes:
        missing: What is not met, by node.
    """

    def __init__(self, scored: Round, entity: int, improvable: Sequence[OpenItem]) -> None:
        self._scored = scored
        self._entity = entity
        self._number = {opening.column: number for number, opening in enumerate(improvable)}
        self._changes = [{opening.column: opening.steps[0].points} for opening in improvable]
        self._stepped: Evaluation | None = None
        self.missing: dict[str, list[OpenItem]] = {}
        for opening in improvable:
            siblings = self.missing.setdefault(opening.node.id, [])
            if is_missing(opening):
                siblings.append(opening)

    def of(self, opening: OpenItem) -> Brought:
        """On its node, its top node, its measurement and the index; known ones are not worked out again."""
        at = self._scored
        has_index = at.has_index(self._entity)
        key = (at.gradients.pattern(self._entity), opening.column, opening.score, has_index)
        if key in at.brought:
            return at.brought[key]
        name = opening.measurement.id
        node, part, whole = (
            self._gain(opening, at.columns[name, each]) for each in (opening.node.id, opening.part.id, name)
        )
        index = self._gain(opening, at.plan.index.column) if has_index else None
        if self._stepped is None:
            at.brought[key] = (node, part, whole, index)
        return node, part, whole, index

    def _gain(self, opening: OpenItem, column: int) -> Fraction:
        at = self._scored
        gradient = at.gradients.of(column, self._entity)
        if gradient is not None and at.evaluation.present[opening.column, self._entity]:
            return gradient.get(opening.column, Fraction(0)) * (opening.steps[0].points - opening.score)
        if self._stepped is None:
            self._stepped = at.variants(self._entity, self._changes)
        after = self._stepped.exact_score(column, self._number[opening.column])
        before = at.gradients.score(column, self._entity)
        return Fraction(0) if after is None or before is None else after - before
