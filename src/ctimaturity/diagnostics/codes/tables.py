"""F5xx: tables of text (CSV)."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

ENCODING_GUESSED = Code(
    id="F501",
    name="encoding-guessed",
    severity=Severity.NOTE,
    message="the text is not UTF-8 and was read as Windows-1252",
    hint="save it as CSV UTF-8, and check the accents in the result",
    explanation=(
        "Older versions of Excel save text in the code page of the machine; in Latin America that is "
        "Windows-1252."
    ),
)
RAGGED_ROW = Code(
    id="F502",
    name="ragged-row",
    severity=Severity.ERROR,
    message="the row has {found} fields and the header {expected}",
    hint="put quotes around fields that contain the separator",
    explanation=(
        "A row of another length than the header has its values under the wrong names. It is left out."
    ),
)
NOT_TEXT = Code(
    id="F503",
    name="not-a-text-table",
    severity=Severity.ERROR,
    message="this is not a text table (CSV); it holds what no text has: {found}",
    hint="save the list as CSV UTF-8",
    explanation=(
        "The content is binary, or holds a character that no text has; line and character are named where "
        "the "
        "rest is text. Workbooks, too, must be saved as CSV here."
    ),
)
TABLE_TOO_LARGE = Code(
    id="F504",
    name="table-too-large",
    severity=Severity.ERROR,
    message="the table has more than {rows} rows or {columns} columns",
    hint="keep only the rows and columns that are needed",
    explanation="A bound on lists given as text.",
)
QUOTE_OPEN = Code(
    id="F505",
    name="quote-left-open",
    severity=Severity.ERROR,
    message="a quotation mark is opened and never closed, or stands in the middle of a field",
    hint="put two quotation marks where one is part of the text",
    explanation="What follows the mark would be swallowed as one field, so the table is not read.",
)
TABLE_EMPTY = Code(
    id="F506",
    name="table-empty",
    severity=Severity.ERROR,
    message="the table has no header",
    hint="write the names of the columns in the first row",
    explanation="An empty text, or one of blank lines only.",
)
DOUBLE_COLUMN = Code(
    id="F507",
    name="table-column-twice",
    severity=Severity.ERROR,
    message="the column {column} is given twice",
    hint="keep one of the two columns",
    explanation="With two columns of one name there is no telling which was meant.",
)
