"""A plan of action: what an entity does, who, by when, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
