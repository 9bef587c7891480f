"""Q: released versions of a definition."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

VERSION_TAKEN = Code(
    id="Q506",
    name="version-taken",
    severity=Severity.ERROR,
    message="version {version} of {key} was released, and said something else",
    hint="raise the version; cti questionnaire diff says to which",
    explanation=(
        "Workbooks in the hands of others carry the version and the hash of the release. A change, of a "
        "comma even, needs a version of its own; comments and spacing are no change."
    ),
)
VERSION_BEHIND = Code(
    id="Q507",
    name="version-behind",
    severity=Severity.ERROR,
    message="version {version} of {key} is older than its newest release, {newest}",
    hint="give it a version above {newest}",
    explanation="Versions only rise, so that the newest release is always the one with the highest number.",
)
RELEASE_NOT_LISTED = Code(
    id="Q508",
    name="release-not-listed",
    severity=Severity.ERROR,
    message="the released file is not in the lock",
    hint="release it with cti questionnaire release, or delete it",
    explanation=(
        "lock.json lists every release with its hash. A file beside them that it does not list would never "
        "be found, or was put there by hand."
    ),
)
RELEASED_ALREADY = Code(
    id="Q509",
    name="released-already",
    severity=Severity.NOTE,
    message="version {version} of {key} was released before, and nothing has changed since",
    hint="nothing is to be done",
    explanation="A release is made once. Asked again for the same, the command leaves everything as it is.",
)
NO_DEFINITION_HERE = Code(
    id="Q210",
    name="no-definition-here",
    severity=Severity.ERROR,
    message="there is no definition in this place",
    hint="name a folder with questionnaire.yaml, a folder of such folders, or a YAML file",
    explanation=(
        "A definition is a folder with questionnaire.yaml and the files it names, or a single file."
    ),
)
