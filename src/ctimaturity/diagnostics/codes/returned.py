"""W2: the structure of returned workbooks."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

NOT_A_QUESTIONNAIRE = Code(
    id="W201",
    name="not-a-questionnaire",
    severity=Severity.ERROR,
    message="the workbook is not a returned questionnaire: nothing in it belongs to one",
    hint="send the workbook that was made with cti template",
    explanation="Neither the cover nor an id of an item was found in any sheet.",
)
OTHER_KIND = Code(
    id="W202",
    name="other-kind",
    severity=Severity.ERROR,
    message="the workbook is no questionnaire but a file of results ({kind})",
    hint="take it out of the folder; results are never input",
    explanation="Every workbook of ours says what it is, so that nothing is scored by mistake.",
)
DEFINITION_UNKNOWN = Code(
    id="W203",
    name="definition-unknown",
    severity=Severity.ERROR,
    message="the workbook follows {definition}, which is not known here",
    hint="give the definition with -q FOLDER",
    explanation=(
        "Answers are scored with the definition they were asked with. It is found by the hash in the "
        "workbook, else by its id, edition and version."
    ),
)
DEFINITION_UNCLEAR = Code(
    id="W204",
    name="definition-unclear",
    severity=Severity.ERROR,
    message="the workbook does not say which definition it follows",
    hint="say it with -q, such as -q mmmctic@2020-04",
    explanation=(
        "The hidden sheet, the cover and the properties of the document all lack it, and the ids of the "
        "items fit no known definition or several."
    ),
)
DEFINITION_BY_COVER = Code(
    id="W205",
    name="definition-by-cover",
    severity=Severity.NOTE,
    message="the workbook has lost its hidden sheet; its definition was found by what else it says",
    hint="",
    explanation=(
        "Some programs drop hidden sheets. The cover, the properties of the document and the ids of the "
        "items say the same."
    ),
)
DEFINITION_BY_VERSION = Code(
    id="W206",
    name="definition-by-version",
    severity=Severity.WARNING,
    message="the workbook was made from a {definition} that differs from the one known here",
    hint="check that nobody changed the definition without giving it a new version",
    explanation=(
        "No known definition has the hash in the workbook, but one has the same id, edition and version. "
        "The answers were read with that one."
    ),
)
OTHER_DEFINITION = Code(
    id="W207",
    name="other-definition",
    severity=Severity.ERROR,
    message="the workbook follows {definition}, not the {wanted} that was asked for",
    hint="move its answers with: cti questionnaire migrate {file} --to {to} -o NEW.xlsx",
    explanation=(
        "Entities are ranked together only when they were asked and scored in the same way (one scoring "
        "hash)."
    ),
)
SHEET_RENAMED = Code(
    id="W208",
    name="sheet-renamed",
    severity=Severity.NOTE,
    message="the sheet was called {name} in the template",
    hint="",
    explanation="Sheets are found by what stands in them.",
)
SHEET_MISSING = Code(
    id="W209",
    name="sheet-missing",
    severity=Severity.WARNING,
    message="the sheet of {measurement} is missing; all its items count as blank",
    hint="send the whole workbook, or the other part as a copy of its own",
    explanation="The workbook was made with this part, and no sheet holds any of its items.",
)
COLUMNS_BY_HEADER = Code(
    id="W210",
    name="columns-by-header",
    severity=Severity.NOTE,
    message="the row of column ids is gone; columns were found by their headers",
    hint="",
    explanation=(
        "The small grey row above the headers names the columns. Without it the visible headers do, in "
        "either language."
    ),
)
COLUMN_MISSING = Code(
    id="W211",
    name="column-missing",
    severity=Severity.ERROR,
    message="no column for {column} was found in the sheet",
    hint="copy the sheet's answers into a new template",
    explanation="The rows were found by their ids, but not the column that holds their answers.",
)
COLUMN_TWICE = Code(
    id="W212",
    name="column-twice",
    severity=Severity.ERROR,
    message="two columns of the sheet are marked as {column}",
    hint="delete the copy",
    explanation="A copied column leaves open which of the two holds the answers.",
)
ITEM_MISSING = Code(
    id="W213",
    name="item-missing",
    severity=Severity.WARNING,
    message="the row of {item} is missing; it counts as blank",
    hint="put the row back with its id, and answer it",
    explanation=(
        "The row or its id was deleted. The item counts as blank, and the cover's confirmation does not "
        "make it an answer."
    ),
)
ITEM_TWICE = Code(
    id="W214",
    name="item-twice",
    severity=Severity.ERROR,
    message="{item} stands in two rows that both hold answers, here and in {other}",
    hint="delete one of the rows",
    explanation="A copied row leaves open which of the two answers holds.",
)
ITEM_REPEATED = Code(
    id="W215",
    name="item-repeated",
    severity=Severity.WARNING,
    message="{item} stands in two rows, here and in {other}, only one of which says something",
    hint="delete the other row",
    explanation="The row that holds an answer was read; where both hold the same, it counts once.",
)
ITEM_UNKNOWN = Code(
    id="W216",
    name="item-unknown",
    severity=Severity.ERROR,
    message="a row with answers has the id {item}, which the definition does not have",
    hint="put the right id back{offer}",
    explanation="Someone has changed the id, so nobody knows which item was answered.",
)
ROW_WITHOUT_ITEM = Code(
    id="W217",
    name="row-without-item",
    severity=Severity.ERROR,
    message="a row holds an answer but no id of an item",
    hint="put the id back in the first column, or delete the row",
    explanation="Ids find rows. An answer without one would be lost in silence.",
)
SEGMENT_OF_SHEET_LOST = Code(
    id="W223",
    name="segment-of-sheet-lost",
    severity=Severity.ERROR,
    message="nothing says which segment the counts of the sheet are of",
    hint="give the sheet its name in the template back, or copy its counts into a new template",
    explanation=(
        "There is a sheet of counts for each segment. This one has lost its marker, and neither its name "
        "nor its title names a segment."
    ),
)
DEFINITIONS_DIFFER = Code(
    id="W218",
    name="definitions-differ",
    severity=Severity.ERROR,
    message="the workbooks follow different definitions: {count} of them {definition}",
    hint="say which to score with -q {definition}",
    explanation=(
        "Entities are ranked together only under one scoring hash. With -q the others are listed as refused."
    ),
)
OLDER_VERSION = Code(
    id="W219",
    name="older-version",
    severity=Severity.NOTE,
    message="the workbook follows version {version} of {definition}; there is a version {newest}",
    hint="nothing needs to be done; cti questionnaire migrate moves answers to another version",
    explanation="Answers are read with the version they were asked with.",
)
NO_WORKBOOK = Code(
    id="W220",
    name="no-workbook",
    severity=Severity.ERROR,
    message="no returned workbook was found",
    hint="give the folder with the workbooks, or their files",
    explanation="Nothing that was given is a workbook, so there is nothing to score.",
)
KEEP_UNKNOWN = Code(
    id="W221",
    name="keep-unknown",
    severity=Severity.ERROR,
    message="the file given with --keep is not one of the workbooks",
    hint="give the path of a workbook as it stands in the findings, or none",
    explanation="--keep names the copy whose answers win where copies contradict each other.",
)
READING_FAILED = Code(
    id="W222",
    name="reading-failed",
    severity=Severity.ERROR,
    message="reading the workbook took longer than is allowed",
    hint="save it again in a spreadsheet; if that does not help, copy its answers into a new template",
    explanation="One file that takes too long never stops the others.",
)
READING_BROKE = Code(
    id="W224",
    name="reading-broke",
    severity=Severity.ERROR,
    message="the tool itself failed on the workbook, at {where}",
    hint="report it, with the workbook if that may be shared",
    explanation="This is a fault of the tool, not of the workbook. The other workbooks are not affected.",
)
SHEET_REPEATED = Code(
    id="W225",
    name="sheet-repeated",
    severity=Severity.WARNING,
    message=(
        "the sheet has items that stand in {other} too; only one of the two says something, or both say "
        "the same"
    ),
    hint="delete the copy",
    explanation=(
        "A sheet was copied inside the workbook. Each item was read where it holds an answer, and counts "
        "once."
    ),
)
TOO_MANY_TABLES = Code(
    id="W226",
    name="too-many-tables",
    severity=Severity.ERROR,
    message="the sheet has more than {limit} tables of answers",
    hint="keep one table of each kind",
    explanation=(
        "The mark above a table stands there again and again; no template has more than one on a sheet."
    ),
)
SHEET_NAME_TWICE = Code(
    id="W227",
    name="sheet-name-twice",
    severity=Severity.ERROR,
    message="two sheets of the workbook have the same name",
    hint="open the workbook in a spreadsheet, rename one of them and save it again",
    explanation=(
        "No spreadsheet program writes such a file, and no finding could say which of the two it means."
    ),
)

MORE_FINDINGS = Code(
    id="W228",
    name="more-findings",
    severity=Severity.NOTE,
    message="{count} more findings of {id} {name} are not listed",
    hint="mend those that are listed and try again",
    explanation=(
        "Of each kind of finding the first thousand of a workbook are listed. More of one kind come "
        "from one cause, such as a column pasted in the wrong place, and a list of all of them would "
        "help nobody. What refuses the workbook refuses it all the same."
    ),
)

IDS_ELSEWHERE = Code(
    id="W229",
    name="ids-elsewhere",
    severity=Severity.ERROR,
    message="ids of items stand in column {column} too, beside the table whose column of ids is another",
    hint="move what was answered there to the rows of the table, and delete the second column of ids",
    explanation=(
        "Items are found by the column of ids of their table. A second one on the same sheet comes from a "
        "table that was pasted beside the first: what was answered there would not be read, and nobody "
        "would notice."
    ),
)

COLUMN_UNNAMED = Code(
    id="W230",
    name="column-unnamed",
    severity=Severity.ERROR,
    message="column {column} holds marks, and neither its id nor its header says whose or of what",
    hint=(
        "write the id of the column into the row of column ids (R1, R2, … in a list, the id of the "
        "statement in a grid), or empty the column"
    ),
    explanation=(
        "A respondent of a list, or a statement of a grid, is known by the id in the small grey row above "
        "the headers, else by the header. Where both are gone the marks below cannot be attributed for "
        "certain, and leaving them out in silence would change the score."
    ),
)

COVERS_CONTRADICT = Code(
    id="W231",
    name="covers-contradict",
    severity=Severity.ERROR,
    message="the workbook has two covers that say different things, here and in {other}",
    hint="keep one cover with the right code, name and confirmations, and delete the other sheet",
    explanation=(
        "The cover says whose the answers are and whether blanks are confirmed. A copy of it that says the "
        "same, or nothing, does no harm; of two that contradict each other none is taken."
    ),
)

HEADER_CONTRADICTS = Code(
    id="W232",
    name="header-contradicts",
    severity=Severity.ERROR,
    message="the id above the column is {column}, and its header is that of {other}",
    hint="move the answers below their own header, and put ids and headers back as in the template",
    explanation=(
        "The small grey row above the headers names the columns for the reader, and the headers name them "
        "for people. Where a column was moved without its id the two disagree, and nobody can tell for "
        "certain what its answers belong to."
    ),
)

SHEET_WITHOUT_IDS = Code(
    id="W233",
    name="sheet-without-ids",
    severity=Severity.ERROR,
    message="the sheet holds answers of {measurement}, and no id of an item",
    hint="put the column of ids back, or copy the answers into a new template",
    explanation=(
        "Ids find rows. Where all of them are gone nobody can tell for certain which item was answered, "
        "and leaving the sheet out in silence would change the score."
    ),
)

ANSWER_BESIDE = Code(
    id="W234",
    name="answer-beside",
    severity=Severity.ERROR,
    message="column {column} holds what reads as answers, and no id names the column",
    hint="move the answers to the column of the answers, or empty the column",
    explanation=(
        "Answers stand in the columns that the small grey row above the headers names. A column that was "
        "added or filled beside them is not read, so answers there would be lost in silence."
    ),
)
