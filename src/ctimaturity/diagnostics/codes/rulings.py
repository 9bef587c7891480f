"""E: rulings of reviewers."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

RULINGS_COLUMN_MISSING = Code(
    id="E301",
    name="rulings-column-missing",
    severity=Severity.ERROR,
    message="the rulings file has no column {column}",
    hint=(
        "name the columns entity, item, ruling, reason, by, date; cti validate --rulings-template writes them"
    ),
    explanation=(
        "A rulings file has one line for each decision: which entity, which item, what is decided, why, by "
        "whom and when. Without the first three nothing can be applied, and the run stops."
    ),
)
RULINGS_EMPTY = Code(
    id="E302",
    name="rulings-empty",
    severity=Severity.WARNING,
    message="the rulings file decides nothing",
    hint="fill the column ruling, or leave the file out",
    explanation=(
        "No line has anything in the column ruling, so every answer counts as reported. The results still "
        "say that a rulings file was given."
    ),
)
RULING_WITHOUT_ENTITY = Code(
    id="E303",
    name="ruling-without-entity",
    severity=Severity.ERROR,
    message="no workbook of the entity {entity} was read",
    hint="correct the code, or give the workbook that the ruling is about",
    explanation=(
        "A ruling is about an answer that somebody gave. The entity of this one has sent nothing that could "
        "be read, so there is no answer to rule on."
    ),
)
RULING_WITHOUT_ITEM = Code(
    id="E304",
    name="ruling-without-item",
    severity=Severity.ERROR,
    message="the questionnaire asks {entity} no item {item}{offer}",
    hint="write the id as it stands in the workbook",
    explanation=(
        "The item is not in the definition, or it cannot exist for an entity of this type. The ruling was "
        "not applied."
    ),
)
RULING_ON_SURVEY = Code(
    id="E305",
    name="ruling-on-survey",
    severity=Severity.ERROR,
    message="{item} was answered by respondents and cannot be ruled on",
    hint="correct the survey itself and read it again",
    explanation=(
        "Rulings are decisions on the answers of the entity. What inhabitants said in a survey is counted, "
        "and no reviewer can answer for them."
    ),
)
RULING_UNREADABLE = Code(
    id="E306",
    name="ruling-unreadable",
    severity=Severity.ERROR,
    message="the ruling on {item} of {entity} is none of the answers there are",
    hint="write stands, blank, or the answer that counts: {options}",
    explanation=(
        "A ruling confirms the answer (stands), sets it aside (blank), or gives the answer that counts, as "
        "it would stand in the workbook. This one is none of these and was not applied."
    ),
)
RULING_OUTDATED = Code(
    id="E307",
    name="ruling-outdated",
    severity=Severity.ERROR,
    message=(
        "the ruling on {item} of {entity} is about the answer {stated}, which no longer stands; now it "
        "is {present}"
    ),
    hint="look at the present answer and decide again",
    explanation=(
        "The reviewer decided on an answer that the entity has since changed or withdrawn. A decision on one "
        "answer says nothing about another, so the ruling was not applied and the answer counts as reported."
    ),
)
RULING_TWICE = Code(
    id="E308",
    name="ruling-twice",
    severity=Severity.ERROR,
    message="{item} of {entity} is ruled on in line {first} already",
    hint="keep one ruling for each answer",
    explanation=(
        "Two rulings on one answer contradict each other or say the same; neither order nor date decides "
        "which one counts. None of them was applied."
    ),
)
RULING_UNACCOUNTED = Code(
    id="E309",
    name="ruling-unaccounted",
    severity=Severity.WARNING,
    message="the ruling on {item} of {entity} does not say: {missing}",
    hint="fill the columns reason, by and date",
    explanation=(
        "A score that a ruling has changed is defended with its reason, its author and its date. The ruling "
        "was applied, and the results list it with the gap."
    ),
)
RULING_PART_UNKNOWN = Code(
    id="E310",
    name="ruling-part-unknown",
    severity=Severity.ERROR,
    message="{item} has no part {part}",
    hint="leave the column part empty, or write one of: {parts}",
    explanation=(
        "Of an indicator the value, the value of the base year, the criterion mark and the own range mark "
        "can be ruled on one by one; any other item has its answer only. The ruling was not applied."
    ),
)
RULING_AMBIGUOUS = Code(
    id="E311",
    name="ruling-ambiguous",
    severity=Severity.ERROR,
    message="the number that the ruling gives for {item} of {entity} can be read in two ways",
    hint="write a whole number in digits alone, and another with a fourth decimal: 1234, or 1.2340",
    explanation=(
        "1.234 may be one and a bit or more than a thousand, and both can be on the scale of the item. The "
        "ruling "
        "was not applied."
    ),
)
RULING_DRESSED = Code(
    id="E312",
    name="ruling-dressed",
    severity=Severity.WARNING,
    message="the ruling on {item} of {entity} is written with more than the answer; {answer} was read",
    hint="write the answer as it would stand in the workbook, a number in digits alone",
    explanation="One reading only is possible, so the ruling was applied.",
)
