"""How two definitions differ, and what that means for versions and for the entities scored with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from ctimaturity.model.score import Status


class _Graded(StrEnum):
    """Words in an order, the least first."""

    @property
    def rank(self) -> int:
        """0 for the least."""
        return list(type(self)).index(self)


class ChangeClass(_Graded):
    """What a change does to scores; from the most harmless to the gravest."""

    COSMETIC = "cosmetic"
    """Words only: the `scoring_hash` stays the same, so entities are ranked together."""
    ADDITIVE = "additive"
    """More is asked or offered; what was there before means and weighs the same."""
    BREAKING = "score-breaking"
    """What was there before is scored otherwise, or is gone."""


class ChangeKind(StrEnum):
    """What happened, in the words of the method."""

    EDITION = "edition"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"
    ORDER = "order"
    SCALE = "scale"
    WEIGHT = "weight"
    RULE = "rule"
    BANDS = "bands"
    THRESHOLD = "threshold"
    SCOPE = "scope"
    WORDING = "wording"


class Subject(StrEnum):
    """What it happened to."""

    QUESTIONNAIRE = "questionnaire"
    MEASUREMENT = "measurement"
    NODE = "node"
    ITEM = "item"
    SCALE = "scale"
    OPTION = "option"
    SEGMENT = "segment"
    REASON = "reason"
    ENTITY_TYPE = "entity type"
    UNIT = "unit"
    PROFILE = "profile"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        kind: What happened.
        subject: To what.
        id: Its id; of an option, the scale's and its own code with a `/` between them.
        grade: What it does to scores.
        measurement: The measurement it belongs to; empty for what all share.
        key: The key in the definition; empty for what came, went or moved as a whole.
        before, after: The values as canonical JSON has them; for what moved, the ids of the parents.
    """

    kind: ChangeKind
    subject: Subject
    id: str
    grade: ChangeClass
    measurement: str = ""
    key: str = ""
    before: JsonValue = None
    after: JsonValue = None


class Bump(_Graded):
    """A step from one version to the next, as semantic versioning has them."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class VersionStep:
    """What the version does, and what it should do.

    Attributes:
        asked: The least step that the changes ask for.
        made: The step from the old version to the new one; none when it goes backwards.
        backwards: Whether the new version is lower than the old one.
    """

    asked: Bump
    made: Bump
    backwards: bool = False

    @property
    def enough(self) -> bool:
        """Whether the new version says what the changes are."""
        return not self.backwards and self.made.rank >= self.asked.rank


@dataclass(frozen=True, slots=True)
class DefinitionName:
    """One of the two definitions, as reports name it."""

    key: str
    version: str
    definition_hash: str
    scoring_hash: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How two definitions differ.

    Attributes:
        old, new: The two.
        changes: All of them, gravest first, then in the order of the definition.
        step: What the version does; None between editions, which have version lines of their own.
    """

    old: DefinitionName
    new: DefinitionName
    changes: tuple[Change, ...]
    step: VersionStep | None

    @property
    def same_scoring(self) -> bool:
        """Whether entities of both are ranked together."""
        return self.old.scoring_hash == self.new.scoring_hash

    @property
    def grade(self) -> ChangeClass | None:
        """The gravest class of the changes; None where nothing changed."""
        return max((change.grade for change in self.changes), key=lambda grade: grade.rank, default=None)


@dataclass(frozen=True, slots=True)
class EntityStanding:
    """Where an entity stands under one definition.

    Attributes:
        status: Whether it has an index, and whether it is ranked.
        rank: None unless ranked.
        index: None without one.
        level, level_name: None and empty without one.
    """

    status: Status
    rank: int | None
    index: float | None
    level: int | None
    level_name: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """One entity under both definitions.

    Attributes:
        change: Of the index, on the common scale where the two scales differ; None where one is missing.
    """

    code: str
    name: str
    before: EntityStanding
    after: EntityStanding
    change: float | None

    @property
    def moves(self) -> bool:
        """Whether anything differs that people see: status, rank, level, or the index beyond 1e-9."""
        before, after = self.before, self.after
        same = (before.status, before.rank, before.level) == (after.status, after.rank, after.level)
        missing = (before.index is None) != (after.index is None)
        return not same or missing or abs(self.change or 0.0) > 1e-9  # noqa: PLR2004  (of the method, section 7)

    @property
    def level_changes(self) -> bool:
        """Whether it has a level under both, and another one."""
        levels = (self.before.level, self.after.level)
        return None not in levels and levels[0] != levels[1]


@dataclass(frozen=True, slots=True)
class Impact:
    """What the changes do to entities.

    Attributes:
        moves: One per entity, in the order of the new ranking.
        same_scale: Whether the two indices have one scale; otherwise the changes of the index are those
            of `index_harmonised`.
        synthetic: Whether the entities are invented.
        lost: By item of the old definition, how many answers say nothing under the new one.
    """

    moves: tuple[Move, ...]
    same_scale: bool
    synthetic: bool
    lost: dict[str, int] = field(default_factory=dict)
