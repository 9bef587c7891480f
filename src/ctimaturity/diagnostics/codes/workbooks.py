"""W1xx: making workbooks."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

PART_UNKNOWN = Code(
    id="W101",
    name="part-unknown",
    severity=Severity.ERROR,
    message="the questionnaire has no part {part}",
    hint="choose one of: {parts}",
    explanation=(
        "A workbook may ask only some of the measurements of a questionnaire. They are named by their"
        " ids, as the definition has them. No workbook was written."
    ),
)
LANGUAGE_MISSING = Code(
    id="W102",
    name="template-language-missing",
    severity=Severity.ERROR,
    message="the questionnaire has no texts in the language {language}",
    hint="choose one of: {languages}",
    explanation=(
        "A workbook is written in one language, and every sentence of the definition must exist in it. "
        "No workbook was written."
    ),
)
NOTHING_ASKED = Code(
    id="W103",
    name="nothing-asked",
    severity=Severity.ERROR,
    message="with these parts and this form of perception the workbook would ask nothing",
    hint="add a part, or choose another form of perception than none",
    explanation=(
        "A workbook of the perception part alone, with the survey delivered as a file, would have no "
        "sheet to fill in. No workbook was written."
    ),
)
ROWS_OUT_OF_RANGE = Code(
    id="W104",
    name="respondent-rows-out-of-range",
    severity=Severity.ERROR,
    message="a grid of {rows} respondents cannot be made",
    hint="ask for 1 to {most} rows; larger surveys come as a file",
    explanation=(
        "The grid has a row per respondent. More rows than offered here make a workbook that is slow to open "
        "and easy to damage. No workbook was written."
    ),
)
FILE_EXISTS = Code(
    id="W105",
    name="template-already-there",
    severity=Severity.ERROR,
    message="there is already a file of this name",
    hint="choose another name, or say --force to replace it",
    explanation=(
        "A blank workbook never replaces an existing file on its own: the file may hold the answers of an "
        "entity. It was left as it is."
    ),
)
LIST_PROVISIONAL = Code(
    id="W106",
    name="list-stays-provisional",
    severity=Severity.NOTE,
    message="the list of {part} has room for {room} people, and {needed} are needed to be ranked",
    hint="use --perception grid or counts, or deliver the survey as a file, if the entity is to be ranked",
    explanation=(
        "The list form serves a workshop or a self-assessment. So few answers give a score but no "
        "place in the ranking: the entity stays provisional unless a larger survey takes the list's "
        "place. The sheet says so too."
    ),
)
NO_ITEM_APPLIES = Code(
    id="W107",
    name="no-item-applies",
    severity=Severity.WARNING,
    message="nothing of {part} can exist for {entity}, which is of the type {type}",
    hint="check the type of the entity",
    explanation=(
        "The definition says for which types of entity an item can exist; the others are not in the entity's "
        "workbook. Here none was left of a whole part, so its sheet is missing."
    ),
)
QUESTIONNAIRE_NOT_CHOSEN = Code(
    id="W108",
    name="questionnaire-not-chosen",
    severity=Severity.ERROR,
    message="there is more than one questionnaire, and none was chosen",
    hint="say which with -q: {questionnaires}",
    explanation="A blank workbook belongs to one questionnaire and edition. No workbook was written.",
)
PREVIOUS_OF_ANOTHER_EDITION = Code(
    id="W109",
    name="previous-of-another-edition",
    severity=Severity.ERROR,
    message="the results of {folder} are of {before}, and the workbook asks {questionnaire}",
    hint="give a round of the same edition, or leave --previous out",
    explanation=(
        "Within an edition an id names the same thing in every version, so an earlier answer can stand "
        "beside the empty cell. Between editions items, wording and scales differ, and an old answer "
        "would mislead whoever answers now. No workbook was written."
    ),
)
NO_PREVIOUS_ANSWERS = Code(
    id="W110",
    name="no-previous-answers",
    severity=Severity.NOTE,
    message="{entity} did not take part in {folder}",
    hint="nothing has to be done: its workbook has no column of earlier answers",
    explanation=(
        "Earlier answers are shown to those who gave some. Who takes part for the first time gets the "
        "workbook without that column. If the entity did take part, compare its code in the two rounds."
    ),
)
PREVIOUS_REFUSED = Code(
    id="W111",
    name="previous-answers-refused",
    severity=Severity.WARNING,
    message="the workbook of {entity} was refused in {folder}, and nothing of it is shown",
    hint="nothing has to be done: its workbook has no column of earlier answers",
    explanation=(
        "A refused workbook has answers that cannot be read for certain. They are not shown to whoever "
        "answers now, since they might not be what was meant."
    ),
)
