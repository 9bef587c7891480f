"""O3: whether results are what they say they are."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

INPUT_MISSING = Code(
    id="O301",
    name="input-missing",
    severity=Severity.ERROR,
    message="the input {name} is not there, so the results cannot be made again",
    hint="name the folder that holds it with --inputs",
    explanation=(
        "The manifest lists every file that the results were made from. They can only be proved from the "
        "same files; the folder that is searched is the one given with --inputs, else the one that holds "
        "the results."
    ),
)
INPUT_CHANGED = Code(
    id="O302",
    name="input-changed",
    severity=Severity.ERROR,
    message="the input {name} is another file than the one that was scored",
    hint="restore the file as it was, or score again and publish the new results",
    explanation=(
        "A file of that name is there, but its SHA-256 differs from that in the manifest: somebody has "
        "opened and saved it, or it is a later one. What the results say does not follow from it."
    ),
)
OUTPUT_DIFFERS = Code(
    id="O303",
    name="output-not-reproduced",
    severity=Severity.ERROR,
    message="{name} comes out otherwise when it is made again from the same inputs",
    hint="score the inputs again into a new folder, compare the two, and publish the one that can be proved",
    explanation=(
        "The same inputs, definition and options give the same files. This one is as the manifest says and "
        "still cannot be made again: the folder was put together by hand, or the program was another one "
        "than it says."
    ),
)
OTHER_TOOL = Code(
    id="O304",
    name="other-tool-version",
    severity=Severity.WARNING,
    message="made with version {made}, made again with {own}: the tables were compared as numbers",
    hint="for a comparison byte for byte, verify with version {made}",
    explanation=(
        "Another version may word a finding or draw a page in another way without any score being another. "
        "So the tables are compared as numbers, up to a billionth, and documents are not compared."
    ),
)
DEFINITION_MISSING = Code(
    id="O305",
    name="definition-not-found",
    severity=Severity.ERROR,
    message="the definition {definition} {version} that everybody was scored with is nowhere to be found",
    hint="restore definition.json in the folder of results",
    explanation=(
        "A folder of results carries its definition. This one is missing or changed, and no bundled release "
        "has its hash, so nothing can be made again."
    ),
)
OUTPUT_ADDED = Code(
    id="O306",
    name="output-added",
    severity=Severity.WARNING,
    message="{name} is none of the files that the manifest lists",
    hint="keep files of your own beside the folder of results, not in it",
    explanation="The tool did not write this file, so nothing proves what it says.",
)
NOT_COMPARED = Code(
    id="O307",
    name="output-not-compared",
    severity=Severity.NOTE,
    message="{name} was not made again: it needs more than the inputs that are recorded",
    hint="",
    explanation=(
        "A document with a theme or of another format needs the theme or an extra package. That its bytes "
        "are those the manifest lists was checked; the numbers are proved by the tables."
    ),
)
NOT_REPEATED = Code(
    id="O308",
    name="run-not-repeated",
    severity=Severity.ERROR,
    message="the run that made these results cannot be repeated",
    hint="see the other findings",
    explanation="With the recorded options and the same inputs nothing could be scored.",
)

SAME_CONTENT = Code(
    id="O309",
    name="same-content-other-bytes",
    severity=Severity.NOTE,
    message="{name} comes out with other bytes, but says the same",
    hint="",
    explanation=(
        "Another version of a library writes the same document in another way: it numbers styles otherwise, "
        "or rounds the height of a row. Of workbooks every cell, its format, and the structure of the sheets "
        "were compared; of tables, the numbers up to a billionth. Nothing that a reader sees differs."
    ),
)
OTHER_LIBRARIES = Code(
    id="O310",
    name="other-library-versions",
    severity=Severity.NOTE,
    message="made with {made}, made again with {own}",
    hint="for the same bytes, install these versions: python -m pip install {pins}",
    explanation=(
        "The manifest records the versions of the libraries that the bytes of a file may depend on. They are "
        "others here, which may be why a file comes out otherwise."
    ),
)
