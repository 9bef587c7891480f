"""A: answers."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

ERROR_CELL = Code(
    id="A101",
    name="error-cell",
    severity=Severity.ERROR,
    message="the cell for {item} holds a spreadsheet error",
    hint="write the answer itself; an item that cannot exist for the entity is left blank",
    explanation=(
        "#REF!, #N/A and the like say that a calculation failed. None of them is an answer: #N/A does not "
        'mean "not applicable". The workbook is refused until the answer is written.'
    ),
)
FORMULA_WITHOUT_VALUE = Code(
    id="A102",
    name="formula-without-value",
    severity=Severity.ERROR,
    message="the cell for {item} holds a formula whose result is not in the file",
    hint="open the workbook in a spreadsheet, save it again and send that, or write the answer itself",
    explanation=(
        "A workbook keeps the last result beside each formula; this one was written by a program that did "
        "not. Formulas are never calculated here, so nobody knows what the answer is."
    ),
)
FORMULA_ANSWER = Code(
    id="A103",
    name="formula-answer",
    severity=Severity.WARNING,
    message="the answer to {item} comes from a formula; its last result counts",
    hint="write the answer itself",
    explanation=(
        "The result that the file keeps was taken. It can be out of date, and it changes with cells that "
        "nobody reviews."
    ),
)
DATE_ANSWER = Code(
    id="A104",
    name="date-answer",
    severity=Severity.ERROR,
    message="the cell for {item} holds a date",
    hint="format the cell as text or number and write the answer again",
    explanation=(
        "Spreadsheets turn what looks like a date into one: 3-4 becomes 3 April. What was typed cannot be "
        "told from it."
    ),
)
BOOLEAN_ANSWER = Code(
    id="A105",
    name="boolean-answer",
    severity=Severity.ERROR,
    message="the cell for {item} holds a logical value (true or false)",
    hint="choose the answer from the list, or write its code",
    explanation="True is not taken for 1, because nobody chose the option 1.",
)
PERCENTAGE_ANSWER = Code(
    id="A106",
    name="percentage-answer",
    severity=Severity.ERROR,
    message="the number for {item} is written as a percentage",
    hint="format the cell as a number and write 45.5 for 45.5 %",
    explanation=(
        "A cell shown as 45 % holds 0.45. Whether 45 or 0.45 is meant depends on the unit and on how the "
        "cell came to be formatted, so it is not guessed."
    ),
)
MERGED_OVER_ANSWERS = Code(
    id="A107",
    name="merged-over-answers",
    severity=Severity.ERROR,
    message="merged cells cover several answers: {items}",
    hint="undo the merge and write each answer in its own cell",
    explanation=(
        "A merge keeps only the value of its top left cell; the answers below it are gone or hidden. One "
        "value is not taken for several answers."
    ),
)
HIDDEN_ANSWERS = Code(
    id="A108",
    name="hidden-answers",
    severity=Severity.NOTE,
    message="answers in hidden rows, columns or sheets: {count}",
    hint="show them and check that they are meant",
    explanation="Hidden answers count like all others. A reviewer who looks at the sheet does not see them.",
)
REMARK_UNREADABLE = Code(
    id="A109",
    name="remark-unreadable",
    severity=Severity.WARNING,
    message="the text beside {item} is a spreadsheet error or a formula without a result",
    hint="write the text itself",
    explanation="Evidence, observation and source do not change a score; the text was passed over.",
)
ANSWER_NOT_WHOLE = Code(
    id="A201",
    name="answer-not-whole",
    severity=Severity.ERROR,
    message="the answer to {item} is not a whole number",
    hint="choose one of: {options}",
    explanation="Options are chosen, not measured: 3.9 is neither 3 nor 4, and it is never cut or rounded.",
)
ANSWER_CONTRADICTS_ITSELF = Code(
    id="A202",
    name="answer-contradicts-itself",
    severity=Severity.ERROR,
    message="the code and the words of the answer to {item} belong to different options",
    hint="choose one of: {options}",
    explanation="Someone changed the code or the words. Which of the two is meant cannot be told.",
)
ANSWER_OUT_OF_SCALE = Code(
    id="A203",
    name="answer-out-of-scale",
    severity=Severity.ERROR,
    message="the answer to {item} is not one of the options of its scale",
    hint="choose one of: {options}",
    explanation=(
        "Every closed answer is checked against the options of its scale, whatever was pasted over the "
        "drop-down. An answer that cannot be read for certain refuses the workbook: it is never treated as "
        "blank."
    ),
)
ANSWER_NEARLY = Code(
    id="A204",
    name="answer-nearly",
    severity=Severity.ERROR,
    message="the answer to {item} is not one of the options of its scale, only like one",
    hint='did you mean "{near}"? choose it from the list',
    explanation=(
        "Case, accents, spaces and quotation marks make no difference, and either language will do; other "
        "words do. A likely answer is offered, never taken."
    ),
)
NUMBER_AMBIGUOUS = Code(
    id="A205",
    name="number-ambiguous",
    severity=Severity.ERROR,
    message="the number for {item} can be read in two ways",
    hint="write it without thousands marks, in a cell that is formatted as a number",
    explanation=(
        "In a text, 1,234 is one and a bit or a thousand and more, depending on the country. A number "
        "typed into a number cell has no such doubt."
    ),
)
NUMBER_UNREADABLE = Code(
    id="A206",
    name="number-unreadable",
    severity=Severity.ERROR,
    message="the cell for {item} does not hold a number",
    hint="write the number alone, without unit or words; a figure that is not to be had has its own column",
    explanation="Units, signs and words beside a number are not interpreted.",
)
NUMBER_OUT_OF_RANGE = Code(
    id="A207",
    name="number-out-of-range",
    severity=Severity.ERROR,
    message="the number for {item} is not between {minimum} and {maximum}",
    hint="write a number between {minimum} and {maximum}",
    explanation="The scale of the item ends there, so a number outside it has no score.",
)
VALUE_IMPLAUSIBLE = Code(
    id="A208",
    name="value-implausible",
    severity=Severity.WARNING,
    message="the value of {item} is outside what is plausible for its unit ({unit})",
    hint="check the value and the unit",
    explanation=(
        "The definition says which values of a unit are plausible. The value was taken as it is; a share "
        "above 100 or a negative count is most often a slip or another unit."
    ),
)
VALUE_OLD = Code(
    id="A209",
    name="value-old",
    severity=Severity.WARNING,
    message="the value of {item} is from {year}, more than {age} years before {reference}",
    hint="give a more recent value if there is one",
    explanation="Old values describe another time. The value was taken as it is.",
)
YEAR_UNREADABLE = Code(
    id="A210",
    name="year-unreadable",
    severity=Severity.ERROR,
    message="the year of {item} is not a year from 1900 to 2099, in four digits",
    hint="write the year alone, such as 2019",
    explanation="A date, a span of years or two digits leave open which year is meant.",
)
VALUE_BEFORE_ALONE = Code(
    id="A211",
    name="value-before-alone",
    severity=Severity.WARNING,
    message="{item} has the value of the base year but not that of the later one",
    hint="give both values",
    explanation=(
        "Growth follows from two values; from one alone nothing follows, and the value counts as missing."
    ),
)
BASE_VALUE_ZERO = Code(
    id="A212",
    name="base-value-zero",
    severity=Severity.WARNING,
    message="the base value of {item} is zero, so no growth follows from it: it counts as no data",
    hint="give the growth itself, or choose the reason for no data",
    explanation=(
        "Growth is the change divided by the base value, and nothing can be divided by zero. The indicator "
        "is left out like one without data, for the last reason of the list (another reason)."
    ),
)
REASON_UNKNOWN = Code(
    id="A213",
    name="reason-unknown",
    severity=Severity.ERROR,
    message="the reason for which {item} has no data is not one of the list",
    hint="choose one of the reasons: {options}",
    explanation=(
        "No data is chosen with a reason of the list, because it leaves the indicator out of the mean. Any "
        "other text leaves open whether there is a figure."
    ),
)
REASON_MISSING = Code(
    id="A214",
    name="reason-missing",
    severity=Severity.ERROR,
    message="{item} is said to have no data or not to apply, without the reason",
    hint="choose one of the reasons: {options}",
    explanation=(
        "Saying that a figure is not to be had needs the reason, because it leaves the indicator out of "
        "the mean."
    ),
)
NO_DATA_BESIDE_VALUE = Code(
    id="A215",
    name="no-data-beside-value",
    severity=Severity.WARNING,
    message="{item} has a reason for no data and a value or mark beside it",
    hint="delete one of the two",
    explanation="No data wins over every value and mark beside it: the indicator is left out.",
)
NOT_APPLICABLE_ANSWERED = Code(
    id="A216",
    name="not-applicable-answered",
    severity=Severity.WARNING,
    message="{item} cannot exist for this type of entity; its answer was set aside",
    hint="delete the answer, or check the entity's code and type",
    explanation=(
        "The definition says for which types of entity an item can exist. For the others it is left out of "
        "everything, whatever was written."
    ),
)
NOT_APPLICABLE_FORBIDDEN = Code(
    id="A217",
    name="not-applicable-forbidden",
    severity=Severity.ERROR,
    message="{item} is said not to be applicable, which this questionnaire does not allow",
    hint="choose one of: {options}",
    explanation="The definition asks every item of every entity.",
)
CONFIRMATION_UNREADABLE = Code(
    id="A218",
    name="confirmation-unreadable",
    severity=Severity.ERROR,
    message="the cover's confirmation for {measurement} is neither yes nor no",
    hint="choose yes, or leave the cell blank",
    explanation=(
        "A confirmed sheet turns everything left blank into an answer, so the confirmation must be certain."
    ),
)
VALUE_BEFORE_UNUSED = Code(
    id="A219",
    name="value-before-unused",
    severity=Severity.WARNING,
    message="{item} is no growth between two years; its value of the base year was passed over",
    hint="delete it, or check the row",
    explanation="Only indicators of growth or reduction may be given as the values of two years.",
)
BLANKS_UNCONFIRMED = Code(
    id="A301",
    name="blanks-unconfirmed",
    severity=Severity.NOTE,
    message=(
        "items of {measurement} left blank: {count} of {asked}; the cover does not confirm what blank means"
    ),
    hint="answer them, or confirm on the cover that what is not marked does not comply",
    explanation=(
        "Blank items count as the definition says, and they lower the coverage. With the confirmation on "
        "the cover they are answers."
    ),
)
BLANKS_CONFIRMED = Code(
    id="A302",
    name="blanks-confirmed",
    severity=Severity.NOTE,
    message=(
        "blank items of {measurement} that count as answered by the cover's confirmation: {count} of {asked}"
    ),
    hint="nothing needs to be done if that is meant",
    explanation=(
        'Offices mark only what they have; the cover\'s confirmation says that the rest is "does not comply".'
    ),
)
NOTHING_ANSWERED = Code(
    id="A303",
    name="nothing-answered",
    severity=Severity.WARNING,
    message="no item of the workbook is answered",
    hint="check whether the blank template was returned by mistake",
    explanation="The template came back as it went out. The entity is listed without an index.",
)
ALL_ANSWERS_EQUAL = Code(
    id="A304",
    name="all-answers-equal",
    severity=Severity.WARNING,
    message="all {count} answers of {measurement} are the same",
    hint="ask the entity whether each item was looked at",
    explanation="A column filled down in one movement is rarely a diagnosis. The answers count as they are.",
)
SAME_AS_ANOTHER = Code(
    id="A305",
    name="same-as-another-entity",
    severity=Severity.WARNING,
    message="all answers of {measurement} are those of {other}",
    hint="ask both entities whose answers they are",
    explanation=(
        "Two entities with the same answers to every item of a measurement have most likely shared a file."
    ),
)
COPIES_UNITED = Code(
    id="A306",
    name="copies-united",
    severity=Severity.NOTE,
    message="the answers of {entity} come from {count} workbooks: {files}",
    hint="nothing needs to be done if the parts were filled by different people",
    explanation="Several workbooks of one entity answer different items; together they are its answers.",
)
ANSWERS_CONTRADICT = Code(
    id="A307",
    name="answers-contradict",
    severity=Severity.ERROR,
    message="{item} has another answer in {other}",
    hint=(
        "correct one of the copies, or say which file wins with --keep FILE (--keep none leaves the answer "
        "blank)"
    ),
    explanation=(
        "Two copies of one entity's workbook answer the same item differently. Neither the newer file nor "
        "the first one is taken for the right one."
    ),
)
CONTESTED_SETTLED = Code(
    id="A308",
    name="contested-settled",
    severity=Severity.WARNING,
    message="{item} has another answer in {other}, which was passed over",
    hint="correct the copy",
    explanation="Two copies answer the same item differently, and the file given with --keep wins.",
)
CONTESTED_BLANKED = Code(
    id="A309",
    name="contested-blanked",
    severity=Severity.WARNING,
    message="{item} has another answer in {other}; it was left blank",
    hint="ask the entity which answer holds",
    explanation="Two copies answer the same item differently, and --keep none leaves such answers blank.",
)
IDENTICAL_COPY = Code(
    id="A310",
    name="identical-copy",
    severity=Severity.NOTE,
    message="the file is the same as {other} and counts once",
    hint="",
    explanation="The same file was given twice, byte for byte.",
)

REASON_WITHOUT_NOT_APPLICABLE = Code(
    id="A250",
    name="reason-without-not-applicable",
    severity=Severity.ERROR,
    message="{item} has a reason for which it does not apply, and its answer does not say so",
    hint="choose the answer that it does not apply, or empty the reason",
    explanation=(
        "A reason alone says that the item does not apply, a blank that it was not answered, and another "
        "answer that it was. They score differently, so it is not guessed."
    ),
)
