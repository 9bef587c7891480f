"""P4xx: survey exports, and what is said of a survey on the way."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

NO_STATEMENTS = Code(
    id="P401",
    name="survey-without-statements",
    severity=Severity.ERROR,
    message="no column of the file is a statement of {questionnaire}",
    hint="name the columns by the ids of the statements, or by their exact texts",
    explanation=(
        "Columns are found by the id of the statement, alone or at the end of a path such as group/P-PER-01, "
        "else by its exact text in either language. Tables of counts need a column item with the ids."
    ),
)
COLUMN_TWICE = Code(
    id="P402",
    name="survey-column-twice",
    severity=Severity.ERROR,
    message="the columns {column} and {other} hold the same thing: {what}",
    hint="take one of the two columns out",
    explanation="Nobody can tell which of the two counts, so the file is not read.",
)
COLUMN_UNKNOWN = Code(
    id="P403",
    name="survey-column-unknown",
    severity=Severity.WARNING,
    message="the column {column} is nothing that is known, and was not read{offer}",
    hint="nothing needs to be done if it holds no answers; else give it the id of its statement",
    explanation=(
        "Every column that was not read is named, so that no statement goes missing unseen. A text that is "
        "only similar is never taken for a statement."
    ),
)
STATEMENTS_MISSING = Code(
    id="P404",
    name="survey-statements-missing",
    severity=Severity.WARNING,
    message="statements of {measurement} without a column, {count} of {total}: {items}",
    hint="export them too, if they were asked",
    explanation="What has no column counts as left blank by every respondent.",
)
ANSWERS_UNREADABLE = Code(
    id="P405",
    name="survey-answers-unreadable",
    severity=Severity.WARNING,
    message="answers to {item} that are not one of its options, set aside as blank: {count}",
    hint="write the code of an option, or its exact label",
    explanation=(
        "In a survey, one answer that cannot be read sets that answer aside and nothing else. It counts as "
        "item non-response."
    ),
)
SEGMENTS_UNREADABLE = Code(
    id="P406",
    name="survey-segments-unreadable",
    severity=Severity.WARNING,
    message="respondents with a segment that is not one of the questionnaire's: {count}",
    hint="write the id or the label of a segment: {options}",
    explanation="They count among the respondents, under a segment of their own called `unknown`.",
)
ENTITY_UNSAID = Code(
    id="P407",
    name="survey-entity-unsaid",
    severity=Severity.ERROR,
    message="nothing says which entity the answers are about; rows left out: {count}",
    hint="add a column entity_code, begin the file's name with the code, or give the code with the file",
    explanation=(
        "The entity is taken from a column, else from what is given with the file, else from the begin of "
        "the file's name."
    ),
)
PERSONAL_COLUMNS = Code(
    id="P408",
    name="survey-personal-columns",
    severity=Severity.NOTE,
    message="columns with personal data, which reach no result: {columns}",
    hint="leave them out of the export, if the law on personal data asks for it",
    explanation=(
        "Mail addresses, documents and telephones are compared within the run, by a keyed hash whose key is "
        "thrown away, to find the same person twice. All others are not read."
    ),
)
SUBMISSIONS_REPEATED = Code(
    id="P409",
    name="survey-submissions-repeated",
    severity=Severity.WARNING,
    message="rows with the id of an earlier submission: {count}",
    hint="export each submission once; --exclude says whether repeated ones count",
    explanation="The same submission in two rows or in two files is one respondent.",
)
PEOPLE_REPEATED = Code(
    id="P410",
    name="survey-people-repeated",
    severity=Severity.WARNING,
    message="respondents with the mail address, document or telephone of an earlier one: {count}",
    hint="find out who answered twice; --exclude same-person leaves all but the first out",
    explanation="It is a suspicion and no proof: a family may share a telephone.",
)
STRAIGHT_LINES = Code(
    id="P411",
    name="survey-straight-lining",
    severity=Severity.WARNING,
    message="respondents who gave one and the same answer throughout: {count}",
    hint="look at them; --exclude straight-lining leaves them out",
    explanation="Equal answers to many different statements are rarely read answers.",
)
TOO_FAST = Code(
    id="P412",
    name="survey-too-fast",
    severity=Severity.WARNING,
    message="respondents who took less than {seconds} seconds for each answer: {count}",
    hint="look at them; --exclude too-fast leaves them out",
    explanation="Between start and end there was not the time to read the statements.",
)
RESPONDENTS_EXCLUDED = Code(
    id="P413",
    name="survey-respondents-excluded",
    severity=Severity.NOTE,
    message="respondents left out as --exclude says ({kinds}): {count}",
    hint="--exclude none leaves nobody out",
    explanation=(
        "Repeated submissions are left out unless something else is said. Who is left out counts nowhere."
    ),
)
FORM_DIFFERS = Code(
    id="P414",
    name="survey-form-differs",
    severity=Severity.WARNING,
    message="the form asked {found}, and the answers are counted as {expected}",
    hint="give the definition that the form was made from with -q",
    explanation="Statements may have been worded otherwise, or answered on another scale.",
)
COUNTS_ONLY = Code(
    id="P415",
    name="survey-counts-only",
    severity=Severity.NOTE,
    message="only counts are known of {entity}: no standard errors above the single statement",
    hint="give the answers of each respondent, if margins of dimensions are wanted",
    explanation=(
        "How sure the mean of several statements is depends on how the same people answered them together, "
        "which counts do not say."
    ),
)
COUNT_ROWS_UNUSABLE = Code(
    id="P416",
    name="survey-rows-unusable",
    severity=Severity.ERROR,
    message="the row names no statement or option of the questionnaire, or says again what another says",
    hint="write the id of the statement and the code of an option, blank or dont_know, once each",
    explanation="A count or an answer that belongs nowhere cannot be left out in silence.",
)
FILES_JOINED = Code(
    id="P417",
    name="survey-files-joined",
    severity=Severity.NOTE,
    message="the answers about {entity} come from several files and were put together: {files}",
    hint="nothing needs to be done if they are different respondents",
    explanation="The import adds up what it is given; scoring never does so on its own.",
)
NO_QUESTIONNAIRE = Code(
    id="P418",
    name="survey-needs-questionnaire",
    severity=Severity.ERROR,
    message="nothing says which questionnaire the survey asks",
    hint="say it with -q, such as -q mmmctic@2020-04",
    explanation=(
        "Workbooks carry the identity of their questionnaire, exports of survey programs mostly do not."
    ),
)
NOT_SURVEYED = Code(
    id="P419",
    name="survey-not-asked",
    severity=Severity.ERROR,
    message="{questionnaire} has no measurement that respondents answer",
    hint="choose another questionnaire",
    explanation="Only measurements that collect respondents have a survey.",
)
RESPONDENTS_FEW = Code(
    id="P420",
    name="survey-respondents-few",
    severity=Severity.WARNING,
    message="{entity} has {count} respondents, fewer than {threshold}: a share is sure to {margin} points",
    hint="go on asking, or publish the margin beside the result",
    explanation=(
        "With few respondents chance moves the result. The margin is that of a share of 50 % with a "
        "confidence of 95 %, in percentage points."
    ),
)
TARGET_MISSED = Code(
    id="P421",
    name="survey-target-missed",
    severity=Severity.WARNING,
    message="{segment} of {entity} has {count} respondents of the {target} wanted",
    hint="go on asking in this segment",
    explanation="The target was given with --target, for every segment or for this one.",
)
SEGMENT_UNBALANCED = Code(
    id="P422",
    name="survey-segment-unbalanced",
    severity=Severity.WARNING,
    message="{segment} is {share} % of the respondents of {entity}, and {expected} % of its people",
    hint="ask more in the other segments, or weight by population",
    explanation=(
        "The model asks for the same sampling fraction in every segment. Without populations the segments "
        "should be about equal."
    ),
)
SURVEY_OF_NOBODY = Code(
    id="P423",
    name="survey-of-nobody",
    severity=Severity.ERROR,
    message="the file holds no answer to any statement",
    hint="look whether the export was filtered",
    explanation="All rows are empty, or all were left out.",
)
SURVEY_FOLDER_CHANGED = Code(
    id="P424",
    name="survey-folder-changed",
    severity=Severity.ERROR,
    message="{name} is not as the import wrote it",
    hint="run the import again",
    explanation="A folder of an import carries the hashes of its files, and they differ.",
)
LONG_TOO_LARGE = Code(
    id="P425",
    name="survey-long-too-large",
    severity=Severity.ERROR,
    message="a table with a row per answer may hold {limit} respondents at most",
    hint="export a row per respondent",
    explanation=(
        "The answers of one respondent may stand anywhere in such a table, so it has to be held in memory."
    ),
)
SURVEY_UNREADABLE = Code(
    id="P426",
    name="survey-reading-failed",
    severity=Severity.ERROR,
    message="the file could not be read in time or within the memory allowed",
    hint="export it as CSV, or in parts",
    explanation="CSV files are read in a stream, whatever their size; workbooks are not.",
)
STATEMENT_UNKNOWN = Code(
    id="P427",
    name="survey-statement-unknown",
    severity=Severity.WARNING,
    message="rows name a statement that is nothing that is known, and were not read: {count}{offer}",
    hint="nothing needs to be done if it is another question; else write the id of its statement",
    explanation=(
        "A table with a row per answer may hold questions that are not of the questionnaire. Every one is "
        "named, so that no statement goes missing unseen. A text that is only similar is never taken for a "
        "statement."
    ),
)
ENTITIES_UNKNOWN = Code(
    id="P428",
    name="survey-entities-unknown",
    severity=Severity.ERROR,
    message="respondents left out because nobody knows the entity they name: {count} ({entities})",
    hint="write the codes of entities, or give the list that has these names with --entities",
    explanation=(
        "An entity is known by its code; where a list of entities is given, also by its name as the list has "
        "it, and by code and name together, as forms show them."
    ),
)
