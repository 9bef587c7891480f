"""Q7: versions of definitions, and answers taken from one into another."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

VERSION_NOT_RAISED = Code(
    id="Q701",
    name="version-not-raised",
    severity=Severity.ERROR,
    message="the version is {after}, while the changes since {before} ask for {wanted} at least",
    hint="raise the version to {wanted}",
    explanation=(
        "Whoever reads a version must be able to tell what it does to scores: a new patch for words, a new "
        "minor version for more that is asked, a new major version for anything that scores otherwise. "
        "Before 1.0.0 a new minor version is enough for everything."
    ),
)
VERSION_BACKWARDS = Code(
    id="Q702",
    name="version-backwards",
    severity=Severity.ERROR,
    message="version {after} is lower than {before}, with which it is compared",
    hint="compare them the other way round, or raise the version to {wanted}",
    explanation=(
        "Versions of one edition follow each other. A definition with a lower version than the one before "
        "it would be taken for an older one."
    ),
)
NO_CROSSWALK = Code(
    id="Q703",
    name="no-crosswalk",
    severity=Severity.ERROR,
    message="nothing says which items of {old} and {new} mean the same",
    hint="write a crosswalk between the two editions, or choose another version of the same edition",
    explanation=(
        "Within an edition an id means the same in every version. Between editions only a crosswalk says "
        "which items are the same and which only near; without one no answer is taken over, because equal "
        "words are no proof of equal meaning."
    ),
)
NOTHING_TO_MIGRATE = Code(
    id="Q704",
    name="nothing-to-migrate",
    severity=Severity.ERROR,
    message="the workbook was made from {definition} {version}, which is what it should become",
    hint="score it as it is",
    explanation="The definition of the workbook and the one that was asked for are the same, hash for hash.",
)
SOURCE_IS_TARGET = Code(
    id="Q705",
    name="source-is-target",
    severity=Severity.ERROR,
    message="the new workbook would replace the one it is made from",
    hint="choose another name with -o",
    explanation=(
        "A returned workbook is evidence of what an entity answered and is never changed, with --force "
        "neither. The new workbook is another file."
    ),
)
NOT_A_WORKBOOK = Code(
    id="Q706",
    name="one-workbook-only",
    severity=Severity.ERROR,
    message="a single workbook is taken over at a time, and this is none",
    hint="name the file of one returned workbook",
    explanation=(
        "Each workbook becomes one new workbook with a report of its own, which somebody has to look at. "
        "A folder has no such report; in a shell a loop does it."
    ),
)
EARLIER_DEFINITION = Code(
    id="Q707",
    name="entity-scored-once",
    severity=Severity.NOTE,
    message="{entity} has answered several definitions; the answers to {definition} {version} count here",
    hint="",
    explanation=(
        "For the impact of a change each entity is scored once with each definition. Of answers to several "
        "definitions those to the newest one are taken."
    ),
)
FOLDER_NOT_EMPTY = Code(
    id="Q708",
    name="folder-not-empty",
    severity=Severity.ERROR,
    message="the folder for the new definition holds something already",
    hint="name a folder that does not exist yet, or one that is empty",
    explanation=(
        "A new definition is several files that belong together. So that none of yours is replaced on the "
        "way, it goes only into a folder of its own. Nothing was written."
    ),
)
