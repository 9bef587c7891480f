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
