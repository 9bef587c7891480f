"""O2: what is installed, where it is at fault and not any file."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

TOOL_BROKEN = Code(
    id="O214",
    name="tool-broken",
    severity=Severity.ERROR,
    message="the tool itself does not work here: {reason}",
    hint=(
        "install it again: python -m pip install --upgrade --force-reinstall ctimaturity; if that does not "
        "help, report it"
    ),
    explanation=(
        "The fault is in what is installed and not in any file: a library is missing or of another version, "
        "or a file of the tool is gone. Every workbook would fail in the same way, so none is blamed. Where "
        "in doubt, the bundled example is read, which is known to be good."
    ),
)
LIBRARY_OLD = Code(
    id="O215",
    name="library-too-old",
    severity=Severity.WARNING,
    message="{library} {installed} is installed, but this tool needs {needed} or newer",
    hint="install the newer one: python -m pip install --upgrade {library}",
    explanation=(
        "Another program has brought an older library along, or it was held back. It is said where a job "
        "could not be done, before any other reason, since it is the likeliest one."
    ),
)
NOTHING_READ = Code(
    id="O216",
    name="not-even-the-example",
    severity=Severity.ERROR,
    message=(
        "not even the bundled example could be read: whoever reads it is ended, or runs out of time or memory"
    ),
    hint="close other programs or restart the machine, and try again with --jobs 1",
    explanation=(
        "No workbook of the job could be read, and neither could one that is known to be good. So the "
        "machine lacks memory or time, or a library ends the process; for all that is known nothing is wrong "
        "with the workbooks."
    ),
)
