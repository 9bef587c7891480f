"""F3xx and F4xx: inside a workbook, which is a package of parts."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TOO_MANY_MEMBERS = Code(
    id="F301",
    name="archive-too-many-members",
    severity=Severity.ERROR,
    message="the archive has more than {limit} members",
    hint="unpack an archive of workbooks and give the folder; copy a workbook's answers into a blank one",
    explanation=(
        "A questionnaire has a few dozen parts. Thousands are an attack or a workbook grown out of all "
        "proportion."
    ),
)
UNSAFE_NAME = Code(
    id="F302",
    name="archive-unsafe-name",
    severity=Severity.ERROR,
    message="a member of the archive has a name that leads out of it or cannot be shown: {part}",
    hint="unpack an archive of workbooks and give the folder; copy a workbook's answers into a blank one",
    explanation=(
        "Names that are absolute, go up (`..`), use backslashes or control characters are written by no "
        "office suite."
    ),
)
DOUBLE_NAME = Code(
    id="F303",
    name="archive-double-name",
    severity=Severity.ERROR,
    message="two members of the archive have the same name: {part}",
    hint="unpack an archive of workbooks and give the folder; copy a workbook's answers into a blank one",
    explanation=(
        "Each program would read another one of the two. The file is refused, since there is no telling "
        "which answers were meant."
    ),
)
METHOD = Code(
    id="F304",
    name="archive-unknown-method",
    severity=Severity.ERROR,
    message="{part} is packed by a method that workbooks do not use",
    hint="open it in a spreadsheet program and save it as .xlsx",
    explanation="Parts of a workbook are stored or deflated, never anything else.",
)
MEMBER_ENCRYPTED = Code(
    id="F305",
    name="archive-encrypted",
    severity=Severity.ERROR,
    message="the archive is encrypted",
    hint="unpack it and return the workbook without a password",
    explanation=(
        "The members of the archive are encrypted with a password of the zip format, as archivers do, not"
        " as Excel does."
    ),
)
OVERLAP = Code(
    id="F306",
    name="archive-overlap",
    severity=Severity.ERROR,
    message="members of the archive lie over one another: {part}",
    hint="unpack an archive of workbooks and give the folder; copy a workbook's answers into a blank one",
    explanation="Overlapping members are how a small file unpacks into an enormous one.",
)
INFLATES_TOO_MUCH = Code(
    id="F307",
    name="archive-inflates-too-much",
    severity=Severity.ERROR,
    message="unpacked, {part} would have {size} bytes, more than is read",
    hint="unpack an archive of workbooks and give the folder; copy a workbook's answers into a blank one",
    explanation=(
        "The archive's own list says that it unpacks into far more than a questionnaire needs, or in a "
        "proportion that text does not reach. Nothing was unpacked."
    ),
)
SIZE_DIFFERS = Code(
    id="F308",
    name="archive-size-differs",
    severity=Severity.ERROR,
    message="{part} unpacks to another size than the archive says",
    hint="ask for it again, or copy the answers into the blank workbook that was sent out",
    explanation=(
        "The archive's list of contents lies about the size of a part: it is damaged or was made to deceive."
    ),
)
XML_ENTITIES = Code(
    id="F309",
    name="xml-entities",
    severity=Severity.ERROR,
    message="{part} declares a document type or entities",
    hint="copy the answers into the blank workbook that was sent out",
    explanation=(
        "Workbooks have no document types. Entities are how a small file grows without end, or reads "
        "files of the machine that opens it. They are never expanded."
    ),
)
XML_MALFORMED = Code(
    id="F310",
    name="xml-malformed",
    severity=Severity.ERROR,
    message="{part} is no well-formed XML (line {line}, column {column})",
    hint="open it in Excel, accept the repair, check the answers and save it",
    explanation=(
        "The part cannot be read beyond that place. Answers before it are not scored, since those after "
        "it are unknown."
    ),
)
PART_MISSING = Code(
    id="F311",
    name="part-missing",
    severity=Severity.ERROR,
    message="the workbook names a part that it does not have: {part}",
    hint="open it in Excel, accept the repair, check the answers and save it",
    explanation=(
        "A relation leads to nothing. Other programs show such a workbook as empty; here it is refused, "
        "so that no answer is lost in silence."
    ),
)
PART_STRANGE = Code(
    id="F312",
    name="part-strange",
    severity=Severity.ERROR,
    message="{part} is not what its place in the workbook says",
    hint="open it in a spreadsheet program and save it as .xlsx",
    explanation=(
        "The part's outermost element is not that of a workbook, sheet, table of texts or table of styles."
    ),
)
CELL_FAR_OUT = Code(
    id="F313",
    name="cell-far-out",
    severity=Severity.ERROR,
    message="a value stands outside the first {rows} rows and {columns} columns",
    hint="delete what stands far below or to the right of the questionnaire and save it",
    explanation=(
        "A value far away from the questionnaire makes some programs fill millions of empty cells. Empty "
        "formatted cells out there do no harm."
    ),
)
TOO_MANY_CELLS = Code(
    id="F314",
    name="too-many-cells",
    severity=Severity.ERROR,
    message="the workbook has more than {limit} cells with values",
    hint="keep only the sheets of the questionnaire",
    explanation="Far more values than a questionnaire with thousands of respondents has.",
)
TEXT_TOO_LONG = Code(
    id="F315",
    name="text-too-long",
    severity=Severity.ERROR,
    message="a text has more than {limit} characters",
    hint="shorten it; put long texts in a document and a link in the cell",
    explanation=(
        "A cell holds at most 32,767 characters in Excel; longer ones were not written by a spreadsheet "
        "program."
    ),
)
TOO_MANY_SHEETS = Code(
    id="F316",
    name="too-many-sheets",
    severity=Severity.ERROR,
    message="the workbook has more than {limit} sheets",
    hint="keep only the sheets of the questionnaire",
    explanation="A questionnaire has about ten sheets.",
)
TOO_MANY_ENTRIES = Code(
    id="F317",
    name="too-many-entries",
    severity=Severity.ERROR,
    message="{part} has more than {limit} entries",
    hint="copy the answers into the blank workbook that was sent out",
    explanation=(
        "Tables of texts, styles, relations or merged ranges grow beyond reason in workbooks that were "
        "copied from one to the other for years, or were made to block whoever opens them."
    ),
)
CELL_TWICE = Code(
    id="F318",
    name="cell-twice",
    severity=Severity.ERROR,
    message="the cell is given twice",
    hint="open it in Excel, accept the repair, check the answer and save it",
    explanation=(
        "The sheet's text holds the same cell two times. Programs differ in which one they show, so there"
        " is no telling which answer was meant."
    ),
)
CELL_UNREADABLE = Code(
    id="F319",
    name="cell-unreadable",
    severity=Severity.ERROR,
    message="the cell's content cannot be read",
    hint="write the answer again and save the workbook",
    explanation=(
        "The cell points to a text or format that does not exist, or says it is a number and is none. It "
        "is never treated as blank."
    ),
)
XML_DEPTH = Code(
    id="F320",
    name="xml-too-deep",
    severity=Severity.ERROR,
    message="{part} has more than {limit} elements inside one another",
    hint="copy the answers into the blank workbook that was sent out",
    explanation=(
        "Parts of workbooks are shallow; depth is how a small file uses up the memory of whoever opens it."
    ),
)
CELL_MISPLACED = Code(
    id="F321",
    name="cell-misplaced",
    severity=Severity.ERROR,
    message="a cell or row of the sheet says that it stands where it cannot stand",
    hint="open it in Excel, accept the repair, check the answers and save it",
    explanation=(
        "The reference of a cell is no reference, or does not fit the row it is in. There is no telling "
        "which question it answers."
    ),
)
MACROS = Code(
    id="F401",
    name="macros-not-run",
    severity=Severity.NOTE,
    message="the workbook has macros; they were not opened or run",
    hint="no action is needed; saving it as .xlsx removes them",
    explanation="Workbooks with macros are read like any other. Only answers are read.",
)
PARTS_NOT_OPENED = Code(
    id="F402",
    name="parts-not-opened",
    severity=Severity.NOTE,
    message="the workbook has parts that are not needed and were not opened: {parts}",
    hint="no action is needed",
    explanation=(
        "Links to other workbooks, connections, embedded objects and controls are neither opened nor "
        "followed."
    ),
)
