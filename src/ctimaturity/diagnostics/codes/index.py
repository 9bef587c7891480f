"""I: the index and what it is asked for."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

NOBODY_TO_SCORE = Code(
    id="I101",
    name="nobody-to-score",
    severity=Severity.ERROR,
    message="no workbook says which entity it is from",
    hint="write the code of the entity on the cover of each workbook",
    explanation=(
        "Answers belong to an entity, which the code on the cover names. Without one readable code there is "
        "nobody to score, so no index is written."
    ),
)
ALL_REFUSED = Code(
    id="I104",
    name="all-refused",
    severity=Severity.ERROR,
    message="every workbook was refused, so there is nothing to score",
    hint="mend the cells that the findings name; cti validate --letters writes to the entities",
    explanation=(
        "A workbook is refused when an answer cannot be read for certain. Where that is so of all of them, "
        "no index can be made and nothing is written."
    ),
)
MEASUREMENT_UNKNOWN = Code(
    id="I102",
    name="measurement-unknown",
    severity=Severity.ERROR,
    message="the questionnaire has no measurement {name}",
    hint="choose among: {known}",
    explanation=(
        "The option --measurements names, by their ids, the measurements on which everyone is scored. A name "
        "that the questionnaire does not have would score everyone on something else than was asked for."
    ),
)
GROUP_UNKNOWN = Code(
    id="I103",
    name="group-unknown",
    severity=Severity.ERROR,
    message="the list of entities has no column {name}",
    hint="give a list with --entities that has the column; columns there are: {known}",
    explanation=(
        "Ranks within groups need a column of the entity list that says which group each entity is in. "
        "Without that column there are no groups."
    ),
)
