"""R4xx: statistics that fill the results of many entities."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

STATISTICS_COLUMN_MISSING = Code(
    id="R401",
    name="statistics-column-missing",
    severity=Severity.ERROR,
    message="the table has no column for {meaning}",
    hint="name it as the page on statistics says, or say which it is with --column {meaning}=HEADER",
    explanation=(
        "A table of statistics has a row for each value, with the code of the entity, the id of the "
        "indicator, the year and the value."
    ),
)
STATISTICS_ITEM_UNKNOWN = Code(
    id="R402",
    name="statistics-item-unknown",
    severity=Severity.WARNING,
    message="{item} is no indicator of the questionnaire{offer}; rows passed over: {count}",
    hint="nothing needs to be done if it is another indicator; else correct the id",
    explanation=(
        "Tables of open data often hold more than is asked for. Every indicator that was passed over is "
        "named, so that none goes missing unseen."
    ),
)
STATISTICS_ENTITY_UNKNOWN = Code(
    id="R403",
    name="statistics-entity-unknown",
    severity=Severity.WARNING,
    message="{entity} is no entity that is known; rows passed over: {count}",
    hint="correct the code; totals of the country need no mend",
    explanation="Codes are those of the list of entities, else of the kind that the questionnaire says.",
)
STATISTICS_NUMBER_AMBIGUOUS = Code(
    id="R404",
    name="statistics-number-unreadable",
    severity=Severity.ERROR,
    message="the value of {item} can be read in two ways; the row was left out",
    hint="write it without marks for thousands, or say the decimal mark with --decimal point or comma",
    explanation=(
        "1.234 may be one and a bit or more than a thousand. What neither another number of the column, nor "
        "what is plausible for the unit settles is not guessed."
    ),
)
STATISTICS_YEAR_UNREADABLE = Code(
    id="R405",
    name="statistics-year-unreadable",
    severity=Severity.ERROR,
    message="the year of {item} is not a year of four digits; the row was left out",
    hint="write the year alone, such as 2023",
    explanation="A span of years, words or two digits leave open which year is meant.",
)
STATISTICS_TWICE = Code(
    id="R406",
    name="statistics-twice",
    severity=Severity.ERROR,
    message="{item} of {entity} has two values for {year}, here and in {other}; neither was taken",
    hint="keep the one that holds",
    explanation=("Two official values of one year cannot both be right, and nobody can tell which is meant."),
)
STATISTICS_OLDER = Code(
    id="R407",
    name="statistics-older",
    severity=Severity.NOTE,
    message="rows of other years passed over: {count}; of each indicator and entity the latest counts",
    hint="choose a year with --year if another is wanted",
    explanation="One value of each indicator is scored: the latest up to the year asked for.",
)
STATISTICS_UNIT_DIFFERS = Code(
    id="R408",
    name="statistics-unit-differs",
    severity=Severity.ERROR,
    message="{item} is given in {stated}, and the questionnaire asks for {unit}; the row was left out",
    hint="convert the value, or correct the unit",
    explanation="A value in another unit would be scored as a wrong one.",
)
STATISTICS_EMPTY = Code(
    id="R409",
    name="statistics-empty",
    severity=Severity.WARNING,
    message="the table has no value that can be used",
    hint="check the columns, the codes and the ids",
    explanation=(
        "Nothing in it is an indicator of the questionnaire, of an entity that is known, with a number."
    ),
)
STATISTICS_CONTRADICT = Code(
    id="R410",
    name="statistics-contradict",
    severity=Severity.ERROR,
    message="{item} is {own} in the workbook and {official} in {other}",
    hint="ask the entity, or say which file wins with --keep FILE (--keep none leaves it blank)",
    explanation=(
        "The entity and an official source give different values for the same year. Which is right cannot"
        " be told, so the entity has no score until it is settled."
    ),
)
STATISTICS_SETTLED = Code(
    id="R411",
    name="statistics-settled",
    severity=Severity.WARNING,
    message="{item} is {own} in the workbook and {official} in {other}; the value of {kept} was taken",
    hint="correct the other",
    explanation="Workbook and statistics contradict each other, and the file given with --keep wins.",
)
STATISTICS_BLANKED = Code(
    id="R412",
    name="statistics-blanked",
    severity=Severity.WARNING,
    message="{item} is {own} in the workbook and {official} in {other}; it counts as blank",
    hint="ask the entity which one holds",
    explanation=(
        "Workbook and statistics contradict each other, and --keep none leaves contested answers blank."
    ),
)
STATISTICS_OVER_NO_DATA = Code(
    id="R413",
    name="statistics-over-no-data",
    severity=Severity.WARNING,
    message=(
        "the workbook says that {item} has no data, and {other} has its value, {official}; it was taken"
    ),
    hint="tell the entity where the value is published",
    explanation=(
        "No data says that a figure is not to be had. An official source that has it says otherwise; the "
        "workbook's word counts only with --keep."
    ),
)
STATISTICS_OTHER_YEAR = Code(
    id="R414",
    name="statistics-other-year",
    severity=Severity.WARNING,
    message=(
        "{item} is of {year} in the workbook and of {official_year} in {other}; the workbook's value stays"
    ),
    hint="make sure that the workbook's value is the one that is wanted",
    explanation=(
        "Values of two years do not contradict each other, so the entity's own is scored as it was answered."
    ),
)
STATISTICS_NOT_APPLICABLE = Code(
    id="R415",
    name="statistics-not-applicable",
    severity=Severity.NOTE,
    message="values of indicators that cannot exist for the entity, passed over: {count}",
    hint="nothing needs to be done",
    explanation="The questionnaire says for which types of entity an indicator can exist.",
)
STATISTICS_ABSENT = Code(
    id="R416",
    name="statistics-absent",
    severity=Severity.NOTE,
    message="entities in the statistics that have sent nothing: {count}",
    hint="nothing needs to be done; they are scored when they have sent something",
    explanation=(
        "Where workbooks or surveys are scored, statistics fill in what these entities left open. They "
        "make no entity take part on their own."
    ),
)
STATISTICS_BLANK = Code(
    id="R417",
    name="statistics-blank",
    severity=Severity.NOTE,
    message="rows without a value passed over: {count}",
    hint="nothing needs to be done",
    explanation="Empty, ND, NA and the like say that the source has no value. It changes nothing.",
)
STATISTICS_CODES_COMPLETED = Code(
    id="R418",
    name="statistics-codes-completed",
    severity=Severity.NOTE,
    message="rows whose codes lacked zeros in front, which were put back: {count}",
    hint="keep codes as text",
    explanation=(
        "Spreadsheets turn 05001 into 5001. One or two digits are a department, four or five a municipality."
    ),
)
STATISTICS_FILLED = Code(
    id="R419",
    name="statistics-filled",
    severity=Severity.NOTE,
    message="values taken from the statistics: {count}, of {entities} entities",
    hint="answers.csv and cti explain say for each value where it comes from",
    explanation=(
        "Statistics fill in values that the workbooks leave blank. Criterion and own marks stay those of "
        "the entity."
    ),
)
STATISTICS_NOT_LISTED = Code(
    id="R420",
    name="statistics-not-listed",
    severity=Severity.NOTE,
    message="rows of entities that are not in the list, passed over: {count}",
    hint="nothing needs to be done",
    explanation="With a list of entities only theirs are taken from a table of the whole country.",
)
STATISTICS_NUMBER_DRESSED = Code(
    id="R421",
    name="statistics-number-dressed",
    severity=Severity.WARNING,
    message=(
        "values that are written with more than their digits, and were read in the only way there is: {count}"
    ),
    hint="check the first of them in what comes out; plain digits with a decimal point need no check",
    explanation=(
        "Marks for thousands, a plus, zeros in front or a percent sign are read where one reading only is "
        "possible: by the decimal mark of the column, or by what is plausible for the unit."
    ),
)
STATISTICS_YEAR_IN_DATE = Code(
    id="R422",
    name="statistics-year-in-date",
    severity=Severity.WARNING,
    message=(
        "years that are written as dates or with more than four digits, of which the year was read: {count}"
    ),
    hint="write the year alone, such as 2023",
    explanation=(
        "A date has one year, so nothing is guessed; a span such as 2009-10 is not a date, and is refused."
    ),
)
STATISTICS_NO_NUMBER = Code(
    id="R423",
    name="statistics-no-number",
    severity=Severity.ERROR,
    message="the value of {item} is not a number; the row was left out",
    hint="write the number alone, without unit or words; leave the cell empty where there is no value",
    explanation=(
        "Units, signs and words beside a number are not interpreted. Empty cells, ND and NA are passed over."
    ),
)
STATISTICS_PERCENTAGE = Code(
    id="R424",
    name="statistics-percentage",
    severity=Severity.ERROR,
    message="the value of {item} is written as a percentage, and its unit is none; the row was left out",
    hint="convert it into the unit that is asked for, and write it without the percent sign",
    explanation=(
        "85 % is read as 85 where the unit of the indicator is a percentage. Elsewhere it is not guessed."
    ),
)
TABLE_NUMBER_DRESSED = Code(
    id="R425",
    name="table-number-dressed",
    severity=Severity.WARNING,
    message="a number of the table is written with more than its digits; {number} was read",
    hint="write it in plain digits with a decimal point",
    explanation=(
        "Marks for thousands, a plus or zeros in front leave one reading only here, so the number was taken."
    ),
)
