"""R3xx: calibration of reference ranges on a baseline sample."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

SAMPLE_TOO_SMALL = Code(
    id="R301",
    name="sample-too-small",
    severity=Severity.ERROR,
    message="{item}{group} has values of {n} entities, fewer than {least}: not calibrated",
    hint="wait for more values, or set goals and use the method goal",
    explanation=(
        "Cut points from so few values would describe these entities, and no scale that others can be "
        "marked by."
    ),
)
SAMPLE_SMALL = Code(
    id="R302",
    name="sample-small",
    severity=Severity.WARNING,
    message="{item}{group} is calibrated on {n} entities only, fewer than {wanted}",
    hint="treat its marks with care, and calibrate again with more values",
    explanation=(
        "Cut points from a small sample move much with each entity that joins it. The file keeps the size"
        " of the sample, and outputs say it."
    ),
)
SAMPLE_WITHOUT_SPREAD = Code(
    id="R303",
    name="sample-without-spread",
    severity=Severity.ERROR,
    message="all values of {item}{group} are the same: not calibrated",
    hint="set goals and use the method goal",
    explanation="Where all values are equal, nothing can be divided by them.",
)
SAMPLE_SKEWED = Code(
    id="R304",
    name="sample-skewed",
    severity=Severity.WARNING,
    message=(
        "the values of {item}{group} are skewed ({skew}), so cut points by standard deviations divide "
        "them unevenly"
    ),
    hint="consider the method quantile or goal",
    explanation=(
        "Mean and standard deviation describe values that lie evenly around their middle. With a long "
        "tail some marks are given to nobody."
    ),
)
SAMPLE_OUTLIERS = Code(
    id="R305",
    name="sample-outliers",
    severity=Severity.NOTE,
    message="values of {item}{group} far from the others: {entities}",
    hint="check them with the entities before the cut points are frozen",
    explanation=(
        "They lie more than one and a half interquartile ranges outside the quartiles. They stay in the "
        "sample: nothing is left out on its own."
    ),
)
GOALS_COLUMN_MISSING = Code(
    id="R306",
    name="goals-column-missing",
    severity=Severity.ERROR,
    message="the file of goals has no column {column}",
    hint="name the columns item, floor and goal",
    explanation=(
        "The method goal divides what lies between the floor and the goal of each indicator into equal parts."
    ),
)
GOAL_UNREADABLE = Code(
    id="R307",
    name="goal-unreadable",
    severity=Severity.ERROR,
    message="floor or goal of {item} is no number that can be read in one way",
    hint="write plain numbers, without marks for thousands",
    explanation="Both ends are needed, and neither is guessed.",
)
GOAL_TURNED = Code(
    id="R308",
    name="goal-turned",
    severity=Severity.ERROR,
    message="the goal of {item} is not better than its floor",
    hint="check both, and the direction: where lower is better the goal is below the floor",
    explanation=(
        "The floor is the worst end and the goal the best. Between equal ends there is nothing to divide."
    ),
)
GOALS_NEEDED = Code(
    id="R309",
    name="goals-needed",
    severity=Severity.ERROR,
    message="the method goal needs a file of goals",
    hint="give it with --goals FILE",
    explanation="Goals are a choice of the ministry; no sample tells them.",
)
NOTHING_CALIBRATED = Code(
    id="R310",
    name="nothing-calibrated",
    severity=Severity.ERROR,
    message="no indicator could be calibrated",
    hint="give workbooks of more entities, or goals",
    explanation="A reference file without ranges would mark nothing, so none was written.",
)
CALIBRATED_CUTS_EQUAL = Code(
    id="R311",
    name="calibrated-cuts-equal",
    severity=Severity.WARNING,
    message="many entities have the same value of {item}{group}, so cut points fall together",
    hint="consider the method sd or goal",
    explanation=(
        "Where a value is shared by more than one part of the sample, the marks between equal cut points "
        "are never given."
    ),
)
