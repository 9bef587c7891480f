"""W3: plans of action that come back."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

NOT_A_PLAN = Code(
    id="W301",
    name="not-a-plan",
    severity=Severity.ERROR,
    message="the workbook is no plan of action (kind: {kind})",
    hint="give the workbook that cti roadmap wrote below plans/",
    explanation=(
        "Every workbook of ours says what it is. Only a plan that cti roadmap has written can be read back: "
        "its actions are found by their ids."
    ),
)
PLAN_WITHOUT_ACTIONS = Code(
    id="W302",
    name="plan-without-actions",
    severity=Severity.ERROR,
    message="no sheet of the plan has the row of column ids",
    hint="keep the small grey row above the headers; copy the entries into a new plan",
    explanation=(
        "The columns of a plan are found by the small grey ids above their headers, wherever they were moved."
        " Without that row nobody can tell which column is which."
    ),
)
PLAN_DATE_UNREADABLE = Code(
    id="W303",
    name="plan-date-unreadable",
    severity=Severity.ERROR,
    message="{value} is no date",
    hint="write a date such as 2027-12-31 or 31/12/2027",
    explanation=(
        "Whether an action is late follows from its date. What is not certainly a date is not guessed; the "
        "action counts as one without a date meanwhile."
    ),
)
PLAN_STATE_UNKNOWN = Code(
    id="W304",
    name="plan-state-unknown",
    severity=Severity.ERROR,
    message="{value} is no state of an action",
    hint="choose one of the list: pending, under way, done, dropped",
    explanation=(
        "The state says whether an action is done. What is none of the list is not guessed; the action "
        "counts as pending meanwhile."
    ),
)
PLAN_ITEM_TWICE = Code(
    id="W305",
    name="plan-item-twice",
    severity=Severity.ERROR,
    message="{item} stands in two lines of the plan",
    hint="leave one of them",
    explanation="Two lines for one action may say different things, and nobody can tell which is meant.",
)
DONE_WITHOUT_EVIDENCE = Code(
    id="W306",
    name="done-without-evidence",
    severity=Severity.WARNING,
    message="{item} is done, and no evidence is named",
    hint="name a document or a link in the column of evidence",
    explanation=(
        "When the entity measures again, whoever reviews it asks for proof of what is met. It is easier to "
        "name it when the action is done than a year later."
    ),
)
NOTHING_READ = Code(
    id="W307",
    name="no-plan-read",
    severity=Severity.ERROR,
    message="no plan could be read",
    hint="give plans that cti roadmap wrote and entities filled in, or a folder of them",
    explanation="Of the files that were given none is a plan with actions, so there is nothing to follow.",
)
PLAN_ITEM_GONE = Code(
    id="W308",
    name="plan-item-gone",
    severity=Severity.WARNING,
    message="the action {item} was in the plan and is not in the workbook any more",
    hint="put the line back; what is given up stays with the state dropped",
    explanation=(
        "The plan went out with this action. Its line, or the id in its first column, was deleted, so it "
        "counts neither as done nor as left to do, and what was done looks like a larger part of the plan "
        "than it is."
    ),
)
PLANS_OF_ONE_ENTITY = Code(
    id="W309",
    name="plans-of-one-entity",
    severity=Severity.WARNING,
    message="{code} has {count} plans among the files: {files}",
    hint="leave the newest one",
    explanation=(
        "Two plans of one entity are shown one after the other, and their actions are not put together: "
        "which of two states of one action holds only the entity knows."
    ),
)
