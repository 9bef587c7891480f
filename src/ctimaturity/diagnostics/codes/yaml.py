"""Q: YAML as such."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TOO_LARGE = Code(
    id="Q001",
    name="definition-too-large",
    severity=Severity.ERROR,
    message="the file is larger than {limit} MB",
    hint="split it: each measurement may have a file of its own",
    explanation=(
        "A questionnaire is text that people review; even the largest known has a fraction of the "
        "limit. The file was not read further."
    ),
)
NOT_UTF8 = Code(
    id="Q002",
    name="yaml-not-utf8",
    severity=Severity.ERROR,
    message="the file is not written in UTF-8",
    hint="save it again with the encoding UTF-8",
    explanation=(
        "Accents and other characters can be read for certain only in one encoding. Editors on Windows "
        "offer UTF-8 in the dialogue that saves a file; files in UTF-16 or Latin-1 are refused, never "
        "guessed."
    ),
)
CONTROL_CHARACTER = Code(
    id="Q003",
    name="control-character-in-yaml",
    severity=Severity.ERROR,
    message="the file holds {character}, a character that cannot be seen and does not belong in a text",
    hint="delete the character",
    explanation=(
        "YAML allows no control characters besides line breaks and tabs. They come from copying or damage."
    ),
)
YAML_SYNTAX = Code(
    id="Q004",
    name="yaml-syntax",
    severity=Severity.ERROR,
    message="from here on the file is not valid YAML",
    hint=(
        "look at this line and the one above: indentation, a quotation mark or bracket left open, a "
        "missing colon"
    ),
    explanation=(
        "The structure of the file breaks off at this place, so nothing behind it was read. The cause "
        "often stands in the line above: one space too many or too few, or a quotation mark that is "
        "never closed."
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
    explanation=(
        "A colon and a space begin a value in YAML, so a text that contains them needs quotation marks."
    ),
)
ANCHOR = Code(
    id="Q007",
    name="anchor-or-alias",
    severity=Severity.ERROR,
    message="anchors (&) and aliases (*) are not used in a questionnaire",
    hint="write the value out, use the defaults of a kind, or put the text between quotation marks",
    explanation=(
        "With aliases a small file can unfold into a huge one, and a reviewer cannot see at a place "
        "what it says. Defaults of kinds, of the measurement and the table of nodes do the same job "
        "openly."
    ),
)
TAG = Code(
    id="Q008",
    name="yaml-tag",
    severity=Severity.ERROR,
    message="tags (!) are not used in a questionnaire",
    hint="delete the tag, or put the text between quotation marks",
    explanation=(
        "A tag asks the reader to build something else than text, lists and mappings. Nothing here needs it."
    ),
)
DUPLICATE_KEY = Code(
    id="Q009",
    name="duplicate-key",
    severity=Severity.ERROR,
    message="the key {key} is given twice; it stands in line {line} already",
    hint="keep one of the two",
    explanation=(
        "Most readers keep the last of two equal keys in silence, so that a reviewed line has no effect."
    ),
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
    name="definition-empty",
    severity=Severity.ERROR,
    message="the file says nothing",
    hint="write the definition, or take the file out of the list of measurements",
    explanation="An empty file is more often a saving that failed than a decision.",
)
