"""O1xx: writing files."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

OUTPUT_NOT_WRITTEN = Code(
    id="O101",
    name="output-not-written",
    severity=Severity.ERROR,
    message="{path} could not be written: {reason}",
    hint="check that the folder may be written, has room, and that no other program holds the file",
    explanation=(
        "The operating system refused to write. What was there before is as it was: files and folders are"
        " written aside and take their place only when they are complete."
    ),
)
