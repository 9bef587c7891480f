"""A4xx: answers that can be read and still look strange; findings, not verdicts."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

SAME_AS_BEFORE = Code(
    id="A401",
    name="same-as-before",
    severity=Severity.WARNING,
    message="all {count} answers to {measurement} are those of the round before",
    hint="ask the entity whether it answered anew",
    explanation=(
        "Item by item, the entity has answered what it answered in the round that was given with --previous. "
        "That can be true; more often an old workbook was sent again. The answers count as they stand."
    ),
)
ROWS_REPEATED = Code(
    id="A402",
    name="rows-repeated",
    severity=Severity.WARNING,
    message="{count} of {people} respondents have the same answers as another one, statement by statement",
    hint="look whether rows were copied",
    explanation=(
        "Two people who give the same mixed answers to a long list of statements are rare; copied rows are "
        "not. Respondents who gave one and the same answer throughout are not counted here. All of "
        "them count "
        "in the scores."
    ),
)
ROWS_WITHOUT_VARIANCE = Code(
    id="A403",
    name="rows-without-variance",
    severity=Severity.WARNING,
    message="{count} of {people} respondents gave one and the same answer to every statement",
    hint="look how the survey was taken",
    explanation=(
        "Somebody who answers a long list with one number has often not read it. It is said where "
        "one in five "
        "respondents or more did so. All of them count in the scores."
    ),
)
ANSWERS_WITHOUT_VARIANCE = Code(
    id="A404",
    name="answers-without-variance",
    severity=Severity.WARNING,
    message="everybody gave the same answer to {count} of {asked} statements of {measurement}",
    hint="look whether each respondent answered alone",
    explanation=(
        "Ten people or more agree to the letter on at least half of the statements. People who "
        "answer each for "
        "themselves differ more than that. The answers count as they stand."
    ),
)
VALUE_LIKE_A_SHARE = Code(
    id="A405",
    name="value-like-a-share",
    severity=Severity.WARNING,
    message="the value of {item} looks like a share where {unit} is asked",
    hint="write 45 for 45 per cent, not 0.45; leave it if it is meant so",
    explanation=(
        "The value lies between 0 and 1 and the plausible values go up to 100, so 0.45 may have been written "
        "where 45 was meant. A small percentage is possible; the value counts as it stands."
    ),
)
PARTLY_AS_ANOTHER = Code(
    id="A406",
    name="partly-as-another-entity",
    severity=Severity.WARNING,
    message=(
        "{same} of {count} answers of {entity} to {measurement} are those of {other}, {run} of them in "
        "a row; "
        "{usual} equal ones would be usual"
    ),
    hint="ask both entities whose answers they are",
    explanation=(
        "What two entities of about the same standing have in common is estimated item by item from all "
        "entities of the run, of which there must be twenty or more. It is said where so many equal answers, "
        "or such a row of them, would be met with by chance by about one honest entity in a thousand. A "
        "third of the items copied in one piece is found; single "
        "items picked from all over a list of yes and no "
        "are not. The answers count as they stand."
    ),
)
TEXTS_OF_ANOTHER = Code(
    id="A407",
    name="texts-of-another-entity",
    severity=Severity.WARNING,
    message=(
        "{entity} wrote the same evidence or observations as {other} beside {count} items of {measurement}"
    ),
    hint="ask both entities whose answers they are",
    explanation=(
        "Five different texts of twenty-five characters or more are letter for letter those of the other "
        "entity, beside the same items, and few others have them. The answers count as they stand."
    ),
)
NEARLY_AS_BEFORE = Code(
    id="A408",
    name="nearly-as-before",
    severity=Severity.WARNING,
    message="{same} of {count} answers to {measurement} are those of the round before",
    hint="ask the entity whether it answered anew",
    explanation=(
        "Of forty answers or more at least 95 per cent are those of the round that was given with "
        "--previous, and, where ten entities or more came back, more than stayed as they were among them by "
        "three standard deviations. Little may have changed; more often an old workbook was touched up and "
        "sent again. The answers count as they stand."
    ),
)
ROWS_NEARLY_REPEATED = Code(
    id="A409",
    name="rows-nearly-repeated",
    severity=Severity.WARNING,
    message="{count} of {people} respondents have nearly the same answers as another one",
    hint="look whether rows were copied and changed here and there",
    explanation=(
        "Nine in ten of at least thirty mixed answers are those of another respondent. People who "
        "answer each "
        "for themselves agree on half or so. Respondents who gave nearly one answer throughout are not "
        "counted "
        "here. All of them count in the scores."
    ),
)
ROWS_IN_SEQUENCE = Code(
    id="A410",
    name="rows-in-sequence",
    severity=Severity.WARNING,
    message="{count} of {people} respondents repeat one short sequence of answers, such as 1, 2, 3, 1, 2, 3",
    hint="look whether a pattern was filled in instead of answers",
    explanation=(
        "At least nine in ten of thirty answers or more repeat, every two to seven statements, those "
        "before them. "
        "All of them count in the scores."
    ),
)
ONE_HAND = Code(
    id="A411",
    name="one-hand",
    severity=Severity.WARNING,
    message=(
        "respondents hardly differ: {share} % of the differences between the answers to the {count} "
        "statements of "
        "{measurement} are differences between statements"
    ),
    hint="look whether each respondent answered alone, or one person for all of them",
    explanation=(
        "Where people answer each for themselves, most of the variance lies between people, and between "
        "a tenth and "
        "a third of it between statements. From 60 per cent on rows were most likely written by one "
        "hand. The "
        "answers count as they stand."
    ),
)
ROW_WITHOUT_VARIANCE = Code(
    id="A412",
    name="row-without-variance",
    severity=Severity.NOTE,
    message="{count} of {people} respondents gave one and the same answer to all of forty statements or more",
    hint="nothing need be done for a few; look how the survey was taken if it goes on",
    explanation=(
        "Somebody who answers a long list with one number has often not read it; one in a hundred does "
        "in any "
        "survey. From one in five on it is a warning of its own (A403). All of them count in the scores."
    ),
)
