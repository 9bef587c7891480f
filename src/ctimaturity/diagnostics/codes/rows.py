"""W2: rows, columns and sheets of returned workbooks that parted from each other, or went missing."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

_UNDO = (
    "undo the insertion, the deletion or the paste that moved only some of the columns; else copy the "
    "answers, question by question, into a new template"
)
_WHY = (
    "The code in the first column says which question a row answers, and the text beside it is what the "
    "person has read. Where some columns were moved without the others each answer would count for "
    "another question, and nobody can tell which of the two moved."
)

TEXTS_BELOW_IDS = Code(
    id="W235",
    name="texts-below-ids",
    severity=Severity.ERROR,
    message=(
        "in rows {first} to {last} the texts of column {column} stand lower than their codes (rows of "
        "difference: {count})"
    ),
    hint=_UNDO,
    explanation=_WHY,
)
TEXTS_ABOVE_IDS = Code(
    id="W236",
    name="texts-above-ids",
    severity=Severity.ERROR,
    message=(
        "in rows {first} to {last} the texts of column {column} stand higher than their codes (rows of "
        "difference: {count})"
    ),
    hint=_UNDO,
    explanation=_WHY,
)
TEXTS_OF_OTHERS = Code(
    id="W237",
    name="texts-of-others",
    severity=Severity.ERROR,
    message=(
        "texts of column {column} that are those of other questions: {count}, such as in row {row}: code "
        "{item} beside the text of {other}"
    ),
    hint=(
        "undo the sorting or the paste that moved only some of the columns; else copy the answers, question "
        "by question, into a new template"
    ),
    explanation=(
        "Rows may be sorted when all their columns go along. Where only some did, the code says one question "
        "and the text another: each answer would count for a question that the person did not read. In the "
        "key of a grid the texts say what the codes above the columns ask."
    ),
)
SEGMENT_SHEET_MISSING = Code(
    id="W238",
    name="segment-sheet-missing",
    severity=Severity.WARNING,
    message="the sheet {sheet} is missing; nobody of its segment is counted",
    hint="send the whole workbook, or that sheet in a copy of its own",
    explanation=(
        "The workbook was made with a sheet of counts for each segment, and no workbook of the entity has "
        "this one. Its respondents are missing from the means."
    ),
)
REMARK_COLUMN_MISSING = Code(
    id="W239",
    name="remark-column-missing",
    severity=Severity.WARNING,
    message="the column {column} is gone from the sheet; what stood there is not read",
    hint="put the column back with its header, if something was written in it",
    explanation=(
        "Evidence, sources, years and observations do not change a score, but whoever reviews the answers "
        "needs them."
    ),
)
ANSWERS_IN_OTHER_COLUMN = Code(
    id="W240",
    name="answers-in-other-column",
    severity=Severity.ERROR,
    message=(
        "column {column} holds what reads as answers, and column {wanted} is blank in those rows: {count}"
    ),
    hint="move them to the column {wanted}; if they are none, write there what the answer is",
    explanation=(
        "Answers count in their own column only. Codes, labels or values below the status, the evidence, the "
        "source or an observation, with the answer beside them blank, were typed or pasted one column off: "
        "the rows would count as blank, and nobody would notice."
    ),
)
OWN_ROW_BELOW = Code(
    id="W241",
    name="own-row-below",
    severity=Severity.WARNING,
    message="a row below the table has no code and is of no question; it was not read",
    hint="nothing needs to be done if it is a sum, a note, a signature or a question of your own",
    explanation=(
        "Below the last question people add totals, averages and remarks. What is labelled so, worked out by "
        "a formula or plainly no answer is passed over, and so is a question of their own, where every "
        "question of the sheet has its row. A row among the questions without its code, and below them an "
        "answer without a label or with one like a question's, are errors."
    ),
)
TEXT_REWORDED = Code(
    id="W242",
    name="text-reworded",
    severity=Severity.NOTE,
    message="texts of questions that are not as in the template: {count}, such as that of {item}",
    hint="",
    explanation=(
        "The code says which question a row answers, and its text is like that of no other question. The "
        "answers were read by their codes."
    ),
)

COVER_LABELS_MOVED = Code(
    id="W250",
    name="cover-labels-moved",
    severity=Severity.ERROR,
    message="the label of {item} no longer stands on its line of the cover",
    hint=(
        "put the labels of the cover back as in the template and check what stands beside each, or copy what "
        "you wrote into a new template"
    ),
    explanation=(
        "The hidden column of the cover says what each line is for, and people go by the label they see. "
        "Where lines were sorted or moved without that column the two disagree."
    ),
)
