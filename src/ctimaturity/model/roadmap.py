"""Roadmaps: targets, efforts, the frame that an edition gives, and the plans of action made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.questionnaire import Item
from ctimaturity.model.scale import Option

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed for, and by when.

    Attributes:
        measurement: Where the node is; `index` for the index, `profile` for a combined dimension.
        node: Its id.
        level: The level to reach; None with a score.
        score: The score to reach; None with a level.
        by: Until when; None without a date.
        entity: Code of the only entity it is for; empty for everybody.
    """

    measurement: str
    node: str
    level: int | None = None
    score: Decimal | None = None
    by: date | None = None
    entity: str = ""


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of applying the model.

    Attributes:
        number: Counted as the source does.
        name: By language.
        text: What is done in it, by language.
        part: The part of a roadmap that serves it; empty without one.
    """

    number: int
    name: Mapping[str, str]
    text: Mapping[str, str]
    part: str = ""


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """One entry of the technical checklist for initiatives; never scored.

    Attributes:
        id: Of the entry.
        node: Id of the axis it belongs to.
        name, text: By language.
        standards: Names of standards; empty without.
    """

    id: str
    node: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    standards: str = ""


@dataclass(frozen=True, slots=True)
class Effort:
    """What it takes to do an action, in whole units that only compare actions with each other.

    Attributes:
        levels: By level of the item; of items without a level, by the position of the option reached.
        items: By item id; comes before `levels`.
        owners: Suggested owner by item id.
    """

    levels: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    items: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    owners: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, item: Item, options: Sequence[Option], current: Decimal | None, wanted: Decimal) -> int:
        """The effort of raising an answer.

        An item that has its own effort takes it once. Otherwise every step to the next better option
        takes the effort of the item's level, or of the option's position where the item has no level;
        a level that nobody gave an effort takes its own number.

        Args:
            item: What is answered.
            options: Of its scale, the worst first.
            current: Points of the answer now; None for an answer that is worth nothing.
            wanted: Points of the answer wanted.
        """
        if item.id in self.items:
            return self.items[item.id]
        worst = options[0].points
        turned = len(options) > 1 and options[-1].points < worst
        effort = 0
        for position, option in enumerate(options[1:], 2):
            points = option.points
            better = current is None or (points < current if turned else points > current)
            needed = points >= wanted if turned else points <= wanted
            if better and needed:
                level = item.level or position
                effort += self.levels.get(level, level)
        return effort or 1


@dataclass(frozen=True, slots=True)
class Frame:
    """What an edition gives for roadmaps beside its definition; nothing of it is scored.

    Attributes:
        effort: By level.
        horizon: Ends of the phases, in months.
        route: The steps of applying the model.
        checklist: For formulating initiatives.
    """

    effort: Effort = field(default_factory=Effort)
    horizon: tuple[int, ...] = ()
    route: tuple[RouteStep, ...] = ()
    checklist: tuple[CheckEntry, ...] = ()


class PlanState(StrEnum):
    """How far an action is."""

    PENDING = "pending"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class Standing(StrEnum):
    """Where an action stands on a day."""

    DONE = "done"
    LATE = "late"
    """Its date is past."""
    NEXT = "next"
    """It is still to be done, and its date is not past or was never set."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One action of a plan.

    Attributes:
        item: Id of the item; empty for an action that the entity added itself.
        text: What has to be so.
        node: The capacity or other node that it belongs to.
        to: The answer to reach.
        effort: Of the action; None for one that the entity added.
        phase: In words.
        gain: What it adds to the measurement; None for one that the entity added.
        asked: Evidence that it needs.
        owner: Who does it.
        due: Until when; None without a date.
        state: How far it is.
        evidence: What proves it.
        observation: Anything else.
    """

    item: str
    text: str
    node: str = ""
    to: str = ""
    effort: int | None = None
    phase: str = ""
    gain: float | None = None
    asked: str = ""
    owner: str = ""
    due: date | None = None
    state: PlanState = PlanState.PENDING
    evidence: str = ""
    observation: str = ""

    def standing(self, day: date) -> Standing:
        """Where it stands on a day: what is due on that day is not late."""
        if self.state is PlanState.DONE:
            return Standing.DONE
        if self.state is PlanState.DROPPED:
            return Standing.DROPPED
        return Standing.LATE if self.due is not None and self.due < day else Standing.NEXT


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One action of a plan that came back.

    Attributes:
        entity: Code of the entity.
        name: Its name.
        file: The plan that it stands in.
        standing: Where it stands.
        line: The action.
    """

    entity: str
    name: str
    file: str
    standing: Standing
    line: PlanLine
