"""Q: questionnaire files.

Q0 YAML, Q1 keys and values, Q2 ids and references, Q3 rules and levels, Q4 texts, Q5 finding a definition.
"""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TOO_LARGE = Code(
    id="Q001",
    name="file-too-large",
    severity=Severity.ERROR,
    message="the file is larger than {limit} MB",
    hint="split it: each measurement may have a file of its own",
    explanation=(
        "A questionnaire is text that people review; even the largest known has a fraction of the limit. "
        "The file was not read further."
    ),
)
NOT_UTF8 = Code(
    id="Q002",
    name="not-utf8",
    severity=Severity.ERROR,
    message="the file is not written in UTF-8",
    hint="save it again with the encoding UTF-8",
    explanation=(
        "Accents and other characters can be read for certain only in one encoding. Editors on Windows offer "
        "UTF-8 in the dialogue that saves a file; files in UTF-16 or Latin-1 are refused, never guessed."
    ),
)
CONTROL_CHARACTER = Code(
    id="Q003",
    name="control-character",
    severity=Severity.ERROR,
    message="the file holds {character}, a character that cannot be seen and does not belong in a text",
    hint="delete the character",
    explanation="YAML allows no control characters besides line breaks and tabs. They come from copying or damage.",
)
YAML_SYNTAX = Code(
    id="Q004",
    name="yaml-syntax",
    severity=Severity.ERROR,
    message="from here on the file is not valid YAML",
    hint="look at this line and the one above: indentation, a quotation mark or bracket left open, a missing colon",
    explanation=(
        "The structure of the file breaks off at this place, so nothing behind it was read. The cause often stands "
        "in the line above: one space too many or too few, or a quotation mark that is never closed."
    ),
)
TAB = Code(
    id="Q005",
    name="tab-in-indentation",
    severity=Severity.ERROR,
    message="the line is indented with a tab",
    hint="use spaces",
    explanation="YAML shows structure by spaces; a tab has no width it could count.",
)
COLON_IN_TEXT = Code(
    id="Q006",
    name="colon-in-text",
    severity=Severity.ERROR,
    message="a colon followed by a space stands inside a text, or the indentation is wrong",
    hint="put the whole text between quotation marks, or align the line with its neighbours",
    explanation="A colon and a space begin a value in YAML, so a text that contains them needs quotation marks.",
)
ANCHOR = Code(
    id="Q007",
    name="anchor-or-alias",
    severity=Severity.ERROR,
    message="anchors (&) and aliases (*) are not used in a questionnaire",
    hint="write the value out, use the defaults of a kind, or put the text between quotation marks",
    explanation=(
        "With aliases a small file can unfold into a huge one, and a reviewer cannot see at a place what it says. "
        "Defaults of kinds, of the measurement and the table of nodes do the same job openly."
    ),
)
TAG = Code(
    id="Q008",
    name="yaml-tag",
    severity=Severity.ERROR,
    message="tags (!) are not used in a questionnaire",
    hint="delete the tag, or put the text between quotation marks",
    explanation="A tag asks the reader to build something else than text, lists and mappings. Nothing here needs it.",
)
DUPLICATE_KEY = Code(
    id="Q009",
    name="duplicate-key",
    severity=Severity.ERROR,
    message="the key {key} is given twice; it stands in line {line} already",
    hint="keep one of the two",
    explanation="Most readers keep the last of two equal keys in silence, so that a reviewed line has no effect.",
)
SECOND_DOCUMENT = Code(
    id="Q010",
    name="second-document",
    severity=Severity.ERROR,
    message="the file holds a second document",
    hint="delete the line of three hyphens and what follows",
    explanation="One file says one thing; what follows the mark of a second document was not read.",
)
TOO_DEEP = Code(
    id="Q011",
    name="too-deep",
    severity=Severity.ERROR,
    message="lists and mappings are nested more than {limit} deep",
    hint="check the brackets and the indentation",
    explanation="No questionnaire needs such depth; a file that has it is damaged or made to do harm.",
)
TOO_MANY_VALUES = Code(
    id="Q012",
    name="too-many-values",
    severity=Severity.ERROR,
    message="the file holds more than {limit} values",
    hint="split it: each measurement may have a file of its own",
    explanation="The limit keeps the time and memory of reading within bounds.",
)
KEY_NOT_TEXT = Code(
    id="Q013",
    name="key-not-text",
    severity=Severity.ERROR,
    message="a list or mapping stands where a key is expected",
    hint="check the brackets; curly ones hold keys with values, square ones hold lists",
    explanation="Keys are words. Curly brackets hold keys with values, square brackets hold lists.",
)
EMPTY_FILE = Code(
    id="Q014",
    name="empty-file",
    severity=Severity.ERROR,
    message="the file says nothing",
    hint="write the definition, or take the file out of the list of measurements",
    explanation="An empty file is more often a saving that failed than a decision.",
)

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
    explanation="Something else, such as a single word or a list, stands where keys with values are expected.",
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
        "Numbers are decimal, with at most 15 digits before and after the point. Percentages, fractions, exponents "
        "and decimal commas are not read, because a number that decides a ranking must leave no doubt."
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
        "Ids stand in files, column names and formulas for years, so they are limited to characters that no "
        "program changes on the way."
    ),
)
TOO_LONG = Code(
    id="Q113",
    name="text-too-long",
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
        "An id names one thing: items over the whole questionnaire, nodes within their measurement, and every "
        "entry within its table."
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

NOT_CANONICAL = Code(
    id="Q501",
    name="not-canonical",
    severity=Severity.ERROR,
    message="this is not the canonical JSON of a questionnaire",
    hint="take the file from the release or the result folder again; it is never edited by hand",
    explanation=(
        "Releases and results carry the definition in one exact form, from which its hash is computed. A file that "
        "is something else, or that was formatted or edited, is refused."
    ),
)
LOCK_DAMAGED = Code(
    id="Q502",
    name="lock-damaged",
    severity=Severity.ERROR,
    message="the list of released definitions cannot be read",
    hint="install the package again, or restore lock.json",
    explanation="lock.json names every release with its hashes. Without it no returned workbook can be trusted.",
)
RELEASE_CHANGED = Code(
    id="Q503",
    name="release-changed",
    severity=Severity.ERROR,
    message="the released definition {key} {version} is not what it was when it was released",
    hint="restore the file; a change needs a new version",
    explanation=(
        "A release is frozen: workbooks that were made from it are scored with exactly it. Its file no longer has "
        "the hash that the lock records."
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
