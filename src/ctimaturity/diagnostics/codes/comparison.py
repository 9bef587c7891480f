"""I2: rounds that are compared."""

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.severity import Severity

EDITIONS_DIFFER = Code(
    id="I201",
    name="editions-differ",
    severity=Severity.ERROR,
    message=(
        "{before} and {after} are different editions: they differ in scales, structure and items, and only "
        "{same} of {items} items are the same"
    ),
    hint="with --indicative these items alone are compared, as an indication and not as scores",
    explanation=(
        "A change of score between two editions would be a change of the instrument as much as of the "
        "entity: levels, items and rules differ. Nothing is compared unless it is asked for, and then only "
        "the items that the crosswalk calls the same, rescaled from 0 to 100 and flagged everywhere."
    ),
)
INSTRUMENTS_DIFFER = Code(
    id="I202",
    name="instruments-differ",
    severity=Severity.ERROR,
    message="{before} and {after} are different instruments",
    hint="compare rounds of the same questionnaire",
    explanation="Two questionnaires with different ids have nothing in common that could be compared.",
)
MEASUREMENTS_DIFFER = Code(
    id="I203",
    name="measurements-differ",
    severity=Severity.ERROR,
    message="{before} was scored on {old}, and {after} on {new}",
    hint="score both rounds with the same --measurements",
    explanation=(
        "An index over two measurements and one over three are different numbers, and their difference "
        "is no progress. Score both rounds again on the measurements that they have in common."
    ),
)
NOBODY_IN_COMMON = Code(
    id="I204",
    name="nobody-in-common",
    severity=Severity.WARNING,
    message="no entity took part in both {before} and {after}",
    hint="compare the codes of the entities in the two rounds; they are matched by their codes",
    explanation=(
        "Entities are matched by their codes. Where no code is in both rounds there is no change to tell, "
        "only who is new and who is gone. Often one of the two lists lost the zero that codes begin with."
    ),
)
DEFINITION_CHANGED = Code(
    id="I205",
    name="definition-changed",
    severity=Severity.NOTE,
    message="version {old} and version {new} of {edition} score differently",
    hint="what that alone moves is shown apart, as the contribution of the definition",
    explanation=(
        "The definition changed between the rounds, within one edition. The old answers are scored with the "
        "new definition too, and what that moves is the definition's part of each change. The published "
        "numbers of both rounds stay as they are."
    ),
)
PANEL_ROUND_TAKEN = Code(
    id="I206",
    name="panel-round-taken",
    severity=Severity.ERROR,
    message="the panel has a round {label} already",
    hint="give another name with --round, or replace it with --replace",
    explanation="Each round of a panel has a name of its own. Nothing was written.",
)
PANEL_EMPTY = Code(
    id="I207",
    name="panel-empty",
    severity=Severity.ERROR,
    message="the folder is no panel: it holds no round",
    hint="add a round with: cti panel add",
    explanation=(
        "A panel is a folder that cti panel add has written, with one folder of Parquet files for each round."
    ),
)
PANEL_BROKEN = Code(
    id="I208",
    name="panel-broken",
    severity=Severity.ERROR,
    message="the files of round {round} cannot be read: {reason}",
    hint="add that round again from its result folder: cti panel add --replace",
    explanation=(
        "A panel only holds copies: the result folders stay what counts, and a round can always be added "
        "again from its own."
    ),
)
ROUNDS_OUT_OF_ORDER = Code(
    id="I209",
    name="rounds-out-of-order",
    severity=Severity.WARNING,
    message="{after} stands after {before}, though its name has an earlier year",
    hint="give the rounds in their order, the earliest first",
    explanation=(
        "Rounds are compared in the order in which they are given: what is later less what is earlier. In "
        "the other order every advance is shown as a loss. Names without a year say nothing about the order."
    ),
)
SAME_ROUND = Code(
    id="I210",
    name="same-round",
    severity=Severity.WARNING,
    message="{before} and {after} are one and the same round: the same files with the same scores",
    hint="give the results of two different rounds",
    explanation=(
        "Both come from the same files and have the same scores, so nothing changed between them. Mostly "
        "one folder was given twice, or one round was scored again instead of the next one."
    ),
)
PANEL_OCCUPIED = Code(
    id="I211",
    name="panel-occupied",
    severity=Severity.ERROR,
    message="the folder holds other things and no panel: {names}",
    hint="name a new or empty folder, or one that cti panel add has written",
    explanation=(
        "A panel has a folder of its own, so that what lies in it is never taken for a round, nor a round "
        "for something else. Nothing was written."
    ),
)
PANEL_WITHOUT = Code(
    id="I212",
    name="panel-without",
    severity=Severity.ERROR,
    message="no round of the panel has {name}",
    hint="did you mean {closest}?",
    explanation=(
        "Entities are known by their codes, and nodes by their measurement and their id, as index.csv and "
        "scores.csv have them: results:habitat, capacities:capacities. Items have scores "
        "too: results:R-HAB-01."
    ),
)
MARKS_CHANGED = Code(
    id="I213",
    name="marks-changed",
    severity=Severity.NOTE,
    message=(
        "indicators of {before} and {after} were marked otherwise: other reference ranges, or another basis"
    ),
    hint="what that alone moves is shown apart, as the contribution of the reference ranges",
    explanation=(
        "The mark of an indicator comes from reference ranges or from a criterion, as each round was "
        "scored. Where that differs, the same value may have another mark. The old answers are marked in "
        "the new way too, and what that moves is a part of each change of its own."
    ),
)
INDICATIVE_NOT_NEEDED = Code(
    id="I214",
    name="indicative-not-needed",
    severity=Severity.NOTE,
    message="all rounds are of {after}, so everything is compared, not only as an indication",
    hint="leave --indicative out",
    explanation=(
        "An indication is for rounds of different editions. Within one edition all scores can be compared, "
        "and every change is split exactly."
    ),
)
ENTITY_RENAMED = Code(
    id="I215",
    name="entity-renamed",
    severity=Severity.NOTE,
    message="{entity} is called {old} in {before} and {new} in {after}",
    hint="check that it is the same entity: only the code says so",
    explanation=(
        "Entities are matched by their codes and by nothing else, so one that changed its name keeps its "
        "progress. If somebody else got the code, what is shown is a change between two entities. Case, "
        "accents and spaces make no difference."
    ),
)
ENTITY_RETYPED = Code(
    id="I216",
    name="entity-retyped",
    severity=Severity.NOTE,
    message="{entity} is of the type {old} in {before} and {new} in {after}",
    hint="check the type in the lists of entities; what it moves is among the answers",
    explanation=(
        "The type of an entity may decide which items are applicable to it. Where it changed, some of the "
        "change may come from other questions and not from other answers."
    ),
)
