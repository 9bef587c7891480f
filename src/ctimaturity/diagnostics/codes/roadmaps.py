"""I3: targets, efforts and roadmaps."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TARGET_NODE_UNKNOWN = Code(
    id="I301",
    name="target-node-unknown",
    severity=Severity.ERROR,
    message="{node} is no node of {questionnaire}",
    hint="name a measurement, an axis, a capacity or a dimension by its id, such as {known}",
    explanation=(
        "A target says which node it is for by the node's id, as cti questionnaire show lists it; index "
        "stands for the whole index. Nothing was planned, because a target that is left out in silence "
        "would be taken for one that is reached."
    ),
)
TARGET_LEVEL_UNKNOWN = Code(
    id="I302",
    name="target-level-unknown",
    severity=Severity.ERROR,
    message="{level} is no level of {node}",
    hint="give the number or the name of one of its levels: {known}",
    explanation=(
        "Levels are named by their number, 1 for the lowest, or by their name in either language. A node "
        "without levels can have a score as its target."
    ),
)
TARGET_SCORE_OUTSIDE = Code(
    id="I303",
    name="target-score-outside",
    severity=Severity.ERROR,
    message="a score of {score} lies outside the scale of {node}, which goes from {low} to {high}",
    hint="give a score on the scale of the node",
    explanation="No answers give a score outside the scale of a node, so nobody could reach such a target.",
)
TARGET_WITHOUT_AIM = Code(
    id="I304",
    name="target-without-aim",
    severity=Severity.ERROR,
    message="the target for {node} has to say either a level or a score",
    hint="write level: with a level, or score: with a number, and not both",
    explanation=(
        "A target is one level or one score of a node; with neither or with both nobody can tell what is "
        "aimed for."
    ),
)
DATE_MALFORMED = Code(
    id="I305",
    name="date-malformed",
    severity=Severity.ERROR,
    message="{date} is no date",
    hint="write year, month and day, such as 2027-12-31",
    explanation=(
        "Dates are written as in the standard ISO 8601, so that nobody has to guess which number is the "
        "month."
    ),
)
EFFORT_ITEM_UNKNOWN = Code(
    id="I306",
    name="effort-item-unknown",
    severity=Severity.ERROR,
    message="{item} is no item of {questionnaire} that the entity answers itself",
    hint="name an item by its id, such as {known}",
    explanation=(
        "Efforts and owners belong to items that the entity can do something about: those that it answers "
        "itself, such as sub-capacities. Statements of inhabitants and indicators are no actions."
    ),
)
EFFORT_NOT_POSITIVE = Code(
    id="I307",
    name="effort-not-positive",
    severity=Severity.ERROR,
    message="the effort of {item} is {effort}",
    hint="give a whole number from 1 to 999",
    explanation=(
        "Efforts compare actions with each other in any unit, such as weeks of a team. They are whole "
        "numbers from 1 to 999: an action without effort would always be done."
    ),
)
TARGET_NODE_AMBIGUOUS = Code(
    id="I308",
    name="target-node-ambiguous",
    severity=Severity.ERROR,
    message="{node} is a node of several measurements: {measurements}",
    hint="say which one with measurement:",
    explanation=(
        "Some nodes belong to several measurements and are not put together into one. A target has to say "
        "in which of them the level or the score is aimed for."
    ),
)
TARGET_OF_NOBODY = Code(
    id="I309",
    name="target-of-nobody",
    severity=Severity.WARNING,
    message="there is no entity {code}, so its target is for nobody",
    hint="compare the code with the column entity_code of index.csv",
    explanation=(
        "A target may be for one entity only. This one names a code that is not among those that were read."
    ),
)
TARGET_TWICE = Code(
    id="I310",
    name="target-twice",
    severity=Severity.ERROR,
    message="{node} has two targets for the same entity",
    hint="leave one of them",
    explanation=(
        "Of two targets for one node nobody can tell which one is meant; their dates would contradict each "
        "other."
    ),
)
EFFORT_BY_RULE_OF_THUMB = Code(
    id="I311",
    name="effort-by-rule-of-thumb",
    severity=Severity.WARNING,
    message="the set of actions of {code} was found by a rule of thumb; another set may take less effort",
    hint="ask for fewer targets at once, or for targets on nodes whose scores are means or sums",
    explanation=(
        "The least effort is found exactly where scores are means, sums or shares of points without gates. "
        "Where some score is none, or where an exact search among many targets takes too long, actions are "
        "taken by what they bring for their effort until the targets are reached, and those that turn out "
        "not to be needed are left out again. The set reaches the targets, but nothing proves that it is the "
        "smallest."
    ),
)
LIMITS_WITHOUT_PHASES = Code(
    id="I312",
    name="limits-without-phases",
    severity=Severity.ERROR,
    message="{limits} limits of effort were given for {phases} phases",
    hint="give one limit for all phases or one for each, and the phases with --horizon",
    explanation=(
        "A limit is the most effort that a phase may take. The phases are those of --horizon, else those "
        "that the edition names; a limit that belongs to no phase would be left out in silence."
    ),
)
EFFORT_WITHOUT_SOLVER = Code(
    id="I313",
    name="effort-without-solver",
    severity=Severity.WARNING,
    message=(
        "SciPy is not installed, so the set of actions of {code} for several targets was found by a rule of "
        "thumb; another set may take less effort"
    ),
    hint="install it: pip install 'ctimaturity[roadmap]'",
    explanation=(
        "With one target, and with several that do not overlap much, the least effort is found without any "
        "other package. With more of them the solver HiGHS of SciPy is needed. Without it actions are taken "
        "by what they bring for their effort until the targets are reached, and those that turn out not to "
        "be needed are left out again: the set reaches the targets, but nothing proves that it is the "
        "smallest."
    ),
)
TARGET_AFTER_DATE = Code(
    id="I314",
    name="target-after-date",
    severity=Severity.WARNING,
    message="{code} reaches the target for {node} on {reached}, when a phase ends, not by its date {date}",
    hint="give the phases more room with --limit, other ends with --horizon, or the target a later date",
    explanation=(
        "The actions of a target with a date stand in phases that end by that date where the limits permit "
        "it. Here they do not fit, or the first phase ends after the date. The plan reaches the target all "
        "the same, but later than was wished."
    ),
)
TARGET_BEYOND_HORIZON = Code(
    id="I315",
    name="target-beyond-horizon",
    severity=Severity.WARNING,
    message="{code} does not reach the target for {node} in any phase; its date is {date}",
    hint="give the phases more room with --limit, or a longer --horizon",
    explanation=(
        "Under the limits of effort the phases have no room for all actions of the target, so some of them "
        "stand beyond the horizon. The target has a date, and the plan does not keep it."
    ),
)
TARGET_DATES_UNPLACED = Code(
    id="I316",
    name="target-dates-unplaced",
    severity=Severity.WARNING,
    message="targets have dates, but the phases have none, so the dates move no action",
    hint="say with --start on which day the plans begin",
    explanation=(
        "Phases are counted in months from the beginning of the plan. Only with its first day can a phase "
        "end before or after the date of a target. Without it the plan says the date of each target, and "
        "nothing holds the phases to it."
    ),
)
TARGETS_MISSING = Code(
    id="I317",
    name="targets-missing",
    severity=Severity.ERROR,
    message="{name} names no target",
    hint="write at least one target below targets:, or leave --target out for the next level",
    explanation=(
        "A file of targets says what is aimed for. Without any target there would be no plan for anybody, "
        "and nobody would be told why."
    ),
)
EFFORT_LEVEL_UNKNOWN = Code(
    id="I318",
    name="effort-level-unknown",
    severity=Severity.ERROR,
    message="{questionnaire} has no action of level {level}",
    hint="use the levels of its items: {known}",
    explanation=(
        "Efforts by level are for the levels that items of the questionnaire have, or, where items have no "
        "level, for the positions of their options from the worst, which is 1. An effort for any other "
        "number would be left out in silence."
    ),
)
