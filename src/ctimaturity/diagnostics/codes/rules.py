"""Q: rules of a definition that contradict themselves or the scales they work on."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

RULE_NEEDS_KEY = Code(
    id="Q301",
    name="rule-needs-key",
    severity=Severity.ERROR,
    message="{id}: {rule} needs {needed}",
    hint="add {needed}",
    explanation=(
        "A points share needs the score of full points (out_of), a staged level the score from which an"
        " item counts as met (met_at), a power mean its exponent."
    ),
)
NODE_WITHOUT_PARTS = Code(
    id="Q302",
    name="node-without-parts",
    severity=Severity.ERROR,
    message="{id} has neither children nor items",
    hint="give it items, or delete it",
    explanation=(
        "A node without parts has no score; a subdimension that a measurement does not cover is left "
        "out of its tree."
    ),
)
RULE_OF_ITEMS = Code(
    id="Q303",
    name="rule-not-here",
    severity=Severity.ERROR,
    message="{id}: {rule} cannot be used here",
    hint=(
        "points_share is for nodes over items, staged for nodes whose parts have a level; the index and the"
        " profile take rules that average"
    ),
    explanation=(
        "A points share asks of each item how far it is met, which has no meaning for scores of nodes; a"
        " staged level asks it of parts that belong to a level. The profile combines scores that have no"
        " weights or exponent of their own."
    ),
)
NOT_POSITIVE = Code(
    id="Q304",
    name="not-positive",
    severity=Severity.ERROR,
    message="{id}: {key} must be greater than 0",
    hint="write a number greater than 0",
    explanation="Full points are worth more than nothing, and levels are counted from 1.",
)
EXPONENT_ZERO = Code(
    id="Q305",
    name="exponent-zero",
    severity=Severity.ERROR,
    message="{id}: a power mean has no exponent 0",
    hint="give another exponent, or use the rule geometric, which is its limit",
    explanation="The formula divides by the exponent.",
)
NEGATIVE_WEIGHT = Code(
    id="Q306",
    name="negative-weight",
    severity=Severity.ERROR,
    message="{id}: a weight is below 0",
    hint="write 0 or more; reverse turns an item round",
    explanation=(
        "A part that pulls its whole down when it improves would break every bound and rank; items that"
        " are better when lower are reversed instead."
    ),
)
WEIGHTS_ALL_ZERO = Code(
    id="Q307",
    name="weights-all-zero",
    severity=Severity.ERROR,
    message="{id}: all its parts weigh 0",
    hint="give at least one part a weight",
    explanation="Weights are relative; if all are 0 there is nothing to relate.",
)
BLANKS_UNDER_SUM = Code(
    id="Q308",
    name="blanks-under-sum",
    severity=Severity.ERROR,
    message="{id}: blanks that are left out cannot be added up",
    hint="choose blanks: worst or zero, or the rule mean",
    explanation=(
        "A sum over the parts that take part falls when a part is left out, so leaving out would change"
        " the score as if the answer had been 0, and its bounds would not hold."
    ),
)
ITEM_WITHOUT_LEVEL = Code(
    id="Q309",
    name="item-without-level",
    severity=Severity.ERROR,
    message="{id} has no level, which the staged level of {node} asks for",
    hint="add level",
    explanation=(
        "The staged level is the highest level such that all parts of it and below are met, so each part,"
        " an item or a node, belongs to one."
    ),
)
NEVER_MET = Code(
    id="Q310",
    name="never-met",
    severity=Severity.ERROR,
    message="{id}: {item} can never reach met_at",
    hint="lower met_at, or give the item another scale",
    explanation=(
        "No answer to the item is worth as much as met_at asks, so the staged level would stay below it"
        " for ever."
    ),
)
CHILD_NOT_STAGED = Code(
    id="Q311",
    name="child-not-staged",
    severity=Severity.ERROR,
    message="{id}: its child {child} has no staged level",
    hint="set staged: true for {child} too",
    explanation="Above the items the staged level is the minimum of the parts, so each part must have one.",
)
SCALE_BELOW_ZERO = Code(
    id="Q312",
    name="scale-below-zero",
    severity=Severity.ERROR,
    message="{id}: {rule} needs scores that cannot be below 0",
    hint="use scales that begin at 0 or above, or normalise",
    explanation=(
        "Geometric, harmonic and power means are not defined for negative scores, and a product of two of"
        " them would be high."
    ),
)
POINTS_NOT_FROM_ZERO = Code(
    id="Q313",
    name="points-not-from-zero",
    severity=Severity.ERROR,
    message="{id}: a share of points needs items whose scale begins at 0",
    hint="give the items a scale that begins at 0",
    explanation=(
        "Points met over points applicable is 0 when nothing is met, which a scale that begins "
        "elsewhere cannot say."
    ),
)
DIFFERENT_SCALES = Code(
    id="Q314",
    name="different-scales",
    severity=Severity.ERROR,
    message="{id}: its parts are on different scales",
    hint="add normalise",
    explanation=(
        "The mean of a score out of 5 and one out of 100 says nothing; how they are brought together is"
        " a choice that must be written down: none takes them as they are, goalposts rescales them."
    ),
)
NORMALISE_NONE = Code(
    id="Q315",
    name="normalise-none",
    severity=Severity.ERROR,
    message="{id}: {rule} of parts on different scales has no scale of its own",
    hint="use the rule mean, or normalise with goalposts",
    explanation="Only a mean of parts as they are stays within the weighted mean of their scales.",
)
NORMALISE_CONTRADICTION = Code(
    id="Q316",
    name="normalise-contradiction",
    severity=Severity.ERROR,
    message="{id}: method {method} has no use for goalposts, but some are given",
    hint="choose method: goalposts, or delete minimum, maximum and goalposts",
    explanation="What stands there would have no effect.",
)
GOALPOSTS_NOT_RISING = Code(
    id="Q317",
    name="goalposts-not-rising",
    severity=Severity.ERROR,
    message="{id}: {part} needs a minimum below a maximum",
    hint="give both, the minimum first",
    explanation="Goalposts are the fixed ends of a scale.",
)
MET_BELOW_TOO_LOW = Code(
    id="Q336",
    name="met-below-too-low",
    severity=Severity.ERROR,
    message="{id}: met_below asks for less than met_at",
    hint="give met_below a value from met_at upwards, or leave it out",
    explanation=(
        "To reach a level its own parts must be met with met_at, and those of the levels below with"
        " met_below. Of a level that is passed already no less can be asked than when it was reached."
    ),
)
LOGARITHM_OF_NOTHING = Code(
    id="Q337",
    name="logarithm-of-nothing",
    severity=Severity.ERROR,
    message="{id}: the goalposts of {part} are not above 0, as logarithms need",
    hint="give a minimum above 0, or leave logarithm out",
    explanation="Only numbers above 0 have a logarithm; values below the lower goalpost count as it does.",
)
LEVEL_POINTS = Code(
    id="Q339",
    name="level-points",
    severity=Severity.ERROR,
    message="{id}: what its levels count as does not rise, or is not said of each of them",
    hint="give every level points, from 0 upwards, or none; give it two levels or more",
    explanation=(
        "Where parts count with their level, a higher level must not count as less, or a better answer"
        " would lower the score, and one level alone says nothing. Level 0, below the lowest, counts as 0."
    ),
)
PART_WITHOUT_LEVELS = Code(
    id="Q338",
    name="part-without-levels",
    severity=Severity.ERROR,
    message="{id}: its parts count with the number of their level, but {part} has no levels",
    hint="give the part levels, or choose another method of normalise",
    explanation=(
        "Under method levels the number of a part's level takes the place of its score, so each part is a"
        " node with levels; items have scores alone."
    ),
)
UNKNOWN_PART = Code(
    id="Q318",
    name="unknown-part",
    severity=Severity.ERROR,
    message="{id}: {key} names {name}, which is not below it",
    hint="name one of its parts",
    explanation=(
        "A gate looks at a node or item below the gated node, on the index at a measurement; goalposts "
        "belong to the parts."
    ),
)
MISSPELT_PART = Code(
    id="Q319",
    name="misspelt-part",
    severity=Severity.ERROR,
    message="{id}: {key} names {name}, which is not below it",
    hint="did you mean {closest}?",
    explanation=(
        "A gate looks at a node or item below the gated node, on the index at a measurement; goalposts "
        "belong to the parts."
    ),
)
GATE_INCOMPLETE = Code(
    id="Q320",
    name="gate-incomplete",
    severity=Severity.ERROR,
    message="{id}: the gate on {gate} needs one condition and one effect",
    hint="give below or equals, and one of cap_level, cap_score and set_zero",
    explanation="A gate says when it applies and what it does; two of either would leave open which counts.",
)
GATE_EQUALS = Code(
    id="Q321",
    name="gate-equals",
    severity=Severity.ERROR,
    message="{id}: the gate on {gate} asks for a value that is not the lowest",
    hint="use below, or the lowest value of its scale",
    explanation="A gate on any other single value would let a worse answer give a better score.",
)
GATE_OUTSIDE_SCALE = Code(
    id="Q322",
    name="gate-outside-scale",
    severity=Severity.ERROR,
    message="{id}: the gate on {gate} sets a score outside the scale",
    hint="choose a score within the scale of the node",
    explanation="Every score lies within the scale of its node, that of a gated one too.",
)
GATE_LEVEL = Code(
    id="Q323",
    name="gate-level",
    severity=Severity.ERROR,
    message="{id}: the gate on {gate} caps at a level that does not exist",
    hint="choose one of the levels of the node",
    explanation="The cap must be one of the node's own levels.",
)
BANDS_UNCLEAR = Code(
    id="Q324",
    name="bands-unclear",
    severity=Severity.ERROR,
    message="{id}: levels need either parts or bounds",
    hint="give the number of equal parts, or the bounds, not both",
    explanation="Equal parts follow from the scale, bounds are written out.",
)
BANDS_NOT_RISING = Code(
    id="Q325",
    name="bands-not-rising",
    severity=Severity.ERROR,
    message="{id}: the bounds of the levels do not rise",
    hint="write the bounds from the lowest to the highest",
    explanation="Each band begins where the one below it ends.",
)
BANDS_NOT_COVERING = Code(
    id="Q326",
    name="bands-not-covering",
    severity=Severity.ERROR,
    message="{id}: the levels do not cover the scale from {low} to {high}",
    hint="begin with the lowest score and end with the highest",
    explanation="Every score that a node can have falls into one of the bands and has a level and a name.",
)
BAND_NAMES = Code(
    id="Q327",
    name="band-names",
    severity=Severity.ERROR,
    message="{id}: there are {bands} bands and {names} names of levels",
    hint="give each band one name, from the lowest",
    explanation="Names are matched to bands in order.",
)
LOWEST_OPEN = Code(
    id="Q328",
    name="lowest-open",
    severity=Severity.ERROR,
    message="{id}: an open lowest band needs side: upper and a name below it",
    hint="add below, and side: upper",
    explanation=(
        "With an open lowest band the lowest score itself is level 0, which needs a name; that is "
        "possible only where a bound belongs to the band below it."
    ),
)
BELOW_WITHOUT_USE = Code(
    id="Q329",
    name="below-without-use",
    severity=Severity.ERROR,
    message="{id}: nothing is below the lowest band",
    hint="write lowest: open, or delete below",
    explanation="With a closed lowest band the lowest score belongs to the first level.",
)
LEVEL_TOO_HIGH = Code(
    id="Q330",
    name="level-too-high",
    severity=Severity.ERROR,
    message="{id}: its level is higher than the {levels} levels there are",
    hint="correct the level",
    explanation="The levels of items and those of the measurement are the same.",
)
SHARE_OUTSIDE = Code(
    id="Q331",
    name="share-outside",
    severity=Severity.ERROR,
    message="{id}: a share is not between 0 and 1",
    hint="write it as a decimal, such as 0.65",
    explanation="Coverage and excluded shares go from 0 to 1; percentages are not used.",
)
COUNT_OUTSIDE = Code(
    id="Q332",
    name="count-outside",
    severity=Severity.ERROR,
    message="{key} is not a count",
    hint="write a whole number of 0 or more",
    explanation="Respondents, answers and years are counted.",
)
EFFECT_NOT_HERE = Code(
    id="Q333",
    name="effect-not-here",
    severity=Severity.ERROR,
    message="{key} cannot have the effect {effect}",
    hint="choose incomplete or provisional",
    explanation=(
        "A survey that falls short makes its measurement incomplete or provisional; it has no node to hide."
    ),
)
NO_SEGMENTS = Code(
    id="Q334",
    name="no-segments",
    severity=Severity.ERROR,
    message="{id}: thresholds per segment are given, but there are no segments",
    hint="define segments, or delete the thresholds",
    explanation="Without segments respondents are one group.",
)
PROFILE_EMPTY = Code(
    id="Q335",
    name="profile-empty",
    severity=Severity.ERROR,
    message="the measurements of the profile have no node of kind {kind}",
    hint="name a kind that they have",
    explanation="The profile puts nodes of one kind side by side.",
)
