"""P: perception surveys."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TWO_SURVEYS = Code(
    id="P101",
    name="two-surveys",
    severity=Severity.ERROR,
    message="{measurement} is answered here and also in {other}",
    hint="leave one of them blank, or say which file wins with --keep FILE (--keep none leaves both out)",
    explanation=(
        "There is one source of respondents per entity. Two filled sheets may hold the same people twice, "
        "so they are never added up."
    ),
)
SURVEY_SETTLED = Code(
    id="P102",
    name="survey-settled",
    severity=Severity.WARNING,
    message="{measurement} is answered here and also in {other}; the other was passed over",
    hint="take the other out",
    explanation="Two sources of respondents were given, and the file given with --keep wins.",
)
SURVEYS_LEFT_OUT = Code(
    id="P103",
    name="surveys-left-out",
    severity=Severity.WARNING,
    message="{measurement} is answered here and also in {other}; both were left out",
    hint="ask the entity which one holds",
    explanation="Two sources of respondents were given, and --keep none leaves both out.",
)
SEGMENT_MISSING = Code(
    id="P104",
    name="segment-missing",
    severity=Severity.WARNING,
    message="respondents without a segment: {count}",
    hint="choose the segment of each respondent",
    explanation="They count among the respondents, under a segment of their own called `unknown`.",
)
SEGMENT_UNREADABLE = Code(
    id="P105",
    name="segment-unreadable",
    severity=Severity.ERROR,
    message="the segment of a respondent is not one of the questionnaire's",
    hint="choose one of the segments: {options}",
    explanation=(
        "Segments decide whether a survey is balanced, and they carry the design weights, so they are not "
        "guessed."
    ),
)
ONLY_DONT_KNOW = Code(
    id="P106",
    name="only-dont-know",
    severity=Severity.WARNING,
    message="respondents who answered nothing but don't know, set aside: {count}",
    hint="nothing needs to be done if that is meant",
    explanation=(
        "A respondent counts from one answer on the scale. Nothing but don't know says nothing about the "
        "entity."
    ),
)
COUNT_UNREADABLE = Code(
    id="P107",
    name="count-unreadable",
    severity=Severity.ERROR,
    message="the count for {item} is not a whole number from 0 upwards",
    hint="write how many respondents gave this answer",
    explanation=(
        "Counts are of people: shares, percentages and weighted counts have decimals and cannot be taken."
    ),
)
COUNTS_FALL_SHORT = Code(
    id="P108",
    name="counts-fall-short",
    severity=Severity.WARNING,
    message="statements with fewer answers than the {respondents} respondents of the segment: {count}",
    hint="write the blank answers too",
    explanation=(
        "The respondents of a segment are the largest total of a row. What another row lacks was counted "
        "as blank."
    ),
)
TOTAL_DIFFERS = Code(
    id="P109",
    name="total-differs",
    severity=Severity.ERROR,
    message="the total for {item} is {total}, but its counts make {sum}",
    hint="correct the counts or the total",
    explanation="A total that was typed and does not agree with its counts means that one of them is wrong.",
)

ROW_OF_TOTALS = Code(
    id="P115",
    name="row-of-totals",
    severity=Severity.WARNING,
    message="a row of the grid is labelled as a sum or an average; it is no respondent and was left out",
    hint="nothing needs to be done",
    explanation="Each row of a grid is one person. What says that it is a total of them is not another one.",
)

ROW_OF_FORMULAS = Code(
    id="P116",
    name="row-of-formulas",
    severity=Severity.ERROR,
    message="a row of the grid holds formulas only and no segment: a person's answers or a total of others",
    hint="delete the row if it is a total; else type the answers and choose the segment",
    explanation=(
        "The other rows hold typed answers. A row that is worked out is mostly a sum or an average, which "
        "would count as one more person."
    ),
)

TOTAL_AMONG_COUNTS = Code(
    id="P117",
    name="total-among-counts",
    severity=Severity.ERROR,
    message="a formula stands in column {column} of the counts, and the total of its row is empty",
    hint="undo the deletion that moved the cells to the left, or copy the counts into a new template",
    explanation=(
        "Where cells are deleted and the rest of the row moves to the left, each count stands below another "
        "answer and the total counts as one of them. One finding says it for the sheet."
    ),
)
