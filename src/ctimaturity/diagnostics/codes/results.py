"""O2: the folder of results."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

FOLDER_OCCUPIED = Code(
    id="O201",
    name="output-folder-occupied",
    severity=Severity.ERROR,
    message="the folder holds files and no manifest of an earlier run: {names}",
    hint="choose another folder with -o, or write beside them with --force, which keeps them",
    explanation=(
        "A folder of results is written aside and then takes the place of the earlier one as a whole. So "
        "that no file of yours is lost on the way, the folder must be new, empty or carry the manifest of"
        " an earlier run. Nothing was written. With --force your own files stay where they are; only "
        "files with the names of results are replaced."
    ),
)

NO_RESULTS = Code(
    id="O202",
    name="not-a-result-folder",
    severity=Severity.ERROR,
    message="the folder holds no manifest.json, so it is not one of results",
    hint="name a folder that cti score has written, or the workbooks themselves",
    explanation=(
        "The manifest says which definition, options and files a result rests on. Without it nothing can "
        "be said about the other files of the folder."
    ),
)

MANIFEST_BROKEN = Code(
    id="O203",
    name="manifest-broken",
    severity=Severity.ERROR,
    message="the manifest is not JSON",
    hint="restore the file, or score the workbooks again into a new folder",
    explanation="manifest.json is written by the tool alone. It was cut off or edited.",
)

RESULT_MISSING = Code(
    id="O204",
    name="result-file-missing",
    severity=Severity.ERROR,
    message="{name} is missing from the folder of results",
    hint="restore the file, or score the workbooks again into a new folder",
    explanation=(
        "Scores, reports and comparisons are made again from the answers in the folder. They are made "
        "from all of its files or not at all."
    ),
)

RESULT_CHANGED = Code(
    id="O205",
    name="result-file-changed",
    severity=Severity.ERROR,
    message="{name} is not as the tool wrote it",
    hint="restore the file, or score the workbooks again; work on a copy of the CSV files",
    explanation=(
        "The SHA-256 of the file differs from that in the manifest. A spreadsheet program that opened and"
        " saved a CSV file is enough: it may drop the zeros of entity codes or turn numbers into dates. "
        "Nothing is scored from a changed file, so that nobody gets another score in silence."
    ),
)

TABLE_BROKEN = Code(
    id="O206",
    name="result-table-broken",
    severity=Severity.ERROR,
    message="{name} is not the table that it should be",
    hint="restore the file, or score the workbooks again into a new folder",
    explanation=(
        "The bytes are not UTF-8, a quotation mark is not closed, or a row has too few or too many cells;"
        " from that line on nothing of the file is certain."
    ),
)

VALUE_UNREADABLE = Code(
    id="O207",
    name="result-value-unreadable",
    severity=Severity.ERROR,
    message="the column {column} holds something that cannot stand there",
    hint="restore the file, or score the workbooks again into a new folder",
    explanation=(
        "A number that is none, an id that the definition does not have, an option that its scale does "
        "not know, or an entity that the index does not list."
    ),
)

MANIFEST_UNKNOWN = Code(
    id="O208",
    name="manifest-unknown",
    severity=Severity.ERROR,
    message="the manifest has something else at {field} than this version of the tool knows",
    hint="use the version of the tool that wrote the folder, or score the workbooks again",
    explanation=(
        "The manifest is JSON, but lacks a field, has one too many or another kind of value in it: it was"
        " edited, or another version of the tool wrote it."
    ),
)

COLUMN_MISSING = Code(
    id="O209",
    name="result-column-missing",
    severity=Severity.ERROR,
    message="{name} lacks the column {column}",
    hint="restore the file, or score the workbooks again into a new folder",
    explanation=(
        "Columns are found by their names in the header. Columns that are not known are passed over."
    ),
)

ROW_DOUBLE = Code(
    id="O210",
    name="result-row-double",
    severity=Severity.ERROR,
    message="the row says again what line {line} says",
    hint="restore the file, or score the workbooks again into a new folder",
    explanation=(
        "Each table has a key that no two rows share; with two rows it is not certain which one counts."
    ),
)

NOT_A_FOLDER = Code(
    id="O211",
    name="output-not-a-folder",
    severity=Severity.ERROR,
    message="results are a folder, and this is a file",
    hint="choose another name with -o",
    explanation="Results are a folder of several files; a file already has that name. Nothing was written.",
)

OUTPUT_IS_INPUT = Code(
    id="O212",
    name="output-is-input",
    severity=Severity.ERROR,
    message="the folder to write to is {path}, which is read, or lies in it",
    hint="choose another folder with -o",
    explanation=(
        "A folder of ours is replaced as a whole. What a command reads would be gone after it, and could not "
        "always be made again. Nothing was written."
    ),
)

OTHER_KIND = Code(
    id="O213",
    name="folder-of-another-kind",
    severity=Severity.ERROR,
    message="the folder holds no results of cti score but something else of ours ({kind})",
    hint="give the folder that cti score has written",
    explanation=(
        "Comparisons and reports are made from results and cannot be read back: they do not hold the "
        "answers. The folder of results holds everything that is needed."
    ),
)
