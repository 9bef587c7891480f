"""O4xx: what goes back to the sender."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

COPY_NOT_MADE = Code(
    id="O401",
    name="copy-not-made",
    severity=Severity.WARNING,
    message="no annotated copy of this workbook could be made",
    hint="send the letter instead (--letters), or save the workbook again in a spreadsheet and repeat",
    explanation=(
        "A copy is only written when it holds, cell by cell, the same answers as the original. The library "
        "that writes it could not open this workbook, took too long, or would have lost something, so there "
        "is none; it writes .xlsx only, so of an .ods there never is. The workbook itself was read and its "
        "findings are complete."
    ),
)
COPY_OVER_ORIGINAL = Code(
    id="O402",
    name="copy-over-original",
    severity=Severity.ERROR,
    message="the annotated copy would take the place of a workbook that is read",
    hint="name another folder with --annotate",
    explanation=(
        "Nobody edits a returned workbook, and neither does the tool: copies have the names of their "
        "originals and go to a folder of their own. Nothing was written."
    ),
)
