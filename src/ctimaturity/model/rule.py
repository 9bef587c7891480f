"""The words of the method: rules, policies, thresholds, bands. Their numbers stand in definitions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from ctimaturity.model.number import UNSAID, Flag, Number, Whole
from ctimaturity.model.scale import OptionCode
from ctimaturity.model.strict import StrictModel
from ctimaturity.model.text import Text

NodeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
"""Letters, digits, `-` and `_`, starting with a letter."""


class Rule(StrEnum):
    """How a node's score comes from its parts."""

    MEAN = "mean"
    SUM = "sum"
    PRODUCT = "product"
    POINTS_SHARE = "points_share"
    STAGED = "staged"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    POWER = "power"


class Over(StrEnum):
    """What the parts of a node are: its children, or all items below it."""

    CHILDREN = "children"
    ITEMS = "items"


class Collects(StrEnum):
    """How a measurement is answered."""

    ANSWERS = "answers"
    """One agreed answer per item, by the entity."""
    RESPONDENTS = "respondents"
    """Many respondents, kept as tallies."""
    INDICATORS = "indicators"
    """Values and marks of indicators, by the entity."""


class Blanks(StrEnum):
    """What an unanswered item counts as."""

    WORST = "worst"
    EXCLUDE = "exclude"
    ZERO = "zero"


class ResultsBasis(StrEnum):
    """Where the mark of an indicator comes from."""

    AUTO = "auto"
    RANGE = "range"
    CRITERION = "criterion"
    SELF = "self"


class Direction(StrEnum):
    """Which way an indicator improves."""

    HIGHER = "higher_is_better"
    LOWER = "lower_is_better"
    AMBIGUOUS = "ambiguous"


class Effect(StrEnum):
    """What falling short of a threshold does."""

    INCOMPLETE = "incomplete"
    PROVISIONAL = "provisional"
    ABSENT = "absent"
    DISPLAY = "display"


class NotApplicable(StrictModel):
    """What an item that is not applicable counts as.

    `exclude` leaves it out, `credit` gives it a value on the item's own scale, `forbid` refuses it.
    """

    policy: Annotated[str, StringConstraints(pattern="^(exclude|credit|forbid)$")] = "exclude"
    credit: Number | None = None


class CoverageThreshold(StrictModel):
    """A coverage (or share of children present) below `value` has an effect."""

    value: Number
    of: Annotated[str, StringConstraints(pattern="^(weight|count)$")] = "weight"
    below: Annotated[Effect, Field(strict=False)]


class UpperThreshold(StrictModel):
    """A share above `value` has an effect."""

    value: Number
    above: Annotated[Effect, Field(strict=False)]


class LowerThreshold(StrictModel):
    """A count below `value` has an effect."""

    value: Number
    below: Annotated[Effect, Field(strict=False)]


class RespondentThresholds(StrictModel):
    """What a survey needs before it counts in full."""

    min_respondents: LowerThreshold | None = None
    min_per_segment: LowerThreshold | None = None
    max_segment_share: UpperThreshold | None = None
    min_answers: LowerThreshold | None = None


class LevelName(StrictModel):
    """A maturity level: its name, and what an entity at it looks like.

    Attributes:
        name: What people call it.
        description: What an entity at it looks like.
        points: What it counts as above, under `normalise: {method: levels}`; its number without.
    """

    name: Text
    description: Text | None = None
    points: Annotated[Number | None, UNSAID] = None


class Levels(StrictModel):
    """The bands of a scale, from the lowest level upwards.

    Either `parts` equal parts of the node's own scale, or explicit `bounds` (one more than there
    are levels). A score on a bound belongs to the band below it when `side` is `upper`, to the band
    above when `lower`. With side `upper` and `lowest: open` the scale's minimum itself is level 0,
    which `below` names.
    """

    parts: Whole | None = None
    bounds: Annotated[tuple[Number, ...] | None, Field(strict=False)] = None
    side: Annotated[str, StringConstraints(pattern="^(upper|lower)$")]
    lowest: Annotated[str, StringConstraints(pattern="^(open|closed)$")] = "closed"
    below: Text | None = None
    names: Annotated[tuple[LevelName, ...], Field(strict=False)]


class Gate(StrictModel):
    """A condition on one part that limits the whole.

    When the score of `node` (a node or item below the gated node; on the index, a measurement)
    is below `below`, or equals `equals`, one of the effects applies: the level is at most
    `cap_level`, the score at most `cap_score`, or the score is 0 (`set_zero`).
    """

    node: str
    below: Number | None = None
    equals: Number | None = None
    cap_level: Whole | None = None
    cap_score: Number | None = None
    set_zero: Flag = False


class Goalposts(StrictModel):
    """The fixed ends of a part's own scale that become the ends of the common one.

    Attributes:
        minimum: The lower end; of a reversed item as it is answered, not as it is turned round.
        maximum: The higher end.
        logarithm: Whether distances are those of logarithms, so that equal factors count alike.
    """

    minimum: Number
    maximum: Number
    logarithm: Annotated[Flag, UNSAID] = False


class Normalise(StrictModel):
    """How parts on different scales are brought together.

    `method: none` takes them as they are (the scale of the whole is the weighted mean of theirs);
    `goalposts` rescales each to [`minimum`, `maximum`], from its own scale or from the `goalposts`
    given for it by id, values outside being moved to the nearer end. Never from the sample. `levels`
    takes the number of each part's level (or its points) in place of its score.
    """

    method: Annotated[str, StringConstraints(pattern="^(none|goalposts|levels)$")]
    minimum: Number | None = None
    maximum: Number | None = None
    goalposts: dict[str, Goalposts] = {}  # noqa: RUF012  (pydantic copies it)


class ConfirmBlank(StrictModel):
    """A sentence on the cover; confirmed, what is not marked counts as the answer `option`."""

    option: OptionCode
    statement: Text
