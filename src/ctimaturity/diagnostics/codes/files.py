"""F1xx, F2xx and F6xx: finding files, what a file is, and the workers that read them."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

PATH_MISSING = Code(
    id="F101",
    name="path-missing",
    severity=Severity.ERROR,
    message="there is no such file or folder",
    hint="check how it is written and from which folder the command runs",
    explanation="A path given on the command line does not exist. The other paths are read as usual.",
)
LOCK_FILE = Code(
    id="F102",
    name="lock-file-passed-over",
    severity=Severity.NOTE,
    message="this is the lock file of a workbook that somebody has open",
    hint="close the workbook, so that what is read is what was saved",
    explanation=(
        "Excel and LibreOffice leave a small file beside a workbook while it is open (`~$name.xlsx`, "
        "`.~lock.name#`). It holds no answers. The workbook itself is read as it was last saved."
    ),
)
HIDDEN_FILE = Code(
    id="F103",
    name="hidden-file-passed-over",
    severity=Severity.NOTE,
    message="hidden files and folders are not read",
    hint="give its path on the command line if it is a workbook",
    explanation=(
        "Inside a folder, names that begin with a dot and the files that systems leave behind "
        "(`.DS_Store`, `Thumbs.db`, `desktop.ini`, `__MACOSX`) are passed over."
    ),
)
LINK = Code(
    id="F104",
    name="link-passed-over",
    severity=Severity.WARNING,
    message="this is a link, and links are not followed",
    hint="put the file itself in the folder, or give its path on the command line",
    explanation=(
        "A link inside a folder may lead anywhere, also to files that nobody meant to hand over or back "
        "to the folder itself; so it is not followed."
    ),
)
NOT_REGULAR = Code(
    id="F105",
    name="not-a-regular-file",
    severity=Severity.WARNING,
    message="this is neither a file nor a folder",
    hint="leave only workbooks in the folder",
    explanation="Pipes, sockets and devices are never opened: reading one may never end.",
)
RESULT_FOLDER = Code(
    id="F106",
    name="result-folder-passed-over",
    severity=Severity.NOTE,
    message="this folder holds results of this tool and is not input",
    hint="no action is needed",
    explanation=(
        "A folder with a manifest of ours is what an earlier run wrote. Its workbooks (the index) are "
        "never scored."
    ),
)
FILE_TOO_LARGE = Code(
    id="F107",
    name="file-too-large",
    severity=Severity.ERROR,
    message="the file has {size} bytes, more than the {limit} that are read",
    hint="remove pictures and attachments from the workbook and save it again",
    explanation=(
        "A returned questionnaire has a few hundred kilobytes. What is far larger carries something else,"
        " and is refused before it is opened."
    ),
)
FILE_UNREADABLE = Code(
    id="F108",
    name="file-unreadable",
    severity=Severity.ERROR,
    message="the file could not be read: {reason}",
    hint="check that the file is there, that you may read it, and that no other program holds it",
    explanation=(
        "The operating system refused to hand over the file or the folder. The others are read as usual."
    ),
)
FOLDER_EMPTY = Code(
    id="F109",
    name="folder-without-workbooks",
    severity=Severity.WARNING,
    message="there is no workbook in this folder",
    hint="check that this is the folder with the returned workbooks",
    explanation="A folder was given, and nothing in it could be a workbook.",
)
OTHER_FILE = Code(
    id="F110",
    name="other-file-passed-over",
    severity=Severity.NOTE,
    message="this file is no workbook and was passed over",
    hint="give its path on the command line if it is one",
    explanation=(
        "Folders of returned workbooks also hold letters, photographs and lists. What neither its name "
        "nor its first bytes show to be a workbook is passed over; a file named on the command line is "
        "always looked at."
    ),
)
FOLDER_TOO_DEEP = Code(
    id="F111",
    name="folder-too-deep",
    severity=Severity.WARNING,
    message="folders more than {limit} deep are not read",
    hint="move the workbooks further up",
    explanation="A bound on how far folders inside folders are followed.",
)
PATH_NOT_REGULAR = Code(
    id="F112",
    name="path-not-a-regular-file",
    severity=Severity.ERROR,
    message="this is no file but a folder, a link, a pipe or a device",
    hint="give the path of the file itself",
    explanation=(
        "Only regular files are opened: a link may lead to a file nobody meant to hand over, and reading "
        "a pipe may never end."
    ),
)
LIMIT_UNREADABLE = Code(
    id="F113",
    name="limit-unreadable",
    severity=Severity.ERROR,
    message="{limit} is no limit: NAME=NUMBER is asked for, with a whole number from 1",
    hint="the limits are {known}; SECURITY.md says what each of them is and what it is without --limit",
    explanation=(
        "Limits bound what a file from outside may cost. They can be raised for a file that is known to be "
        "good, or lowered, with --limit, in the units that SECURITY.md gives."
    ),
)
EMPTY_FILE = Code(
    id="F201",
    name="empty-file",
    severity=Severity.ERROR,
    message="the file is empty",
    hint="ask for it again: it was lost on the way",
    explanation=(
        "A file of zero bytes is what an interrupted download or an unsynchronised cloud folder leaves."
    ),
)
PASSWORD = Code(
    id="F202",
    name="password-protected",
    severity=Severity.ERROR,
    message="the file is protected with a password to open it",
    hint=(
        "open it in Excel, remove the password (File, Info, Protect workbook, Encrypt with password, "
        'leave it empty) and save it; in LibreOffice, save it with "Save with password" unticked'
    ),
    explanation=(
        "The whole file is encrypted, and nothing in it can be read without the password. Protection of "
        "single sheets is another thing and does no harm."
    ),
)
RIGHTS_MANAGED = Code(
    id="F203",
    name="rights-managed",
    severity=Severity.ERROR,
    message="the file is locked by rights management (IRM) or a sensitivity label",
    hint=(
        "ask the sender to save a copy without restrictions (File, Info, Protect workbook, Restrict "
        "access, Unrestricted access)"
    ),
    explanation=(
        "The whole file is encrypted for certain people of the sender's organisation. It is not damaged, "
        "but nobody else can open it."
    ),
)
OLD_EXCEL = Code(
    id="F204",
    name="old-excel-workbook",
    severity=Severity.ERROR,
    message="this is a workbook in the old Excel format (.xls)",
    hint="open it in Excel or LibreOffice and save it as .xlsx",
    explanation=(
        "The format of Excel 97 to 2003, recognised by its content whatever its name. It is not read, "
        "because a conversion by the office suite keeps the answers and can be looked at."
    ),
)
OPENDOCUMENT = Code(
    id="F205",
    name="flat-opendocument-spreadsheet",
    severity=Severity.ERROR,
    message="this is an OpenDocument workbook written as one XML text (.fods)",
    hint="open it in LibreOffice and save it as ODF spreadsheet (.ods) or Excel 2007-365 (.xlsx)",
    explanation=(
        "The flat form of LibreOffice's format, recognised by its content whatever its name. It is not read;"
        " saved as .ods or .xlsx it is, with the same answers."
    ),
)
BINARY_WORKBOOK = Code(
    id="F206",
    name="binary-workbook",
    severity=Severity.ERROR,
    message="this is a binary Excel workbook (.xlsb)",
    hint="open it in Excel and save it as .xlsx",
    explanation="Excel's binary format, recognised by its content. It is not read.",
)
TEXT_FILE = Code(
    id="F207",
    name="text-file",
    severity=Severity.ERROR,
    message="this is a text file (such as .csv), not a workbook",
    hint="return the workbook itself, filled in and saved as .xlsx",
    explanation=(
        "Saving as CSV keeps one sheet only and loses the identity of the workbook, so the answers could "
        "be taken for another questionnaire's."
    ),
)
PDF_FILE = Code(
    id="F208",
    name="pdf-file",
    severity=Severity.ERROR,
    message="this is a PDF file, not a workbook",
    hint="return the workbook itself as .xlsx",
    explanation="A printed or scanned questionnaire holds no cells that could be read.",
)
OTHER_DOCUMENT = Code(
    id="F209",
    name="other-document",
    severity=Severity.ERROR,
    message="this is a text document or a presentation, not a workbook",
    hint="return the workbook itself as .xlsx",
    explanation=(
        "Recognised by its content, whatever its name. Answers are read from the workbook that was sent out."
    ),
)
UNKNOWN_CONTENT = Code(
    id="F210",
    name="unknown-content",
    severity=Severity.ERROR,
    message="the content is not that of a workbook",
    hint=("open it in a spreadsheet program and save it as .xlsx; if it does not open, ask for it again"),
    explanation=(
        "The first bytes are of no format that is known here. The file may be damaged, or something else "
        "with the name of a workbook."
    ),
)
CUT_OFF = Code(
    id="F211",
    name="cut-off-archive",
    severity=Severity.ERROR,
    message="the end of the file is missing",
    hint="ask for it again: it was cut off on the way",
    explanation=(
        "A workbook is an archive with its list of contents at the end. Here the end is missing: the "
        "upload or the download was interrupted."
    ),
)
DAMAGED = Code(
    id="F212",
    name="damaged-archive",
    severity=Severity.ERROR,
    message="the file is damaged: {part} cannot be unpacked",
    hint="open it in Excel, accept the repair, check the answers and save it; or ask for it again",
    explanation=(
        "The archive's list of contents and its members do not agree, or the checksum of a part is wrong."
        " Parts that can be read are not scored, since the answers may have changed."
    ),
)
WEB_PAGE = Code(
    id="F213",
    name="web-page-or-xml",
    severity=Severity.ERROR,
    message="this is a web page or XML text with the name of a workbook",
    hint="open it in Excel or LibreOffice and save it as .xlsx",
    explanation=(
        "Some systems export tables as HTML or as the XML of Excel 2003 under the name of a workbook. "
        "They are not read."
    ),
)
PICTURE = Code(
    id="F214",
    name="picture-file",
    severity=Severity.ERROR,
    message="this is a picture, not a workbook",
    hint="return the workbook itself as .xlsx",
    explanation="A photograph or a screenshot of a questionnaire holds no cells that could be read.",
)
OTHER_ARCHIVE = Code(
    id="F215",
    name="other-archive",
    severity=Severity.ERROR,
    message="this is an archive without a workbook in its place",
    hint="unpack it and give the workbooks that are in it",
    explanation=(
        "A workbook is an archive too, but this one is of another kind, such as several files packed for "
        "sending."
    ),
)
NUMBERS_DOCUMENT = Code(
    id="F216",
    name="numbers-document",
    severity=Severity.ERROR,
    message="this is a document of Apple Numbers",
    hint="export it to Excel (File, Export to, Excel) and return that file",
    explanation=(
        "The format of Numbers, recognised by its content whatever its name. Exported to .xlsx it is "
        "read, with the same answers."
    ),
)
DEFAULT_PASSWORD = Code(
    id="F217",
    name="default-password",
    severity=Severity.WARNING,
    message="the file is encrypted with the password that Excel tries by itself, and was read with it",
    hint="no action is needed; saved again without protection it is an ordinary workbook",
    explanation=(
        "Excel encrypts some protected workbooks with a password of its own (VelvetSweatshop), which it "
        "tries before it asks for one: whoever opens them in Excel sees no question. The answers are read "
        "as Excel shows them. A file with any other password is refused."
    ),
)
MAIL_WITHOUT_WORKBOOK = Code(
    id="F218",
    name="mail-without-workbook",
    severity=Severity.WARNING,
    message="no workbook is attached to this mail message",
    hint="check that the workbook is not behind a link, and ask for it as an attachment",
    explanation=(
        "Of a mail message saved as .eml the attached workbooks are read, and nothing else of it. There "
        "is none in this one."
    ),
)
MAIL_STRANGE = Code(
    id="F219",
    name="mail-unreadable",
    severity=Severity.ERROR,
    message="the mail message is cut off, or is not put together as mail programs do",
    hint="save the attached workbooks from the mail program and give those",
    explanation=(
        "A message whose end is missing, with an attachment that does not decode, or with far more parts "
        "than a person attaches. It is refused whole: an attachment that was lost on the way may have "
        "held answers."
    ),
)
OUTLOOK_MAIL = Code(
    id="F220",
    name="outlook-message",
    severity=Severity.ERROR,
    message="this is a mail message in the format of Outlook (.msg)",
    hint="open it in Outlook, save the attached workbook and give that; or save the message as .eml",
    explanation=(
        "Recognised by its content, whatever its name. Workbooks attached to messages saved as .eml are "
        "read; Outlook's own format is not."
    ),
)
NESTED_CONTAINER = Code(
    id="F221",
    name="container-inside-a-container",
    severity=Severity.ERROR,
    message="this archive or message lies inside another one and was not opened",
    hint="save it on its own and give that, or unpack it and give the workbooks that are in it",
    explanation=(
        "Workbooks are read from inside one archive or one mail message. An archive inside that may hold "
        "workbooks too, which would be missed; so it is an error and no note."
    ),
)
TOO_MANY_WORKBOOKS = Code(
    id="F222",
    name="container-too-many-workbooks",
    severity=Severity.ERROR,
    message="there are more than {limit} workbooks in it",
    hint="unpack it and give the folder",
    explanation=(
        "A bound on what one archive or mail message may ask for. Folders of any number of workbooks are "
        "read."
    ),
)
PACKED_FOLDER = Code(
    id="F223",
    name="archive-not-opened",
    severity=Severity.WARNING,
    message="this archive or message is of a kind that is not opened, and was passed over",
    hint="if there are workbooks in it, unpack it and give them",
    explanation=(
        "Archives are opened when they are .zip, and mail messages when they are .eml. Others (.rar, .7z, "
        ".msg and the like) may hold workbooks that would be missed, so they are named."
    ),
)
FILE_CRASHED = Code(
    id="F601",
    name="file-stopped-its-worker",
    severity=Severity.ERROR,
    message="reading the file stopped the process that read it",
    hint="open it in a spreadsheet program and save it as .xlsx; if it happens again, report it",
    explanation=(
        "Each file is read by a worker process that may end without harm to the others. It ended while "
        "reading this file."
    ),
)
FILE_OUT_OF_MEMORY = Code(
    id="F604",
    name="file-needs-too-much-memory",
    severity=Severity.ERROR,
    message="reading the file needed too much memory",
    hint="copy the answers into the blank workbook that was sent out",
    explanation="A bound on the memory for one file, so that one file never holds up the rest.",
)
