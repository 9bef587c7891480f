"""Q: what a definition says, its ids and references, and how it is found."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

UNKNOWN_KEY = Code(
    id="Q101",
    name="unknown-key",
    severity=Severity.ERROR,
    message="{key} is not a key that belongs here",
    hint="the keys here are: {allowed}",
    explanation="A key that is not known would have no effect, while its author believes that it does.",
)
MISSPELT_KEY = Code(
    id="Q102",
    name="misspelt-key",
    severity=Severity.ERROR,
    message="{key} is not a key that belongs here",
    hint="did you mean {closest}?",
    explanation="A key that is not known would have no effect, while its author believes that it does.",
)
MISSING_KEY = Code(
    id="Q103",
    name="missing-key",
    severity=Severity.ERROR,
    message="the key {key} is missing",
    hint="add {key}",
    explanation="What has no sensible default must be said. docs/format.md lists every key with its default.",
)
UNKNOWN_VALUE = Code(
    id="Q104",
    name="unknown-value",
    severity=Severity.ERROR,
    message="{key} has none of the values it may have",
    hint="choose one of: {allowed}",
    explanation="The key knows a closed set of values; each is explained in docs/format.md.",
)
MISSPELT_VALUE = Code(
    id="Q105",
    name="misspelt-value",
    severity=Severity.ERROR,
    message="{key} has none of the values it may have",
    hint="did you mean {closest}?",
    explanation="The key knows a closed set of values; each is explained in docs/format.md.",
)
NOT_A_MAPPING = Code(
    id="Q106",
    name="not-a-mapping",
    severity=Severity.ERROR,
    message="{key} needs keys with values",
    hint="write one key with its value per line below it, indented",
    explanation=(
        "Something else, such as a single word or a list, stands where keys with values are expected."
    ),
)
NOT_A_LIST = Code(
    id="Q107",
    name="not-a-list",
    severity=Severity.ERROR,
    message="{key} needs a list",
    hint="begin each entry with a hyphen, or put the entries between square brackets",
    explanation="Something else, such as a single word, stands where a list is expected.",
)
NOT_A_TEXT = Code(
    id="Q108",
    name="not-a-text",
    severity=Severity.ERROR,
    message="{key} needs a single value that is not empty",
    hint="write the value on the same line",
    explanation="A list, a mapping or nothing at all stands where a single value is expected.",
)
NOT_A_NUMBER = Code(
    id="Q109",
    name="not-a-number",
    severity=Severity.ERROR,
    message="{key} is not a number",
    hint="write digits, with a point before decimals, such as 0.65",
    explanation=(
        "Numbers are decimal, with at most 15 digits before and after the point. Percentages, "
        "fractions, exponents and decimal commas are not read, because a number that decides a ranking "
        "must leave no doubt."
    ),
)
NOT_WHOLE = Code(
    id="Q110",
    name="not-a-whole-number",
    severity=Severity.ERROR,
    message="{key} is not a whole number",
    hint="write digits only, such as 6",
    explanation="Levels, parts and years are counted in whole numbers.",
)
NOT_TRUE_OR_FALSE = Code(
    id="Q111",
    name="not-true-or-false",
    severity=Severity.ERROR,
    message="{key} is neither true nor false",
    hint="write true or false",
    explanation="Words such as yes, on or sí mean different things to different readers of YAML.",
)
MALFORMED = Code(
    id="Q112",
    name="malformed-id",
    severity=Severity.ERROR,
    message="{key} is not written as an id, edition or version must be",
    hint="ids: letters, digits, - and _, beginning with a letter; editions: 2020-04; versions: 1.0.0",
    explanation=(
        "Ids stand in files, column names and formulas for years, so they are limited to characters "
        "that no program changes on the way."
    ),
)
TOO_LONG = Code(
    id="Q113",
    name="definition-text-too-long",
    severity=Severity.ERROR,
    message="{key} is a text longer than {limit} characters",
    hint="shorten the text",
    explanation="A spreadsheet cell, a screen and a respondent's patience all have an end.",
)
INVALID_VALUE = Code(
    id="Q114",
    name="invalid-value",
    severity=Severity.ERROR,
    message="{key} has a value that does not belong here",
    hint="see docs/format.md for what the key expects",
    explanation="The value has another form than the key expects.",
)
DUPLICATE_ID = Code(
    id="Q201",
    name="duplicate-id",
    severity=Severity.ERROR,
    message="the id {id} is used twice; it stands in {first} already",
    hint="give one of the two an id of its own",
    explanation=(
        "An id names one thing: items over the whole questionnaire, nodes within their measurement, and"
        " every entry within its table."
    ),
)
UNKNOWN_REFERENCE = Code(
    id="Q202",
    name="unknown-reference",
    severity=Severity.ERROR,
    message="{key} names {id}, which is not defined",
    hint="there are: {allowed}",
    explanation="What is named must be defined in the questionnaire.",
)
MISSPELT_REFERENCE = Code(
    id="Q203",
    name="misspelt-reference",
    severity=Severity.ERROR,
    message="{key} names {id}, which is not defined",
    hint="did you mean {closest}?",
    explanation="What is named must be defined in the questionnaire.",
)
FILE_MISSING = Code(
    id="Q204",
    name="definition-file-missing",
    severity=Severity.ERROR,
    message="the file {name} is not there",
    hint="check the name and the folder; names of measurement files are relative to questionnaire.yaml",
    explanation="A definition is a folder with questionnaire.yaml and the files it names, or a single file.",
)
FILE_OUTSIDE = Code(
    id="Q205",
    name="definition-file-outside",
    severity=Severity.ERROR,
    message="{name} is not the name of a file in the folder of the definition",
    hint="put the file beside questionnaire.yaml and write its name alone",
    explanation="A definition is a folder that can be copied as a whole, so it names nothing outside itself.",
)
RESERVED_ID = Code(
    id="Q206",
    name="reserved-id",
    severity=Severity.ERROR,
    message="the id {id} means something else in the files of results",
    hint="choose another id",
    explanation=(
        "In the tables of results index, profile and all stand for the overall index, the profile of "
        "dimensions and all segments together, blank and dont_know for two of the five states of an "
        "answer."
    ),
)
NOT_CANONICAL = Code(
    id="Q501",
    name="not-canonical",
    severity=Severity.ERROR,
    message="this is not the canonical JSON of a questionnaire",
    hint="take the file from the release or the result folder again; it is never edited by hand",
    explanation=(
        "Releases and results carry the definition in one exact form, from which its hash is computed. "
        "A file that is something else, or that was formatted or edited, is refused."
    ),
)
LOCK_DAMAGED = Code(
    id="Q502",
    name="lock-damaged",
    severity=Severity.ERROR,
    message="the list of released definitions cannot be read",
    hint="install the package again, or restore lock.json",
    explanation=(
        "lock.json names every release with its hashes. Without it no returned workbook can be trusted."
    ),
)
RELEASE_CHANGED = Code(
    id="Q503",
    name="release-changed",
    severity=Severity.ERROR,
    message="the released definition {key} {version} is not what it was when it was released",
    hint="restore the file; a change needs a new version",
    explanation=(
        "A release is frozen: workbooks that were made from it are scored with exactly it. Its file no "
        "longer has the hash that the lock records."
    ),
)
UNKNOWN_DEFINITION = Code(
    id="Q504",
    name="unknown-definition",
    severity=Severity.ERROR,
    message="there is no definition {reference}",
    hint="name one of {allowed}, or the path of a folder or file",
    explanation="A definition is named by id and edition, such as mmmctic@2020-04, or by its path.",
)
MISSPELT_DEFINITION = Code(
    id="Q505",
    name="misspelt-definition",
    severity=Severity.ERROR,
    message="there is no definition {reference}",
    hint="did you mean {closest}?",
    explanation="A definition is named by id and edition, such as mmmctic@2020-04, or by its path.",
)
